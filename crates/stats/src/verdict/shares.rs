//! Two independent shares: score interval and test of a margin.
//!
//! Sources: Miettinen & Nurminen (1985) and Farrington & Manning (1990), with the closed-form
//! constrained likelihood; Agresti & Caffo (2000).

use crate::distribution::{bisect, z};
use crate::interval::{Interval, Method};
use crate::undefined::Undefined;

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
}
