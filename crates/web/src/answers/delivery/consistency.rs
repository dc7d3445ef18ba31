//! How much the share kept of one standard differs between units, weekdays and hours.

use std::collections::BTreeMap;

use evenkeel_compare::delivery::{Chosen, consistency as spread};
use evenkeel_foundation::{Foundation, Granularity, LevelId, Standard, UnitId};
use evenkeel_measure::{By, LookQuestion, LooksCell, Window};
use jiff::civil::Date;

use super::{protection_view, shown_unit, teams};
use crate::answers::{AnswerError, LEVEL};
use crate::api::standards::consistency::{ConsistencyPart, ConsistencyView};
use crate::api::view::{StandardRef, UnitRef};
use crate::office::Office;

/// Kept and known looks of one day.
type Days = BTreeMap<i64, (f64, u64)>;

/// Takes the spread apart.
pub async fn consistency(
    office: &Office,
    foundation: &Foundation,
    standard: &Standard,
    level: &LevelId,
    under: Option<&UnitId>,
    (from, to): (Option<Date>, Option<Date>),
) -> Result<ConsistencyView, AnswerError> {
    let protection = teams(foundation).protect(under, Granularity::All);
    let window = Window {
        by: vec![By::Unit(Some(level.clone())), By::Period(Granularity::Day)],
        from,
        to,
        under: protection.unit.clone(),
    };
    let question = LookQuestion {
        standards: vec![standard.id.clone()],
        window,
    };
    let by_unit = office.looks(&question).await?;
    let mut units: BTreeMap<UnitId, Days> = BTreeMap::new();
    let mut weekdays: BTreeMap<i64, Days> = BTreeMap::new();
    for cell in by_unit.cells.iter().filter(|cell| counts(cell)) {
        let Some(day) = cell.period.map(|period| period.start()) else {
            continue;
        };
        let number = i64::from(day.duration_since(Date::ZERO).as_hours() as i32 / 24);
        if let Some(unit) = &cell.unit {
            add(
                units.entry(unit.clone()).or_default(),
                number,
                cell.looks.kept,
                cell.looks.n,
            );
        }
        let weekday = i64::from(day.weekday().to_monday_zero_offset());
        add(
            weekdays.entry(weekday).or_default(),
            number,
            cell.looks.kept,
            cell.looks.n,
        );
    }
    let whole = Window {
        by: Vec::new(),
        ..question.window
    };
    let (hours, without_time, snapshot) = office.look_hours(&standard.id, &whole).await?;
    let mut of_hours: BTreeMap<u8, Days> = BTreeMap::new();
    for hour in hours {
        let days = of_hours.entry(hour.hour).or_default();
        add(days, i64::from(hour.day), hour.kept as f64, hour.n);
    }
    let part = |groups: Vec<Days>| {
        let groups: Vec<Vec<(f64, u64)>> = groups
            .into_iter()
            .map(|days| days.into_values().collect())
            .collect();
        let (spread, groups) = spread(&groups, LEVEL, &snapshot);
        ConsistencyPart {
            groups,
            spread: spread.into(),
        }
    };
    Ok(ConsistencyView {
        standard: StandardRef::new(foundation, standard),
        unit: shown_unit(foundation, &protection).map(UnitRef::from),
        protection: protection_view(&protection, under, Granularity::All),
        level: level.to_string(),
        between_units: part(units.into_values().collect()),
        between_weekdays: part(weekdays.into_values().collect()),
        between_hours: part(of_hours.into_values().collect()),
        without_time,
        snapshot: snapshot.clone(),
    })
}

/// Looks of one day that speak for all; published figures are of no day.
fn counts(cell: &LooksCell) -> bool {
    matches!(
        Chosen::parse(&cell.chosen),
        Some(Chosen::Census | Chosen::Random)
    )
}

fn add(days: &mut Days, day: i64, kept: f64, n: u64) {
    let at = days.entry(day).or_default();
    *at = (at.0 + kept, at.1 + n);
}
