//! Many tests at once.
//!
//! Sources: Holm (1979), Benjamini & Hochberg (1995), Benjamini & Yekutieli (2001); adjusted
//! p-values as R `p.adjust`.
//! Benjamini–Hochberg within a family declared beforehand; Holm for up to five planned tests.
//! p-values come back in the order given; each is compared with the level that one test has.

/// How p-values are adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adjustment {
    /// p·m: no error among all, any dependence.
    Bonferroni,
    /// Step-down: no error among all, never weaker than Bonferroni.
    Holm,
    /// False discovery rate, independent or positively dependent tests.
    BenjaminiHochberg,
    /// False discovery rate, any dependence.
    BenjaminiYekutieli,
}

/// Adjusts a family of p-values; each result is at most 1.
pub fn adjust(p_values: &[f64], adjustment: Adjustment) -> Vec<f64> {
    let m = p_values.len() as f64;
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&i, &j| p_values[i].total_cmp(&p_values[j]));
    let mut adjusted = vec![0.0; p_values.len()];
    match adjustment {
        Adjustment::Bonferroni => {
            for (to, p) in adjusted.iter_mut().zip(p_values) {
                *to = (p * m).min(1.0);
            }
        }
        Adjustment::Holm => {
            let mut largest = 0.0_f64;
            for (rank, &i) in order.iter().enumerate() {
                largest = largest.max(((m - rank as f64) * p_values[i]).min(1.0));
                adjusted[i] = largest;
            }
        }
        Adjustment::BenjaminiHochberg | Adjustment::BenjaminiYekutieli => {
            let scale = if adjustment == Adjustment::BenjaminiYekutieli {
                (1..=p_values.len()).map(|i| 1.0 / i as f64).sum()
            } else {
                1.0
            };
            let mut smallest = 1.0_f64;
            for (rank, &i) in order.iter().enumerate().rev() {
                smallest = smallest.min(scale * m / (rank as f64 + 1.0) * p_values[i]);
                adjusted[i] = smallest;
            }
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // Benjamini & Hochberg (1995), section 3.2: four are rejected at 5 %, three by Bonferroni.
    const PUBLISHED: [f64; 15] = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.000,
    ];

    #[test]
    fn as_published() {
        let rejected = |adjustment| {
            adjust(&PUBLISHED, adjustment)
                .iter()
                .filter(|p| **p <= 0.05)
                .count()
        };
        assert_eq!(rejected(Adjustment::BenjaminiHochberg), 4);
        assert_eq!(rejected(Adjustment::Bonferroni), 3);
    }

    proptest! {
        #[test]
        fn stronger_to_weaker(p in prop::collection::vec(0.0..1.0_f64, 1..30)) {
            let of = |a| adjust(&p, a);
            let (bonferroni, holm) = (of(Adjustment::Bonferroni), of(Adjustment::Holm));
            let bh = of(Adjustment::BenjaminiHochberg);
            for i in 0..p.len() {
                prop_assert!(p[i] <= bh[i] + 1e-15 && bh[i] <= holm[i] + 1e-12 && holm[i] <= bonferroni[i] + 1e-12);
            }
        }
    }
}
