//! CSV and TSV: bytes into columns of text.
//!
//! Invariant: the line of a row is the line where its first field begins, also after blank lines
//! and after fields that contain line breaks. A row with more or fewer fields than the header is
//! a fault of that row, never shifted into other columns.

use std::io::{BufRead, Read as _};
use std::ops::ControlFlow;
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::blank::{RowFate, TableEnd};
use super::names::from_header;
use super::open::utf8;
use super::text_column::{TextColumn, trim};
use super::{
    BATCH_BYTES_MAX, BATCH_ROWS_MAX, Column, Emit, Fault, Meter, Opening, RawBatch, ReadError,
    Section, Wanted,
};
use crate::hash::RowHash;

pub(super) fn read(
    opening: &Opening,
    delimiter: u8,
    wanted: &Wanted,
    meter: &Arc<Meter>,
    emit: Emit<'_>,
) -> Result<(), ReadError> {
    let mut stream = utf8(opening, meter)?;
    let skipped = skip_lines(opening, &mut stream)?;
    let mut reader = ReaderBuilder::new()
        .delimiter(opening.rule.delimiter.unwrap_or(delimiter))
        .terminator(terminator(opening, &mut stream)?)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(256 * 1024)
        .from_reader(stream);
    let mut record = ByteRecord::new();
    let mut header: Vec<Vec<String>> = Vec::new();
    while header.len() < opening.rule.header_rows as usize {
        if !next(opening, &mut reader, &mut record)? {
            return Err(opening.error(
                format!(
                    "it has {} of {} header rows",
                    header.len(),
                    opening.rule.header_rows
                ),
                "",
            ));
        }
        if header.is_empty() && filled(&record) == 0 {
            continue;
        }
        header.push(
            record
                .iter()
                .map(|cell| String::from_utf8_lossy(cell).into_owned())
                .collect(),
        );
    }
    let names = from_header(&header, opening.rule.header_use);
    let carried = (0..names.len())
        .filter(|at| wanted.takes(&names[*at]))
        .collect();
    let mut end = TableEnd::new(opening.rule.stop_at_blank, names.len());
    let mut rows = Rows {
        columns: Vec::new(),
        lines: Vec::new(),
        hashes: Vec::new(),
        faults: Vec::new(),
        row_hashes: wanted.row_hashes,
        pad_short_rows: opening.rule.pad_short_rows,
        rows_before: 0,
        section: Arc::new(Section {
            sheet: None,
            names,
            carried,
        }),
    };
    rows.clear();
    let mut first = true;
    loop {
        let line_before = reader.position().line();
        let more = next(opening, &mut reader, &mut record)?;
        if more {
            let line = first_line(&record, line_before, reader.position().line());
            if line > line_before {
                end.blank();
            }
            if below(opening, &record) {
                break;
            }
            if end.row(filled(&record)) == RowFate::Take {
                rows.push(&record, line + skipped);
            }
        }
        let full = rows.lines.len() >= BATCH_ROWS_MAX || rows.bytes() >= BATCH_BYTES_MAX;
        let enough = wanted.rows_max.is_some_and(|most| rows.rows_end() >= most);
        if full || enough || !more {
            // The first batch goes out even when it is empty: its columns are checked.
            if (first || !rows.lines.is_empty()) && emit(rows.take()) == ControlFlow::Break(()) {
                return Ok(());
            }
            first = false;
            if enough || !more {
                return Ok(());
            }
        }
    }
    if first || !rows.lines.is_empty() {
        let _ = emit(rows.take());
    }
    Ok(())
}

fn next<R: std::io::Read>(
    opening: &Opening,
    reader: &mut csv::Reader<R>,
    record: &mut ByteRecord,
) -> Result<bool, ReadError> {
    reader.read_byte_record(record).map_err(|error| {
        let shown = error.to_string();
        match error.into_kind() {
            csv::ErrorKind::Io(source) => opening.failed(source),
            _ => opening.error(format!("it is damaged: {shown}"), ""),
        }
    })
}

/// Lines end with a line feed. A carriage return before it is a blank at the end of the last cell
/// and is trimmed with the others: left to the reader, it would be a line end of its own and line
/// numbers would be one too low. Only files of old Macs have nothing but carriage returns.
fn terminator(opening: &Opening, stream: &mut Box<dyn BufRead>) -> Result<Terminator, ReadError> {
    let start = stream.fill_buf().map_err(|e| opening.failed(e))?;
    let old_mac = start.contains(&b'\r') && !start.contains(&b'\n');
    Ok(if old_mac {
        Terminator::CRLF
    } else {
        Terminator::Any(b'\n')
    })
}

/// Drops the lines before the header and says how many there were.
fn skip_lines(opening: &Opening, stream: &mut Box<dyn BufRead>) -> Result<u64, ReadError> {
    let mut line = Vec::new();
    for _ in 0..opening.rule.skip_rows {
        line.clear();
        // A line this long is no line of a text file; the limit keeps memory bounded.
        let mut limited = stream.by_ref().take(BATCH_BYTES_MAX as u64);
        limited
            .read_until(b'\n', &mut line)
            .map_err(|e| opening.failed(e))?;
    }
    Ok(u64::from(opening.rule.skip_rows))
}

/// The line where a record begins. The reader gives the line before the blank lines that it
/// skipped, and the line after the record.
fn first_line(record: &ByteRecord, before: u64, after: u64) -> u64 {
    if after <= before + 1 {
        return before;
    }
    let inside = record
        .as_slice()
        .iter()
        .filter(|byte| **byte == b'\n')
        .count() as u64;
    // A last line without a line break ends on its own line; counting it as ended would put the
    // record one line too early, so blanks are only believed beyond that.
    (after - 1).saturating_sub(inside).max(before)
}

/// How many fields have a value, counted to 2.
fn filled(record: &ByteRecord) -> usize {
    record
        .iter()
        .filter(|cell| !trim(cell).is_empty())
        .take(2)
        .count()
}

/// Whether the record is a footer that the mapping names.
fn below(opening: &Opening, record: &ByteRecord) -> bool {
    let first = record.get(0).map(trim).unwrap_or_default();
    opening
        .rule
        .stop_at
        .iter()
        .any(|text| first.starts_with(text.as_bytes()))
}

/// The batch under construction.
struct Rows {
    section: Arc<Section>,
    columns: Vec<TextColumn>,
    lines: Vec<u64>,
    hashes: Vec<u128>,
    faults: Vec<Fault>,
    row_hashes: bool,
    pad_short_rows: bool,
    rows_before: u64,
}

impl Rows {
    fn clear(&mut self) {
        self.columns = self
            .section
            .carried
            .iter()
            .map(|_| TextColumn::new())
            .collect();
    }

    fn push(&mut self, record: &ByteRecord, line: u64) {
        let expected = self.section.names.len();
        let padded = self.pad_short_rows && record.len() < expected;
        if record.len() != expected && !padded {
            self.faults.push(Fault {
                row: self.lines.len(),
                column: None,
                message: "the row has another number of fields than the header".to_owned(),
                found: format!("{} fields", record.len()),
                allowed: format!("{expected} fields"),
            });
        }
        for (column, at) in self.columns.iter_mut().zip(&self.section.carried) {
            column.push(record.get(*at).unwrap_or_default());
        }
        if self.row_hashes {
            let mut hash = RowHash::new();
            for cell in record {
                hash.cell(trim(cell));
            }
            self.hashes.push(hash.finish());
        }
        self.lines.push(line);
    }

    fn bytes(&self) -> usize {
        self.columns.iter().map(TextColumn::bytes).sum()
    }

    fn rows_end(&self) -> u64 {
        self.rows_before + self.lines.len() as u64
    }

    fn take(&mut self) -> RawBatch {
        let mut faults = std::mem::take(&mut self.faults);
        let places = self.section.carried.iter();
        let columns = self
            .columns
            .iter_mut()
            .zip(places)
            .map(|(column, at)| Column::Text(column.finish(&self.section.names[*at], &mut faults)))
            .collect();
        let before = self.rows_before;
        self.rows_before = self.rows_end();
        RawBatch {
            section: Arc::clone(&self.section),
            rows: (before..self.rows_before).collect(),
            lines: std::mem::take(&mut self.lines),
            columns,
            hashes: std::mem::take(&mut self.hashes),
            faults,
            rows_end: self.rows_before,
        }
    }
}
