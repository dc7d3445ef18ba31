//! NIST reference data, linear regression (Longley stands beside the code).

use evenkeel_stats::CoMoments;
use evenkeel_stats::alignment::pearson;
use evenkeel_stats::jackknife::merged;
use evenkeel_stats::regression::ols;

use crate::close;

/// Norris: (x, y), calibration of ozone monitors.
const NORRIS: [(f64, f64); 36] = [
    (0.2, 0.1),
    (337.4, 338.8),
    (118.2, 118.1),
    (884.6, 888.0),
    (10.1, 9.2),
    (226.5, 228.1),
    (666.3, 668.5),
    (996.3, 998.5),
    (448.6, 449.1),
    (777.0, 778.9),
    (558.2, 559.2),
    (0.4, 0.3),
    (0.6, 0.1),
    (775.5, 778.1),
    (666.9, 668.8),
    (338.0, 339.3),
    (447.5, 448.9),
    (11.6, 10.8),
    (556.0, 557.7),
    (228.1, 228.3),
    (995.8, 998.0),
    (887.6, 888.8),
    (120.2, 119.6),
    (0.3, 0.3),
    (0.3, 0.6),
    (556.8, 557.6),
    (339.1, 339.3),
    (887.2, 888.0),
    (999.0, 998.5),
    (779.0, 778.9),
    (11.1, 10.2),
    (118.3, 117.6),
    (229.2, 228.9),
    (669.1, 668.4),
    (448.9, 449.2),
    (0.5, 0.2),
];

fn of(rows: impl IntoIterator<Item = Vec<f64>>, columns: usize) -> CoMoments {
    // In three buckets, merged.
    let mut buckets = vec![CoMoments::new(columns); 3];
    for (i, row) in rows.into_iter().enumerate() {
        assert!(buckets[i % 3].push(&row));
    }
    merged(&buckets).unwrap()
}

#[test]
fn norris() {
    let fit = ols(&of(NORRIS.map(|(x, y)| vec![x, y]), 2), 1, &[0]).unwrap();
    close(fit.slopes[0], 1.002_116_818_020_45, 1e-12);
    close(fit.errors[0], 0.000_429_796_848_199_937, 1e-10);
    close(fit.intercept, -0.262_323_073_774_029, 1e-10);
    close(fit.intercept_error, 0.232_818_234_301_152, 1e-10);
    close(fit.r2, 0.999_993_745_883_712, 1e-14);
    close(fit.residual_variance.sqrt(), 0.884_796_396_144_373, 1e-10);
    let (x, y): (Vec<f64>, Vec<f64>) = NORRIS.into_iter().unzip();
    let r = pearson(&x, &y, 0.95).unwrap().value;
    close(r * r, 0.999_993_745_883_712, 1e-14);
}

/// Wampler 1 and 2: polynomials of degree five that fit exactly. Five digits are left of sixteen,
/// because powers of x nearly repeat each other; a page refuses such predictors long before.
#[test]
fn wampler() {
    for scale in [1.0, 0.1] {
        let rows = (0..21).map(|i| {
            let x = f64::from(i);
            let y: f64 = (0..6).map(|k| (scale * x).powi(k)).sum();
            (1..6).map(|k| x.powi(k)).chain([y]).collect()
        });
        let fit = ols(&of(rows, 6), 5, &[0, 1, 2, 3, 4]).unwrap();
        for (power, slope) in (1..).zip(&fit.slopes) {
            close(*slope, f64::powi(scale, power), 2e-5);
        }
        close(fit.r2, 1.0, 1e-9);
    }
}
