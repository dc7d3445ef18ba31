//! Judging observations on arrival, each by the version of its standard that was in force.
//!
//! Invariant: the same number under the same version is judged once; the version and the day are
//! looked up once a day. What is in force is the registry's rule, not this room's. Of a rubric
//! that asks for several raters, the row of the last of them carries the judgement of all, so
//! that the thing that was scored counts once.

use std::collections::{BTreeMap, HashMap};

use evenkeel_assess::{Assessment, Observed, Scored};
use evenkeel_foundation::{Requirement, StandardId, UnitId};
use evenkeel_registry::{StandardVersion, standard_version_in_force};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::moment::date_of_days;
use crate::agreed::Agreed;
use crate::judging::Bench;
use crate::observation::list;

/// What was judged, as it is stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Judged {
    pub value: Option<f64>,
    pub kept: Option<bool>,
    pub deviations: Option<String>,
    pub extras: Option<String>,
    /// The scores of all raters, where several made it what it is.
    pub scores: Vec<f64>,
}

impl From<Assessment> for Judged {
    fn from(assessment: Assessment) -> Self {
        Self {
            value: assessment.value,
            kept: assessment.kept,
            deviations: list(&assessment.deviations),
            extras: list(&assessment.extras),
            scores: Vec::new(),
        }
    }
}

/// Judges what was seen.
#[derive(Debug)]
pub(crate) struct Judge<'m> {
    standards: &'m BTreeMap<StandardId, Vec<StandardVersion>>,
    bench: Bench<'m>,
    /// (standard, day) → version.
    in_force: HashMap<(i32, i32), Option<&'m StandardVersion>>,
    /// (standard, version, open, number) → judgement.
    judged: HashMap<(i32, i64, bool, u64), Judged>,
    /// (standard, subject) → scores so far; None once the thing was judged.
    rounds: HashMap<(i32, String), Option<Vec<Scored>>>,
}

/// Judgements that are remembered; times in minutes have few, measurements may have millions.
const REMEMBERED_MAX: usize = 65_536;

/// Things whose scores are being gathered. A file with more of them has its raters' rows beside
/// each other: what is far apart by then is not judged.
const GATHERED_MAX: usize = 1_000_000;

impl<'m> Judge<'m> {
    pub(crate) fn new(agreed: &'m Agreed) -> Self {
        Self {
            standards: &agreed.standards,
            bench: Bench::new(agreed),
            in_force: HashMap::new(),
            judged: HashMap::new(),
            rounds: HashMap::new(),
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

    /// The clock of a unit.
    pub(crate) fn zone(&mut self, unit: &UnitId) -> TimeZone {
        self.bench.zone(unit)
    }

    /// Judges a number, or how long something has been open; Err says why it cannot be.
    pub(crate) fn number(
        &mut self,
        place: i32,
        version: &StandardVersion,
        open: bool,
        value: f64,
    ) -> Result<Judged, String> {
        let key = (place, version.version, open, value.to_bits());
        if let Some(judged) = self.judged.get(&key) {
            return Ok(judged.clone());
        }
        let observed = if open {
            Observed::OpenForSeconds(value)
        } else {
            Observed::Number(value)
        };
        let assessment = self.bench.judge_number(version, &observed);
        let judged = Judged::from(assessment.map_err(|error| error.to_string())?);
        if self.judged.len() >= REMEMBERED_MAX {
            self.judged.clear();
        }
        self.judged.insert(key, judged.clone());
        Ok(judged)
    }

    /// Judges whatever was seen.
    pub(crate) fn look(
        &mut self,
        version: &StandardVersion,
        unit: &UnitId,
        observed: &Observed,
        now: Timestamp,
    ) -> Result<Judged, String> {
        let assessment = self.bench.judge(version, unit, observed, now);
        assessment
            .map(Judged::from)
            .map_err(|error| error.to_string())
    }

    /// Judges one rater's score of a thing, with those that came before it in this file. The
    /// value stays the rater's own.
    pub(crate) fn score(
        &mut self,
        place: i32,
        version: &StandardVersion,
        unit: &UnitId,
        subject: Option<String>,
        scored: Scored,
        now: Timestamp,
    ) -> Result<Judged, String> {
        let Requirement::Rubric(rubric) = &version.standard.requirement else {
            return self.look(version, unit, &Observed::Number(scored.score), now);
        };
        let own = scored.score;
        let key = subject.map(|subject| (place, subject));
        let scores = match &key {
            // Nobody can say which scores belong together: each stands for itself.
            None => vec![scored],
            Some(key) => {
                if self.rounds.len() >= GATHERED_MAX {
                    self.rounds.clear();
                }
                let round = self.rounds.entry(key.clone());
                let Some(scores) = round.or_insert_with(|| Some(Vec::new())) else {
                    return Ok(Judged {
                        value: Some(own),
                        ..Judged::default()
                    });
                };
                // A rater's later score of the same thing goes before the earlier.
                scores.retain(|known| known.rater != scored.rater);
                scores.push(scored);
                scores.clone()
            }
        };
        let is_complete = scores.len() as u32 >= rubric.raters;
        let together: Vec<f64> = scores.iter().map(|scored| scored.score).collect();
        let mut judged = self.look(version, unit, &Observed::Scores(scores), now)?;
        judged.value = Some(own);
        if is_complete && let Some(key) = key {
            if together.len() > 1 {
                judged.scores = together;
            }
            self.rounds.insert(key, None);
        }
        Ok(judged)
    }
}
