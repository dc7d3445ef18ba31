//! Points of charts between rare events: one for each event but the first, whose wait nobody saw.

use evenkeel_foundation::{Granularity, Period};
use evenkeel_stats::Looks;

use super::input::{ChartInput, Events};
use super::segments::Raw;

/// One point an event.
pub(super) fn points(input: &ChartInput<'_>) -> Vec<Raw> {
    let Events::Listed(list) = &input.events else {
        return Vec::new();
    };
    let gaps = list.windows(2).map(|pair| Raw {
        period: Period::containing(Granularity::Day, pair[1].day),
        version: pair[1].version,
        looks: Looks::counted(pair[1].kept_before as f64, pair[1].kept_before + 1),
        deviations: 0,
        gap: Some((pair[1].kept_before, pair[1].at_days - pair[0].at_days)),
    });
    gaps.collect()
}
