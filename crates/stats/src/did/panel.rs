//! Two-way fixed effects: the outcome on treatment, units and periods.
//!
//! Standard errors come from [`super::robust`] or the checks beside it, never from this fit.

use crate::linear::Matrix;
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

/// A regression of the outcome on treatment, units and periods.
#[derive(Debug, Clone)]
pub struct TwoWay {
    /// Effect of the treatment.
    pub effect: f64,
    /// Standard error if errors were independent: never with panels.
    pub plain_error: f64,
    pub(super) rows: Vec<Row>,
    pub(super) units: usize,
    pub(super) coefficients: usize,
    pub(super) design: Vec<Vec<f64>>,
    pub(super) inverse: Matrix,
    pub(super) residuals: Vec<f64>,
    pub(super) place: usize,
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

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
