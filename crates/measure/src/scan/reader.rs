//! How DataFusion reads a file here: byte ranges from the object store, the footer from memory.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::ParquetFileReaderFactory;
use datafusion::error::{DataFusionError, Result as DataFusionResult};
use datafusion::object_store::path::Path;
use datafusion::object_store::{ObjectStore, ObjectStoreExt};
use datafusion::parquet::arrow::arrow_reader::ArrowReaderOptions;
use datafusion::parquet::arrow::async_reader::AsyncFileReader;
use datafusion::parquet::errors::{ParquetError, Result};
use datafusion::parquet::file::metadata::ParquetMetaData;
use datafusion::physical_plan::metrics::ExecutionPlanMetricsSet;
use futures::FutureExt;
use futures::future::BoxFuture;

use super::footer::Footer;

/// Gives DataFusion readers that know the footer already.
#[derive(Debug)]
pub struct Readers {
    store: Arc<dyn ObjectStore>,
    footers: HashMap<Path, Arc<Footer>>,
}

impl Readers {
    /// For these files only.
    pub fn new(store: Arc<dyn ObjectStore>, footers: HashMap<Path, Arc<Footer>>) -> Self {
        Self { store, footers }
    }
}

impl ParquetFileReaderFactory for Readers {
    fn create_reader(
        &self,
        _partition: usize,
        file: PartitionedFile,
        _metadata_size_hint: Option<usize>,
        _metrics: &ExecutionPlanMetricsSet,
    ) -> DataFusionResult<Box<dyn AsyncFileReader + Send>> {
        let path = file.object_meta.location;
        let footer = self
            .footers
            .get(&path)
            .ok_or_else(|| DataFusionError::Plan(format!("{path} is not a file of this scan")))?;
        Ok(Box::new(Reader {
            store: Arc::clone(&self.store),
            path,
            metadata: Some(Arc::clone(&footer.metadata)),
        }))
    }
}

/// Reads one file.
#[derive(Debug)]
pub struct Reader {
    store: Arc<dyn ObjectStore>,
    path: Path,
    metadata: Option<Arc<ParquetMetaData>>,
}

impl Reader {
    /// Of a file whose footer is to be read.
    pub fn new(store: Arc<dyn ObjectStore>, path: Path) -> Self {
        Self {
            store,
            path,
            metadata: None,
        }
    }
}

fn external(error: datafusion::object_store::Error) -> ParquetError {
    ParquetError::External(Box::new(error))
}

impl AsyncFileReader for Reader {
    fn get_bytes(&mut self, range: Range<u64>) -> BoxFuture<'_, Result<bytes::Bytes>> {
        async move {
            let bytes = self.store.get_range(&self.path, range).await;
            bytes.map_err(external)
        }
        .boxed()
    }

    fn get_byte_ranges(
        &mut self,
        ranges: Vec<Range<u64>>,
    ) -> BoxFuture<'_, Result<Vec<bytes::Bytes>>> {
        async move {
            let bytes = self.store.get_ranges(&self.path, &ranges).await;
            bytes.map_err(external)
        }
        .boxed()
    }

    fn get_metadata<'a>(
        &'a mut self,
        _options: Option<&'a ArrowReaderOptions>,
    ) -> BoxFuture<'a, Result<Arc<ParquetMetaData>>> {
        let known = self.metadata.clone();
        async move {
            known.ok_or_else(|| ParquetError::General(format!("no footer of {} yet", self.path)))
        }
        .boxed()
    }
}
