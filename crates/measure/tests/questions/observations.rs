//! Observations: kept and within target, corrections, versions of a standard, quantiles.

use std::collections::BTreeMap;

use evenkeel_foundation::{Requirement, StandardId, UnitId};
use evenkeel_measure::{By, History, QuantileQuestion, Window};
use evenkeel_stats::Statistics;
use jiff::ToSpan;
use jiff::civil::date;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::fixture::{FIRST_DAY, House, Look, SHOPS, question};

fn looks(seed: u64, count: usize) -> Vec<Look> {
    let mut rng = StdRng::seed_from_u64(seed);
    (0..count)
        .map(|number| {
            let value: Option<f64> = rng
                .random_bool(0.9)
                .then(|| f64::from(rng.random_range(1..600u16)));
            Look {
                id: format!("look-{number}"),
                standard: if rng.random_bool(0.7) {
                    "quick"
                } else {
                    "warm"
                },
                shop: rng.random_range(0..4),
                day: FIRST_DAY + rng.random_range(0..90),
                received_at: 1_000_000 + number as i64,
                value,
                kept: value.map(|value| value <= 300.0),
                version: 1,
                chosen: "census",
                occurred_at: None,
                deviations: None,
                extras: None,
                reason: None,
            }
        })
        .collect()
}

fn share(statistics: &Statistics) -> (f64, u64) {
    match statistics {
        Statistics::Share { hits, n } => (*hits, *n),
        other => panic!("{other:?}"),
    }
}

fn by_hand(
    looks: &[Look],
    hit: impl Fn(&Look) -> Option<bool>,
) -> BTreeMap<&'static str, (f64, u64)> {
    let mut shops = BTreeMap::new();
    for look in looks.iter().filter(|look| look.standard == "quick") {
        if let Some(hit) = hit(look) {
            let shop: &mut (f64, u64) = shops.entry(SHOPS[look.shop]).or_default();
            shop.0 += f64::from(u8::from(hit));
            shop.1 += 1;
        }
    }
    shops
}

async fn found(house: &House, id: &str) -> BTreeMap<String, (f64, u64)> {
    let answer = house.ask(&question(id).by([By::Unit(None)])).await;
    let cells = answer.cells.iter();
    cells
        .map(|cell| {
            (
                cell.unit.as_ref().unwrap().to_string(),
                share(&cell.statistics),
            )
        })
        .collect()
}

fn same(found: &BTreeMap<String, (f64, u64)>, expected: &BTreeMap<&str, (f64, u64)>) {
    let expected: BTreeMap<String, (f64, u64)> = expected
        .iter()
        .map(|(unit, share)| ((*unit).to_owned(), *share))
        .collect();
    assert_eq!(*found, expected);
}

#[tokio::test]
async fn of_corrected_observations_the_latest_received_counts() {
    let mut house = House::new();
    let mut all = looks(11, 900);
    house.observe(&all[..600]);
    same(
        &found(&house, "kept").await,
        &by_hand(&all[..600], |look| look.kept),
    );
    house.observe(&all[600..]);
    same(
        &found(&house, "kept").await,
        &by_hand(&all, |look| look.kept),
    );
    // Later events with the same key: other shop, other value; one of them came late and is older.
    let mut corrections: Vec<Look> = all.iter().step_by(7).cloned().collect();
    for look in &mut corrections {
        look.received_at += 10_000_000;
        look.shop = (look.shop + 1) % 4;
        look.kept = Some(true);
        look.value = Some(12.0);
    }
    corrections[0].received_at = 1;
    house.observe(&corrections);
    for correction in &corrections[1..] {
        let place = all
            .iter()
            .position(|look| look.id == correction.id)
            .unwrap();
        all[place] = correction.clone();
    }
    same(
        &found(&house, "kept").await,
        &by_hand(&all, |look| look.kept),
    );
    same(
        &found(&house, "in-time").await,
        &by_hand(&all, |look| Some(look.value? <= 300.0)),
    );
    // A correction of a correction.
    let mut last = corrections[5].clone();
    (last.received_at, last.kept) = (i64::MAX / 2, Some(false));
    house.observe(std::slice::from_ref(&last));
    let place = all.iter().position(|look| look.id == last.id).unwrap();
    all[place] = last;
    same(
        &found(&house, "kept").await,
        &by_hand(&all, |look| look.kept),
    );
}

#[tokio::test]
async fn a_value_is_judged_by_the_version_in_force_on_its_day() {
    let mut house = House::new();
    let all = looks(12, 700);
    house.observe(&all);
    let quick = StandardId::parse("quick").unwrap();
    let now = house.foundation.standards[&quick].requirement.clone();
    let Requirement::Duration(mut stricter) = now.clone() else {
        panic!()
    };
    stricter.within = 120.0;
    stricter.inclusive = false;
    let changed = date(2026, 2, 1);
    let history = History::of(&house.foundation).with_requirements(
        quick,
        vec![
            (changed, Requirement::Duration(stricter)),
            (date(2020, 1, 1), now),
        ],
    );
    let asked = question("in-time").by([By::Unit(None)]);
    let answer = house
        .measure
        .ask_with(&house.foundation, &history, &asked)
        .await
        .unwrap();
    let found: BTreeMap<String, (f64, u64)> = answer
        .cells
        .iter()
        .map(|cell| {
            (
                cell.unit.as_ref().unwrap().to_string(),
                share(&cell.statistics),
            )
        })
        .collect();
    let expected = by_hand(&all, |look| {
        let day = date(1970, 1, 1) + look.day.days();
        Some(if day < changed {
            look.value? <= 300.0
        } else {
            look.value? < 120.0
        })
    });
    same(&found, &expected);
}

#[tokio::test]
async fn quantiles_by_unit_and_standard_are_within_one_percent() {
    let mut house = House::new();
    let all = looks(13, 2_000);
    house.observe(&all[..900]);
    house.observe(&all[900..]);
    let asked = QuantileQuestion {
        standards: Vec::new(),
        quantiles: vec![0.5, 0.95],
        window: Window::by([By::Unit(None)]),
    };
    let answer = house
        .measure
        .sketch_quantiles(&house.foundation, &asked)
        .await
        .unwrap();
    assert_eq!(answer.cells.len(), 8);
    for cell in &answer.cells {
        let mut values: Vec<f64> = all
            .iter()
            .filter(|look| look.standard == cell.standard.as_str())
            .filter(|look| Some(SHOPS[look.shop]) == cell.unit.as_ref().map(UnitId::as_str))
            .filter_map(|look| look.value)
            .collect();
        values.sort_by(f64::total_cmp);
        assert_eq!(cell.n, values.len() as u64);
        for (q, found) in asked.quantiles.iter().zip(&cell.quantiles) {
            let exact = values[(q * (values.len() - 1) as f64) as usize];
            assert!(
                (found - exact).abs() <= 0.0101 * exact,
                "{q}: {found} {exact}"
            );
        }
    }
}
