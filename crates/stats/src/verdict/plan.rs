//! Before the start: what so many answers can show, and what to do when it is too little.
//!
//! Source: the usual normal power of a non-inferiority test; guardrails that must all hold share
//! what is left of the power (Bonferroni on the type II error).

use crate::distribution::normal_quantile;
use crate::histogram::Histogram;
use crate::nps::Counts;
use crate::undefined::Undefined;
use serde::Serialize;

/// Answers per arm so that no harm beyond a margin is shown with the given power, when nothing
/// changes.
///
/// `variance` of one answer (NPS: about 0.6), `margin` and `level` one-sided; `guardrails` that
/// must all hold share what is left of the power: each gets 1 − (1 − power)/guardrails.
pub fn answers_per_arm(
    variance: f64,
    margin: f64,
    level: f64,
    power: f64,
    guardrails: u32,
) -> Result<u64, Undefined> {
    if margin <= 0.0 {
        return Err(Undefined::parameter("margin"));
    }
    if guardrails == 0 {
        return Err(Undefined::parameter("guardrails"));
    }
    let each = 1.0 - (1.0 - power) / f64::from(guardrails);
    let sum = normal_quantile(level) + normal_quantile(each);
    Ok((2.0 * variance * (sum / margin).powi(2)).ceil() as u64)
}

/// The smallest margin that so many answers per arm can show with the given power, when nothing
/// changes: [`answers_per_arm`] the other way round.
pub fn margin_shown(
    variance: f64,
    answers: u64,
    level: f64,
    power: f64,
    guardrails: u32,
) -> Result<f64, Undefined> {
    if answers == 0 {
        return Err(Undefined::NoAnswers);
    }
    if guardrails == 0 {
        return Err(Undefined::parameter("guardrails"));
    }
    let each = 1.0 - (1.0 - power) / f64::from(guardrails);
    let sum = normal_quantile(level) + normal_quantile(each);
    Ok(sum * (2.0 * variance / answers as f64).sqrt())
}

/// What a team has, and what it wants to show of a net promoter score.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation<'a> {
    /// Answers per arm and period.
    pub answers: u64,
    /// Earlier answers 0–10, from which variances are taken.
    pub earlier: &'a Histogram,
    /// Highest score of a detractor (6).
    pub detractor_max: i32,
    /// Lowest score of a promoter (9).
    pub promoter_min: i32,
    /// Margin, 0..2 (0.05 = five points).
    pub margin: f64,
    /// One-sided level.
    pub level: f64,
    /// Wanted power.
    pub power: f64,
    /// Guardrails that must all hold.
    pub guardrails: u32,
    /// Correlation of two answers of the same person, where the same people can be asked twice.
    pub repeat_correlation: Option<f64>,
}

/// What the answers show, and four ways out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Plan {
    /// Answers per arm that the margin takes.
    pub needed: u64,
    /// Whether one period has them.
    pub enough: bool,
    /// Way out: the coarser margin that one period can show.
    pub margin_shown: f64,
    /// Way out: periods (or teams alike) pooled until there are enough.
    pub periods: Option<u64>,
    /// Way out: people asked before and after, per arm.
    pub paired: Option<u64>,
    /// Way out: answers per arm for the mean rating of the same question; `None` where nobody
    /// stands at a boundary, so that the margin has no counterpart.
    pub mean_rating: Option<u64>,
}

/// Plans a comparison of net promoter scores.
///
/// The mean rating's margin is what the score's margin amounts to when a change moves some people
/// up by one point, whoever they are: the score moves by the share who stand just below a
/// boundary, the mean by all of them. Undefined: no earlier answers, all of them the same class.
pub fn plan(of: &Situation<'_>) -> Result<Plan, Undefined> {
    let counts = Counts::of(of.earlier, of.detractor_max, of.promoter_min);
    let variance = counts.variance()?;
    if variance <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let ask =
        |variance, margin| answers_per_arm(variance, margin, of.level, of.power, of.guardrails);
    let needed = ask(variance, of.margin)?;
    let n = of.earlier.n() as f64;
    let at_boundary =
        (of.earlier.count(of.detractor_max) + of.earlier.count(of.promoter_min - 1)) as f64 / n;
    let mean_rating = if at_boundary > 0.0 {
        Some(ask(
            of.earlier.moments().variance()?,
            of.margin / at_boundary,
        )?)
    } else {
        None
    };
    let paired = match of.repeat_correlation {
        Some(r) if (-1.0..1.0).contains(&r) => Some(ask(variance * (1.0 - r), of.margin)?),
        Some(_) => return Err(Undefined::parameter("repeat_correlation")),
        None => None,
    };
    Ok(Plan {
        needed,
        enough: of.answers >= needed,
        margin_shown: margin_shown(variance, of.answers, of.level, of.power, of.guardrails)?,
        periods: (of.answers > 0).then(|| needed.div_ceil(of.answers)),
        paired,
        mean_rating,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn more_guardrails_need_more_answers() {
        let one = answers_per_arm(0.6, 0.05, 0.95, 0.8, 1).unwrap();
        let three = answers_per_arm(0.6, 0.05, 0.95, 0.8, 3).unwrap();
        assert_eq!(one, 2968);
        assert_eq!(three, 4751);
        assert_eq!(answers_per_arm(0.6, 0.1, 0.95, 0.8, 1), Ok(742));
        assert_eq!(answers_per_arm(0.6, 0.1, 0.95, 0.8, 3), Ok(1188));
    }

    #[test]
    fn a_small_team_sees_its_ways_out() {
        let earlier = Histogram::from_counts(0, vec![2, 1, 1, 2, 3, 5, 8, 15, 25, 20, 18]);
        let found = plan(&Situation {
            answers: 100,
            earlier: &earlier,
            detractor_max: 6,
            promoter_min: 9,
            margin: 0.05,
            level: 0.95,
            power: 0.8,
            guardrails: 1,
            repeat_correlation: Some(0.5),
        })
        .unwrap();
        assert!(!found.enough && found.margin_shown > 0.05);
        assert_eq!(found.periods, Some(found.needed.div_ceil(100)));
        assert!(found.paired.unwrap().abs_diff(found.needed / 2) <= 1);
        assert!(found.mean_rating.unwrap() < found.needed, "{found:?}");
    }

    proptest! {
        // The margin shown by what a margin takes is that margin; more answers show less.
        #[test]
        fn there_and_back(margin in 0.01..0.3_f64, guardrails in 1_u32..5) {
            let needed = answers_per_arm(0.6, margin, 0.95, 0.8, guardrails).unwrap();
            let shown = margin_shown(0.6, needed, 0.95, 0.8, guardrails).unwrap();
            prop_assert!(shown <= margin + 1e-12 && shown > margin * 0.95);
            prop_assert!(margin_shown(0.6, needed * 2, 0.95, 0.8, guardrails).unwrap() < shown);
        }
    }
}
