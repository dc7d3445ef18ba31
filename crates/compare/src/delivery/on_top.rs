//! Customers' answers on days on which something came on top, beside those on days without.
//!
//! Invariant: nothing is concluded where the intervals overlap or one is missing. Association is all
//! that this can say: units and days with extras may differ in other ways.
//! Absent on purpose: a difference that is corrected for those ways. It would look like a cause.

use evenkeel_foundation::Direction;
use serde::Serialize;

use crate::estimate::Estimated;

/// How the two stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OnTop {
    /// Customers were better off where something came on top.
    Better,
    /// They were worse off there.
    Worse,
    /// Nobody can tell.
    Undecided,
}

/// How customers were `with` something on top beside `without`.
pub fn on_top(with: &Estimated, without: &Estimated, direction: Direction) -> OnTop {
    let (Some(with), Some(without)) = (with.interval(), without.interval()) else {
        return OnTop::Undecided;
    };
    let higher = with.lower > without.upper;
    let lower = with.upper < without.lower;
    match (higher, lower, direction) {
        (true, _, Direction::HigherIsBetter) | (_, true, Direction::LowerIsBetter) => OnTop::Better,
        (true, _, Direction::LowerIsBetter) | (_, true, Direction::HigherIsBetter) => OnTop::Worse,
        (false, false, _) => OnTop::Undecided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{Estimate, EstimateMethod};
    use evenkeel_stats::{Interval, Measured, Method, Undefined};

    fn estimated(value: f64, half: Option<f64>) -> Estimated {
        let interval = half
            .map(|half| Interval::around(value, half, 0.95, Method::Wilson))
            .ok_or(Undefined::ZeroVariance);
        let measured = Measured::new(value, 100, interval);
        Estimated::Estimate(Estimate::new(measured, EstimateMethod::Share, "s@1"))
    }

    #[test]
    fn intervals_that_overlap_say_nothing() {
        use Direction::{HigherIsBetter, LowerIsBetter};
        let (low, high) = (estimated(0.4, Some(0.1)), estimated(0.7, Some(0.1)));
        assert_eq!(on_top(&high, &low, HigherIsBetter), OnTop::Better);
        assert_eq!(on_top(&low, &high, HigherIsBetter), OnTop::Worse);
        assert_eq!(on_top(&low, &high, LowerIsBetter), OnTop::Better);
        assert_eq!(on_top(&high, &low, LowerIsBetter), OnTop::Worse);
        let near = estimated(0.55, Some(0.1));
        assert_eq!(on_top(&high, &near, HigherIsBetter), OnTop::Undecided);
        assert_eq!(on_top(&near, &high, HigherIsBetter), OnTop::Undecided);
        let bare = estimated(0.9, None);
        assert_eq!(on_top(&bare, &low, HigherIsBetter), OnTop::Undecided);
    }
}
