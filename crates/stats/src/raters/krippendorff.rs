//! Krippendorff's alpha: any number of raters, any missing rating.

use crate::undefined::Undefined;

/// What a difference of two values means to Krippendorff's alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Krippendorff's alpha from counts of values by unit.
///
/// `values` are the possible values in ascending order; each unit counts how many raters gave
/// each. Units with fewer than two ratings say nothing and are left out, so that missing
/// ratings need no care. Undefined: no pair of ratings; one value only.
pub fn krippendorff(values: &[f64], units: &[Vec<u64>], metric: Metric) -> Result<f64, Undefined> {
    let k = values.len();
    let mut coincidences = vec![vec![0.0; k]; k];
    for unit in units {
        let ratings = unit.iter().sum::<u64>();
        if ratings < 2 || unit.len() != k {
            continue;
        }
        for i in 0..k {
            for j in 0..k {
                let pairs = if i == j {
                    unit[i] * unit[i].saturating_sub(1)
                } else {
                    unit[i] * unit[j]
                };
                coincidences[i][j] += pairs as f64 / (ratings - 1) as f64;
            }
        }
    }
    let totals: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = totals.iter().sum();
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
            observed += coincidences[i][j] * distance(i, j);
            expected += totals[i] * totals[j] * distance(i, j) / (n - 1.0);
        }
    }
    if expected <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    Ok(1.0 - observed / expected)
}
