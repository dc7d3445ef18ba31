//! How columns of rows, of a staging and of a table have to agree.
//!
//! Invariant: a column never changes its type; new columns come at the end and are nullable,
//! because older files do not have them.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};

use crate::error::{FactsError, Result};

/// The columns of a table after rows with the columns `wanted` came in; `None` where that changes
/// nothing.
pub(crate) fn evolve(table: &str, stored: &Schema, wanted: &Schema) -> Result<Option<Schema>> {
    for field in wanted.fields() {
        if let Ok(before) = stored.field_with_name(field.name())
            && before.data_type() != field.data_type()
        {
            return Err(FactsError::TypeChanged {
                table: table.to_owned(),
                column: field.name().clone(),
                stored: before.data_type().to_string(),
                wanted: field.data_type().to_string(),
            });
        }
    }
    for field in stored.fields() {
        if !field.is_nullable() && wanted.field_with_name(field.name()).is_err() {
            return Err(FactsError::MissingColumn {
                table: table.to_owned(),
                column: field.name().clone(),
            });
        }
    }
    let added: Vec<_> = wanted
        .fields()
        .iter()
        .filter(|field| stored.field_with_name(field.name()).is_err())
        .map(|field| Arc::new(field.as_ref().clone().with_nullable(true)))
        .collect();
    if added.is_empty() {
        return Ok(None);
    }
    Ok(Some(Schema::new(
        stored
            .fields()
            .iter()
            .cloned()
            .chain(added)
            .collect::<Vec<_>>(),
    )))
}

/// `wanted`, with every column required that the table requires.
pub(crate) fn restrict(stored: &Schema, wanted: &Schema) -> SchemaRef {
    let fields: Vec<Field> = wanted
        .fields()
        .iter()
        .map(|field| {
            let required = stored
                .field_with_name(field.name())
                .is_ok_and(|before| !before.is_nullable());
            let nullable = field.is_nullable() && !required;
            Field::new(field.name(), field.data_type().clone(), nullable)
        })
        .collect();
    Arc::new(Schema::new(fields))
}

/// Rows with exactly the columns of `wanted`, in its order; absent nullable columns are empty.
///
/// Strings may come as `Utf8`, `LargeUtf8`, `Utf8View` or as a dictionary of `Utf8` (kept as it
/// is: that saves building the strings); every other type must be the same.
pub(crate) fn conform(table: &str, wanted: &Schema, rows: &RecordBatch) -> Result<RecordBatch> {
    for field in rows.schema_ref().fields() {
        if wanted.field_with_name(field.name()).is_err() {
            return Err(FactsError::UnknownColumn {
                table: table.to_owned(),
                column: field.name().clone(),
                allowed: names(wanted),
            });
        }
    }
    let mut fields = Vec::with_capacity(wanted.fields().len());
    let mut columns = Vec::with_capacity(wanted.fields().len());
    for field in wanted.fields() {
        let column = match rows.column_by_name(field.name()) {
            Some(column) => as_stored(table, field, column)?,
            None if field.is_nullable() => new_null_array(field.data_type(), rows.num_rows()),
            None => {
                return Err(FactsError::MissingColumn {
                    table: table.to_owned(),
                    column: field.name().clone(),
                });
            }
        };
        if !field.is_nullable()
            && let Some(row) = first_empty(&column)
        {
            return Err(FactsError::EmptyValue {
                table: table.to_owned(),
                column: field.name().clone(),
                row,
            });
        }
        fields.push(Field::new(
            field.name(),
            column.data_type().clone(),
            field.is_nullable(),
        ));
        columns.push(column);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows.num_rows()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &options)
        .map_err(FactsError::columns(table, "put columns in order"))
}

/// The same rows with the column types of `schema` (which [`conform`] gave for earlier rows).
pub(crate) fn align(table: &str, schema: &SchemaRef, rows: RecordBatch) -> Result<RecordBatch> {
    if rows.schema_ref() == schema {
        return Ok(rows);
    }
    let columns: std::result::Result<Vec<ArrayRef>, _> = rows
        .columns()
        .iter()
        .zip(schema.fields())
        .map(|(column, field)| cast(column, field.data_type()))
        .collect();
    columns
        .and_then(|columns| RecordBatch::try_new(schema.clone(), columns))
        .map_err(FactsError::columns(table, "align columns of one file"))
}

fn as_stored(table: &str, field: &Field, column: &ArrayRef) -> Result<ArrayRef> {
    let wrong = |allowed: &str| FactsError::WrongType {
        table: table.to_owned(),
        column: field.name().clone(),
        found: column.data_type().to_string(),
        allowed: allowed.to_owned(),
    };
    if column.data_type() == field.data_type() {
        return Ok(column.clone());
    }
    if *field.data_type() != DataType::Utf8 {
        return Err(wrong(&field.data_type().to_string()));
    }
    match column.data_type() {
        DataType::Dictionary(_, values) if **values == DataType::Utf8 => Ok(column.clone()),
        DataType::LargeUtf8 | DataType::Utf8View => {
            cast(column, &DataType::Utf8).map_err(FactsError::columns(table, "convert strings"))
        }
        _ => Err(wrong("Utf8, LargeUtf8, Utf8View, Dictionary of Utf8")),
    }
}

fn first_empty(column: &ArrayRef) -> Option<usize> {
    let nulls = column.logical_nulls()?;
    (nulls.null_count() > 0).then(|| {
        (0..nulls.len())
            .find(|&row| nulls.is_null(row))
            .unwrap_or_default()
    })
}

fn names(schema: &Schema) -> String {
    schema
        .fields()
        .iter()
        .map(|field| field.name().as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use arrow::array::{DictionaryArray, Int8Array, Int64Array, StringArray};
    use arrow::datatypes::Int32Type;

    use super::*;

    fn schema(fields: &[(&str, DataType, bool)]) -> Schema {
        Schema::new(
            fields
                .iter()
                .map(|(name, kind, nullable)| Field::new(*name, kind.clone(), *nullable))
                .collect::<Vec<_>>(),
        )
    }

    fn unit_and_score() -> Schema {
        schema(&[
            ("unit", DataType::Utf8, false),
            ("score", DataType::Int8, true),
        ])
    }

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter_with_nullable(
            columns
                .into_iter()
                .map(|(name, column)| (name, column, true)),
        )
        .unwrap()
    }

    fn units(values: Vec<Option<&str>>) -> ArrayRef {
        Arc::new(StringArray::from(values))
    }

    #[test]
    fn new_columns_come_last_and_nullable() {
        let wanted = schema(&[
            ("unit", DataType::Utf8, false),
            ("extra", DataType::Boolean, false),
        ]);
        let after = evolve("t", &unit_and_score(), &wanted).unwrap().unwrap();
        assert_eq!(names(&after), "unit, score, extra");
        assert!(after.field_with_name("extra").unwrap().is_nullable());
        assert!(evolve("t", &after, &unit_and_score()).unwrap().is_none());
    }

    #[test]
    fn a_type_never_changes() {
        let wanted = schema(&[
            ("unit", DataType::Utf8, false),
            ("score", DataType::Int16, true),
        ]);
        let error = evolve("responses_guest", &unit_and_score(), &wanted).unwrap_err();
        assert_eq!(
            error.to_string(),
            "table responses_guest, column score: stored as Int8, now asked for as Int16; \
             a column keeps its type for ever (a changed scale is a new item with a new id)"
        );
    }

    #[test]
    fn a_required_column_cannot_be_left_out() {
        let wanted = schema(&[("score", DataType::Int8, true)]);
        let error = evolve("t", &unit_and_score(), &wanted).unwrap_err();
        assert!(matches!(error, FactsError::MissingColumn { .. }), "{error}");
    }

    #[test]
    fn rows_are_put_in_order_and_filled() {
        let rows = batch(vec![("unit", units(vec![Some("a"), Some("b")]))]);
        let ordered = conform("t", &unit_and_score(), &rows).unwrap();
        assert_eq!(ordered.num_columns(), 2);
        assert_eq!(ordered.column(1).null_count(), 2);
    }

    #[test]
    fn dictionaries_of_strings_are_kept_and_aligned() {
        let dictionary: DictionaryArray<Int32Type> = vec!["a", "a", "b"].into_iter().collect();
        let rows = batch(vec![("unit", Arc::new(dictionary) as ArrayRef)]);
        let kept = conform("t", &unit_and_score(), &rows).unwrap();
        assert!(matches!(
            kept.column(0).data_type(),
            DataType::Dictionary(..)
        ));
        let plain = conform(
            "t",
            &unit_and_score(),
            &batch(vec![("unit", units(vec![Some("c")]))]),
        )
        .unwrap();
        let aligned = align("t", kept.schema_ref(), plain).unwrap();
        assert_eq!(aligned.schema_ref(), kept.schema_ref());
    }

    #[test]
    fn wrong_rows_say_what_is_allowed() {
        let wrong_type = batch(vec![
            ("unit", units(vec![Some("a")])),
            ("score", Arc::new(Int64Array::from(vec![7])) as ArrayRef),
        ]);
        let error = conform("t", &unit_and_score(), &wrong_type).unwrap_err();
        assert_eq!(
            error.to_string(),
            "table t, column score: rows bring Int64; allowed: Int8"
        );
        let unknown = batch(vec![
            ("unit", units(vec![Some("a")])),
            ("scor", Arc::new(Int8Array::from(vec![7])) as ArrayRef),
        ]);
        let error = conform("t", &unit_and_score(), &unknown).unwrap_err();
        assert_eq!(
            error.to_string(),
            "table t: unknown column scor; allowed: unit, score"
        );
        let empty = batch(vec![("unit", units(vec![Some("a"), None]))]);
        let error = conform("t", &unit_and_score(), &empty).unwrap_err();
        assert!(
            matches!(error, FactsError::EmptyValue { row: 1, .. }),
            "{error}"
        );
    }
}
