//! What a scan counts: the plan of one question over one table, free of any file.
//!
//! Invariant: a plan is a value. Two equal plans over one immutable file give the same partial
//! result, so `Debug` of the plan and the file's name are the key under which it is cached. Units,
//! days and answers are values in it; nothing is pasted into SQL.
//! Absent on purpose: the tree (units roll up after counting) and estimates (`compare`).

use std::collections::BTreeSet;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use evenkeel_foundation::requirement::Limits;

use crate::calendar::Calendar;

/// The column with the day on which a row counts.
pub const DAY: &str = "local_date";
/// The column that says whose row it is.
pub const RESPONDENT: &str = "respondent_key";
/// Text columns that a plan may group by.
pub const TEXTS_MAX: usize = 5;
/// Scores that a histogram may have; wider scales are counted as real values.
pub const SCORES_MAX: u32 = 1_024;

/// Everything that a scan counts.
#[derive(Debug, Clone, PartialEq)]
pub struct TallyPlan {
    /// Buckets of `local_date`; `None` when the day does not matter.
    pub calendar: Option<Calendar>,
    /// Text columns to group by.
    pub by: Vec<String>,
    /// Which rows count.
    pub only: Vec<Only>,
    /// What is counted in each group.
    pub counts: Vec<Count>,
}

/// Rows count where `column` is one of `values`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    /// A text column.
    pub column: String,
    /// Its values that count.
    pub values: BTreeSet<String>,
}

/// One thing that is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Count {
    /// How often each code occurs: a histogram.
    Codes {
        /// The column.
        column: String,
        /// How its values become codes.
        coding: Coding,
        /// A column of weights, for Σw and Σw² beside n.
        weight: Option<String>,
    },
    /// n, mean and M2 of real values.
    Reals {
        /// A Float64 column.
        column: String,
        /// A column of weights.
        weight: Option<String>,
    },
    /// Means and co-moments of several columns over the rows that have all of them.
    Joint {
        /// The columns.
        parts: Vec<JointPart>,
    },
    /// Who answered how often, and the sum of their values.
    People {
        /// The column.
        part: JointPart,
        /// A column of weights.
        weight: Option<String>,
    },
    /// A sketch for quantiles.
    Sketch {
        /// A Float64 column.
        column: String,
    },
}

/// How the values of a column become codes `0..width`.
#[derive(Debug, Clone, PartialEq)]
pub enum Coding {
    /// Whole numbers: code 0 is `min`.
    Whole {
        /// Lowest score.
        min: i32,
        /// Number of scores.
        width: u32,
    },
    /// One of these words: its place is its code.
    Words {
        /// The words.
        values: Vec<String>,
    },
    /// 1 where the answer is one of these words (or, for a JSON array, holds one of them).
    AnyOf {
        /// The words.
        values: BTreeSet<String>,
        /// Whether the text is a JSON array of words.
        several: bool,
    },
    /// No is 0, yes is 1.
    Truth,
    /// 1 where a number lies within the limits in force on its day.
    Judged {
        /// Limits by the first day on which they hold, ascending; before the first, the first.
        limits: Vec<(i32, Judge)>,
    },
}

/// Limits of a number, comparable so that plans are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judge(pub Limits);

/// One column of a joint count.
#[derive(Debug, Clone, PartialEq)]
pub struct JointPart {
    /// The column.
    pub column: String,
    /// How a value becomes a number.
    pub value: PartValue,
}

/// The number that stands for an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum PartValue {
    /// A Float64 column as it is.
    Real,
    /// Codes, and the whole number that each stands for.
    Coded {
        /// How values become codes.
        coding: Coding,
        /// The number of each code.
        values: Vec<i32>,
    },
}

impl JointPart {
    fn needs_day(&self) -> bool {
        matches!(&self.value, PartValue::Coded { coding, .. } if coding.needs_day())
    }

    /// The type to read the column in; `None` as it is stored.
    fn column_type(&self, stored: &DataType) -> Option<DataType> {
        match &self.value {
            PartValue::Real => None,
            PartValue::Coded { coding, .. } => Some(coding.column_type(stored)),
        }
    }
}

impl Coding {
    /// Number of codes.
    pub fn width(&self) -> u32 {
        match self {
            Self::Whole { width, .. } => *width,
            Self::Words { values } => values.len() as u32,
            Self::AnyOf { .. } | Self::Truth | Self::Judged { .. } => 2,
        }
    }

    /// Whether the column is read as words of a dictionary.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Words { .. } | Self::AnyOf { .. })
    }

    fn needs_day(&self) -> bool {
        matches!(self, Self::Judged { limits } if limits.len() > 1)
    }

    fn column_type(&self, stored: &DataType) -> DataType {
        match self {
            Self::Words { .. } | Self::AnyOf { .. } => dictionary(),
            Self::Whole { .. } | Self::Truth | Self::Judged { .. } => stored.clone(),
        }
    }
}

/// Strings are read as numbers into a dictionary, never one by one.
pub fn dictionary() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

impl TallyPlan {
    /// The columns to read, with the types to read them in; columns that the table does not have
    /// are left out and count as missing.
    pub fn columns(&self, table: &Schema) -> SchemaRef {
        let mut wanted: Vec<(&str, Option<DataType>)> = Vec::new();
        let judged = self.counts.iter().any(Count::needs_day);
        if self.calendar.is_some() || judged {
            wanted.push((DAY, None));
        }
        for column in self.by.iter().chain(self.only.iter().map(|o| &o.column)) {
            wanted.push((column, Some(dictionary())));
        }
        for count in &self.counts {
            count.columns(table, &mut wanted);
        }
        let mut fields: Vec<Field> = Vec::new();
        for (name, kind) in wanted {
            let known = fields.iter().any(|field| field.name() == name);
            if let (false, Ok(stored)) = (known, table.field_with_name(name)) {
                let kind = kind.unwrap_or_else(|| stored.data_type().clone());
                fields.push(Field::new(name, kind, true));
            }
        }
        std::sync::Arc::new(Schema::new(fields))
    }
}

impl Count {
    fn needs_day(&self) -> bool {
        match self {
            Self::Codes { coding, .. } => coding.needs_day(),
            Self::Joint { parts } => parts.iter().any(JointPart::needs_day),
            Self::People { part, .. } => part.needs_day(),
            Self::Reals { .. } | Self::Sketch { .. } => false,
        }
    }

    fn columns<'a>(&'a self, table: &Schema, wanted: &mut Vec<(&'a str, Option<DataType>)>) {
        let stored = |name: &str| {
            let field = table.field_with_name(name);
            field.map_or(DataType::Null, |f| f.data_type().clone())
        };
        match self {
            Self::Codes {
                column,
                coding,
                weight,
            } => {
                wanted.push((column, Some(coding.column_type(&stored(column)))));
                wanted.extend(weight.iter().map(|w| (w.as_str(), None)));
            }
            Self::Reals { column, weight } => {
                wanted.push((column, None));
                wanted.extend(weight.iter().map(|w| (w.as_str(), None)));
            }
            Self::Joint { parts } => {
                for part in parts {
                    wanted.push((&part.column, part.column_type(&stored(&part.column))));
                }
            }
            Self::People { part, weight } => {
                wanted.push((RESPONDENT, Some(dictionary())));
                wanted.push((&part.column, part.column_type(&stored(&part.column))));
                wanted.extend(weight.iter().map(|w| (w.as_str(), None)));
            }
            Self::Sketch { column } => wanted.push((column, None)),
        }
    }
}
