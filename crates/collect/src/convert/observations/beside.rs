//! What stands beside the judgement: what the file says itself, lists, further columns.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, StringArray};
use serde_json::{Map, Value};

use super::Observations;
use super::notes::Notes;
use crate::convert::answers::flags;
use crate::convert::responses::texts_of;
use crate::convert::rows::Rows;
use crate::mapping::ListRule;
use crate::observation::NOTED;

impl Observations<'_> {
    /// What the file says itself.
    pub(super) fn told(&self, rows: &mut Rows<'_>) -> Option<Vec<Option<bool>>> {
        let kept = self.rule.kept.as_ref()?;
        let missing = self.missing.with(&kept.missing);
        Some(flags(rows, &kept.column, "kept", &missing, &self.kept_map))
    }

    pub(super) fn list(
        &self,
        rows: &mut Rows<'_>,
        rule: Option<&ListRule>,
    ) -> Option<Vec<Option<String>>> {
        let rule = rule?;
        let texts = rows.texts(&rule.column);
        let read = (0..rows.len()).map(|row| {
            let text = texts.get(row);
            if self.missing.text(text) {
                return None;
            }
            let parts = text
                .split(&rule.split)
                .map(str::trim)
                .filter(|part| !part.is_empty());
            Some(Value::from(parts.collect::<Vec<_>>()).to_string())
        });
        Some(read.collect())
    }

    /// What else the mapping keeps, and what is noted of what was seen.
    pub(super) fn detail(&self, rows: &Rows<'_>, notes: &[Notes]) -> Option<ArrayRef> {
        if self.rule.detail.is_empty() && notes.iter().all(Notes::is_empty) {
            return None;
        }
        let columns = texts_of(rows, &self.rule.detail);
        let cells = notes.iter().enumerate().map(|(row, notes)| {
            let mut object = Map::new();
            for texts in &columns {
                let text = texts.get(row);
                // The name is ours; a column of that name would be taken for a note.
                if !self.missing.text(text) && texts.name != NOTED {
                    object.insert(texts.name.to_owned(), Value::from(text));
                }
            }
            notes.write(&mut object);
            (!object.is_empty()).then(|| Value::Object(object).to_string())
        });
        Some(Arc::new(cells.collect::<StringArray>()))
    }
}

/// Two lists as one, each text once.
pub(super) fn joined(judged: Option<String>, said: Option<String>) -> Option<String> {
    let (Some(judged), Some(said)) = (&judged, &said) else {
        return judged.or(said);
    };
    let read = |list: &str| serde_json::from_str::<Vec<String>>(list).unwrap_or_default();
    let mut both = read(judged);
    for extra in read(said) {
        if !both.contains(&extra) {
            both.push(extra);
        }
    }
    crate::observation::list(&both)
}

/// A column of texts, unless all are missing.
pub(super) fn some_texts(texts: Vec<Option<String>>) -> Option<ArrayRef> {
    let any = texts.iter().any(Option::is_some);
    any.then(|| Arc::new(StringArray::from(texts)) as Arc<dyn Array>)
}
