//! Reliability of a scale with its uncertainty: one result for a page.
//!
//! Sources: as in the modules beside; intervals by leaving out a part at a time, which assumes
//! neither normal answers nor independent rows (parts hold whole clusters).
//! Invariant: a figure that does not exist carries its reason and leaves the others in place.

use super::alpha::{Alpha, alpha, feldt_interval};
use super::one_factor::{OneFactor, omega_near, one_factor};
use crate::interval::{Interval, Measured};
use crate::jackknife::{JackknifedAll, jackknife_all, merged};
use crate::moments::CoMoments;
use crate::undefined::{Undefined, either};
use serde::Serialize;

/// Reliability of the items of a scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScaleReliability {
    /// Complete rows.
    pub n: u64,
    /// Items.
    pub items: usize,
    /// Parts that were left out in turn.
    pub parts: u64,
    /// Cronbach's alpha, with a jackknife interval.
    pub alpha: Measured,
    /// Feldt's interval of alpha: narrower, for independent rows only.
    #[serde(with = "either")]
    pub alpha_feldt: Result<Interval, Undefined>,
    /// Alpha of the items scaled to the same variance, with a jackknife interval.
    pub alpha_standardised: Measured,
    /// McDonald's omega, with a jackknife interval; from four items.
    #[serde(with = "either")]
    pub omega: Result<Measured, Undefined>,
    /// The model that omega comes from, with its fit: shown wherever omega is.
    #[serde(with = "either")]
    pub factor: Result<OneFactor, Undefined>,
    /// Per item: correlation with the rest, alpha without it.
    pub detail: Alpha,
}

/// Reliability of all columns (reverse items beforehand) of parts of complete rows.
///
/// `parts` are the 64 buckets or, below 320 clusters, one part per cluster; empty ones are left
/// out here. Undefined: as [`alpha`] on all parts together.
pub fn scale_reliability(parts: &[CoMoments], level: f64) -> Result<ScaleReliability, Undefined> {
    let parts: Vec<CoMoments> = parts.iter().filter(|p| p.n() > 0).cloned().collect();
    let all = merged(&parts)?;
    let detail = alpha(&all)?;
    let factor = one_factor(&all);
    let (n, items) = (all.n(), all.columns());
    let alphas = jackknife_all(&parts, |rest| {
        let rest = alpha(&merged(rest)?)?;
        Ok(vec![rest.raw, rest.standardised])
    });
    let omegas = match &factor {
        Ok(near) => jackknife_all(&parts, |rest| Ok(vec![omega_near(&merged(rest)?, near)?])),
        Err(reason) => Err(reason.clone()),
    };
    let measured = |of: &Result<JackknifedAll, Undefined>, place: usize, value: f64| {
        let interval = match of {
            Ok(all) => all.of(place, level).map(|j| j.interval),
            Err(reason) => Err(reason.clone()),
        };
        // Nothing is more reliable than 1; alpha has no lower end.
        Measured::new(
            value,
            n,
            interval.map(|i| i.clipped(f64::NEG_INFINITY, 1.0)),
        )
    };
    Ok(ScaleReliability {
        n,
        items,
        parts: parts.len() as u64,
        alpha: measured(&alphas, 0, detail.raw),
        alpha_feldt: feldt_interval(detail.raw, n, items, level),
        alpha_standardised: measured(&alphas, 1, detail.standardised),
        omega: factor
            .as_ref()
            .map_err(Clone::clone)
            .map(|f| measured(&omegas, 0, f.omega)),
        factor,
        detail,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;
    use rand_distr::{Distribution as _, StandardNormal};

    /// Five items with loadings .8 .7 .6 .5 .4 and variance 1: omega in truth .743, as alpha
    /// (.731) nearly.
    fn parts(rows: usize, buckets: usize, seed: u64) -> Vec<CoMoments> {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut parts = vec![CoMoments::new(5); buckets];
        for i in 0..rows {
            let trait_level: f64 = StandardNormal.sample(&mut rng);
            let row = [0.8_f64, 0.7, 0.6, 0.5, 0.4].map(|l| {
                let own: f64 = StandardNormal.sample(&mut rng);
                l * trait_level + (1.0 - l * l).sqrt() * own
            });
            assert!(parts[i % buckets].push(&row));
        }
        parts
    }

    #[test]
    fn everything_in_one_result() {
        let found = scale_reliability(&parts(1280, 64, 1), 0.95).unwrap();
        let omega = found.omega.unwrap();
        let interval = omega.interval.unwrap();
        assert!(interval.contains(9.0 / (9.0 + 5.0 - 1.9)) && interval.width() < 0.1);
        // Under the model's own assumptions both intervals of alpha are about as wide.
        let (jackknifed, feldt) = (found.alpha.interval.unwrap(), found.alpha_feldt.unwrap());
        assert!((jackknifed.width() / feldt.width() - 1.0).abs() < 0.35);
        assert!(found.factor.unwrap().rmsea < 0.05);
    }

    // Coverage of the omega interval over 100 samples: 95 % within what chance allows.
    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let held = (0..100)
            .filter(|&seed| {
                let found = scale_reliability(&parts(320, 32, seed), 0.95).unwrap();
                found.omega.unwrap().interval.unwrap().contains(9.0 / 12.1)
            })
            .count();
        assert!((88..=100).contains(&held), "{held}");
    }

    #[test]
    fn three_items_have_alpha_and_a_reason_for_no_omega() {
        let mut rows = CoMoments::new(3);
        for i in 0..30_u32 {
            let x = f64::from(i % 7);
            let row = [
                x + f64::from(i % 2),
                x + f64::from(i % 3),
                x + f64::from(i % 5),
            ];
            assert!(rows.push(&row));
        }
        let found = scale_reliability(&[rows], 0.95).unwrap();
        assert!(matches!(found.omega, Err(Undefined::TooFew { .. })));
        assert_eq!(found.alpha.interval, Err(Undefined::OneCluster));
        assert!(found.alpha_feldt.is_ok());
    }
}
