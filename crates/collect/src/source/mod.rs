//! Files as a stream of column batches that know the line of every row.
//!
//! Invariant: batches come in the order of the file and their cut depends only on the file, so a
//! second reading gives the same batches. A section (one sheet, or the whole file) begins with a
//! batch, be it empty, so that its columns are checked even when it has no rows. Only the columns
//! that somebody wants are carried.
//!
//! Absent on purpose: what columns mean. Rows that cannot be read (a field too many, a byte that
//! is no character) are carried with a fault; whole files that cannot be read are a [`ReadError`].

mod blank;
mod delimited;
mod names;
mod ndjson;
mod open;
mod parquet;
mod text_column;
mod workbook;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray,
    TimestampMicrosecondArray,
};
use arrow::compute::filter;

use crate::mapping::{ColumnName, FileRule, Format};

pub(crate) use names::squeeze;
pub(crate) use open::first_bytes;
pub(crate) use workbook::sheet_names;

/// Rows of one batch, at most.
pub(crate) const BATCH_ROWS_MAX: usize = 65_536;

/// Text of one batch in bytes; a batch is cut after the row that reaches it. Keeps wide files
/// with long answers inside the memory that a run may take.
pub(crate) const BATCH_BYTES_MAX: usize = 32 << 20;

/// The file to read and how it is written.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name for people, which also tells its form.
    pub file_name: String,
    /// How it is written.
    pub rule: FileRule,
}

impl Opening {
    /// The form of the file.
    pub(crate) fn format(&self) -> Result<Format, ReadError> {
        self.rule
            .format
            .or_else(|| Format::of_name(&self.file_name))
            .ok_or_else(|| {
                self.error(
                    "its name does not say how it is written",
                    "a name ending in csv, tsv, txt, xlsx, ndjson, jsonl or parquet (.gz allowed), or [file] format",
                )
            })
    }

    pub(crate) fn error(
        &self,
        message: impl Into<String>,
        allowed: impl Into<String>,
    ) -> ReadError {
        ReadError::File {
            file: self.file_name.clone(),
            message: message.into(),
            allowed: allowed.into(),
        }
    }
}

/// Which columns are carried.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// One group a column: its name, or the names to try.
    pub groups: Vec<Vec<String>>,
    /// All names of all groups.
    pub names: BTreeSet<String>,
    /// All, whatever `names` says.
    pub all: bool,
    /// Whether every row comes with a hash of all its columns.
    pub row_hashes: bool,
    /// Stop after so many rows.
    pub rows_max: Option<u64>,
}

impl Wanted {
    /// The columns of a mapping.
    pub(crate) fn of(columns: &[&ColumnName]) -> Self {
        Self {
            groups: columns.iter().map(|column| column.names.clone()).collect(),
            names: columns
                .iter()
                .flat_map(|column| column.names.iter().cloned())
                .collect(),
            ..Self::default()
        }
    }

    fn takes(&self, name: &str) -> bool {
        self.all || self.names.contains(name)
    }
}

/// A file that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is damaged, empty, or not what it says it is.
    #[error("{file}: {message}{}", allowed_clause(.allowed))]
    File {
        /// Its name.
        file: String,
        /// What is wrong.
        message: String,
        /// What is allowed; may be empty.
        allowed: String,
    },
    /// The disk said no.
    #[error("{file}: cannot be read")]
    Io {
        /// Its name.
        file: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Keys that no line of the file has (formats without a header).
    #[error("{file}: no line has the key {}{}", .unknown.join(", "), allowed_clause(.allowed))]
    UnknownKeys {
        /// Its name.
        file: String,
        /// The keys that were looked for.
        unknown: Vec<String>,
        /// The keys that were seen.
        allowed: String,
    },
}

fn allowed_clause(allowed: &str) -> String {
    if allowed.is_empty() {
        String::new()
    } else {
        format!(" (allowed: {allowed})")
    }
}

/// One sheet, or the whole file.
#[derive(Debug)]
pub(crate) struct Section {
    /// The sheet, in workbooks.
    pub sheet: Option<String>,
    /// Every column of the section, by name; the same name twice gets ` (2)`.
    pub names: Vec<String>,
    /// Which of them the batches carry, as places in `names`.
    pub carried: Vec<usize>,
}

/// The values of one column, typed as the file types them.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// Characters.
    Text(StringArray),
    /// Whole numbers.
    Whole(Int64Array),
    /// Numbers.
    Number(Float64Array),
    /// Truth values.
    Flag(BooleanArray),
    /// Days.
    Day(Date32Array),
    /// Moments, in UTC microseconds.
    Instant(TimestampMicrosecondArray),
    /// Readings of a wall clock somewhere, in microseconds.
    Wall(TimestampMicrosecondArray),
}

impl Column {
    pub(crate) fn as_array(&self) -> &dyn Array {
        match self {
            Self::Text(a) => a,
            Self::Whole(a) => a,
            Self::Number(a) => a,
            Self::Flag(a) => a,
            Self::Day(a) => a,
            Self::Instant(a) | Self::Wall(a) => a,
        }
    }

    fn filtered(&self, keep: &BooleanArray) -> Self {
        fn of<A: Array + Clone + 'static>(array: &A, keep: &BooleanArray) -> A {
            let kept: ArrayRef = filter(array, keep).expect("mask and column have the same length");
            kept.as_any()
                .downcast_ref::<A>()
                .expect("filtering keeps the type")
                .clone()
        }
        match self {
            Self::Text(a) => Self::Text(of(a, keep)),
            Self::Whole(a) => Self::Whole(of(a, keep)),
            Self::Number(a) => Self::Number(of(a, keep)),
            Self::Flag(a) => Self::Flag(of(a, keep)),
            Self::Day(a) => Self::Day(of(a, keep)),
            Self::Instant(a) => Self::Instant(of(a, keep)),
            Self::Wall(a) => Self::Wall(of(a, keep)),
        }
    }
}

/// A row that cannot be read as it should.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The row in the batch.
    pub row: usize,
    /// The column, where one is to blame.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What was found.
    pub found: String,
    /// What is allowed.
    pub allowed: String,
}

/// Rows of one section.
#[derive(Debug)]
pub(crate) struct RawBatch {
    /// Where they are from.
    pub section: Arc<Section>,
    /// The line of every row, from 1 (Parquet: its row).
    pub lines: Vec<u64>,
    /// How many rows of the file come before each row.
    pub rows: Vec<u64>,
    /// The columns that `section.carried` names.
    pub columns: Vec<Column>,
    /// A hash of every row, when asked for.
    pub hashes: Vec<u128>,
    /// Rows that cannot be read.
    pub faults: Vec<Fault>,
    /// How many rows of the file end with this batch.
    pub rows_end: u64,
}

impl RawBatch {
    /// Only the rows for which `keep` is true.
    pub(crate) fn filtered(self, keep: &[bool]) -> Self {
        let mask = BooleanArray::from(keep.to_vec());
        let mut places: Vec<usize> = Vec::with_capacity(keep.len());
        let mut kept = 0;
        for keep in keep {
            places.push(kept);
            kept += usize::from(*keep);
        }
        let only = |list: Vec<u64>| -> Vec<u64> {
            list.into_iter()
                .zip(keep)
                .filter(|(_, keep)| **keep)
                .map(|(one, _)| one)
                .collect()
        };
        Self {
            columns: self
                .columns
                .iter()
                .map(|column| column.filtered(&mask))
                .collect(),
            lines: only(self.lines),
            rows: only(self.rows),
            hashes: self
                .hashes
                .into_iter()
                .zip(keep)
                .filter(|(_, keep)| **keep)
                .map(|(one, _)| one)
                .collect(),
            faults: self
                .faults
                .into_iter()
                .filter(|fault| keep[fault.row])
                .map(|fault| Fault {
                    row: places[fault.row],
                    ..fault
                })
                .collect(),
            section: self.section,
            rows_end: self.rows_end,
        }
    }
}

/// How far a reading is, for others to watch.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    bytes: AtomicU64,
}

impl Meter {
    pub(crate) fn add(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

/// Takes batches; `Break` ends the reading without an error.
pub(crate) type Emit<'e> = &'e mut dyn FnMut(RawBatch) -> ControlFlow<()>;

/// Reads a file from its beginning.
pub(crate) fn read(
    opening: &Opening,
    wanted: &Wanted,
    meter: &Arc<Meter>,
    emit: Emit<'_>,
) -> Result<(), ReadError> {
    match opening.format()? {
        Format::Csv => delimited::read(opening, b',', wanted, meter, emit),
        Format::Tsv => delimited::read(opening, b'\t', wanted, meter, emit),
        Format::Xlsx => workbook::read(opening, wanted, meter, emit),
        Format::Ndjson => ndjson::read(opening, wanted, meter, emit),
        Format::Parquet => parquet::read(opening, wanted, meter, emit),
    }
}
