//! χ² of a sparse table against tables drawn with the same margins.
//!
//! Source: Hope (1968); as R `chisq.test(simulate.p.value = TRUE)`. Cells are drawn one after the
//! other from their hypergeometric distributions, so that the cost does not grow with n.

use super::chi_squared::chi_squared;
use crate::undefined::Undefined;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rand_distr::{Distribution as _, Hypergeometric};
use serde::Serialize;

/// Tables drawn by default: the smallest p is then .0001.
pub const REPLICATES: u32 = 9999;

/// A simulated test of independence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MonteCarlo {
    /// χ² of the table itself.
    pub statistic: f64,
    /// (1 + tables at least as far from independence)/(1 + tables drawn).
    pub p: f64,
    /// Standard error of p from having drawn no more tables.
    pub p_error: f64,
    /// Tables drawn.
    pub replicates: u32,
    /// Seed they were drawn with; the same seed gives the same p.
    pub seed: u64,
}

/// χ² of a table with a simulated p.
///
/// Undefined: as [`chi_squared`]; no replicates.
pub fn monte_carlo(
    table: &[Vec<u64>],
    replicates: u32,
    seed: u64,
) -> Result<MonteCarlo, Undefined> {
    let actual = chi_squared(table, false)?;
    if replicates == 0 {
        return Err(Undefined::parameter("replicates"));
    }
    let rows: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<u64> = (0..table[0].len())
        .map(|j| table.iter().map(|row| row[j]).sum())
        .collect();
    let n = rows.iter().sum::<u64>() as f64;
    let mut rng = StdRng::seed_from_u64(seed);
    let mut as_far = 0_u32;
    for _ in 0..replicates {
        let drawn = draw(&rows, &columns, &mut rng)?;
        // χ² = n·(Σ O²/(row·column) − 1); a hair is forgiven for other orders of summing.
        let mut sum = 0.0;
        for (row, of_row) in drawn.iter().zip(&rows) {
            for (count, of_column) in row.iter().zip(&columns) {
                sum += (*count as f64).powi(2) / (*of_row as f64 * *of_column as f64);
            }
        }
        as_far += u32::from(n * (sum - 1.0) >= actual.statistic * (1.0 - 1e-7) - 1e-9);
    }
    let p = f64::from(as_far + 1) / f64::from(replicates + 1);
    Ok(MonteCarlo {
        statistic: actual.statistic,
        p,
        p_error: (p * (1.0 - p) / f64::from(replicates)).sqrt(),
        replicates,
        seed,
    })
}

/// A table with these margins, as likely as under independence.
fn draw(rows: &[u64], columns: &[u64], rng: &mut StdRng) -> Result<Vec<Vec<u64>>, Undefined> {
    let mut left = columns.to_vec();
    let mut table = Vec::with_capacity(rows.len());
    for &row in rows {
        let (mut of_row, mut pool) = (row, left.iter().sum::<u64>());
        let mut drawn = vec![0; left.len()];
        for (cell, of_column) in drawn.iter_mut().zip(&mut left) {
            let urn = Hypergeometric::new(pool, *of_column, of_row)
                .map_err(|_| Undefined::parameter("table"))?;
            *cell = urn.sample(rng);
            pool -= *of_column;
            *of_column -= *cell;
            of_row -= *cell;
        }
        table.push(drawn);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::super::fisher::fisher;
    use super::*;
    use proptest::prelude::*;

    // Of a symmetric 2 × 2 table, tables as far from independence are tables as unlikely, so
    // that the simulated p is Fisher's: the tea of 1935, .4857.
    #[test]
    fn tea() {
        let exact = fisher([[3, 1], [1, 3]], 0.95).unwrap().p;
        let found = monte_carlo(&[vec![3, 1], vec![1, 3]], REPLICATES, 1).unwrap();
        assert!((found.p - exact).abs() < 4.0 * found.p_error, "{found:?}");
    }

    // Agresti (2002), job satisfaction and income (table 2.8): χ² 5.97 on 9 df with p .743;
    // Fisher's test, which ranks the same tables by their probability, has .783.
    #[test]
    fn job_satisfaction() {
        let table = [
            vec![1, 3, 10, 6],
            vec![2, 3, 10, 7],
            vec![1, 6, 14, 12],
            vec![0, 1, 9, 11],
        ];
        let found = monte_carlo(&table, REPLICATES, 2).unwrap();
        assert!((found.statistic - 5.97).abs() < 0.005, "{found:?}");
        assert!((0.743..0.80).contains(&found.p), "{found:?}");
    }

    #[test]
    fn large_tables_agree_with_chi_squared() {
        let table = [vec![50_210, 49_790], vec![49_800, 50_200]];
        let p = chi_squared(&table, false).unwrap().ln_p.exp();
        let found = monte_carlo(&table, 2000, 3).unwrap();
        assert!(
            (found.p - p).abs() < 5.0 * (p * (1.0 - p) / 2000.0).sqrt() + 0.005,
            "{found:?} {p}"
        );
    }

    proptest! {
        #[test]
        fn margins_are_kept(cells in prop::collection::vec(0_u64..9, 6), seed in 0_u64..99) {
            let rows = [cells[..3].iter().sum(), cells[3..].iter().sum()];
            let columns = [0, 1, 2].map(|j| cells[j] + cells[j + 3]);
            let mut rng = StdRng::seed_from_u64(seed);
            let drawn = draw(&rows, &columns, &mut rng).unwrap();
            for (row, sum) in drawn.iter().zip(rows) {
                prop_assert_eq!(row.iter().sum::<u64>(), sum);
            }
            for (j, sum) in columns.into_iter().enumerate() {
                prop_assert_eq!(drawn[0][j] + drawn[1][j], sum);
            }
        }
    }
}
