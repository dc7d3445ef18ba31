//! Drivers of an indicator.

use evenkeel_compare::{AboveRandom as Judged, Drivers};
use evenkeel_foundation::{Foundation, Indicator, Instrument, Item, Scale};
use evenkeel_measure::{Question, Subject, Variable, Window};

use super::{AnswerError, context};
use crate::api::drivers::{AboveRandom, Driver, DriversResult, DriversView, Rank};
use crate::api::view::{HiddenReason, IndicatorRef, ItemRef, Reason};
use crate::office::Office;

/// Seed of the random predictors: the same facts give the same answer.
const SEED: u64 = 0x00D2_11E5;

/// Items that can be drivers: those whose answers are in an order.
pub fn can_drive(item: &Item) -> bool {
    matches!(
        item.scale,
        Scale::Rating { .. } | Scale::Boolean | Scale::Number { .. }
    )
}

/// Drivers of an indicator among items of its instrument.
pub async fn drivers(
    office: &Office,
    foundation: &Foundation,
    indicator: &Indicator,
    instrument: &Instrument,
    items: &[&Item],
    window: Window,
) -> Result<DriversView, AnswerError> {
    let mut variables = vec![Variable::Indicator(indicator.id.clone())];
    variables.extend(items.iter().map(|item| Variable::Item(item.id.clone())));
    let products = office
        .replicates(foundation, &instrument.id, &variables, &window)
        .await?;
    let outcome = Question {
        from: window.from,
        to: window.to,
        under: window.under.clone(),
        ..Question::of(Subject::Indicator(indicator.id.clone()))
    };
    let outcome = office.ask(foundation, &outcome).await?;
    let n_outcome = outcome.cells.iter().filter_map(|cell| cell.statistics.n());
    let context = context(foundation, indicator, &products.snapshot);
    let found = evenkeel_compare::drivers(
        indicator,
        &products.parts,
        products.respondents,
        &context,
        SEED,
    );
    let item_ref = |item: &&Item| ItemRef::new(instrument, item);
    let result = match found {
        Drivers::Found(found) => DriversResult::Drivers {
            n: found.n,
            n_outcome: n_outcome.sum(),
            r2: found.r2.into(),
            method: "johnson_relative_weights".to_owned(),
            drivers: items
                .iter()
                .zip(found.drivers)
                .map(|(item, driver)| Driver {
                    item: item_ref(item),
                    importance: driver.importance.into(),
                    rank: rank(driver.rank, &driver.range, context.level),
                    above_random: match driver.above_random {
                        Judged::Above => AboveRandom::Above,
                        Judged::NotAbove => AboveRandom::NotAbove,
                        Judged::Undecided => AboveRandom::Undecided,
                    },
                    sign: driver.sign,
                    performance: driver.performance.into(),
                    vif: driver.vif,
                })
                .collect(),
        },
        Drivers::Undefined {
            reason,
            items: of,
            n,
        } => DriversResult::Undefined {
            reason: Reason::from(&reason),
            items: of
                .iter()
                .filter_map(|&place| items.get(place))
                .map(item_ref)
                .collect(),
            n,
        },
        Drivers::Hidden { reason } => DriversResult::Hidden {
            reason: HiddenReason::from(reason),
        },
    };
    Ok(DriversView {
        indicator: IndicatorRef::new(foundation, indicator),
        unit: window.under.map(|unit| unit.to_string()),
        claim: "association".to_owned(),
        result,
        snapshot: products.snapshot,
    })
}

fn rank(value: u64, range: &Result<(u64, u64), evenkeel_stats::Undefined>, level: f64) -> Rank {
    Rank {
        value,
        best: range.as_ref().ok().map(|(best, _)| *best),
        worst: range.as_ref().ok().map(|(_, worst)| *worst),
        level,
        reason: range.as_ref().err().map(Reason::from),
    }
}
