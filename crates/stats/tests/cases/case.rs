//! One case: its input, what is expected, and with which tolerance.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub struct Case {
    pub id: String,
    pub area: String,
    pub input: Value,
    pub expected: Value,
    pub tolerance: Value,
    folder: PathBuf,
}

impl Case {
    pub fn read_all(folder: &Path) -> Vec<Self> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "json"))
            .collect();
        files.sort();
        files.iter().map(|file| Self::read(file, folder)).collect()
    }

    fn read(file: &Path, folder: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap();
        let mut value: Value =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let text_of = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        Self {
            id: text_of(&value, "id"),
            area: text_of(&value, "area"),
            input: value["input"].take(),
            expected: value["expected"].take(),
            tolerance: value["tolerance"].take(),
            folder: folder.to_owned(),
        }
    }

    /// `06` of `06 SPC`.
    pub fn area_number(&self) -> Option<u32> {
        self.area.split_whitespace().next()?.parse().ok()
    }

    /// Columns of a CSV file that the input names.
    pub fn csv(&self, name: &str) -> Table {
        let path = self.input["csv"][name]
            .as_str()
            .unwrap_or_else(|| panic!("no csv {name}"));
        let mut reader = csv::Reader::from_path(self.folder.join(path)).unwrap();
        let headers: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for record in reader.records() {
            for (header, field) in headers.iter().zip(record.unwrap().iter()) {
                columns
                    .entry(header.clone())
                    .or_default()
                    .push(field.to_owned());
            }
        }
        Table { columns }
    }

    /// The first CSV file of the input.
    pub fn only_csv(&self) -> Table {
        let name = self.input["csv"]
            .as_object()
            .unwrap()
            .keys()
            .next()
            .unwrap()
            .clone();
        self.csv(&name)
    }
}

pub struct Table {
    pub columns: BTreeMap<String, Vec<String>>,
}

impl Table {
    pub fn text(&self, column: &str) -> &[String] {
        self.columns
            .get(column)
            .unwrap_or_else(|| panic!("no column {column}"))
    }

    /// Numbers; a missing value (`NA`, empty) is NaN here and must be dropped by the caller.
    pub fn numbers(&self, column: &str) -> Vec<f64> {
        self.text(column)
            .iter()
            .map(|t| t.parse().unwrap_or(f64::NAN))
            .collect()
    }
}

/// Numbers of a JSON array; a scalar is an array of one (R's unboxing).
pub fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items
            .iter()
            .map(|v| v.as_f64().unwrap_or(f64::NAN))
            .collect(),
        Value::Number(number) => vec![number.as_f64().unwrap()],
        _ => Vec::new(),
    }
}

/// Whole numbers of a JSON array.
pub fn counts(value: &Value) -> Vec<u64> {
    numbers(value).into_iter().map(|x| x as u64).collect()
}

/// Texts of a JSON array; a scalar is an array of one.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Value::String(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}
