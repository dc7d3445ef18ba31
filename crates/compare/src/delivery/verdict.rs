//! Was the standard met? One-sided Wilson limits against the target (METHODS §7).
//!
//! Invariant: 20 of 20 against 95 % is undecided; looks chosen for convenience decide nothing.
//! Looks under versions with another target than the latest are left out and counted. What is not
//! known is in neither number, and it is said when it could turn the verdict.
//! Absent on purpose: ranks, and 'nearly'.

use evenkeel_stats::proportion::share;
use evenkeel_stats::{Looks, Measured, Undefined, speed};
use serde::Serialize;

use super::looks::{Edition, LookCell};
use crate::estimate::{Estimate, EstimateMethod, Estimated, HiddenReason};

/// One-sided level of confidence of a verdict.
pub const VERDICT_LEVEL: f64 = 0.95;

/// What a verdict says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The lower limit reaches the target.
    Met,
    /// The upper limit stays below it.
    NotMet,
    /// Cannot tell yet.
    Undecided,
    /// There is none, and why.
    None {
        /// Why.
        reason: NoVerdict,
    },
}

/// Why there is no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoVerdict {
    /// Nobody looked.
    NoLooks,
    /// All looks were chosen for convenience.
    Convenience,
    /// Of no look is known yet whether the standard was kept.
    NotKnown,
    /// A team of so few people that it is shown with the unit above it.
    SmallTeam,
}

/// A standard in one place and time.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryVerdict {
    /// Share kept; of looks that speak for all, else of those that there are, without interval.
    pub share: Estimated,
    /// The target it is held against.
    pub target: Option<f64>,
    /// The latest version with looks.
    pub version: Option<i64>,
    /// The verdict.
    pub outcome: Outcome,
    /// Looks behind the share.
    pub looks: Looks,
    /// Looks left out because they were chosen for convenience.
    pub convenience: u64,
    /// Looks left out because an earlier version had another target.
    pub earlier: u64,
    /// Whether the verdict would change if everything that is not known were kept, or deviated.
    pub not_known_decides: bool,
}

impl DeliveryVerdict {
    /// That a small team has none of its own.
    pub fn of_small_team(minimum: u32, snapshot: &str) -> Self {
        Self {
            share: Estimated::Hidden {
                reason: HiddenReason::SmallTeam { minimum },
                snapshot: snapshot.to_owned(),
            },
            target: None,
            version: None,
            outcome: Outcome::None {
                reason: NoVerdict::SmallTeam,
            },
            looks: Looks::default(),
            convenience: 0,
            earlier: 0,
            not_known_decides: false,
        }
    }
}

/// The verdict on `cells`, with a two-sided interval at `level` around the share.
pub fn verdict(
    cells: &[LookCell],
    editions: &[Edition],
    level: f64,
    snapshot: &str,
) -> DeliveryVerdict {
    let speaking = cells.iter().filter(|cell| cell.chosen.speaks_for_all());
    let latest = speaking
        .clone()
        .filter(|cell| cell.looks.all() > 0)
        .filter_map(|cell| cell.edition(editions))
        .max_by_key(|edition| edition.version);
    let target = latest.map(|edition| edition.target.get());
    let (mut looks, mut earlier) = (Looks::default(), 0);
    for cell in speaking {
        let of_cell = cell.edition(editions).map(|edition| edition.target.get());
        if of_cell == target {
            looks.merge(&cell.looks);
        } else {
            earlier += cell.looks.all();
        }
    }
    let mut chance = Looks::default();
    let at_hand = cells.iter().filter(|cell| !cell.chosen.speaks_for_all());
    at_hand.for_each(|cell| chance.merge(&cell.looks));
    let convenience = chance.all();
    let of = |kept: f64, n: u64| target.map(|target| decide(kept, n, target));
    let outcome = match (looks.n, looks.not_known, convenience) {
        (0, 0, 0) => Outcome::None {
            reason: NoVerdict::NoLooks,
        },
        (0, 0, _) => Outcome::None {
            reason: NoVerdict::Convenience,
        },
        (0, ..) => Outcome::None {
            reason: NoVerdict::NotKnown,
        },
        _ => of(looks.kept, looks.n).unwrap_or(Outcome::None {
            reason: NoVerdict::NoLooks,
        }),
    };
    let unknown = looks.not_known;
    let not_known_decides = looks.n > 0
        && unknown > 0
        && [looks.kept, looks.kept + unknown as f64]
            .into_iter()
            .any(|kept| of(kept, looks.n + unknown) != Some(outcome));
    let measured = if looks.n > 0 || convenience == 0 {
        share(looks.kept, looks.n, level)
    } else {
        // The share of what came to hand says nothing about the rest, so it has no interval.
        share(chance.kept, chance.n, level).map(|measured| Measured {
            interval: Err(Undefined::NotASample),
            ..measured
        })
    };
    DeliveryVerdict {
        share: estimated(measured, looks.n, snapshot),
        target,
        version: latest.map(|edition| edition.version),
        outcome,
        looks,
        convenience,
        earlier,
        not_known_decides,
    }
}

/// Met, not met or undecided.
fn decide(kept: f64, n: u64, target: f64) -> Outcome {
    // Published shares × n need not be whole; to a hit down is on the side of caution, a hair
    // below a whole number is that number.
    let kept = (kept + 1e-6).floor().min(n as f64) as u64;
    match speed::verdict(kept, n, target, VERDICT_LEVEL) {
        Ok(speed::Verdict::Met) => Outcome::Met,
        Ok(speed::Verdict::NotMet) => Outcome::NotMet,
        Ok(speed::Verdict::Undecided) => Outcome::Undecided,
        Err(_) => Outcome::None {
            reason: NoVerdict::NoLooks,
        },
    }
}

fn estimated(measured: Result<Measured, Undefined>, n: u64, snapshot: &str) -> Estimated {
    match measured {
        Ok(measured) => {
            Estimated::Estimate(Estimate::new(measured, EstimateMethod::Share, snapshot))
        }
        Err(reason) => Estimated::Undefined {
            reason,
            n,
            snapshot: snapshot.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::looks::Chosen;
    use super::*;
    use evenkeel_foundation::{Period, Proportion};

    fn edition(version: i64, target: f64) -> Edition {
        Edition {
            version,
            from: None,
            target: Proportion::new(target).unwrap(),
            rebases: true,
        }
    }

    fn cell(version: i64, chosen: Chosen, kept: f64, n: u64, not_known: u64) -> LookCell {
        LookCell {
            period: Period::parse("2026-03").unwrap(),
            version: Some(version),
            chosen,
            looks: Looks {
                not_known,
                ..Looks::counted(kept, n)
            },
        }
    }

    fn outcome(cells: &[LookCell]) -> Outcome {
        verdict(
            cells,
            &[edition(1, 0.9), edition(2, 0.95)],
            0.95,
            "observations@1",
        )
        .outcome
    }

    // METHODS §7 and reference case S16.
    #[test]
    fn met_not_met_and_cannot_tell_yet() {
        let census = |kept, n| [cell(2, Chosen::Census, kept, n, 0)];
        assert_eq!(outcome(&census(100.0, 100)), Outcome::Met);
        assert_eq!(outcome(&census(20.0, 20)), Outcome::Undecided);
        assert_eq!(outcome(&census(28_410.0, 30_000)), Outcome::NotMet);
    }

    #[test]
    fn convenience_gets_no_verdict_and_no_interval() {
        let cells = [cell(2, Chosen::Convenience, 100.0, 100, 0)];
        let found = verdict(&cells, &[edition(2, 0.95)], 0.95, "observations@1");
        let none = Outcome::None {
            reason: NoVerdict::Convenience,
        };
        assert_eq!((found.outcome, found.convenience), (none, 100));
        assert_eq!(found.share.value(), Some(1.0));
        assert_eq!(found.share.interval(), None);
        let beside = [cells[0].clone(), cell(2, Chosen::Random, 0.0, 5, 0)];
        assert_eq!(outcome(&beside), Outcome::NotMet);
        assert_eq!(
            outcome(&[]),
            Outcome::None {
                reason: NoVerdict::NoLooks
            }
        );
        assert_eq!(
            outcome(&[cell(2, Chosen::Census, 0.0, 0, 3)]),
            Outcome::None {
                reason: NoVerdict::NotKnown
            }
        );
    }

    #[test]
    fn looks_under_another_target_are_left_out() {
        let cells = [
            cell(1, Chosen::Census, 0.0, 500, 0),
            cell(2, Chosen::Census, 100.0, 100, 0),
        ];
        let found = verdict(&cells, &[edition(1, 0.9), edition(2, 0.95)], 0.95, "s");
        assert_eq!((found.outcome, found.earlier), (Outcome::Met, 500));
        let same = verdict(&cells, &[edition(1, 0.95), edition(2, 0.95)], 0.95, "s");
        assert_eq!((same.outcome, same.earlier), (Outcome::NotMet, 0));
    }

    #[test]
    fn what_is_not_known_may_decide() {
        let ask = |not_known| {
            let cells = [cell(2, Chosen::Census, 100.0, 100, not_known)];
            verdict(&cells, &[edition(2, 0.95)], 0.95, "s").not_known_decides
        };
        assert!(!ask(0) && !ask(1) && ask(20));
    }
}
