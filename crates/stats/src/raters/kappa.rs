//! Kappa: categories of two or of several raters.

use crate::distribution::z;
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;

/// How far apart two categories are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KappaWeights {
    /// Agree or not.
    Unweighted,
    /// By distance.
    Linear,
    /// By squared distance.
    Quadratic,
}

/// Cohen's kappa.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// Agreement beyond chance.
    pub value: f64,
    /// Share of pairs on the diagonal.
    pub raw_agreement: f64,
    /// Standard error.
    pub standard_error: f64,
    /// Standard error if there were no agreement beyond chance.
    pub null_error: f64,
    /// Normal interval.
    pub interval: Interval,
}

/// Cohen's kappa of a square table of two raters' categories in order.
pub fn cohen(table: &[Vec<u64>], weights: KappaWeights, level: f64) -> Result<Kappa, Undefined> {
    let k = table.len();
    if k < 2 || table.iter().any(|row| row.len() != k) {
        return Err(Undefined::parameter("table"));
    }
    let n = table.iter().flatten().sum::<u64>() as f64;
    if n == 0.0 {
        return Err(Undefined::NoAnswers);
    }
    let p = |i: usize, j: usize| table[i][j] as f64 / n;
    let rows: Vec<f64> = (0..k).map(|i| (0..k).map(|j| p(i, j)).sum()).collect();
    let columns: Vec<f64> = (0..k).map(|j| (0..k).map(|i| p(i, j)).sum()).collect();
    let likeness = |i: usize, j: usize| {
        let distance = i.abs_diff(j) as f64 / (k as f64 - 1.0);
        match weights {
            KappaWeights::Unweighted => f64::from(u8::from(i == j)),
            KappaWeights::Linear => 1.0 - distance,
            KappaWeights::Quadratic => 1.0 - distance * distance,
        }
    };
    let sum = |f: &dyn Fn(usize, usize) -> f64| -> f64 {
        (0..k)
            .flat_map(|i| (0..k).map(move |j| (i, j)))
            .map(|(i, j)| f(i, j))
            .sum()
    };
    let observed = sum(&|i, j| likeness(i, j) * p(i, j));
    let chance = sum(&|i, j| likeness(i, j) * rows[i] * columns[j]);
    if chance >= 1.0 - 1e-15 {
        return Err(Undefined::NoVariation);
    }
    let value = (observed - chance) / (1.0 - chance);
    let of_row: Vec<f64> = (0..k)
        .map(|i| (0..k).map(|j| columns[j] * likeness(i, j)).sum())
        .collect();
    let of_column: Vec<f64> = (0..k)
        .map(|j| (0..k).map(|i| rows[i] * likeness(i, j)).sum())
        .collect();
    let scale = n * (1.0 - chance).powi(2);
    let spread = sum(&|i, j| {
        p(i, j) * (likeness(i, j) - (of_row[i] + of_column[j]) * (1.0 - value)).powi(2)
    }) - (value - chance * (1.0 - value)).powi(2);
    let null =
        sum(&|i, j| rows[i] * columns[j] * (likeness(i, j) - (of_row[i] + of_column[j])).powi(2))
            - chance * chance;
    let standard_error = (spread / scale).max(0.0).sqrt();
    Ok(Kappa {
        value,
        raw_agreement: (0..k).map(|i| p(i, i)).sum(),
        standard_error,
        null_error: (null / scale).max(0.0).sqrt(),
        interval: Interval::around(value, z(level) * standard_error, level, Method::Wald),
    })
}

/// Fleiss' kappa of several raters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FleissKappa {
    /// Agreement beyond the chance of the categories' shares.
    pub fleiss: f64,
    /// Agreement beyond the chance of equally likely categories (Randolph).
    pub randolph: f64,
    /// Share of agreeing pairs of raters.
    pub raw_agreement: f64,
    /// Standard error if there were no agreement beyond chance.
    pub null_error: f64,
}

/// Fleiss' kappa; each row counts, for one subject, the raters by category. Every subject must
/// have the same number of raters, at least two.
pub fn fleiss(subjects: &[Vec<u64>]) -> Result<FleissKappa, Undefined> {
    let raters = subjects
        .first()
        .ok_or(Undefined::NoAnswers)?
        .iter()
        .sum::<u64>();
    if raters < 2 || subjects.iter().any(|s| s.iter().sum::<u64>() != raters) {
        return Err(Undefined::parameter("raters"));
    }
    let (n, m) = (subjects.len() as f64, raters as f64);
    let k = subjects[0].len();
    let shares: Vec<f64> = (0..k)
        .map(|j| subjects.iter().map(|s| s[j]).sum::<u64>() as f64 / (n * m))
        .collect();
    let agreeing: u64 = subjects
        .iter()
        .flatten()
        .map(|&c| c * c.saturating_sub(1))
        .sum();
    let observed = agreeing as f64 / (n * m * (m - 1.0));
    let chance: f64 = shares.iter().map(|p| p * p).sum();
    let spread: f64 = shares.iter().map(|p| p * (1.0 - p)).sum();
    if spread <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let skew: f64 = shares.iter().map(|p| p * (1.0 - p) * (1.0 - 2.0 * p)).sum();
    let even = 1.0 / k as f64;
    Ok(FleissKappa {
        fleiss: (observed - chance) / (1.0 - chance),
        randolph: (observed - even) / (1.0 - even),
        raw_agreement: observed,
        null_error: (2.0 / (n * m * (m - 1.0))).sqrt() * (spread * spread - skew).max(0.0).sqrt()
            / spread,
    })
}
