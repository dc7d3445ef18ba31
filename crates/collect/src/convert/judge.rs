//! Judging observations on arrival, each by the version of its standard that was in force.
//!
//! Invariant: the same number under the same version is judged once; the version and the day are
//! looked up once a day. What is in force is the registry's rule, not this room's.

use std::collections::{BTreeMap, HashMap};

use evenkeel_assess::{AssessError, ObservedValue, assess};
use evenkeel_foundation::{Requirement, StandardId};
use evenkeel_registry::{StandardVersion, standard_version_in_force};

use super::moment::date_of_days;

/// What a number means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judged {
    pub kept: Option<bool>,
    pub deviations: Option<String>,
    pub extras: Option<String>,
}

/// Judges numbers.
#[derive(Debug)]
pub(crate) struct Judge<'m> {
    standards: &'m BTreeMap<StandardId, Vec<StandardVersion>>,
    /// (standard, day) → version.
    in_force: HashMap<(i32, i32), Option<&'m StandardVersion>>,
    /// (standard, version, open, number) → judgement.
    judged: HashMap<(i32, i64, bool, u64), Judged>,
}

/// Judgements that are remembered; times in minutes have few, measurements may have millions.
const REMEMBERED_MAX: usize = 65_536;

impl<'m> Judge<'m> {
    pub(crate) fn new(standards: &'m BTreeMap<StandardId, Vec<StandardVersion>>) -> Self {
        Self {
            standards,
            in_force: HashMap::new(),
            judged: HashMap::new(),
        }
    }

    /// The version in force on a day; None before the first and after the last.
    pub(crate) fn version(
        &mut self,
        place: i32,
        standard: &str,
        day: i32,
    ) -> Option<&'m StandardVersion> {
        let standards = self.standards;
        *self.in_force.entry((place, day)).or_insert_with(|| {
            let versions = standards.get(standard)?;
            standard_version_in_force(versions, date_of_days(day)?)
        })
    }

    /// From when on there is a version, for messages.
    pub(crate) fn first_day(&self, standard: &str) -> Option<String> {
        let versions = self.standards.get(standard)?;
        let first = versions
            .iter()
            .filter_map(|version| version.valid_from)
            .min()?;
        Some(first.to_string())
    }

    /// Judges what was seen; Err says why it cannot be.
    pub(crate) fn judge(
        &mut self,
        place: i32,
        version: &StandardVersion,
        observed: ObservedValue,
    ) -> Result<Judged, String> {
        let (open, value) = match observed {
            ObservedValue::Number(value) => (false, value),
            ObservedValue::OpenForSeconds(value) => (true, value),
        };
        let key = (place, version.version, open, value.to_bits());
        if let Some(judged) = self.judged.get(&key) {
            return Ok(judged.clone());
        }
        let judged = judge(&version.standard.requirement, observed)?;
        if self.judged.len() >= REMEMBERED_MAX {
            self.judged.clear();
        }
        self.judged.insert(key, judged.clone());
        Ok(judged)
    }
}

fn judge(requirement: &Requirement, observed: ObservedValue) -> Result<Judged, String> {
    match assess(requirement, &observed) {
        Ok(assessment) => Ok(Judged {
            kept: assessment.kept,
            deviations: json(&assessment.deviations),
            extras: json(&assessment.extras),
        }),
        Err(AssessError::NeedsKept { .. }) => Err(format!(
            "a {} is not judged by a number: bring a kept column",
            requirement.as_str()
        )),
        Err(error) => Err(error.to_string()),
    }
}

/// A list as JSON; None when it is empty.
fn json<T: serde::Serialize>(list: &[T]) -> Option<String> {
    (!list.is_empty()).then(|| serde_json::to_string(list).unwrap_or_default())
}
