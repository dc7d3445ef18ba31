//! Survey designs: strata, clusters, weights.
//!
//! Source: Taylor linearisation (Binder 1983), as R survey's `svymean`, `svytotal`, `svyratio`.
//! Works on totals per primary sampling unit (PSU), which the query engine sums: of w, w·y,
//! w·x, and of the same inside a domain (0 outside). Rows never come here.
//!
//! Invariant: a stratum with a single PSU is never silently counted as certain: it is centred
//! at the grand mean and counted in [`DesignEstimate::lonely`].

use crate::distribution::t;
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;

/// Totals of one PSU.
#[derive(Debug, Clone, PartialEq)]
pub struct Psu {
    /// Stratum, 0-based.
    pub stratum: usize,
    /// Weighted totals, one per column; the columns mean what the caller says.
    pub totals: Vec<f64>,
}

/// A design with its totals.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    psus: Vec<Psu>,
    /// PSUs in the population by stratum, for finite populations.
    population: Option<Vec<f64>>,
}

/// An estimate under a design.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignEstimate {
    /// The estimate.
    pub value: f64,
    /// Linearised standard error.
    pub standard_error: f64,
    /// PSUs less strata.
    pub df: f64,
    /// Strata with a single PSU.
    pub lonely: u64,
}

impl DesignEstimate {
    /// t interval with the design's degrees of freedom.
    pub fn interval(&self, level: f64) -> Result<Interval, Undefined> {
        if self.df < 1.0 {
            return Err(Undefined::OneCluster);
        }
        let half = t(level, self.df) * self.standard_error;
        Ok(Interval::around(
            self.value,
            half,
            level,
            Method::Linearised,
        ))
    }
}

impl Design {
    /// PSUs with their totals; `population` gives the number of PSUs in each stratum for the
    /// finite population correction (descriptive statements only).
    pub fn new(psus: Vec<Psu>, population: Option<Vec<f64>>) -> Self {
        Self { psus, population }
    }

    /// The PSUs.
    pub fn psus(&self) -> &[Psu] {
        &self.psus
    }

    /// Columns that every PSU has.
    pub fn columns(&self) -> usize {
        self.psus.iter().map(|p| p.totals.len()).min().unwrap_or(0)
    }

    /// Sum of a column.
    pub fn sum(&self, column: usize) -> f64 {
        self.psus.iter().map(|p| p.totals[column]).sum()
    }

    /// PSUs less strata.
    pub fn df(&self) -> f64 {
        let strata: std::collections::BTreeSet<usize> =
            self.psus.iter().map(|p| p.stratum).collect();
        self.psus.len() as f64 - strata.len() as f64
    }

    /// Total of a column.
    pub fn total(&self, column: usize) -> Result<DesignEstimate, Undefined> {
        let z: Vec<f64> = self.psus.iter().map(|p| p.totals[column]).collect();
        self.estimate(self.sum(column), &z)
    }

    /// Ratio of two totals; a weighted mean is (w·y)/(w), a domain mean the same inside it.
    pub fn ratio(&self, numerator: usize, denominator: usize) -> Result<DesignEstimate, Undefined> {
        let below = self.sum(denominator);
        if below == 0.0 {
            return Err(Undefined::ZeroWeight);
        }
        let ratio = self.sum(numerator) / below;
        let z: Vec<f64> = self
            .psus
            .iter()
            .map(|p| (p.totals[numerator] - ratio * p.totals[denominator]) / below)
            .collect();
        self.estimate(ratio, &z)
    }

    fn estimate(&self, value: f64, z: &[f64]) -> Result<DesignEstimate, Undefined> {
        let (variance, lonely) = self.variance_of_total(z)?;
        Ok(DesignEstimate {
            value,
            standard_error: variance.sqrt(),
            df: self.df(),
            lonely,
        })
    }

    /// Variance of Σz over PSUs: Σₕ (1 − fₕ)·nₕ/(nₕ − 1)·Σ(z − z̄ₕ)², and the number of lonely
    /// strata.
    ///
    /// `z` has one value per PSU in the order given. Undefined: one PSU in all.
    pub fn variance_of_total(&self, z: &[f64]) -> Result<(f64, u64), Undefined> {
        if self.psus.is_empty() {
            return Err(Undefined::NoAnswers);
        }
        if self.psus.len() == 1 {
            return Err(Undefined::OneCluster);
        }
        let strata = self.psus.iter().map(|p| p.stratum).max().unwrap_or(0) + 1;
        let grand_mean = z.iter().sum::<f64>() / z.len() as f64;
        let mut variance = 0.0;
        let mut lonely = 0;
        for stratum in 0..strata {
            let own: Vec<f64> = self
                .psus
                .iter()
                .zip(z)
                .filter(|(p, _)| p.stratum == stratum)
                .map(|(_, &z)| z)
                .collect();
            let n = own.len() as f64;
            let open = self
                .population
                .as_ref()
                .map_or(1.0, |sizes| 1.0 - n / sizes[stratum]);
            match own.len() {
                0 => {}
                1 => {
                    lonely += 1;
                    variance += open * (own[0] - grand_mean).powi(2);
                }
                _ => {
                    let mean = own.iter().sum::<f64>() / n;
                    let squares: f64 = own.iter().map(|z| (z - mean).powi(2)).sum();
                    variance += open * n / (n - 1.0) * squares;
                }
            }
        }
        Ok((variance, lonely))
    }

    /// Covariance of Σa and Σb over PSUs, and the number of lonely strata; as
    /// [`Design::variance_of_total`].
    pub fn covariance_of_totals(&self, a: &[f64], b: &[f64]) -> Result<(f64, u64), Undefined> {
        let of = |sign: f64| -> Result<(f64, u64), Undefined> {
            let z: Vec<f64> = a.iter().zip(b).map(|(a, b)| a + sign * b).collect();
            self.variance_of_total(&z)
        };
        let ((sum, lonely), (difference, _)) = (of(1.0)?, of(-1.0)?);
        Ok(((sum - difference) / 4.0, lonely))
    }
}

/// Design effect of a mean: its variance over that of a simple random sample of as many rows,
/// drawn without replacement from a population of Σw (R survey `deff = TRUE`).
///
/// `weighted_variance` is Σw(y − ȳ)²/Σw.
pub fn design_effect(
    estimate: &DesignEstimate,
    weighted_variance: f64,
    n: u64,
    sum_w: f64,
) -> Result<f64, Undefined> {
    let rows = n as f64;
    let simple = weighted_variance * rows / (rows - 1.0) * (sum_w - rows) / (sum_w * rows);
    if n < 2 || simple <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    Ok(estimate.standard_error.powi(2) / simple)
}

/// Kish's effective n (Σw)²/Σw² and design effect n·Σw²/(Σw)²; for unequal weights only, not for
/// clusters.
pub fn kish(n: u64, sum_w: f64, sum_w2: f64) -> Result<(f64, f64), Undefined> {
    if sum_w2 <= 0.0 {
        return Err(Undefined::ZeroWeight);
    }
    let effective = sum_w * sum_w / sum_w2;
    Ok((effective, n as f64 / effective))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn psu(stratum: usize, totals: &[f64]) -> Psu {
        Psu {
            stratum,
            totals: totals.to_vec(),
        }
    }

    #[test]
    fn one_stratum_of_single_rows_is_the_plain_mean() {
        // y = 1, 2, 4, 5 with equal weights: mean 3, standard error sd/√n.
        let psus = [1.0, 2.0, 4.0, 5.0].map(|y| psu(0, &[1.0, y])).to_vec();
        let mean = Design::new(psus, None).ratio(1, 0).unwrap();
        assert_eq!((mean.value, mean.df), (3.0, 3.0));
        assert!((mean.standard_error - (10.0_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-14);
    }

    #[test]
    fn a_census_has_no_sampling_error() {
        let psus = [1.0, 2.0, 4.0].map(|y| psu(0, &[1.0, y])).to_vec();
        let mean = Design::new(psus, Some(vec![3.0])).ratio(1, 0).unwrap();
        assert_eq!(mean.standard_error, 0.0);
    }

    #[test]
    fn a_lonely_psu_is_counted() {
        let psus = vec![
            psu(0, &[1.0, 2.0]),
            psu(0, &[1.0, 3.0]),
            psu(1, &[1.0, 9.0]),
        ];
        let mean = Design::new(psus, None).ratio(1, 0).unwrap();
        assert_eq!(mean.lonely, 1);
        assert!(mean.standard_error > 1.0);
        let one = Design::new(vec![psu(0, &[1.0, 2.0])], None);
        assert_eq!(one.ratio(1, 0), Err(Undefined::OneCluster));
    }
}
