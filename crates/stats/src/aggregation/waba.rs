//! Within and between analysis of two variables.
//!
//! Source: Dansereau, Alutto & Yammarino (1984); Bliese (2000).

use crate::moments::CoMoments;
use crate::undefined::Undefined;

/// Within and between analysis of two variables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waba {
    /// Correlation over all answers.
    pub raw: f64,
    /// Correlation of unit means, each weighted by n.
    pub between: f64,
    /// Correlation of deviations from unit means.
    pub within: f64,
    /// √(SS between/SS total) of both variables.
    pub eta_between: [f64; 2],
    /// √(SS within/SS total) of both variables.
    pub eta_within: [f64; 2],
}

/// WABA from the co-moments of (x, y) in each unit.
///
/// The raw correlation is `η_bx·η_by·between + η_wx·η_wy·within`. Undefined when a part does not
/// vary.
pub fn waba(units: &[CoMoments]) -> Result<Waba, Undefined> {
    let mut all = CoMoments::new(2);
    let mut within = [0.0; 3];
    for unit in units {
        if !all.merge(unit) {
            return Err(Undefined::WrongStatistics);
        }
        for (sum, (i, j)) in within.iter_mut().zip([(0, 0), (1, 1), (0, 1)]) {
            *sum += unit.product(i, j);
        }
    }
    let total = [all.product(0, 0), all.product(1, 1), all.product(0, 1)];
    let between = [0, 1, 2].map(|i| total[i] - within[i]);
    let correlation = |s: [f64; 3]| {
        let scale = (s[0] * s[1]).sqrt();
        if scale > 0.0 {
            Ok(s[2] / scale)
        } else {
            Err(Undefined::NoVariation)
        }
    };
    Ok(Waba {
        raw: correlation(total)?,
        between: correlation(between)?,
        within: correlation(within)?,
        eta_between: [0, 1].map(|i| (between[i] / total[i]).sqrt()),
        eta_within: [0, 1].map(|i| (within[i] / total[i]).sqrt()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        // The decomposition adds up to the raw correlation.
        #[test]
        fn the_parts_make_the_whole(
            groups in prop::collection::vec(
                prop::collection::vec((-9.0..9.0_f64, -9.0..9.0_f64), 2..8), 2..6),
        ) {
            let units: Vec<CoMoments> = groups
                .iter()
                .map(|rows| {
                    let mut unit = CoMoments::new(2);
                    for (x, y) in rows {
                        assert!(unit.push(&[*x, *y]));
                    }
                    unit
                })
                .collect();
            let w = waba(&units).unwrap();
            let sum = w.eta_between[0] * w.eta_between[1] * w.between
                + w.eta_within[0] * w.eta_within[1] * w.within;
            prop_assert!((sum - w.raw).abs() < 1e-9);
        }
    }

    #[test]
    fn units_of_other_widths_are_refused() {
        assert_eq!(waba(&[CoMoments::new(3)]), Err(Undefined::WrongStatistics));
    }
}
