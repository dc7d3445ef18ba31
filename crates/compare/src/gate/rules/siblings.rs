//! Rule 5: what is hidden under a shown cell is at least k people together.
//!
//! Otherwise the shown siblings could be subtracted from their parent. People of the parent who
//! are in no sibling (no value of the attribute) are hidden siblings too.

use super::super::table::{Siblings, Table, Why};

/// Withdraws the next smallest sibling where too few are hidden. Whether anything changed.
pub(in super::super) fn apply(table: &mut Table<'_>) -> bool {
    let groups = std::mem::take(&mut table.siblings);
    let mut changed = false;
    for group in &groups {
        while hides_too_few(table, group) {
            let Some(next) = table.smallest_new(group.children.iter().copied()) else {
                break;
            };
            table.withdraw(next, Why::Siblings);
            changed = true;
        }
    }
    table.siblings = groups;
    changed
}

fn hides_too_few(table: &Table<'_>, group: &Siblings) -> bool {
    if table.is_hidden(group.parent) {
        return false;
    }
    table.asked().any(|indicator| {
        let all = table.answers(group.parent, indicator);
        let shown = group
            .children
            .iter()
            .filter(|child| !table.is_hidden(**child));
        let shown: u64 = shown.map(|child| table.answers(*child, indicator)).sum();
        (1..table.draft.minimum_n).contains(&all.saturating_sub(shown))
    })
}
