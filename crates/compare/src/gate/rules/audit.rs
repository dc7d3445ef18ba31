//! Rule 6: nothing that can be solved for is left.
//!
//! Every shown cell of this and of all earlier releases is an equation over groups of people whom
//! no cell tells apart. What follows from the equations for fewer than k people, or for a cell
//! that rule 2 or 8 hides, is taken away by withdrawing the smallest cell that it follows from.

use std::collections::BTreeMap;

use evenkeel_foundation::IndicatorId;
use evenkeel_stats::linear_audit::Solvable;

use super::super::cell::CellKey;
use super::super::draft::AtomKey;
use super::super::released::Part;
use super::super::table::{Table, Why};

/// Earlier releases: which cells were shown at which revisions.
pub(in super::super) type ShownAt = BTreeMap<CellKey, Vec<u32>>;

/// People by atom, those who came with one release together.
pub(in super::super) type Parts = BTreeMap<IndicatorId, BTreeMap<AtomKey, Vec<Part>>>;

/// Withdraws what gives somebody away. Whether anything changed.
pub(in super::super) fn apply(
    table: &mut Table<'_>,
    parts: &Parts,
    shown_at: &ShownAt,
    revision: u32,
) -> bool {
    if !(0..table.cells.len()).any(|cell| table.is_new(cell)) {
        // Nothing is shown that was not shown before.
        return false;
    }
    let mut changed = false;
    let mut seen: Vec<Vec<(&AtomKey, &Part)>> = Vec::new();
    for of_indicator in parts.values() {
        let columns: Vec<(&AtomKey, &Part)> = of_indicator
            .iter()
            .flat_map(|(key, parts)| parts.iter().map(move |part| (key, part)))
            .filter(|(_, part)| part.people > 0)
            .collect();
        // Items that the same people answered have the same equations.
        if seen.contains(&columns) {
            continue;
        }
        changed |= audit(table, &columns, shown_at, revision);
        seen.push(columns);
    }
    changed
}

/// One equation: whose, and over which columns.
struct Sum {
    /// A cell that can still be withdrawn.
    cell: Option<usize>,
    columns: Vec<usize>,
}

fn audit(
    table: &mut Table<'_>,
    columns: &[(&AtomKey, &Part)],
    shown_at: &ShownAt,
    revision: u32,
) -> bool {
    let k = table.draft.minimum_n;
    let people: Vec<u64> = columns.iter().map(|(_, part)| part.people).collect();
    let of_cell = columns_of_cells(table, columns, revision);
    let earlier = earlier_sums(columns, shown_at);
    let mut changed = false;
    loop {
        let mut sums: Vec<Sum> = earlier
            .iter()
            .map(|columns| Sum {
                cell: None,
                columns: columns.clone(),
            })
            .chain(new_sums(table, &of_cell))
            .collect();
        // Short equations first: they are what the long ones are made of.
        sums.sort_by_key(|sum| sum.columns.len());
        let equations: Vec<Vec<usize>> = sums.iter().map(|sum| sum.columns.clone()).collect();
        let solvable = Solvable::new(columns.len(), &equations);
        let mut exposed = solvable.exposed(&people, k);
        exposed.extend(guarded(table, &of_cell).filter(|set| solvable.is_known(set)));
        let mut withdrawn = false;
        for set in exposed {
            let from = solvable.derived_from(&set);
            let cells = from.into_iter().filter_map(|sum| sums[sum].cell);
            if let Some(cell) = table.smallest_new(cells) {
                table.withdraw(cell, Why::Audit);
                withdrawn = true;
            }
        }
        if !withdrawn {
            return changed;
        }
        changed = true;
    }
}

/// Columns of each cell as the draft counts them.
fn columns_of_cells(
    table: &Table<'_>,
    columns: &[(&AtomKey, &Part)],
    revision: u32,
) -> Vec<Vec<usize>> {
    let mut of_cell = vec![Vec::new(); table.cells.len()];
    for (column, (key, part)) in columns.iter().enumerate() {
        if part.is_counted_at(revision) {
            for cell in key.cells() {
                if let Some(&at) = table.index.get(&cell) {
                    of_cell[at].push(column);
                }
            }
        }
    }
    of_cell
}

/// What earlier releases have shown, each different equation once.
fn earlier_sums(columns: &[(&AtomKey, &Part)], shown_at: &ShownAt) -> Vec<Vec<usize>> {
    let mut sums: BTreeMap<(&CellKey, u32), Vec<usize>> = BTreeMap::new();
    for (column, (key, part)) in columns.iter().enumerate() {
        for cell in key.cells() {
            let Some((cell, revisions)) = shown_at.get_key_value(&cell) else {
                continue;
            };
            for &revision in revisions.iter().filter(|r| part.is_counted_at(**r)) {
                sums.entry((cell, revision)).or_default().push(column);
            }
        }
    }
    let mut sums: Vec<Vec<usize>> = sums.into_values().collect();
    sums.sort_unstable();
    sums.dedup();
    sums
}

/// Equations of the cells that show new numbers, without those that follow from their parts.
fn new_sums<'t>(table: &'t Table<'_>, of_cell: &'t [Vec<usize>]) -> impl Iterator<Item = Sum> + 't {
    let mut follows = vec![false; of_cell.len()];
    for group in &table.siblings {
        let all_shown = group
            .children
            .iter()
            .all(|c| of_cell[*c].is_empty() || table.is_new(*c));
        let together: usize = group.children.iter().map(|c| of_cell[*c].len()).sum();
        if all_shown && together == of_cell[group.parent].len() {
            follows[group.parent] = true;
        }
    }
    (0..of_cell.len())
        .filter(move |cell| table.is_new(*cell) && !follows[*cell] && !of_cell[*cell].is_empty())
        .map(|cell| Sum {
            cell: Some(cell),
            columns: of_cell[cell].clone(),
        })
}

/// Cells whose own numbers must not follow either.
fn guarded<'t>(
    table: &'t Table<'_>,
    of_cell: &'t [Vec<usize>],
) -> impl Iterator<Item = Vec<usize>> + 't {
    let cells = table.cells.iter().zip(of_cell);
    cells
        .filter(|(cell, columns)| cell.guarded && !columns.is_empty())
        .map(|(_, columns)| columns.clone())
}
