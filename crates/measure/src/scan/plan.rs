//! The DataFusion plan over the row groups of one file.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use datafusion::common::ScalarValue;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::parquet::ParquetAccessPlan;
use datafusion::datasource::physical_plan::{FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::Result as DataFusionResult;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::Operator;
use datafusion::object_store::path::Path;
use datafusion::object_store::{ObjectMeta, ObjectStore};
use datafusion::parquet::arrow::arrow_reader::{RowSelection, RowSelector};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::{BinaryExpr, col, in_list, lit};
use datafusion::physical_plan::ExecutionPlan;

use super::footer::Footer;
use super::reader::Readers;
use crate::error::MeasureError;
use crate::tally::{DAY, Only};

/// What to read of one file.
#[derive(Debug, Clone)]
pub struct Work {
    /// The file.
    pub path: Path,
    /// Its bytes.
    pub size: u64,
    /// Its footer.
    pub footer: Arc<Footer>,
    /// Columns, in the types to read them in; one that the file lacks reads as empty.
    pub columns: SchemaRef,
    /// Row groups.
    pub groups: Range<usize>,
    /// Rows to leave out.
    pub dead: Option<DeadRows>,
    /// First and last day that count, where the file has others.
    pub days: (Option<i32>, Option<i32>),
    /// Words that few rows have and that count. The count looks at days and words again: what is
    /// left out here is only not decoded.
    pub only: Vec<Only>,
}

/// Rows of one file that do not count, because later rows replace them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadRows {
    rows: Arc<[u64]>,
}

impl DeadRows {
    /// Row numbers within the file, from 0, in any order.
    pub fn new(mut rows: Vec<u64>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        Self { rows: rows.into() }
    }

    /// The row numbers, ascending.
    pub fn rows(&self) -> impl Iterator<Item = u64> {
        self.rows.iter().copied()
    }

    /// Is this row one of them?
    pub fn contains(&self, row: u64) -> bool {
        self.rows.binary_search(&row).is_ok()
    }

    /// A number that differs where the rows do (FNV-1a, 64 bits).
    pub fn fingerprint(&self) -> u64 {
        let bytes = self.rows.iter().flat_map(|row| row.to_le_bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    /// The rows of `start..start + rows` that do count; `None` when all do.
    fn selection(&self, start: u64, rows: u64) -> Option<RowSelection> {
        let first = self.rows.partition_point(|&row| row < start);
        let last = self.rows.partition_point(|&row| row < start + rows);
        if first == last {
            return None;
        }
        let mut selectors = Vec::new();
        let mut next = start;
        for &dead in &self.rows[first..last] {
            if dead > next {
                selectors.push(RowSelector::select((dead - next) as usize));
            }
            selectors.push(RowSelector::skip(1));
            next = dead + 1;
        }
        if next < start + rows {
            selectors.push(RowSelector::select((start + rows - next) as usize));
        }
        Some(RowSelection::from(selectors))
    }
}

/// The batches of some row groups of one file.
pub fn batches(
    work: &Work,
    store: &Arc<dyn ObjectStore>,
    context: &Arc<TaskContext>,
) -> Result<SendableRecordBatchStream, MeasureError> {
    let readers = Readers::new(
        Arc::clone(store),
        HashMap::from([(work.path.clone(), Arc::clone(&work.footer))]),
    );
    let mut source = ParquetSource::new(Arc::clone(&work.columns))
        .with_parquet_file_reader_factory(Arc::new(readers))
        .with_enable_page_index(true)
        .with_bloom_filter_on_read(false);
    if let Some(predicate) = predicate(work).map_err(MeasureError::read(work.path.as_ref()))? {
        source = source.with_predicate(predicate).with_pushdown_filters(true);
    }
    let file = PartitionedFile::new_from_meta(ObjectMeta {
        location: work.path.clone(),
        // Files never change; only the name matters.
        last_modified: std::default::Default::default(),
        size: work.size,
        e_tag: None,
        version: None,
    })
    .with_arrow_schema(work.footer.schema_as(&work.columns))
    .with_extension(access(work));
    let config = FileScanConfigBuilder::new(ObjectStoreUrl::local_filesystem(), Arc::new(source))
        .with_file(file)
        .with_preserve_order(true)
        .build();
    DataSourceExec::from_data_source(config)
        .execute(0, Arc::clone(context))
        .map_err(MeasureError::read(work.path.as_ref()))
}

/// Which row groups and rows to read.
fn access(work: &Work) -> ParquetAccessPlan {
    let rows = work.footer.group_rows();
    let mut access = ParquetAccessPlan::new_none(rows.len());
    let mut start = 0;
    for (group, &of_group) in rows.iter().enumerate() {
        if work.groups.contains(&group) {
            access.scan(group);
            let dead = work.dead.as_ref();
            if let Some(alive) = dead.and_then(|dead| dead.selection(start, of_group as u64)) {
                access.scan_selection(group, alive);
            }
        }
        start += of_group as u64;
    }
    access
}

/// Days and words that count, as one expression with values in it: for pruning row groups and pages, and
/// for decoding the other columns only where it holds.
fn predicate(work: &Work) -> DataFusionResult<Option<Arc<dyn PhysicalExpr>>> {
    let mut all: Vec<Arc<dyn PhysicalExpr>> = Vec::new();
    for (day, operator) in [(work.days.0, Operator::GtEq), (work.days.1, Operator::LtEq)] {
        if let Some(day) = day {
            let bound = lit(ScalarValue::Date32(Some(day)));
            all.push(Arc::new(BinaryExpr::new(
                col(DAY, &work.columns)?,
                operator,
                bound,
            )));
        }
    }
    for only in &work.only {
        if work.footer.schema.field_with_name(&only.column).is_ok() {
            let words = only.values.iter().map(|word| lit(word.as_str()));
            let column = col(&only.column, &work.columns)?;
            all.push(in_list(column, words.collect(), &false, &work.columns)?);
        }
    }
    let and = |a, b| Arc::new(BinaryExpr::new(a, Operator::And, b)) as Arc<dyn PhysicalExpr>;
    Ok(all.into_iter().reduce(and))
}
