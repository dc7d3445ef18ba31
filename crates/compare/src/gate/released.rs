//! Releases: frozen, checked sets of results.
//!
//! Invariant: a release never changes. A later one begins where the earlier ended: its numbers
//! rise by one, its minimum n never goes down, and what was shown stays known to everybody, so
//! that the audit counts it as published for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_foundation::{Foundation, Indicator, IndicatorId, IndicatorKind};
use evenkeel_stats::Counted;

use super::cell::CellKey;
use super::decide::{Rules, decide};
use super::draft::{Atom, AtomKey, Draft};
use super::passed::{Passed, is_protected};
use super::rules::audit::{Parts, ShownAt};
use super::table::{Standing, Why};
use crate::estimate::HiddenReason;

/// A frozen, disclosure-checked set of results.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// 1, 2, 3, …
    pub number: u32,
    /// Versions of the tables it was drawn up from.
    pub snapshot: String,
    /// Tells whether the answers are still those that it was drawn up from.
    pub fingerprint: String,
    pub(super) families: Vec<Family>,
}

/// Indicators that are shown or hidden together, and their cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// The indicators.
    pub indicators: BTreeSet<IndicatorId>,
    /// People below whom nothing is shown.
    pub minimum_n: u64,
    pub(super) cells: BTreeMap<CellKey, Frozen>,
    /// Every release that showed new numbers of a cell.
    pub(super) shown_at: ShownAt,
    pub(super) parts: Parts,
    counts: FamilyCounts,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Frozen {
    Shown {
        evidence: BTreeMap<IndicatorId, Counted>,
        snapshot: Arc<str>,
    },
    Hidden(HiddenReason),
}

/// People of an atom who came with one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub(super) from: u32,
    /// The release from which on they are gone.
    pub(super) until: Option<u32>,
    pub(super) people: u64,
}

impl Part {
    pub(super) fn is_counted_at(&self, release: u32) -> bool {
        self.from <= release && self.until.is_none_or(|until| release < until)
    }
}

/// How many cells of a family became what. Which rule hid how many stays inside the house: it
/// says something about the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FamilyCounts {
    /// Shown with the numbers of this release.
    pub shown: u64,
    /// Shown as before: too few responses changed, or the change would have given somebody away.
    pub kept: u64,
    /// Hidden because fewer people than the minimum answered.
    pub below_minimum: u64,
    /// Hidden so that nobody's answer can be subtracted out.
    pub subtractable: u64,
}

impl Release {
    /// The cells of an indicator, in order; none when the release does not know it.
    pub fn cells(&self, indicator: &IndicatorId) -> impl Iterator<Item = (&CellKey, Passed)> {
        let family = self.family(indicator);
        family.into_iter().flat_map(move |family| {
            let cells = family.cells.iter();
            cells.filter_map(move |(key, frozen)| Some((key, frozen.of(indicator)?)))
        })
    }

    /// One cell of an indicator; `None` where nobody answered.
    pub fn cell(&self, indicator: &IndicatorId, key: &CellKey) -> Option<Passed> {
        self.family(indicator)?.cells.get(key)?.of(indicator)
    }

    /// Whether the release holds the indicator.
    pub fn holds(&self, indicator: &IndicatorId) -> bool {
        self.family(indicator).is_some()
    }

    /// The families, for a report.
    pub fn families(&self) -> &[Family] {
        &self.families
    }

    fn family(&self, indicator: &IndicatorId) -> Option<&Family> {
        self.families
            .iter()
            .find(|family| family.indicators.contains(indicator))
    }
}

impl Family {
    /// How many cells became what.
    pub fn counts(&self) -> FamilyCounts {
        self.counts
    }

    pub(super) fn stored(
        indicators: BTreeSet<IndicatorId>,
        minimum_n: u64,
        cells: BTreeMap<CellKey, Frozen>,
        (shown_at, parts): (ShownAt, Parts),
        counts: FamilyCounts,
    ) -> Self {
        Self {
            indicators,
            minimum_n,
            cells,
            shown_at,
            parts,
            counts,
        }
    }
}

impl Frozen {
    fn of(&self, indicator: &IndicatorId) -> Option<Passed> {
        match self {
            Self::Hidden(reason) => Some(Passed::hidden(reason.clone())),
            Self::Shown { evidence, snapshot } => {
                let counted = evidence.get(indicator)?.clone();
                Some(Passed::frozen(counted, snapshot.clone()))
            }
        }
    }
}

/// The protected indicators that have to be shown or hidden together.
///
/// Two indicators belong together when they are about the same item, or when a composite is made
/// of both: from two of them the third would follow.
pub fn families(foundation: &Foundation) -> Vec<BTreeSet<IndicatorId>> {
    let protected = foundation
        .indicators
        .values()
        .filter(|i| is_protected(foundation, i));
    let mut found: Vec<(BTreeSet<IndicatorId>, Items)> = Vec::new();
    for indicator in protected {
        let mut ids = BTreeSet::from([indicator.id.clone()]);
        let mut about = items(foundation, indicator);
        let same = |(_, their): &mut (BTreeSet<IndicatorId>, Items)| !their.is_disjoint(&about);
        for (others, their) in found.extract_if(.., same).collect::<Vec<_>>() {
            ids.extend(others);
            about.extend(their);
        }
        found.push((ids, about));
    }
    let mut families: Vec<_> = found
        .into_iter()
        .map(|(indicators, _)| indicators)
        .collect();
    families.sort();
    families
}

/// (instrument, item) of everything an indicator is about.
type Items = BTreeSet<(String, String)>;

fn items(foundation: &Foundation, indicator: &Indicator) -> Items {
    match &indicator.kind {
        IndicatorKind::Nps { instrument, item }
        | IndicatorKind::TopBox {
            instrument, item, ..
        }
        | IndicatorKind::Mean { instrument, item }
        | IndicatorKind::Share {
            instrument, item, ..
        } => BTreeSet::from([(instrument.to_string(), item.to_string())]),
        IndicatorKind::Composite { of } => of
            .iter()
            .filter_map(|part| foundation.indicator(part))
            .filter(|part| part.id != indicator.id)
            .flat_map(|part| items(foundation, part))
            .collect(),
        IndicatorKind::Rate { .. }
        | IndicatorKind::Conformance { .. }
        | IndicatorKind::WithinTarget { .. } => BTreeSet::new(),
    }
}

/// Checks drafts against the rules and freezes them; `earlier` is the latest release before, and
/// what they were drawn up from has a snapshot and a fingerprint.
pub fn release(
    drafts: &[(BTreeSet<IndicatorId>, Draft)],
    indicators: &BTreeMap<IndicatorId, Indicator>,
    earlier: Option<&Release>,
    (snapshot, fingerprint): (&str, &str),
) -> Release {
    let number = earlier.map_or(1, |earlier| earlier.number + 1);
    let freeze = |(ids, draft): &(BTreeSet<IndicatorId>, Draft)| {
        let before = Earlier::of(earlier, ids);
        family(
            ids,
            draft,
            indicators,
            &before,
            (number, snapshot),
            Rules::ALL,
        )
    };
    Release {
        number,
        snapshot: snapshot.to_owned(),
        fingerprint: fingerprint.to_owned(),
        families: drafts.iter().map(freeze).collect(),
    }
}

/// One family of a release.
pub(super) fn family(
    ids: &BTreeSet<IndicatorId>,
    draft: &Draft,
    indicators: &BTreeMap<IndicatorId, Indicator>,
    earlier: &Earlier<'_>,
    (number, snapshot): (u32, &str),
    rules: Rules,
) -> Family {
    let mut draft = draft.clone();
    draft.minimum_n = draft.minimum_n.max(earlier.minimum_n());
    let parts = earlier.grown(&draft.atoms, number);
    let table = decide(&draft, indicators, earlier, &parts, number, rules);
    let snapshot: Arc<str> = Arc::from(snapshot);
    let mut counts = FamilyCounts::default();
    let mut shown_at = earlier.shown_at().clone();
    let mut cells = earlier.no_longer_there(&draft);
    for cell in &table.cells {
        let frozen = match cell.standing {
            Standing::New => {
                counts.shown += 1;
                shown_at.entry(cell.key.clone()).or_default().push(number);
                Frozen::Shown {
                    evidence: cell.evidence.clone(),
                    snapshot: snapshot.clone(),
                }
            }
            Standing::Kept => {
                counts.kept += 1;
                earlier.frozen(cell.key).clone()
            }
            Standing::Hidden(Why::BelowMinimum) => {
                counts.below_minimum += 1;
                let minimum_n = u32::try_from(draft.minimum_n).unwrap_or(u32::MAX);
                Frozen::Hidden(HiddenReason::BelowMinimumN { minimum_n })
            }
            Standing::Hidden(_) => {
                counts.subtractable += 1;
                Frozen::Hidden(HiddenReason::Subtractable)
            }
        };
        cells.insert(cell.key.clone(), frozen);
    }
    Family {
        indicators: ids.clone(),
        minimum_n: draft.minimum_n,
        cells,
        shown_at,
        parts,
        counts,
    }
}

/// What the release before showed of a family.
pub(super) struct Earlier<'a> {
    family: Option<&'a Family>,
    nothing: ShownAt,
}

impl<'a> Earlier<'a> {
    /// The family of the earlier release that shares most indicators.
    pub fn of(release: Option<&'a Release>, indicators: &BTreeSet<IndicatorId>) -> Self {
        let families = release.into_iter().flat_map(|release| &release.families);
        let shared = |family: &&Family| family.indicators.intersection(indicators).count();
        Self {
            family: families
                .filter(|family| shared(family) > 0)
                .max_by_key(shared),
            nothing: ShownAt::new(),
        }
    }

    pub fn shown(&self, key: &CellKey) -> Option<&'a BTreeMap<IndicatorId, Counted>> {
        match self.family?.cells.get(key)? {
            Frozen::Shown { evidence, .. } => Some(evidence),
            Frozen::Hidden(_) => None,
        }
    }

    /// Whether it had the cell and hid it.
    pub fn hides(&self, key: &CellKey) -> bool {
        let cell = self.family.and_then(|family| family.cells.get(key));
        matches!(cell, Some(Frozen::Hidden(_)))
    }

    pub fn shown_at(&self) -> &ShownAt {
        self.family.map_or(&self.nothing, |family| &family.shown_at)
    }

    fn minimum_n(&self) -> u64 {
        self.family.map_or(0, |family| family.minimum_n)
    }

    fn frozen(&self, key: &CellKey) -> &'a Frozen {
        const NOT_RELEASED: &Frozen = &Frozen::Hidden(HiddenReason::NotReleased);
        let frozen = self.family.and_then(|family| family.cells.get(key));
        frozen.unwrap_or(NOT_RELEASED)
    }

    /// Cells that were shown and have no answers any more: a release does not change.
    fn no_longer_there(&self, draft: &Draft) -> BTreeMap<CellKey, Frozen> {
        let cells = self.family.into_iter().flat_map(|family| &family.cells);
        cells
            .filter(|(key, frozen)| {
                matches!(frozen, Frozen::Shown { .. }) && !draft.cells.contains_key(*key)
            })
            .map(|(key, frozen)| (key.clone(), frozen.clone()))
            .collect()
    }

    /// The parts of every atom, with what this release adds or takes away. People who left are
    /// taken to be those who came last.
    fn grown(&self, atoms: &BTreeMap<IndicatorId, Vec<Atom>>, number: u32) -> Parts {
        let mut parts: Parts = self.family.map(|f| f.parts.clone()).unwrap_or_default();
        for (indicator, atoms) in atoms {
            let known = parts.entry(indicator.clone()).or_default();
            let now: BTreeMap<&AtomKey, u64> = atoms.iter().map(|a| (&a.key, a.people)).collect();
            for key in known.keys().cloned().collect::<Vec<_>>() {
                let people = now.get(&key).copied().unwrap_or(0);
                grow(known.entry(key).or_default(), people, number);
            }
            for (key, people) in now {
                if !known.contains_key(key) {
                    grow(known.entry(key.clone()).or_default(), people, number);
                }
            }
        }
        parts
    }
}

fn grow(parts: &mut Vec<Part>, people: u64, number: u32) {
    let present = |part: &Part| part.until.is_none();
    let before: u64 = parts.iter().filter(|p| present(p)).map(|p| p.people).sum();
    if people > before {
        parts.push(Part {
            from: number,
            until: None,
            people: people - before,
        });
        return;
    }
    let mut leaving = before - people;
    while leaving > 0 {
        let Some(last) = parts.iter_mut().rev().find(|part| present(part)) else {
            return;
        };
        let gone = leaving.min(last.people);
        leaving -= gone;
        last.people -= gone;
        let from = last.from;
        if last.people == 0 {
            last.until = Some(number);
            last.people = gone;
        } else {
            parts.push(Part {
                from,
                until: Some(number),
                people: gone,
            });
        }
    }
}
