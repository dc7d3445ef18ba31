//! Cluster-robust standard errors of a treatment's effect.
//!
//! Sources: Bell & McCaffrey (2002); Pustejovsky & Tipton (2018), as R clubSandwich.

use super::panel::{TwoWay, dot};
use crate::distribution::t_p_two_sided;
use crate::linear::Matrix;
use crate::undefined::Undefined;

/// How residuals are adjusted before they are summed by cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cluster {
    /// As they are: too small with few units.
    Cr0,
    /// Times units/(units − 1).
    Cr1,
    /// Times units·(rows − 1)/((units − 1)(rows − coefficients)), as Stata.
    Cr1s,
    /// Bias reduced: exact when errors are independent and equal (default).
    Cr2,
}

/// A cluster-robust standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Robust {
    /// Standard error.
    pub standard_error: f64,
    /// Satterthwaite degrees of freedom.
    pub df: f64,
    /// Two-sided p.
    pub p: f64,
}

impl TwoWay {
    /// Cluster-robust standard error of the effect, clusters being units.
    pub fn robust(&self, kind: Cluster) -> Result<Robust, Undefined> {
        let contrast: Vec<f64> = (0..self.coefficients)
            .map(|i| self.inverse.get(i, self.place))
            .collect();
        let mut variance = 0.0;
        let mut influence: Vec<Vec<f64>> = Vec::new();
        for unit in 0..self.units {
            let own: Vec<usize> = (0..self.rows.len())
                .filter(|i| self.rows[*i].unit == unit)
                .collect();
            if own.is_empty() {
                continue;
            }
            let scores: Vec<f64> = own
                .iter()
                .map(|&i| dot(&self.design[i], &contrast))
                .collect();
            let weights = match kind {
                Cluster::Cr2 => self.adjustment(&own).apply(&scores),
                _ => scores,
            };
            let sum: f64 = own
                .iter()
                .zip(&weights)
                .map(|(&i, w)| w * self.residuals[i])
                .sum();
            variance += sum * sum;
            influence.push(self.influence(&own, &weights));
        }
        let clusters = influence.len() as f64;
        if clusters < 2.0 {
            return Err(Undefined::OneCluster);
        }
        let n = self.rows.len() as f64;
        let factor = match kind {
            Cluster::Cr0 | Cluster::Cr2 => 1.0,
            Cluster::Cr1 => clusters / (clusters - 1.0),
            Cluster::Cr1s => {
                clusters * (n - 1.0) / ((clusters - 1.0) * (n - self.coefficients as f64))
            }
        };
        let own: f64 = influence.iter().map(|p| dot(p, p)).sum();
        let all: f64 = influence
            .iter()
            .flat_map(|p| influence.iter().map(move |q| dot(p, q).powi(2)))
            .sum();
        if variance <= 0.0 || all <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        let standard_error = (factor * variance).sqrt();
        let df = own * own / all;
        Ok(Robust {
            standard_error,
            df,
            p: t_p_two_sided(self.effect / standard_error, df),
        })
    }

    /// Hat matrix element of two rows.
    fn hat(&self, i: usize, j: usize) -> f64 {
        dot(&self.inverse.apply(&self.design[i]), &self.design[j])
    }

    /// (I − Hᵢᵢ)^(−½) of a cluster; directions that the effects absorb wholly are left out.
    fn adjustment(&self, own: &[usize]) -> Matrix {
        const ABSORBED: f64 = 1e-10;
        let block = Matrix::from_fn(own.len(), |a, b| {
            f64::from(u8::from(a == b)) - self.hat(own[a], own[b])
        });
        let (values, vectors) = block.eigen();
        Matrix::from_fn(own.len(), |a, b| {
            (0..own.len())
                .filter(|&k| values[k] > ABSORBED)
                .map(|k| vectors.get(a, k) * vectors.get(b, k) / values[k].sqrt())
                .sum()
        })
    }

    /// (I − H)·w for weights on the rows of a cluster.
    fn influence(&self, own: &[usize], weights: &[f64]) -> Vec<f64> {
        let mut together = vec![0.0; self.coefficients];
        for (&i, w) in own.iter().zip(weights) {
            for (sum, x) in together.iter_mut().zip(&self.design[i]) {
                *sum += w * x;
            }
        }
        let projected = self.inverse.apply(&together);
        let mut result: Vec<f64> = self.design.iter().map(|x| -dot(x, &projected)).collect();
        for (&i, w) in own.iter().zip(weights) {
            result[i] += w;
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::panel;
    use super::super::two_way;
    use super::*;

    #[test]
    fn corrections_widen() {
        let fit = two_way(&panel(), true).unwrap();
        let of = |kind| fit.robust(kind).unwrap();
        assert!(of(Cluster::Cr0).standard_error < of(Cluster::Cr1).standard_error);
        assert!(of(Cluster::Cr1).standard_error < of(Cluster::Cr1s).standard_error);
        assert!(of(Cluster::Cr2).df <= 7.0);
    }
}
