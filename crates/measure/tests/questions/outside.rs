//! Figures from elsewhere, alone and together with responses.

use evenkeel_foundation::{CovariateId, Granularity, LevelId, PartyId};
use evenkeel_measure::{By, Question, Subject};
use evenkeel_stats::Statistics;

use crate::fixture::{FIRST_DAY, Figure, House, Row, question, random_rows};

/// January and February 2026.
const JANUARY: (i32, i32) = (FIRST_DAY, FIRST_DAY + 30);
const FEBRUARY: (i32, i32) = (FIRST_DAY + 31, FIRST_DAY + 58);
const YEAR: (i32, i32) = (FIRST_DAY, FIRST_DAY + 364);

fn answer(
    unit: &'static str,
    days: (i32, i32),
    received_at: i64,
    answer: i32,
    count: f64,
) -> Figure {
    Figure {
        kind: "item",
        instrument: Some("guest"),
        subject: "recommend",
        unit,
        days,
        received_at,
        form: "counts",
        answer: Some(answer),
        count: Some(count),
        ..Figure::default()
    }
}

fn by_month() -> By {
    By::Period(Granularity::Month)
}

fn count(statistics: &Statistics, score: i32) -> u64 {
    match statistics {
        Statistics::Scores(histogram) => histogram.count(score),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn figures_and_responses_of_one_item_add_up() {
    let mut house = House::new();
    let rows: Vec<Row> = random_rows(21, 300)
        .into_iter()
        .filter(|row| row.day <= JANUARY.1)
        .collect();
    house.respond(&rows, &[]);
    house.figures(&[
        answer("shop-a", JANUARY, 1, 9, 40.0),
        answer("shop-a", JANUARY, 1, 3, 10.0),
        answer("shop-b", FEBRUARY, 1, 10, 5.0),
    ]);
    // Received later: replaces the nines of shop-a, leaves the threes.
    house.figures(&[answer("shop-a", JANUARY, 2, 9, 30.0)]);
    let answer = house
        .ask(&question("nps").by([By::Unit(None), by_month()]))
        .await;
    let january = answer.cells.iter().find(|cell| {
        cell.unit.as_ref().unwrap().as_str() == "shop-a"
            && cell.period.unwrap().label() == "2026-01"
    });
    let statistics = &january.unwrap().statistics;
    let said = |score: i8| {
        rows.iter()
            .filter(|r| r.shop == 0 && r.recommend == Some(score))
            .count() as u64
    };
    assert_eq!(count(statistics, 9), said(9) + 30);
    assert_eq!(count(statistics, 3), said(3) + 10);
    assert_eq!(count(statistics, 10), said(10));
    assert_eq!(answer.snapshot, "aggregates@1+responses_guest@0");
    // A year is longer than a month.
    house.figures(&[answer_of_a_year()]);
    let answer = house
        .ask(&question("nps").by([By::Unit(None), by_month()]))
        .await;
    assert_eq!(answer.unusable, 1);
}

fn answer_of_a_year() -> Figure {
    answer("shop-c", YEAR, 3, 9, 7.0)
}

#[tokio::test]
async fn a_figure_of_a_unit_stands_for_what_is_below_it_and_a_year_for_its_months() {
    let mut house = House::new();
    house.figures(&[
        answer("north", JANUARY, 1, 9, 100.0),
        answer("shop-a", JANUARY, 1, 9, 60.0),
        answer("shop-b", JANUARY, 1, 9, 30.0),
        answer("shop-c", JANUARY, 1, 9, 8.0),
        answer("shop-c", YEAR, 1, 9, 50.0),
    ]);
    let region = By::Unit(Some(LevelId::parse("region").unwrap()));
    let answer = house.ask(&question("nps").by([region])).await;
    let nines: Vec<u64> = answer
        .cells
        .iter()
        .map(|cell| count(&cell.statistics, 9))
        .collect();
    assert_eq!(nines, [100, 50]);
    assert_eq!(answer.unusable, 3);
    // By unit as stored every figure is its own.
    let answer = house
        .ask(&question("nps").by([By::Unit(None), by_month()]))
        .await;
    let nines: Vec<u64> = answer
        .cells
        .iter()
        .map(|cell| count(&cell.statistics, 9))
        .collect();
    assert_eq!(nines, [100, 60, 30, 8]);
}

#[tokio::test]
async fn shares_means_rates_and_numbers_keep_their_form() {
    let mut house = House::new();
    let figure = |kind, subject, form| Figure {
        kind,
        instrument: (kind == "item").then_some("guest"),
        subject,
        form,
        unit: "shop-a",
        days: JANUARY,
        received_at: 1,
        ..Figure::default()
    };
    house.figures(&[
        Figure {
            answer: Some(5),
            count: Some(33.3),
            n: Some(90),
            ..figure("item", "overall", "shares")
        },
        Figure {
            answer: Some(2),
            count: Some(56.7),
            n: Some(90),
            ..figure("item", "overall", "shares")
        },
        Figure {
            mean: Some(20.5),
            n: Some(12),
            sd: Some(2.0),
            ..figure("item", "spend", "mean")
        },
        Figure {
            numerator: Some(30.0),
            denominator: Some(600.0),
            ..figure("figure", "absence", "rate")
        },
        Figure {
            answer: Some(1),
            count: Some(80.0),
            ..figure("standard", "quick", "counts")
        },
        Figure {
            answer: Some(0),
            count: Some(20.0),
            ..figure("standard", "quick", "counts")
        },
        Figure {
            value: Some(7.0),
            weight: Some(1.0),
            ..figure("covariate", "sales", "value")
        },
        Figure {
            value: Some(10.0),
            weight: Some(2.0),
            days: FEBRUARY,
            ..figure("covariate", "sales", "value")
        },
        Figure {
            numerator: Some(25.0),
            denominator: Some(100.0),
            ..figure("invitations", "guest", "rate")
        },
        Figure {
            segment: Some("new"),
            mean: Some(4.0),
            n: Some(9),
            ..figure("item", "spend", "mean")
        },
    ]);
    let only = async |question: Question| {
        let mut answer = house.ask(&question).await;
        assert_eq!(answer.cells.len(), 1, "{question:?}");
        answer.cells.remove(0).statistics
    };
    let Statistics::Frequencies(overall) = only(question("overall")).await else {
        panic!()
    };
    assert_eq!(
        (overall.n, overall.share(|score| score == 5)),
        (90, Some(0.37))
    );
    let Statistics::Moments(spend) = only(question("spend")).await else {
        panic!()
    };
    assert_eq!(
        (spend.n(), spend.mean().unwrap(), spend.sd().unwrap()),
        (12, 20.5, 2.0)
    );
    let absence = only(question("absence")).await;
    assert_eq!(
        absence,
        Statistics::Rate {
            numerator: 30.0,
            denominator: 600.0
        }
    );
    assert_eq!(
        only(question("kept")).await,
        Statistics::Share { hits: 80.0, n: 100 }
    );
    let sales = CovariateId::parse("sales").unwrap();
    let sales = only(Question::of(Subject::Covariate(sales))).await;
    assert_eq!(
        sales,
        Statistics::Value {
            value: 9.0,
            weight: Some(3.0)
        }
    );
    let invited = PartyId::parse("customer").unwrap();
    let invited = only(Question::of(Subject::Invitations(invited))).await;
    assert_eq!(
        invited,
        Statistics::Rate {
            numerator: 25.0,
            denominator: 100.0
        }
    );
    // Told apart by segment the figure of the segment counts, without it the whole.
    let segment = By::Attribute(evenkeel_foundation::AttributeId::parse("segment").unwrap());
    let by_segment = only(question("spend").by([segment])).await;
    assert_eq!(by_segment, Statistics::MeanOnly { mean: 4.0, n: 9 });
}
