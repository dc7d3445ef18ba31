//! Every party with its indicators, and who is not heard.

use std::collections::BTreeMap;

use evenkeel_foundation::{
    Foundation, Granularity, Indicator, IndicatorKind, PartyId, Period, UnitId,
};
use evenkeel_stats::Undefined;
use futures::future::try_join_all;

use super::series::Series;
use crate::answers::{AnswerError, Responses, responses};
use crate::api::overview::{IndicatorOverview, PartyOverview, ResponseView};
use crate::api::view::{Estimated, IndicatorRef, NonResponse, PartyRef, Reason};
use crate::office::Office;

/// How many of those asked answered, by party and period.
pub async fn response_series(
    office: &Office,
    foundation: &Foundation,
    granularity: Granularity,
    under: Option<&UnitId>,
) -> Result<BTreeMap<PartyId, Responses>, AnswerError> {
    let all = try_join_all(foundation.parties.keys().map(|party| async move {
        let found = responses(office, foundation, party, granularity, under.cloned()).await?;
        Ok::<_, AnswerError>((party.clone(), found))
    }))
    .await?;
    Ok(all.into_iter().collect())
}

/// Every party, customers first as the foundation lists them, heard or not.
pub fn overview(
    foundation: &Foundation,
    series: &[Series],
    rates: &BTreeMap<PartyId, Responses>,
    nonresponse: &[NonResponse],
    period: Option<Period>,
) -> Vec<PartyOverview> {
    let mut parties: Vec<_> = foundation.parties.values().collect();
    parties.sort_by_key(|party| (party.role, party.id.clone()));
    parties
        .into_iter()
        .map(|party| {
            let of_party = |indicator: &Indicator| indicator.party.as_ref() == Some(&party.id);
            let own: Vec<_> = indicators(foundation, series, of_party).collect();
            PartyOverview {
                party: PartyRef::from(party),
                heard: own.iter().any(|(indicator, series)| {
                    is_voice(foundation, indicator) && series.is_heard_in(period)
                }),
                response: response(rates.get(&party.id), period, || {
                    nonresponse
                        .iter()
                        .find(|found| {
                            found.party.as_deref() == Some(party.id.as_str()) && found.warn
                        })
                        .cloned()
                }),
                indicators: own
                    .into_iter()
                    .map(|(indicator, series)| one(foundation, indicator, series, period))
                    .collect(),
            }
        })
        .collect()
}

/// Headline indicators that belong to no party.
pub fn delivery(
    foundation: &Foundation,
    series: &[Series],
    period: Option<Period>,
) -> Vec<IndicatorOverview> {
    indicators(foundation, series, |indicator| indicator.party.is_none())
        .map(|(indicator, series)| one(foundation, indicator, series, period))
        .collect()
}

/// Does it count what people said? Delivery and figures are about them, not from them.
fn is_voice(foundation: &Foundation, indicator: &Indicator) -> bool {
    match &indicator.kind {
        IndicatorKind::Composite { of } => of
            .iter()
            .filter_map(|part| foundation.indicator(part))
            .any(|part| is_voice(foundation, part)),
        kind => kind.item().is_some(),
    }
}

fn indicators<'a>(
    foundation: &'a Foundation,
    series: &'a [Series],
    wanted: impl Fn(&Indicator) -> bool,
) -> impl Iterator<Item = (&'a Indicator, &'a Series)> {
    series.iter().filter_map(move |series| {
        let indicator = foundation.indicator(series.indicator.as_ref()?)?;
        wanted(indicator).then_some((indicator, series))
    })
}

fn one(
    foundation: &Foundation,
    indicator: &Indicator,
    series: &Series,
    period: Option<Period>,
) -> IndicatorOverview {
    let before = period.and_then(|period| period.previous());
    IndicatorOverview {
        indicator: IndicatorRef::new(foundation, indicator),
        estimate: series.estimate(foundation, indicator, period),
        previous: series.estimate(foundation, indicator, before),
        change: series.change(foundation, indicator, period),
        trend: series.trend(foundation, indicator),
    }
}

fn response(
    rates: Option<&Responses>,
    period: Option<Period>,
    warning: impl Fn() -> Option<NonResponse>,
) -> ResponseView {
    let snapshot = rates.map_or("", |rates| rates.snapshot.as_str());
    let found = period.and_then(|period| rates?.periods.get(&period));
    ResponseView {
        invited: found.map(|counted| counted.invited),
        responded: found.map(|counted| counted.responded),
        rate: found.map_or_else(
            || Estimated::Undefined {
                reason: Reason::from(&Undefined::NoAnswers),
                n: 0,
                snapshot: snapshot.to_owned(),
            },
            |counted| counted.rate(snapshot),
        ),
        warning: warning(),
    }
}
