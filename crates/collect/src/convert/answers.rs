//! Answers to items: each on the scale to which its item is bound.
//!
//! Invariant: what is stored lies on the scale. A text is an answer if the map of the item leads
//! to one, or if it is one as it stands; everything else is a fault that names the scale.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Float64Array, Int32Array, StringArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use evenkeel_facts::item_column;
use evenkeel_foundation::{Item, Scale};

use super::number;
use super::rows::{Missing, Rows};
use super::words::Words;
use crate::mapping::{ColumnName, ColumnPick, ItemColumns, ItemRule};
use crate::source::{Column, squeeze};

/// Reads the answers to one item.
#[derive(Debug)]
pub(crate) struct Answers<'m> {
    /// The column of the table.
    pub column: String,
    /// The target, for problems.
    pub field: String,
    rule: &'m ItemRule,
    scale: &'m Scale,
    missing: Missing,
    map: HashMap<String, String>,
    words: Words,
    /// Cells with several values and what they became.
    seen: HashMap<String, Result<String, String>>,
    stored_as: DataType,
}

/// Different cells with several values that are remembered.
const REMEMBERED_MAX: usize = 20_000;

impl<'m> Answers<'m> {
    pub(crate) fn new(
        rule: &'m ItemRule,
        item: &'m Item,
        everywhere: &[String],
        stored_as: Option<DataType>,
    ) -> Self {
        let field = format!("item:{}", item.id);
        let missing = Missing::new(everywhere, &rule.missing);
        let values = match &item.scale {
            Scale::Choice { values } | Scale::Choices { values } | Scale::Ranking { values } => {
                values.clone()
            }
            _ => Vec::new(),
        };
        let map = rule
            .map
            .iter()
            .map(|(from, to)| (squeeze(from).into_owned(), to.clone()));
        Self {
            column: item_column(item.id.as_str()),
            words: Words::closed(&field, values, false, rule.map.clone(), missing.clone()),
            field,
            rule,
            scale: &item.scale,
            missing,
            map: map.collect(),
            seen: HashMap::new(),
            stored_as: stored_as.unwrap_or(DataType::Utf8),
        }
    }

    /// Whether answers go to the table of comments.
    pub(crate) fn is_comment(&self) -> bool {
        matches!(self.scale, Scale::Comment)
    }

    /// The texts of a comment item, by row.
    pub(crate) fn comments(&self, rows: &mut Rows<'_>) -> Vec<(usize, String)> {
        let ItemColumns::One { column, .. } = &self.rule.columns else {
            return Vec::new();
        };
        let texts = rows.texts(column);
        let comments: Vec<(usize, String)> = (0..rows.len())
            .filter(|row| !self.missing.text(texts.get(*row)))
            .map(|row| (row, texts.get(row).to_owned()))
            .collect();
        rows.count_missing(texts.at, texts.name, (rows.len() - comments.len()) as u64);
        comments
    }

    /// The answers of the rows, typed as the table has them.
    pub(crate) fn array(&mut self, rows: &mut Rows<'_>) -> ArrayRef {
        let columns = &self.rule.columns;
        match (self.scale, columns) {
            (Scale::Choices { .. }, ItemColumns::PerValue(columns)) => self.ticked(rows, columns),
            (Scale::Ranking { .. }, ItemColumns::PerValue(columns)) => self.placed(rows, columns),
            (Scale::Rating { min, max }, ItemColumns::One { column, .. }) => {
                self.ratings(rows, column, *min, *max)
            }
            (Scale::Number { min, max }, ItemColumns::One { column, .. }) => {
                self.numbers(rows, column, *min, *max)
            }
            (Scale::Choice { .. }, ItemColumns::One { column, .. }) => {
                let pick = ColumnPick {
                    column: column.clone(),
                    map: BTreeMap::new(),
                    missing: Vec::new(),
                };
                let places = self.words.column(rows, &pick);
                self.words.array(places)
            }
            (Scale::Choices { .. } | Scale::Ranking { .. }, ItemColumns::One { column, split }) => {
                self.several(rows, column, split.as_deref())
            }
            (Scale::Boolean, ItemColumns::One { column, .. }) => Arc::new(BooleanArray::from(
                flags(rows, column, &self.field, &self.missing, &self.map),
            )),
            (Scale::Text | Scale::Comment, ItemColumns::One { column, .. }) => {
                self.texts(rows, column)
            }
            // `check` refuses columns per value for scales of one value.
            (_, ItemColumns::PerValue(_)) => {
                arrow::array::new_null_array(&self.stored_as, rows.len())
            }
        }
    }

    fn scaled(&self, number: f64) -> f64 {
        number * self.rule.scale_factor + self.rule.offset
    }

    /// The number of a text: what the map says, or the number that it is, scaled.
    fn number(&self, rows: &Rows<'_>, text: &str) -> Option<f64> {
        if !self.map.is_empty()
            && let Some(mapped) = self.map.get(squeeze(text).as_ref())
        {
            return mapped.parse().ok();
        }
        let written = number::parse(text, rows.decimal)?;
        let value = if written.percent {
            written.value / 100.0
        } else {
            written.value
        };
        Some(self.scaled(value))
    }

    /// The numbers of a column, mapped and scaled, and what is no number said.
    fn values(&self, rows: &mut Rows<'_>, column: &ColumnName) -> Vec<Option<f64>> {
        let (at, name, values) = rows.column(column);
        let mut absent = 0;
        let mut answers: Vec<Option<f64>> = Vec::with_capacity(rows.len());
        let typed = |number: Option<f64>| {
            number
                .filter(|n| !self.missing.number(*n))
                .map(|n| self.scaled(n))
        };
        match values {
            Column::Whole(array) => {
                answers.extend(array.iter().map(|n| typed(n.map(|n| n as f64))));
            }
            Column::Number(array) => answers.extend(array.iter().map(typed)),
            _ => {
                let texts = rows.texts(column);
                for row in 0..rows.len() {
                    let text = texts.get(row);
                    if self.missing.text(text) {
                        absent += 1;
                        answers.push(None);
                        continue;
                    }
                    let number = self.number(rows, text);
                    if number.is_none() {
                        self.wrong(rows, row, name, "this is no number", text);
                    }
                    answers.push(number);
                }
            }
        }
        if matches!(values, Column::Whole(_) | Column::Number(_)) {
            absent = answers.iter().filter(|answer| answer.is_none()).count() as u64;
        }
        rows.count_missing(at, name, absent);
        answers
    }

    #[cold]
    fn wrong(&self, rows: &mut Rows<'_>, row: usize, name: &str, message: &str, found: &str) {
        let mut allowed = self.scale.to_string();
        if !self.map.is_empty() {
            let mut known: Vec<&str> = self.map.keys().map(String::as_str).collect();
            known.sort_unstable();
            allowed = format!("{allowed}; {}", crate::suggest::listed(known, 20));
        }
        rows.fault(row, Some(name), &self.field, message, found, &allowed);
    }

    fn ratings(&self, rows: &mut Rows<'_>, column: &ColumnName, min: i32, max: i32) -> ArrayRef {
        let (at, name, values) = rows.column(column);
        let plain = self.map.is_empty() && self.rule.scale_factor == 1.0 && self.rule.offset == 0.0;
        if let (true, Column::Text(texts)) = (plain, values) {
            let mut absent = 0;
            let mut answers: Vec<Option<i32>> = Vec::with_capacity(rows.len());
            for row in 0..rows.len() {
                let text = if arrow::array::Array::is_null(texts, row) {
                    ""
                } else {
                    texts.value(row)
                };
                if self.missing.text(text) {
                    absent += 1;
                    answers.push(None);
                    continue;
                }
                let value = small(text)
                    .map(f64::from)
                    .or_else(|| self.number(rows, text));
                answers.push(self.rating(rows, row, name, value, || text.to_owned(), min, max));
            }
            rows.count_missing(at, name, absent);
            return self.stored(&Int32Array::from(answers));
        }
        let values = self.values(rows, column);
        let answers: Vec<Option<i32>> = values
            .into_iter()
            .enumerate()
            .map(|(row, value)| {
                value
                    .and_then(|v| self.rating(rows, row, name, Some(v), || v.to_string(), min, max))
            })
            .collect();
        self.stored(&Int32Array::from(answers))
    }

    #[inline]
    #[allow(clippy::too_many_arguments)] // the parts of one cell, in the hot loop
    fn rating(
        &self,
        rows: &mut Rows<'_>,
        row: usize,
        name: &str,
        value: Option<f64>,
        found: impl FnOnce() -> String,
        min: i32,
        max: i32,
    ) -> Option<i32> {
        let Some(value) = value else {
            self.wrong(rows, row, name, "this is no number", &found());
            return None;
        };
        // Scaling may leave 4.000000000001.
        let whole = value.round();
        if (value - whole).abs() > 1e-6 || whole < f64::from(min) || whole > f64::from(max) {
            self.wrong(rows, row, name, "this is no answer to the item", &found());
            return None;
        }
        Some(whole as i32)
    }

    fn stored(&self, ratings: &Int32Array) -> ArrayRef {
        // Ratings were checked against the scale, which decided the type.
        cast(ratings, &self.stored_as).expect("a rating fits the type of its scale")
    }

    fn numbers(
        &self,
        rows: &mut Rows<'_>,
        column: &ColumnName,
        min: Option<f64>,
        max: Option<f64>,
    ) -> ArrayRef {
        let (_, name, _) = rows.column(column);
        let values = self.values(rows, column);
        for (row, value) in values.iter().enumerate() {
            let Some(value) = value else { continue };
            if min.is_some_and(|min| *value < min) || max.is_some_and(|max| *value > max) {
                self.wrong(
                    rows,
                    row,
                    name,
                    "this is no answer to the item",
                    &value.to_string(),
                );
            }
        }
        Arc::new(Float64Array::from(values))
    }

    fn texts(&self, rows: &mut Rows<'_>, column: &ColumnName) -> ArrayRef {
        let texts = rows.texts(column);
        let cells = (0..rows.len()).map(|row| {
            let text = texts.get(row);
            let mapped = self.map.get(text).map_or(text, String::as_str);
            (!self.missing.text(text)).then_some(mapped)
        });
        let array: StringArray = cells.collect();
        let absent = arrow::array::Array::null_count(&array) as u64;
        rows.count_missing(texts.at, texts.name, absent);
        Arc::new(array)
    }

    /// One cell with several values.
    fn several(
        &mut self,
        rows: &mut Rows<'_>,
        column: &ColumnName,
        split: Option<&str>,
    ) -> ArrayRef {
        let texts = rows.texts(column);
        let mut absent = 0;
        let mut cells: Vec<Option<String>> = Vec::with_capacity(rows.len());
        for row in 0..rows.len() {
            let text = texts.get(row);
            if self.missing.text(text) {
                absent += 1;
                cells.push(None);
                continue;
            }
            if self.seen.len() >= REMEMBERED_MAX {
                self.seen.clear();
            }
            let read = if let Some(read) = self.seen.get(text) {
                read.clone()
            } else {
                let read = self.parse_several(text, split);
                self.seen.insert(text.to_owned(), read.clone());
                read
            };
            match read {
                Ok(json) => cells.push(Some(json)),
                Err(message) => {
                    self.wrong(rows, row, texts.name, &message, text);
                    cells.push(None);
                }
            }
        }
        rows.count_missing(texts.at, texts.name, absent);
        Arc::new(StringArray::from(cells))
    }

    fn parse_several(&mut self, text: &str, split: Option<&str>) -> Result<String, String> {
        let parts: Vec<String> = match (split, serde_json::from_str(text)) {
            (_, Ok(parts)) => parts,
            (Some(split), _) => text.split(split).map(str::to_owned).collect(),
            (None, _) => vec![text.to_owned()],
        };
        let mut places = Vec::new();
        for part in parts
            .iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
        {
            match self.words.place(part) {
                Ok(Some(place)) if places.contains(&place) => {
                    return Err(format!("`{part}` stands twice"));
                }
                Ok(Some(place)) => places.push(place),
                Ok(None) => {}
                Err(()) => {
                    return Err(self.words.unknown(part).0.replacen(
                        "this",
                        &format!("`{part}`"),
                        1,
                    ));
                }
            }
        }
        if matches!(self.scale, Scale::Choices { .. }) {
            places.sort_unstable();
        }
        Ok(self.json(&places))
    }

    fn json(&self, places: &[i32]) -> String {
        let values: Vec<&str> = places
            .iter()
            .map(|place| self.words.value(*place))
            .collect();
        serde_json::Value::from(values).to_string()
    }

    /// Choices with one column each: those that are ticked. Without any cell there is no answer.
    fn ticked(&mut self, rows: &mut Rows<'_>, columns: &[(String, ColumnName)]) -> ArrayRef {
        let columns = self.by_value(rows, columns);
        let cells = (0..rows.len()).map(|row| {
            let mut answered = false;
            let mut places = Vec::new();
            for (place, texts) in &columns {
                let text = texts.get(row);
                if self.missing.text(text) {
                    continue;
                }
                answered = true;
                if truth(text) != Some(false) {
                    places.push(*place);
                }
            }
            places.sort_unstable();
            answered.then(|| self.json(&places))
        });
        Arc::new(cells.collect::<StringArray>())
    }

    /// A ranking with one column each: the place of every value.
    fn placed(&mut self, rows: &mut Rows<'_>, columns: &[(String, ColumnName)]) -> ArrayRef {
        let columns = self.by_value(rows, columns);
        let mut cells: Vec<Option<String>> = Vec::with_capacity(rows.len());
        for row in 0..rows.len() {
            let mut ranked: Vec<(i64, i32)> = Vec::new();
            let mut right = true;
            for (place, texts) in &columns {
                let text = texts.get(row);
                if self.missing.text(text) {
                    continue;
                }
                let rank = number::parse(text, rows.decimal)
                    .map(|n| n.value)
                    .filter(|n| n.fract() == 0.0);
                match rank {
                    Some(rank) if !ranked.iter().any(|(known, _)| *known == rank as i64) => {
                        ranked.push((rank as i64, *place));
                    }
                    Some(_) => {
                        right = false;
                        self.wrong(
                            rows,
                            row,
                            texts.name,
                            "two values have the same place",
                            text,
                        );
                    }
                    None => {
                        right = false;
                        self.wrong(rows, row, texts.name, "this is no place in an order", text);
                    }
                }
            }
            ranked.sort_unstable();
            let places: Vec<i32> = ranked.iter().map(|(_, place)| *place).collect();
            cells.push((right && !places.is_empty()).then(|| self.json(&places)));
        }
        Arc::new(StringArray::from(cells))
    }

    /// The columns of a `columns` table with the places of their values.
    fn by_value<'b>(
        &mut self,
        rows: &mut Rows<'b>,
        columns: &[(String, ColumnName)],
    ) -> Vec<(i32, super::rows::Texts<'b>)> {
        let mut found = Vec::new();
        for (value, column) in columns {
            let texts = rows.texts(column);
            let absent = (0..rows.len())
                .filter(|row| self.missing.text(texts.get(*row)))
                .count();
            rows.count_missing(texts.at, texts.name, absent as u64);
            // `check` found the value on the scale.
            if let Ok(Some(place)) = self.words.place(value) {
                found.push((place, texts));
            }
        }
        found
    }
}

/// A whole number of up to four digits, without a way through floating point.
#[inline]
fn small(text: &str) -> Option<i32> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    let mut value = 0;
    for digit in digits {
        value = value * 10 + i32::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    Some(if negative { -value } else { value })
}

/// A truth value as programs write them.
pub(crate) fn truth(text: &str) -> Option<bool> {
    let known = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if known(&["true", "yes", "y", "t", "1", "1.0", "on", "checked"]) {
        Some(true)
    } else if known(&["false", "no", "n", "f", "0", "0.0", "off", "unchecked"]) {
        Some(false)
    } else {
        None
    }
}

/// The truth values of a column; what is none is a fault.
pub(crate) fn flags(
    rows: &mut Rows<'_>,
    column: &ColumnName,
    field: &str,
    missing: &Missing,
    map: &HashMap<String, String>,
) -> Vec<Option<bool>> {
    if let (at, name, Column::Flag(array)) = rows.column(column) {
        let flags: Vec<Option<bool>> = array.iter().collect();
        rows.count_missing(at, name, arrow::array::Array::null_count(array) as u64);
        return flags;
    }
    let texts = rows.texts(column);
    let mut absent = 0;
    let mut flags = Vec::with_capacity(rows.len());
    for row in 0..rows.len() {
        let text = texts.get(row);
        if missing.text(text) {
            absent += 1;
            flags.push(None);
            continue;
        }
        let mapped = if map.is_empty() {
            None
        } else {
            map.get(squeeze(text).as_ref())
        };
        let flag = truth(mapped.map_or(text, String::as_str));
        if flag.is_none() {
            let mut allowed = "true, false, yes, no, 1, 0".to_owned();
            for word in map.keys() {
                allowed.push_str(", ");
                allowed.push_str(word);
            }
            rows.fault(
                row,
                Some(texts.name),
                field,
                "this is neither yes nor no",
                text,
                &allowed,
            );
        }
        flags.push(flag);
    }
    rows.count_missing(texts.at, texts.name, absent);
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers() {
        for (text, value) in [
            ("0", Some(0)),
            ("10", Some(10)),
            ("-5", Some(-5)),
            ("9999", Some(9999)),
        ] {
            assert_eq!(small(text), value, "{text}");
        }
        for text in ["", "-", "10000", "4.0", "1a", "+1"] {
            assert_eq!(small(text), None, "{text}");
        }
    }

    #[test]
    fn truths() {
        assert_eq!(truth("YES"), Some(true));
        assert_eq!(truth("False"), Some(false));
        assert_eq!(truth("perhaps"), None);
    }
}
