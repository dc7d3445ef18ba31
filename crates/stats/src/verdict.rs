//! Verdict of a change: who gained, who paid.
//!
//! Sources: intersection-union test (Berger 1982); Miettinen & Nurminen (1985) and Farrington &
//! Manning (1990) for shares, with the closed-form constrained likelihood.
//! Margins are registered before the data. One-sided limits at 95 %; no splitting of alpha over
//! guardrails, because all of them must hold.

use crate::distribution::{bisect, normal_quantile, normal_sf, t_ln_sf, t_quantile, z};
use crate::interval::{Interval, Method};
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

/// Hits among n in two independent groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoShares {
    /// Hits of the first group.
    pub hits_1: f64,
    /// Size of the first group.
    pub n_1: f64,
    /// Hits of the second group.
    pub hits_2: f64,
    /// Size of the second group.
    pub n_2: f64,
}

impl TwoShares {
    fn check(&self) -> Result<(), Undefined> {
        if self.n_1 <= 0.0 || self.n_2 <= 0.0 {
            return Err(Undefined::NoAnswers);
        }
        Ok(())
    }

    /// First share less second.
    pub fn difference(&self) -> Result<f64, Undefined> {
        self.check()?;
        Ok(self.hits_1 / self.n_1 - self.hits_2 / self.n_2)
    }

    /// Score statistic of the hypothesis that the difference is `null`; `unbiased` applies
    /// Miettinen and Nurminen's factor N/(N − 1), without it is Farrington and Manning's.
    pub fn score(&self, null: f64, unbiased: bool) -> Result<f64, Undefined> {
        let distance = self.difference()? - null;
        let (p1, p2) = self.constrained(null);
        let n = self.n_1 + self.n_2;
        let factor = if unbiased { n / (n - 1.0) } else { 1.0 };
        let variance = (p1 * (1.0 - p1) / self.n_1 + p2 * (1.0 - p2) / self.n_2) * factor;
        if variance <= 0.0 {
            return if distance == 0.0 {
                Ok(0.0)
            } else {
                Ok(distance.signum() * f64::MAX.sqrt())
            };
        }
        Ok(distance / variance.sqrt())
    }

    /// Most likely shares under p₁ − p₂ = `null` (root of a cubic, by cosines).
    fn constrained(&self, null: f64) -> (f64, f64) {
        let (b, c, d) = self.cubic(null);
        let v = b.powi(3) / 27.0 - b * c / 6.0 + d / 2.0;
        let u = v.signum() * (b * b / 9.0 - c / 3.0).max(0.0).sqrt();
        let root = if u == 0.0 {
            -b / 3.0
        } else {
            let w = (std::f64::consts::PI + (v / u.powi(3)).clamp(-1.0, 1.0).acos()) / 3.0;
            2.0 * u * w.cos() - b / 3.0
        };
        let p1 = root.clamp(null.max(0.0), (1.0 + null).min(1.0));
        (p1, (p1 - null).clamp(0.0, 1.0))
    }

    /// Coefficients of p₁³ + b·p₁² + c·p₁ + d (Farrington & Manning 1990).
    fn cubic(&self, null: f64) -> (f64, f64, f64) {
        let theta = self.n_2 / self.n_1;
        let (p1, p2) = (self.hits_1 / self.n_1, self.hits_2 / self.n_2);
        let a = 1.0 + theta;
        let b = -(1.0 + theta + p1 + theta * p2 + null * (theta + 2.0));
        let c = null * null + null * (2.0 * p1 + theta + 1.0) + p1 + theta * p2;
        let d = -p1 * null * (1.0 + null);
        (b / a, c / a, d / a)
    }

    /// Miettinen and Nurminen's score interval of the difference.
    pub fn miettinen_nurminen(&self, level: f64) -> Result<Interval, Undefined> {
        let value = self.difference()?;
        let critical = z(level);
        let at = |null: f64| self.score(null, true).unwrap_or(0.0);
        let lower = bisect(-1.0, value, |null| at(null) - critical);
        let upper = bisect(value, 1.0, |null| at(null) + critical);
        Ok(Interval {
            lower,
            upper,
            level,
            method: Method::MiettinenNurminen,
        })
    }

    /// Agresti and Caffo's interval: Wald's after adding a hit and a miss to each group.
    pub fn agresti_caffo(&self, level: f64) -> Result<Interval, Undefined> {
        self.check()?;
        let added = Self {
            hits_1: self.hits_1 + 1.0,
            n_1: self.n_1 + 2.0,
            hits_2: self.hits_2 + 1.0,
            n_2: self.n_2 + 2.0,
        };
        Ok(Interval {
            method: Method::AgrestiCaffo,
            ..added.wald(level)?
        })
    }

    /// Wald's interval: for comparison with other tools only.
    pub fn wald(&self, level: f64) -> Result<Interval, Undefined> {
        let value = self.difference()?;
        let (p1, p2) = (self.hits_1 / self.n_1, self.hits_2 / self.n_2);
        let error = (p1 * (1.0 - p1) / self.n_1 + p2 * (1.0 - p2) / self.n_2).sqrt();
        Ok(Interval::around(
            value,
            z(level) * error,
            level,
            Method::Wald,
        ))
    }
}

/// Answers per arm so that no harm beyond a margin is shown with the given power, when nothing
/// changes.
///
/// `variance` of one answer (NPS: about 0.6), `margin` and `level` one-sided; `guardrails` that
/// must all hold share what is left of the power: each gets 1 − (1 − power)/guardrails.
pub fn answers_per_arm(
    variance: f64,
    margin: f64,
    level: f64,
    power: f64,
    guardrails: u32,
) -> Result<u64, Undefined> {
    if margin <= 0.0 {
        return Err(Undefined::parameter("margin"));
    }
    if guardrails == 0 {
        return Err(Undefined::parameter("guardrails"));
    }
    let each = 1.0 - (1.0 - power) / f64::from(guardrails);
    let sum = normal_quantile(level) + normal_quantile(each);
    Ok((2.0 * variance * (sum / margin).powi(2)).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(hits_1: f64, n_1: f64, hits_2: f64, n_2: f64) -> TwoShares {
        TwoShares {
            hits_1,
            n_1,
            hits_2,
            n_2,
        }
    }

    // Newcombe (1998), table II, method 6 (Miettinen–Nurminen): published limits.
    #[test]
    fn miettinen_nurminen_as_published() {
        let cases = [
            (shares(56.0, 70.0, 48.0, 80.0), 0.0528, 0.3382),
            (shares(9.0, 10.0, 3.0, 10.0), 0.1700, 0.8406),
            (shares(5.0, 56.0, 0.0, 29.0), -0.0326, 0.1933),
        ];
        for (case, lower, upper) in cases {
            let interval = case.miettinen_nurminen(0.95).unwrap();
            assert!((interval.lower - lower).abs() < 1e-4, "{interval:?}");
            assert!((interval.upper - upper).abs() < 1e-4, "{interval:?}");
        }
    }

    #[test]
    fn swapped_groups_mirror() {
        let one = shares(30.0, 40.0, 20.0, 50.0)
            .miettinen_nurminen(0.9)
            .unwrap();
        let other = shares(20.0, 50.0, 30.0, 40.0)
            .miettinen_nurminen(0.9)
            .unwrap();
        assert!((one.lower + other.upper).abs() < 1e-9);
    }

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
    fn more_guardrails_need_more_answers() {
        let one = answers_per_arm(0.6, 0.05, 0.95, 0.8, 1).unwrap();
        let three = answers_per_arm(0.6, 0.05, 0.95, 0.8, 3).unwrap();
        assert_eq!(one, 2968);
        assert_eq!(three, 4751);
        assert_eq!(answers_per_arm(0.6, 0.1, 0.95, 0.8, 1), Ok(742));
        assert_eq!(answers_per_arm(0.6, 0.1, 0.95, 0.8, 3), Ok(1188));
    }
}
