//! The minimum n counts people, and what one person says twice is no second opinion.

use evenkeel_compare::alignment::{AlignmentCell, AlignmentRequest, Standing, Subject, align};
use evenkeel_compare::{Estimated, change, estimate, segments};
use evenkeel_foundation::{Period, UnitId};
use evenkeel_stats::{
    Clusters, Counted, Histogram, Method, Moments, Part, People, Statistics, Undefined,
};
use serde_json::json;

use crate::agreed::{composite, context, live, map, mean, nps, top_box};

/// Everybody gives the same score, `each` times.
fn answers(scores: &[i32], each: u64, worth: impl Fn(i32) -> f64) -> Counted {
    let (mut counts, mut clusters) = (vec![0; 11], Clusters::default());
    for &score in scores {
        counts[score as usize] += each;
        clusters.push(each as f64, each as f64 * worth(score));
    }
    Counted {
        statistics: Statistics::Scores(Histogram::from_counts(0, counts)),
        people: Some(People {
            respondents: scores.len() as u64,
            clusters: (each > 1).then_some(clusters),
        }),
    }
}

#[test]
fn six_answers_of_three_people_stay_hidden_without_a_number() {
    let (mean, none) = (mean("mean"), map(&[]));
    let of_three = answers(&[5, 7, 9], 2, f64::from);
    let hidden =
        serde_json::to_value(estimate(&mean, &live(&of_three), &context(&none, 5))).unwrap();
    assert_eq!(
        hidden,
        json!({
            "status": "hidden",
            "reason": { "reason": "below_minimum_n", "minimum_n": 5 },
            "snapshot": "responses_guest@12",
        })
    );
    // A party that lets itself be shown with one.
    let shown = estimate(&mean, &live(&of_three), &context(&none, 1));
    assert_eq!(shown.estimate().unwrap().n(), 6);
}

#[test]
fn what_three_people_say_hides_differences_and_changes_too() {
    let (mean, none) = (mean("mean"), map(&[]));
    let (of_three, of_six) = (
        answers(&[5, 7, 9], 4, f64::from),
        answers(&[4, 5, 6, 7, 8, 9], 2, f64::from),
    );
    let both = context(&none, 5);
    assert!(change(&mean, &live(&of_three), &live(&of_six), &both).is_hidden());
    assert!(change(&mean, &live(&of_six), &live(&of_three), &both).is_hidden());
    let groups = [
        ("a".to_owned(), live(&of_three)),
        ("b".to_owned(), live(&of_six)),
    ];
    let compared = segments(&mean, &groups, &both);
    assert!(compared.groups[0].estimate.is_hidden() && !compared.groups[1].estimate.is_hidden());
    assert!(compared.differences[0].comparison.difference.is_hidden());
}

#[test]
fn saying_it_ten_times_makes_no_interval_narrower() {
    let none = map(&[]);
    let people = [2, 5, 6, 8, 9, 10, 10, 3];
    let width = |result: &Estimated| {
        let interval = result.interval().unwrap();
        (interval.width(), interval.method)
    };
    let promotes = |score: i32| f64::from(i32::from(score >= 9) - i32::from(score <= 6));
    let hits = |score: i32| f64::from(u8::from(score >= 8));
    let itself: fn(i32) -> f64 = f64::from;
    let cases = [
        (mean("mean"), itself, Method::ClusteredT),
        (nps("nps"), promotes, Method::ClusteredTango),
        (top_box("top", 8), hits, Method::ClusteredWilson),
    ];
    for (indicator, worth, method) in cases {
        let (once, often) = (answers(&people, 1, worth), answers(&people, 10, worth));
        let (once, often) = (
            estimate(&indicator, &live(&once), &context(&none, 5)),
            estimate(&indicator, &live(&often), &context(&none, 5)),
        );
        assert_eq!(once.value(), often.value());
        let ((simple, _), (clustered, found)) = (width(&once), width(&often));
        assert_eq!(found, method);
        assert!(clustered > 0.99 * simple, "{found:?}: {clustered} {simple}");
        let strangers = often.estimate().unwrap().n();
        assert_eq!(strangers, 80, "the n shown are answers");
    }
}

#[test]
fn a_change_between_people_who_answer_often_is_as_wide_as_they_are_few() {
    let (mean, none) = (mean("mean"), map(&[]));
    let of = |each| {
        let (now, before) = (
            answers(&[4, 6, 7, 8, 9, 9], each, f64::from),
            answers(&[3, 5, 6, 6, 8, 9], each, f64::from),
        );
        change(&mean, &live(&now), &live(&before), &context(&none, 5))
    };
    let (once, often) = (of(1), of(20));
    assert!((once.value().unwrap() - often.value().unwrap()).abs() < 1e-12);
    assert!(often.interval().unwrap().width() > 0.95 * once.interval().unwrap().width());
    assert_eq!(often.interval().unwrap().method, Method::Mover);
}

#[test]
fn a_composite_counts_people_and_its_interval_comes_from_them() {
    let (a, both) = (mean("a"), composite("both", &["a"]));
    let all = map(&[&a, &both]);
    let of = |respondents, clusters| Counted {
        statistics: Statistics::Parts {
            parts: vec![Part {
                indicator: "a".to_owned(),
                statistics: Statistics::Moments(Moments::from_sd(60, 3.0, 1.0)),
            }],
            joint: None,
        },
        people: Some(People {
            respondents,
            clusters,
        }),
    };
    assert!(estimate(&both, &live(&of(4, None)), &context(&all, 5)).is_hidden());
    let unknown = estimate(&both, &live(&of(6, None)), &context(&all, 5));
    assert_eq!(
        unknown.estimate().unwrap().interval(),
        &Err(Undefined::NoCovariance)
    );
    let mut clusters = Clusters::default();
    for value in [-0.5, -0.3, 0.0, 0.1, 0.2, 0.5] {
        clusters.push(1.0, value);
    }
    let known = estimate(&both, &live(&of(6, Some(clusters))), &context(&all, 5));
    let interval = known.interval().unwrap();
    assert_eq!(
        (known.value(), interval.method),
        (Some(3.0), Method::ClusteredT)
    );
    let half = 2.570_581_8 * (0.64_f64 / 5.0 / 6.0).sqrt();
    assert!((interval.width() - 2.0 * half).abs() < 1e-6);
}

/// Six units in two months; in the first one the same three people answer each month.
fn asked(whole: bool) -> Standing {
    let (inside, outside) = (mean("inside"), mean("outside"));
    let mut cells = Vec::new();
    let mut wholes = Vec::new();
    for unit in 0..6 {
        let scores: &[i32] = if unit == 0 {
            &[5, 7, 9]
        } else {
            &[4, 5, 6, 7, 8, 9]
        };
        let cell = |period: Option<&str>, each| AlignmentCell {
            unit: UnitId::parse(&format!("u{unit}")).unwrap(),
            period: period.map(|p| Period::parse(p).unwrap()),
            internal: Some(live(&answers(scores, each, f64::from))),
            external: Some(live(&Statistics::Moments(Moments::from_sd(50, 8.0, 1.0)))),
            internal_response: None,
            external_response: None,
            weights: Vec::new(),
        };
        cells.extend([cell(Some("2026-01"), 3), cell(Some("2026-02"), 3)]);
        wholes.push(cell(None, 6));
    }
    let side = |indicator| Subject::Indicator {
        indicator,
        party: None,
        minimum_n: 5,
        scale: None,
    };
    let result = align(&AlignmentRequest {
        internal: side(&inside),
        external: side(&outside),
        cells: &cells,
        whole: if whole { &wholes } else { &[] },
        placement_period: None,
        indicators: &map(&[]),
        level: 0.95,
        snapshot: "both@1",
        lagged_weights: &[],
    });
    let last = serde_json::to_value(&result.units[5].internal).unwrap();
    if whole {
        assert_eq!(last["interval"]["method"], "clustered_t");
    } else {
        assert_eq!(last["interval_reason"]["reason"], "no_covariance");
    }
    result.units[0].standing
}

#[test]
fn three_people_of_two_months_are_no_six_people() {
    assert_eq!(asked(true), Standing::NotShown);
    assert_eq!(asked(false), Standing::NotShown);
}
