//! What the keepers of a standard say of it, from the release in force.

use evenkeel_foundation::{Asks, Foundation, Granularity, Standard, UnitId};
use evenkeel_measure::By;

use super::{AnswerError, Asked, estimates};
use crate::api::standards::keepers::{KeeperShareView, KeepersView};
use crate::api::view::{PartyRef, PeriodRef, StandardRef, TrendPoint, UnitRef};
use crate::office::Office;

/// Every share by quarter.
pub async fn keepers(
    office: &Office,
    foundation: &Foundation,
    standard: &Standard,
    unit: Option<&UnitId>,
) -> Result<KeepersView, AnswerError> {
    let mut shares = Vec::new();
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
        if let Some(latest) = trend.last().map(|point| point.estimate.clone()) {
            shares.push(KeeperShareView {
                asks: asks.as_str().to_owned(),
                indicator: indicator.id.to_string(),
                latest,
                trend,
            });
        }
    }
    let unit = unit.and_then(|id| foundation.unit(id));
    Ok(KeepersView {
        standard: StandardRef::new(foundation, standard),
        unit: unit.map(UnitRef::from),
        party: foundation.keepers(standard).map(PartyRef::from),
        shares,
    })
}
