//! Rule 7: a new release changes a cell only with at least k changed responses.
//!
//! Otherwise what the two or three who answered late said is the new number less the old one.

use std::collections::BTreeMap;

use evenkeel_foundation::IndicatorId;
use evenkeel_stats::{Counted, Statistics};

/// Whether at least k responses changed, as far as the statistics prove it, in every indicator
/// that changed at all; and any did.
pub(in super::super) fn has_changed(
    before: &BTreeMap<IndicatorId, Counted>,
    now: &BTreeMap<IndicatorId, Counted>,
    k: u64,
) -> bool {
    let empty = Statistics::Share { hits: 0.0, n: 0 };
    let of = |side: &BTreeMap<IndicatorId, Counted>, id: &IndicatorId| {
        side.get(id)
            .map_or_else(|| empty.clone(), |counted| counted.statistics.clone())
    };
    let changes: Vec<u64> = before
        .keys()
        .chain(now.keys())
        .map(|id| changed(&of(before, id), &of(now, id)))
        .filter(|changed| *changed > 0)
        .collect();
    !changes.is_empty() && changes.iter().all(|changed| *changed >= k)
}

/// Responses that changed at the least: that came or went, or whose answer is another one now.
fn changed(before: &Statistics, now: &Statistics) -> u64 {
    let (n_before, n_now) = (before.n().unwrap_or(0), now.n().unwrap_or(0));
    let by_n = n_before.abs_diff(n_now);
    let by_score = match (before, now) {
        (Statistics::Scores(before), Statistics::Scores(now)) => {
            let scores: std::collections::BTreeSet<i32> =
                before.iter().chain(now.iter()).map(|(s, _)| s).collect();
            let moved: u64 = scores
                .into_iter()
                .map(|score| before.count(score).abs_diff(now.count(score)))
                .sum();
            // One answer that became another leaves one score and enters one.
            moved.div_ceil(2)
        }
        _ => u64::from(before != now),
    };
    by_n.max(by_score)
}
