//! Agreement and the jackknife on figures that papers print.

use evenkeel_stats::CoMoments;
use evenkeel_stats::jackknife::{jackknife, merged};
use evenkeel_stats::raters::{KappaWeights, cohen};
use evenkeel_stats::understanding::{agreement, direction};

fn row(values: &[f64]) -> CoMoments {
    let mut row = CoMoments::new(values.len());
    assert!(row.push(values));
    row
}

// Bland & Altman (1986), Lancet 327:307: peak flow of 17 people by two meters: mean difference
// −2.1, r = .94; Lin's concordance is that of R epiR and DescTools, .943.
#[test]
fn peak_flow() {
    let large = [
        494.0, 395.0, 516.0, 434.0, 476.0, 557.0, 413.0, 442.0, 650.0, 433.0, 417.0, 656.0, 267.0,
        478.0, 178.0, 423.0, 427.0,
    ];
    let mini = [
        512.0, 430.0, 520.0, 428.0, 500.0, 600.0, 364.0, 380.0, 658.0, 445.0, 432.0, 626.0, 260.0,
        477.0, 259.0, 350.0, 451.0,
    ];
    let people: Vec<CoMoments> = large
        .into_iter()
        .zip(mini)
        .map(|(a, b)| row(&[a, b]))
        .collect();
    let found = agreement(&merged(&people).unwrap()).unwrap();
    assert!((found.bias + 2.1).abs() < 0.05, "{found:?}");
    assert!((found.correlation - 0.943).abs() < 5e-4, "{found:?}");
    assert!((found.concordance - 0.943).abs() < 5e-4, "{found:?}");
    let shown = direction(&people, 0.95).unwrap();
    assert!(shown.bias.interval.unwrap().contains(0.0));
    assert!(shown.concordance.unwrap().interval.unwrap().lower > 0.8);
}

// Efron (1982), law schools: r = .776, jackknife standard error .142.
#[test]
fn law_schools() {
    let schools = [
        [576.0, 3.39],
        [635.0, 3.30],
        [558.0, 2.81],
        [578.0, 3.03],
        [666.0, 3.44],
        [580.0, 3.07],
        [555.0, 3.00],
        [661.0, 3.43],
        [651.0, 3.36],
        [605.0, 3.13],
        [653.0, 3.12],
        [575.0, 2.74],
        [545.0, 2.76],
        [572.0, 2.88],
        [594.0, 2.96],
    ]
    .map(|pair| row(&pair));
    let found = jackknife(&schools, |rest| merged(rest)?.correlation(0, 1), 0.95).unwrap();
    assert!((found.value - 0.776).abs() < 5e-4, "{found:?}");
    assert!((found.standard_error - 0.1425).abs() < 5e-4, "{found:?}");
}

// Cohen (1960, 1968), 200 diagnoses: kappa .492.
#[test]
fn diagnoses() {
    let table = [vec![88, 14, 18], vec![10, 40, 10], vec![2, 6, 12]];
    let found = cohen(&table, KappaWeights::Unweighted, 0.95).unwrap();
    assert!((found.value - 0.492).abs() < 5e-4, "{found:?}");
    assert!((found.raw_agreement - 0.70).abs() < 1e-12);
}
