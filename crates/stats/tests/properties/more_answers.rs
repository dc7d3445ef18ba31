//! More answers of the same kind say more, and never less.

use evenkeel_stats::Moments;
use evenkeel_stats::always_valid::{Look, looks};
use evenkeel_stats::mean::mean_t;
use evenkeel_stats::proportion::{agresti_coull, clopper_pearson, jeffreys, wilson};
use evenkeel_stats::quantile::quantile_interval;
use evenkeel_stats::reliability::feldt_interval;
use evenkeel_stats::speed::{KaplanMeier, Moment};
use proptest::prelude::*;

proptest! {
    #[test]
    fn means(values in prop::collection::vec(-9.0..9.0_f64, 3..20)) {
        let once: Moments = values.iter().copied().collect();
        let mut four = once;
        for _ in 0..3 {
            four.merge(&once);
        }
        let width = |m: &Moments| mean_t(m, 0.95).unwrap().interval.unwrap().width();
        prop_assert!(width(&four) < width(&once));
    }

    // Exact limits hold those of the score interval's mid-point, and every interval narrows.
    #[test]
    fn shares(k in 0_u64..50, misses in 0_u64..50, level in 0.5..0.99_f64) {
        prop_assume!(k + misses > 0);
        let widths = |times: u64| {
            let (k, n) = (k * times, (k + misses) * times);
            let (kf, nf) = (k as f64, n as f64);
            [
                wilson(kf, nf, level).unwrap().width(),
                clopper_pearson(k, n, level).unwrap().width(),
                jeffreys(kf, nf, level).unwrap().width(),
                agresti_coull(kf, nf, level).unwrap().width(),
            ]
        };
        for (one, four) in widths(1).into_iter().zip(widths(4)) {
            prop_assert!(four < one);
        }
    }

    #[test]
    fn a_higher_level_is_wider(k in 0_u32..50, misses in 0_u32..50, level in 0.5..0.9_f64) {
        prop_assume!(k + misses > 0);
        let (k, n) = (f64::from(k), f64::from(k + misses));
        let (one, other) = (wilson(k, n, level).unwrap(), wilson(k, n, level + 0.09).unwrap());
        prop_assert!(other.lower <= one.lower && one.upper <= other.upper);
    }

    #[test]
    fn quantiles(n in 30_u64..300, q in 0.2..0.8_f64) {
        let of = |n: u64| {
            let values: Vec<(f64, u64)> = (0..n).map(|i| (i as f64 / n as f64, 1)).collect();
            quantile_interval(&values, q, 0.95).unwrap()
        };
        let (one, four) = (of(n), of(4 * n));
        prop_assert!(one.coverage >= 0.95 - 1e-9 && four.coverage >= 0.95 - 1e-9);
        prop_assert!(four.interval.width() < one.interval.width());
    }

    #[test]
    fn reliabilities(alpha in -0.5..0.99_f64, n in 5_u64..500, items in 2_usize..20) {
        let (one, other) = (feldt_interval(alpha, n, items, 0.95).unwrap(), feldt_interval(alpha, 2 * n, items, 0.95).unwrap());
        prop_assert!(one.lower < one.upper && one.upper < 1.0);
        prop_assert!(other.width() < one.width());
    }

    // The share done never falls with time and stays a share, also where cases are still open.
    #[test]
    fn done_by(moments in prop::collection::vec((0.0..90.0_f64, 0_u64..5, 0_u64..5), 1..20)) {
        let moments: Vec<Moment> = moments.into_iter().map(|(time, done, open)| Moment { time, done, open }).collect();
        if let Ok(curve) = KaplanMeier::new(&moments) {
            let mut before = 0.0;
            for day in 0..100 {
                let value = curve.done_by(f64::from(day), 0.95).value;
                prop_assert!(value >= before - 1e-12 && value <= 1.0 + 1e-12);
                before = value;
            }
        }
    }

    // An always-valid p never rises, and the running interval never widens.
    #[test]
    fn looks_only_tighten(steps in prop::collection::vec((1_u64..50, -0.5..0.5_f64), 1..15)) {
        let mut n = 0;
        let all: Vec<Look> = steps.into_iter().map(|(more, mean)| {
            n += more;
            Look { n, mean }
        }).collect();
        let found = looks(&all, 1.0, 0.1, 0.0, 0.95).unwrap();
        for pair in found.windows(2) {
            prop_assert!(pair[1].p <= pair[0].p);
            if let (Some(a), Some(b)) = (pair[0].running, pair[1].running) {
                prop_assert!(b.lower >= a.lower - 1e-12 && b.upper <= a.upper + 1e-12);
            }
        }
    }
}
