//! Guardrails against their margins, and the outcome over all of them.
//!
//! Source: intersection-union test (Berger 1982): all guardrails must hold, so that each is
//! tested at the whole level and the largest p is that of the verdict.

use crate::distribution::{normal_quantile, normal_sf, t_ln_sf, t_quantile};
use crate::multiplicity::{Adjustment, adjust};
use crate::undefined::Undefined;
use serde::{Deserialize, Serialize};

/// Effect on one guardrail, seen so that more is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Change of the indicator, sign turned where lower is better.
    pub benefit: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom; `None` for a normal estimate.
    pub df: Option<f64>,
    /// How much worse is still tolerated; above 0.
    pub margin: f64,
}

/// What may be said of one guardrail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Upper limit below −margin.
    Harm,
    /// Lower limit above −margin.
    WithinMargin,
    /// Cannot tell yet.
    Undecided,
}

/// One guardrail with its limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Guardrail {
    /// (benefit + margin)/standard error.
    pub z: f64,
    /// One-sided p of being worse than the margin.
    pub p: f64,
    /// One-sided lower limit of the benefit.
    pub lower: f64,
    /// One-sided upper limit of the benefit.
    pub upper: f64,
    /// What may be said.
    pub standing: Standing,
    /// Lower limit above 0.
    pub improved: bool,
    /// Worse for certain, but within the margin: shown apart.
    pub worse_but_within_margin: bool,
}

/// Judges one guardrail with one-sided limits at `level`.
pub fn guardrail(effect: &Effect, level: f64) -> Result<Guardrail, Undefined> {
    if effect.standard_error <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    if effect.margin <= 0.0 {
        return Err(Undefined::parameter("margin"));
    }
    let statistic = (effect.benefit + effect.margin) / effect.standard_error;
    let (critical, p) = match effect.df {
        Some(df) => (t_quantile(level, df), t_ln_sf(statistic, df).exp()),
        None => (normal_quantile(level), normal_sf(statistic)),
    };
    let lower = effect.benefit - critical * effect.standard_error;
    let upper = effect.benefit + critical * effect.standard_error;
    let standing = if upper < -effect.margin {
        Standing::Harm
    } else if lower > -effect.margin {
        Standing::WithinMargin
    } else {
        Standing::Undecided
    };
    Ok(Guardrail {
        z: statistic,
        p,
        lower,
        upper,
        standing,
        improved: lower > 0.0,
        worse_but_within_margin: upper < 0.0 && standing == Standing::WithinMargin,
    })
}

/// Outcome of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nobody paid and a primary gained.
    SharedGain,
    /// Nobody paid more than the margin; no gain shown.
    WithinMargin,
    /// Somebody paid.
    Harm,
    /// Cannot tell yet.
    Undecided,
}

/// Outcome over all guardrails, and the p of the intersection-union test (the largest).
///
/// `primary_gained` says whether a primary indicator is above zero (of several, after Holm).
pub fn outcome(
    guardrails: &[Guardrail],
    primary_gained: bool,
) -> Result<(Outcome, f64), Undefined> {
    if guardrails.is_empty() {
        return Err(Undefined::NoAnswers);
    }
    let p = guardrails.iter().map(|g| g.p).fold(0.0, f64::max);
    let outcome = if guardrails.iter().any(|g| g.standing == Standing::Harm) {
        Outcome::Harm
    } else if guardrails.iter().any(|g| g.standing == Standing::Undecided) {
        Outcome::Undecided
    } else if primary_gained {
        Outcome::SharedGain
    } else {
        Outcome::WithinMargin
    };
    Ok((outcome, p))
}

/// Whether a primary indicator gained: of several, after Holm's correction, so that naming many
/// primaries does not make a gain likelier.
///
/// Effects as of guardrails (their margins are not used), one-sided at `level`. Undefined: no
/// primary; one without a standard error.
pub fn primary_gained(primaries: &[Effect], level: f64) -> Result<bool, Undefined> {
    if primaries.is_empty() {
        return Err(Undefined::NoAnswers);
    }
    let mut p_values = Vec::with_capacity(primaries.len());
    for effect in primaries {
        if effect.standard_error <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        let statistic = effect.benefit / effect.standard_error;
        p_values.push(match effect.df {
            Some(df) => t_ln_sf(statistic, df).exp(),
            None => normal_sf(statistic),
        });
    }
    let adjusted = adjust(&p_values, Adjustment::Holm);
    Ok(adjusted.iter().any(|p| *p < 1.0 - level))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judge(benefit: f64, standard_error: f64, margin: f64) -> Guardrail {
        let effect = Effect {
            benefit,
            standard_error,
            df: None,
            margin,
        };
        guardrail(&effect, 0.95).unwrap()
    }

    #[test]
    fn one_harm_is_harm_for_all() {
        let (fine, harm, open) = (
            judge(1.0, 0.5, 3.0),
            judge(-7.0, 2.0, 3.0),
            judge(-2.0, 2.0, 3.0),
        );
        assert_eq!(outcome(&[fine, harm], true).unwrap().0, Outcome::Harm);
        assert_eq!(outcome(&[fine, open], true).unwrap().0, Outcome::Undecided);
        assert_eq!(outcome(&[fine, fine], true).unwrap().0, Outcome::SharedGain);
        assert_eq!(
            outcome(&[fine, fine], false).unwrap().0,
            Outcome::WithinMargin
        );
        assert!(judge(-1.0, 0.4, 3.0).worse_but_within_margin);
    }

    #[test]
    fn several_primaries_are_corrected() {
        let effect = |benefit| Effect {
            benefit,
            standard_error: 1.0,
            df: None,
            margin: 1.0,
        };
        assert_eq!(primary_gained(&[effect(1.8)], 0.95), Ok(true));
        assert_eq!(primary_gained(&[effect(1.8), effect(0.0)], 0.95), Ok(false));
        assert_eq!(primary_gained(&[effect(2.5), effect(0.0)], 0.95), Ok(true));
        assert_eq!(primary_gained(&[], 0.95), Err(Undefined::NoAnswers));
    }

    proptest! {
        // A better effect never gets a worse standing; harm and within margin exclude each other.
        #[test]
        fn monotone(benefit in -5.0..5.0_f64, more in 0.0..5.0_f64, error in 0.1..3.0_f64) {
            let rank = |g: Guardrail| match g.standing {
                Standing::Harm => 0,
                Standing::Undecided => 1,
                Standing::WithinMargin => 2,
            };
            let (one, other) = (judge(benefit, error, 1.0), judge(benefit + more, error, 1.0));
            prop_assert!(rank(other) >= rank(one) && other.p <= one.p);
        }
    }
}
