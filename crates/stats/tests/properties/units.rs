//! Units and origins of a scale do not matter to what has none.

use evenkeel_stats::Moments;
use evenkeel_stats::aggregation::anova;
use evenkeel_stats::design::{Design, Psu};
use evenkeel_stats::effect::cohen_d;
use evenkeel_stats::mean::welch;
use evenkeel_stats::raters::{Metric, krippendorff, rater_icc};
use proptest::prelude::*;

fn group() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-9.0..9.0_f64, 3..20)
}

fn moved(values: &[f64], shift: f64, scale: f64) -> Moments {
    values.iter().map(|v| shift + scale * v).collect()
}

proptest! {
    #[test]
    fn differences_of_groups(a in group(), b in group(), shift in -99.0..99.0_f64, scale in 0.1..50.0_f64) {
        let plain = |f: f64, g: f64| (moved(&a, f, g), moved(&b, f, g));
        let ((x, y), (u, v)) = (plain(0.0, 1.0), plain(shift, scale));
        prop_assert!((cohen_d(&x, &y).unwrap() - cohen_d(&u, &v).unwrap()).abs() < 1e-6);
        let (one, other) = (welch(&x, &y, 0.95).unwrap(), welch(&u, &v, 0.95).unwrap());
        prop_assert!((one.value * scale - other.value).abs() < 1e-6 * (1.0 + scale));
        let (f, g) = (anova(&[x, y]).unwrap(), anova(&[u, v]).unwrap());
        prop_assert!((f.icc1(f.k0).unwrap() - g.icc1(g.k0).unwrap()).abs() < 1e-6);
    }

    // Interval and ratio alpha by their own transformations, ordinal by any rising one.
    #[test]
    fn alpha_of_raters(units in prop::collection::vec(prop::collection::vec(0_u64..4, 3), 3..12)) {
        let alpha = |values: [f64; 3], metric| krippendorff(&values, &units, metric);
        let plain = [1.0, 2.0, 4.0];
        for (changed, metric) in [
            (plain.map(|v| 7.0 - 3.0 + 2.5 * v), Metric::Interval),
            (plain.map(|v| 2.5 * v), Metric::Ratio),
            ([-1.0, 0.0, 100.0], Metric::Ordinal),
            ([-1.0, 0.0, 100.0], Metric::Nominal),
        ] {
            match (alpha(plain, metric), alpha(changed, metric)) {
                (Ok(a), Ok(b)) => prop_assert!((a - b).abs() < 1e-9),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
        let mut turned = units.clone();
        turned.reverse();
        if let (Ok(a), Ok(b)) = (alpha(plain, Metric::Ordinal), krippendorff(&plain, &turned, Metric::Ordinal)) {
            prop_assert!((a - b).abs() < 1e-9 && a <= 1.0);
        }
    }

    #[test]
    fn intraclass_correlations(
        table in prop::collection::vec(prop::collection::vec(0.0..9.0_f64, 3), 4..9),
        shift in -9.0..9.0_f64, scale in 0.1..9.0_f64,
    ) {
        let changed: Vec<Vec<f64>> = table
            .iter()
            .map(|row| row.iter().map(|x| shift + scale * x).collect())
            .collect();
        let (a, b) = (rater_icc(&table, 0.95).unwrap(), rater_icc(&changed, 0.95).unwrap());
        prop_assert!((a.one.0 - b.one.0).abs() < 1e-7);
        prop_assert!((a.agreement.0 - b.agreement.0).abs() < 1e-7);
        // Consistency forgives a rater's level.
        let levels: Vec<Vec<f64>> = table
            .iter()
            .map(|row| row.iter().zip([0.0, 5.0, -3.0]).map(|(x, level)| x + level).collect())
            .collect();
        let c = rater_icc(&levels, 0.95).unwrap();
        prop_assert!((a.consistency.0 - c.consistency.0).abs() < 1e-7);
    }

    // The size of the population behind the weights cancels in a mean.
    #[test]
    fn weights(psus in prop::collection::vec((0.5..9.0_f64, -9.0..9.0_f64), 3..20), scale in 0.01..1e4_f64) {
        let mean = |scale: f64| {
            let psus = psus.iter().map(|(w, y)| Psu { stratum: 0, totals: vec![scale * w, scale * w * y] });
            Design::new(psus.collect(), None).ratio(1, 0).unwrap()
        };
        let (a, b) = (mean(1.0), mean(scale));
        prop_assert!((a.value - b.value).abs() < 1e-9);
        prop_assert!((a.standard_error - b.standard_error).abs() < 1e-9);
    }
}
