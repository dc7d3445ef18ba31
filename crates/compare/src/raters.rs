//! Do those who rate the same thing agree enough for a score?
//!
//! Invariant: below an ordinal alpha of .667 the verdict is [`RaterVerdict::NotAScore`], and pages
//! do not show the score as a score. Without alpha there is no verdict.
//! Absent on purpose: who the raters are.

use evenkeel_stats::raters::{Metric, Standing, krippendorff_alpha};
use evenkeel_stats::{Measured, Undefined, jackknife::jackknife};

use crate::estimate::{EstimateMethod, Estimated};

/// What a rubric's score is good for.
#[derive(Debug, Clone, PartialEq)]
pub enum RaterVerdict {
    /// Alpha from .80.
    Use,
    /// Alpha from .667.
    Tentative,
    /// Below.
    NotAScore,
    /// There is no alpha.
    Undecided(Undefined),
}

/// Agreement of raters.
#[derive(Debug, Clone, PartialEq)]
pub struct RaterAgreement {
    /// Things that two raters or more rated.
    pub subjects: u64,
    /// Ratings of them.
    pub ratings: u64,
    /// Krippendorff's alpha, ordinal: the one that decides; n are subjects.
    pub alpha_ordinal: Estimated,
    /// Krippendorff's alpha, interval.
    pub alpha_interval: Estimated,
    /// Share of pairs of ratings of one thing that are equal, each rating weighing the same.
    pub agreement: Estimated,
    /// The verdict.
    pub verdict: RaterVerdict,
}

/// Agreement about `subjects`: counts, for each, of the ratings by value (ascending `values`).
pub fn rater_agreement(
    values: &[f64],
    subjects: &[Vec<u64>],
    level: f64,
    snapshot: &str,
) -> RaterAgreement {
    let paired: Vec<Vec<u64>> = subjects
        .iter()
        .filter(|counts| counts.iter().sum::<u64>() >= 2)
        .cloned()
        .collect();
    let n = paired.len() as u64;
    let alpha = |metric| krippendorff_alpha(values, &paired, metric, level);
    let (ordinal, interval) = (alpha(Metric::Ordinal), alpha(Metric::Interval));
    let verdict = match &ordinal {
        Ok(found) => match found.standing {
            Standing::Use => RaterVerdict::Use,
            Standing::Tentative => RaterVerdict::Tentative,
            Standing::NotAScore => RaterVerdict::NotAScore,
        },
        Err(reason) => RaterVerdict::Undecided(reason.clone()),
    };
    let shown = |measured, method| Estimated::of(measured, n, method, snapshot);
    RaterAgreement {
        subjects: n,
        ratings: paired.iter().flatten().sum(),
        alpha_ordinal: shown(
            ordinal.map(|found| found.alpha),
            EstimateMethod::KrippendorffOrdinal,
        ),
        alpha_interval: shown(
            interval.map(|found| found.alpha),
            EstimateMethod::KrippendorffInterval,
        ),
        agreement: shown(agreement(&paired, level), EstimateMethod::RawAgreement),
        verdict,
    }
}

/// Share of equal pairs: Σ over values of c(c − 1)/(m − 1), over all ratings. The interval leaves
/// out a subject at a time.
fn agreement(subjects: &[Vec<u64>], level: f64) -> Result<Measured, Undefined> {
    let of_subjects: Vec<(f64, f64)> = subjects
        .iter()
        .map(|counts| {
            let m = counts.iter().sum::<u64>();
            let equal: u64 = counts.iter().map(|c| c * c.saturating_sub(1)).sum();
            (equal as f64 / (m - 1) as f64, m as f64)
        })
        .collect();
    // Sums, so that leaving out one is a subtraction.
    let (equal, ratings) = of_subjects
        .iter()
        .fold((0.0, 0.0), |(a, b), (equal, m)| (a + equal, b + m));
    if ratings <= 0.0 {
        return Err(Undefined::NoAnswers);
    }
    let value = equal / ratings;
    let interval = if of_subjects.len() <= SUBJECTS_ONE_BY_ONE_MAX {
        jackknife(
            &of_subjects,
            |rest| {
                let (equal, ratings) =
                    rest.fold((0.0, 0.0), |(a, b), (equal, m)| (a + equal, b + m));
                Ok(equal / ratings)
            },
            level,
        )
    } else {
        // Subjects are independent: every 64th belongs to one replicate.
        let mut parts = vec![(0.0, 0.0); REPLICATES];
        for (place, (equal, m)) in of_subjects.iter().enumerate() {
            let part = &mut parts[place % REPLICATES];
            part.0 += equal;
            part.1 += m;
        }
        jackknife(
            &parts,
            |rest| {
                let (equal, ratings) =
                    rest.fold((0.0, 0.0), |(a, b), (equal, m)| (a + equal, b + m));
                Ok(equal / ratings)
            },
            level,
        )
    };
    let interval = interval.map(|found| found.interval.clipped(0.0, 1.0));
    Ok(Measured::new(value, subjects.len() as u64, interval))
}

/// Above so many subjects they are left out in groups.
const SUBJECTS_ONE_BY_ONE_MAX: usize = 320;
/// Groups then.
const REPLICATES: usize = 64;
