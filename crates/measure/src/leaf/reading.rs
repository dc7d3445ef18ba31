//! How the answers to an item are read: as scores, as hits, as real values.

use std::collections::BTreeSet;

use evenkeel_foundation::requirement::{Limit, Limits};
use evenkeel_foundation::{Indicator, IndicatorKind, Item, Scale};

use crate::tally::{Coding, Judge, SCORES_MAX};

/// Lowest score of a promoter, highest of a detractor.
const PROMOTER_FROM: i32 = 9;
const DETRACTOR_TO: i32 = 6;

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

/// How an indicator counts an item; `None` when it cannot.
pub fn reading(indicator: &Indicator, item: &Item) -> Option<Reading> {
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

/// The scales that a kind of indicator can count.
pub fn allowed(kind: &IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::Nps { .. } => "a rating from 0 to 10",
        IndicatorKind::TopBox { .. } | IndicatorKind::Mean { .. } => "a rating, a number",
        IndicatorKind::Share { .. } => {
            "a rating (values are whole numbers), one choice, several choices, yes or no, a short text"
        }
        _ => "none",
    }
}
