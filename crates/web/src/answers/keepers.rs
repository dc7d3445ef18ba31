//! What the keepers of a standard say of it, from the release in force.

use evenkeel_foundation::{Asks, Foundation, Granularity, Indicator, Standard, UnitId};
use evenkeel_measure::By;

use super::{AnswerError, Asked, estimates};
use crate::api::standards::keepers::{KeeperShareView, KeepersView};
use crate::api::view::{Estimated, PartyRef, PeriodRef, StandardRef, TrendPoint, UnitRef};
use crate::office::Office;

/// Every share by quarter.
pub async fn keepers(
    office: &Office,
    foundation: &Foundation,
    standard: &Standard,
    unit: Option<&UnitId>,
) -> Result<KeepersView, AnswerError> {
    let mut told: Vec<(Asks, &Indicator, Vec<TrendPoint>)> = Vec::new();
    for asks in Asks::EVERY {
        let indicator = asks.indicator(&standard.id);
        // A retired standard is not asked about any more.
        let Some(indicator) = indicator.and_then(|id| foundation.indicator(&id)) else {
            continue;
        };
        let asked = Asked {
            by: vec![By::Period(Granularity::Quarter)],
            under: unit.cloned(),
            ..Asked::default()
        };
        let found = estimates(office, foundation, indicator, asked).await?;
        let trend: Vec<TrendPoint> = found
            .cells
            .into_iter()
            .filter_map(|cell| {
                Some(TrendPoint {
                    period: PeriodRef::from(&cell.period?),
                    estimate: cell.estimate,
                })
            })
            .collect();
        if !trend.is_empty() {
            told.push((asks, indicator, trend));
        }
    }
    // A quarter that has just begun hides what the one before may show.
    let shown = |point: &&TrendPoint| matches!(point.estimate, Estimated::Estimate { .. });
    let begun = |period: &PeriodRef| period.start;
    let last = |kept: &dyn Fn(&&TrendPoint) -> bool| {
        told.iter()
            .filter_map(|(.., trend)| trend.iter().rfind(kept))
            .map(|point| point.period.clone())
            .max_by_key(begun)
    };
    let period = last(&shown).or_else(|| last(&|_| true));
    let shares = told
        .iter()
        .filter_map(|(asks, indicator, trend)| {
            let latest = trend
                .iter()
                .find(|point| Some(&point.period) == period.as_ref())?;
            Some(KeeperShareView {
                asks: asks.as_str().to_owned(),
                indicator: indicator.id.to_string(),
                latest: latest.estimate.clone(),
                trend: trend.clone(),
            })
        })
        .collect();
    let unit = unit.and_then(|id| foundation.unit(id));
    Ok(KeepersView {
        standard: StandardRef::new(foundation, standard),
        unit: unit.map(UnitRef::from),
        period,
        party: foundation.keepers(standard).map(PartyRef::from),
        shares,
    })
}
