//! The counters of all groups: what a partial result is made of.
//!
//! Invariant: every tally merges; whole numbers exactly, real ones by Chan, Golub and `LeVeque`
//! (never from raw sums of squares).
//! Absent on purpose: rows (see [`super::counter`]) and the meaning of a code (see
//! [`super::plan`]).

use evenkeel_stats::{Moments, WeightedMoments};

use super::codes::EXTRA_CODES;
use super::crowd::Crowd;
use super::joint::JointTally;
use super::plan::Count;
use super::weighted_bin::WeightedBin;
use crate::sketch::Sketch;

/// One kind of counter, for all groups.
#[derive(Debug, Clone)]
pub enum Tally {
    /// Counts by code, `width + 2` of them a group (then missing, then outside the scale).
    Codes {
        /// Codes of the scale.
        width: u32,
        /// Counts, group by group.
        counts: Vec<u64>,
    },
    /// The same with weights.
    WeightedCodes {
        /// Codes of the scale.
        width: u32,
        /// Weights, group by group.
        bins: Vec<WeightedBin>,
    },
    /// Moments of real values, and how many were missing.
    Reals {
        /// By group.
        moments: Vec<Moments>,
        /// By group.
        missing: Vec<u64>,
    },
    /// The same with weights.
    WeightedReals {
        /// By group.
        moments: Vec<WeightedMoments>,
        /// By group.
        missing: Vec<u64>,
    },
    /// Several columns at once.
    Joint(JointTally),
    /// The people of each group.
    People(Vec<Crowd>),
    /// Sketches by group.
    Sketches(Vec<Sketch>),
}

impl Tally {
    /// Without groups.
    pub fn empty(count: &Count) -> Self {
        match count {
            Count::Codes {
                coding,
                weight: None,
                ..
            } => Self::Codes {
                width: coding.width(),
                counts: Vec::new(),
            },
            Count::Codes { coding, .. } => Self::WeightedCodes {
                width: coding.width(),
                bins: Vec::new(),
            },
            Count::Reals { weight: None, .. } => Self::Reals {
                moments: Vec::new(),
                missing: Vec::new(),
            },
            Count::Reals { .. } => Self::WeightedReals {
                moments: Vec::new(),
                missing: Vec::new(),
            },
            Count::Joint { parts } => Self::Joint(JointTally::new(parts)),
            Count::People { .. } => Self::People(Vec::new()),
            Count::Sketch { .. } => Self::Sketches(Vec::new()),
        }
    }

    /// Makes room for `groups` groups.
    pub fn grow(&mut self, groups: usize) {
        match self {
            Self::Codes { width, counts } => {
                counts.resize(groups * (*width + EXTRA_CODES) as usize, 0);
            }
            Self::WeightedCodes { width, bins } => bins.resize(
                groups * (*width + EXTRA_CODES) as usize,
                WeightedBin::default(),
            ),
            Self::Reals { moments, missing } => {
                moments.resize(groups, Moments::default());
                missing.resize(groups, 0);
            }
            Self::WeightedReals { moments, missing } => {
                moments.resize(groups, WeightedMoments::default());
                missing.resize(groups, 0);
            }
            Self::Joint(tally) => tally.grow(groups),
            Self::People(crowds) => crowds.resize_with(groups, Crowd::default),
            Self::Sketches(sketches) => sketches.resize_with(groups, Sketch::default),
        }
    }

    /// Adds each group of `other` to the group `into` names; both were made from one `Count`.
    pub fn merge(&mut self, other: &Self, into: &[u32]) {
        match (self, other) {
            (Self::Codes { width, counts }, Self::Codes { counts: from, .. }) => {
                let stride = (*width + EXTRA_CODES) as usize;
                for (from, &group) in from.chunks_exact(stride).zip(into) {
                    let to = &mut counts[group as usize * stride..][..stride];
                    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
                }
            }
            (Self::WeightedCodes { width, bins }, Self::WeightedCodes { bins: from, .. }) => {
                let stride = (*width + EXTRA_CODES) as usize;
                for (from, &group) in from.chunks_exact(stride).zip(into) {
                    let to = &mut bins[group as usize * stride..][..stride];
                    to.iter_mut()
                        .zip(from)
                        .for_each(|(to, from)| to.merge(from));
                }
            }
            (
                Self::Reals { moments, missing },
                Self::Reals {
                    moments: from,
                    missing: blank,
                },
            ) => {
                for ((from, blank), &group) in from.iter().zip(blank).zip(into) {
                    moments[group as usize].merge(from);
                    missing[group as usize] += blank;
                }
            }
            (
                Self::WeightedReals { moments, missing },
                Self::WeightedReals {
                    moments: from,
                    missing: blank,
                },
            ) => {
                for ((from, blank), &group) in from.iter().zip(blank).zip(into) {
                    moments[group as usize].merge(from);
                    missing[group as usize] += blank;
                }
            }
            (Self::Joint(tally), Self::Joint(from)) => tally.merge(from, into),
            (Self::People(crowds), Self::People(from)) => {
                for (from, &group) in from.iter().zip(into) {
                    crowds[group as usize].merge(from);
                }
            }
            (Self::Sketches(sketches), Self::Sketches(from)) => {
                for (from, &group) in from.iter().zip(into) {
                    sketches[group as usize].merge(from);
                }
            }
            // One `Count` makes one kind of tally.
            _ => {}
        }
    }

    /// Bytes of memory, about.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Codes { counts, .. } => size_of_val(counts.as_slice()),
            Self::WeightedCodes { bins, .. } => size_of_val(bins.as_slice()),
            Self::Reals { moments, missing } => {
                size_of_val(moments.as_slice()) + size_of_val(missing.as_slice())
            }
            Self::WeightedReals { moments, missing } => {
                size_of_val(moments.as_slice()) + size_of_val(missing.as_slice())
            }
            Self::Joint(tally) => tally.bytes(),
            Self::People(crowds) => crowds.iter().map(Crowd::bytes).sum(),
            Self::Sketches(sketches) => sketches.iter().map(Sketch::bytes).sum(),
        }
    }
}
