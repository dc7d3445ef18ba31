//! The row space of the published sums, by sparse elimination.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::field::{PRIME, add, inverse, multiply, negative};

/// The row space of the sums: one row a pivot column, first entry 1.
///
/// Behind the columns of the atoms there is one column a sum, which says how often the sum went
/// into a row; those are never pivots.
#[derive(Debug, Clone)]
pub struct Echelon {
    atoms: usize,
    /// By pivot column: (column, factor), in order of column, the pivot first.
    rows: Vec<Option<Vec<(usize, u64)>>>,
    sums: usize,
}

impl Echelon {
    pub fn of(atoms: usize, sums: &[Vec<usize>]) -> Self {
        let mut echelon = Self {
            atoms,
            rows: vec![None; atoms],
            sums: sums.len(),
        };
        let mut dense = vec![0_u64; atoms + sums.len()];
        for (place, sum) in sums.iter().enumerate() {
            for &atom in sum {
                dense[atom] = 1;
            }
            dense[atoms + place] = 1;
            if let Some(&first) = sum.iter().min() {
                echelon.take(&mut dense, first);
            }
            dense.fill(0);
        }
        echelon
    }

    /// Takes every pivot out of `dense`; the first column that is left, if any.
    fn reduce(&self, dense: &mut [u64], first: usize) -> Option<usize> {
        let mut left = None;
        for column in first..self.atoms {
            let factor = dense[column];
            if factor == 0 {
                continue;
            }
            match &self.rows[column] {
                Some(row) => {
                    let less = negative(factor);
                    for &(at, value) in row {
                        dense[at] = add(dense[at], multiply(less, value));
                    }
                }
                None => left = left.or(Some(column)),
            }
        }
        left
    }

    fn take(&mut self, dense: &mut [u64], first: usize) {
        let Some(pivot) = self.reduce(dense, first) else {
            return;
        };
        let scale = inverse(dense[pivot]);
        let kept = dense.iter().enumerate().skip(pivot);
        let row = kept
            .filter(|(_, value)| **value != 0)
            .map(|(column, value)| (column, multiply(*value, scale)));
        self.rows[pivot] = Some(row.collect());
    }

    pub fn derivation(&self, set: &[usize]) -> Vec<usize> {
        let mut dense = vec![0_u64; self.atoms + self.sums];
        for &atom in set {
            dense[atom] = 1;
        }
        self.reduce(&mut dense, 0);
        let used = dense[self.atoms..].iter().enumerate();
        used.filter(|(_, factor)| **factor != 0)
            .map(|(sum, _)| sum)
            .collect()
    }

    /// The part of a row that is about atoms.
    fn of_atoms<'a>(&self, row: &'a [(usize, u64)]) -> &'a [(usize, u64)] {
        &row[..row.partition_point(|(column, _)| *column < self.atoms)]
    }

    /// A random vector that every published sum takes to 0.
    pub fn null_vector(&self, seed: u64) -> Vec<u64> {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut null: Vec<u64> = (0..self.atoms)
            .map(|_| rng.random_range(1..PRIME))
            .collect();
        for column in (0..self.atoms).rev() {
            if let Some(row) = &self.rows[column] {
                let rest = self.of_atoms(row)[1..]
                    .iter()
                    .fold(0, |sum, &(at, value)| add(sum, multiply(value, null[at])));
                null[column] = negative(rest);
            }
        }
        null
    }

    /// Atoms that rows connect, under one number.
    pub fn components(&self) -> Vec<usize> {
        let mut parent: Vec<usize> = (0..self.atoms).collect();
        for row in self.rows.iter().flatten() {
            for window in self.of_atoms(row).windows(2) {
                let (a, b) = (
                    root(&mut parent, window[0].0),
                    root(&mut parent, window[1].0),
                );
                parent[a.max(b)] = a.min(b);
            }
        }
        (0..self.atoms)
            .map(|atom| root(&mut parent, atom))
            .collect()
    }
}

fn root(parent: &mut [usize], mut of: usize) -> usize {
    while parent[of] != of {
        parent[of] = parent[parent[of]];
        of = parent[of];
    }
    of
}
