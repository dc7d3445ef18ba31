//! NIST/SEMATECH e-Handbook, chapter 6.3: control charts.

use evenkeel_stats::chart::drift::{cusum, ewma};
use evenkeel_stats::chart::proportions::{D2_TABLE, Spread, proportions};
use evenkeel_stats::chart::rare::counts;
use evenkeel_stats::chart::{MovingRangeConstant, xmr};

use crate::close;

// 6.3.2.2: flow rates of ten batches.
#[test]
fn individuals() {
    let rates = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    let chart = xmr(&rates, false, MovingRangeConstant::Table).unwrap();
    close(chart.centre, 50.81, 1e-12);
    close(chart.mean_range, 1.8778, 2e-5);
    close(chart.upper, 55.8041, 1e-6);
    close(chart.lower, 45.8159, 1e-6);
    // 3.267 times the mean range.
    close(chart.range_upper, 6.1349, 1e-4);
}

// 6.3.3.1: defects on 25 wafers, limits 4 and 28 about 16.
#[test]
fn defects() {
    let wafers = [
        16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16,
        31, 13,
    ];
    let chart = counts(&wafers).unwrap();
    assert_eq!(
        (chart.centre, chart.limits(1.0, false)),
        (16.0, (4.0, 28.0))
    );
}

// 6.3.3.2: defective chips on 30 wafers of 50.
#[test]
fn defectives() {
    let wafers = [
        12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9,
        12, 7, 13, 9, 6,
    ];
    let periods = wafers.map(|hits| (f64::from(hits), 50.0));
    let chart = proportions(&periods, Spread::Binomial, D2_TABLE).unwrap();
    let (lower, upper) = chart.limits(50.0, false);
    close(chart.centre, 0.2313, 2e-4);
    close(upper, 0.4102, 4e-4);
    close(lower, 0.0524, 3e-3);
}

// 6.3.2.4: λ = .3 about 50 with σ 2.0539, limits 52.5884 and 47.4115 in the end.
#[test]
fn moving_averages() {
    let values = [
        52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8,
        51.2, 52.6, 52.4, 53.6, 52.1,
    ];
    let shown = [
        50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52,
        50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99,
    ];
    let points = ewma(&values, 50.0, 2.0539, 0.3, 3.0).unwrap();
    for (point, value) in points.iter().zip(shown) {
        assert!((point.value - value).abs() < 0.0051, "{point:?} {value}");
    }
    let last = points.last().unwrap();
    assert!((last.upper - 52.5884).abs() < 0.002 && (last.lower - 47.4115).abs() < 0.002);
}

// 6.3.2.3: target 325, k .3175, h 4.1959: the 14th group signals upwards.
#[test]
fn cumulated_sums() {
    let groups = [
        324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600,
        324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350,
    ];
    let (high, low) = cusum(&groups.map(|x| x - 325.0), 0.3175);
    let shown = [3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16.00, 19.04];
    for (value, of) in high[12..].iter().zip(shown) {
        assert!((value - of).abs() < 0.0061, "{value} {of}");
    }
    assert_eq!(high.iter().position(|v| *v > 4.1959), Some(13));
    assert!(low.iter().all(|v| *v > -4.1959));
}
