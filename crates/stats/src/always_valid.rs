//! Looking before the end: intervals that hold at every look.
//!
//! Sources: Robbins (1970); Johari, Pekelis & Walsh (2017), normal-mixture sequential test.
//! Works in logarithms: the likelihood ratio overflows soon. A plugged-in variance makes the
//! guarantee asymptotic only.

use crate::interval::{Interval, Method};
use crate::undefined::Undefined;

/// One look at the mean of n differences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Values so far.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
}

/// What may be said at a look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sequential {
    /// Natural log of the mixture likelihood ratio against `theta0`.
    pub ln_ratio: f64,
    /// Half the width of this look's interval.
    pub half_width: f64,
    /// This look's interval.
    pub interval: Interval,
    /// Intersection of all intervals so far; `None` when they do not meet: the model has failed.
    pub running: Option<Interval>,
    /// p that holds at any stopping time: the smallest so far.
    pub p: f64,
}

/// Always-valid inference at each look, in the order of time.
///
/// `variance` of one value, `mixing` variance of the prior effect (what size of effect is looked
/// for), `theta0` the value tested, `level` of the confidence sequence.
pub fn looks(
    looks: &[Look],
    variance: f64,
    mixing: f64,
    theta0: f64,
    level: f64,
) -> Result<Vec<Sequential>, Undefined> {
    if variance <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    if mixing <= 0.0 {
        return Err(Undefined::parameter("mixing"));
    }
    let mut running: Option<(f64, f64)> = Some((f64::NEG_INFINITY, f64::INFINITY));
    let mut p = 1.0_f64;
    let mut answers = Vec::with_capacity(looks.len());
    for look in looks {
        if look.n == 0 {
            return Err(Undefined::NoAnswers);
        }
        let n = look.n as f64;
        let whole = variance + n * mixing;
        let distance = look.mean - theta0;
        let ln_ratio = 0.5 * (variance / whole).ln()
            + n * n * mixing * distance * distance / (2.0 * variance * whole);
        let reach = 2.0 * variance * whole / (n * n * mixing)
            * (0.5 * (whole / variance).ln() - (1.0 - level).ln());
        let half_width = reach.sqrt();
        let interval = Interval::around(look.mean, half_width, level, Method::AlwaysValid);
        running = running
            .map(|(low, high)| (low.max(interval.lower), high.min(interval.upper)))
            .filter(|(low, high)| low <= high);
        p = p.min((-ln_ratio).exp());
        answers.push(Sequential {
            ln_ratio,
            half_width,
            interval,
            running: running.map(|(lower, upper)| Interval {
                lower,
                upper,
                ..interval
            }),
            p,
        });
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_than_a_fixed_look_and_ever_narrower() {
        let many: Vec<Look> = [10, 100, 1000].map(|n| Look { n, mean: 0.0 }).to_vec();
        let result = looks(&many, 1.0, 0.04, 0.0, 0.95).unwrap();
        for (look, said) in many.iter().zip(&result) {
            assert!(said.half_width > 1.96 / (look.n as f64).sqrt());
            assert_eq!(said.p, 1.0);
        }
        assert!(result[2].half_width < result[1].half_width);
    }

    #[test]
    fn looks_that_contradict_each_other_are_said() {
        let result = looks(
            &[
                Look { n: 1000, mean: 2.0 },
                Look {
                    n: 2000,
                    mean: -2.0,
                },
            ],
            1.0,
            0.04,
            0.0,
            0.95,
        );
        assert_eq!(result.unwrap()[1].running, None);
        assert!(looks(&[Look { n: 0, mean: 0.0 }], 1.0, 0.1, 0.0, 0.95).is_err());
    }
}
