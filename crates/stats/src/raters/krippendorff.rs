//! Krippendorff's alpha: any number of raters, any missing rating.
//!
//! Sources: Krippendorff (2004, 2011). The interval leaves out a unit at a time: units are what
//! was sampled (Zapf et al. 2016 draw units again for the same reason), and nothing is random.

use crate::distribution::t;
use crate::interval::{Interval, Measured, Method};
use crate::moments::Moments;
use crate::undefined::Undefined;
use serde::{Deserialize, Serialize};

/// What a difference of two values means to Krippendorff's alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Same or not.
    Nominal,
    /// By the number of values between.
    Ordinal,
    /// By squared difference.
    Interval,
    /// By squared difference over squared sum; values above 0.
    Ratio,
}

/// Least alpha of a score that is shown, for tentative conclusions.
pub const TENTATIVE_ALPHA_MIN: f64 = 0.667;
/// Least alpha of a score to rely on.
pub const USE_ALPHA_MIN: f64 = 0.80;

/// What an alpha is good for (Krippendorff 2004, page 241).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// From .80: may be used.
    Use,
    /// From .667: for tentative conclusions only.
    Tentative,
    /// Below: not shown as a score.
    NotAScore,
}

impl Standing {
    /// Of an alpha.
    pub fn of(alpha: f64) -> Self {
        if alpha >= USE_ALPHA_MIN {
            Self::Use
        } else if alpha >= TENTATIVE_ALPHA_MIN {
            Self::Tentative
        } else {
            Self::NotAScore
        }
    }
}

/// Krippendorff's alpha with what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RaterAlpha {
    /// Alpha; n is the number of units with two ratings or more. Its interval comes from leaving
    /// out one unit at a time, cut at 1.
    pub alpha: Measured,
    /// Ratings in those units.
    pub ratings: u64,
    /// Share of agreeing pairs of ratings within units, each rating weighing the same.
    pub raw_agreement: f64,
    /// What the alpha is good for.
    pub standing: Standing,
}

/// Krippendorff's alpha from counts of values by unit.
///
/// `values` are the possible values in ascending order; each unit counts how many raters gave
/// each. Units with fewer than two ratings say nothing and are left out, so that missing
/// ratings need no care. Undefined: no pair of ratings; one value only.
pub fn krippendorff(values: &[f64], units: &[Vec<u64>], metric: Metric) -> Result<f64, Undefined> {
    Coincidences::of(values.len(), units).alpha(values, metric)
}

/// The same with raw agreement, standing, and an interval over units.
///
/// Undefined: as [`krippendorff`]. Without an interval: two units or fewer, or all ratings of a
/// value in one unit (alpha does not exist without it).
pub fn krippendorff_alpha(
    values: &[f64],
    units: &[Vec<u64>],
    metric: Metric,
    level: f64,
) -> Result<RaterAlpha, Undefined> {
    let all = Coincidences::of(values.len(), units);
    let value = all.alpha(values, metric)?;
    let paired: Vec<&Vec<u64>> = units
        .iter()
        .filter(|unit| pairs(unit, values.len()))
        .collect();
    let ratings = paired.iter().map(|unit| unit.iter().sum::<u64>()).sum();
    let interval = jackknife(&all, &paired, values, metric, level);
    Ok(RaterAlpha {
        alpha: Measured::new(value, paired.len() as u64, interval),
        ratings,
        raw_agreement: all.diagonal() / all.n(),
        standing: Standing::of(value),
    })
}

/// Leaves out a unit at a time by taking its coincidences away, not by counting all again.
fn jackknife(
    all: &Coincidences,
    units: &[&Vec<u64>],
    values: &[f64],
    metric: Metric,
    level: f64,
) -> Result<Interval, Undefined> {
    let k = units.len() as u64;
    if k < 3 {
        return Err(Undefined::TooFewUnits {
            units: k,
            needed: 3,
        });
    }
    let whole = all.alpha(values, metric)?;
    let mut without = Moments::default();
    for unit in units {
        let mut rest = all.clone();
        rest.add(unit, -1.0);
        without.push(rest.alpha(values, metric)?);
    }
    let k = k as f64;
    let standard_error = ((k - 1.0) / k * without.m2()).sqrt();
    // Rounding leaves a trace where every unit agrees wholly.
    if standard_error < 1e-12 {
        return Err(Undefined::ZeroVariance);
    }
    let half = t(level, k - 1.0) * standard_error;
    Ok(Interval::around(whole, half, level, Method::Jackknife).clipped(f64::NEG_INFINITY, 1.0))
}

/// Whether a unit has two ratings or more.
fn pairs(unit: &[u64], values: usize) -> bool {
    unit.len() == values && unit.iter().sum::<u64>() >= 2
}

/// How often two values stand beside each other in a unit.
#[derive(Clone)]
struct Coincidences {
    size: usize,
    counts: Vec<f64>,
}

impl Coincidences {
    fn of(size: usize, units: &[Vec<u64>]) -> Self {
        let mut all = Self {
            size,
            counts: vec![0.0; size * size],
        };
        for unit in units {
            all.add(unit, 1.0);
        }
        all
    }

    fn add(&mut self, unit: &[u64], times: f64) {
        if !pairs(unit, self.size) {
            return;
        }
        let ratings = unit.iter().sum::<u64>();
        for i in 0..self.size {
            for j in 0..self.size {
                let pairs = if i == j {
                    unit[i] * unit[i].saturating_sub(1)
                } else {
                    unit[i] * unit[j]
                };
                self.counts[i * self.size + j] += times * pairs as f64 / (ratings - 1) as f64;
            }
        }
    }

    fn n(&self) -> f64 {
        self.counts.iter().sum()
    }

    fn diagonal(&self) -> f64 {
        (0..self.size).map(|i| self.counts[i * self.size + i]).sum()
    }

    fn alpha(&self, values: &[f64], metric: Metric) -> Result<f64, Undefined> {
        let k = self.size;
        let totals: Vec<f64> = self
            .counts
            .chunks(k.max(1))
            .map(|row| row.iter().sum())
            .collect();
        let n = self.n();
        if n <= 1.0 {
            return Err(Undefined::NoAnswers);
        }
        let distance = |i: usize, j: usize| -> f64 {
            let (i, j) = (i.min(j), i.max(j));
            match metric {
                Metric::Nominal => f64::from(u8::from(i != j)),
                Metric::Ordinal if i == j => 0.0,
                Metric::Ordinal => {
                    let between: f64 = totals[i..=j].iter().sum();
                    (between - f64::midpoint(totals[i], totals[j])).powi(2)
                }
                Metric::Interval => (values[i] - values[j]).powi(2),
                Metric::Ratio if values[i] + values[j] == 0.0 => 0.0,
                Metric::Ratio => ((values[i] - values[j]) / (values[i] + values[j])).powi(2),
            }
        };
        let (mut observed, mut expected) = (0.0, 0.0);
        for i in 0..k {
            for j in 0..k {
                observed += self.counts[i * k + j] * distance(i, j);
                expected += totals[i] * totals[j] * distance(i, j) / (n - 1.0);
            }
        }
        if expected <= 1e-12 {
            return Err(Undefined::NoVariation);
        }
        Ok(1.0 - observed / expected)
    }
}
