//! The rows of a batch while they are converted: which are wrong and why, which cells are missing.
//!
//! Invariant: a converter never stops at a wrong cell; it says so here and goes on, so that all
//! problems of a file are found in one reading. A wrong row is not stored.

use std::collections::{BTreeMap, HashMap};

use arrow::array::{Array, StringArray};

use crate::mapping::{ColumnName, Decimal};
use crate::problem::{ImportProblem, ProblemLog};
use crate::source::{Column, RawBatch, Section};

/// What adds up over a whole file.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// What is wrong.
    pub log: ProblemLog,
    /// Cells without a value, per column.
    pub missing: BTreeMap<String, u64>,
    /// Things that are stored but deserve a look.
    pub warnings: BTreeMap<String, u64>,
}

/// Texts that mean "no value".
#[derive(Debug, Clone, Default)]
pub(crate) struct Missing {
    codes: Vec<String>,
    numbers: Vec<f64>,
}

impl Missing {
    pub(crate) fn new(everywhere: &[String], here: &[String]) -> Self {
        let codes: Vec<String> = everywhere
            .iter()
            .chain(here)
            .filter(|code| !code.is_empty())
            .cloned()
            .collect();
        let numbers = codes.iter().filter_map(|code| code.parse().ok()).collect();
        Self { codes, numbers }
    }

    /// These and further ones.
    pub(crate) fn with(&self, here: &[String]) -> Self {
        Self::new(&self.codes, here)
    }

    /// Whether a text, without blanks around it, means "no value".
    #[inline]
    pub(crate) fn text(&self, text: &str) -> bool {
        text.is_empty() || self.codes.iter().any(|code| code == text)
    }

    /// Whether a number means "no value".
    #[inline]
    pub(crate) fn number(&self, number: f64) -> bool {
        number.is_nan() || self.numbers.contains(&number)
    }
}

/// Where the columns of a section are in its batches.
#[derive(Debug)]
pub(crate) struct Index {
    places: HashMap<String, usize>,
}

impl Index {
    pub(crate) fn new(section: &Section) -> Self {
        let names = section.carried.iter().map(|at| section.names[*at].clone());
        Self {
            places: names.enumerate().map(|(at, name)| (name, at)).collect(),
        }
    }

    /// The first of the names that the section has.
    pub(crate) fn find(&self, column: &ColumnName) -> Option<usize> {
        column
            .names
            .iter()
            .find_map(|name| self.places.get(name).copied())
    }
}

/// The rows of one batch.
pub(crate) struct Rows<'b> {
    /// What the file says.
    pub batch: &'b RawBatch,
    index: &'b Index,
    /// How decimals are written.
    pub decimal: Decimal,
    bad: Vec<bool>,
    bad_count: usize,
    /// Why rows are wrong, for the file of rejected rows.
    reasons: Option<BTreeMap<usize, Vec<String>>>,
    counted: Vec<bool>,
    /// What adds up.
    pub ledger: &'b mut Ledger,
}

impl<'b> Rows<'b> {
    pub(crate) fn new(
        batch: &'b RawBatch,
        index: &'b Index,
        decimal: Decimal,
        with_reasons: bool,
        ledger: &'b mut Ledger,
    ) -> Self {
        let mut rows = Self {
            bad: vec![false; batch.lines.len()],
            bad_count: 0,
            reasons: with_reasons.then(BTreeMap::new),
            counted: vec![false; batch.columns.len()],
            batch,
            index,
            decimal,
            ledger,
        };
        for fault in &batch.faults {
            let column = fault.column.as_deref();
            rows.fault(
                fault.row,
                column,
                "",
                &fault.message,
                &fault.found,
                &fault.allowed,
            );
        }
        rows
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.bad.len()
    }

    /// Whether something was wrong with this row so far.
    #[inline]
    pub(crate) fn is_bad(&self, row: usize) -> bool {
        self.bad[row]
    }

    pub(crate) fn bad_count(&self) -> usize {
        self.bad_count
    }

    /// Why rows are wrong, by row.
    pub(crate) fn into_reasons(self) -> BTreeMap<usize, Vec<String>> {
        self.reasons.unwrap_or_default()
    }

    /// Says that a row is wrong.
    #[cold]
    pub(crate) fn fault(
        &mut self,
        row: usize,
        column: Option<&str>,
        field: &str,
        message: &str,
        found: &str,
        allowed: &str,
    ) {
        if !self.bad[row] {
            self.bad[row] = true;
            self.bad_count += 1;
        }
        let make = || ImportProblem {
            sheet: self.batch.section.sheet.clone(),
            line: self.batch.lines[row],
            column: column.map(str::to_owned),
            field: field.to_owned(),
            message: message.to_owned(),
            found: found.chars().take(80).collect(),
            allowed: allowed.to_owned(),
        };
        if let Some(reasons) = &mut self.reasons {
            reasons.entry(row).or_default().push(make().to_string());
        }
        self.ledger.log.add(field, make);
    }

    /// Counts something that is stored but deserves a look.
    #[cold]
    pub(crate) fn warn(&mut self, message: &str) {
        match self.ledger.warnings.get_mut(message) {
            Some(times) => *times += 1,
            None => {
                self.ledger.warnings.insert(message.to_owned(), 1);
            }
        }
    }

    /// A column of the mapping: its place, its name in the file and its values. The check of the
    /// section has found all columns that the mapping names.
    pub(crate) fn column(&self, column: &ColumnName) -> (usize, &'b str, &'b Column) {
        place(self.batch, self.index, column)
    }

    /// Counts the missing cells of a column, once a batch however often it is used.
    pub(crate) fn count_missing(&mut self, at: usize, name: &str, count: u64) {
        if std::mem::replace(&mut self.counted[at], true) || count == 0 {
            return;
        }
        match self.ledger.missing.get_mut(name) {
            Some(times) => *times += count,
            None => {
                self.ledger.missing.insert(name.to_owned(), count);
            }
        }
    }

    /// The texts of a column; typed columns are written out.
    pub(crate) fn texts(&self, column: &ColumnName) -> Texts<'b> {
        texts(self.batch, self.index, column)
    }

    /// The numbers of a column; what is no number is a fault. `percent`: numbers without a sign
    /// are percentages. Percentages come back as shares.
    pub(crate) fn numbers(
        &mut self,
        column: &ColumnName,
        field: &str,
        missing: &Missing,
        percent: bool,
    ) -> Vec<Option<f64>> {
        let (at, name, values) = self.column(column);
        let unsigned = if percent { 100.0 } else { 1.0 };
        let keep = |number: f64| (!missing.number(number)).then_some(number / unsigned);
        let mut wrong = 0;
        let numbers: Vec<Option<f64>> = match values {
            Column::Number(array) => array.iter().map(|n| n.and_then(keep)).collect(),
            Column::Whole(array) => array
                .iter()
                .map(|n| n.and_then(|n| keep(n as f64)))
                .collect(),
            Column::Flag(array) => array
                .iter()
                .map(|flag| flag.and_then(|flag| keep(f64::from(u8::from(flag)))))
                .collect(),
            Column::Text(array) => (0..array.len())
                .map(|row| {
                    let text = array.value(row);
                    if array.is_null(row) || missing.text(text) {
                        return None;
                    }
                    match super::number::parse(text, self.decimal) {
                        // The sign says what the mapping would say; it is not applied twice.
                        Some(written) if written.percent => Some(written.value / 100.0),
                        Some(written) => keep(written.value),
                        None => {
                            wrong += 1;
                            self.fault(
                                row,
                                Some(name),
                                field,
                                "this is no number",
                                text,
                                "a number",
                            );
                            None
                        }
                    }
                })
                .collect(),
            Column::Day(_) | Column::Instant(_) | Column::Wall(_) => {
                wrong = self.len() as u64;
                for row in 0..self.len() {
                    self.fault(
                        row,
                        Some(name),
                        field,
                        "a date is no number",
                        "",
                        "a number",
                    );
                }
                vec![None; self.len()]
            }
        };
        let absent = numbers.iter().filter(|number| number.is_none()).count() as u64 - wrong;
        self.count_missing(at, name, absent);
        numbers
    }
}

fn place<'b>(
    batch: &'b RawBatch,
    index: &Index,
    column: &ColumnName,
) -> (usize, &'b str, &'b Column) {
    let at = index
        .find(column)
        .expect("the section was checked for every column");
    let section = &batch.section;
    (at, &section.names[section.carried[at]], &batch.columns[at])
}

/// The texts of a column; typed columns are written out.
pub(crate) fn texts<'b>(batch: &'b RawBatch, index: &Index, column: &ColumnName) -> Texts<'b> {
    let (at, name, values) = place(batch, index, column);
    let array = match values {
        Column::Text(array) => array.clone(),
        other => written(other),
    };
    Texts { at, name, array }
}

/// A column as texts.
pub(crate) struct Texts<'b> {
    /// Its place.
    pub at: usize,
    /// Its name in the file.
    pub name: &'b str,
    array: StringArray,
}

impl Texts<'_> {
    /// The text of a row; an empty one where there is none.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> &str {
        if self.array.is_null(row) {
            ""
        } else {
            self.array.value(row)
        }
    }
}

/// Typed values as texts: whole numbers without a point, moments as ISO 8601.
fn written(column: &Column) -> StringArray {
    match column {
        Column::Text(array) => array.clone(),
        Column::Number(array) => array.iter().map(|n| n.map(|n| n.to_string())).collect(),
        Column::Whole(array) => array.iter().map(|n| n.map(|n| n.to_string())).collect(),
        Column::Flag(array) => array
            .iter()
            .map(|flag| flag.map(|flag| flag.to_string()))
            .collect(),
        Column::Day(array) => array
            .iter()
            .map(|day| day.map(super::moment::day_text))
            .collect(),
        Column::Instant(array) => array
            .iter()
            .map(|at| at.map(|at| format!("{}Z", super::moment::wall_text(at))))
            .collect(),
        Column::Wall(array) => array
            .iter()
            .map(|at| at.map(super::moment::wall_text))
            .collect(),
    }
}

/// One cell as text, for showing it to people.
pub(crate) fn text_of(column: &Column, row: usize) -> String {
    if column.as_array().is_null(row) {
        return String::new();
    }
    match column {
        Column::Text(array) => array.value(row).to_owned(),
        Column::Number(array) => array.value(row).to_string(),
        Column::Whole(array) => array.value(row).to_string(),
        Column::Flag(array) => array.value(row).to_string(),
        Column::Day(array) => super::moment::day_text(array.value(row)),
        Column::Instant(array) => format!("{}Z", super::moment::wall_text(array.value(row))),
        Column::Wall(array) => super::moment::wall_text(array.value(row)),
    }
}
