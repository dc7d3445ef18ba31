//! Drivers of an indicator.

use evenkeel_compare::gate::is_protected_party;
use evenkeel_compare::{AboveRandom as Judged, Context, Drivers, PassedProducts};
use evenkeel_foundation::{Foundation, Indicator, Instrument, Item, ItemId, Scale};
use evenkeel_measure::{Variable, Window};

use super::{AnswerError, Asked, LEVEL, beside, context, estimates, minimum_n};
use crate::api::drivers::{AboveRandom, Driver, DriversResult, DriversView, Rank};
use crate::api::view::{Estimated, HiddenReason, IndicatorRef, ItemRef, Reason};
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

/// The items to look among where nobody names some: all others that can be drivers; of employees
/// those that an indicator is about, because nothing else is released.
pub fn usual<'a>(
    foundation: &Foundation,
    instrument: &'a Instrument,
    outcome: &Item,
) -> Vec<&'a Item> {
    let protected = is_protected_party(foundation, &instrument.party);
    instrument
        .items
        .iter()
        .filter(|item| can_drive(item) && item.id != outcome.id)
        .filter(|item| {
            !protected
                || beside::about(foundation, instrument, &item.id)
                    .next()
                    .is_some()
        })
        .collect()
}

/// Refuses items of one's own choice among employees' answers: figures over ever other sets of
/// answers could be subtracted from each other.
pub fn may_choose(foundation: &Foundation, instrument: &Instrument) -> Result<(), AnswerError> {
    if is_protected_party(foundation, &instrument.party) {
        return Err(AnswerError::NotReleased {
            found: "drivers among chosen items".to_owned(),
        });
    }
    Ok(())
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
    let ids: Vec<ItemId> = items.iter().map(|item| item.id.clone()).collect();
    let mut about = ids.clone();
    about.extend(indicator.kind.item().map(|(_, item)| item.clone()));
    let beside = beside::whole(office, foundation, instrument, &about, &window).await?;
    let asked = Asked {
        from: window.from,
        to: window.to,
        under: window.under.clone(),
        ..Asked::default()
    };
    let outcome = estimates(office, foundation, indicator, asked.clone()).await?;
    let n_outcome = outcome.cells.iter().map(|cell| match &cell.estimate {
        Estimated::Estimate { n, .. } | Estimated::Undefined { n, .. } => *n,
        Estimated::NotReliable { .. } | Estimated::Hidden { .. } => 0,
    });
    let performances = released_means(
        office,
        foundation,
        instrument,
        &ids,
        (&asked, &products.snapshot),
    )
    .await?;
    let passed = PassedProducts::of(
        foundation,
        &instrument.party,
        (products.parts, products.respondents),
        (&products.snapshot, &beside),
    );
    let (of, indicators) = (indicator.clone(), foundation.indicators.clone());
    let minimum_n = minimum_n(foundation, indicator);
    let snapshot = products.snapshot.clone();
    // A thousand regressions: not on a thread that serves.
    let found = tokio::task::spawn_blocking(move || {
        let context = Context {
            indicators: &indicators,
            level: LEVEL,
            minimum_n,
            snapshot: &snapshot,
        };
        evenkeel_compare::drivers(&of, &passed, performances, &context, SEED)
    })
    .await?;
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
                    rank: rank(driver.rank, &driver.range, LEVEL),
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

/// Of employees the mean of complete rows beside the released one of all rows would tell those
/// who left something out: the released one it is, and where there is none, none.
async fn released_means(
    office: &Office,
    foundation: &Foundation,
    instrument: &Instrument,
    items: &[ItemId],
    (asked, snapshot): (&Asked, &str),
) -> Result<Option<Vec<evenkeel_compare::Estimated>>, AnswerError> {
    if !is_protected_party(foundation, &instrument.party) {
        return Ok(None);
    }
    let mut means = Vec::with_capacity(items.len());
    for item in items {
        let mut found = None;
        if let Some(mean) = beside::mean_of(foundation, instrument, item) {
            let answer = asked.clone().ask(office, foundation, mean).await?;
            let context = context(foundation, mean, &answer.snapshot);
            found = answer
                .cells
                .first()
                .map(|cell| evenkeel_compare::estimate(mean, &cell.passed, &context));
        }
        means.push(
            found.unwrap_or_else(|| evenkeel_compare::Estimated::Hidden {
                reason: evenkeel_compare::HiddenReason::NotReleased,
                snapshot: snapshot.to_owned(),
            }),
        );
    }
    Ok(Some(means))
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
