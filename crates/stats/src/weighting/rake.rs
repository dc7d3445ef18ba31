//! Raking: factors by cell that meet all margins.
//!
//! Source: Deming & Stephan (1940), iterative proportional fitting.

use super::error::CalibrationError;
use crate::undefined::Undefined;

/// Rounds of fitting before giving up.
const ROUNDS_MAX: u32 = 1000;
/// Largest relative distance from a margin that counts as met.
const CLOSE: f64 = 1e-12;

/// Rows that share all categories.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Category in each margin, 0-based.
    pub categories: Vec<usize>,
    /// Sum of base weights; a cell without rows is left out by the caller.
    pub weight: f64,
}

/// Factor by which the base weights of each cell are multiplied so that all margins are met.
///
/// `margins` are population counts by category. One margin only is post-stratification. A
/// category with population but no sample is an error that names it; a category with population
/// 0 gives factor 0.
pub fn rake(cells: &[Cell], margins: &[Vec<f64>]) -> Result<Vec<f64>, CalibrationError> {
    check(cells, margins)?;
    let mut factors = vec![1.0; cells.len()];
    for _ in 0..ROUNDS_MAX {
        let mut farthest = 0.0_f64;
        for (place, margin) in margins.iter().enumerate() {
            for (category, wanted) in margin.iter().enumerate() {
                let is_in = |cell: &Cell| cell.categories[place] == category;
                let have: f64 = cells
                    .iter()
                    .zip(&factors)
                    .filter(|(cell, _)| is_in(cell))
                    .map(|(cell, factor)| cell.weight * factor)
                    .sum();
                if have <= 0.0 {
                    continue;
                }
                farthest = farthest.max((have - wanted).abs() / wanted.max(have));
                for (cell, factor) in cells.iter().zip(&mut factors) {
                    if is_in(cell) {
                        *factor *= wanted / have;
                    }
                }
            }
        }
        if farthest < CLOSE {
            return Ok(factors);
        }
    }
    Err(CalibrationError::NotConverged { rounds: ROUNDS_MAX })
}

fn check(cells: &[Cell], margins: &[Vec<f64>]) -> Result<(), CalibrationError> {
    let expected: f64 = margins.first().ok_or(Undefined::NoAnswers)?.iter().sum();
    if let Some(cell) = cells.iter().position(|c| {
        c.categories.len() != margins.len()
            || c.categories.iter().zip(margins).any(|(c, m)| *c >= m.len())
    }) {
        return Err(CalibrationError::UnknownCategory { cell });
    }
    for (margin, counts) in margins.iter().enumerate() {
        let sum: f64 = counts.iter().sum();
        if (sum - expected).abs() > 1e-6 * expected {
            return Err(CalibrationError::MarginsDisagree {
                margin,
                sum,
                expected,
            });
        }
        for (category, &wanted) in counts.iter().enumerate() {
            let somebody = cells
                .iter()
                .any(|c| c.categories[margin] == category && c.weight > 0.0);
            if wanted > 0.0 && !somebody {
                return Err(CalibrationError::EmptyCategory {
                    margin,
                    category,
                    wanted,
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cell(a: usize, b: usize, weight: f64) -> Cell {
        Cell {
            categories: vec![a, b],
            weight,
        }
    }

    #[test]
    fn margins_are_met() {
        let cells = [
            cell(0, 0, 10.0),
            cell(0, 1, 20.0),
            cell(1, 0, 30.0),
            cell(1, 1, 5.0),
        ];
        let factors = rake(&cells, &[vec![40.0, 60.0], vec![70.0, 30.0]]).unwrap();
        let total = |m: usize, c: usize| -> f64 {
            cells
                .iter()
                .zip(&factors)
                .filter(|(cell, _)| cell.categories[m] == c)
                .map(|(cell, f)| cell.weight * f)
                .sum()
        };
        for (m, c, wanted) in [(0, 0, 40.0), (0, 1, 60.0), (1, 0, 70.0), (1, 1, 30.0)] {
            assert!((total(m, c) - wanted).abs() < 1e-9);
        }
        // Raking keeps the odds ratio of the sample.
        let odds = |w: [f64; 4]| w[0] * w[3] / (w[1] * w[2]);
        let after: Vec<f64> = cells
            .iter()
            .zip(&factors)
            .map(|(c, f)| c.weight * f)
            .collect();
        assert!(
            (odds([10.0, 20.0, 30.0, 5.0]) - odds([after[0], after[1], after[2], after[3]])).abs()
                < 1e-9
        );
    }

    #[test]
    fn an_empty_category_is_named() {
        let cells = [cell(0, 0, 10.0), cell(0, 1, 20.0)];
        let error = rake(&cells, &[vec![40.0, 60.0], vec![70.0, 30.0]]);
        assert!(matches!(
            error,
            Err(CalibrationError::EmptyCategory {
                margin: 0,
                category: 1,
                ..
            })
        ));
    }

    #[test]
    fn margins_must_agree_and_be_reachable() {
        let cells = [cell(0, 0, 10.0), cell(1, 1, 20.0)];
        assert!(matches!(
            rake(&cells, &[vec![40.0, 60.0], vec![70.0, 40.0]]),
            Err(CalibrationError::MarginsDisagree { margin: 1, .. })
        ));
        // The empty cells between leave no way to meet both.
        assert!(matches!(
            rake(&cells, &[vec![40.0, 60.0], vec![70.0, 30.0]]),
            Err(CalibrationError::NotConverged { .. })
        ));
    }

    proptest! {
        #[test]
        fn one_margin_is_a_ratio(a in 1.0..100.0_f64, b in 1.0..100.0_f64, x in 1.0..500.0_f64) {
            let cells = [
                Cell { categories: vec![0], weight: a },
                Cell { categories: vec![1], weight: b },
            ];
            let factors = rake(&cells, &[vec![x, 100.0]]).unwrap();
            prop_assert!((factors[0] - x / a).abs() < 1e-9 * (x / a));
        }
    }
}
