//! Tests of groups on figures that textbooks print.

use evenkeel_stats::Histogram;
use evenkeel_stats::contingency::chi_squared;
use evenkeel_stats::multiplicity::{Adjustment, adjust};
use evenkeel_stats::ordinal::{kruskal, mann_whitney};

use crate::close;

fn of(values: &[f64]) -> Histogram {
    // Two decimals are whole hundredths; ranks do not mind.
    values
        .iter()
        .map(|v| ((v * 100.0).round() as i32, 1))
        .collect()
}

// Hollander & Wolfe (1973), table 4.1 (permeability of membranes): W = 35.
#[test]
fn mann_whitney_of_membranes() {
    let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    let early = [1.15, 0.88, 0.90, 0.74, 1.21];
    let found = mann_whitney(&of(&term), &of(&early)).unwrap();
    assert_eq!((found.u, found.superiority), (35.0, 0.7));
}

// Hollander & Wolfe (1973), table 6.1 (mucociliary efficiency): H = .771, p = .68.
#[test]
fn kruskal_of_lungs() {
    let groups = [
        of(&[2.9, 3.0, 2.5, 2.6, 3.2]),
        of(&[3.8, 2.7, 4.0, 2.4]),
        of(&[2.8, 3.4, 3.7, 2.2, 2.0]),
    ];
    let (h, df, ln_p) = kruskal(&groups).unwrap();
    close(h, 0.771_43, 1e-5);
    close(ln_p.exp(), 0.68, 1e-3);
    assert_eq!(df, 2.0);
}

// Agresti (2007), table 2.5 (party by gender): X² = 30.070, p = 2.954e-07.
#[test]
fn party_by_gender() {
    let found = chi_squared(&[vec![762, 327, 468], vec![484, 239, 477]], false).unwrap();
    close(found.statistic, 30.070, 2e-5);
    close(found.ln_p.exp(), 2.954e-7, 2e-4);
    // Standardised residuals as printed: 4.50, 0.70, −5.32.
    for (residual, printed) in found.standardised_residuals[0]
        .iter()
        .zip([4.50, 0.70, -5.32])
    {
        assert!((residual - printed).abs() < 0.006, "{residual}");
    }
}

// Benjamini & Hochberg (1995), section 3.2: the fourth smallest p of fifteen is the last rejected
// at 5 %, p₍₄₎ = .0095 ≤ 4/15·.05; Bonferroni and Holm reject three.
#[test]
fn fifteen_tests() {
    let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.000,
    ];
    let of = |adjustment| adjust(&p, adjustment);
    let rejected = |adjusted: &[f64]| adjusted.iter().filter(|p| **p <= 0.05).count();
    assert_eq!(rejected(&of(Adjustment::BenjaminiHochberg)), 4);
    assert_eq!(rejected(&of(Adjustment::Bonferroni)), 3);
    assert_eq!(rejected(&of(Adjustment::Holm)), 3);
    close(
        of(Adjustment::BenjaminiHochberg)[3],
        0.0095 * 15.0 / 4.0,
        1e-12,
    );
}
