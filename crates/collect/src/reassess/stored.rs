//! One stored row.
//!
//! Absent on purpose: columns that neither the judgement nor its counts need; they are appended as
//! they are.

use arrow::array::{
    Array, AsArray, BooleanArray, Date32Array, Float64Array, Int32Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow::datatypes::{Date32Type, Float64Type, Int32Type, TimestampMicrosecondType};
use jiff::Timestamp;

use super::ReassessError;

/// The rows of a batch.
pub(super) struct Stored<'b> {
    ids: &'b StringArray,
    standards: &'b StringArray,
    versions: &'b Int32Array,
    units: &'b StringArray,
    received: &'b TimestampMicrosecondArray,
    days: &'b Date32Array,
    values: &'b Float64Array,
    details: &'b StringArray,
    kept: &'b BooleanArray,
    deviations: &'b StringArray,
    extras: &'b StringArray,
    chosen: &'b StringArray,
    raters: &'b StringArray,
    subjects: &'b StringArray,
    channels: &'b StringArray,
    imports: &'b StringArray,
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StoredLook<'b> {
    pub id: &'b str,
    pub version: i32,
    pub unit: &'b str,
    pub received_at: Timestamp,
    /// Days since 1970.
    pub day: i32,
    pub value: Option<f64>,
    pub detail: Option<&'b str>,
    pub kept: Option<bool>,
    pub deviations: Option<&'b str>,
    pub extras: Option<&'b str>,
    pub chosen: &'b str,
    pub rater: Option<&'b str>,
    pub subject: Option<&'b str>,
    pub channel: Option<&'b str>,
    pub import_id: &'b str,
}

impl<'b> Stored<'b> {
    pub(super) fn new(batch: &'b RecordBatch) -> Result<Self, ReassessError> {
        let texts = |column: &'static str| {
            batch
                .column_by_name(column)
                .and_then(|array| array.as_string_opt::<i32>())
                .ok_or(ReassessError::Column { column })
        };
        macro_rules! numbers {
            ($column:literal, $type:ty) => {
                batch
                    .column_by_name($column)
                    .and_then(|array| array.as_primitive_opt::<$type>())
                    .ok_or(ReassessError::Column { column: $column })?
            };
        }
        Ok(Self {
            ids: texts("observation_id")?,
            standards: texts("standard")?,
            versions: numbers!("standard_version", Int32Type),
            units: texts("unit")?,
            received: numbers!("received_at", TimestampMicrosecondType),
            days: numbers!("local_date", Date32Type),
            values: numbers!("value", Float64Type),
            details: texts("detail")?,
            kept: batch
                .column_by_name("kept")
                .and_then(|array| array.as_boolean_opt())
                .ok_or(ReassessError::Column { column: "kept" })?,
            deviations: texts("deviations")?,
            extras: texts("extras")?,
            chosen: texts("chosen")?,
            raters: texts("looked_by")?,
            subjects: texts("subject")?,
            channels: texts("channel")?,
            imports: texts("import_id")?,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn standard(&self, row: usize) -> &'b str {
        self.standards.value(row)
    }

    pub(super) fn look(&self, row: usize) -> StoredLook<'b> {
        StoredLook {
            id: self.ids.value(row),
            version: self.versions.value(row),
            unit: self.units.value(row),
            received_at: Timestamp::from_microsecond(self.received.value(row)).unwrap_or_default(),
            day: self.days.value(row),
            value: self.values.is_valid(row).then(|| self.values.value(row)),
            detail: text(self.details, row),
            kept: self.kept.is_valid(row).then(|| self.kept.value(row)),
            deviations: text(self.deviations, row),
            extras: text(self.extras, row),
            chosen: self.chosen.value(row),
            rater: text(self.raters, row),
            subject: text(self.subjects, row),
            channel: text(self.channels, row),
            import_id: self.imports.value(row),
        }
    }
}

fn text(column: &StringArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

impl<'b> StoredLook<'b> {
    /// What brought it in first, whatever judged it again.
    pub(super) fn origin(&self) -> &'b str {
        origin(self.import_id)
    }
}

/// What stands between what brought a row in and the re-assessment that wrote it.
pub(super) const AGAIN: &str = "+reassessment-";

/// What brought a row in first.
pub(super) fn origin(import_id: &str) -> &str {
    import_id
        .split_once(AGAIN)
        .map_or(import_id, |(from, _)| from)
}
