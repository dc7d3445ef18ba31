//! How delivery deviates: the few kinds that make up most of it (Pareto).
//!
//! Invariant: largest first, ties by name, so that the same looks give the same list; the share of
//! a kind is of looks, with its interval, because one look can deviate in several ways.
//! Absent on purpose: extras in the same list. They are a record of their own.

use evenkeel_stats::proportion::share;

use crate::estimate::{Estimate, EstimateMethod, Estimated};

/// How often something was seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeviationCount {
    /// What, such as `item_missed`.
    pub kind: String,
    /// Which one, such as the item's id.
    pub naming: Option<String>,
    /// How often.
    pub count: u64,
    /// In how many looks.
    pub looks: u64,
}

/// One line of a Pareto.
#[derive(Debug, Clone, PartialEq)]
pub struct Deviation {
    /// What and how often.
    pub of: DeviationCount,
    /// Share of looks that had it.
    pub share: Estimated,
    /// Part of all that was counted, 0..1.
    pub part: f64,
    /// Parts of this line and all before it together.
    pub cumulative: f64,
}

/// Lines in order, of `n` looks.
pub fn pareto(
    mut counts: Vec<DeviationCount>,
    n: u64,
    level: f64,
    snapshot: &str,
) -> Vec<Deviation> {
    counts.retain(|of| of.count > 0);
    counts.sort_unstable_by(|a, b| {
        let names = || (&a.kind, &a.naming).cmp(&(&b.kind, &b.naming));
        b.count.cmp(&a.count).then_with(names)
    });
    let total: u64 = counts.iter().map(|of| of.count).sum();
    let mut before = 0;
    counts
        .into_iter()
        .map(|of| {
            before += of.count;
            let share = match share(of.looks as f64, n, level) {
                Ok(measured) => {
                    Estimated::Estimate(Estimate::new(measured, EstimateMethod::Share, snapshot))
                }
                Err(reason) => Estimated::Undefined {
                    reason,
                    n,
                    snapshot: snapshot.to_owned(),
                },
            };
            Deviation {
                share,
                part: of.count as f64 / total as f64,
                cumulative: before as f64 / total as f64,
                of,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn largest_first_and_parts_add_up() {
        let count = |kind: &str, naming: Option<&str>, count, looks| DeviationCount {
            kind: kind.to_owned(),
            naming: naming.map(str::to_owned),
            count,
            looks,
        };
        let lines = pareto(
            vec![
                count("step_missing", Some("tomato"), 2, 2),
                count("step_added", Some("bun"), 6, 4),
                count("step_missing", Some("lettuce"), 2, 1),
                count("over_time", None, 0, 0),
            ],
            40,
            0.95,
            "observations@2",
        );
        let names: Vec<_> = lines.iter().map(|line| line.of.naming.as_deref()).collect();
        assert_eq!(names, [Some("bun"), Some("lettuce"), Some("tomato")]);
        assert_eq!(lines[0].part, 0.6);
        assert_eq!(lines[2].cumulative, 1.0);
        assert_eq!(lines[0].share.value(), Some(0.1));
        assert!(lines[0].share.interval().is_some());
    }
}
