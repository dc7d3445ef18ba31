//! What a question to the tables brings back for one cell: the seam between `measure`, which
//! counts, and `compare`, which judges.
//!
//! Invariant: two cells of the same indicator merge to the cell of their union.
//! Absent on purpose: which unit, period or segment the cell is of, and which indicator; and
//! `Serialize`: what was counted leaves the house only through the gate of `compare`.

use crate::clusters::Clusters;
use crate::histogram::{Frequencies, Histogram};
use crate::moments::{CoMoments, Moments, WeightedMoments};
use crate::undefined::Undefined;

/// Sufficient statistics of one indicator in one cell (unit × period × segment).
#[derive(Debug, Clone, PartialEq)]
pub enum Statistics {
    /// Whole answers by score: `nps`, `top_box`, `mean`.
    Scores(Histogram),
    /// Answers by score from published shares × n: counts need not be whole.
    Frequencies(Frequencies),
    /// Hits among n: `share`, `conformance`, `within_target`, a top box published as a share.
    Share {
        /// Hits, 0..=n; not whole when they come from a published share.
        hits: f64,
        /// Answers or looks.
        n: u64,
    },
    /// Real values: means of numbers, outside means with their sd.
    Moments(Moments),
    /// Weighted values. For `nps` the value is −1, 0 or 1, for shares 0 or 1.
    Weighted(WeightedMoments),
    /// An outside mean (or outside score) without spread.
    MeanOnly {
        /// The mean as published; several merge by n.
        mean: f64,
        /// Answers behind it.
        n: u64,
    },
    /// The parts of a `composite`, in the order of the indicator.
    Parts {
        /// Each part with its own statistics.
        parts: Vec<Part>,
        /// Of the respondents who answered every part, the values of the parts, when the rows
        /// are known; `None` when some part comes from an outside table.
        joint: Option<CoMoments>,
    },
    /// An outside rate: days of absence over days due, leavers over staff.
    Rate {
        /// Sum of numerators.
        numerator: f64,
        /// Sum of denominators.
        denominator: f64,
    },
    /// An outside number without n: a covariate, never an estimate.
    Value {
        /// The number (the weighted mean of several).
        value: f64,
        /// Its weight, when the source gives one.
        weight: Option<f64>,
    },
}

/// One part of a composite.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Id of the indicator.
    pub indicator: String,
    /// Its statistics.
    pub statistics: Statistics,
}

/// The people behind the answers of one cell, where the rows say who answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct People {
    /// Different people with an answer; a row without a key counts as a person of its own.
    /// Composite: of the part with the fewest.
    pub respondents: u64,
    /// Their sums, where somebody answered more than once. Composite: one entry a person, the
    /// linearised value about 0 (only the variance means something).
    pub clusters: Option<Clusters>,
}

/// Statistics, and the people behind them as far as they are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The statistics.
    pub statistics: Statistics,
    /// `None`: the rows do not say who answered, and every answer stands for a person.
    pub people: Option<People>,
}

impl Counted {
    /// People with an answer, as far as known: at most the answers.
    pub fn respondents(&self) -> Option<u64> {
        let answers = self.statistics.n();
        match self.people {
            Some(people) => Some(answers.map_or(people.respondents, |n| n.min(people.respondents))),
            None => answers,
        }
    }
}

impl From<Statistics> for Counted {
    fn from(statistics: Statistics) -> Self {
        Self {
            statistics,
            people: None,
        }
    }
}

impl Statistics {
    /// Answers behind the statistics, for minimum n and for display.
    ///
    /// Composite: the smallest n of its parts. Rate: the denominator, rounded down. Value: none.
    pub fn n(&self) -> Option<u64> {
        match self {
            Self::Scores(histogram) => Some(histogram.n()),
            Self::Frequencies(frequencies) => Some(frequencies.n),
            Self::Share { n, .. } | Self::MeanOnly { n, .. } => Some(*n),
            Self::Moments(moments) => Some(moments.n()),
            Self::Weighted(moments) => Some(moments.n()),
            Self::Parts { parts, .. } => {
                let ns: Option<Vec<u64>> = parts.iter().map(|p| p.statistics.n()).collect();
                ns?.into_iter().min()
            }
            Self::Rate { denominator, .. } => Some(denominator.max(0.0).floor() as u64),
            Self::Value { .. } => None,
        }
    }

    /// Adds the statistics of another cell of the same indicator.
    ///
    /// Forms that have no common statistic (scores of one unit, an outside mean of another) are
    /// refused with `WrongStatistics`, and so are two numbers without weights; nothing is
    /// changed then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Undefined> {
        match (&mut *self, other) {
            (Self::Scores(a), Self::Scores(b)) => a.merge(b),
            (Self::Frequencies(a), Self::Frequencies(b)) => a.merge(b),
            (Self::Frequencies(a), Self::Scores(b)) => a.merge(&b.into()),
            (Self::Scores(a), Self::Frequencies(b)) => {
                let mut both = Frequencies::from(&*a);
                both.merge(b);
                *self = Self::Frequencies(both);
            }
            (Self::Share { hits, n }, Self::Share { hits: h, n: m }) => {
                *hits += h;
                *n += m;
            }
            (Self::Moments(a), Self::Moments(b)) => a.merge(b),
            (Self::Weighted(a), Self::Weighted(b)) => a.merge(b),
            (Self::MeanOnly { mean, n }, Self::MeanOnly { mean: m, n: k }) => {
                if *k > 0 {
                    *mean += (m - *mean) * *k as f64 / (*n + k) as f64;
                    *n += k;
                }
            }
            (
                Self::Rate {
                    numerator,
                    denominator,
                },
                Self::Rate {
                    numerator: a,
                    denominator: b,
                },
            ) => {
                *numerator += a;
                *denominator += b;
            }
            (
                Self::Value {
                    value,
                    weight: Some(w),
                },
                Self::Value {
                    value: v,
                    weight: Some(u),
                },
            ) if *w + u > 0.0 => {
                *value += (v - *value) * u / (*w + u);
                *w += u;
            }
            (Self::Parts { .. }, Self::Parts { .. }) => return self.merge_parts(other),
            _ => return Err(Undefined::WrongStatistics),
        }
        Ok(())
    }

    fn merge_parts(&mut self, other: &Self) -> Result<(), Undefined> {
        let (
            Self::Parts { parts, joint },
            Self::Parts {
                parts: more,
                joint: j,
            },
        ) = (self.clone(), other)
        else {
            return Err(Undefined::WrongStatistics);
        };
        if parts.len() != more.len() {
            return Err(Undefined::WrongStatistics);
        }
        let mut merged = parts;
        for (part, from) in merged.iter_mut().zip(more) {
            if part.indicator != from.indicator {
                return Err(Undefined::WrongStatistics);
            }
            part.statistics.merge(&from.statistics)?;
        }
        let joint = match (joint, j) {
            (Some(mut a), Some(b)) => a.merge(b).then_some(a),
            _ => None,
        };
        *self = Self::Parts {
            parts: merged,
            joint,
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_shares_join_whole_answers() {
        let mut cell = Statistics::Scores(Histogram::from_counts(9, vec![2, 3]));
        let mut shares = Frequencies::default();
        shares.add(9, 1.5);
        shares.add_n(2);
        cell.merge(&Statistics::Frequencies(shares)).unwrap();
        assert_eq!(cell.n(), Some(7));
        assert!(matches!(&cell, Statistics::Frequencies(f) if f.counts == [3.5, 3.0]));
    }

    #[test]
    fn means_without_spread_join_by_n() {
        let mut cell = Statistics::MeanOnly { mean: 8.0, n: 30 };
        cell.merge(&Statistics::MeanOnly { mean: 6.0, n: 10 })
            .unwrap();
        assert_eq!(cell, Statistics::MeanOnly { mean: 7.5, n: 40 });
    }

    #[test]
    fn what_does_not_fit_is_refused_and_changes_nothing() {
        let part = |indicator: &str, n| Part {
            indicator: indicator.to_owned(),
            statistics: Statistics::Share { hits: 1.0, n },
        };
        let of = |parts: Vec<Part>| Statistics::Parts { parts, joint: None };
        let mut cell = of(vec![part("a", 4), part("b", 2)]);
        let before = cell.clone();
        let other = of(vec![part("a", 4), part("c", 2)]);
        assert_eq!(cell.merge(&other), Err(Undefined::WrongStatistics));
        assert_eq!(cell, before);
        cell.merge(&before).unwrap();
        assert_eq!(cell.n(), Some(4));
        assert!(
            cell.merge(&Statistics::MeanOnly { mean: 1.0, n: 1 })
                .is_err()
        );
    }
}
