//! Control charts.

mod drift;
mod proportions;
mod rings;
mod runs;
mod subgroups;
mod xmr;

pub use drift::drifts;
pub use proportions::laney;
pub use runs::run_rules;
pub use subgroups::subgroups;
pub use xmr::xmr;

use evenkeel_stats::chart::Rule;

/// Seven points on one side.
const SEVEN: Rule = Rule::OneSide { points: 7 };

/// Places (1-based) where a signal is.
fn places(signals: &[i8]) -> Vec<usize> {
    signals
        .iter()
        .enumerate()
        .filter(|(_, s)| **s != 0)
        .map(|(i, _)| i + 1)
        .collect()
}
