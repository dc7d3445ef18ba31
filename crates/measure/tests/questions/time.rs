//! Trees that change, and imports that commit while a question is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use evenkeel_foundation::{LevelId, UnitId, UnitTree};
use evenkeel_measure::{By, History};
use evenkeel_stats::Statistics;
use jiff::ToSpan;
use jiff::civil::date;

use crate::fixture::{House, SHOPS, question, random_rows, region};

#[tokio::test]
async fn a_row_rolls_up_to_the_parent_that_its_unit_had_on_its_day() {
    let rows = random_rows(31, 1_500);
    let mut house = House::new();
    house.respond(&rows, &[]);
    // On the 10th of March shop-b moves from north to south.
    let moved = date(2026, 3, 10);
    let before = house.foundation.tree();
    let mut units: Vec<_> = before.units().cloned().collect();
    let shop = units
        .iter_mut()
        .find(|unit| unit.id.as_str() == "shop-b")
        .unwrap();
    shop.parent = Some(UnitId::parse("south").unwrap());
    let after = UnitTree::new(units, before.levels().to_vec(), "Europe/Amsterdam").unwrap();
    let history =
        History::of(&house.foundation).with_trees(vec![(moved, after), (date(2020, 1, 1), before)]);
    let level = By::Unit(Some(LevelId::parse("region").unwrap()));
    for by in [
        vec![level.clone()],
        vec![level, By::Period(evenkeel_foundation::Granularity::Month)],
    ] {
        let asked = question("overall").by(by.clone());
        let answer = house
            .measure
            .ask_with(&house.foundation, &history, &asked)
            .await
            .unwrap();
        for cell in &answer.cells {
            let expected = rows.iter().filter(|row| {
                let day = date(1970, 1, 1) + row.day.days();
                let at = if SHOPS[row.shop] == "shop-b" && day >= moved {
                    "south"
                } else {
                    region(row.shop)
                };
                row.overall.is_some()
                    && cell.unit.as_ref().unwrap().as_str() == at
                    && cell.period.is_none_or(|period| period.contains(day))
            });
            assert_eq!(
                cell.statistics.n(),
                Some(expected.count() as u64),
                "{by:?} {:?}",
                cell.unit
            );
        }
    }
    // Below the region, too, a row counts where its unit was.
    let asked = question("overall").under(UnitId::parse("north").unwrap());
    let answer = house
        .measure
        .ask_with(&house.foundation, &history, &asked)
        .await
        .unwrap();
    let expected = rows.iter().filter(|row| {
        let day = date(1970, 1, 1) + row.day.days();
        row.overall.is_some() && row.shop < 2 && !(row.shop == 1 && day >= moved)
    });
    assert_eq!(
        answer.cells[0].statistics.n(),
        Some(expected.count() as u64)
    );
}

#[tokio::test]
async fn a_unit_without_a_place_is_counted_apart() {
    let rows = random_rows(32, 200);
    let mut house = House::new();
    house.respond(&rows, &[]);
    house
        .foundation
        .units
        .remove(&UnitId::parse("shop-d").unwrap());
    let level = By::Unit(Some(LevelId::parse("region").unwrap()));
    let answer = house.ask(&question("overall").by([level])).await;
    let lost = rows.iter().filter(|row| row.shop == 3).count() as u64;
    assert_eq!(answer.unplaced, lost);
    let answer = house.ask(&question("overall").by([By::Unit(None)])).await;
    assert_eq!((answer.unplaced, answer.cells.len()), (0, 4));
}

/// Every version of the table has 100 rows more than the one before; whatever an answer was
/// computed from while imports commit, it is exactly the rows of the version that it names.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn an_answer_is_of_one_version_while_imports_commit() {
    const COMMITS: usize = 12;
    let mut rows = random_rows(33, 100 * COMMITS);
    rows.iter_mut().for_each(|row| row.overall = Some(3));
    let mut house = House::new();
    house.respond(&rows[..100], &[]);
    let (measure, foundation) = {
        let settings = evenkeel_measure::Settings {
            threads: 2,
            cache_bytes_max: 1 << 20,
        };
        let measure = evenkeel_measure::Measure::with(Arc::clone(&house.facts), settings).unwrap();
        (measure, house.foundation.clone())
    };
    let done = Arc::new(AtomicBool::new(false));
    let finished = Arc::clone(&done);
    let importer = tokio::task::spawn_blocking(move || {
        for commit in 1..COMMITS {
            house.respond(&rows[100 * commit..100 * (commit + 1)], &[]);
        }
        finished.store(true, Ordering::SeqCst);
        house
    });
    let mut last = 0;
    loop {
        let over = done.load(Ordering::SeqCst);
        let answer = measure
            .ask(&foundation, &question("overall"))
            .await
            .unwrap();
        let version: u64 = answer.snapshot.rsplit('@').next().unwrap().parse().unwrap();
        let Statistics::Scores(histogram) = &answer.cells[0].statistics else {
            panic!()
        };
        assert_eq!(histogram.n(), 100 * (version + 1));
        assert!(version >= last);
        last = version;
        if over {
            break;
        }
    }
    assert_eq!(last as usize, COMMITS - 1);
    drop(importer.await.unwrap());
}
