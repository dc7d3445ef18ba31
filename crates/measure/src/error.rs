//! What can go wrong with a question, in words for the person who asked it.
//!
//! Absent on purpose: "no answers". An empty table gives an empty answer, never an error.

use datafusion::error::DataFusionError;
use evenkeel_facts::FactsError;

/// Error of this room.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// The foundation does not have what the question names.
    #[error("there is no {kind} {id}{}", among(.known))]
    Unknown {
        /// "indicator", "covariate", "unit" …
        kind: &'static str,
        /// As asked for.
        id: String,
        /// What there is, if that is a short list.
        known: Vec<String>,
    },
    /// An indicator cannot be counted over its item.
    #[error("{subject}: a {kind} cannot be counted over {item}, {scale}; allowed: {allowed}")]
    WrongScale {
        /// Indicator or question.
        subject: String,
        /// `nps`, `top_box` …
        kind: &'static str,
        /// The item.
        item: String,
        /// Its scale in words.
        scale: String,
        /// Scales that it can be counted over.
        allowed: &'static str,
    },
    /// A standard that is not judged by one number.
    #[error(
        "indicator {indicator}: standard {standard} is a {kind}, which one number cannot judge; \
         allowed for within_target: duration, range"
    )]
    NoLimits {
        /// Indicator.
        indicator: String,
        /// Standard.
        standard: String,
        /// Kind of its requirement.
        kind: &'static str,
    },
    /// A composite that contains itself, or composites, too deep.
    #[error("composite {indicator} contains itself or is nested more than {allowed} deep")]
    Nested {
        /// Indicator.
        indicator: String,
        /// Depth allowed.
        allowed: usize,
    },
    /// The same part of the key twice, or too many parts.
    #[error("{found} asked for; allowed: {allowed}")]
    WrongQuestion {
        /// What was found.
        found: String,
        /// What is allowed.
        allowed: String,
    },
    /// The table lacks a column that every file must have.
    #[error("column {column} is missing in the files")]
    NoColumn {
        /// Column.
        column: String,
    },
    /// A column has another type than its item says.
    #[error("column {column} holds {found}, which its scale does not allow")]
    WrongType {
        /// Column.
        column: String,
        /// Type found.
        found: String,
    },
    /// A column has too many different values to be grouped by.
    #[error("column {column} has more than {allowed} different values; it cannot be grouped by")]
    TooManyValues {
        /// Column.
        column: String,
        /// Values allowed.
        allowed: usize,
    },
    /// An answer with too many cells.
    #[error("the answer has more than {allowed} cells; ask for longer periods or a higher level")]
    TooManyGroups {
        /// Cells allowed.
        allowed: usize,
    },
    /// The tables could not be looked up.
    #[error(transparent)]
    Facts(#[from] FactsError),
    /// A file could not be read.
    #[error("read {what}")]
    Read {
        /// Table or file.
        what: String,
        /// What DataFusion said.
        #[source]
        source: Box<DataFusionError>,
    },
    /// The threads that count could not be started.
    #[error("start the counting threads")]
    Threads(#[source] std::io::Error),
    /// A counting task is gone without saying why (it panicked).
    #[error("counting stopped unexpectedly")]
    TaskLost,
}

impl MeasureError {
    pub(crate) fn read<E: Into<DataFusionError>>(
        what: impl Into<String>,
    ) -> impl FnOnce(E) -> Self {
        let what = what.into();
        move |source| Self::Read {
            what,
            source: Box::new(source.into()),
        }
    }
}

fn among(known: &[String]) -> String {
    if known.is_empty() {
        String::new()
    } else {
        format!("; there are: {}", known.join(", "))
    }
}
