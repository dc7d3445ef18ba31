//! All rules over one draft, until none has anything more to hide.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_foundation::{Indicator, IndicatorId};

use super::cell::CellKey;
use super::draft::Draft;
use super::released::{Earlier, Part};
use super::rules::audit::Parts;
use super::rules::{audit, nested, revision, siblings, unanimous};
use super::table::{Standing, Table, Why};

/// Which rules are on. Outside tests all of them are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub nested: bool,
    pub siblings: bool,
    pub audit: bool,
    pub revision: bool,
    pub unanimous: bool,
}

impl Rules {
    pub const ALL: Self = Self {
        nested: true,
        siblings: true,
        audit: true,
        revision: true,
        unanimous: true,
    };
}

/// The draft's cells, each with what becomes of it.
pub(super) fn decide<'a>(
    draft: &'a Draft,
    indicators: &BTreeMap<IndicatorId, Indicator>,
    earlier: &Earlier<'_>,
    parts: &Parts,
    number: u32,
    rules: Rules,
) -> Table<'a> {
    let mut table = Table::of(draft);
    let touched = touched(parts, number);
    for at in 0..table.cells.len() {
        let (key, evidence) = (table.cells[at].key, table.cells[at].evidence);
        let before = earlier.shown(key);
        table.cells[at].was_shown = before.is_some();
        let stays = before.is_some_and(|before| {
            rules.revision && !revision::has_changed(before, evidence, draft.minimum_n)
        });
        let below = evidence.values().any(|counted| {
            let people = counted.respondents().unwrap_or(0);
            (1..draft.minimum_n).contains(&people)
        });
        let is_unanimous = |(id, counted): (&IndicatorId, &evenkeel_stats::Counted)| {
            indicators
                .get(id)
                .is_some_and(|i| unanimous::is_unanimous(i, &counted.statistics))
        };
        if stays {
            table.cells[at].standing = Standing::Kept;
        } else if below {
            table.guard(at, Why::BelowMinimum);
        } else if rules.unanimous && evidence.iter().any(is_unanimous) {
            table.guard(at, Why::Unanimous);
        } else if earlier.hides(key) && !touched.contains(key) {
            // Nobody in it came or went: what changed elsewhere does not bring it to light.
            table.withdraw(at, Why::Audit);
        }
    }
    loop {
        let mut changed = rules.nested && nested::apply(&mut table);
        changed |= rules.siblings && siblings::apply(&mut table);
        if !changed {
            changed = rules.audit && audit::apply(&mut table, parts, earlier.shown_at(), number);
        }
        if !changed {
            return table;
        }
    }
}

/// Cells of people who came or went with this release.
fn touched(parts: &Parts, number: u32) -> BTreeSet<CellKey> {
    let moved = |parts: &Vec<Part>| {
        let mut parts = parts.iter();
        parts.any(|part| part.from == number || part.until == Some(number))
    };
    let atoms = parts.values().flatten().filter(|(_, parts)| moved(parts));
    atoms.flat_map(|(key, _)| key.cells()).collect()
}
