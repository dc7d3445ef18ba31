//! From an indicator that is no composite to what has to be counted.
//!
//! Invariant: a [`Leaf`] says everything that a scan and the reading of its result need; neither
//! looks at the indicator again.

use std::collections::BTreeSet;

use evenkeel_facts::{Table, item_column};
use evenkeel_foundation::requirement::{Limit, Limits};
use evenkeel_foundation::{
    Foundation, Indicator, IndicatorKind, InstrumentId, Item, ItemId, Scale,
};
use evenkeel_stats::{Statistics, WeightedMoments};

use crate::error::MeasureError;
use crate::history::History;
use crate::tally::{
    Coding, Count, EXTRA_CODES, JointPart, Judge, Only, PartValue, SCORES_MAX, Tally,
};

/// Column of weights.
pub const WEIGHT: &str = "base_weight";
/// Lowest score of a promoter, highest of a detractor.
const PROMOTER_FROM: i32 = 9;
const DETRACTOR_TO: i32 = 6;

/// Something that is counted in one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// Rows of this table count; `None` for figures that only come from outside.
    pub table: Option<Table>,
    /// Which rows of it.
    pub only: Vec<Only>,
    /// The column.
    pub column: String,
    /// How its values are counted.
    pub reading: Reading,
    /// What figures from outside have to be about.
    pub outside: Outside,
}

/// How a value is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// As a histogram of whole scores.
    Scores {
        /// Lowest score.
        min: i32,
        /// Number of scores.
        width: u32,
        /// What a score is worth in a weighted or joint count.
        worth: Worth,
    },
    /// As a hit or not.
    Hits {
        /// How values become codes.
        coding: Coding,
        /// Which codes are hits.
        hits: Vec<bool>,
    },
    /// As a histogram of codes.
    Codes {
        /// How values become codes.
        coding: Coding,
    },
    /// As a real value.
    Real,
    /// Not from rows at all.
    OnlyOutside,
}

/// What a score stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worth {
    /// Itself.
    Itself,
    /// 1 for promoters, −1 for detractors, else 0.
    Promotion,
    /// 1 from this score on, else 0.
    From(i32),
    /// 1 for these scores, else 0.
    OneOf(BTreeSet<i32>),
}

impl Worth {
    /// The number of a score.
    pub fn of(&self, score: i32) -> i32 {
        match self {
            Self::Itself => score,
            Self::Promotion => i32::from(score >= PROMOTER_FROM) - i32::from(score <= DETRACTOR_TO),
            Self::From(from) => i32::from(score >= *from),
            Self::OneOf(scores) => i32::from(scores.contains(&score)),
        }
    }
}

/// Which figures from outside belong to a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// `item`, `standard`, `figure`, `covariate`, `invitations`.
    pub subject_kind: &'static str,
    /// Ids of the subjects.
    pub subjects: BTreeSet<String>,
    /// Instrument of an item.
    pub instrument: Option<String>,
    /// Only figures of this party, or of none in particular.
    pub party: Option<String>,
    /// Labels that count as hits, for shares.
    pub labels: BTreeSet<String>,
}

impl Outside {
    /// Figures about one subject.
    pub fn about(subject_kind: &'static str, subject: &str) -> Self {
        Self {
            subject_kind,
            subjects: BTreeSet::from([subject.to_owned()]),
            instrument: None,
            party: None,
            labels: BTreeSet::new(),
        }
    }
}

impl Leaf {
    /// Of an indicator that is no composite.
    pub fn of(
        foundation: &Foundation,
        history: &History,
        indicator: &Indicator,
    ) -> Result<Self, MeasureError> {
        if let Some((instrument, item)) = indicator.kind.item() {
            return Self::of_item(foundation, indicator, instrument, item);
        }
        match &indicator.kind {
            IndicatorKind::Conformance { standard } => Ok(Self {
                table: Some(Table::Observations),
                only: vec![only("standard", standard.as_str())],
                column: "kept".to_owned(),
                reading: Reading::Hits {
                    coding: Coding::Truth,
                    hits: vec![false, true],
                },
                outside: Outside::about("standard", standard.as_str()),
            }),
            IndicatorKind::WithinTarget { standard } => {
                let limits = history.limits(standard).map_err(|kind| match kind {
                    Some(kind) => MeasureError::NoLimits {
                        indicator: indicator.id.to_string(),
                        standard: standard.to_string(),
                        kind,
                    },
                    None => unknown("standard", standard.as_str()),
                })?;
                Ok(Self {
                    table: Some(Table::Observations),
                    only: vec![only("standard", standard.as_str())],
                    column: "value".to_owned(),
                    reading: Reading::Hits {
                        coding: Coding::Judged { limits },
                        hits: vec![false, true],
                    },
                    outside: Outside::about("standard", standard.as_str()),
                })
            }
            IndicatorKind::Rate { figure } => {
                Ok(Self::only_outside(Outside::about("figure", figure)))
            }
            _ => Err(MeasureError::Nested {
                indicator: indicator.id.to_string(),
                allowed: 1,
            }),
        }
    }

    /// Figures that no row stands behind.
    pub fn only_outside(outside: Outside) -> Self {
        Self {
            table: None,
            only: Vec::new(),
            column: String::new(),
            reading: Reading::OnlyOutside,
            outside,
        }
    }

    fn of_item(
        foundation: &Foundation,
        indicator: &Indicator,
        instrument: &InstrumentId,
        item: &ItemId,
    ) -> Result<Self, MeasureError> {
        let of = foundation
            .instrument(instrument)
            .ok_or_else(|| unknown("instrument", instrument.as_str()))?;
        let found = of
            .item(item.as_str())
            .ok_or_else(|| MeasureError::Unknown {
                kind: "item",
                id: format!("{instrument}.{item}"),
                known: of.items.iter().map(|item| item.id.to_string()).collect(),
            })?;
        let reading = reading(indicator, found).ok_or_else(|| MeasureError::WrongScale {
            subject: format!("indicator {}", indicator.id),
            kind: indicator.kind.as_str(),
            item: format!("{instrument}.{item}"),
            scale: found.scale.to_string(),
            allowed: allowed(&indicator.kind),
        })?;
        let mut outside = Outside::about("item", item.as_str());
        outside.instrument = Some(instrument.to_string());
        if let IndicatorKind::Share { values, .. } = &indicator.kind {
            outside.labels = values.iter().cloned().collect();
        }
        // An instrument asks one party; only where the indicator is of another one do rows differ.
        let party = indicator.party.as_ref().filter(|party| **party != of.party);
        outside.party = indicator.party.as_ref().map(ToString::to_string);
        Ok(Self {
            table: Some(Table::Responses(instrument.clone())),
            only: party
                .iter()
                .map(|party| only("party", party.as_str()))
                .collect(),
            column: item_column(item.as_str()),
            reading,
            outside,
        })
    }

    /// What a scan has to count; `None` for figures from outside only.
    pub fn count(&self, weighted: bool) -> Option<Count> {
        // Observations are looks, not people: they have no weights.
        let responses = matches!(self.table, Some(Table::Responses(_)));
        let weight = (weighted && responses).then(|| WEIGHT.to_owned());
        let column = self.column.clone();
        match &self.reading {
            Reading::Scores { min, width, .. } => Some(Count::Codes {
                column,
                coding: Coding::Whole {
                    min: *min,
                    width: *width,
                },
                weight,
            }),
            Reading::Hits { coding, .. } | Reading::Codes { coding } => Some(Count::Codes {
                column,
                coding: coding.clone(),
                weight,
            }),
            Reading::Real => Some(Count::Reals { column, weight }),
            Reading::OnlyOutside => None,
        }
    }

    /// The count of the people behind this leaf.
    pub fn people(&self, weighted: bool) -> Option<Count> {
        let codes = |coding: &Coding| JointPart {
            column: self.column.clone(),
            value: PartValue::Coded {
                values: (0..coding.width()).map(u32::cast_signed).collect(),
                coding: coding.clone(),
            },
        };
        let part = match &self.reading {
            Reading::Codes { coding } => Some(codes(coding)),
            _ => self.joint_part(),
        };
        part.map(|part| Count::People {
            part,
            weight: weighted.then(|| WEIGHT.to_owned()),
        })
    }

    /// This leaf as a part of a joint count.
    pub fn joint_part(&self) -> Option<JointPart> {
        let value = match &self.reading {
            Reading::Scores { min, width, worth } => PartValue::Coded {
                coding: Coding::Whole {
                    min: *min,
                    width: *width,
                },
                values: (0..*width)
                    .map(|code| worth.of(min + code.cast_signed()))
                    .collect(),
            },
            Reading::Hits { coding, hits } => PartValue::Coded {
                coding: coding.clone(),
                values: hits.iter().map(|&hit| i32::from(hit)).collect(),
            },
            Reading::Real => PartValue::Real,
            Reading::Codes { .. } | Reading::OnlyOutside => return None,
        };
        Some(JointPart {
            column: self.column.clone(),
            value,
        })
    }

    /// The statistics of one group of a tally, and how many rows were missing.
    pub fn read(&self, tally: &Tally, group: usize) -> (Statistics, u64) {
        match tally {
            Tally::Codes { width, counts } => {
                let stride = (*width + EXTRA_CODES) as usize;
                let counts = &counts[group * stride..][..stride];
                let (codes, extra) = counts.split_at(*width as usize);
                let statistics = match &self.reading {
                    Reading::Hits { hits, .. } => {
                        let hit = codes.iter().zip(hits).filter(|(_, hit)| **hit);
                        Statistics::Share {
                            hits: hit.map(|(&count, _)| count).sum::<u64>() as f64,
                            n: codes.iter().sum(),
                        }
                    }
                    Reading::Scores {
                        min,
                        worth: Worth::OneOf(scores),
                        ..
                    } => {
                        let scored = (*min..).zip(codes);
                        let hit = scored.filter(|(score, _)| scores.contains(score));
                        Statistics::Share {
                            hits: hit.map(|(_, &count)| count).sum::<u64>() as f64,
                            n: codes.iter().sum(),
                        }
                    }
                    _ => Statistics::Scores(evenkeel_stats::Histogram::from_counts(
                        self.min(),
                        codes.to_vec(),
                    )),
                };
                (statistics, extra.iter().sum())
            }
            Tally::WeightedCodes { width, bins } => {
                let stride = (*width + EXTRA_CODES) as usize;
                let bins = &bins[group * stride..][..stride];
                let (codes, extra) = bins.split_at(*width as usize);
                let mut moments = WeightedMoments::default();
                for (code, bin) in codes.iter().enumerate().filter(|(_, bin)| bin.n > 0) {
                    moments.merge(&WeightedMoments::of_equal(
                        self.worth(code),
                        bin.n,
                        bin.sum,
                        bin.squares,
                        bin.range.0,
                        bin.range.1,
                    ));
                }
                let missing = extra.iter().map(|bin| bin.n).sum();
                (Statistics::Weighted(moments), missing)
            }
            Tally::Reals { moments, missing } => {
                (Statistics::Moments(moments[group]), missing[group])
            }
            Tally::WeightedReals { moments, missing } => {
                (Statistics::Weighted(moments[group]), missing[group])
            }
            // A leaf never asks for these.
            Tally::Joint(_) | Tally::People(_) | Tally::Sketches(_) => {
                (Statistics::Share { hits: 0.0, n: 0 }, 0)
            }
        }
    }

    fn min(&self) -> i32 {
        match &self.reading {
            Reading::Scores { min, .. } => *min,
            _ => 0,
        }
    }

    /// What a code is worth in a weighted mean.
    fn worth(&self, code: usize) -> f64 {
        match &self.reading {
            Reading::Scores { min, worth, .. } => {
                f64::from(worth.of(min + (code as u32).cast_signed()))
            }
            Reading::Hits { hits, .. } => f64::from(u8::from(hits.get(code) == Some(&true))),
            Reading::Codes { .. } => code as f64,
            Reading::Real | Reading::OnlyOutside => 0.0,
        }
    }

    /// What a score from outside is worth.
    pub fn worth_of_score(&self, score: i32) -> f64 {
        match &self.reading {
            Reading::Scores { worth, .. } => f64::from(worth.of(score)),
            _ => f64::from(score),
        }
    }
}

fn only(column: &str, value: &str) -> Only {
    Only {
        column: column.to_owned(),
        values: BTreeSet::from([value.to_owned()]),
    }
}

fn unknown(kind: &'static str, id: &str) -> MeasureError {
    MeasureError::Unknown {
        kind,
        id: id.to_owned(),
        known: Vec::new(),
    }
}

/// How an indicator counts an item; `None` when it cannot.
fn reading(indicator: &Indicator, item: &Item) -> Option<Reading> {
    let scores = |worth: Worth| match item.scale {
        Scale::Rating { min, max } => {
            let width = u32::try_from(i64::from(max) - i64::from(min) + 1).ok()?;
            (width <= SCORES_MAX).then_some(Reading::Scores { min, width, worth })
        }
        _ => None,
    };
    match (&indicator.kind, &item.scale) {
        (IndicatorKind::Nps { .. }, _) => scores(Worth::Promotion),
        (IndicatorKind::Mean { .. }, Scale::Number { .. }) => Some(Reading::Real),
        (IndicatorKind::Mean { .. }, Scale::Rating { .. }) => {
            scores(Worth::Itself).or(Some(Reading::Real))
        }
        (IndicatorKind::TopBox { from, .. }, Scale::Rating { .. }) => scores(Worth::From(*from)),
        (IndicatorKind::TopBox { from, .. }, Scale::Number { .. }) => Some(Reading::Hits {
            coding: Coding::Judged {
                limits: vec![(
                    i32::MIN,
                    Judge(Limits {
                        lower: Some(Limit {
                            value: f64::from(*from),
                            inclusive: true,
                        }),
                        upper: None,
                    }),
                )],
            },
            hits: vec![false, true],
        }),
        (IndicatorKind::Share { values, .. }, Scale::Rating { .. }) => {
            let wanted: Option<BTreeSet<i32>> = values.iter().map(|v| v.parse().ok()).collect();
            scores(Worth::OneOf(wanted?))
        }
        (IndicatorKind::Share { values, .. }, Scale::Boolean) => Some(Reading::Hits {
            coding: Coding::Truth,
            hits: ["false", "true"]
                .map(|word| values.iter().any(|value| value == word))
                .to_vec(),
        }),
        (IndicatorKind::Share { values, .. }, scale) => {
            let several = match scale {
                Scale::Choice { .. } | Scale::Text => false,
                Scale::Choices { .. } => true,
                _ => return None,
            };
            Some(Reading::Hits {
                coding: Coding::AnyOf {
                    values: values.iter().cloned().collect(),
                    several,
                },
                hits: vec![false, true],
            })
        }
        _ => None,
    }
}

fn allowed(kind: &IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::Nps { .. } => "a rating from 0 to 10",
        IndicatorKind::TopBox { .. } | IndicatorKind::Mean { .. } => "a rating, a number",
        IndicatorKind::Share { .. } => {
            "a rating (values are whole numbers), one choice, several choices, yes or no, a short text"
        }
        _ => "none",
    }
}
