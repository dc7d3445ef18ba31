//! Columns of a table under construction.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Int32Array, RecordBatch, RecordBatchOptions, StringArray,
    TimestampMicrosecondArray,
};
use arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use arrow::compute::filter;
use arrow::datatypes::{Field, Schema};

/// Columns by name; those that are absent stay empty in the table.
#[derive(Default)]
pub(crate) struct Columns {
    columns: Vec<(String, ArrayRef)>,
}

impl Columns {
    pub(crate) fn add(&mut self, name: &str, array: ArrayRef) {
        self.columns.push((name.to_owned(), array));
    }

    pub(crate) fn add_some(&mut self, name: &str, array: Option<ArrayRef>) {
        if let Some(array) = array {
            self.add(name, array);
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&ArrayRef> {
        self.columns
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, array)| array)
    }

    /// The rows that are kept, the columns in the order of the table. Texts may be dictionaries.
    pub(crate) fn filtered(
        self,
        schema: &Schema,
        keep: &[bool],
    ) -> Result<RecordBatch, arrow::error::ArrowError> {
        let kept = keep.iter().filter(|keep| **keep).count();
        let mask = (kept < keep.len()).then(|| BooleanArray::from(keep.to_vec()));
        let mut fields = Vec::new();
        let mut arrays = Vec::new();
        for field in schema.fields() {
            let Some(array) = self.get(field.name()) else {
                continue;
            };
            let array = match &mask {
                Some(mask) => filter(array, mask)?,
                None => Arc::clone(array),
            };
            fields.push(Field::new(
                field.name(),
                array.data_type().clone(),
                field.is_nullable(),
            ));
            arrays.push(array);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(kept));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
    }
}

pub(super) fn int32(value: i32, count: usize) -> ArrayRef {
    Arc::new(Int32Array::from(vec![value; count]))
}

pub(super) fn instant(micros: i64, count: usize) -> ArrayRef {
    Arc::new(TimestampMicrosecondArray::from(vec![micros; count]).with_timezone("UTC"))
}

/// Texts that all have the same length, one after the other.
pub(super) fn fixed_texts(bytes: Vec<u8>, length: usize) -> StringArray {
    let count = bytes.len() / length;
    texts(bytes, (0..=count).map(|n| (n * length) as i32).collect())
}

/// ASCII texts, one after the other, with where each ends (0 first).
pub(super) fn texts(bytes: Vec<u8>, ends: Vec<i32>) -> StringArray {
    let offsets = OffsetBuffer::new(ScalarBuffer::from(ends));
    StringArray::try_new(offsets, Buffer::from_vec(bytes), None).expect("ids are ASCII")
}
