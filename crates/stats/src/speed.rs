//! Speed: verdicts against a required share, and cases still open.
//!
//! Sources: one-sided Wilson (1927); Kaplan & Meier (1958) with Greenwood's variance and
//! log(−log) limits.
//! An open case past its target has failed; one open before it is censored: the caller decides.

use crate::distribution::z;
use crate::proportion::{wilson_lower, wilson_upper};
use crate::undefined::Undefined;
use serde::{Deserialize, Serialize};

/// Verdict on a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The lower limit reaches the required share.
    Met,
    /// The upper limit stays below it.
    NotMet,
    /// Cannot tell yet.
    Undecided,
}

/// Verdict by one-sided Wilson limits at `level`: 20 of 20 against 95 % is undecided.
pub fn verdict(within: u64, n: u64, required: f64, level: f64) -> Result<Verdict, Undefined> {
    let (k, n) = (within as f64, n as f64);
    Ok(if wilson_lower(k, n, level)? >= required {
        Verdict::Met
    } else if wilson_upper(k, n, level)? < required {
        Verdict::NotMet
    } else {
        Verdict::Undecided
    })
}

/// What happened at one time: mergeable by adding.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    /// Time since the clock started.
    pub time: f64,
    /// Cases done at that time.
    pub done: u64,
    /// Cases last seen open at that time.
    pub open: u64,
}

/// The Kaplan–Meier curve of time to done.
#[derive(Debug, Clone, PartialEq)]
pub struct KaplanMeier {
    /// (time, share still open, Greenwood's Σd/(r(r − d))) after each time with a case done.
    steps: Vec<(f64, f64, f64)>,
    n: u64,
    done: u64,
}

/// A share done by some time, with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoneBy {
    /// Share done.
    pub value: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

impl KaplanMeier {
    /// From a table of times in any order.
    pub fn new(moments: &[Moment]) -> Result<Self, Undefined> {
        let mut moments = moments.to_vec();
        moments.sort_by(|a, b| a.time.total_cmp(&b.time));
        let n: u64 = moments.iter().map(|m| m.done + m.open).sum();
        if n == 0 {
            return Err(Undefined::NoAnswers);
        }
        let mut at_risk = n as f64;
        let (mut open, mut greenwood) = (1.0, 0.0);
        let mut steps: Vec<(f64, f64, f64)> = Vec::new();
        for group in moments.chunk_by(|a, b| a.time == b.time) {
            let done: u64 = group.iter().map(|m| m.done).sum();
            let left: u64 = group.iter().map(|m| m.done + m.open).sum();
            if done > 0 {
                let d = done as f64;
                open *= 1.0 - d / at_risk;
                greenwood += d / (at_risk * (at_risk - d));
                steps.push((group[0].time, open, greenwood));
            }
            at_risk -= left as f64;
        }
        Ok(Self {
            steps,
            n,
            done: moments.iter().map(|m| m.done).sum(),
        })
    }

    /// Cases.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Cases done.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// Share done by a time. Without a case done yet, and when all are, limits equal the value.
    pub fn done_by(&self, time: f64, level: f64) -> DoneBy {
        let step = self.steps.iter().rev().find(|s| s.0 <= time);
        let (value, lower, upper) = step.map_or((1.0, 1.0, 1.0), |s| limits(s, level));
        DoneBy {
            value: 1.0 - value,
            lower: 1.0 - upper,
            upper: 1.0 - lower,
        }
    }

    /// Time by which a share `q` is done, with its interval; a limit that the curve does not
    /// reach is `None`.
    pub fn quantile(
        &self,
        q: f64,
        level: f64,
    ) -> Result<(f64, Option<f64>, Option<f64>), Undefined> {
        let value = self
            .first(1.0 - q, |s| s.1)
            .ok_or(Undefined::QuantileOutOfReach)?;
        let lower = self.first(1.0 - q, |s| limits(s, level).1);
        let upper = self.first(1.0 - q, |s| limits(s, level).2);
        Ok((value, lower, upper))
    }

    /// First time at which a curve is at or below `open`; halfway to the next step where it is
    /// exactly there.
    fn first(&self, open: f64, curve: impl Fn(&(f64, f64, f64)) -> f64) -> Option<f64> {
        const ROUNDING: f64 = 1.5e-8;
        let place = self
            .steps
            .iter()
            .position(|s| curve(s) <= open + ROUNDING)?;
        let flat = (curve(&self.steps[place]) - open).abs() < ROUNDING;
        match self.steps.get(place + 1) {
            Some(next) if flat => Some(f64::midpoint(self.steps[place].0, next.0)),
            _ => Some(self.steps[place].0),
        }
    }
}

/// Share open with its log(−log) limits.
fn limits(&(_, open, greenwood): &(f64, f64, f64), level: f64) -> (f64, f64, f64) {
    if open <= 0.0 || open >= 1.0 {
        return (open, open, open);
    }
    let hazard = -open.ln();
    let half = z(level) * greenwood.sqrt() / hazard;
    let at = |shift: f64| (-(hazard.ln() + shift).exp()).exp();
    (open, at(half), at(-half))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Freireich et al. (1963), 6-mercaptopurine arm: published S(6) = .857, S(10) = .753,
    // median 23.
    const WEEKS: [(f64, u64, u64); 16] = [
        (6.0, 3, 1),
        (7.0, 1, 0),
        (9.0, 0, 1),
        (10.0, 1, 1),
        (11.0, 0, 1),
        (13.0, 1, 0),
        (16.0, 1, 0),
        (17.0, 0, 1),
        (19.0, 0, 1),
        (20.0, 0, 1),
        (22.0, 1, 0),
        (23.0, 1, 0),
        (25.0, 0, 1),
        (32.0, 0, 2),
        (34.0, 0, 1),
        (35.0, 0, 1),
    ];

    #[test]
    fn remission_as_published() {
        let table = WEEKS.map(|(time, done, open)| Moment { time, done, open });
        let curve = KaplanMeier::new(&table).unwrap();
        assert_eq!((curve.n(), curve.done()), (21, 9));
        assert!((curve.done_by(6.0, 0.95).value - (1.0 - 0.857_142_857)).abs() < 1e-8);
        assert!((curve.done_by(10.0, 0.95).value - (1.0 - 0.752_941_176)).abs() < 1e-8);
        assert_eq!(curve.quantile(0.5, 0.95).unwrap(), (23.0, Some(13.0), None));
        assert_eq!(
            curve.quantile(0.9, 0.95),
            Err(Undefined::QuantileOutOfReach)
        );
    }

    #[test]
    fn twenty_of_twenty_is_undecided() {
        assert_eq!(verdict(20, 20, 0.95, 0.95), Ok(Verdict::Undecided));
        assert_eq!(verdict(100, 100, 0.95, 0.95), Ok(Verdict::Met));
        assert_eq!(verdict(80, 100, 0.95, 0.95), Ok(Verdict::NotMet));
        assert_eq!(verdict(0, 0, 0.95, 0.95), Err(Undefined::NoAnswers));
    }
}
