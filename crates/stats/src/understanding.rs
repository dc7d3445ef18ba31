//! How well one party predicts what another says.
//!
//! Sources: Lin (1989) concordance; Cronbach (1955) components; West & Kenny (2011) truth and
//! bias; Edwards (1994) against difference scores.
//! Per direction: concordance (headline), bias, tracking, projection. Never a raw or squared
//! gap. Mutual understanding is the lower of the two directions, never an average; its interval
//! comes from a jackknife over clusters (`jackknife`), because pairs of the same people are not independent.

use crate::distribution::z;
use crate::interval::{Interval, Method};
use crate::moments::{CoMoments, Moments};
use crate::regression::ols;
use crate::undefined::Undefined;

/// Agreement of predictions with the truth, from pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Pairs.
    pub n: u64,
    /// Mean prediction less mean truth.
    pub bias: f64,
    /// Mean squared error.
    pub mse: f64,
    /// Pearson correlation.
    pub correlation: f64,
    /// Lin's concordance 1 − MSE/(MSE if paired at random), denominators n.
    pub concordance: f64,
    /// Concordance over correlation: 1 when means and spreads are equal.
    pub bias_correction: f64,
    /// (mean truth − mean prediction)/√(sd·sd).
    pub location_shift: f64,
    /// sd of truth over sd of prediction.
    pub scale_shift: f64,
    /// 1 − MSE/variance of the truth: below 0 means worse than saying the mean.
    pub skill: f64,
}

/// Agreement of column 0 (prediction) with column 1 (truth).
///
/// Undefined when the truth or the prediction does not vary: then only bias is shown
/// ([`bias_and_error`]).
pub fn agreement(pairs: &CoMoments) -> Result<Agreement, Undefined> {
    let (bias, mse) = bias_and_error(pairs)?;
    let n = pairs.n() as f64;
    let [pp, oo, po] = [(0, 0), (1, 1), (0, 1)].map(|(i, j)| pairs.product(i, j) / n);
    let correlation = pairs.correlation(0, 1)?;
    let concordance = 2.0 * po / (pp + oo + bias * bias);
    Ok(Agreement {
        n: pairs.n(),
        bias,
        mse,
        correlation,
        concordance,
        bias_correction: 2.0 * (pp * oo).sqrt() / (pp + oo + bias * bias),
        location_shift: -bias / (pp * oo).powf(0.25),
        scale_shift: (oo / pp).sqrt(),
        skill: 1.0 - mse / oo,
    })
}

/// Bias and mean squared error: defined also when nothing varies.
pub fn bias_and_error(pairs: &CoMoments) -> Result<(f64, f64), Undefined> {
    if pairs.n() == 0 {
        return Err(Undefined::NoAnswers);
    }
    let bias = pairs.means()[0] - pairs.means()[1];
    let spread = pairs.product(0, 0) + pairs.product(1, 1) - 2.0 * pairs.product(0, 1);
    Ok((bias, spread / pairs.n() as f64 + bias * bias))
}

/// Lin's z-transformed interval of a concordance, for independent pairs only.
pub fn lin_interval(a: &Agreement, level: f64) -> Result<Interval, Undefined> {
    let (r, p, u) = (a.correlation, a.concordance, a.location_shift);
    if a.n < 4 {
        return Err(Undefined::TooFew { n: a.n, needed: 4 });
    }
    if r == 0.0 || p.abs() >= 1.0 {
        return Err(Undefined::PerfectCorrelation);
    }
    let variance = ((1.0 - r * r) * p * p * (1.0 - p * p) / (r * r)
        + 2.0 * p.powi(3) * (1.0 - p) * u * u / r
        - 0.5 * p.powi(4) * u.powi(4) / (r * r))
        / (a.n as f64 - 2.0);
    let half = z(level) * variance.max(0.0).sqrt() / (1.0 - p * p);
    Ok(Interval {
        lower: (p.atanh() - half).tanh(),
        upper: (p.atanh() + half).tanh(),
        level,
        method: Method::FisherZ,
    })
}

/// Prediction regressed on truth, and on truth and own answer, all about the mean truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TruthAndBias {
    /// Mean prediction less mean truth.
    pub directional_bias: f64,
    /// Slope on the truth alone.
    pub truth: f64,
    /// Bias left when the own answer is at the mean truth.
    pub bias_beside_projection: f64,
    /// Slope on the truth beside the own answer.
    pub truth_beside_projection: f64,
    /// Slope on the own answer.
    pub projection: f64,
}

/// From co-moments of (prediction, truth, own answer).
pub fn truth_and_bias(rows: &CoMoments) -> Result<TruthAndBias, Undefined> {
    let alone = ols(rows, 0, &[1])?;
    let both = ols(rows, 0, &[1, 2])?;
    let truth_mean = rows.means()[1];
    let bias = rows.means()[0] - truth_mean;
    Ok(TruthAndBias {
        directional_bias: bias,
        truth: alone.slopes[0],
        bias_beside_projection: bias - both.slopes[1] * (rows.means()[2] - truth_mean),
        truth_beside_projection: both.slopes[0],
        projection: both.slopes[1],
    })
}

/// Cronbach's four components of the mean squared error; they add up to it exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Components {
    /// Squared difference of grand means.
    pub elevation: f64,
    /// Of the means of predictors (units).
    pub differential_elevation: f64,
    /// Of the means of targets (items).
    pub stereotype_accuracy: f64,
    /// Of what is left.
    pub differential_accuracy: f64,
    /// Correlation of predictor means; `None` when they do not vary.
    pub r_elevation: Option<f64>,
    /// Correlation of target means.
    pub r_stereotype: Option<f64>,
    /// Tracking: correlation of what is left.
    pub r_differential: Option<f64>,
}

/// Components of predictions against truth; rows are predictors (or units), columns targets
/// (or items); both tables complete and of one size.
pub fn components(prediction: &[Vec<f64>], truth: &[Vec<f64>]) -> Result<Components, Undefined> {
    let (rows, columns) = (prediction.len(), prediction.first().map_or(0, Vec::len));
    let fits = |t: &[Vec<f64>]| t.len() == rows && t.iter().all(|r| r.len() == columns);
    if rows == 0 || columns == 0 || !fits(prediction) || !fits(truth) {
        return Err(Undefined::parameter("table"));
    }
    let (p, o) = (Effects::of(prediction), Effects::of(truth));
    let squared = |a: &[f64], b: &[f64]| {
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>() / a.len() as f64
    };
    Ok(Components {
        elevation: (p.mean - o.mean).powi(2),
        differential_elevation: squared(&p.rows, &o.rows),
        stereotype_accuracy: squared(&p.columns, &o.columns),
        differential_accuracy: squared(&p.rest, &o.rest),
        r_elevation: correlation(&p.rows, &o.rows),
        r_stereotype: correlation(&p.columns, &o.columns),
        r_differential: correlation(&p.rest, &o.rest),
    })
}

struct Effects {
    mean: f64,
    rows: Vec<f64>,
    columns: Vec<f64>,
    rest: Vec<f64>,
}

impl Effects {
    fn of(table: &[Vec<f64>]) -> Self {
        let (n, q) = (table.len() as f64, table[0].len() as f64);
        let mean = table.iter().flatten().sum::<f64>() / (n * q);
        let rows: Vec<f64> = table
            .iter()
            .map(|r| r.iter().sum::<f64>() / q - mean)
            .collect();
        let columns: Vec<f64> = (0..table[0].len())
            .map(|j| table.iter().map(|r| r[j]).sum::<f64>() / n - mean)
            .collect();
        let rest = table
            .iter()
            .zip(&rows)
            .flat_map(|(row, of_row)| {
                row.iter()
                    .zip(&columns)
                    .map(move |(x, of_column)| x - mean - of_row - of_column)
            })
            .collect();
        Self {
            mean,
            rows,
            columns,
            rest,
        }
    }
}

/// Correlation of two lists; `None` when one does not vary.
pub fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let mut moments = CoMoments::new(2);
    for (a, b) in a.iter().zip(b) {
        moments.push(&[*a, *b]);
    }
    let spread = |i: usize| moments.product(i, i);
    let scale = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
    let varies = spread(0) > 1e-24 * scale(a) && spread(1) > 1e-24 * scale(b);
    varies.then(|| moments.correlation(0, 1).ok()).flatten()
}

/// Mean correlation of each predictor's profile with the truth: (mean, predictors whose
/// profile does not vary).
///
/// `distinctive` takes the mean profile out of both tables first.
pub fn profile_similarity(
    prediction: &[Vec<f64>],
    truth: &[Vec<f64>],
    distinctive: bool,
) -> Result<(f64, u64), Undefined> {
    let centre = |table: &[Vec<f64>]| -> Vec<Vec<f64>> {
        let means: Vec<f64> = (0..table.first().map_or(0, Vec::len))
            .map(|j| {
                let shift = table.iter().map(|r| r[j]).sum::<f64>() / table.len() as f64;
                if distinctive { shift } else { 0.0 }
            })
            .collect();
        table
            .iter()
            .map(|r| r.iter().zip(&means).map(|(x, m)| x - m).collect())
            .collect()
    };
    let (p, o) = (centre(prediction), centre(truth));
    let each: Vec<Option<f64>> = p.iter().zip(&o).map(|(p, o)| correlation(p, o)).collect();
    let known: Moments = each.iter().flatten().copied().collect();
    Ok((known.mean()?, each.len() as u64 - known.n()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(rows: &[(f64, f64)]) -> CoMoments {
        let mut moments = CoMoments::new(2);
        for (p, o) in rows {
            moments.push(&[*p, *o]);
        }
        moments
    }

    #[test]
    fn perfect_prediction() {
        let result = agreement(&pairs(&[(1.0, 1.0), (3.0, 3.0), (4.0, 4.0)])).unwrap();
        assert!((result.concordance - 1.0).abs() < 1e-14);
        assert!(result.mse.abs() < 1e-14 && (result.skill - 1.0).abs() < 1e-14);
    }

    #[test]
    fn when_everybody_says_the_same_only_bias_is_left() {
        let same = pairs(&[(2.0, 5.0), (4.0, 5.0)]);
        assert_eq!(agreement(&same), Err(Undefined::NoVariation));
        assert_eq!(bias_and_error(&same), Ok((-2.0, 5.0)));
    }

    proptest! {
        #[test]
        fn components_add_up(
            cells in prop::collection::vec((1.0..7.0_f64, 1.0..7.0_f64), 12),
        ) {
            let table = |f: fn(&(f64, f64)) -> f64| -> Vec<Vec<f64>> {
                cells.chunks(4).map(|c| c.iter().map(f).collect()).collect()
            };
            let parts = components(&table(|c| c.0), &table(|c| c.1)).unwrap();
            let sum = parts.elevation + parts.differential_elevation
                + parts.stereotype_accuracy + parts.differential_accuracy;
            let (_, mse) = bias_and_error(&pairs(&cells)).unwrap();
            prop_assert!((sum - mse).abs() < 1e-10);
        }

        #[test]
        fn concordance_is_never_above_correlation(
            rows in prop::collection::vec((1.0..7.0_f64, 1.0..7.0_f64), 5..30),
        ) {
            let result = agreement(&pairs(&rows)).unwrap();
            prop_assert!(result.concordance.abs() <= result.correlation.abs() + 1e-12);
            prop_assert!((result.concordance - result.correlation * result.bias_correction).abs() < 1e-10);
        }
    }
}
