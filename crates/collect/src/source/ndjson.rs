//! One JSON object a line; keys of objects inside objects are joined with dots.
//!
//! Invariant: there is no header, so the columns are what the mapping names; a name that no line
//! has is an error at the end of the file, with the keys that were seen.

use std::collections::BTreeSet;
use std::io::BufRead as _;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::open::utf8;
use super::text_column::TextColumn;
use super::{
    BATCH_BYTES_MAX, BATCH_ROWS_MAX, Column, Emit, Fault, Meter, Opening, RawBatch, ReadError,
    Section, Wanted,
};
use crate::hash::RowHash;
use crate::suggest::listed;

/// The lines that are read for their keys when every column is wanted.
const LINES_FOR_KEYS: u64 = 1000;

pub(super) fn read(
    opening: &Opening,
    wanted: &Wanted,
    meter: &Arc<Meter>,
    emit: Emit<'_>,
) -> Result<(), ReadError> {
    let names = columns(&keys(opening)?, wanted);
    let mut lines = Lines::new(names);
    let mut stream = utf8(opening, meter)?;
    let mut line = Vec::new();
    let mut number: u64 = 0;
    let mut first = true;
    loop {
        line.clear();
        let more = stream
            .read_until(b'\n', &mut line)
            .map_err(|e| opening.failed(e))?
            > 0;
        number += u64::from(more);
        if more && number > u64::from(opening.rule.skip_rows) && !line.trim_ascii().is_empty() {
            lines.push(&line, number, wanted.row_hashes);
        }
        let full = lines.rows.len() >= BATCH_ROWS_MAX || lines.bytes() >= BATCH_BYTES_MAX;
        let enough = wanted.rows_max.is_some_and(|most| lines.rows_end >= most);
        if full || enough || !more {
            if (first || !lines.rows.is_empty()) && emit(lines.take()) == ControlFlow::Break(()) {
                return Ok(());
            }
            first = false;
        }
        if enough {
            return Ok(());
        }
        if !more {
            return lines.unknown(opening, wanted);
        }
    }
}

/// The columns to carry: of every group the names that the first lines have, or its first name
/// (it may come later); and every key when all are wanted.
fn columns(keys: &[String], wanted: &Wanted) -> Vec<String> {
    let mut names: Vec<String> = if wanted.all {
        keys.to_vec()
    } else {
        Vec::new()
    };
    for group in &wanted.groups {
        let mut known: Vec<&String> = group.iter().filter(|name| keys.contains(name)).collect();
        if known.is_empty() {
            known.extend(group.first());
        }
        for name in known {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}

/// The keys of the first lines, in the order in which they appear.
fn keys(opening: &Opening) -> Result<Vec<String>, ReadError> {
    let mut stream = utf8(opening, &Arc::new(Meter::default()))?;
    let mut line = Vec::new();
    let mut keys = Vec::new();
    for _ in 0..LINES_FOR_KEYS {
        line.clear();
        if stream
            .read_until(b'\n', &mut line)
            .map_err(|e| opening.failed(e))?
            == 0
        {
            break;
        }
        if let Ok(Value::Object(object)) = serde_json::from_slice(&line) {
            collect_keys(&object, "", &mut keys);
        }
    }
    Ok(keys)
}

fn collect_keys(object: &Map<String, Value>, before: &str, keys: &mut Vec<String>) {
    for (key, value) in object {
        let path = if before.is_empty() {
            key.clone()
        } else {
            format!("{before}.{key}")
        };
        match value {
            Value::Object(inner) => collect_keys(inner, &path, keys),
            _ if keys.contains(&path) => {}
            _ => keys.push(path),
        }
    }
}

/// The batch under construction.
struct Lines {
    section: Arc<Section>,
    columns: Vec<TextColumn>,
    seen: Vec<bool>,
    keys: BTreeSet<String>,
    rows: Vec<u64>,
    numbers: Vec<u64>,
    hashes: Vec<u128>,
    faults: Vec<Fault>,
    rows_end: u64,
}

impl Lines {
    fn new(names: Vec<String>) -> Self {
        let columns = names.iter().map(|_| TextColumn::new()).collect();
        Self {
            columns,
            seen: vec![false; names.len()],
            section: Arc::new(Section {
                sheet: None,
                carried: (0..names.len()).collect(),
                names,
            }),
            keys: BTreeSet::new(),
            rows: Vec::new(),
            numbers: Vec::new(),
            hashes: Vec::new(),
            faults: Vec::new(),
            rows_end: 0,
        }
    }

    fn push(&mut self, line: &[u8], number: u64, row_hashes: bool) {
        let object = match serde_json::from_slice(line) {
            Ok(Value::Object(object)) => object,
            Ok(_) => {
                self.fault("the line is no JSON object".to_owned(), line);
                Map::new()
            }
            Err(error) => {
                self.fault(format!("the line is no JSON: {error}"), line);
                Map::new()
            }
        };
        if self.keys.len() < 1000 {
            self.keys.extend(object.keys().cloned());
        }
        for ((column, name), seen) in self
            .columns
            .iter_mut()
            .zip(&self.section.names)
            .zip(&mut self.seen)
        {
            match value_at(&object, name) {
                None | Some(Value::Null) => column.push(b""),
                Some(Value::String(text)) => column.push(text.as_bytes()),
                Some(other) => column.push(other.to_string().as_bytes()),
            }
            *seen = *seen || value_at(&object, name).is_some();
        }
        if row_hashes {
            let mut hash = RowHash::new();
            hash.cell(line.trim_ascii());
            self.hashes.push(hash.finish());
        }
        self.rows.push(self.rows_end);
        self.numbers.push(number);
        self.rows_end += 1;
    }

    fn fault(&mut self, message: String, line: &[u8]) {
        self.faults.push(Fault {
            row: self.rows.len(),
            column: None,
            message,
            found: String::from_utf8_lossy(line)
                .trim()
                .chars()
                .take(60)
                .collect(),
            allowed: "one JSON object a line".to_owned(),
        });
    }

    fn bytes(&self) -> usize {
        self.columns.iter().map(TextColumn::bytes).sum()
    }

    fn take(&mut self) -> RawBatch {
        let mut faults = std::mem::take(&mut self.faults);
        let columns = self.columns.iter_mut().zip(&self.section.names);
        RawBatch {
            section: Arc::clone(&self.section),
            columns: columns
                .map(|(column, name)| Column::Text(column.finish(name, &mut faults)))
                .collect(),
            lines: std::mem::take(&mut self.numbers),
            rows: std::mem::take(&mut self.rows),
            hashes: std::mem::take(&mut self.hashes),
            faults,
            rows_end: self.rows_end,
        }
    }

    /// Groups of which no line had a key.
    fn unknown(&self, opening: &Opening, wanted: &Wanted) -> Result<(), ReadError> {
        let seen = |name: &String| {
            let at = self.section.names.iter().position(|known| known == name);
            at.is_some_and(|at| self.seen[at])
        };
        let unknown: Vec<String> = wanted
            .groups
            .iter()
            .filter(|group| !group.iter().any(seen))
            .map(|group| group.join(" or "))
            .collect();
        if unknown.is_empty() || self.rows_end == 0 {
            return Ok(());
        }
        Err(ReadError::UnknownKeys {
            file: opening.file_name.clone(),
            unknown,
            allowed: listed(self.keys.iter().map(String::as_str), 40),
        })
    }
}

/// The value at a path; a key that itself contains dots goes first.
fn value_at<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    if let Some(value) = object.get(path) {
        return Some(value);
    }
    path.match_indices('.').find_map(|(at, _)| {
        let inner = object.get(&path[..at])?.as_object()?;
        value_at(inner, &path[at + 1..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_dots_and_keys_in_keys() {
        let object: Value =
            serde_json::from_str(r#"{"a":{"b":1,"c.d":{"e":2}},"a.b":3}"#).expect("json");
        let object = object.as_object().expect("an object");
        let at = |path| value_at(object, path).and_then(Value::as_i64);
        assert_eq!(at("a.b"), Some(3));
        assert_eq!(at("a.c.d.e"), Some(2));
        assert_eq!(at("a.x"), None);
    }
}
