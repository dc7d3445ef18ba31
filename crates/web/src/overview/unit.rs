//! One unit over time.

use evenkeel_foundation::{Foundation, Granularity, Indicator, PartyId, Unit};
use futures::future::try_join_all;

use super::{indicators, period, series};
use crate::answers::{AnswerError, Responses, responses};
use crate::api::units::trends::{IndicatorTrend, PartyTrends, ResponseTrend, UnitTrends};
use crate::api::view::{IndicatorRef, PartyRef, PeriodRef, TrendPoint, UnitRef};
use crate::office::Office;

/// Every shown indicator of a unit (and what is below it), by period.
pub async fn unit_trends(
    office: &Office,
    foundation: &Foundation,
    unit: &Unit,
    granularity: Granularity,
) -> Result<UnitTrends, AnswerError> {
    let shown = indicators::shown(foundation);
    let (series, rates) = futures::try_join!(
        series::of_indicators(office, foundation, &shown, granularity, Some(&unit.id)),
        try_join_all(foundation.parties.keys().map(|party| async move {
            let under = Some(unit.id.clone());
            let found = responses(office, foundation, party, granularity, under).await?;
            Ok::<_, AnswerError>((party, found))
        })),
    )?;
    let series = series::doubted(office, foundation, series, None, Some(&unit.id)).await?;
    let of = |wanted: &dyn Fn(&Indicator) -> bool| -> Vec<IndicatorTrend> {
        shown
            .iter()
            .zip(&series)
            .filter(|(indicator, _)| wanted(indicator))
            .map(|(indicator, series)| IndicatorTrend {
                indicator: IndicatorRef::new(foundation, indicator),
                trend: series.trend(foundation, indicator),
            })
            .collect()
    };
    let mut parties: Vec<_> = foundation.parties.values().collect();
    parties.sort_by_key(|party| (party.role, party.id.clone()));
    Ok(UnitTrends {
        unit: UnitRef::from(unit),
        periods: period::with_facts(&series, None)
            .iter()
            .map(PeriodRef::from)
            .collect(),
        parties: parties
            .into_iter()
            .map(|party| PartyTrends {
                party: PartyRef::from(party),
                indicators: of(&|indicator| indicator.party.as_ref() == Some(&party.id)),
            })
            .collect(),
        delivery: of(&|indicator| indicator.party.is_none()),
        response: rates
            .into_iter()
            .filter_map(|(party, found)| response_trend(party, &found))
            .collect(),
        snapshot: super::snapshots(&series, None, None),
    })
}

/// `None` where nobody counted invitations.
fn response_trend(party: &PartyId, found: &Responses) -> Option<ResponseTrend> {
    Some(ResponseTrend {
        party: party.to_string(),
        rate: found.total()?.rate(&found.snapshot),
        trend: found
            .periods
            .iter()
            .map(|(period, counted)| TrendPoint {
                period: PeriodRef::from(period),
                estimate: counted.rate(&found.snapshot),
            })
            .collect(),
    })
}
