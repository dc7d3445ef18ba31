//! What the home page shows, and why at that level and period.
//!
//! Invariant: the page opens where results can appear at all, and says so; a level is
//! chosen by how many of its units can be shown, never by what they show. Absent on
//! purpose: ranks.

mod contact;
mod indicators;
mod level;
mod parties;
mod period;
mod series;
mod unit;

use evenkeel_foundation::{Foundation, Granularity, Level, Period, UnitId};

pub use unit::unit_trends;

use crate::answers::{AlignmentAsked, AnswerError, Measurable, alignment};
use crate::api::overview::{AlignmentMissing, AlignmentMissingReason, Opened, OverviewView};
use crate::api::view::{AlignmentView, PeriodRef};
use crate::office::Office;
use series::Series;

/// What somebody asked to see; everything else is chosen here.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    pub period: Option<Period>,
    pub granularity: Option<Granularity>,
    pub level: Option<&'a Level>,
    pub internal: Option<Measurable>,
    pub external: Option<Measurable>,
    /// Only this unit and what is below it.
    pub under: Option<UnitId>,
}

/// The two that are set side by side.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub internal: Measurable,
    pub external: Measurable,
}

/// Puts the home page together.
pub async fn compose(
    office: &Office,
    foundation: &Foundation,
    wanted: Wanted<'_>,
) -> Result<OverviewView, AnswerError> {
    let under = wanted.under.as_ref();
    let pair = pair(foundation, &wanted);
    let shown = indicators::shown(foundation);
    let lengths = period::granularities(office, foundation, pair.as_ref(), &shown, under).await?;
    let granularity = wanted
        .period
        .map(|period| period.granularity())
        .or(wanted.granularity)
        .unwrap_or_else(|| period::usual(&lengths));
    let (series, pair_series, rates) = futures::try_join!(
        series::of_indicators(office, foundation, &shown, granularity, under),
        series::of_pair(office, foundation, pair.as_ref(), granularity, under),
        parties::response_series(office, foundation, granularity, under),
    )?;
    let periods = period::with_facts(&series, pair_series.as_ref());
    let today = office.today(foundation);
    let (chosen, period_reason) =
        period::choose(&periods, pair_series.as_ref(), today, wanted.period);
    let series = series::doubted(office, foundation, series, chosen, None).await?;

    let levels = match (chosen, &pair) {
        (Some(period), Some(pair)) => level::shown(office, foundation, pair, period, under).await?,
        _ => level::without_results(foundation, today, under),
    };
    let opening = level::open(&levels, wanted.level);
    let both = pair.as_ref().zip(pair_series.as_ref());
    let why_none = match (both, opening.level) {
        (None, _) => Some(missing(AlignmentMissingReason::NoPair, None)),
        (Some(_), None) => Some(missing(AlignmentMissingReason::NoUnits, None)),
        (Some(_), Some(index)) if under.is_some() && levels[index].units == 1 => {
            Some(missing(AlignmentMissingReason::OneUnit, None))
        }
        (Some((pair, sides)), Some(_)) => silent(pair, sides),
    };
    let alignment = match (both, opening.level) {
        (Some((pair, _)), Some(index)) if why_none.is_none() => {
            let asked = AlignmentAsked {
                level: levels[index].id.clone(),
                granularity: Some(granularity),
                from: None,
                to: None,
                period: chosen,
                under: under.cloned(),
                weighted: false,
                lagged_weights: Vec::new(),
            };
            Some(alignment(office, foundation, &pair.internal, &pair.external, asked).await?)
        }
        _ => None,
    };
    let contact = contact::compare(office, foundation, &shown, chosen, under).await?;
    let snapshot = snapshots(&series, pair_series.as_ref(), alignment.as_ref());
    let minimum_n = pair.as_ref().map_or(0, |pair| {
        pair.internal
            .minimum_n(foundation)
            .max(pair.external.minimum_n(foundation))
    });
    let nonresponse = alignment
        .as_ref()
        .map_or_else(Vec::new, |view| view.nonresponse.clone());
    Ok(OverviewView {
        period: chosen.as_ref().map(PeriodRef::from),
        periods: periods.iter().rev().map(PeriodRef::from).collect(),
        granularity: granularity.into(),
        granularities: lengths.into_iter().map(Into::into).collect(),
        level: opening.level.map(|index| levels[index].id.to_string()),
        opened: Opened {
            reason: opening.reason,
            coarser_than: opening
                .coarser_than
                .map(|index| levels[index].id.to_string()),
            period_reason,
            units_total: opening.level.map_or(0, |index| levels[index].units),
            units_shown: opening.level.map_or(0, |index| levels[index].units_shown),
            minimum_n,
        },
        levels: levels.iter().map(level::LevelResults::view).collect(),
        alignment,
        alignment_missing: why_none,
        parties: parties::overview(foundation, &series, &rates, &nonresponse, chosen),
        delivery: parties::delivery(foundation, &series, chosen),
        contact,
        snapshot,
    })
}

/// What was asked for, else what the organisation agreed on.
fn pair(foundation: &Foundation, wanted: &Wanted<'_>) -> Option<Pair> {
    let agreed = foundation.organisation.alignment.as_ref();
    let side = |asked: &Option<Measurable>, agreed: Option<&evenkeel_foundation::IndicatorId>| {
        asked.clone().or_else(|| {
            agreed
                .and_then(|id| foundation.indicator(id))
                .cloned()
                .map(Measurable::Indicator)
        })
    };
    Some(Pair {
        internal: side(&wanted.internal, agreed.map(|pair| &pair.internal))?,
        external: side(&wanted.external, agreed.map(|pair| &pair.external))?,
    })
}

/// Why the two cannot be set side by side: one of them was never heard.
fn silent(pair: &Pair, (internal, external): &(Series, Series)) -> Option<AlignmentMissing> {
    let of = |side: &Measurable, reason| missing(reason, side.party().map(ToString::to_string));
    if internal.is_silent() {
        Some(of(&pair.internal, AlignmentMissingReason::NoInternalFacts))
    } else if external.is_silent() {
        Some(of(&pair.external, AlignmentMissingReason::NoExternalFacts))
    } else {
        None
    }
}

fn missing(reason: AlignmentMissingReason, party: Option<String>) -> AlignmentMissing {
    AlignmentMissing { reason, party }
}

/// Every table version behind the page, once.
fn snapshots(
    series: &[Series],
    pair: Option<&(Series, Series)>,
    alignment: Option<&AlignmentView>,
) -> String {
    let pair = pair
        .into_iter()
        .flat_map(|(internal, external)| [internal, external]);
    series
        .iter()
        .chain(pair)
        .map(|series| series.snapshot.as_str())
        .chain(alignment.map(|view| view.snapshot.as_str()))
        .flat_map(|snapshot| snapshot.split('+'))
        .filter(|table| !table.is_empty())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join("+")
}
