//! Difference in differences with few units.
//!
//! Sources: two-way fixed effects with CR2 standard errors and Satterthwaite degrees of freedom
//! (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, as R clubSandwich); pre and post collapsed
//! with an exact permutation (Bertrand, Duflo & Mullainathan 2004).
//! Staggered starts bias two-way fixed effects when effects differ: compare with units not yet
//! treated instead, or collapse.

use crate::distribution::t_p_two_sided;
use crate::linear::Matrix;
use crate::moments::Moments;
use crate::undefined::Undefined;

/// One unit in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Unit, 0-based.
    pub unit: usize,
    /// Period, 0-based.
    pub period: usize,
    /// Outcome.
    pub outcome: f64,
    /// 1 where the change is in force (or a dose).
    pub treatment: f64,
}

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

/// A regression of the outcome on treatment, units and periods.
#[derive(Debug, Clone)]
pub struct TwoWay {
    /// Effect of the treatment.
    pub effect: f64,
    /// Standard error if errors were independent: never with panels.
    pub plain_error: f64,
    rows: Vec<Row>,
    units: usize,
    coefficients: usize,
    design: Vec<Vec<f64>>,
    inverse: Matrix,
    residuals: Vec<f64>,
    place: usize,
}

/// Fits the treatment's effect; `with_units` false leaves out unit effects (first differences).
///
/// Undefined: fewer rows than coefficients; a treatment that the effects explain wholly.
pub fn two_way(rows: &[Row], with_units: bool) -> Result<TwoWay, Undefined> {
    let units = rows
        .iter()
        .map(|r| r.unit + 1)
        .max()
        .ok_or(Undefined::NoAnswers)?;
    let periods = rows.iter().map(|r| r.period + 1).max().unwrap_or(0);
    let of_units = if with_units { units } else { 0 };
    // Without unit effects the first period keeps its dummy as the intercept.
    let first = usize::from(with_units);
    let coefficients = of_units + periods - first + 1;
    if rows.len() <= coefficients {
        return Err(Undefined::TooFew {
            n: rows.len() as u64,
            needed: coefficients as u64 + 1,
        });
    }
    let place = coefficients - 1;
    let design: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            let mut x = vec![0.0; coefficients];
            if with_units {
                x[row.unit] = 1.0;
            }
            if row.period >= first {
                x[of_units + row.period - first] = 1.0;
            }
            x[place] = row.treatment;
            x
        })
        .collect();
    let inverse = Matrix::from_fn(coefficients, |i, j| {
        design.iter().map(|x| x[i] * x[j]).sum()
    })
    .inverse()?;
    let right: Vec<f64> = (0..coefficients)
        .map(|i| design.iter().zip(rows).map(|(x, r)| x[i] * r.outcome).sum())
        .collect();
    let b = inverse.apply(&right);
    let residuals: Vec<f64> = design
        .iter()
        .zip(rows)
        .map(|(x, r)| r.outcome - dot(x, &b))
        .collect();
    let variance = dot(&residuals, &residuals) / (rows.len() - coefficients) as f64;
    Ok(TwoWay {
        effect: b[place],
        plain_error: (variance * inverse.get(place, place)).sqrt(),
        rows: rows.to_vec(),
        units,
        coefficients,
        design,
        inverse,
        residuals,
        place,
    })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
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

/// Exact permutation of which units were treated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permutation {
    /// Mean change of treated units less that of the others.
    pub effect: f64,
    /// Two-sided p: share of assignments at least as far from zero.
    pub p: f64,
    /// Assignments, the actual one included; the smallest possible p is 1 over it.
    pub assignments: u64,
}

/// Assignments that are still enumerated.
const ASSIGNMENTS_MAX: f64 = 20e6;

/// Exact permutation test of post less pre by unit.
///
/// `changes` by unit, `treated` the same length. Undefined: no treated or no other unit; more
/// than 64 units or 20 million assignments (use [`TwoWay`] then).
pub fn permutation(changes: &[f64], treated: &[bool]) -> Result<Permutation, Undefined> {
    let n = changes.len();
    let k = treated.iter().filter(|t| **t).count();
    if k == 0 || k >= n || treated.len() != n {
        return Err(Undefined::parameter("treated"));
    }
    let total: f64 = (1..=k).map(|i| (n - k + i) as f64 / i as f64).product();
    if n > 63 || total > ASSIGNMENTS_MAX {
        return Err(Undefined::parameter("units"));
    }
    let sum: f64 = changes.iter().sum();
    let effect = |of_treated: f64| of_treated / k as f64 - (sum - of_treated) / (n - k) as f64;
    let of = |mask: u64| -> f64 {
        let mut left = mask;
        let mut of_treated = 0.0;
        while left != 0 {
            of_treated += changes[left.trailing_zeros() as usize];
            left &= left - 1;
        }
        effect(of_treated)
    };
    let actual = of((0..n)
        .filter(|i| treated[*i])
        .fold(0, |mask, i| mask | 1 << i));
    let (mut mask, mut all, mut as_far) = ((1_u64 << k) - 1, 0_u64, 0_u64);
    while mask < 1 << n {
        all += 1;
        as_far += u64::from(of(mask).abs() >= actual.abs() - 1e-12);
        // Next larger number with as many bits (Gosper).
        let lowest = mask & mask.wrapping_neg();
        let ripple = mask + lowest;
        mask = (((ripple ^ mask) >> 2) / lowest) | ripple;
    }
    Ok(Permutation {
        effect: actual,
        p: as_far as f64 / all as f64,
        assignments: all,
    })
}

/// Moments of the changes of treated and of other units, for Welch's comparison.
pub fn by_treatment(changes: &[f64], treated: &[bool]) -> (Moments, Moments) {
    let of = |wanted: bool| {
        changes
            .iter()
            .zip(treated)
            .filter(|(_, t)| **t == wanted)
            .map(|(c, _)| *c)
            .collect()
    };
    (of(true), of(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel() -> Vec<Row> {
        let mut rows = Vec::new();
        for unit in 0..8 {
            for period in 0..4 {
                let treatment = f64::from(u8::from(unit < 4 && period >= 2));
                let noise = ((unit * 7 + period * 5) % 11) as f64 * 0.1;
                let outcome = unit as f64 + 2.0 * period as f64 + 3.0 * treatment + noise;
                rows.push(Row {
                    unit,
                    period,
                    outcome,
                    treatment,
                });
            }
        }
        rows
    }

    // In a balanced 2 × 2 design the effect is the difference of collapsed changes.
    #[test]
    fn effect_is_the_difference_in_differences() {
        let fit = two_way(&panel(), true).unwrap();
        let mean = |unit: usize, late: bool| -> f64 {
            let of = panel()
                .into_iter()
                .filter(|r| r.unit == unit && (r.period >= 2) == late);
            of.map(|r| r.outcome).sum::<f64>() / 2.0
        };
        let changes: Vec<f64> = (0..8).map(|u| mean(u, true) - mean(u, false)).collect();
        let treated: Vec<bool> = (0..8).map(|u| u < 4).collect();
        let collapsed = permutation(&changes, &treated).unwrap();
        assert!((fit.effect - collapsed.effect).abs() < 1e-10);
        assert_eq!(collapsed.assignments, 70);
        assert!((collapsed.p - 2.0 / 70.0).abs() < 1e-12);
        let (a, b) = by_treatment(&changes, &treated);
        assert_eq!((a.n(), b.n()), (4, 4));
    }

    #[test]
    fn corrections_widen() {
        let fit = two_way(&panel(), true).unwrap();
        let of = |kind| fit.robust(kind).unwrap();
        assert!(of(Cluster::Cr0).standard_error < of(Cluster::Cr1).standard_error);
        assert!(of(Cluster::Cr1).standard_error < of(Cluster::Cr1s).standard_error);
        assert!(of(Cluster::Cr2).df <= 7.0);
    }

    #[test]
    fn reasons() {
        assert!(permutation(&[1.0, 2.0], &[true, true]).is_err());
        let mut flat = panel();
        for row in &mut flat {
            row.treatment = 0.0;
        }
        assert!(matches!(
            two_way(&flat, true),
            Err(Undefined::Singular { .. })
        ));
    }
}
