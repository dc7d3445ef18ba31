//! Scores that people give: do they agree enough for one?
//!
//! Invariant: an indicator over a rubric whose raters disagree (Krippendorff's ordinal alpha below
//! .667 over the days asked for) has no number in any answer; instead comes the alpha, with its
//! interval. The same verdict as on the page about trust, because it is the same function.
//! Absent on purpose: a verdict without an alpha (nobody was rated twice). Nothing is known
//! against such a score; the page about trust says that nothing is known for it either.

use std::collections::BTreeMap;

use evenkeel_compare::{RaterAgreement, RaterVerdict, rater_agreement};
use evenkeel_foundation::requirement::Rubric;
use evenkeel_foundation::{Foundation, Indicator, IndicatorKind, Requirement, StandardId};
use evenkeel_measure::{Ratings, Window};
use evenkeel_stats::raters::TENTATIVE_ALPHA_MIN;

use super::{AnswerError, LEVEL};
use crate::api::view::{Comparison, Estimated};
use crate::office::Office;

/// Agreement of the raters of one standard.
pub struct Agreement {
    pub found: RaterAgreement,
    /// Different raters; `None` where some look does not name one.
    pub raters: Option<u64>,
    pub snapshot: String,
}

/// Agreement about a rubric.
pub async fn agreement(
    office: &Office,
    standard: &StandardId,
    rubric: &Rubric,
    window: &Window,
) -> Result<Agreement, AnswerError> {
    let ratings = office.ratings(standard, window).await?;
    Ok(Agreement {
        found: agreement_of(rubric, &ratings),
        raters: ratings.raters,
        snapshot: ratings.snapshot,
    })
}

/// How well the raters of a rubric agree.
pub fn agreement_of(rubric: &Rubric, ratings: &Ratings) -> RaterAgreement {
    // Scores between those of the rubric may have been observed too.
    let mut values: Vec<f64> = (rubric.min..=rubric.max).map(f64::from).collect();
    values.extend(ratings.subjects.iter().flat_map(|rated| &rated.ratings));
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    let counts: Vec<Vec<u64>> = ratings
        .subjects
        .iter()
        .map(|rated| {
            let mut counts = vec![0; values.len()];
            for rating in &rated.ratings {
                let place = values.binary_search_by(|value| value.total_cmp(rating));
                if let Ok(place) = place {
                    counts[place] += 1;
                }
            }
            counts
        })
        .collect();
    rater_agreement(&values, &counts, LEVEL, &ratings.snapshot)
}

/// What is said instead of the numbers of an indicator: that its raters disagree. `None` where
/// they do not, or where there are none. `window.by` says nothing here.
pub async fn doubt(
    office: &Office,
    foundation: &Foundation,
    indicator: &Indicator,
    window: &Window,
) -> Result<Option<Estimated>, AnswerError> {
    for (standard, rubric) in rubrics(foundation, indicator) {
        let agreement = agreement(office, standard, rubric, window).await?;
        if agreement.found.verdict == RaterVerdict::NotAScore {
            let alpha = Estimated::from(agreement.found.alpha_ordinal);
            return Ok(not_reliable(alpha));
        }
    }
    Ok(None)
}

/// Rubrics that an indicator is computed from, its parts' included.
fn rubrics<'a>(
    foundation: &'a Foundation,
    indicator: &'a Indicator,
) -> BTreeMap<&'a StandardId, &'a Rubric> {
    let mut found = BTreeMap::new();
    if let IndicatorKind::Composite { of } = &indicator.kind {
        // Parts of a composite are no composites.
        let parts = of.iter().filter_map(|part| foundation.indicator(part));
        found.extend(parts.filter_map(|part| rubric(foundation, part)));
    }
    found.extend(rubric(foundation, indicator));
    found
}

fn rubric<'a>(
    foundation: &'a Foundation,
    indicator: &'a Indicator,
) -> Option<(&'a StandardId, &'a Rubric)> {
    let standard = foundation.standard(indicator.kind.standard()?)?;
    match &standard.requirement {
        Requirement::Rubric(rubric) => Some((&standard.id, rubric)),
        _ => None,
    }
}

fn not_reliable(alpha: Estimated) -> Option<Estimated> {
    match alpha {
        Estimated::Estimate {
            value,
            n,
            interval,
            interval_reason,
            snapshot,
            ..
        } => Some(Estimated::NotReliable {
            alpha: value,
            alpha_min: TENTATIVE_ALPHA_MIN,
            n,
            interval,
            interval_reason,
            snapshot,
        }),
        _ => None,
    }
}

impl Estimated {
    /// The same, unless there is a number in doubt. What is hidden stays hidden.
    #[must_use]
    pub fn unless(self, doubt: Option<&Self>) -> Self {
        match (self, doubt) {
            (Self::Estimate { .. }, Some(doubt)) => doubt.clone(),
            (own, _) => own,
        }
    }
}

impl Comparison {
    /// The same, unless a score in it is in doubt: then there is no difference to speak of.
    #[must_use]
    pub fn unless(self, doubt: Option<&Estimated>) -> Self {
        Self {
            difference: self.difference.unless(doubt),
            effect: self.effect.unless(doubt),
            test: if doubt.is_some() { None } else { self.test },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::view::{HiddenReason, Reason};

    fn estimate() -> Estimated {
        Estimated::Estimate {
            value: 0.41,
            n: 60,
            interval: None,
            interval_reason: Some(Reason::word("too_few_units")),
            method: "krippendorff_ordinal".to_owned(),
            snapshot: "observations@3".to_owned(),
        }
    }

    #[test]
    fn a_number_in_doubt_is_not_said_and_what_is_hidden_stays_so() {
        let doubt = not_reliable(estimate()).unwrap();
        let Estimated::NotReliable { alpha, n, .. } = &doubt else {
            panic!("{doubt:?}");
        };
        assert_eq!((*alpha, *n), (0.41, 60));
        assert_eq!(estimate().unless(Some(&doubt)), doubt);
        assert_eq!(estimate().unless(None), estimate());
        let hidden = Estimated::Hidden {
            reason: HiddenReason::BelowMinimumN { minimum_n: 5 },
            snapshot: String::new(),
        };
        assert_eq!(hidden.clone().unless(Some(&doubt)), hidden);
    }
}
