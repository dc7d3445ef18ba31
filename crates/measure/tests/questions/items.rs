//! Distributions and products of items.

use std::collections::BTreeMap;

use evenkeel_foundation::{InstrumentId, ItemId};
use evenkeel_measure::{By, ItemQuestion, Window};
use evenkeel_stats::{CoMoments, Statistics};

use crate::fixture::{House, SHOPS, random_rows};

fn item(id: &str) -> ItemQuestion {
    ItemQuestion {
        instrument: InstrumentId::parse("guest").unwrap(),
        item: ItemId::parse(id).unwrap(),
    }
}

#[tokio::test]
async fn distributions_count_every_answer() {
    let rows = random_rows(6, 1_000);
    let mut house = House::new();
    house.respond(&rows, &[]);
    let window = Window::by([By::Unit(None)]);
    for id in ["recommend", "reason", "again"] {
        let answer = house
            .measure
            .distribution(&house.foundation, &item(id), &window)
            .await
            .unwrap();
        let mut expected: BTreeMap<(&str, i32), u64> = BTreeMap::new();
        for row in &rows {
            let score = match id {
                "recommend" => row.recommend.map(i32::from),
                "reason" => row.reason.map(|reason| reason as i32),
                _ => row.again.map(i32::from),
            };
            if let Some(score) = score {
                *expected.entry((SHOPS[row.shop], score)).or_default() += 1;
            }
        }
        for cell in &answer.cells {
            let Statistics::Scores(histogram) = &cell.statistics else {
                panic!()
            };
            for (score, count) in histogram.iter() {
                let key = (cell.unit.as_ref().unwrap().as_str(), score);
                assert_eq!(
                    expected.get(&key).copied().unwrap_or(0),
                    count,
                    "{id} {key:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn products_are_those_of_complete_rows() {
    let rows = random_rows(7, 1_200);
    let mut house = House::new();
    house.respond(&rows[..700], &[]);
    house.respond(&rows[700..], &[]);
    let guest = InstrumentId::parse("guest").unwrap();
    // Whole numbers alone are summed exactly; with a real column rows are pushed one by one.
    for ids in [
        vec!["recommend", "overall", "again"],
        vec!["recommend", "spend", "overall"],
    ] {
        let items: Vec<ItemId> = ids.iter().map(|id| ItemId::parse(id).unwrap()).collect();
        let found = house
            .measure
            .cross_products(&house.foundation, &guest, &items, &Window::default())
            .await
            .unwrap();
        let mut by_hand = CoMoments::new(ids.len());
        for row in &rows {
            let value = |id: &&str| match *id {
                "recommend" => row.recommend.map(f64::from),
                "overall" => row.overall.map(f64::from),
                "spend" => row.spend,
                _ => row.again.map(|again| f64::from(u8::from(again))),
            };
            if let Some(values) = ids.iter().map(value).collect::<Option<Vec<f64>>>() {
                by_hand.push(&values);
            }
        }
        assert_eq!(found.moments.n(), by_hand.n());
        for i in 0..ids.len() {
            for j in i..ids.len() {
                let (a, b) = (found.moments.product(i, j), by_hand.product(i, j));
                // Values near 1e9 are known to 1e-7; over 900 rows that adds up to about 1e-5.
                assert!(
                    (a - b).abs() <= 1e-5 * b.abs().max(1.0),
                    "{ids:?} {i} {j}: {a} {b}"
                );
            }
        }
    }
}
