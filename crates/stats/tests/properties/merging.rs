//! Merging parts in any order gives the statistics of the whole.

use evenkeel_stats::drivers::relative_weights;
use evenkeel_stats::jackknife::{jackknife_all, merged};
use evenkeel_stats::reliability::scale_reliability;
use evenkeel_stats::{CoMoments, WeightedMoments};
use proptest::prelude::*;

fn rows() -> impl Strategy<Value = Vec<[f64; 3]>> {
    prop::collection::vec(prop::array::uniform3(-50.0..50.0_f64), 8..60)
}

fn parts(rows: &[[f64; 3]], count: usize) -> Vec<CoMoments> {
    let mut parts = vec![CoMoments::new(3); count];
    for (i, row) in rows.iter().enumerate() {
        assert!(parts[i % count].push(row));
    }
    parts
}

proptest! {
    #[test]
    fn co_moments(rows in rows(), count in 1_usize..7, turn in 0_usize..7) {
        let whole = merged(&parts(&rows, 1)).unwrap();
        let mut buckets = parts(&rows, count);
        buckets.rotate_left(turn % count);
        let again = merged(&buckets).unwrap();
        prop_assert_eq!(again.n(), whole.n());
        for i in 0..3 {
            prop_assert!((again.means()[i] - whole.means()[i]).abs() < 1e-9);
            for j in 0..3 {
                let scale = (whole.product(i, i) * whole.product(j, j)).sqrt();
                prop_assert!((again.product(i, j) - whole.product(i, j)).abs() <= 1e-9 * (1.0 + scale));
            }
        }
    }

    #[test]
    fn weighted_moments(
        rows in prop::collection::vec((-9.0..9.0_f64, 0.1..5.0_f64), 2..40), cut in 0_usize..40,
    ) {
        let of = |rows: &[(f64, f64)]| {
            let mut moments = WeightedMoments::default();
            for (x, w) in rows {
                moments.push(*x, *w);
            }
            moments
        };
        let (first, last) = rows.split_at(cut.min(rows.len()));
        let mut turned = of(last);
        turned.merge(&of(first));
        let whole = of(&rows);
        prop_assert_eq!(turned.n(), whole.n());
        prop_assert!((turned.mean().unwrap() - whole.mean().unwrap()).abs() < 1e-9);
        let error = |m: &WeightedMoments| m.linearised_standard_error().unwrap_or(0.0);
        prop_assert!((error(&turned) - error(&whole)).abs() < 1e-9);
    }

    // The order of parts does not matter to a jackknife, nor do empty parts to a scale.
    #[test]
    fn jackknife_and_empty_parts(rows in rows(), count in 2_usize..7) {
        let buckets = parts(&rows, count);
        let mut turned = buckets.clone();
        turned.reverse();
        let of = |parts: &[CoMoments]| jackknife_all(parts, |rest| Ok(merged(rest)?.means().to_vec())).unwrap();
        let (a, b) = (of(&buckets).of(0, 0.95).unwrap(), of(&turned).of(0, 0.95).unwrap());
        prop_assert!((a.standard_error - b.standard_error).abs() < 1e-9);
        turned.push(CoMoments::new(3));
        if let (Ok(plain), Ok(padded)) = (scale_reliability(&buckets, 0.95), scale_reliability(&turned, 0.95)) {
            prop_assert_eq!(plain.parts, padded.parts);
            prop_assert!((plain.alpha.value - padded.alpha.value).abs() < 1e-9);
        }
    }

    // Relative weights sum to R², are never negative, and do not mind the order of predictors.
    #[test]
    fn relative_weights_are_shares_of_r2(rows in rows()) {
        let all = merged(&parts(&rows, 1)).unwrap();
        if let Ok(weights) = relative_weights(&all, 0, &[1, 2]) {
            let turned = relative_weights(&all, 0, &[2, 1]).unwrap();
            let r2 = evenkeel_stats::regression::ols(&all, 0, &[1, 2]).unwrap().r2;
            prop_assert!(weights.iter().all(|w| *w >= 0.0));
            prop_assert!((weights.iter().sum::<f64>() - r2).abs() < 1e-9);
            prop_assert!((weights[0] - turned[1]).abs() < 1e-9);
        }
    }
}
