//! Items and their scales.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::ItemId;
use crate::text::Text;

/// What an answer may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Scale {
    /// A whole number from `min` to `max`.
    Rating {
        /// The lowest answer.
        min: i32,
        /// The highest answer.
        max: i32,
    },
    /// One of `values`.
    Choice {
        /// The answers as stored.
        values: Vec<String>,
    },
    /// Any of `values`.
    Choices {
        /// The answers as stored.
        values: Vec<String>,
    },
    /// Yes or no.
    Boolean,
    /// A number.
    Number {
        /// The smallest answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// The largest answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
    },
    /// A short text, a date or the like.
    Text,
    /// A long text; stored apart from the other answers.
    Comment,
    /// `values` put in an order.
    Ranking {
        /// The answers as stored.
        values: Vec<String>,
    },
}

impl Scale {
    /// The word in files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Rating { .. } => "rating",
            Self::Choice { .. } => "choice",
            Self::Choices { .. } => "choices",
            Self::Boolean => "boolean",
            Self::Number { .. } => "number",
            Self::Text => "text",
            Self::Comment => "comment",
            Self::Ranking { .. } => "ranking",
        }
    }

    /// Whether answers on the scale `before` still mean the same on this one, so that an item may
    /// go on: the same scale, or one that only offers more choices or other bounds of a number.
    pub fn can_follow(&self, before: &Self) -> bool {
        match (before, self) {
            (Self::Choice { values: old }, Self::Choice { values: new })
            | (Self::Choices { values: old }, Self::Choices { values: new }) => {
                old.iter().all(|value| new.contains(value))
            }
            (Self::Number { .. }, Self::Number { .. }) => true,
            (before, now) => before == now,
        }
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rating { min, max } => write!(f, "a rating from {min} to {max}"),
            Self::Choice { values } => write!(f, "one of {}", values.join(", ")),
            Self::Choices { values } => write!(f, "any of {}", values.join(", ")),
            Self::Boolean => f.write_str("yes or no"),
            Self::Number { min, max } => {
                f.write_str("a number")?;
                if let Some(min) = min {
                    write!(f, " from {min}")?;
                }
                max.map_or(Ok(()), |max| write!(f, " to {max}"))
            }
            Self::Text => f.write_str("a short text"),
            Self::Comment => f.write_str("a long text"),
            Self::Ranking { values } => write!(f, "an order of {}", values.join(", ")),
        }
    }
}

/// One question; for a matrix one row of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its id: the question's name, for a matrix `NAME_ROW`.
    pub id: ItemId,
    /// What it asks.
    pub title: Text,
    /// What an answer may be.
    pub scale: Scale,
    /// What it measures: `nps`, `csat`, `ces`, `enps`, `happiness`, `mirror:ID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<String>,
}
