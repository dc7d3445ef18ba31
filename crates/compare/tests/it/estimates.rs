//! What an estimate says, and when it stays silent.

use evenkeel_compare::{Estimated, estimate, response_rate};
use evenkeel_foundation::IndicatorKind;
use evenkeel_stats::{CoMoments, Histogram, Method, Moments, Part, Statistics, Undefined};
use serde_json::json;

use crate::agreed::{composite, context, indicator, live, map, mean, nps, top_box};

fn scores(counts: &[u64]) -> Statistics {
    Statistics::Scores(Histogram::from_counts(0, counts.to_vec()))
}

#[test]
fn a_number_says_its_n_interval_and_snapshot() {
    let (nps, none) = (nps("nps"), map(&[]));
    let answers = scores(&[0, 0, 0, 0, 0, 0, 20, 15, 15, 30, 20]);
    let shown = serde_json::to_value(estimate(&nps, &live(&answers), &context(&none, 5))).unwrap();
    assert_eq!(shown["status"], "estimate");
    assert_eq!((&shown["value"], &shown["n"]), (&json!(0.3), &json!(100)));
    assert_eq!(
        (&shown["method"], &shown["snapshot"]),
        (&json!("nps"), &json!("responses_guest@12"))
    );
    assert_eq!(shown["interval"]["method"], "tango_score");
    assert_eq!(shown["interval"]["level"], 0.95);
    assert_eq!(shown["interval_reason"], json!(null));
}

#[test]
fn below_the_minimum_not_even_n_is_said() {
    let (nps, none) = (nps("nps"), map(&[]));
    let four = scores(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2]);
    let hidden = serde_json::to_value(estimate(&nps, &live(&four), &context(&none, 5))).unwrap();
    assert_eq!(
        hidden,
        json!({
            "status": "hidden",
            "reason": { "reason": "below_minimum_n", "minimum_n": 5 },
            "snapshot": "responses_guest@12",
        })
    );
}

#[test]
fn the_larger_minimum_rules() {
    let (mut strict, none) = (nps("nps"), map(&[]));
    strict.minimum_n = 10;
    let six = scores(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3]);
    assert!(estimate(&strict, &live(&six), &context(&none, 5)).is_hidden());
    assert!(!estimate(&nps("nps"), &live(&six), &context(&none, 5)).is_hidden());
}

#[test]
fn nobody_is_an_empty_chair_and_not_hidden() {
    let (nps, none) = (nps("nps"), map(&[]));
    let nobody =
        serde_json::to_value(estimate(&nps, &live(&scores(&[])), &context(&none, 5))).unwrap();
    assert_eq!(nobody["status"], "undefined");
    assert_eq!(
        (&nobody["reason"]["reason"], &nobody["n"]),
        (&json!("no_answers"), &json!(0))
    );
}

#[test]
fn a_covariate_is_never_an_estimate() {
    let (nps, none) = (nps("nps"), map(&[]));
    let number = Statistics::Value {
        value: 1.07,
        weight: None,
    };
    let result = estimate(&nps, &live(&number), &context(&none, 1));
    assert!(matches!(
        result,
        Estimated::Undefined {
            reason: Undefined::WrongStatistics,
            ..
        }
    ));
}

#[test]
fn an_outside_mean_keeps_its_value_and_says_why_it_has_no_interval() {
    let (mean, none) = (mean("mean"), map(&[]));
    let published = Statistics::MeanOnly { mean: 8.1, n: 40 };
    let shown =
        serde_json::to_value(estimate(&mean, &live(&published), &context(&none, 5))).unwrap();
    assert_eq!(
        (&shown["value"], &shown["interval"]),
        (&json!(8.1), &json!(null))
    );
    assert_eq!(shown["interval_reason"]["reason"], "no_spread_given");
    assert_eq!(shown["method"], "published");
}

#[test]
fn a_published_share_has_wilsons_interval() {
    let (share, none) = (top_box("top", 4), map(&[]));
    let published = Statistics::MeanOnly { mean: 0.7, n: 50 };
    let result = estimate(&share, &live(&published), &context(&none, 5));
    assert_eq!(result.interval().unwrap().method, Method::Wilson);
    let counted = scores(&[0, 5, 5, 5, 20, 15]);
    assert_eq!(
        estimate(&share, &live(&counted), &context(&none, 5)).value(),
        Some(0.7)
    );
}

#[test]
fn a_rate_from_outside_is_no_sample() {
    let none = map(&[]);
    let absence = indicator(
        "absence",
        IndicatorKind::Rate {
            figure: "absence".to_owned(),
        },
    );
    let days = Statistics::Rate {
        numerator: 12.5,
        denominator: 250.0,
    };
    let result = estimate(&absence, &live(&days), &context(&none, 5));
    let number = result.estimate().unwrap();
    assert_eq!(
        (number.value(), number.interval()),
        (0.05, &Err(Undefined::NotASample))
    );
}

fn two_parts(joint: Option<CoMoments>) -> Statistics {
    let part = |name: &str, mean| Part {
        indicator: name.to_owned(),
        statistics: Statistics::Moments(Moments::from_sd(100, mean, 1.0)),
    };
    Statistics::Parts {
        parts: vec![part("a", 3.0), part("b", 4.0)],
        joint,
    }
}

#[test]
fn a_composite_uses_the_covariance_of_its_parts() {
    let (a, b, both) = (mean("a"), mean("b"), composite("both", &["a", "b"]));
    let all = map(&[&a, &b, &both]);
    let joint = |covariance: f64| {
        CoMoments::from_parts(100, vec![3.0, 4.0], vec![99.0, 99.0 * covariance, 99.0]).unwrap()
    };
    let width = |statistics: &Statistics| {
        let result = estimate(&both, &live(statistics), &context(&all, 5));
        assert_eq!(result.value(), Some(3.5));
        (
            result.interval().unwrap().width(),
            result.interval().unwrap().method,
        )
    };
    let (independent, method) = width(&two_parts(Some(joint(0.0))));
    assert_eq!(method, Method::Composite);
    assert!((independent - 2.0 * 1.959_964 * (0.005_f64).sqrt()).abs() < 1e-6);
    let (related, _) = width(&two_parts(Some(joint(0.8))));
    let (unknown, method) = width(&two_parts(None));
    assert_eq!(method, Method::CompositeBound);
    assert!(independent < related && related < unknown);
}

#[test]
fn a_composite_with_an_outside_mean_has_no_interval() {
    let (a, both) = (mean("a"), composite("both", &["a"]));
    let all = map(&[&a, &both]);
    let parts = Statistics::Parts {
        parts: vec![Part {
            indicator: "a".to_owned(),
            statistics: Statistics::MeanOnly { mean: 7.0, n: 9 },
        }],
        joint: None,
    };
    let result = estimate(&both, &live(&parts), &context(&all, 5));
    let number = result.estimate().unwrap();
    assert_eq!((number.value(), number.n()), (7.0, 9));
    assert_eq!(number.interval(), &Err(Undefined::NoSpreadGiven));
}

#[test]
fn response_rates_are_never_hidden() {
    assert_eq!(
        response_rate(2.0, 4.0, 0.95, "invitations@1").value(),
        Some(0.5)
    );
    assert!(
        response_rate(5.0, 4.0, 0.95, "invitations@1")
            .estimate()
            .is_none()
    );
    assert!(
        response_rate(0.0, 0.0, 0.95, "invitations@1")
            .estimate()
            .is_none()
    );
}
