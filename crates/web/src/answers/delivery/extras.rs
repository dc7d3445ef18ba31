//! What customers said where something came on top, beside what they said where nothing did.
//!
//! Units' days with a look on which something came on top are put beside units' days with looks and
//! without. That is association: units where more comes on top may be liked for other reasons.
//!
//! Invariant: only customers' answers and comments; a comment is shown only where a single look may
//! be, because it says that something came on top there on that day.

use std::collections::BTreeSet;

use evenkeel_compare as compare;
use evenkeel_compare::delivery::{OnTop, on_top};
use evenkeel_foundation::{
    Foundation, Granularity, Indicator, PartyId, PartyRole, Period, Side, Standard, UnitId,
};
use evenkeel_measure::{Comment, LookedDays, Question, Window};
use evenkeel_stats::Undefined;
use jiff::civil::Date;

use super::{protection_view, shown_unit, teams};
use crate::answers::gated::{self, OnDays};
use crate::answers::{AnswerError, context, joined};
use crate::api::standards::extras::{ExtraComment, ExtraComparison, ExtrasView, FindingWord};
use crate::api::view::{Estimated, IndicatorRef, PeriodRef, StandardRef, UnitRef};
use crate::office::Office;

/// As many comments as a page shows.
const COMMENTS_MAX: usize = 20;
/// Groups of days: with something on top, and without.
const WITH: usize = 0;
const WITHOUT: usize = 1;

/// Puts them beside each other.
pub async fn extras(
    office: &Office,
    foundation: &Foundation,
    standard: &Standard,
    unit: Option<&UnitId>,
    (from, to): (Option<Date>, Option<Date>),
) -> Result<ExtrasView, AnswerError> {
    let teams = teams(foundation);
    let protection = teams.protect(unit, Granularity::All);
    let window = Window {
        by: Vec::new(),
        from,
        to,
        under: protection.unit.clone(),
    };
    let (days, looks_snapshot) = office.looked_days(&standard.id, &window).await?;
    let with = days.values().filter(|day| !day.extras.is_empty()).count();
    let mut snapshots = vec![looks_snapshot];
    let mut comparisons = Vec::new();
    for indicator in said_by_customers(foundation) {
        let question = Question {
            from,
            to,
            under: protection.unit.clone(),
            ..Question::indicator(indicator.id.clone())
        };
        let group = |unit: &UnitId, day: Date| group(&days, unit, day);
        let found = gated::on_days(office, foundation, indicator, question, group).await?;
        snapshots.push(found.snapshot.clone());
        comparisons.push(compared(foundation, indicator, found));
    }
    let listed = days
        .iter()
        .filter(|((unit, _), day)| !day.extras.is_empty() && teams.single_looks(unit).is_some());
    let listed: Vec<(UnitId, Date)> = listed.map(|(at, _)| at.clone()).collect();
    let parties: BTreeSet<PartyId> = customers(foundation).cloned().collect();
    let comments = office
        .comments_on(&parties, &window, listed, COMMENTS_MAX)
        .await?;
    snapshots.push(comments.snapshot);
    let comment = |comment: Comment| {
        let grain = teams.single_looks(&comment.unit)?;
        let on_top = &days.get(&(comment.unit.clone(), comment.day))?.extras;
        Some(ExtraComment {
            unit: UnitRef::from(foundation.units.get(&comment.unit)?),
            period: PeriodRef::from(&Period::containing(grain, comment.day)),
            text: comment.text,
            language: comment.language,
            extras: on_top.iter().cloned().collect(),
        })
    };
    Ok(ExtrasView {
        standard: StandardRef::new(foundation, standard),
        unit: shown_unit(foundation, &protection).map(UnitRef::from),
        protection: protection_view(&protection, unit, Granularity::All),
        days_with: with as u64,
        days_without: (days.len() - with) as u64,
        comparisons,
        comments_total: comments.n,
        comments: comments.listed.into_iter().filter_map(comment).collect(),
        snapshot: joined(&snapshots),
    })
}

fn customers(foundation: &Foundation) -> impl Iterator<Item = &PartyId> {
    foundation
        .parties
        .values()
        .filter(|party| party.role == PartyRole::Customer && party.side == Side::External)
        .map(|party| &party.id)
}

/// The headline indicators of what customers answer (all where none is), in the order of their ids.
fn said_by_customers(foundation: &Foundation) -> Vec<&Indicator> {
    let parties: BTreeSet<&PartyId> = customers(foundation).collect();
    let said = foundation.indicators.values().filter(|indicator| {
        let theirs = indicator
            .party
            .as_ref()
            .is_some_and(|of| parties.contains(of));
        theirs && indicator.kind.item().is_some()
    });
    let (headline, others): (Vec<_>, Vec<_>) = said.partition(|indicator| indicator.headline);
    if headline.is_empty() {
        others
    } else {
        headline
    }
}

fn group(days: &LookedDays, unit: &UnitId, day: Date) -> Option<usize> {
    let looked = days.get(&(unit.clone(), day))?;
    Some(if looked.extras.is_empty() {
        WITHOUT
    } else {
        WITH
    })
}

fn compared(foundation: &Foundation, indicator: &Indicator, found: OnDays) -> ExtraComparison {
    let context = context(foundation, indicator, &found.snapshot);
    let estimates = found.groups.each_ref().map(|passed| match passed {
        Some(passed) => compare::estimate(indicator, passed, &context),
        None => compare::Estimated::Undefined {
            reason: Undefined::NoAnswers,
            n: 0,
            snapshot: found.snapshot.clone(),
        },
    });
    let finding = on_top(&estimates[WITH], &estimates[WITHOUT], indicator.direction);
    let [with, without] = estimates.map(Estimated::from);
    ExtraComparison {
        indicator: IndicatorRef::new(foundation, indicator),
        with,
        without,
        finding: match finding {
            OnTop::Better => FindingWord::Better,
            OnTop::Worse => FindingWord::Worse,
            OnTop::Undecided => FindingWord::Undecided,
        },
    }
}
