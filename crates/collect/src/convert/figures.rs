//! The numbers of one aggregate, read and checked, and the rows that they become.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Builder, Float64Builder, Int32Builder, Int64Builder, RecordBatch, StringBuilder,
};
use arrow::datatypes::Schema;
use evenkeel_foundation::Period;

use super::moment::days;
use super::table::{self, Columns};

/// The numbers of one subject, unit and period.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Figures {
    /// Mean, n and standard deviation.
    Mean { mean: f64, n: i64, sd: Option<f64> },
    /// How many gave each answer; from shares these need not be whole.
    Answers {
        counts: Vec<f64>,
        n: i64,
        from_shares: bool,
    },
    /// How often a standard was kept.
    Kept { kept: f64, deviated: f64 },
    /// Numerator and denominator.
    Rate { numerator: f64, denominator: f64 },
    /// A number without n.
    Value { value: f64, weight: Option<f64> },
}

impl Figures {
    /// Adds the numbers of another row; only counts are ever added.
    pub(crate) fn add(&mut self, other: &Self) {
        match (self, other) {
            (
                Self::Answers { counts, n, .. },
                Self::Answers {
                    counts: more,
                    n: further,
                    ..
                },
            ) => {
                counts
                    .iter_mut()
                    .zip(more)
                    .for_each(|(count, more)| *count += more);
                *n += further;
            }
            (
                Self::Kept { kept, deviated },
                Self::Kept {
                    kept: more,
                    deviated: further,
                },
            ) => {
                *kept += more;
                *deviated += further;
            }
            (
                Self::Rate {
                    numerator,
                    denominator,
                },
                Self::Rate {
                    numerator: more,
                    denominator: further,
                },
            ) => {
                *numerator += more;
                *denominator += further;
            }
            // The mapping's `combine` was refused for every other form.
            _ => {}
        }
    }

    fn form(&self) -> &'static str {
        match self {
            Self::Mean { .. } => "mean",
            Self::Answers {
                from_shares: true, ..
            } => "shares",
            Self::Answers { .. } | Self::Kept { .. } => "counts",
            Self::Rate { .. } => "rate",
            Self::Value { .. } => "value",
        }
    }
}

/// What numbers are about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct About {
    pub subject_kind: &'static str,
    pub instrument: Option<String>,
    pub subject: String,
    pub party: Option<String>,
    pub unit: String,
    pub period: Period,
    pub attribute: Option<String>,
    pub attribute_value: Option<String>,
}

/// An answer as the table names it: its number on the scale, or its text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AnswerName {
    pub answer: Option<i32>,
    pub label: Option<String>,
}

/// Rows of the table under construction.
#[derive(Debug, Default)]
pub(crate) struct FigureRows {
    texts: [StringBuilder; 10],
    days: [Date32Builder; 2],
    answer: Int32Builder,
    n: Int64Builder,
    numbers: [Float64Builder; 7],
    count: usize,
}

const TEXTS: [&str; 10] = [
    "subject_kind",
    "instrument",
    "subject",
    "party",
    "unit",
    "granularity",
    "attribute",
    "attribute_value",
    "form",
    "label",
];
const NUMBERS: [&str; 7] = [
    "count",
    "mean",
    "sd",
    "numerator",
    "denominator",
    "value",
    "weight",
];

/// The numbers of one row; what it has not stays empty.
#[derive(Default)]
struct Numbers {
    count: Option<f64>,
    n: Option<i64>,
    mean: Option<f64>,
    sd: Option<f64>,
    numerator: Option<f64>,
    denominator: Option<f64>,
    value: Option<f64>,
    weight: Option<f64>,
}

impl FigureRows {
    /// Adds the rows of one subject, unit and period.
    pub(crate) fn add(&mut self, about: &About, figures: &Figures, answers: &[AnswerName]) {
        match figures {
            Figures::Mean { mean, n, sd } => {
                let numbers = Numbers {
                    mean: Some(*mean),
                    n: Some(*n),
                    sd: *sd,
                    ..Numbers::default()
                };
                self.row(about, figures, None, &numbers);
            }
            Figures::Answers { counts, n, .. } => {
                for (name, count) in answers.iter().zip(counts) {
                    let numbers = Numbers {
                        count: Some(*count),
                        n: Some(*n),
                        ..Numbers::default()
                    };
                    self.row(about, figures, Some(name), &numbers);
                }
            }
            Figures::Kept { kept, deviated } => {
                for (answer, count) in [(1, kept), (0, deviated)] {
                    let name = AnswerName {
                        answer: Some(answer),
                        label: None,
                    };
                    let n = Some((kept + deviated) as i64);
                    let numbers = Numbers {
                        count: Some(*count),
                        n,
                        ..Numbers::default()
                    };
                    self.row(about, figures, Some(&name), &numbers);
                }
            }
            Figures::Rate {
                numerator,
                denominator,
            } => {
                let numbers = Numbers {
                    numerator: Some(*numerator),
                    denominator: Some(*denominator),
                    ..Numbers::default()
                };
                self.row(about, figures, None, &numbers);
            }
            Figures::Value { value, weight } => {
                let numbers = Numbers {
                    value: Some(*value),
                    weight: *weight,
                    ..Numbers::default()
                };
                self.row(about, figures, None, &numbers);
            }
        }
    }

    fn row(
        &mut self,
        about: &About,
        figures: &Figures,
        name: Option<&AnswerName>,
        numbers: &Numbers,
    ) {
        let texts = [
            Some(about.subject_kind),
            about.instrument.as_deref(),
            Some(about.subject.as_str()),
            about.party.as_deref(),
            Some(about.unit.as_str()),
            Some(about.period.granularity().as_str()),
            about.attribute.as_deref(),
            about.attribute_value.as_deref(),
            Some(figures.form()),
            name.and_then(|name| name.label.as_deref()),
        ];
        for (builder, text) in self.texts.iter_mut().zip(texts) {
            builder.append_option(text);
        }
        self.days[0].append_value(days(about.period.start()));
        self.days[1].append_value(days(about.period.end()));
        self.answer.append_option(name.and_then(|name| name.answer));
        self.n.append_option(numbers.n);
        let numbers = [
            numbers.count,
            numbers.mean,
            numbers.sd,
            numbers.numerator,
            numbers.denominator,
            numbers.value,
            numbers.weight,
        ];
        for (builder, number) in self.numbers.iter_mut().zip(numbers) {
            builder.append_option(number);
        }
        self.count += 1;
    }

    /// The rows so far as a batch.
    pub(crate) fn finish(
        mut self,
        schema: &Schema,
        import_id: &str,
        received_at: i64,
    ) -> Result<RecordBatch, arrow::error::ArrowError> {
        let count = self.count;
        let mut columns = Columns::default();
        columns.add("import_id", super::words::constant(import_id, count));
        columns.add("received_at", table::instant(received_at, count));
        for (name, builder) in TEXTS.iter().zip(&mut self.texts) {
            columns.add(name, Arc::new(builder.finish()) as ArrayRef);
        }
        columns.add("period_start", Arc::new(self.days[0].finish()));
        columns.add("period_end", Arc::new(self.days[1].finish()));
        columns.add("answer", Arc::new(self.answer.finish()));
        columns.add("n", Arc::new(self.n.finish()));
        for (name, builder) in NUMBERS.iter().zip(&mut self.numbers) {
            columns.add(name, Arc::new(builder.finish()) as ArrayRef);
        }
        columns.filtered(schema, &vec![true; count])
    }
}
