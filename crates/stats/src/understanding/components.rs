//! Cronbach's components of accuracy.
//!
//! Source: Cronbach (1955). Tracking is the correlation of what is left after levels of predictors
//! and of targets are taken out.

use super::profiles::correlation;
use crate::undefined::Undefined;

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            let mse = cells.iter().map(|(p, o)| (p - o).powi(2)).sum::<f64>() / 12.0;
            prop_assert!((sum - mse).abs() < 1e-10);
        }
    }
}
