//! Difference in differences with few units.
//!
//! Two-way fixed effects with CR2 standard errors and Satterthwaite degrees of freedom; pre and
//! post collapsed with an exact permutation (the default with few units); a wild bootstrap as a
//! check; staggered starts against units not yet treated, because two-way fixed effects are
//! biased there when effects differ.

mod panel;
mod permutation;
mod robust;
mod staggered;
mod wild;

pub use panel::{Row, TwoWay, two_way};
pub use permutation::{Permutation, by_treatment, permutation};
pub use robust::{Cluster, Robust};
pub use staggered::{AfterStart, GroupTime, Staggered, Unit, staggered};
pub use wild::{ENUMERATED_UNITS_MAX, REPLICATES, WildBootstrap};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::undefined::Undefined;

    /// Eight units, half of them treated from period 2 on; the effect is 3.
    pub(super) fn panel() -> Vec<Row> {
        let mut rows = Vec::new();
        for unit in 0..8 {
            for period in 0..4 {
                let treatment = f64::from(u8::from(unit < 4 && period >= 2));
                let noise = ((unit * 7 + period * 5) % 11) as f64 * 0.1;
                let outcome = unit as f64 + 2.0 * period as f64 + 3.0 * treatment + noise;
                rows.push(Row {
                    unit,
                    period,
                    outcome,
                    treatment,
                });
            }
        }
        rows
    }

    // In a balanced 2 × 2 design the effect is the difference of collapsed changes.
    #[test]
    fn effect_is_the_difference_in_differences() {
        let fit = two_way(&panel(), true).unwrap();
        let mean = |unit: usize, late: bool| -> f64 {
            let of = panel()
                .into_iter()
                .filter(|r| r.unit == unit && (r.period >= 2) == late);
            of.map(|r| r.outcome).sum::<f64>() / 2.0
        };
        let changes: Vec<f64> = (0..8).map(|u| mean(u, true) - mean(u, false)).collect();
        let treated: Vec<bool> = (0..8).map(|u| u < 4).collect();
        let collapsed = permutation(&changes, &treated).unwrap();
        assert!((fit.effect - collapsed.effect).abs() < 1e-10);
        assert_eq!(collapsed.assignments, 70);
        assert!((collapsed.p - 2.0 / 70.0).abs() < 1e-12);
        let (a, b) = by_treatment(&changes, &treated);
        assert_eq!((a.n(), b.n()), (4, 4));
    }

    #[test]
    fn a_treatment_that_nobody_gets_is_refused() {
        let mut flat = panel();
        for row in &mut flat {
            row.treatment = 0.0;
        }
        assert!(matches!(
            two_way(&flat, true),
            Err(Undefined::Singular { .. })
        ));
    }
}
