//! What the judging of a file came to.
//!
//! Invariant: the share kept is of those of which it is known, with its n and interval; those of
//! which nobody knows are counted apart, and so are extras.

use std::collections::BTreeMap;

use evenkeel_assess::{Agreement, Assessment, Observed};
use evenkeel_compare::raters::{RaterAgreement, rater_agreement};
use evenkeel_foundation::{Requirement, Standard};
use evenkeel_stats::proportion::wilson;
use serde_json::{Value, json};

use super::looks::Look;
use super::say::Say;

/// The confidence of intervals.
const LEVEL: f64 = 0.95;

/// One observation, judged.
pub struct Judged {
    pub line: Option<u64>,
    pub assessment: Assessment,
    pub observed: Option<Observed>,
}

/// All of them.
pub struct Outcome {
    pub standard: String,
    pub judged: Vec<Judged>,
    pub raters: Option<Raters>,
}

/// How well the raters of a file agree.
pub struct Raters(pub RaterAgreement);

impl Raters {
    /// What a rubric's calibration asks for.
    pub fn shown(&self) -> Agreement {
        Agreement {
            alpha: self.0.alpha_ordinal.value(),
            subjects: u32::try_from(self.0.subjects).unwrap_or(u32::MAX),
        }
    }
}

/// The agreement of those who scored, where the standard is scored: over the blind round if the
/// file has one, else over everything that two or more people scored.
pub fn raters(looks: &[Look], standard: &Standard) -> Option<Raters> {
    let Requirement::Rubric(rubric) = &standard.requirement else {
        return None;
    };
    let has_round = looks.iter().any(|look| look.incoming.is_calibration());
    let counted = looks
        .iter()
        .filter(|look| !has_round || look.incoming.is_calibration());
    let values: Vec<f64> = (rubric.min..=rubric.max).map(f64::from).collect();
    let subjects: Vec<Vec<u64>> = counted
        .map(|look| {
            let scores = &look.incoming.scores;
            let times = |value: &f64| scores.iter().filter(|s| s.score == *value).count() as u64;
            values.iter().map(times).collect()
        })
        .collect();
    let agreement = rater_agreement(&values, &subjects, LEVEL, "this file");
    (agreement.subjects > 0).then_some(Raters(agreement))
}

impl Outcome {
    pub fn of(standard: &Standard, judged: Vec<Judged>, raters: Option<Raters>) -> Self {
        Self {
            standard: standard.id.to_string(),
            judged,
            raters,
        }
    }

    pub fn kept(&self) -> usize {
        self.count(Some(true))
    }

    pub fn deviated(&self) -> usize {
        self.count(Some(false))
    }

    pub fn unknown(&self) -> usize {
        self.count(None)
    }

    fn count(&self, kept: Option<bool>) -> usize {
        self.judged
            .iter()
            .filter(|j| j.assessment.kept == kept)
            .count()
    }

    /// The share kept with its interval; None where nothing is known.
    pub fn share(&self) -> Option<(f64, f64, f64)> {
        let n = self.kept() + self.deviated();
        let interval = wilson(self.kept() as f64, n as f64, LEVEL).ok()?;
        Some((
            self.kept() as f64 / n as f64,
            interval.lower,
            interval.upper,
        ))
    }

    /// How many observations deviate in each way.
    pub fn by_kind(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for judged in &self.judged {
            let mut kinds: Vec<_> = judged
                .assessment
                .deviations
                .iter()
                .map(evenkeel_assess::Deviation::kind)
                .collect();
            kinds.sort_unstable();
            kinds.dedup();
            for kind in kinds {
                *counts.entry(kind).or_default() += 1;
            }
        }
        counts
    }

    /// How often each extra came on top.
    pub fn extras(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for extra in self.judged.iter().flat_map(|j| &j.assessment.extras) {
            *counts.entry(extra.as_str()).or_default() += 1;
        }
        counts
    }

    /// All of it for programs.
    pub fn json(&self, say: &Say<'_>) -> Value {
        let share = self.share().map(|(value, lower, upper)| {
            json!({"value": value, "n": self.kept() + self.deviated(), "lower": lower, "upper": upper,
                   "level": LEVEL, "method": "wilson"})
        });
        let observations: Vec<Value> = self
            .judged
            .iter()
            .map(|judged| {
                let mut one = serde_json::to_value(&judged.assessment).unwrap_or(Value::Null);
                one["line"] = json!(judged.line);
                one["said"] = json!(say.findings(judged));
                one
            })
            .collect();
        let raters = self.raters.as_ref().map(|Raters(raters)| {
            json!({"subjects": raters.subjects, "ratings": raters.ratings,
                   "alpha_ordinal": raters.alpha_ordinal.value(), "agreement": raters.agreement.value()})
        });
        json!({
            "standard": self.standard,
            "language": say.language(),
            "observations_total": self.judged.len(),
            "kept": self.kept(),
            "deviated": self.deviated(),
            "unknown": self.unknown(),
            "conformance": share,
            "deviations": self.by_kind(),
            "extras": self.extras(),
            "raters": raters,
            "observations": observations,
        })
    }
}
