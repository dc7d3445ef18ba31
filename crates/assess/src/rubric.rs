//! Scores of several raters.
//!
//! Invariant: no score before as many people have scored as the standard asks for, and none while
//! the raters have not shown in a blind round that they agree (DESIGN §4: agreement shown first).
//!
//! The summary is the median: scores of an anchored scale have an order and no distances, and one
//! rater far off does not move it. Of an even number it is half-way between the two in the middle.
//!
//! Absent on purpose: the agreement itself. Krippendorff's alpha is in `stats`.

use std::collections::BTreeSet;

use evenkeel_foundation::requirement::Rubric;

use crate::number::finite;
use crate::{Agreement, AssessError, Assessment, Deviation, Scored, Unknown};

pub(crate) fn judge(
    rubric: &Rubric,
    scores: &[Scored],
    agreement: Option<Agreement>,
) -> Result<Assessment, AssessError> {
    let mut raters = BTreeSet::new();
    let mut sorted = Vec::with_capacity(scores.len());
    for scored in scores {
        if !raters.insert(scored.rater.as_str()) {
            return Err(AssessError::RaterTwice {
                rater: scored.rater.clone(),
            });
        }
        sorted.push(on_scale(rubric, scored.score)?);
    }
    sorted.sort_by(f64::total_cmp);
    if let Some(unknown) = not_yet(rubric, raters.len() as u32, agreement) {
        return Ok(Assessment::unknown(unknown));
    }
    let Some(score) = median(&sorted) else {
        return Ok(Assessment::unknown(Unknown::TooFewRaters {
            raters: 0,
            needed: rubric.raters,
        }));
    };
    let pass_from = f64::from(rubric.pass_from);
    let judged = if score < pass_from {
        Assessment::deviated(Deviation::ScoreTooLow { score, pass_from })
    } else {
        Assessment::kept()
    };
    Ok(judged.with_value(score))
}

/// Why there is no score yet.
fn not_yet(rubric: &Rubric, raters: u32, agreement: Option<Agreement>) -> Option<Unknown> {
    if raters < rubric.raters {
        return Some(Unknown::TooFewRaters {
            raters,
            needed: rubric.raters,
        });
    }
    let calibration = rubric.calibration?;
    let subjects = agreement.map_or(0, |agreement| agreement.subjects);
    if subjects < calibration.subjects_min {
        return Some(Unknown::NotCalibrated {
            subjects,
            subjects_min: calibration.subjects_min,
        });
    }
    let alpha = agreement.and_then(|agreement| agreement.alpha);
    let agrees = alpha.is_some_and(|alpha| alpha >= calibration.agreement_min);
    (!agrees).then_some(Unknown::AgreementTooLow {
        agreement: alpha,
        agreement_min: calibration.agreement_min,
    })
}

fn on_scale(rubric: &Rubric, score: f64) -> Result<f64, AssessError> {
    let score = finite(score)?;
    let (min, max) = (rubric.min, rubric.max);
    if score.fract() == 0.0 && score >= f64::from(min) && score <= f64::from(max) {
        Ok(score)
    } else {
        Err(AssessError::NotOnScale { score, min, max })
    }
}

/// The median of sorted scores.
fn median(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}
