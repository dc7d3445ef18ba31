//! One look again: by the version that is in force on its own day as the register says now.
//!
//! Invariants: a person's judgement stays. So does a judgement that does not follow from what is
//! stored: then somebody else than this program made it. Extras and deviations that a person
//! reported stay beside the new judgement, and so does the reason that the keeper gave: it is what
//! was said of that look, and counts only where the look deviates.

use std::collections::HashMap;

use evenkeel_assess::{Assessment, Deviation, Observed, Scored, Unknown};
use evenkeel_foundation::{Requirement, UnitId};
use evenkeel_registry::{StandardVersion, standard_version_in_force};
use serde_json::{Map, Value};

use super::Again;
use super::counts::NotJudged;
use super::rounds::{Role, Rounds};
use super::seen::{SeenAgain, detail, only_asked, seen};
use super::stored::StoredLook;
use crate::convert::date_of_days;
use crate::judging::Bench;
use crate::observation::{CALIBRATION, Noted, list};

/// Judgements of numbers that are remembered.
const REMEMBERED_MAX: usize = 65_536;

/// What becomes of a look.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// Another row carries the judgement of this thing.
    Beside,
    /// It stays as it is, and why.
    Stays(NotJudged),
    /// Judged again with the same result.
    Same { version: i32, recounted: bool },
    /// Judged again with another one.
    Changed(Box<New>),
}

/// A new judgement, as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct New {
    pub version: i32,
    pub value: Option<f64>,
    pub kept: Option<bool>,
    pub deviations: Option<String>,
    pub extras: Option<String>,
    /// False: by the seconds that were counted then.
    pub recounted: bool,
}

/// Judges looks of one standard again.
pub(super) struct Referee<'a> {
    again: Again<'a>,
    rounds: &'a Rounds,
    bench: Bench<'a>,
    in_force: HashMap<i32, Option<&'a StandardVersion>>,
    numbers: HashMap<(i64, u64), Assessment>,
}

impl<'a> Referee<'a> {
    pub(super) fn new(again: Again<'a>, rounds: &'a Rounds) -> Self {
        Self {
            bench: Bench::new(again.agreed),
            in_force: HashMap::new(),
            numbers: HashMap::new(),
            again,
            rounds,
        }
    }

    /// Judges the look at a place of the reading.
    pub(super) fn judge(&mut self, look: &StoredLook<'_>, place: u64) -> Outcome {
        match self.outcome(look, place) {
            Ok(outcome) => outcome,
            Err(reason) => Outcome::Stays(reason),
        }
    }

    fn outcome(&mut self, look: &StoredLook<'_>, place: u64) -> Result<Outcome, NotJudged> {
        if look.channel == Some(CALIBRATION) {
            return Err(NotJudged::Calibration);
        }
        let detail = detail(look);
        let noted = Noted::read(&detail);
        if noted.kept.is_some() {
            return Err(NotJudged::Person);
        }
        let mut versions = self.again.versions.iter();
        let then = versions.find(|of| of.version == i64::from(look.version));
        let then = then.ok_or(NotJudged::DoesNotFit)?;
        let role = match then.standard.requirement {
            Requirement::Rubric(_) => self.rounds.role(place),
            _ => Role::None,
        };
        let scores = match role {
            Role::Beside => return Ok(Outcome::Beside),
            Role::Told => return Err(NotJudged::Person),
            Role::Carrier(scores) => scores,
            Role::None => Vec::new(),
        };
        let now = self.in_force(look.day).ok_or(NotJudged::NoVersion)?;
        let (then_asked, now_asks) = (&then.standard.requirement, &now.standard.requirement);
        if then_asked.as_str() != now_asks.as_str() {
            return Err(NotJudged::DoesNotFit);
        }
        let found = self.found(look, &detail, &noted, now_asks, scores)?;
        let unit = UnitId::parse(look.unit).map_err(|_| NotJudged::DoesNotFit)?;
        // What this program judged follows from what is stored, by the version of then.
        let before = || (found.observed.clone(), found.now);
        let follows_from = self.assess(then, &unit, before()).ok();
        if !found.is_noted && look.kept.is_some() {
            let follows = follows_from.as_ref().is_some_and(|of| is_of(look, of));
            if !follows {
                return Err(NotJudged::WhoNotKnown);
            }
        }
        let recounted = found.is_noted || !counts_hours(now_asks);
        let observed = only_asked(found.observed, then_asked, now_asks);
        let assessed = self.assess(now, &unit, (observed, found.now));
        let assessed = assessed.map_err(|()| NotJudged::DoesNotFit)?;
        if let Some(Unknown::TooFewRaters { .. }) = assessed.unknown {
            return Err(NotJudged::TooFewRaters);
        }
        let reported = reported(look, &noted, follows_from.as_ref());
        let new = New {
            version: now.version as i32,
            value: match now_asks {
                // A rater's own score, what was sent and what was counted then.
                Requirement::Rubric(_) => look.value,
                Requirement::Duration(_) | Requirement::Range(_) => {
                    assessed.value.or(look.value.filter(|_| !found.is_noted))
                }
                _ => assessed.value,
            },
            kept: assessed.kept,
            deviations: if are_said(look.deviations) {
                look.deviations.map(str::to_owned)
            } else {
                list(&assessed.deviations)
            },
            extras: list(&together(assessed.extras, reported)),
            recounted,
        };
        Ok(if is_same(look, &new) {
            Outcome::Same {
                version: new.version,
                recounted,
            }
        } else {
            Outcome::Changed(Box::new(new))
        })
    }

    /// What was seen; of a rubric the scores of all raters.
    fn found(
        &self,
        look: &StoredLook<'_>,
        detail: &Map<String, Value>,
        noted: &Noted,
        asked: &Requirement,
        scores: Vec<f64>,
    ) -> Result<SeenAgain, NotJudged> {
        let found = seen(look, detail, noted, asked).map_err(|reason| {
            let by_number = matches!(
                asked,
                Requirement::Duration(_) | Requirement::Range(_) | Requirement::Rubric(_)
            );
            // A checklist that this program judged has a share.
            let by_number = by_number || matches!(asked, Requirement::Checklist(_));
            if by_number && look.kept.is_some() && look.value.is_none() {
                NotJudged::Person
            } else {
                reason
            }
        })?;
        let Requirement::Rubric(rubric) = asked else {
            return Ok(found);
        };
        // Those from which it was judged; all that there are where more are needed now.
        let enough = noted.scores.len() as u32 >= rubric.raters;
        let scores = if !noted.scores.is_empty() && (enough || noted.scores.len() >= scores.len()) {
            noted.scores.clone()
        } else {
            scores
        };
        let is_round = scores.len() > 1;
        let scored = scores.into_iter().enumerate().map(|(at, score)| Scored {
            rater: at.to_string(),
            score,
        });
        Ok(SeenAgain {
            observed: Observed::Scores(scored.collect()),
            is_noted: is_round,
            ..found
        })
    }

    fn in_force(&mut self, day: i32) -> Option<&'a StandardVersion> {
        let versions = self.again.versions;
        *self
            .in_force
            .entry(day)
            .or_insert_with(|| standard_version_in_force(versions, date_of_days(day)?))
    }

    fn assess(
        &mut self,
        version: &StandardVersion,
        unit: &UnitId,
        (observed, now): (Observed, jiff::Timestamp),
    ) -> Result<Assessment, ()> {
        let Observed::Number(number) = observed else {
            let assessed = self.bench.judge(version, unit, &observed, now);
            return assessed.map_err(|_| ());
        };
        let key = (version.version, number.to_bits());
        if let Some(known) = self.numbers.get(&key) {
            return Ok(known.clone());
        }
        let assessed = self
            .bench
            .judge_number(version, &observed)
            .map_err(|_| ())?;
        if self.numbers.len() >= REMEMBERED_MAX {
            self.numbers.clear();
        }
        self.numbers.insert(key, assessed.clone());
        Ok(assessed)
    }
}

fn counts_hours(requirement: &Requirement) -> bool {
    matches!(requirement, Requirement::Duration(duration) if duration.hours.is_some())
}

/// Whether the stored judgement is this one.
fn is_of(look: &StoredLook<'_>, assessment: &Assessment) -> bool {
    look.kept == assessment.kept
        && (are_said(look.deviations)
            || same_json(look.deviations, list(&assessment.deviations).as_deref()))
}

fn is_same(look: &StoredLook<'_>, new: &New) -> bool {
    look.version == new.version
        && look.kept == new.kept
        && look.value == new.value
        && same_json(look.deviations, new.deviations.as_deref())
        && same_json(look.extras, new.extras.as_deref())
}

fn same_json(a: Option<&str>, b: Option<&str>) -> bool {
    let read = |text: Option<&str>| -> Option<Value> { serde_json::from_str(text?).ok() };
    a == b || (a.is_some() && b.is_some() && read(a) == read(b))
}

/// Whether deviations are a person's words rather than findings.
fn are_said(deviations: Option<&str>) -> bool {
    let is_found = |text: &str| serde_json::from_str::<Vec<Deviation>>(text).is_ok();
    deviations.is_some_and(|text| !is_found(text))
}

/// The extras that a person reported: those that are noted as that, else those that do not follow
/// from what was seen.
fn reported(look: &StoredLook<'_>, noted: &Noted, then: Option<&Assessment>) -> Vec<String> {
    if !noted.extras.is_empty() {
        return noted.extras.clone();
    }
    let stored = look.extras.map(serde_json::from_str::<Vec<String>>);
    let mut stored = stored.and_then(Result::ok).unwrap_or_default();
    if let Some(then) = then {
        stored.retain(|extra| !then.extras.contains(extra));
    }
    stored
}

/// Both lists, each extra once.
fn together(mut found: Vec<String>, reported: Vec<String>) -> Vec<String> {
    for extra in reported {
        if !found.contains(&extra) {
            found.push(extra);
        }
    }
    found
}
