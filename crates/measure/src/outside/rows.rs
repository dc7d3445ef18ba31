//! The rows of `aggregates` about one subject, those that were replaced left out.

use std::collections::HashMap;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{
    ArrowPrimitiveType, Date32Type, Field, Float64Type, Int32Type, Int64Type, Schema, SchemaRef,
    TimestampMicrosecondType,
};

use crate::error::MeasureError;
use crate::leaf::Outside;
use crate::scan::{Engine, Source};
use crate::tally::dictionary;

/// All rows of one figure: the answers of one item in one unit and period, or one number.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Of which subject, unit, days and segment.
    pub of: FigureKey,
    /// `counts`, `shares`, `mean`, `rate`, `value`.
    pub form: String,
    /// The rows, one an answer for `counts` and `shares`, else one.
    pub rows: Vec<Row>,
}

/// What a figure is about; later figures about the same replace earlier ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureKey {
    /// The unit.
    pub unit: String,
    /// First day, since 1970.
    pub start: i32,
    /// Last day.
    pub end: i32,
    /// Attribute by which it is told apart, and its value.
    pub segment: Option<(String, String)>,
    /// The party, if said.
    pub party: Option<String>,
    /// Item, standard, figure or covariate.
    pub subject: String,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Score that was answered, or 1 and 0 for kept and deviated.
    pub answer: Option<i32>,
    /// Word that was answered.
    pub label: Option<String>,
    /// Answers; for shares share × n.
    pub count: Option<f64>,
    /// All answers.
    pub n: Option<u64>,
    /// Mean.
    pub mean: Option<f64>,
    /// Standard deviation, n − 1.
    pub sd: Option<f64>,
    /// Of a rate.
    pub numerator: Option<f64>,
    /// Of a rate.
    pub denominator: Option<f64>,
    /// A number without n.
    pub value: Option<f64>,
    /// Its weight.
    pub weight: Option<f64>,
}

const TEXTS: [&str; 9] = [
    "subject_kind",
    "instrument",
    "subject",
    "party",
    "unit",
    "attribute",
    "attribute_value",
    "form",
    "label",
];
const OTHERS: [&str; 12] = [
    "received_at",
    "period_start",
    "period_end",
    "answer",
    "count",
    "n",
    "mean",
    "sd",
    "numerator",
    "denominator",
    "value",
    "weight",
];

fn columns(table: &Schema) -> SchemaRef {
    let texts = TEXTS
        .iter()
        .map(|name| Field::new(*name, dictionary(), true));
    let others = OTHERS.iter().filter_map(|name| {
        let stored = table.field_with_name(name).ok()?;
        Some(Field::new(*name, stored.data_type().clone(), true))
    });
    std::sync::Arc::new(Schema::new(texts.chain(others).collect::<Vec<_>>()))
}

/// One row and when it came.
#[derive(Debug)]
struct Dated {
    key: FigureKey,
    form: String,
    received_at: i64,
    row: Row,
}

/// The figures in force about the subjects of `outside`.
pub async fn figures(
    engine: &Engine,
    source: &Source,
    outside: &Outside,
) -> Result<Vec<Figure>, MeasureError> {
    let columns = columns(&source.snapshot.schema);
    let wanted = outside.clone();
    let take = move |rows: &mut Vec<Dated>, batch: &RecordBatch| collect(&wanted, batch, rows);
    let of_files = engine
        .read(&source.snapshot.files, &columns, take, |_| ())
        .await?;
    Ok(in_force(of_files.into_iter().flatten().collect()))
}

/// The words of a text column: dictionary index by row, and whether each word is wanted.
struct Words<'a> {
    keys: &'a arrow::array::PrimitiveArray<Int32Type>,
    values: &'a arrow::array::StringArray,
}

impl<'a> Words<'a> {
    fn of(batch: &'a RecordBatch, column: &str) -> Option<Self> {
        let words = batch
            .column_by_name(column)?
            .as_dictionary_opt::<Int32Type>()?;
        Some(Self {
            keys: words.keys(),
            values: words.values().as_string(),
        })
    }

    fn get(&self, row: usize) -> Option<&'a str> {
        let key = self.keys.is_valid(row).then(|| self.keys.value(row))?;
        Some(self.values.value(key as usize))
    }
}

fn number<T: ArrowPrimitiveType>(
    batch: &RecordBatch,
    column: &str,
    row: usize,
) -> Option<T::Native> {
    let values = batch.column_by_name(column)?.as_primitive_opt::<T>()?;
    values.is_valid(row).then(|| values.value(row))
}

fn collect(wanted: &Outside, batch: &RecordBatch, rows: &mut Vec<Dated>) {
    let words = |column: &str| Words::of(batch, column);
    let (Some(kind), Some(subject), Some(unit), Some(form)) = (
        words("subject_kind"),
        words("subject"),
        words("unit"),
        words("form"),
    ) else {
        return;
    };
    let (instrument, party) = (words("instrument"), words("party"));
    let (attribute, value, label) = (words("attribute"), words("attribute_value"), words("label"));
    let text = |words: &Option<Words<'_>>, row: usize| {
        let word = words.as_ref().and_then(|words| words.get(row));
        word.map(str::to_owned)
    };
    for row in 0..batch.num_rows() {
        let about = subject.get(row).filter(|s| wanted.subjects.contains(*s));
        let (Some(about), Some(kind), Some(unit)) = (about, kind.get(row), unit.get(row)) else {
            continue;
        };
        let other_instrument = wanted.instrument.is_some()
            && instrument.as_ref().and_then(|i| i.get(row)) != wanted.instrument.as_deref();
        let of_party = text(&party, row);
        let other_party = of_party.is_some() && wanted.party.is_some() && of_party != wanted.party;
        if kind != wanted.subject_kind || other_instrument || other_party {
            continue;
        }
        let (Some(start), Some(end)) = (
            number::<Date32Type>(batch, "period_start", row),
            number::<Date32Type>(batch, "period_end", row),
        ) else {
            continue;
        };
        let real =
            |column: &str| number::<Float64Type>(batch, column, row).filter(|v| v.is_finite());
        rows.push(Dated {
            key: FigureKey {
                unit: unit.to_owned(),
                start,
                end,
                segment: text(&attribute, row)
                    .map(|name| (name, text(&value, row).unwrap_or_default())),
                party: of_party,
                subject: about.to_owned(),
            },
            form: form.get(row).unwrap_or_default().to_owned(),
            received_at: number::<TimestampMicrosecondType>(batch, "received_at", row)
                .unwrap_or(i64::MIN),
            row: Row {
                answer: number::<Int32Type>(batch, "answer", row),
                label: text(&label, row),
                count: real("count"),
                n: number::<Int64Type>(batch, "n", row).and_then(|n| u64::try_from(n).ok()),
                mean: real("mean"),
                sd: real("sd"),
                numerator: real("numerator"),
                denominator: real("denominator"),
                value: real("value"),
                weight: real("weight"),
            },
        });
    }
}

/// Of rows about the same the latest received count; rows of one time and form belong together.
fn in_force(mut dated: Vec<Dated>) -> Vec<Figure> {
    // Stable: of rows received at the same time the later stored one counts.
    dated.sort_by_key(|row| row.received_at);
    let mut figures: HashMap<FigureKey, Figure> = HashMap::new();
    for Dated { key, form, row, .. } in dated {
        let figure = figures.entry(key.clone()).or_insert_with(|| Figure {
            of: key,
            form: form.clone(),
            rows: Vec::new(),
        });
        if figure.form != form {
            figure.form = form;
            figure.rows.clear();
        }
        let same = |other: &Row| other.answer == row.answer && other.label == row.label;
        match figure.rows.iter().position(same) {
            Some(place) => figure.rows[place] = row,
            None => figure.rows.push(row),
        }
    }
    let mut figures: Vec<Figure> = figures.into_values().collect();
    figures.sort_by(|a, b| a.of.cmp(&b.of));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(received_at: i64, form: &str, answer: i32, count: f64) -> Dated {
        Dated {
            key: FigureKey {
                unit: "a".to_owned(),
                start: 0,
                end: 30,
                segment: None,
                party: None,
                subject: "safety".to_owned(),
            },
            form: form.to_owned(),
            received_at,
            row: Row {
                answer: Some(answer),
                count: Some(count),
                ..Row::default()
            },
        }
    }

    #[test]
    fn the_latest_received_row_of_an_answer_counts() {
        let rows = vec![
            dated(2, "counts", 5, 7.0),
            dated(1, "counts", 5, 3.0),
            dated(1, "counts", 4, 2.0),
        ];
        let figures = in_force(rows);
        assert_eq!(figures.len(), 1);
        let counts: Vec<_> = figures[0]
            .rows
            .iter()
            .map(|r| (r.answer, r.count))
            .collect();
        assert_eq!(counts, [(Some(5), Some(7.0)), (Some(4), Some(2.0))]);
    }

    #[test]
    fn a_later_form_replaces_an_earlier_one() {
        let rows = vec![dated(1, "shares", 5, 3.0), dated(2, "counts", 4, 2.0)];
        let figures = in_force(rows);
        assert_eq!(figures[0].form, "counts");
        assert_eq!(figures[0].rows.len(), 1);
    }
}
