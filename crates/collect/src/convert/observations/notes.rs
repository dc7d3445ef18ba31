//! What a row's `detail` notes of what was seen, so that the row can be judged again.
//!
//! Invariant: the same notes as of an observation that comes in by itself; a row that is judged
//! from the number in `value` has none and costs nothing.

use evenkeel_assess::Observed;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::observation::{Noted, note_by_name};

/// The notes of one row.
#[derive(Debug, Default)]
pub(super) struct Notes(Option<Box<Of>>);

#[derive(Debug)]
struct Of {
    noted: Noted,
    by_name: Map<String, Value>,
    /// Extras follow from what was seen, so those that a person reports are noted apart.
    extras_follow: bool,
}

impl Notes {
    pub(super) fn new(noted: Noted) -> Self {
        Self(Some(Box::new(Of {
            noted,
            by_name: Map::new(),
            extras_follow: false,
        })))
    }

    /// Of what other columns than the number say.
    pub(super) fn of_seen(observed: &Observed, as_of: Option<Timestamp>) -> Self {
        let mut by_name = Map::new();
        note_by_name(Some(observed), &mut by_name);
        Self(Some(Box::new(Of {
            noted: Noted::of(Some(observed), as_of),
            by_name,
            extras_follow: matches!(observed, Observed::Steps(_) | Observed::Ticks(_)),
        })))
    }

    /// Of the scores of several raters.
    pub(super) fn of_scores(scores: &[f64]) -> Self {
        if scores.is_empty() {
            return Self::default();
        }
        Self::new(Noted {
            scores: scores.to_vec(),
            ..Noted::default()
        })
    }

    /// The extras that a person reported, as they are stored.
    pub(super) fn extras(&mut self, said: Option<String>) {
        if let (Some(of), Some(said)) = (&mut self.0, said)
            && of.extras_follow
        {
            of.noted.extras = serde_json::from_str(&said).unwrap_or_default();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Writes them into `detail`.
    pub(super) fn write(&self, detail: &mut Map<String, Value>) {
        let Some(of) = &self.0 else {
            return;
        };
        for (name, value) in &of.by_name {
            detail.insert(name.clone(), value.clone());
        }
        of.noted.write(detail);
    }
}
