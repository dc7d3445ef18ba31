//! Delivery: looks, hours, events and ways, against counting every row by hand.

use std::collections::BTreeMap;

use evenkeel_foundation::{Granularity, LevelId, Period, StandardId};
use evenkeel_measure::{By, History, LookQuestion, SeenEvents, Window};
use evenkeel_stats::Looks;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::fixture::{FIRST_DAY, Figure, House, Look, region};

const DAY_MICROS: i64 = 86_400_000_000;
const HOUR_MICROS: i64 = 3_600_000_000;

fn quick() -> StandardId {
    StandardId::parse("quick").unwrap()
}

/// Looks at noon UTC, of two versions, three ways of choosing, some not known yet.
fn looks(seed: u64, count: usize) -> Vec<Look> {
    let mut rng = StdRng::seed_from_u64(seed);
    (0..count)
        .map(|number| {
            let day = FIRST_DAY + rng.random_range(0..90);
            let kept = rng.random_bool(0.9).then(|| rng.random_bool(0.8));
            Look {
                id: format!("look-{number:05}"),
                standard: if rng.random_bool(0.7) {
                    "quick"
                } else {
                    "warm"
                },
                shop: rng.random_range(0..4),
                day,
                received_at: 1_000_000 + number as i64,
                value: kept.map(|_| f64::from(rng.random_range(1..600u16))),
                kept,
                version: if day < FIRST_DAY + 40 { 1 } else { 2 },
                chosen: ["census", "random", "convenience"][rng.random_range(0..3)],
                occurred_at: Some(i64::from(day) * DAY_MICROS + 12 * HOUR_MICROS),
                deviations: None,
                extras: None,
                reason: None,
            }
        })
        .collect()
}

fn day(number: i32) -> Date {
    date(1970, 1, 1).saturating_add(i64::from(number).days())
}

type Key = (String, String, String, i64, String);

fn by_hand(looks: &[Look]) -> BTreeMap<Key, Looks> {
    let mut cells: BTreeMap<Key, Looks> = BTreeMap::new();
    for look in looks {
        let key = (
            look.standard.to_owned(),
            region(look.shop).to_owned(),
            Period::containing(Granularity::Month, day(look.day)).label(),
            i64::from(look.version),
            look.chosen.to_owned(),
        );
        let cell = cells.entry(key).or_default();
        match look.kept {
            Some(kept) => {
                cell.n += 1;
                cell.kept += f64::from(u8::from(kept));
            }
            None => cell.not_known += 1,
        }
        if let Some(value) = look.value {
            cell.values.push(value);
        }
    }
    cells
}

async fn found(house: &House) -> BTreeMap<Key, Looks> {
    let region = LevelId::parse("region").unwrap();
    let question = LookQuestion {
        standards: Vec::new(),
        window: Window::by([By::Unit(Some(region)), By::Period(Granularity::Month)]),
    };
    let history = History::of(&house.foundation);
    let answer = house
        .measure
        .looks(&house.foundation, &history, &question)
        .await
        .unwrap();
    let cells = answer.cells.into_iter().map(|cell| {
        let key = (
            cell.standard.to_string(),
            cell.unit.unwrap().to_string(),
            cell.period.unwrap().label(),
            cell.version.unwrap_or(0),
            cell.chosen,
        );
        (key, cell.looks)
    });
    cells.collect()
}

fn same(found: &BTreeMap<Key, Looks>, expected: &BTreeMap<Key, Looks>) {
    let keys = |of: &BTreeMap<Key, Looks>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(found), keys(expected));
    for (key, looks) in found {
        let by_hand = &expected[key];
        assert_eq!(
            (looks.kept, looks.n, looks.not_known, looks.values.n()),
            (
                by_hand.kept,
                by_hand.n,
                by_hand.not_known,
                by_hand.values.n()
            ),
            "{key:?}"
        );
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
        assert!(near(looks.values.m2(), by_hand.values.m2()), "{key:?}");
    }
}

#[tokio::test]
async fn looks_by_standard_region_month_version_and_way_of_choosing() {
    let mut house = House::new();
    let mut all = looks(31, 1_200);
    house.observe(&all[..700]);
    house.observe(&all[700..]);
    same(&found(&house).await, &by_hand(&all));
    // A ticket that was open is closed now: the later event counts.
    let mut later = all[3].clone();
    later.received_at += 50_000_000;
    later.kept = Some(true);
    later.value = Some(7.0);
    house.observe(std::slice::from_ref(&later));
    all[3] = later;
    same(&found(&house).await, &by_hand(&all));
}

#[tokio::test]
async fn figures_of_others_are_cells_of_their_own() {
    let mut house = House::new();
    house.observe(&looks(32, 200));
    let before = found(&house).await;
    house.figures(&[Figure {
        kind: "standard",
        subject: "quick",
        unit: "shop-a",
        days: (FIRST_DAY, FIRST_DAY + 30),
        received_at: 1,
        form: "rate",
        numerator: Some(812.0),
        denominator: Some(1_000.0),
        ..Figure::default()
    }]);
    let after = found(&house).await;
    assert_eq!(after.len(), before.len() + 1);
    let key = (
        "quick".into(),
        "north".into(),
        "2026-01".into(),
        0,
        "outside".into(),
    );
    assert_eq!(after[&key], Looks::counted(812.0, 1_000));
}

#[tokio::test]
async fn hours_are_those_of_the_unit() {
    let mut house = House::new();
    let all = looks(33, 600);
    house.observe(&all);
    let history = History::of(&house.foundation);
    let (hours, untimed, _) = house
        .measure
        .hours(&history, &quick(), &Window::default())
        .await
        .unwrap();
    let counted = all
        .iter()
        .filter(|look| look.standard == "quick" && look.chosen != "convenience");
    let known: Vec<&Look> = counted.filter(|look| look.kept.is_some()).collect();
    assert_eq!(
        hours.iter().map(|hour| hour.n).sum::<u64>(),
        known.len() as u64
    );
    assert_eq!(untimed, 0);
    // Noon UTC is one o'clock in Amsterdam in winter, two from 29 March 2026 on.
    for hour in &hours {
        let summer = day(hour.day) >= date(2026, 3, 29);
        assert_eq!(hour.hour, if summer { 14 } else { 13 }, "{hour:?}");
    }
    assert!(hours.iter().any(|hour| hour.hour == 14));
}

#[tokio::test]
async fn events_come_in_order_with_what_was_kept_between_them() {
    let mut house = House::new();
    let all = looks(34, 400);
    house.observe(&all[..150]);
    house.observe(&all[150..]);
    let history = History::of(&house.foundation);
    let (standard, window) = (quick(), Window::default());
    let ask = async |events_max| {
        let asked = house
            .measure
            .events(&history, &standard, &window, false, events_max);
        asked.await.unwrap()
    };
    let mut counted: Vec<&Look> = all
        .iter()
        .filter(|look| look.standard == "quick" && look.chosen != "convenience")
        .filter(|look| look.kept.is_some())
        .collect();
    counted.sort_by_key(|look| (look.occurred_at, look.id.clone()));
    let mut expected = Vec::new();
    let mut kept = 0;
    for look in counted {
        if look.kept == Some(true) {
            kept += 1;
        } else {
            expected.push((day(look.day), kept, i64::from(look.version)));
            kept = 0;
        }
    }
    let SeenEvents::Listed(events) = ask(10_000).await else {
        panic!("not too many");
    };
    let found: Vec<_> = events
        .iter()
        .map(|event| (event.day, event.kept_before, event.version))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(ask(3).await, SeenEvents::TooMany);
}

#[tokio::test]
async fn ways_reasons_and_extras() {
    let mut house = House::new();
    let mut all = looks(35, 6);
    for look in &mut all {
        look.standard = "quick";
        look.chosen = "census";
        look.kept = Some(false);
    }
    all[0].deviations = Some(r#"[{"kind":"over_time","by_seconds":3.0}]"#);
    all[0].reason = Some("could not");
    all[1].deviations = Some(
        r#"[{"kind":"item_missed","item":"greets","auto_fail":false},{"kind":"item_missed","item":"greets","auto_fail":false}]"#,
    );
    all[2].kept = Some(true);
    all[3].kept = None;
    all[3].extras = Some(r#"["bread while waiting"]"#);
    all[4].chosen = "convenience";
    house.observe(&all);
    let history = History::of(&house.foundation);
    let window = Window::default();
    let ways = house
        .measure
        .ways(&history, &quick(), &window, Granularity::All, false)
        .await
        .unwrap();
    assert_eq!(
        (ways.n, ways.deviated, ways.all, ways.with_extras),
        (4, 3, 5, 1)
    );
    let lines: Vec<_> = ways
        .deviations
        .iter()
        .map(|way| {
            (
                way.kind.as_str(),
                way.naming.as_deref(),
                way.count,
                way.looks,
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("item_missed", Some("greets"), 2, 1),
            ("not_said", None, 1, 1),
            ("over_time", None, 1, 1),
        ]
    );
    assert_eq!(
        ways.extras[0].naming.as_deref(),
        Some("bread while waiting")
    );
    let reasons: Vec<_> = ways
        .reasons
        .iter()
        .map(|way| (way.naming.as_deref(), way.count))
        .collect();
    assert_eq!(reasons, [(None, 2), (Some("could not"), 1)]);
    assert_eq!(ways.periods.iter().map(|of| of.deviations).sum::<u64>(), 4);
    let with = house
        .measure
        .ways(&history, &quick(), &window, Granularity::All, true)
        .await
        .unwrap();
    assert_eq!(with.n, 5);
    let standard = quick();
    let numbers = house.measure.numbers(&history, &standard, &window, true);
    let numbers = numbers.await.unwrap().unwrap();
    assert!(numbers.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert_eq!(
        numbers.iter().map(|(_, count)| count).sum::<u64>(),
        all.iter().filter(|look| look.value.is_some()).count() as u64
    );
}
