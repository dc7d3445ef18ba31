//! The rows of a file by the names of its columns, without a mapping.
//!
//! Purpose: one-off looks at a small file (`evenkeel assess`). Delimiter, encoding and the place of
//! the header are found out as for a guess.
//!
//! Invariant: a row is said with its line in the file. Absent on purpose: any meaning of columns.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::convert::text_of;
use crate::guess::sniffed;
use crate::mapping::FileRule;
use crate::source::{self, Meter, Opening, ReadError, Wanted};

/// One row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its line, from 1 (Parquet: the row).
    pub line: u64,
    /// Its cells by the name of their column, in the order of the file.
    pub cells: Vec<(String, String)>,
}

impl SheetRow {
    /// The text of a column; None where the file has none, or the cell is empty.
    pub fn get(&self, column: &str) -> Option<&str> {
        let cells = self.cells.iter();
        let mut found = cells.filter(|(name, _)| name == column);
        let (_, text) = found.next()?;
        (!text.is_empty()).then_some(text.as_str())
    }
}

/// Reads the rows of a file (csv, tsv, xlsx, ndjson, parquet), whose name tells its form. `each`
/// takes a row; `Break` ends the reading.
pub fn read_sheet(
    path: &Path,
    file_name: &str,
    each: &mut dyn FnMut(SheetRow) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let opening = sniffed(Opening {
        path: path.to_owned(),
        file_name: file_name.to_owned(),
        rule: FileRule::default(),
    })?;
    let wanted = Wanted {
        all: true,
        ..Wanted::default()
    };
    let mut wrong = None;
    source::read(
        &opening,
        &wanted,
        &Arc::new(Meter::default()),
        &mut |batch| {
            if let Some(fault) = batch.faults.first() {
                let line = batch.lines.get(fault.row).copied().unwrap_or_default();
                let message = format!("line {line}: {}", fault.message);
                wrong = Some(opening.error(message, fault.allowed.clone()));
                return ControlFlow::Break(());
            }
            for (row, line) in batch.lines.iter().enumerate() {
                let carried = batch.section.carried.iter().zip(&batch.columns);
                let cells = carried.map(|(at, column)| {
                    let text = text_of(column, row).trim().to_owned();
                    (batch.section.names[*at].clone(), text)
                });
                let row = SheetRow {
                    line: *line,
                    cells: cells.collect(),
                };
                if each(row).is_break() {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        },
    )?;
    wrong.map_or(Ok(()), Err)
}
