//! Which column becomes what: the best fits first, each column and each target once.

use std::collections::BTreeMap;

use evenkeel_foundation::{Foundation, Instrument, InstrumentId, StandardId, is_keepers};

use super::profile::Profile;
use super::targets::{self, Candidate, Target};
use crate::mapping::ImportKind;

/// What was decided.
#[derive(Debug)]
pub(super) struct Plan {
    pub kind: ImportKind,
    pub instrument: Option<InstrumentId>,
    pub standard: Option<StandardId>,
    /// Target → (column, confidence).
    pub chosen: BTreeMap<Target, (usize, f64)>,
}

impl Plan {
    /// The column of a target.
    pub(super) fn column(&self, target: &Target) -> Option<usize> {
        self.chosen.get(target).map(|(column, _)| *column)
    }

    /// What a column became.
    pub(super) fn target_of(&self, column: usize) -> (Option<String>, f64) {
        let found = self
            .chosen
            .iter()
            .find(|(_, (chosen, _))| *chosen == column);
        found.map_or((None, 0.0), |(target, (_, confidence))| {
            (Some(target.shown()), *confidence)
        })
    }
}

/// Decides.
pub(super) fn make(
    kind: Option<ImportKind>,
    profiles: &[Profile],
    foundation: &Foundation,
) -> Plan {
    let common = targets::candidates(profiles, foundation);
    let tried: Vec<(f64, Plan)> = match kind {
        Some(kind) => vec![attempt(kind, profiles, &common, foundation)],
        None => ImportKind::EVERY
            .iter()
            .map(|(_, kind)| attempt(*kind, profiles, &common, foundation))
            .collect(),
    };
    let best = tried
        .into_iter()
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map_or_else(
        || attempt(ImportKind::Responses, profiles, &common, foundation).1,
        |(_, plan)| plan,
    )
}

/// The plan for one kind, and how much of what that kind needs was found.
fn attempt(
    kind: ImportKind,
    profiles: &[Profile],
    common: &[Candidate],
    foundation: &Foundation,
) -> (f64, Plan) {
    let aggregated = kind == ImportKind::Aggregates;
    // The pulse of the keepers is asked here; a file of it names its instrument.
    let instruments: Vec<&Instrument> = foundation
        .instruments
        .values()
        .filter(|instrument| !is_keepers(instrument.id.as_str()))
        .collect();
    let by_instrument = instruments.iter().map(|instrument| {
        let items = targets::items(profiles, instrument, aggregated);
        let fit: f64 = items.iter().map(|item| item.confidence).sum();
        (fit, instrument.id.clone(), items)
    });
    let best = by_instrument
        .filter(|(fit, _, _)| *fit > 0.0)
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let mut candidates: Vec<Candidate> = common
        .iter()
        .filter(|candidate| belongs(&candidate.target, kind))
        .cloned()
        .collect();
    let mut instrument = None;
    if let Some((_, id, items)) = best.filter(|_| kind != ImportKind::Observations) {
        instrument = Some(id);
        candidates.extend(items);
    }
    if let (None, [only], ImportKind::Responses) = (&instrument, instruments.as_slice(), kind) {
        instrument = Some(only.id.clone());
    }
    let mut plan = Plan {
        kind,
        instrument,
        standard: None,
        chosen: assign(candidates),
    };
    if kind != ImportKind::Responses {
        plan.standard = standard(profiles, &plan, foundation);
    }
    (fit(&plan), plan)
}

/// Whether a kind has such a target.
fn belongs(target: &Target, kind: ImportKind) -> bool {
    match target {
        Target::Unit | Target::Party => true,
        Target::Attribute(_) | Target::Item(_) => kind != ImportKind::Observations,
        Target::Time | Target::Channel => kind != ImportKind::Aggregates,
        Target::Respondent | Target::Wave | Target::Language | Target::Weight => {
            kind == ImportKind::Responses
        }
        Target::Period
        | Target::Count
        | Target::Covariate(_)
        | Target::Total
        | Target::Deviated => kind == ImportKind::Aggregates,
        Target::StandardColumn | Target::Value | Target::Kept => kind == ImportKind::Observations,
    }
}

fn assign(mut candidates: Vec<Candidate>) -> BTreeMap<Target, (usize, f64)> {
    candidates.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(a.column.cmp(&b.column))
    });
    let mut chosen: BTreeMap<Target, (usize, f64)> = BTreeMap::new();
    for candidate in candidates {
        let column_taken = chosen
            .values()
            .any(|(column, _)| *column == candidate.column);
        if !column_taken && !chosen.contains_key(&candidate.target) {
            chosen.insert(candidate.target, (candidate.column, candidate.confidence));
        }
    }
    chosen
}

/// The standard that a file seems to be about: the one whose words appear in the columns' names,
/// or the only one.
fn standard(profiles: &[Profile], plan: &Plan, foundation: &Foundation) -> Option<StandardId> {
    if plan.column(&Target::StandardColumn).is_some() {
        return None;
    }
    let appears = |id: &StandardId| {
        let words = super::profile::words(id.as_str());
        let hits = words
            .iter()
            .filter(|word| profiles.iter().any(|p| p.words.contains(word)));
        hits.count()
    };
    if foundation.standards.len() == 1 {
        return foundation.standards.keys().next().cloned();
    }
    foundation
        .standards
        .keys()
        .max_by_key(|id| appears(id))
        .filter(|id| appears(id) > 0)
        .cloned()
}

/// How much speaks for a kind.
fn fit(plan: &Plan) -> f64 {
    let confidence = |target: &Target| {
        plan.chosen
            .get(target)
            .map_or(0.0, |(_, confidence)| *confidence)
    };
    let items: f64 = plan
        .chosen
        .iter()
        .filter(|(target, _)| matches!(target, Target::Item(_) | Target::Covariate(_)))
        .map(|(_, (_, confidence))| *confidence)
        .sum();
    let unit = confidence(&Target::Unit);
    match plan.kind {
        ImportKind::Responses => {
            let about = confidence(&Target::Respondent)
                + confidence(&Target::Wave)
                + confidence(&Target::Language);
            unit + confidence(&Target::Time) + items * 1.1 + about * 0.5
        }
        ImportKind::Aggregates => {
            let counted = confidence(&Target::Count)
                .max(confidence(&Target::Total) + confidence(&Target::Deviated));
            unit + confidence(&Target::Period) + items + counted
        }
        ImportKind::Observations => {
            let seen = confidence(&Target::Value).max(confidence(&Target::Kept));
            let named = if plan.standard.is_some() {
                0.6
            } else {
                confidence(&Target::StandardColumn) * 2.0
            };
            if named == 0.0 {
                0.0
            } else {
                unit + confidence(&Target::Time) + seen + named
            }
        }
    }
}
