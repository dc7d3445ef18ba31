//! Which chart goes with which number (METHODS §6).
//!
//! Invariant: a chart that was asked for is drawn or refused with a reason; nothing else is drawn
//! in silence.

use serde::{Deserialize, Serialize};

use super::input::{Ask, ChartInput, EVENTS_MAX, Events};
use super::segments::Raw;

/// What is charted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// The share kept.
    #[default]
    Kept,
    /// The numbers that were observed.
    Value,
    /// How many deviations a look had.
    Deviations,
}

/// The kinds of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Shares with Laney's limits: p′.
    P,
    /// Counts per look with Laney's limits: u′.
    U,
    /// Single values and moving ranges.
    Xmr,
    /// Means of subgroups.
    XbarS,
    /// Looks kept between two that deviated.
    G,
    /// Days between two that deviated.
    T,
    /// Sums of departures.
    Cusum,
    /// Weighted mean of departures.
    Ewma,
}

impl ChartKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::P,
        Self::U,
        Self::Xmr,
        Self::XbarS,
        Self::G,
        Self::T,
        Self::Cusum,
        Self::Ewma,
    ];
}

/// Why a chart was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Somebody asked for it.
    AskedFor,
    /// Shares of looks.
    Shares,
    /// Less than one deviation a period is expected: shares would be nearly all 1.
    RareDeviations,
    /// Several measured values a period.
    Subgroups,
    /// One measured value a period, or figures without single values.
    OneValueEach,
    /// So many values a period that what lies between periods is not chance of single values.
    LargeSubgroups,
    /// Deviations counted per look.
    CountsPerLook,
}

/// Why a chart cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NotPossible {
    /// It charts the share kept, and something else was asked for.
    NeedsKept,
    /// It charts observed numbers, and something else was asked for or there are none.
    NeedsValues,
    /// It charts deviations per look.
    NeedsDeviations,
    /// It needs single looks; these are figures of others.
    NeedsLooks,
    /// Looks were drawn: not every deviation was seen, so the time between two says nothing.
    NeedsCensus,
    /// Looks do not say at what time they were, and two deviated on one day.
    NeedsTimes,
    /// No period has two values.
    NeedsSubgroups,
    /// Deviations are not rare: there are more than can be charted one by one.
    TooManyEvents {
        /// As many may be.
        allowed: u64,
    },
    /// Fewer deviations than a chart between them needs.
    TooFewEvents {
        /// As many there are.
        found: u64,
        /// As many it needs.
        needed: u64,
    },
}

/// Deviations a period below which shares are mostly 1 (see `stats::chart::rare`).
const RARE_BELOW: f64 = 1.0;
/// Deviations that two gaps need.
const EVENTS_MIN: u64 = 3;
/// Largest usual subgroup whose spread still speaks for the spread between periods
/// (Montgomery: rational subgroups of 4 to 25).
const SUBGROUP_MAX: u64 = 25;

/// The chart for the points at hand.
pub(super) fn choose(
    ask: Ask,
    input: &ChartInput<'_>,
    points: &[Raw],
) -> (ChartKind, Because, Option<(ChartKind, NotPossible)>) {
    let (usual, because) = usual(ask, input, points);
    match ask.chart {
        None => (usual, because, None),
        Some(asked) => match possible(asked, ask, input, points) {
            Ok(()) => (asked, Because::AskedFor, None),
            Err(reason) => (usual, because, Some((asked, reason))),
        },
    }
}

/// Whether the chart would be one of rare events, so that they are worth listing.
pub(super) fn wants_events(ask: Ask, points: &[Raw]) -> bool {
    match ask.chart {
        Some(ChartKind::G | ChartKind::T) => ask.of == Of::Kept,
        Some(_) => false,
        None => ask.of == Of::Kept && is_rare(points),
    }
}

/// The chart under a CUSUM or EWMA: never one of rare events, whose points are no periods.
pub(super) fn underlying(ask: Ask, points: &[Raw]) -> ChartKind {
    match ask.of {
        Of::Kept => ChartKind::P,
        Of::Deviations => ChartKind::U,
        Of::Value => of_values(points).0,
    }
}

fn usual(ask: Ask, input: &ChartInput<'_>, points: &[Raw]) -> (ChartKind, Because) {
    match ask.of {
        Of::Deviations => (ChartKind::U, Because::CountsPerLook),
        Of::Value => of_values(points),
        Of::Kept if is_rare(points) && possible(ChartKind::G, ask, input, points).is_ok() => {
            (ChartKind::G, Because::RareDeviations)
        }
        Of::Kept => (ChartKind::P, Because::Shares),
    }
}

/// Means with limits from within subgroups, unless there are none or they are too large.
fn of_values(points: &[Raw]) -> (ChartKind, Because) {
    let mut sizes: Vec<u64> = points.iter().map(Raw::values).collect();
    sizes.sort_unstable();
    match sizes.get(sizes.len() / 2).copied().unwrap_or(0) {
        0 | 1 => (ChartKind::Xmr, Because::OneValueEach),
        2..=SUBGROUP_MAX => (ChartKind::XbarS, Because::Subgroups),
        _ => (ChartKind::Xmr, Because::LargeSubgroups),
    }
}

/// Whether half of the periods expect less than one deviation.
fn is_rare(points: &[Raw]) -> bool {
    let (deviated, n) = points.iter().fold((0.0, 0.0), |(d, n), point| {
        (d + point.looks.deviated(), n + point.looks.n as f64)
    });
    if deviated <= 0.0 {
        return false;
    }
    let mut sizes: Vec<u64> = points.iter().map(|point| point.looks.n).collect();
    sizes.sort_unstable();
    let middle = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    middle as f64 * deviated / n < RARE_BELOW
}

fn possible(
    kind: ChartKind,
    ask: Ask,
    input: &ChartInput<'_>,
    points: &[Raw],
) -> Result<(), NotPossible> {
    let has_values = || points.iter().any(|point| point.values() > 0);
    match (kind, ask.of) {
        (ChartKind::P, Of::Kept) => Ok(()),
        (ChartKind::P, _) => Err(NotPossible::NeedsKept),
        (ChartKind::U, Of::Deviations) => Ok(()),
        (ChartKind::U, _) => Err(NotPossible::NeedsDeviations),
        (ChartKind::XbarS, Of::Value) if !has_values() => Err(NotPossible::NeedsValues),
        (ChartKind::XbarS, Of::Value) if points.iter().all(|point| point.values() < 2) => {
            Err(NotPossible::NeedsSubgroups)
        }
        (ChartKind::XbarS, Of::Value) => Ok(()),
        (ChartKind::XbarS, _) => Err(NotPossible::NeedsValues),
        (ChartKind::G | ChartKind::T, Of::Kept) => events(kind, ask, input),
        (ChartKind::G | ChartKind::T, _) => Err(NotPossible::NeedsKept),
        (ChartKind::Xmr | ChartKind::Cusum | ChartKind::Ewma, _) => Ok(()),
    }
}

fn events(kind: ChartKind, ask: Ask, input: &ChartInput<'_>) -> Result<(), NotPossible> {
    let list = match &input.events {
        Events::Listed(list) => list,
        Events::TooMany => {
            return Err(NotPossible::TooManyEvents {
                allowed: EVENTS_MAX as u64,
            });
        }
        Events::NoLooks => return Err(NotPossible::NeedsLooks),
    };
    if (list.len() as u64) < EVENTS_MIN {
        return Err(NotPossible::TooFewEvents {
            found: list.len() as u64,
            needed: EVENTS_MIN,
        });
    }
    if kind == ChartKind::T {
        if !input.is_census(ask) {
            return Err(NotPossible::NeedsCensus);
        }
        if list
            .windows(2)
            .any(|pair| pair[0].at_days >= pair[1].at_days)
        {
            return Err(NotPossible::NeedsTimes);
        }
    }
    Ok(())
}
