//! The cells of a draft with all that the rules look at: who lies in whom, and what is shown.
//!
//! Invariant: what an earlier release has shown cannot be taken back; such a cell is at worst kept
//! as it was.

use std::collections::{BTreeMap, HashMap};

use evenkeel_foundation::IndicatorId;
use evenkeel_stats::Counted;

use super::cell::{CellKey, Direction};
use super::draft::Draft;

/// What becomes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Shown with the draft's numbers.
    New,
    /// Shown as an earlier release showed it.
    Kept,
    Hidden(Why),
}

/// The rule that hides a cell. Only the first is said outside: the others would say something
/// about the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    BelowMinimum,
    Unanimous,
    Nested,
    Siblings,
    Audit,
}

pub(super) struct Cell<'a> {
    pub key: &'a CellKey,
    pub evidence: &'a BTreeMap<IndicatorId, Counted>,
    /// Larger cells that hold it.
    pub ancestors: Vec<usize>,
    pub standing: Standing,
    /// An earlier release shows it.
    pub was_shown: bool,
    /// Its new numbers must not follow from others either.
    pub guarded: bool,
}

/// Cells with one parent in one direction (of one attribute).
pub(super) struct Siblings {
    pub parent: usize,
    pub children: Vec<usize>,
}

pub(super) struct Table<'a> {
    pub draft: &'a Draft,
    pub cells: Vec<Cell<'a>>,
    pub index: HashMap<&'a CellKey, usize>,
    pub siblings: Vec<Siblings>,
}

impl<'a> Table<'a> {
    pub fn of(draft: &'a Draft) -> Self {
        let index: HashMap<&CellKey, usize> = draft
            .cells
            .keys()
            .enumerate()
            .map(|(i, k)| (k, i))
            .collect();
        let place = |key: CellKey| index.get(&key).copied();
        let mut groups: BTreeMap<(usize, Direction, Option<&str>), Vec<usize>> = BTreeMap::new();
        let cells: Vec<Cell<'a>> = draft
            .cells
            .iter()
            .enumerate()
            .map(|(at, (key, evidence))| {
                for direction in Direction::EVERY {
                    let parent = key.parent(direction, &draft.parents).and_then(place);
                    let attribute = match direction {
                        Direction::Segment => key.segment.as_ref().map(|(name, _)| name.as_str()),
                        _ => None,
                    };
                    if let Some(parent) = parent {
                        let group = groups.entry((parent, direction, attribute));
                        group.or_default().push(at);
                    }
                }
                let ancestors = key.ancestors(&draft.parents);
                Cell {
                    key,
                    evidence,
                    ancestors: ancestors.into_iter().filter_map(place).collect(),
                    standing: Standing::New,
                    was_shown: false,
                    guarded: false,
                }
            })
            .collect();
        let siblings = groups
            .into_iter()
            .map(|((parent, _, _), children)| Siblings { parent, children });
        Self {
            draft,
            cells,
            siblings: siblings.collect(),
            index,
        }
    }

    /// Indicators that people answered directly.
    pub fn asked(&self) -> impl Iterator<Item = &'a IndicatorId> + use<'a> {
        self.draft.atoms.keys()
    }

    /// People with an answer to `indicator`.
    pub fn people(&self, cell: usize, indicator: &IndicatorId) -> u64 {
        let counted = self.cells[cell].evidence.get(indicator);
        counted.and_then(Counted::respondents).unwrap_or(0)
    }

    /// Answers to `indicator`.
    pub fn answers(&self, cell: usize, indicator: &IndicatorId) -> u64 {
        let counted = self.cells[cell].evidence.get(indicator);
        counted.and_then(|c| c.statistics.n()).unwrap_or(0)
    }

    /// People of the indicator that the most of them answered.
    pub fn size(&self, cell: usize) -> u64 {
        let sizes = self.asked().map(|indicator| self.people(cell, indicator));
        sizes.max().unwrap_or(0)
    }

    pub fn is_new(&self, cell: usize) -> bool {
        self.cells[cell].standing == Standing::New
    }

    pub fn is_hidden(&self, cell: usize) -> bool {
        matches!(self.cells[cell].standing, Standing::Hidden(_))
    }

    /// Does not show the draft's numbers of a cell.
    pub fn withdraw(&mut self, cell: usize, why: Why) {
        let cell = &mut self.cells[cell];
        cell.standing = if cell.was_shown {
            Standing::Kept
        } else {
            Standing::Hidden(why)
        };
    }

    /// Withdraws a cell whose numbers nobody may work out from others either.
    pub fn guard(&mut self, cell: usize, why: Why) {
        self.cells[cell].guarded = true;
        self.withdraw(cell, why);
    }

    /// The smallest of these cells that shows new numbers; of equal ones the first.
    pub fn smallest_new(&self, cells: impl IntoIterator<Item = usize>) -> Option<usize> {
        let new = cells.into_iter().filter(|cell| self.is_new(*cell));
        new.min_by_key(|cell| (self.size(*cell), *cell))
    }
}
