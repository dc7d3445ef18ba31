//! Parquet: typed columns, without a way through text.
//!
//! Invariant: a column keeps the type that the file gave it; only its width changes (every whole
//! number becomes Int64, every moment microseconds). Fields of structs are named with dots.
//! Memory holds a row group's pages and one batch.

use std::fs::File;
use std::ops::ControlFlow;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray, StructArray};
use arrow::compute::cast;
use arrow::datatypes::{
    DataType, Date32Type, Field, Float64Type, Int64Type, TimeUnit, TimestampMicrosecondType,
};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{
    BATCH_ROWS_MAX, Column, Emit, Fault, Meter, Opening, RawBatch, ReadError, Section, Wanted,
};
use crate::hash::RowHash;

pub(super) fn read(
    opening: &Opening,
    wanted: &Wanted,
    meter: &Arc<Meter>,
    emit: Emit<'_>,
) -> Result<(), ReadError> {
    let file: File = opening.open()?;
    let bytes_total = file.metadata().map_err(|e| opening.failed(e))?.len();
    let damaged = |error: &dyn std::fmt::Display| {
        opening.error(
            format!("it cannot be read as Parquet; it is damaged or incomplete ({error})"),
            "a whole Parquet file",
        )
    };
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| damaged(&e))?;
    let rows_total = builder.metadata().file_metadata().num_rows().max(1) as u64;
    let mut leaves = Vec::new();
    for field in builder.schema().fields() {
        name_leaves(field, "", &mut leaves);
    }
    let roots: Vec<usize> = builder
        .schema()
        .fields()
        .iter()
        .enumerate()
        .filter(|(_, field)| {
            let mut own = Vec::new();
            name_leaves(field, "", &mut own);
            wanted.row_hashes || own.iter().any(|name| wanted.takes(name))
        })
        .map(|(at, _)| at)
        .collect();
    let carried = (0..leaves.len())
        .filter(|at| wanted.takes(&leaves[*at]))
        .collect();
    let section = Arc::new(Section {
        sheet: None,
        names: leaves,
        carried,
    });
    let batch_rows = wanted.rows_max.map_or(BATCH_ROWS_MAX, |most| {
        (most as usize).clamp(1, BATCH_ROWS_MAX)
    });
    let mask = ProjectionMask::roots(builder.parquet_schema(), roots);
    let reader = builder
        .with_projection(mask)
        .with_batch_size(batch_rows)
        .build()
        .map_err(|e| damaged(&e))?;
    let mut rows_before: u64 = 0;
    for batch in reader {
        let batch = batch.map_err(|e| damaged(&e))?;
        let raw = raw_batch(&section, &batch, rows_before, wanted).map_err(|e| damaged(&e))?;
        rows_before = raw.rows_end;
        meter.add((bytes_total * batch.num_rows() as u64) / rows_total);
        let enough = wanted.rows_max.is_some_and(|most| rows_before >= most);
        if emit(raw) == ControlFlow::Break(()) || enough {
            return Ok(());
        }
    }
    if rows_before == 0 {
        // A file without rows still has columns, which are checked.
        let empty = section
            .carried
            .iter()
            .map(|_| Column::Text(StringArray::new_null(0)));
        let _ = emit(RawBatch {
            columns: empty.collect(),
            section,
            lines: Vec::new(),
            rows: Vec::new(),
            hashes: Vec::new(),
            faults: Vec::new(),
            rows_end: 0,
        });
    }
    Ok(())
}

/// The names of the columns of a field: its own, or with dots those inside a struct.
fn name_leaves(field: &Field, before: &str, names: &mut Vec<String>) {
    let path = if before.is_empty() {
        field.name().clone()
    } else {
        format!("{before}.{}", field.name())
    };
    match field.data_type() {
        DataType::Struct(inner) => inner
            .iter()
            .for_each(|field| name_leaves(field, &path, names)),
        _ => names.push(path),
    }
}

fn leaves_of(array: &ArrayRef, name: &str, leaves: &mut Vec<(String, ArrayRef)>) {
    match array.as_any().downcast_ref::<StructArray>() {
        Some(inner) => {
            for (field, column) in inner.fields().iter().zip(inner.columns()) {
                leaves_of(column, &format!("{name}.{}", field.name()), leaves);
            }
        }
        None => leaves.push((name.to_owned(), Arc::clone(array))),
    }
}

fn raw_batch(
    section: &Arc<Section>,
    batch: &RecordBatch,
    rows_before: u64,
    wanted: &Wanted,
) -> Result<RawBatch, arrow::error::ArrowError> {
    let mut leaves = Vec::new();
    for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        leaves_of(column, field.name(), &mut leaves);
    }
    let mut faults = Vec::new();
    let mut columns = Vec::with_capacity(section.carried.len());
    for at in &section.carried {
        let name = &section.names[*at];
        let array = leaves.iter().find(|(leaf, _)| leaf == name);
        let array = array
            .map(|(_, array)| array)
            .expect("a carried column was projected");
        columns.push(column(array, name, &mut faults)?);
    }
    let rows = batch.num_rows() as u64;
    Ok(RawBatch {
        section: Arc::clone(section),
        lines: (rows_before + 1..=rows_before + rows).collect(),
        rows: (rows_before..rows_before + rows).collect(),
        columns,
        hashes: if wanted.row_hashes {
            hashes(&leaves, batch.num_rows())?
        } else {
            Vec::new()
        },
        faults,
        rows_end: rows_before + rows,
    })
}

/// A column in one of the types that the rest of this room knows.
fn column(
    array: &ArrayRef,
    name: &str,
    faults: &mut Vec<Fault>,
) -> Result<Column, arrow::error::ArrowError> {
    let whole = |array: &ArrayRef| {
        cast(array, &DataType::Int64).map(|a| a.as_primitive::<Int64Type>().clone())
    };
    let micros = |zone: Option<Arc<str>>| DataType::Timestamp(TimeUnit::Microsecond, zone);
    Ok(match array.data_type() {
        DataType::Dictionary(_, values) => return column(&cast(array, values)?, name, faults),
        DataType::Utf8 => Column::Text(array.as_string::<i32>().clone()),
        DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => {
            Column::Text(cast(array, &DataType::Utf8)?.as_string::<i32>().clone())
        }
        DataType::Boolean => Column::Flag(array.as_boolean().clone()),
        DataType::UInt64 => unsigned(array, name, faults)?,
        kind if kind.is_integer() => Column::Whole(whole(array)?),
        DataType::Float16
        | DataType::Float32
        | DataType::Float64
        | DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => Column::Number(
            cast(array, &DataType::Float64)?
                .as_primitive::<Float64Type>()
                .clone(),
        ),
        DataType::Date32 | DataType::Date64 => Column::Day(
            cast(array, &DataType::Date32)?
                .as_primitive::<Date32Type>()
                .clone(),
        ),
        DataType::Timestamp(_, None) => {
            let wall = cast(array, &micros(None))?;
            Column::Wall(wall.as_primitive::<TimestampMicrosecondType>().clone())
        }
        DataType::Timestamp(_, Some(_)) => {
            let instant = cast(array, &micros(Some("UTC".into())))?;
            let instant = instant.as_primitive::<TimestampMicrosecondType>().clone();
            Column::Instant(instant)
        }
        _ => Column::Text(as_text(array)?),
    })
}

/// Numbers above the largest Int64 are faults rather than other numbers.
fn unsigned(
    array: &ArrayRef,
    name: &str,
    faults: &mut Vec<Fault>,
) -> Result<Column, arrow::error::ArrowError> {
    let cast = cast(array, &DataType::Int64)?;
    for row in 0..array.len() {
        if array.is_valid(row) && cast.is_null(row) {
            faults.push(Fault {
                row,
                column: Some(name.to_owned()),
                message: "this number is too large".to_owned(),
                found: String::new(),
                allowed: format!("at most {}", i64::MAX),
            });
        }
    }
    Ok(Column::Whole(cast.as_primitive::<Int64Type>().clone()))
}

/// Anything else as text: lists of texts as JSON arrays, the rest as Arrow writes it.
fn as_text(array: &ArrayRef) -> Result<StringArray, arrow::error::ArrowError> {
    if let DataType::List(_) | DataType::LargeList(_) = array.data_type() {
        let lists = cast(array, &DataType::new_list(DataType::Utf8, true))?;
        let lists = lists.as_list::<i32>();
        let cells = (0..lists.len()).map(|row| {
            lists.is_valid(row).then(|| {
                let list = lists.value(row);
                let texts: Vec<&str> = list.as_string::<i32>().iter().flatten().collect();
                serde_json::Value::from(texts).to_string()
            })
        });
        return Ok(StringArray::from_iter(cells));
    }
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(array, &options)?;
    let cells = (0..array.len()).map(|row| {
        array
            .is_valid(row)
            .then(|| formatter.value(row).to_string())
    });
    Ok(StringArray::from_iter(cells))
}

/// A hash of every row over all columns of the file.
fn hashes(
    leaves: &[(String, ArrayRef)],
    rows: usize,
) -> Result<Vec<u128>, arrow::error::ArrowError> {
    let mut hashes = vec![RowHash::new(); rows];
    for (_, array) in leaves {
        let text = as_text(array)?;
        for (row, hash) in hashes.iter_mut().enumerate() {
            if text.is_null(row) {
                hash.cell(b"\0null");
            } else {
                hash.cell(text.value(row).as_bytes());
            }
        }
    }
    Ok(hashes.iter().map(RowHash::finish).collect())
}
