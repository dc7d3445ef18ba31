//! Rule 4: of two nested cells that are both shown, the difference is nobody or at least k people.

use super::super::table::{Table, Why};

/// Withdraws the smaller of each pair that differs by too few. Whether anything changed.
pub(in super::super) fn apply(table: &mut Table<'_>) -> bool {
    let k = table.draft.minimum_n;
    let mut changed = false;
    for cell in 0..table.cells.len() {
        if table.is_new(cell)
            && table.cells[cell]
                .ancestors
                .iter()
                .any(|larger| table.is_new(*larger) && differ_by_few(table, cell, *larger, k))
        {
            table.withdraw(cell, Why::Nested);
            changed = true;
        }
    }
    changed
}

fn differ_by_few(table: &Table<'_>, cell: usize, larger: usize, k: u64) -> bool {
    let few = |less: u64, more: u64| (1..k).contains(&more.saturating_sub(less));
    // Over time the same people answer again: their answers differ where they do not.
    let same_time = table.cells[cell].key.period == table.cells[larger].key.period;
    table.asked().any(|indicator| {
        few(
            table.answers(cell, indicator),
            table.answers(larger, indicator),
        ) || same_time
            && few(
                table.people(cell, indicator),
                table.people(larger, indicator),
            )
    })
}
