//! Rule sets: which rules are read together, and what they find.
//!
//! Invariant: a set is data. The first rule of a set that a point belongs to names its signal.

use super::rules::{NELSON, NHS, Rule, WESTERN_ELECTRIC, anhoej};
use super::xmr::{MovingRangeConstant, Xmr, xmr};
use crate::undefined::Undefined;
use serde::{Deserialize, Serialize};

/// A named set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSet {
    /// NHS England, "Making data count".
    #[default]
    Nhs,
    /// Points beyond the limits alone.
    Limits,
    /// Nelson's eight.
    Nelson,
    /// The four zone rules.
    WesternElectric,
    /// Unusually long runs or few crossings of the median (Anhøj & Olesen 2014).
    Anhoej,
}

/// Points from which limits are worth reading, and from which they are settled.
pub const PROVISIONAL_BELOW: usize = 12;
/// See [`PROVISIONAL_BELOW`].
pub const FULL_FROM: usize = 20;

/// How far a baseline's limits can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Maturity {
    /// Fewer than 12 points.
    Provisional,
    /// 12 to 19 points.
    Settling,
    /// 20 points or more.
    Full,
}

impl Maturity {
    /// Of a baseline of so many points.
    pub fn of(points: usize) -> Self {
        match points {
            0..PROVISIONAL_BELOW => Self::Provisional,
            PROVISIONAL_BELOW..FULL_FROM => Self::Settling,
            _ => Self::Full,
        }
    }
}

/// What a point signals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// The rule; `None` for Anhøj's, which look at the whole series.
    pub rule: Option<Rule>,
    /// +1 up, −1 down, +1 for rules without a side.
    pub side: i8,
}

impl RuleSet {
    /// All sets.
    pub const ALL: [Self; 5] = [
        Self::Nhs,
        Self::Limits,
        Self::Nelson,
        Self::WesternElectric,
        Self::Anhoej,
    ];

    /// Rules in their order of precedence; none for Anhøj's.
    pub fn rules(self) -> &'static [Rule] {
        match self {
            Self::Nhs => &NHS,
            Self::Limits => &NHS[..1],
            Self::Nelson => &NELSON,
            Self::WesternElectric => &WESTERN_ELECTRIC,
            Self::Anhoej => &[],
        }
    }

    /// The signal of each point, from standardised values z = (y − centre)/sigma of one phase.
    ///
    /// Of Anhøj's rules every point has the signal or none has; z are then distances from the
    /// median.
    pub fn signals(self, z: &[f64]) -> Vec<Option<Signal>> {
        if self == Self::Anhoej {
            let found = anhoej(z, 0.0).signal;
            return vec![
                found.then_some(Signal {
                    rule: None,
                    side: 1
                });
                z.len()
            ];
        }
        let mut signals = vec![None; z.len()];
        for &rule in self.rules() {
            for (signal, side) in signals.iter_mut().zip(rule.members(z)) {
                if signal.is_none() && side != 0 {
                    *signal = Some(Signal {
                        rule: Some(rule),
                        side,
                    });
                }
            }
        }
        signals
    }

    /// Whether a series, read against its own limits (XmR, 2.66, ranges screened once; its median
    /// for Anhøj's), signals anywhere.
    pub fn alarms(self, values: &[f64]) -> Result<bool, Undefined> {
        let Xmr { centre, sigma, .. } = xmr(values, true, MovingRangeConstant::Nhs)?;
        if self == Self::Anhoej {
            let mut sorted = values.to_vec();
            sorted.sort_by(f64::total_cmp);
            let n = sorted.len();
            let median = f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]);
            return Ok(anhoej(values, median).signal);
        }
        let z: Vec<f64> = values.iter().map(|y| (y - centre) / sigma).collect();
        let mut rules = self.rules().iter();
        Ok(rules.any(|rule| rule.windows_ending(&z).iter().any(|s| *s != 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_rule_names_the_signal() {
        let z = [3.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, -0.5];
        let found = RuleSet::Nhs.signals(&z);
        assert_eq!(found[0].unwrap().rule, Some(Rule::Beyond { sigmas: 3.0 }));
        assert_eq!(found[1].unwrap().rule, Some(Rule::OneSide { points: 7 }));
        assert_eq!(found[7], None);
        assert_eq!(RuleSet::Limits.signals(&z)[1], None);
    }

    #[test]
    fn maturity_by_points() {
        use Maturity::{Full, Provisional, Settling};
        let of = [11, 12, 19, 20].map(Maturity::of);
        assert_eq!(of, [Provisional, Settling, Settling, Full]);
    }

    proptest! {
        // Turning a series upside down turns the sides and nothing else; nor do units matter.
        #[test]
        fn symmetric(z in prop::collection::vec(-4.0..4.0_f64, 1..40)) {
            let turned: Vec<f64> = z.iter().map(|z| -z).collect();
            for set in RuleSet::ALL {
                for (a, b) in set.signals(&z).iter().zip(set.signals(&turned)) {
                    prop_assert_eq!(a.map(|s| s.rule), b.map(|s| s.rule));
                }
                let scaled: Vec<f64> = z.iter().map(|z| 5.0 + 2.0 * z).collect();
                prop_assert_eq!(set.alarms(&z), set.alarms(&scaled));
            }
        }
    }
}
