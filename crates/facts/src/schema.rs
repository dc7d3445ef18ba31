//! The columns of every table.
//!
//! Invariants: columns are nullable only where the design says so; items and attributes are
//! always nullable, because older files do not have them. Types are those that Delta keeps
//! (no unsigned integers, timestamps in UTC microseconds).
//! Absent on purpose: a column for a comment item. What people wrote goes to `comments`.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use evenkeel_foundation::{Attribute, Instrument, Scale};

/// Column of an item: `item_ID`.
pub fn item_column(item: &str) -> String {
    format!("item_{item}")
}

/// Column of an attribute: `attr_ID`.
pub fn attribute_column(attribute: &str) -> String {
    format!("attr_{attribute}")
}

/// `responses_INSTRUMENT`: the envelope, one text column an attribute, one typed column an item.
///
/// Ratings are Int8 where both ends fit, else Int16, else Int32; choices and text are strings,
/// several choices and rankings a string with a JSON array, numbers Float64.
pub fn responses_schema(instrument: &Instrument, attributes: &[Attribute]) -> SchemaRef {
    let mut fields = vec![
        text("response_id"),
        maybe(text("respondent_key")),
        must("instrument_version", DataType::Int32),
        maybe(text("campaign")),
        maybe(text("wave")),
        text("import_id"),
        maybe(instant("occurred_at")),
        maybe(instant("received_at")),
        must("local_date", DataType::Date32),
        text("unit"),
        text("party"),
        maybe(text("channel")),
        maybe(text("language")),
    ];
    fields.extend(
        attributes
            .iter()
            .map(|attribute| maybe(text(&attribute_column(attribute.id.as_str())))),
    );
    fields.extend([
        must("base_weight", DataType::Float64),
        maybe(text("psu")),
        maybe(text("stratum")),
        must("bucket", DataType::Int8),
    ]);
    fields.extend(instrument.items.iter().filter_map(|item| {
        item_type(&item.scale).map(|kind| maybe(must(&item_column(item.id.as_str()), kind)))
    }));
    Arc::new(Schema::new(fields))
}

/// `observations`: one row an event; the latest received of an `observation_id` counts.
pub fn observations_schema() -> SchemaRef {
    Arc::new(Schema::new(vec![
        text("observation_id"),
        text("standard"),
        must("standard_version", DataType::Int32),
        text("unit"),
        maybe(text("party")),
        maybe(instant("occurred_at")),
        instant("received_at"),
        must("local_date", DataType::Date32),
        maybe(must("value", DataType::Float64)),
        maybe(text("detail")),
        maybe(must("kept", DataType::Boolean)),
        maybe(text("deviations")),
        maybe(text("extras")),
        text("chosen"),
        maybe(text("looked_by")),
        maybe(text("subject")),
        text("source"),
        maybe(text("channel")),
        maybe(text("reason")),
        text("import_id"),
        must("bucket", DataType::Int8),
    ]))
}

/// `aggregates`: results from elsewhere, one row a figure; the latest received of the same
/// subject, unit, party, period, attribute and answer counts.
pub fn aggregates_schema() -> SchemaRef {
    Arc::new(Schema::new(vec![
        text("import_id"),
        instant("received_at"),
        text("subject_kind"),
        maybe(text("instrument")),
        text("subject"),
        maybe(text("party")),
        text("unit"),
        text("granularity"),
        must("period_start", DataType::Date32),
        must("period_end", DataType::Date32),
        maybe(text("attribute")),
        maybe(text("attribute_value")),
        text("form"),
        maybe(must("answer", DataType::Int32)),
        maybe(text("label")),
        maybe(must("count", DataType::Float64)),
        maybe(must("n", DataType::Int64)),
        maybe(must("mean", DataType::Float64)),
        maybe(must("sd", DataType::Float64)),
        maybe(must("numerator", DataType::Float64)),
        maybe(must("denominator", DataType::Float64)),
        maybe(must("value", DataType::Float64)),
        maybe(must("weight", DataType::Float64)),
    ]))
}

/// `comments`: one row a text. `response_id` is empty where answers are anonymous: the text then
/// cannot be put back beside its scores.
pub fn comments_schema() -> SchemaRef {
    Arc::new(Schema::new(vec![
        text("comment_id"),
        maybe(text("response_id")),
        text("instrument"),
        text("item"),
        text("text"),
        maybe(text("language")),
        maybe(text("campaign")),
        maybe(text("wave")),
        text("import_id"),
        maybe(instant("occurred_at")),
        maybe(instant("received_at")),
        must("local_date", DataType::Date32),
        text("unit"),
        text("party"),
        maybe(text("channel")),
    ]))
}

fn item_type(scale: &Scale) -> Option<DataType> {
    match scale {
        Scale::Rating { min, max } => Some(integer_for(*min, *max)),
        Scale::Boolean => Some(DataType::Boolean),
        Scale::Number { .. } => Some(DataType::Float64),
        Scale::Choice { .. } | Scale::Choices { .. } | Scale::Ranking { .. } | Scale::Text => {
            Some(DataType::Utf8)
        }
        Scale::Comment => None,
    }
}

fn integer_for(min: i32, max: i32) -> DataType {
    if i8::try_from(min).is_ok() && i8::try_from(max).is_ok() {
        DataType::Int8
    } else if i16::try_from(min).is_ok() && i16::try_from(max).is_ok() {
        DataType::Int16
    } else {
        DataType::Int32
    }
}

fn must(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, false)
}

fn maybe(field: Field) -> Field {
    field.with_nullable(true)
}

fn text(name: &str) -> Field {
    must(name, DataType::Utf8)
}

fn instant(name: &str) -> Field {
    must(
        name,
        DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_take_the_smallest_integer_that_holds_both_ends() {
        assert_eq!(integer_for(0, 10), DataType::Int8);
        assert_eq!(integer_for(-128, 127), DataType::Int8);
        assert_eq!(integer_for(0, 128), DataType::Int16);
        assert_eq!(integer_for(-40_000, 0), DataType::Int32);
    }

    #[test]
    fn comments_have_no_column_beside_scores() {
        assert_eq!(item_type(&Scale::Comment), None);
        assert_eq!(item_type(&Scale::Text), Some(DataType::Utf8));
    }

    #[test]
    fn every_table_has_its_statistics_columns_filled() {
        use crate::Table;
        for (table, schema) in [
            (Table::Observations, observations_schema()),
            (Table::Aggregates, aggregates_schema()),
            (Table::Comments, comments_schema()),
        ] {
            for column in table.statistics_columns() {
                let field = schema.field_with_name(column).unwrap();
                assert!(!field.is_nullable(), "{table}.{column}");
            }
        }
    }
}
