//! The right test for a table: by its expected counts.

use super::chi_squared::{ChiSquared, chi_squared};
use super::fisher::{Fisher, fisher};
use super::monte_carlo::{MonteCarlo, REPLICATES, monte_carlo};
use crate::undefined::Undefined;

/// Cochran's (1954) convention: below this expected count χ² has no χ² distribution.
pub const EXPECTED_MIN: f64 = 5.0;

/// The test that was used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum IndependenceTest {
    /// χ², all expected counts at least 5.
    ChiSquared,
    /// Fisher's exact test, 2 × 2.
    Fisher(Fisher),
    /// χ² with a simulated p.
    MonteCarlo(MonteCarlo),
}

/// A test of independence: effect size, residuals and p.
#[derive(Debug, Clone, PartialEq)]
pub struct Independence {
    /// χ², its effect size and residuals, whatever the p comes from.
    pub table: ChiSquared,
    /// Where the p comes from.
    pub test: IndependenceTest,
    /// Two-sided p.
    pub p: f64,
}

/// Tests a table of unweighted counts; `seed` is used only where a p must be simulated.
///
/// Undefined: as [`chi_squared`].
pub fn independence(table: &[Vec<u64>], level: f64, seed: u64) -> Result<Independence, Undefined> {
    let found = chi_squared(table, false)?;
    let (test, p) = if found.expected_min >= EXPECTED_MIN {
        (IndependenceTest::ChiSquared, found.ln_p.exp())
    } else if let [a, b] = table
        && let ([a, b], [c, d]) = (&a[..], &b[..])
    {
        let exact = fisher([[*a, *b], [*c, *d]], level)?;
        (IndependenceTest::Fisher(exact), exact.p)
    } else {
        let drawn = monte_carlo(table, REPLICATES, seed)?;
        (IndependenceTest::MonteCarlo(drawn), drawn.p)
    };
    Ok(Independence {
        table: found,
        test,
        p,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_expected_counts() {
        let of = |table: &[Vec<u64>]| independence(table, 0.95, 1).unwrap();
        let large = of(&[vec![30, 20], vec![20, 40]]);
        assert_eq!(large.test, IndependenceTest::ChiSquared);
        let small = of(&[vec![3, 1], vec![1, 3]]);
        assert!(matches!(small.test, IndependenceTest::Fisher(_)));
        assert!((small.p - 0.4857).abs() < 1e-4);
        let sparse = of(&[vec![3, 1, 0], vec![1, 3, 2]]);
        assert!(matches!(sparse.test, IndependenceTest::MonteCarlo(_)));
    }
}
