//! Where a unit stands: customers and employees above or below what the organisation wants.
//!
//! Invariant: a unit is placed only when both of its intervals clear their cut lines, at a level
//! that holds for all units together; otherwise it is `undecided`. Units are never ranked.

use crate::interval::Interval;
use serde::{Deserialize, Serialize};

/// The quadrants of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Both sides above their cut.
    Both,
    /// Customers above, employees below.
    CustomersOnly,
    /// Employees above, customers below.
    EmployeesOnly,
    /// Both sides below.
    Neither,
    /// Cannot tell yet.
    Undecided,
}

/// One side of one unit against its cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// The whole interval is at or above the cut.
    Above,
    /// The whole interval is below the cut.
    Below,
    /// The interval holds values on both sides of the cut.
    Undecided,
}

/// Places one side. Higher is better; for a lower-is-better indicator negate both beforehand.
pub fn side(interval: &Interval, cut: f64) -> Placement {
    if interval.lower >= cut {
        Placement::Above
    } else if interval.upper < cut {
        Placement::Below
    } else {
        Placement::Undecided
    }
}

/// Places a unit by the intervals of both sides, made at the level of [`bonferroni_level`].
pub fn place(
    internal: &Interval,
    internal_cut: f64,
    external: &Interval,
    external_cut: f64,
) -> Quadrant {
    match (side(internal, internal_cut), side(external, external_cut)) {
        (Placement::Above, Placement::Above) => Quadrant::Both,
        (Placement::Below, Placement::Above) => Quadrant::CustomersOnly,
        (Placement::Above, Placement::Below) => Quadrant::EmployeesOnly,
        (Placement::Below, Placement::Below) => Quadrant::Neither,
        (Placement::Undecided, _) | (_, Placement::Undecided) => Quadrant::Undecided,
    }
}

/// Level of each interval so that all units together are placed rightly with probability
/// `level`: 1 − (1 − level)/units (Bonferroni).
///
/// Two sides of a unit cost nothing extra: the truth of a side can be missed in one direction
/// only, so that a unit is placed wrongly with probability at most 2·(1 − level)/(2·units).
pub fn bonferroni_level(level: f64, units: u64) -> f64 {
    1.0 - (1.0 - level) / units.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::Method;
    use rstest::rstest;

    fn interval(lower: f64, upper: f64) -> Interval {
        Interval {
            lower,
            upper,
            level: 0.95,
            method: Method::T,
        }
    }

    #[rstest]
    #[case((0.6, 0.8), (0.6, 0.8), Quadrant::Both)]
    #[case((0.1, 0.4), (0.6, 0.8), Quadrant::CustomersOnly)]
    #[case((0.6, 0.8), (0.1, 0.4), Quadrant::EmployeesOnly)]
    #[case((0.1, 0.4), (0.1, 0.4), Quadrant::Neither)]
    #[case((0.4, 0.6), (0.6, 0.8), Quadrant::Undecided)]
    #[case((0.6, 0.8), (0.4, 0.6), Quadrant::Undecided)]
    fn placed_only_when_both_clear(
        #[case] internal: (f64, f64),
        #[case] external: (f64, f64),
        #[case] quadrant: Quadrant,
    ) {
        let (a, b) = (
            interval(internal.0, internal.1),
            interval(external.0, external.1),
        );
        assert_eq!(place(&a, 0.5, &b, 0.5), quadrant);
    }

    #[test]
    fn more_units_need_more_certainty() {
        assert_eq!(bonferroni_level(0.95, 1), 0.95);
        assert!((bonferroni_level(0.95, 40) - 0.998_75).abs() < 1e-12);
        assert_eq!(bonferroni_level(0.95, 0), 0.95);
    }
}
