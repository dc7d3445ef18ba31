//! Texts with few values: constants, mapped columns, answers from a list.
//!
//! Invariant: a column of words goes out as a dictionary: every value is looked up once per text
//! and stored once per batch. Words of a closed list are only those of the list.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, Int32Array, StringArray};
use arrow::datatypes::Int32Type;
use evenkeel_foundation::slugify;

use super::rows::{Missing, Rows};
use crate::mapping::{ColumnPick, Pick};
use crate::source::squeeze;
use crate::suggest::{did_you_mean, listed};

/// Places in a list of words, one a row.
pub(crate) type Places = Vec<Option<i32>>;

/// The list of words of one target, and what texts in the file stand for them.
#[derive(Debug)]
pub(crate) struct Words {
    field: String,
    values: Vec<String>,
    places: HashMap<String, i32>,
    /// Whether other words may come.
    open: bool,
    /// Whether a text that is no word may be one as a slug.
    slugs: bool,
    map: BTreeMap<String, String>,
    missing: Missing,
    seen: HashMap<String, Option<i32>>,
}

/// How many texts are remembered, and how many words an open list grows to before it begins anew
/// with the next batch: memory and the size of dictionaries are bounded.
const REMEMBERED_MAX: usize = 50_000;

impl Words {
    /// Any word.
    pub(crate) fn open(field: &str, map: BTreeMap<String, String>, missing: Missing) -> Self {
        Self {
            field: field.to_owned(),
            values: Vec::new(),
            places: HashMap::new(),
            open: true,
            slugs: false,
            map,
            missing,
            seen: HashMap::new(),
        }
    }

    /// One of `values`.
    pub(crate) fn closed(
        field: &str,
        values: Vec<String>,
        slugs: bool,
        map: BTreeMap<String, String>,
        missing: Missing,
    ) -> Self {
        let places = values
            .iter()
            .enumerate()
            .map(|(at, value)| (value.clone(), at as i32));
        Self {
            places: places.collect(),
            values,
            slugs,
            open: false,
            ..Self::open(field, map, missing)
        }
    }

    /// The word at a place.
    pub(crate) fn value(&self, place: i32) -> &str {
        &self.values[place as usize]
    }

    /// The place of a text; `Err` when it is no word.
    pub(crate) fn place(&mut self, text: &str) -> Result<Option<i32>, ()> {
        if self.missing.text(text) {
            return Ok(None);
        }
        if let Some(known) = self.seen.get(text) {
            return known.map(Some).ok_or(());
        }
        let found = self.find(text);
        if self.seen.len() > REMEMBERED_MAX {
            self.seen.clear();
        }
        self.seen.insert(text.to_owned(), found);
        found.map(Some).ok_or(())
    }

    fn find(&mut self, text: &str) -> Option<i32> {
        let plain = squeeze(text);
        let mapped = self.map.get(text).or_else(|| self.map.get(plain.as_ref()));
        let word = mapped.map_or(plain.as_ref(), String::as_str);
        if let Some(at) = self.places.get(word) {
            return Some(*at);
        }
        if self.open {
            let at = self.values.len() as i32;
            self.places.insert(word.to_owned(), at);
            self.values.push(word.to_owned());
            return Some(at);
        }
        if self.slugs && mapped.is_none() {
            return self.places.get(&slugify(word)).copied();
        }
        None
    }

    /// The places of a column; what is no word is a fault.
    pub(crate) fn column(&mut self, rows: &mut Rows<'_>, pick: &ColumnPick) -> Places {
        if self.open && self.values.len() > REMEMBERED_MAX {
            self.values.clear();
            self.places.clear();
            self.seen.clear();
        }
        let texts = rows.texts(&pick.column);
        let mut places = Vec::with_capacity(rows.len());
        let mut absent = 0;
        for row in 0..rows.len() {
            let text = texts.get(row);
            if let Ok(place) = self.place(text) {
                absent += u64::from(place.is_none());
                places.push(place);
            } else {
                let field = &self.field;
                let (message, allowed) = self.unknown(text);
                rows.fault(row, Some(texts.name), field, &message, text, &allowed);
                places.push(None);
            }
        }
        rows.count_missing(texts.at, texts.name, absent);
        places
    }

    /// What to say about a text that is no word.
    pub(crate) fn unknown(&self, text: &str) -> (String, String) {
        let known = || {
            self.map
                .keys()
                .map(String::as_str)
                .chain(self.values.iter().map(String::as_str))
        };
        let message = format!("this is not in the list{}", did_you_mean(text, known()));
        (message, listed(known(), 20))
    }

    /// Places as a column of texts.
    pub(crate) fn array(&self, places: Places) -> ArrayRef {
        dictionary(places, &self.values)
    }
}

/// Places and their values as a column.
pub(crate) fn dictionary(places: Places, values: &[String]) -> ArrayRef {
    let values: ArrayRef = Arc::new(StringArray::from_iter_values(values));
    Arc::new(DictionaryArray::<Int32Type>::new(
        Int32Array::from(places),
        values,
    ))
}

/// One value for all rows.
pub(crate) fn constant(value: &str, rows: usize) -> ArrayRef {
    let values: ArrayRef = Arc::new(StringArray::from_iter_values([value]));
    Arc::new(DictionaryArray::<Int32Type>::new(
        Int32Array::from(vec![0; rows]),
        values,
    ))
}

/// A text of the envelope that may be anything: wave, channel, stratum …
#[derive(Debug)]
pub(crate) enum Label<'m> {
    /// Nobody says it.
    Absent,
    /// All rows have it.
    Constant(&'m str),
    /// A column says it.
    Column(&'m ColumnPick, Words),
}

impl<'m> Label<'m> {
    pub(crate) fn new(field: &str, pick: Option<&'m Pick>, everywhere: &[String]) -> Self {
        match pick {
            None => Self::Absent,
            Some(Pick::Constant(constant)) => Self::Constant(&constant.value),
            Some(Pick::Column(pick)) => {
                let missing = Missing::new(everywhere, &pick.missing);
                Self::Column(pick, Words::open(field, pick.map.clone(), missing))
            }
        }
    }

    /// As [`Label::new`], from a closed list.
    pub(crate) fn closed(
        field: &str,
        pick: Option<&'m Pick>,
        everywhere: &[String],
        values: Vec<String>,
    ) -> Self {
        match pick {
            Some(Pick::Column(pick)) => {
                let missing = Missing::new(everywhere, &pick.missing);
                Self::Column(
                    pick,
                    Words::closed(field, values, true, pick.map.clone(), missing),
                )
            }
            other => Self::new(field, other, everywhere),
        }
    }

    /// The values of the rows; None where nobody says it.
    pub(crate) fn array(&mut self, rows: &mut Rows<'_>) -> Option<ArrayRef> {
        match self {
            Self::Absent => None,
            Self::Constant(value) => Some(constant(value, rows.len())),
            Self::Column(pick, words) => {
                let places = words.column(rows, pick);
                Some(words.array(places))
            }
        }
    }

    /// As [`Label::array`]; a row without a value is a fault.
    pub(crate) fn required(&mut self, rows: &mut Rows<'_>) -> Option<ArrayRef> {
        let Self::Column(pick, words) = self else {
            return self.array(rows);
        };
        let places = words.column(rows, pick);
        let (_, name, _) = rows.column(&pick.column);
        for (row, place) in places.iter().enumerate() {
            if place.is_none() && !rows.is_bad(row) {
                let field = &words.field;
                rows.fault(row, Some(name), field, "this is needed and missing", "", "");
            }
        }
        Some(words.array(places))
    }
}
