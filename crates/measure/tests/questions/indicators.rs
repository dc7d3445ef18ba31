//! Every kind of indicator over responses, by every way of telling apart.

use std::collections::BTreeMap;

use evenkeel_foundation::{AttributeId, Granularity, LevelId, Period, UnitId};
use evenkeel_measure::{By, MeasureError, Question};
use evenkeel_stats::{Moments, Statistics, WeightedMoments};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan};

use crate::fixture::{
    CHANNELS, FIRST_DAY, House, Row, SEGMENTS, SHOPS, question, random_rows, region,
};

fn day(row: &Row) -> Date {
    date(1970, 1, 1) + SignedDuration::from_hours(24 * i64::from(row.day))
}

type Key = (Option<String>, Option<String>, Vec<String>);

/// The cell of a row, by the words of the question.
fn key(row: &Row, by: &[By]) -> Key {
    let mut key: Key = (None, None, Vec::new());
    for by in by {
        match by {
            By::Unit(None) => key.0 = Some(SHOPS[row.shop].to_owned()),
            By::Unit(Some(level)) if level.as_str() == "region" => {
                key.0 = Some(region(row.shop).to_owned());
            }
            By::Unit(Some(_)) => key.0 = Some("chain".to_owned()),
            By::Period(g) => key.1 = Some(Period::containing(*g, day(row)).label()),
            By::Attribute(_) => key
                .2
                .push(row.segment.map_or("", |s| SEGMENTS[s]).to_owned()),
            By::Channel => key
                .2
                .push(row.channel.map_or("", |c| CHANNELS[c]).to_owned()),
        }
    }
    key
}

/// The value of a row for an indicator, on the scale of its mean.
fn value(id: &str, row: &Row) -> Option<f64> {
    let hit = |hit: bool| f64::from(u8::from(hit));
    match id {
        "nps" => row.recommend.map(|r| hit(r >= 9) - hit(r <= 6)),
        "satisfied" => row.overall.map(|r| hit(r >= 4)),
        "middle" => row.overall.map(|r| hit(r == 3)),
        "overall" => row.overall.map(f64::from),
        "spend" => row.spend,
        "food" => row.reason.map(|r| hit(r == 0)),
        "tagged" => row
            .tags
            .as_ref()
            .map(|tags| hit(tags.iter().any(|&t| t < 2))),
        "again" => row.again.map(hit),
        _ => unreachable!("{id}"),
    }
}

/// Mean of the values and n, as `compare` would take them from the statistics.
fn mean_and_n(id: &str, statistics: &Statistics) -> (f64, u64) {
    match statistics {
        Statistics::Scores(histogram) => {
            let worth = |score: i32| match id {
                "nps" => i32::from(score >= 9) - i32::from(score <= 6),
                "satisfied" => i32::from(score >= 4),
                _ => score,
            };
            let sum: f64 = histogram
                .iter()
                .map(|(s, c)| f64::from(worth(s)) * c as f64)
                .sum();
            (sum / histogram.n() as f64, histogram.n())
        }
        Statistics::Share { hits, n } => (hits / *n as f64, *n),
        Statistics::Moments(moments) => (moments.mean().unwrap(), moments.n()),
        Statistics::Weighted(moments) => (moments.mean().unwrap(), moments.n()),
        other => panic!("{id}: {other:?}"),
    }
}

fn groupings() -> Vec<Vec<By>> {
    let level = |id: &str| By::Unit(Some(LevelId::parse(id).unwrap()));
    let segment = By::Attribute(AttributeId::parse("segment").unwrap());
    vec![
        vec![],
        vec![By::Unit(None), By::Period(Granularity::Month)],
        vec![
            level("region"),
            By::Period(Granularity::Quarter),
            segment.clone(),
        ],
        vec![By::Channel, By::Period(Granularity::Week)],
        vec![level("chain"), segment, By::Channel],
        vec![By::Period(Granularity::Day)],
    ]
}

const KINDS: [&str; 8] = [
    "nps",
    "satisfied",
    "overall",
    "spend",
    "food",
    "tagged",
    "again",
    "middle",
];

async fn check(house: &House, rows: &[Row], question: &Question, id: &str) {
    let counts = |row: &&Row| {
        question.from.is_none_or(|from| day(row) >= from)
            && question.to.is_none_or(|to| day(row) <= to)
            && question.under.as_ref().is_none_or(|unit| {
                [SHOPS[row.shop], region(row.shop), "chain"].contains(&unit.as_str())
            })
    };
    let mut expected: BTreeMap<Key, Vec<(f64, f64)>> = BTreeMap::new();
    let mut missing = 0;
    for row in rows.iter().filter(counts) {
        match value(id, row) {
            Some(value) if !question.weighted || row.weight > 0.0 => {
                let cell = expected.entry(key(row, &question.by)).or_default();
                cell.push((value, row.weight));
            }
            // A row of weight 0 stands for nobody.
            None if !question.weighted || row.weight > 0.0 || id == "spend" => missing += 1,
            _ => {}
        }
    }
    let answer = house.ask(question).await;
    assert_eq!(answer.missing, missing, "{id} {question:?}");
    assert_eq!(answer.cells.len(), expected.len(), "{id} {question:?}");
    for (cell, (key, values)) in answer.cells.iter().zip(&expected) {
        let found: Key = (
            cell.unit.as_ref().map(ToString::to_string),
            cell.period.as_ref().map(Period::label),
            cell.segment
                .iter()
                .map(|(_, value)| value.clone())
                .collect(),
        );
        assert_eq!(&found, key);
        let (mean, n) = mean_and_n(id, &cell.statistics);
        assert_eq!(n, values.len() as u64, "{id} {key:?}");
        if question.weighted {
            let by_hand: WeightedMoments =
                values
                    .iter()
                    .fold(WeightedMoments::default(), |mut all, &(x, w)| {
                        all.push(x, w);
                        all
                    });
            let Statistics::Weighted(found) = &cell.statistics else {
                panic!("{id} {:?}", cell.statistics)
            };
            assert!((mean - by_hand.mean().unwrap()).abs() <= 1e-12 * mean.abs().max(1.0));
            assert!((found.sum_w2() - by_hand.sum_w2()).abs() < 1e-9);
            if n > 1 {
                let (a, b) = (
                    found.linearised_standard_error(),
                    by_hand.linearised_standard_error(),
                );
                assert!((a.unwrap() - b.unwrap()).abs() < 1e-7);
            }
        } else {
            let by_hand: Moments = values.iter().map(|(value, _)| *value).collect();
            let expected = by_hand.mean().unwrap();
            assert!(
                (mean - expected).abs() <= 1e-12 * expected.abs().max(1.0),
                "{id} {key:?}"
            );
            if let (Statistics::Moments(found), true) = (&cell.statistics, n > 1) {
                // Values near 10⁹ that differ by less than 1: raw sums of squares would fail here.
                let (a, b) = (found.variance().unwrap(), by_hand.variance().unwrap());
                assert!((a - b).abs() < 1e-4 * b.max(1e-3), "{a} {b}");
            }
        }
    }
}

#[tokio::test]
async fn every_kind_by_every_grouping_equals_counting_by_hand() {
    let rows = random_rows(1, 3_000);
    let mut house = House::new();
    house.respond(&rows[..1_700], &[]);
    house.respond(&rows[1_700..], &[]);
    for by in groupings() {
        for id in KINDS {
            let mut asked = question(id).by(by.clone());
            check(&house, &rows, &asked, id).await;
            asked.weighted = true;
            check(&house, &rows, &asked, id).await;
        }
    }
}

#[tokio::test]
async fn windows_and_parts_of_the_tree() {
    let rows = random_rows(2, 2_000);
    let mut house = House::new();
    house.respond(&rows, &[]);
    let (from, to) = (date(2026, 2, 10), date(2026, 5, 3));
    for unit in ["shop-b", "south", "chain"] {
        let unit = UnitId::parse(unit).unwrap();
        let asked = question("nps")
            .by([By::Period(Granularity::Month)])
            .under(unit.clone());
        check(&house, &rows, &asked, "nps").await;
        let asked = question("overall")
            .by([By::Unit(None)])
            .under(unit)
            .between(from, to);
        check(&house, &rows, &asked, "overall").await;
    }
    let asked = question("food").between(date(2030, 1, 1), date(2030, 2, 1));
    assert!(house.ask(&asked).await.cells.is_empty());
}

#[tokio::test]
async fn what_was_counted_before_is_not_counted_again_and_an_append_is_added() {
    let rows = random_rows(3, 1_500);
    let mut house = House::new();
    let asked = question("nps").by([By::Unit(None), By::Period(Granularity::Month)]);
    house.respond(&rows[..500], &[]);
    check(&house, &rows[..500], &asked, "nps").await;
    assert!(house.measure.held_bytes() > 0);
    house.respond(&rows[500..600], &[]);
    check(&house, &rows[..600], &asked, "nps").await;
    check(&house, &rows[..600], &asked, "nps").await;
    // Late rows: days long past come last.
    house.respond(&rows[600..], &[]);
    check(&house, &rows, &asked, "nps").await;
    house.measure.forget();
    assert_eq!(house.measure.held_bytes(), 0);
    check(&house, &rows, &asked, "nps").await;
}

#[tokio::test]
async fn rows_of_before_an_item_existed_are_missing() {
    let mut rows = random_rows(4, 400);
    let mut house = House::new();
    house.respond(&rows[..150], &["overall", "reason", "again", "spend"]);
    house.respond(&rows[150..], &[]);
    for row in &mut rows[..150] {
        (row.overall, row.reason, row.again, row.spend) = (None, None, None, None);
    }
    for id in ["overall", "food", "again", "spend", "nps"] {
        check(&house, &rows, &question(id).by([By::Unit(None)]), id).await;
    }
}

#[tokio::test]
async fn no_table_is_an_empty_answer_and_a_wrong_name_is_an_error() {
    let house = House::new();
    let answer = house.ask(&question("nps").by([By::Unit(None)])).await;
    assert_eq!((answer.cells.len(), answer.snapshot.as_str()), (0, ""));
    let wrong = house
        .measure
        .ask(&house.foundation, &question("npz"))
        .await
        .unwrap_err();
    assert!(
        wrong
            .to_string()
            .contains("there is no indicator npz; there are: absence, again"),
        "{wrong}"
    );
    let wrong = house
        .measure
        .ask(&house.foundation, &question("words"))
        .await
        .unwrap_err();
    assert!(
        wrong
            .to_string()
            .contains("a mean cannot be counted over guest.reason"),
        "{wrong}"
    );
    let wrong = house
        .measure
        .ask(&house.foundation, &question("tone"))
        .await
        .unwrap_err();
    assert!(
        wrong.to_string().contains("polite is a checklist"),
        "{wrong}"
    );
    let twice = question("nps").by([By::Unit(None), By::Unit(None)]);
    assert!(matches!(
        house.measure.ask(&house.foundation, &twice).await,
        Err(MeasureError::WrongQuestion { .. })
    ));
    let nowhere = question("nps").under(UnitId::parse("moon").unwrap());
    let answer = house.measure.ask(&house.foundation, &nowhere).await;
    // Without a table nothing is placed, so that nothing is wrong yet.
    assert!(answer.is_ok_and(|answer| answer.cells.is_empty()));
}

#[tokio::test]
async fn a_composite_has_its_parts_and_how_they_vary_together() {
    let rows = random_rows(5, 800);
    let mut house = House::new();
    house.respond(&rows, &[]);
    let answer = house.ask(&question("both").by([By::Unit(None)])).await;
    assert_eq!(answer.cells.len(), SHOPS.len());
    for (shop, cell) in answer.cells.iter().enumerate() {
        let Statistics::Parts { parts, joint } = &cell.statistics else {
            panic!("{:?}", cell.statistics)
        };
        let of_shop = rows.iter().filter(|row| row.shop == shop);
        let pairs: Vec<[f64; 2]> = of_shop
            .filter_map(|row| Some([value("nps", row)?, value("satisfied", row)?]))
            .collect();
        let mut by_hand = evenkeel_stats::CoMoments::new(2);
        pairs.iter().for_each(|pair| assert!(by_hand.push(pair)));
        let joint = joint.as_ref().unwrap();
        assert_eq!(joint.n(), pairs.len() as u64);
        for (i, j) in [(0, 0), (0, 1), (1, 1)] {
            assert!((joint.product(i, j) - by_hand.product(i, j)).abs() < 1e-9);
        }
        assert_eq!(parts[0].indicator, "nps");
        assert!(
            parts
                .iter()
                .all(|part| part.statistics.n().unwrap() >= joint.n())
        );
    }
    // Parts of different tables: no covariance, and the part without answers says n = 0.
    let answer = house.ask(&question("mixed")).await;
    let Statistics::Parts { parts, joint } = &answer.cells[0].statistics else {
        panic!()
    };
    assert_eq!((joint, parts[1].statistics.n()), (&None, Some(0)));
}

#[test]
fn the_first_day_is_a_new_year() {
    assert_eq!(date(1970, 1, 1) + FIRST_DAY.days(), date(2026, 1, 1));
}
