//! What a scan has to count for a leaf, and what its counts mean.

use evenkeel_facts::Table;
use evenkeel_stats::{Statistics, WeightedMoments};

use super::{Leaf, Reading, Worth};
use crate::tally::{Coding, Count, EXTRA_CODES, JointPart, PartValue, Tally};

/// Column of weights.
pub const WEIGHT: &str = "base_weight";

impl Leaf {
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
