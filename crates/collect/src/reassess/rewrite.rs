//! The rows that are appended.
//!
//! Invariant: a row differs from the one it follows in its judgement, in what brought it in and in
//! when it was received, and in nothing else. It is received one microsecond after the one it
//! follows: so it goes before that one, and never before a correction that was sent later but was
//! not in the table yet when the looks were read. When it was really written says the
//! re-assessment that its `import_id` names.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, AsArray, BooleanArray, Float64Array, Int32Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, UInt32Array,
};
use arrow::compute::take;
use arrow::datatypes::TimestampMicrosecondType;
use arrow::error::ArrowError;

use super::judge::New;
use super::stored::{AGAIN, origin};

/// The rows of a batch that change, as they are now.
pub(super) fn rows(
    batch: &RecordBatch,
    changed: Vec<(usize, New)>,
    id: &str,
) -> Result<RecordBatch, ArrowError> {
    let places = UInt32Array::from_iter_values(changed.iter().map(|(row, _)| *row as u32));
    let new: Vec<New> = changed.into_iter().map(|(_, new)| new).collect();
    let schema = batch.schema();
    let columns = schema.fields().iter().zip(batch.columns());
    let columns = columns.map(|(field, column)| {
        let old = take(column, &places, None)?;
        Ok(match field.name().as_str() {
            "standard_version" => array(new.iter().map(|new| new.version).collect::<Int32Array>()),
            "value" => array(new.iter().map(|new| new.value).collect::<Float64Array>()),
            "kept" => array(new.iter().map(|new| new.kept).collect::<BooleanArray>()),
            "deviations" => texts(new.iter().map(|new| new.deviations.as_deref())),
            "extras" => texts(new.iter().map(|new| new.extras.as_deref())),
            "received_at" => one_later(&old),
            "import_id" => {
                let old = old.as_string::<i32>();
                let names = old
                    .iter()
                    .map(|from| format!("{}{AGAIN}{id}", origin(from.unwrap_or_default())));
                array(StringArray::from_iter_values(names))
            }
            _ => old,
        })
    });
    let columns = columns.collect::<Result<Vec<ArrayRef>, ArrowError>>()?;
    RecordBatch::try_new(schema, columns)
}

fn array(array: impl arrow::array::Array + 'static) -> ArrayRef {
    Arc::new(array)
}

fn texts<'t>(texts: impl Iterator<Item = Option<&'t str>>) -> ArrayRef {
    array(texts.collect::<StringArray>())
}

fn one_later(received: &ArrayRef) -> ArrayRef {
    let received = received.as_primitive::<TimestampMicrosecondType>();
    let later: TimestampMicrosecondArray = received.unary(|micros: i64| micros.saturating_add(1));
    let zone = received.timezone().map(str::to_owned);
    array(later.with_timezone_opt(zone))
}
