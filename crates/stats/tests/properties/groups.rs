//! Comparisons of groups: sides mirror, order does not matter.

use evenkeel_stats::Histogram;
use evenkeel_stats::contingency::{fisher, monte_carlo};
use evenkeel_stats::multiplicity::{Adjustment, adjust};
use evenkeel_stats::ordinal::{jonckheere, kruskal, mann_whitney};
use evenkeel_stats::proportion::newcombe10;
use proptest::prelude::*;

fn scores() -> impl Strategy<Value = Histogram> {
    prop::collection::vec(0_u64..30, 5)
        .prop_filter("somebody answered", |counts| counts.iter().sum::<u64>() > 0)
        .prop_map(|counts| Histogram::from_counts(1, counts))
}

proptest! {
    #[test]
    fn mann_whitney_mirrors(a in scores(), b in scores()) {
        if let (Ok(one), Ok(other)) = (mann_whitney(&a, &b), mann_whitney(&b, &a)) {
            prop_assert!((one.superiority + other.superiority - 1.0).abs() < 1e-12);
            prop_assert!((one.ln_p - other.ln_p).abs() < 1e-9);
            prop_assert!((one.cliffs_delta + other.cliffs_delta).abs() < 1e-12);
        }
    }

    #[test]
    fn kruskal_forgets_names_and_jonckheere_does_not(a in scores(), b in scores(), c in scores()) {
        let (one, other) = (kruskal(&[a.clone(), b.clone(), c.clone()]), kruskal(&[c.clone(), a.clone(), b.clone()]));
        if let (Ok(one), Ok(other)) = (one, other) {
            prop_assert!((one.0 - other.0).abs() < 1e-8);
        }
        let pairs = (a.n() * b.n() + a.n() * c.n() + b.n() * c.n()) as f64;
        let sum = jonckheere(&[a.clone(), b.clone(), c.clone()]) + jonckheere(&[c, b, a]);
        prop_assert!((sum - pairs).abs() < 1e-9);
    }

    #[test]
    fn fisher_forgets_which_side_is_which(cells in prop::array::uniform4(0_u64..12)) {
        let [a, b, c, d] = cells;
        match (fisher([[a, b], [c, d]], 0.95), fisher([[c, d], [a, b]], 0.95)) {
            (Ok(one), Ok(other)) => {
                prop_assert!((one.p - other.p).abs() < 1e-9 && one.p <= 1.0);
                if let (Some(x), Some(y)) = (one.odds_ratio, other.odds_ratio) {
                    prop_assert!((x * y - 1.0).abs() < 1e-6);
                }
            }
            (one, other) => prop_assert_eq!(one.is_err(), other.is_err()),
        }
    }

    #[test]
    fn newcombe_mirrors(a in 0_u64..40, b in 0_u64..40, more in 1_u64..40) {
        let (x, y) = ((a as f64, a + more), (b as f64, b + 7));
        let (one, other) = (newcombe10(x, y, 0.95).unwrap(), newcombe10(y, x, 0.95).unwrap());
        let (i, j) = (one.interval.unwrap(), other.interval.unwrap());
        prop_assert!((i.lower + j.upper).abs() < 1e-12 && i.contains(one.value));
        prop_assert!(i.lower >= -1.0 && i.upper <= 1.0);
    }

    // A family of one is not corrected; adjusted p keep the order of the p they come from.
    #[test]
    fn adjusting_keeps_the_order(p in prop::collection::vec(0.0..1.0_f64, 1..20)) {
        for how in [Adjustment::Bonferroni, Adjustment::Holm, Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli] {
            prop_assert_eq!(adjust(&p[..1], how), vec![p[0]]);
            let adjusted = adjust(&p, how);
            for i in 0..p.len() {
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || adjusted[i] <= adjusted[j] + 1e-12);
                }
            }
        }
    }

    #[test]
    fn a_simulated_p_is_a_count(cells in prop::collection::vec(1_u64..9, 6), seed in 0_u64..9) {
        let found = monte_carlo(&[cells[..3].to_vec(), cells[3..].to_vec()], 99, seed).unwrap();
        let count = found.p * 100.0;
        prop_assert!((count - count.round()).abs() < 1e-9 && (1.0..=100.0).contains(&count.round()));
    }
}
