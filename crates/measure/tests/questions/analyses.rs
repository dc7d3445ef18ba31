//! Replicates, items by unit and samples, against rows counted one by one.

use std::collections::BTreeMap;

use evenkeel_foundation::{AttributeId, IndicatorId, InstrumentId, ItemId, LevelId, UnitId};
use evenkeel_measure::{History, ItemSet, Replicates, Variable, Window};
use evenkeel_stats::CoMoments;

use crate::fixture::{FIRST_DAY, House, Row, SEGMENTS, random_rows, region};

fn guest() -> InstrumentId {
    InstrumentId::parse("guest").unwrap()
}

fn item(id: &str) -> ItemId {
    ItemId::parse(id).unwrap()
}

/// NPS of an answer, and the mark of another.
fn variables() -> Vec<Variable> {
    vec![
        Variable::Indicator(IndicatorId::parse("nps").unwrap()),
        Variable::Item(item("overall")),
    ]
}

fn expected<'a>(rows: impl Iterator<Item = &'a Row>) -> CoMoments {
    let mut all = CoMoments::new(2);
    for row in rows {
        if let (Some(recommend), Some(overall)) = (row.recommend, row.overall) {
            let worth = f64::from(i8::from(recommend >= 9) - i8::from(recommend <= 6));
            assert!(all.push(&[worth, f64::from(overall)]));
        }
    }
    all
}

fn same(found: &CoMoments, expected: &CoMoments) {
    assert_eq!(found.n(), expected.n());
    for (i, j) in [(0, 0), (0, 1), (1, 1)] {
        let (found, expected) = (found.product(i, j), expected.product(i, j));
        assert!(
            (found - expected).abs() < 1e-9 * expected.abs().max(1.0),
            "{i} {j}"
        );
    }
}

#[tokio::test]
async fn replicates_merge_to_all_complete_rows() {
    let rows = random_rows(11, 1_500);
    let mut house = House::new();
    // In two files, the second without one of the items.
    house.respond(&rows[..1_000], &[]);
    house.respond(&rows[1_000..], &["overall"]);
    let history = History::of(&house.foundation);
    let found = house
        .measure
        .replicates(
            &house.foundation,
            &history,
            &guest(),
            &variables(),
            &Window::default(),
        )
        .await
        .unwrap();
    assert_eq!(found.replicates, Replicates::Buckets);
    let expected = expected(rows[..1_000].iter());
    same(&found.together(2), &expected);
    assert_eq!(found.respondents, expected.n());
}

#[tokio::test]
async fn few_rows_are_replicates_of_their_own_in_their_window() {
    let rows = random_rows(12, 600);
    let mut house = House::new();
    house.respond(&rows[..400], &[]);
    house.respond(&rows[400..], &[]);
    let history = History::of(&house.foundation);
    let window = Window {
        from: Some("2026-02-01".parse().unwrap()),
        to: Some("2026-04-30".parse().unwrap()),
        under: Some(UnitId::parse("north").unwrap()),
        ..Window::default()
    };
    let found = house
        .measure
        .replicates(&house.foundation, &history, &guest(), &variables(), &window)
        .await
        .unwrap();
    // 31 days of January, then three months.
    let days = FIRST_DAY + 31..FIRST_DAY + 31 + 28 + 31 + 30;
    let within = |row: &&Row| days.contains(&row.day) && region(row.shop) == "north";
    let expected = expected(rows.iter().filter(within));
    assert_eq!(found.replicates, Replicates::Clusters);
    assert_eq!(found.parts.len() as u64, expected.n());
    assert!(expected.n() > 20);
    same(&found.together(2), &expected);
}

#[tokio::test]
async fn items_of_units_are_those_of_their_rows() {
    let rows = random_rows(13, 800);
    let mut house = House::new();
    house.respond(&rows, &[]);
    let history = History::of(&house.foundation);
    let (items, scales) = (
        [item("overall"), item("spend")],
        [vec![item("recommend"), item("overall")]],
    );
    let level = LevelId::parse("region").unwrap();
    let asked = ItemSet {
        instrument: &guest(),
        items: &items,
        scales: &scales,
        level: Some(&level),
    };
    let found = house
        .measure
        .items_by_unit(&house.foundation, &history, &asked, &Window::default())
        .await
        .unwrap();
    let ids: Vec<&str> = found.units.iter().map(|unit| unit.unit.as_str()).collect();
    assert_eq!(ids, ["north", "south"]);
    let answered = |of: fn(&Row) -> bool| rows.iter().filter(|row| of(row)).count() as u64;
    assert_eq!(
        found.respondents,
        [
            answered(|row| row.overall.is_some()),
            answered(|row| row.spend.is_some())
        ]
    );
    for unit in &found.units {
        let own = || {
            rows.iter()
                .filter(|row| region(row.shop) == unit.unit.as_str())
        };
        let overall: Vec<f64> = own().filter_map(|row| row.overall).map(f64::from).collect();
        let mean = overall.iter().sum::<f64>() / overall.len() as f64;
        assert_eq!(unit.items[0].n(), overall.len() as u64);
        assert!((unit.items[0].means()[0] - mean).abs() < 1e-12);
        let both = own().filter(|row| row.recommend.is_some() && row.overall.is_some());
        assert_eq!(unit.scales[0].n(), both.count() as u64);
    }
}

#[tokio::test]
async fn a_sample_has_the_weights_of_its_cells() {
    let rows = random_rows(14, 700);
    let mut house = House::new();
    house.respond(&rows[..300], &[]);
    house.respond(&rows[300..], &[]);
    let history = History::of(&house.foundation);
    let (overall, segment) = (
        IndicatorId::parse("overall").unwrap(),
        AttributeId::parse("segment").unwrap(),
    );
    let found = house
        .measure
        .sample(
            &house.foundation,
            &history,
            &overall,
            &[segment],
            &Window::default(),
        )
        .await
        .unwrap();
    let answered = || {
        rows.iter()
            .filter(|row| row.overall.is_some() && row.weight > 0.0)
    };
    let mut weights: BTreeMap<&str, (u64, f64, f64)> = BTreeMap::new();
    for row in answered() {
        if let Some(segment) = row.segment {
            let cell = weights.entry(SEGMENTS[segment]).or_default();
            cell.0 += 1;
            cell.1 += row.weight;
            cell.2 += row.weight * f64::from(row.overall.unwrap());
        }
    }
    let left_out = answered().filter(|row| row.segment.is_none()).count() as u64;
    assert_eq!(
        (found.left_out, found.cells.len()),
        (left_out, weights.len())
    );
    for (place, cell) in found.cells.iter().enumerate() {
        let (n, weight, sum) = weights[cell.values[0].as_str()];
        assert_eq!((cell.n, cell.weight), (n, weight));
        let totals = found.totals.iter().filter(|total| total.cell == place);
        let found: f64 = totals.map(|total| total.weighted_sum).sum();
        assert!((found - sum).abs() < 1e-9);
    }
    // Nobody has a key: every row is a sampling unit.
    assert_eq!(found.totals.len() as u64, found.n);
    assert_eq!(found.respondents, found.n);
}
