//! XLSX: sheets as sections.
//!
//! Invariant: the line of a row is its row number in Excel. Cells merged over several header
//! cells give their text to all of them. A cell that Excel shows as an error (`#REF!`) is a fault,
//! not an empty cell. Sheets are read cell by cell; only the shared texts of the workbook are held.
//!
//! Absent on purpose: formulas (their last values count) and what cells look like, except that
//! a date is a date.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::sync::Arc;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, Xlsx, XlsxError};

use super::blank::{RowFate, TableEnd};
use super::names::from_header;
use super::text_column::{TextColumn, trim};
use super::{
    BATCH_BYTES_MAX, BATCH_ROWS_MAX, Column, Emit, Fault, Meter, Opening, RawBatch, ReadError,
    Section, Wanted,
};
use crate::hash::RowHash;
use crate::mapping::Sheets;
use crate::suggest::{did_you_mean, listed};

type Book = Xlsx<BufReader<File>>;

pub(super) fn read(
    opening: &Opening,
    wanted: &Wanted,
    meter: &Arc<Meter>,
    emit: Emit<'_>,
) -> Result<(), ReadError> {
    let (mut book, bytes_total) = open(opening)?;
    let sheets = chosen(opening, &book)?;
    let mut rows_before = 0;
    for sheet in &sheets {
        let merged = merged_cells(&mut book, sheet).map_err(|e| damaged(opening, &e))?;
        let mut rows = SheetRows::new(opening, wanted, sheet, &merged, rows_before);
        let mut cells = book
            .worksheet_cells_reader(sheet)
            .map_err(|e| damaged(opening, &e))?;
        let mut row: Vec<Cell> = Vec::new();
        let mut number = 0;
        loop {
            let cell = cells.next_cell().map_err(|e| damaged(opening, &e))?;
            let at = cell.as_ref().map(calamine::Cell::get_position);
            if at.is_none_or(|(next, _)| next != number) && !row.is_empty() {
                let flow = rows.row(number, std::mem::take(&mut row), emit)?;
                match flow {
                    Flow::On => {}
                    Flow::EndOfTable => break,
                    Flow::Stop => return Ok(()),
                }
            }
            let (Some(cell), Some((line, column))) = (cell, at) else {
                break;
            };
            number = line;
            let read = Cell::from(cell.get_value());
            if !matches!(read, Cell::Empty) {
                // Sheets have at most 16,384 columns.
                row.resize_with((column as usize + 1).max(row.len()), || Cell::Empty);
                row[column as usize] = read;
            }
        }
        if rows.finish(emit)? == ControlFlow::Break(()) {
            return Ok(());
        }
        rows_before = rows.rows_end();
        meter.add(bytes_total / sheets.len() as u64);
    }
    Ok(())
}

/// The sheets of a workbook, for guessing.
pub(crate) fn sheet_names(opening: &Opening) -> Result<Vec<String>, ReadError> {
    Ok(open(opening)?.0.sheet_names())
}

fn open(opening: &Opening) -> Result<(Book, u64), ReadError> {
    let file = opening.open()?;
    let bytes = file.metadata().map_err(|e| opening.failed(e))?.len();
    let book = Xlsx::new(BufReader::new(file)).map_err(|e| damaged(opening, &e))?;
    Ok((book, bytes))
}

fn damaged(opening: &Opening, error: &XlsxError) -> ReadError {
    opening.error(
        format!("it cannot be read as a workbook ({error})"),
        "a whole .xlsx file",
    )
}

fn chosen(opening: &Opening, book: &Book) -> Result<Vec<String>, ReadError> {
    let all = book.sheet_names();
    match &opening.rule.sheets {
        Sheets::All => Ok(all),
        Sheets::First => all
            .into_iter()
            .next()
            .map(|first| vec![first])
            .ok_or_else(|| opening.error("the workbook has no sheet", "")),
        Sheets::Named(names) => {
            for name in names {
                if !all.contains(name) {
                    let hint = did_you_mean(name, all.iter().map(String::as_str));
                    let message = format!("the workbook has no sheet `{name}`{hint}");
                    return Err(opening.error(message, listed(all.iter().map(String::as_str), 40)));
                }
            }
            Ok(names.clone())
        }
    }
}

fn merged_cells(book: &mut Book, sheet: &str) -> Result<Vec<Dimensions>, XlsxError> {
    book.merge_cells_by_sheet_name(sheet)
}

/// One cell, freed from the workbook.
#[derive(Debug, Clone)]
enum Cell {
    Empty,
    Text(String),
    Error(String),
}

impl Cell {
    fn text(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text) | Self::Error(text) => text,
        }
    }

    fn is_filled(&self) -> bool {
        !trim(self.text().as_bytes()).is_empty()
    }
}

impl From<&DataRef<'_>> for Cell {
    fn from(cell: &DataRef<'_>) -> Self {
        match cell {
            DataRef::Empty => Self::Empty,
            DataRef::String(text) => Self::Text(text.clone()),
            DataRef::SharedString(text) => Self::Text((*text).to_owned()),
            DataRef::Int(number) => Self::Text(number.to_string()),
            // Rust writes the shortest text that reads back as the same number: 4, 26.2, 1e21.
            DataRef::Float(number) => Self::Text(number.to_string()),
            DataRef::Bool(flag) => Self::Text(flag.to_string()),
            DataRef::DateTime(at) => Self::Text(moment(at)),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Self::Text(text.clone()),
            DataRef::Error(error) => Self::Error(error.to_string()),
        }
    }
}

/// A date as ISO 8601, without an hour at midnight; a duration as days.
fn moment(at: &ExcelDateTime) -> String {
    if at.is_duration() {
        return at.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    if at.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => date,
        (_, _, _, 0) => format!("{date} {hour:02}:{minute:02}:{second:02}"),
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

enum Flow {
    On,
    EndOfTable,
    Stop,
}

/// The rows of one sheet on their way into batches.
struct SheetRows<'a> {
    opening: &'a Opening,
    wanted: &'a Wanted,
    sheet: &'a str,
    merged: &'a [Dimensions],
    header: Vec<Vec<String>>,
    section: Option<(Arc<Section>, TableEnd)>,
    columns: Vec<TextColumn>,
    lines: Vec<u64>,
    hashes: Vec<u128>,
    faults: Vec<Fault>,
    rows_before: u64,
    last_row: Option<u32>,
    first: bool,
}

impl<'a> SheetRows<'a> {
    fn new(
        opening: &'a Opening,
        wanted: &'a Wanted,
        sheet: &'a str,
        merged: &'a [Dimensions],
        rows_before: u64,
    ) -> Self {
        Self {
            opening,
            wanted,
            sheet,
            merged,
            header: Vec::new(),
            section: None,
            columns: Vec::new(),
            lines: Vec::new(),
            hashes: Vec::new(),
            faults: Vec::new(),
            rows_before,
            last_row: None,
            first: true,
        }
    }

    /// A row with at least one cell; `number` is from 0.
    fn row(&mut self, number: u32, cells: Vec<Cell>, emit: Emit<'_>) -> Result<Flow, ReadError> {
        if number < self.opening.rule.skip_rows {
            return Ok(Flow::On);
        }
        if self.section.is_none() {
            // Rows without any cell are not in the file; an unfilled header row is skipped unless
            // it is one of several.
            if self.header.is_empty() && !cells.iter().any(Cell::is_filled) {
                return Ok(Flow::On);
            }
            self.header.push(self.header_row(number, &cells));
            if self.header.len() == self.opening.rule.header_rows as usize {
                self.begin();
            }
            self.last_row = Some(number);
            return Ok(Flow::On);
        }
        let first = trim(cells.first().map_or("", Cell::text).as_bytes());
        if self
            .opening
            .rule
            .stop_at
            .iter()
            .any(|text| first.starts_with(text.as_bytes()))
        {
            return Ok(Flow::EndOfTable);
        }
        let skipped = self.last_row.is_some_and(|last| number > last + 1);
        self.last_row = Some(number);
        let Some((section, end)) = &mut self.section else {
            return Ok(Flow::On);
        };
        if skipped {
            end.blank();
        }
        let filled = cells.iter().filter(|cell| cell.is_filled()).take(2).count();
        if end.row(filled) == RowFate::Leave {
            return Ok(Flow::On);
        }
        let section = Arc::clone(section);
        self.push(&section, number, &cells);
        let full = self.lines.len() >= BATCH_ROWS_MAX
            || self.columns.iter().map(TextColumn::bytes).sum::<usize>() >= BATCH_BYTES_MAX;
        let enough = self
            .wanted
            .rows_max
            .is_some_and(|most| self.rows_end() >= most);
        let mut flow = if enough { Flow::Stop } else { Flow::On };
        if (full || enough) && emit(self.take(&section)) == ControlFlow::Break(()) {
            flow = Flow::Stop;
        }
        Ok(flow)
    }

    /// The texts of a header row, those of merged cells in every cell that they cover.
    fn header_row(&self, number: u32, cells: &[Cell]) -> Vec<String> {
        let mut texts: Vec<String> = cells.iter().map(|cell| cell.text().to_owned()).collect();
        for area in self
            .merged
            .iter()
            .filter(|area| area.start.0 <= number && number <= area.end.0)
        {
            let (first, last) = (area.start.1 as usize, area.end.1 as usize);
            let above = (number - area.start.0) as usize;
            let text = if above == 0 {
                texts.get(first).cloned()
            } else {
                let row = self.header.len().checked_sub(above);
                row.and_then(|row| self.header[row].get(first).cloned())
            };
            let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
                continue;
            };
            if texts.len() <= last {
                texts.resize(last + 1, String::new());
            }
            texts[first..=last].fill(text);
        }
        texts
    }

    fn begin(&mut self) {
        let names = from_header(&self.header, self.opening.rule.header_use);
        let carried: Vec<usize> = (0..names.len())
            .filter(|at| self.wanted.takes(&names[*at]))
            .collect();
        self.columns = carried.iter().map(|_| TextColumn::new()).collect();
        let end = TableEnd::new(self.opening.rule.stop_at_blank, names.len());
        let section = Section {
            sheet: Some(self.sheet.to_owned()),
            names,
            carried,
        };
        self.section = Some((Arc::new(section), end));
    }

    fn push(&mut self, section: &Section, number: u32, cells: &[Cell]) {
        for (column, at) in self.columns.iter_mut().zip(&section.carried) {
            let cell = cells.get(*at).unwrap_or(&Cell::Empty);
            if let Cell::Error(error) = cell {
                self.faults.push(Fault {
                    row: self.lines.len(),
                    column: Some(section.names[*at].clone()),
                    message: "Excel shows an error in this cell".to_owned(),
                    found: error.clone(),
                    allowed: "a value".to_owned(),
                });
            }
            column.push(cell.text().as_bytes());
        }
        if let Some(extra) = cells
            .iter()
            .skip(section.names.len())
            .find(|cell| cell.is_filled())
        {
            self.faults.push(Fault {
                row: self.lines.len(),
                column: None,
                message: "the row has cells beyond the header".to_owned(),
                found: extra.text().chars().take(60).collect(),
                allowed: format!("{} cells", section.names.len()),
            });
        }
        if self.wanted.row_hashes {
            let mut hash = RowHash::new();
            hash.cell(self.sheet.as_bytes());
            for at in 0..section.names.len() {
                hash.cell(trim(cells.get(at).map_or("", Cell::text).as_bytes()));
            }
            self.hashes.push(hash.finish());
        }
        self.lines.push(u64::from(number) + 1);
    }

    fn rows_end(&self) -> u64 {
        self.rows_before + self.lines.len() as u64
    }

    fn take(&mut self, section: &Arc<Section>) -> RawBatch {
        self.first = false;
        let mut faults = std::mem::take(&mut self.faults);
        let columns = self.columns.iter_mut().zip(&section.carried);
        let columns = columns
            .map(|(column, at)| Column::Text(column.finish(&section.names[*at], &mut faults)))
            .collect();
        let before = self.rows_before;
        self.rows_before = self.rows_end();
        RawBatch {
            section: Arc::clone(section),
            rows: (before..self.rows_before).collect(),
            lines: std::mem::take(&mut self.lines),
            columns,
            hashes: std::mem::take(&mut self.hashes),
            faults,
            rows_end: self.rows_before,
        }
    }

    fn finish(&mut self, emit: Emit<'_>) -> Result<ControlFlow<()>, ReadError> {
        let Some(section) = self
            .section
            .as_ref()
            .map(|(section, _)| Arc::clone(section))
        else {
            return Err(self.opening.error(
                format!(
                    "sheet `{}` has {} of {} header rows",
                    self.sheet,
                    self.header.len(),
                    self.opening.rule.header_rows
                ),
                "",
            ));
        };
        if self.first || !self.lines.is_empty() {
            return Ok(emit(self.take(&section)));
        }
        Ok(ControlFlow::Continue(()))
    }
}
