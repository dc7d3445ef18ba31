//! Small dense symmetric matrices: solve, invert, eigenvalues.
//!
//! Row-major square matrices of at most a few dozen columns (items of an instrument, predictors).
//! Invariant: near-singular systems are refused with the columns that repeat others.
//! Absent on purpose: anything large; `faer` comes when it is needed.

use crate::undefined::Undefined;

/// A square matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    size: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// By element.
    pub fn from_fn(size: usize, f: impl Fn(usize, usize) -> f64) -> Self {
        let values = (0..size * size).map(|i| f(i / size, i % size)).collect();
        Self { size, values }
    }

    /// The identity.
    pub fn identity(size: usize) -> Self {
        Self::from_fn(size, |i, j| f64::from(u8::from(i == j)))
    }

    /// Rows (and columns).
    pub fn size(&self) -> usize {
        self.size
    }

    /// Element of a row and column.
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.values[i * self.size + j]
    }

    /// Sets an element.
    pub fn set(&mut self, i: usize, j: usize, value: f64) {
        self.values[i * self.size + j] = value;
    }

    /// Product with another matrix of the same size.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self::from_fn(self.size, |i, j| {
            (0..self.size)
                .map(|k| self.get(i, k) * other.get(k, j))
                .sum()
        })
    }

    /// Product with a vector.
    pub fn apply(&self, vector: &[f64]) -> Vec<f64> {
        (0..self.size)
            .map(|i| (0..self.size).map(|j| self.get(i, j) * vector[j]).sum())
            .collect()
    }

    /// Lower triangular L with A = L·Lᵀ of a symmetric positive definite matrix.
    ///
    /// Refused as [`Matrix::inverse`] refuses.
    pub fn cholesky(&self) -> Result<Self, Undefined> {
        let (scale, l) = self.scaled_cholesky()?;
        Ok(Self::from_fn(self.size, |i, j| scale[i] * l.get(i, j)))
    }

    /// The scale of each column, and the factor of the matrix with unit diagonal.
    ///
    /// Scaled first, so that columns of different units do not matter; a pivot below 1e-10 means
    /// that a column repeats the ones before it.
    fn scaled_cholesky(&self) -> Result<(Vec<f64>, Self), Undefined> {
        const SMALLEST_PIVOT: f64 = 1e-10;
        let n = self.size;
        let scale: Vec<f64> = (0..n).map(|i| self.get(i, i).max(0.0).sqrt()).collect();
        let mut singular: Vec<usize> = (0..n).filter(|&i| scale[i] <= 0.0).collect();
        if !singular.is_empty() {
            return Err(Undefined::Singular { columns: singular });
        }
        let mut l = Self::from_fn(n, |_, _| 0.0);
        for j in 0..n {
            let own: f64 = (0..j).map(|k| l.get(j, k).powi(2)).sum();
            let pivot = self.get(j, j) / (scale[j] * scale[j]) - own;
            if pivot < SMALLEST_PIVOT {
                singular.push(j);
                continue;
            }
            l.set(j, j, pivot.sqrt());
            for i in j + 1..n {
                let shared: f64 = (0..j).map(|k| l.get(i, k) * l.get(j, k)).sum();
                let value = (self.get(i, j) / (scale[i] * scale[j]) - shared) / l.get(j, j);
                l.set(i, j, value);
            }
        }
        if singular.is_empty() {
            Ok((scale, l))
        } else {
            Err(Undefined::Singular { columns: singular })
        }
    }

    /// Inverse of a symmetric positive definite matrix.
    ///
    /// Undefined: `Singular`, with the columns that repeat those before them.
    pub fn inverse(&self) -> Result<Self, Undefined> {
        let n = self.size;
        let (scale, l) = self.scaled_cholesky()?;
        let mut inverse = Self::from_fn(n, |_, _| 0.0);
        for column in 0..n {
            let mut x = vec![0.0; n];
            for i in 0..n {
                let unit = f64::from(u8::from(i == column));
                let done: f64 = (0..i).map(|k| l.get(i, k) * x[k]).sum();
                x[i] = (unit - done) / l.get(i, i);
            }
            for i in (0..n).rev() {
                let done: f64 = (i + 1..n).map(|k| l.get(k, i) * x[k]).sum();
                x[i] = (x[i] - done) / l.get(i, i);
            }
            for (i, value) in x.into_iter().enumerate() {
                inverse.set(i, column, value / (scale[i] * scale[column]));
            }
        }
        Ok(inverse)
    }

    /// Eigenvalues and eigenvectors (columns) of a symmetric matrix, by Jacobi rotations;
    /// largest eigenvalue first.
    pub fn eigen(&self) -> (Vec<f64>, Self) {
        let n = self.size;
        let mut a = self.clone();
        let mut v = Self::identity(n);
        for _ in 0..100 {
            let off: f64 = (0..n)
                .flat_map(|i| (0..i).map(move |j| (i, j)))
                .map(|(i, j)| a.get(i, j).powi(2))
                .sum();
            let size: f64 = (0..n).map(|i| a.get(i, i).powi(2)).sum();
            if off <= 1e-32 * size.max(f64::MIN_POSITIVE) {
                break;
            }
            for p in 0..n {
                for q in p + 1..n {
                    rotate(&mut a, &mut v, p, q);
                }
            }
        }
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&i, &j| a.get(j, j).total_cmp(&a.get(i, i)));
        let values = order.iter().map(|&i| a.get(i, i)).collect();
        (values, Self::from_fn(n, |i, j| v.get(i, order[j])))
    }
}

/// Solves A·x = b for any regular matrix, by elimination with row exchange.
pub fn solve(a: &Matrix, b: &[f64]) -> Result<Vec<f64>, Undefined> {
    let n = a.size;
    let mut m = a.clone();
    let mut x = b.to_vec();
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|&i, &j| m.get(i, column).abs().total_cmp(&m.get(j, column).abs()))
            .unwrap_or(column);
        if m.get(pivot, column).abs() < 1e-300 {
            return Err(Undefined::Singular {
                columns: vec![column],
            });
        }
        for j in 0..n {
            let (upper, lower) = (m.get(column, j), m.get(pivot, j));
            m.set(column, j, lower);
            m.set(pivot, j, upper);
        }
        x.swap(column, pivot);
        for i in column + 1..n {
            let factor = m.get(i, column) / m.get(column, column);
            for j in column..n {
                m.set(i, j, m.get(i, j) - factor * m.get(column, j));
            }
            x[i] -= factor * x[column];
        }
    }
    for i in (0..n).rev() {
        let done: f64 = (i + 1..n).map(|j| m.get(i, j) * x[j]).sum();
        x[i] = (x[i] - done) / m.get(i, i);
    }
    Ok(x)
}

fn rotate(a: &mut Matrix, v: &mut Matrix, p: usize, q: usize) {
    let apq = a.get(p, q);
    if apq == 0.0 {
        return;
    }
    let theta = (a.get(q, q) - a.get(p, p)) / (2.0 * apq);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let t = if theta == 0.0 { 1.0 } else { t };
    let c = (t * t + 1.0).sqrt().recip();
    let s = t * c;
    for k in 0..a.size {
        let (kp, kq) = (a.get(k, p), a.get(k, q));
        a.set(k, p, c * kp - s * kq);
        a.set(k, q, s * kp + c * kq);
    }
    for k in 0..a.size {
        let (pk, qk) = (a.get(p, k), a.get(q, k));
        a.set(p, k, c * pk - s * qk);
        a.set(q, k, s * pk + c * qk);
    }
    for k in 0..v.size {
        let (kp, kq) = (v.get(k, p), v.get(k, q));
        v.set(k, p, c * kp - s * kq);
        v.set(k, q, s * kp + c * kq);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_undoes() {
        let m = Matrix::from_fn(3, |i, j| {
            [[4.0, 1.0, 2.0], [1.0, 3.0, 0.5], [2.0, 0.5, 5.0]][i][j]
        });
        let product = m.times(&m.inverse().unwrap());
        for i in 0..3 {
            for j in 0..3 {
                assert!((product.get(i, j) - f64::from(u8::from(i == j))).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn cholesky_multiplies_back() {
        let m = Matrix::from_fn(2, |i, j| [[9.0, 2.0], [2.0, 4.0]][i][j]);
        let l = m.cholesky().unwrap();
        let back = l.times(&Matrix::from_fn(2, |i, j| l.get(j, i)));
        assert_eq!(l.get(0, 1), 0.0);
        assert!((0..4).all(|i| (back.get(i / 2, i % 2) - m.get(i / 2, i % 2)).abs() < 1e-14));
    }

    #[test]
    fn a_repeated_column_is_named() {
        let x = [[1.0, 2.0, 2.0], [2.0, 5.0, 5.0], [2.0, 5.0, 5.0]];
        let result = Matrix::from_fn(3, |i, j| x[i][j]).inverse();
        assert_eq!(result, Err(Undefined::Singular { columns: vec![2] }));
    }

    #[test]
    fn eigenvalues_of_a_known_matrix() {
        let m = Matrix::from_fn(2, |i, j| [[2.0, 1.0], [1.0, 2.0]][i][j]);
        let (values, vectors) = m.eigen();
        assert!((values[0] - 3.0).abs() < 1e-14 && (values[1] - 1.0).abs() < 1e-14);
        assert!((vectors.get(0, 0).abs() - 0.5_f64.sqrt()).abs() < 1e-14);
    }
}
