//! The footers of files, read once.
//!
//! Files are immutable, so a footer stays true as long as its file exists. What is known from it:
//! the columns, the row groups, and the days that the rows lie between.
//!
//! Invariant: at most [`FOOTERS_MAX`] footers are held.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::object_store::path::Path;
use datafusion::object_store::{ObjectStore, ObjectStoreExt};
use datafusion::parquet::arrow::parquet_to_arrow_schema;
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::metadata::{
    PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader,
};
use datafusion::parquet::file::statistics::Statistics;
use futures::FutureExt;

use super::reader::Reader;
use crate::error::MeasureError;

/// Footers that are held.
pub const FOOTERS_MAX: usize = 20_000;

/// What the end of a Parquet file says.
#[derive(Debug)]
pub struct Footer {
    /// Row groups and their columns, and where their pages lie.
    pub metadata: Arc<ParquetMetaData>,
    /// Columns as stored.
    pub schema: SchemaRef,
    /// Whether any row says who answered; known once looked at.
    pub keyed: OnceLock<bool>,
}

impl Footer {
    /// The file's columns, those that `wanted` has in the types wanted there.
    pub fn schema_as(&self, wanted: &Schema) -> SchemaRef {
        let fields =
            self.schema
                .fields()
                .iter()
                .map(|field| match wanted.field_with_name(field.name()) {
                    // Only stored text can be read as a dictionary; other types are cast later.
                    Ok(as_wanted) if is_dictionary(as_wanted) && is_text(field) => Arc::new(
                        field
                            .as_ref()
                            .clone()
                            .with_data_type(as_wanted.data_type().clone()),
                    ),
                    _ => Arc::clone(field),
                });
        Arc::new(Schema::new(fields.collect::<Vec<_>>()))
    }

    /// First and last value of a Date32 column over all row groups; `None` when a row group does
    /// not say, or the file has no rows.
    pub fn days(&self, column: &str) -> Option<(i32, i32)> {
        let mut between: Option<(i32, i32)> = None;
        for group in self.metadata.row_groups() {
            let of_column = group
                .columns()
                .iter()
                .find(|chunk| chunk.column_path().string() == column)?;
            let Some(Statistics::Int32(days)) = of_column.statistics() else {
                return None;
            };
            let (first, last) = (*days.min_opt()?, *days.max_opt()?);
            between = Some(between.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
        }
        between
    }

    /// Rows of each row group.
    pub fn group_rows(&self) -> Vec<usize> {
        let groups = self.metadata.row_groups().iter();
        groups.map(|group| group.num_rows() as usize).collect()
    }
}

fn is_text(field: &Field) -> bool {
    matches!(
        field.data_type(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    )
}

fn is_dictionary(field: &Field) -> bool {
    matches!(field.data_type(), DataType::Dictionary(..))
}

/// Footers by file.
#[derive(Debug, Default)]
pub struct Footers {
    known: Mutex<HashMap<Path, Arc<Footer>>>,
}

impl Footers {
    /// The footer of a file, read if need be.
    pub async fn load(
        &self,
        store: &Arc<dyn ObjectStore>,
        path: &Path,
    ) -> Result<Arc<Footer>, MeasureError> {
        if let Some(footer) = self.lock().get(path) {
            return Ok(Arc::clone(footer));
        }
        let footer = Arc::new(
            read(store, path)
                .await
                .map_err(MeasureError::read(path.as_ref()))?,
        );
        let mut known = self.lock();
        if known.len() >= FOOTERS_MAX {
            known.clear();
        }
        known.insert(path.clone(), Arc::clone(&footer));
        Ok(footer)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Path, Arc<Footer>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn read(store: &Arc<dyn ObjectStore>, path: &Path) -> Result<Footer, ParquetError> {
    let size = store
        .head(path)
        .await
        .map_err(|e| ParquetError::External(Box::new(e)))?
        .size;
    let mut reader = Reader::new(Arc::clone(store), path.clone());
    let metadata = ParquetMetaDataReader::new()
        .with_page_index_policy(PageIndexPolicy::Optional)
        .with_prefetch_hint(Some(64 << 10))
        .load_and_finish(&mut reader, size)
        .boxed()
        .await?;
    let of_file = metadata.file_metadata();
    let schema = parquet_to_arrow_schema(of_file.schema_descr(), of_file.key_value_metadata())?;
    Ok(Footer {
        metadata: Arc::new(metadata),
        schema: Arc::new(schema),
        keyed: OnceLock::new(),
    })
}
