//! Run rules: which points or windows of a chart signal.
//!
//! Sources: Nelson (1984); Western Electric (1956); NHS England "Making data count"; Anhøj &
//! Olesen (2014). Rules look at standardised values z = (y − centre)/sigma.
//! Invariant: a point exactly on the centre line breaks a run, ties break a trend, a point
//! exactly on a limit is not beyond it.

use crate::distribution::binomial_cdf;
use serde::{Deserialize, Serialize};

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Rule {
    /// A point further than `sigmas` from the centre.
    Beyond {
        /// Distance.
        sigmas: f64,
    },
    /// `points` in a row on one side of the centre.
    OneSide {
        /// Length of the run.
        points: usize,
    },
    /// `points` in a row, each higher (or each lower) than the one before.
    Trend {
        /// Length of the trend.
        points: usize,
    },
    /// `points` in a row, alternating up and down.
    Alternating {
        /// Length.
        points: usize,
    },
    /// `of` among `within` consecutive points beyond `sigmas` on one side.
    SomeBeyond {
        /// How many.
        of: usize,
        /// Among how many.
        within: usize,
        /// Distance.
        sigmas: f64,
    },
    /// NHS two in three: all three on one side, two of them between 2 and 3 sigma; points beyond
    /// the limits do not count.
    TwoInThreeNear,
    /// `points` in a row within `sigmas`.
    Hugging {
        /// Length.
        points: usize,
        /// Distance.
        sigmas: f64,
    },
    /// `points` in a row beyond `sigmas`, on either side.
    Avoiding {
        /// Length.
        points: usize,
        /// Distance.
        sigmas: f64,
    },
}

/// Nelson's eight rules, in his order.
pub const NELSON: [Rule; 8] = [
    Rule::Beyond { sigmas: 3.0 },
    Rule::OneSide { points: 9 },
    Rule::Trend { points: 6 },
    Rule::Alternating { points: 14 },
    Rule::SomeBeyond {
        of: 2,
        within: 3,
        sigmas: 2.0,
    },
    Rule::SomeBeyond {
        of: 4,
        within: 5,
        sigmas: 1.0,
    },
    Rule::Hugging {
        points: 15,
        sigmas: 1.0,
    },
    Rule::Avoiding {
        points: 8,
        sigmas: 1.0,
    },
];

/// The four Western Electric zone rules.
pub const WESTERN_ELECTRIC: [Rule; 4] = [
    Rule::Beyond { sigmas: 3.0 },
    Rule::SomeBeyond {
        of: 2,
        within: 3,
        sigmas: 2.0,
    },
    Rule::SomeBeyond {
        of: 4,
        within: 5,
        sigmas: 1.0,
    },
    Rule::OneSide { points: 8 },
];

/// NHS rules in their order of precedence.
pub const NHS: [Rule; 4] = [
    Rule::Beyond { sigmas: 3.0 },
    Rule::Trend { points: 7 },
    Rule::TwoInThreeNear,
    Rule::OneSide { points: 7 },
];

impl Rule {
    /// Points that the rule looks at together.
    pub fn window(&self) -> usize {
        match self {
            Self::Beyond { .. } => 1,
            Self::TwoInThreeNear => 3,
            Self::OneSide { points }
            | Self::Trend { points }
            | Self::Alternating { points }
            | Self::Hugging { points, .. }
            | Self::Avoiding { points, .. } => *points,
            Self::SomeBeyond { within, .. } => *within,
        }
    }

    /// Whether a window of [`Rule::window`] standardised values signals: +1 up, −1 down, +1 for
    /// rules without a side; 0 when it does not.
    fn signal(&self, z: &[f64]) -> i8 {
        let all = |f: &dyn Fn(&f64) -> bool| z.iter().all(f);
        let steps = |f: &dyn Fn(f64) -> bool| z.windows(2).all(|w| f(w[1] - w[0]));
        let of_side = |up: bool, down: bool| i8::from(up) - i8::from(!up && down);
        match *self {
            Self::Beyond { sigmas } => of_side(z[0] > sigmas, z[0] < -sigmas),
            Self::OneSide { .. } => of_side(all(&|z| *z > 0.0), all(&|z| *z < 0.0)),
            Self::Trend { .. } => of_side(steps(&|d| d > 0.0), steps(&|d| d < 0.0)),
            Self::Alternating { .. } => {
                let turns = z.windows(3).all(|w| (w[1] - w[0]) * (w[2] - w[1]) < 0.0);
                i8::from(turns)
            }
            Self::SomeBeyond { of, sigmas, .. } => of_side(
                z.iter().filter(|z| **z > sigmas).count() >= of,
                z.iter().filter(|z| **z < -sigmas).count() >= of,
            ),
            Self::TwoInThreeNear => {
                let near = z.iter().filter(|z| is_near(**z)).count() >= 2;
                of_side(near && all(&|z| *z > 0.0), near && all(&|z| *z < 0.0))
            }
            Self::Hugging { sigmas, .. } => i8::from(all(&|z| z.abs() < sigmas)),
            Self::Avoiding { sigmas, .. } => i8::from(all(&|z| z.abs() > sigmas)),
        }
    }

    /// For each point, the signal of the window that ends there (0 where none does).
    pub fn windows_ending(&self, z: &[f64]) -> Vec<i8> {
        let size = self.window();
        (0..z.len())
            .map(|end| {
                if end + 1 < size {
                    return 0;
                }
                self.signal(&z[end + 1 - size..=end])
            })
            .collect()
    }

    /// For each point, the signal of a window that it belongs to (0 where none). Of NHS two in
    /// three only the points near the limit belong.
    pub fn members(&self, z: &[f64]) -> Vec<i8> {
        let mut members = vec![0; z.len()];
        for (end, signal) in self.windows_ending(z).into_iter().enumerate() {
            if signal == 0 {
                continue;
            }
            for place in end + 1 - self.window()..=end {
                if *self != Self::TwoInThreeNear || is_near(z[place]) {
                    members[place] = signal;
                }
            }
        }
        members
    }
}

/// Between two thirds of the way to the limit and the limit.
fn is_near(z: f64) -> bool {
    z.abs() > 2.0 && z.abs() <= 3.0
}

/// Anhøj's two rules on a run chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anhoej {
    /// Points not on the centre line.
    pub useful: u64,
    /// Longest run on one side.
    pub longest_run: u64,
    /// Longest run that chance explains: round(log₂ useful) + 3.
    pub longest_run_max: u64,
    /// Times the line is crossed.
    pub crossings: u64,
    /// Fewest crossings that chance explains: 5 % quantile of Bin(useful − 1, ½).
    pub crossings_min: u64,
    /// Whether either is exceeded.
    pub signal: bool,
}

/// Unusually long runs or few crossings about a centre; points on the line are skipped.
pub fn anhoej(values: &[f64], centre: f64) -> Anhoej {
    let sides: Vec<bool> = values
        .iter()
        .filter(|v| **v != centre)
        .map(|v| *v > centre)
        .collect();
    let useful = sides.len() as u64;
    let crossings = sides.windows(2).filter(|w| w[0] != w[1]).count() as u64;
    let (mut longest_run, mut run) = (0, 0);
    for (place, side) in sides.iter().enumerate() {
        run = if place > 0 && sides[place - 1] == *side {
            run + 1
        } else {
            1
        };
        longest_run = longest_run.max(run);
    }
    let longest_run_max = if useful == 0 {
        0
    } else {
        (useful as f64).log2().round() as u64 + 3
    };
    let trials = useful.saturating_sub(1);
    // Smallest k with P(Bin ≤ k) ≥ 5 %, rounding of the sum forgiven.
    let crossings_min = (0..=trials)
        .find(|&k| binomial_cdf(k, trials, 0.5) >= 0.05 - 1e-12)
        .unwrap_or(0);
    Anhoej {
        useful,
        longest_run,
        longest_run_max,
        crossings,
        crossings_min,
        signal: longest_run > longest_run_max || crossings < crossings_min,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_centre_breaks_a_run_and_a_tie_breaks_a_trend() {
        let rule = Rule::OneSide { points: 3 };
        assert_eq!(
            rule.windows_ending(&[1.0, 1.0, 0.0, 1.0, 1.0, 1.0]),
            [0, 0, 0, 0, 0, 1]
        );
        let trend = Rule::Trend { points: 3 };
        assert_eq!(
            trend.windows_ending(&[1.0, 2.0, 2.0, 1.0, 0.0]),
            [0, 0, 0, 0, -1]
        );
    }

    #[test]
    fn beyond_means_beyond() {
        assert_eq!(
            Rule::Beyond { sigmas: 3.0 }.members(&[3.0, -3.1, 3.1]),
            [0, -1, 1]
        );
    }

    #[test]
    fn nhs_two_in_three_ignores_points_beyond_the_limits() {
        let rule = Rule::TwoInThreeNear;
        assert_eq!(rule.members(&[2.1, 3.4, 0.3]), [0, 0, 0]);
        assert_eq!(rule.members(&[2.1, 0.4, 2.9]), [1, 0, 1]);
        assert_eq!(rule.members(&[2.1, -0.1, 2.9]), [0, 0, 0]);
    }

    // Anhøj & Olesen (2014), table 1: 24 useful points: longest run 8, at least 8 crossings.
    #[test]
    fn anhoej_limits_as_published() {
        let values: Vec<f64> = (0..24)
            .map(|i| if i % 2 == 0 { 1.0 } else { -1.0 })
            .collect();
        let result = anhoej(&values, 0.0);
        assert_eq!((result.longest_run_max, result.crossings_min), (8, 8));
        assert!(!result.signal);
        assert!(anhoej(&[1.0; 12], 0.0).signal);
    }
}
