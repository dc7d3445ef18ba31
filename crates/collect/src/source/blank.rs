//! Where a table ends when something else stands below it.
//!
//! Invariant: a blank row ends the table only when no row after it fills two columns, so that a
//! blank row between a total and the rest does not cut the table, while footnotes, which fill the
//! first column alone, are left out. A table of one column ends at the first blank row.

/// Decides, row by row, in the order of the sheet.
#[derive(Debug)]
pub(super) struct TableEnd {
    stop_at_blank: bool,
    one_column: bool,
    after_blank: bool,
    seen_row: bool,
}

/// What to do with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowFate {
    /// It belongs to the table.
    Take,
    /// It is blank, or it stands below the table.
    Leave,
}

impl TableEnd {
    pub(super) fn new(stop_at_blank: bool, columns: usize) -> Self {
        Self {
            stop_at_blank,
            one_column: columns < 2,
            after_blank: false,
            seen_row: false,
        }
    }

    /// A row without any value.
    pub(super) fn blank(&mut self) {
        self.after_blank = self.seen_row;
    }

    /// A row in which `filled` cells have a value (2 stands for "2 or more").
    pub(super) fn row(&mut self, filled: usize) -> RowFate {
        if filled == 0 {
            self.blank();
            return RowFate::Leave;
        }
        self.seen_row = true;
        if !self.stop_at_blank || !self.after_blank {
            return RowFate::Take;
        }
        if self.one_column || filled < 2 {
            return RowFate::Leave;
        }
        self.after_blank = false;
        RowFate::Take
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RowFate::{Leave, Take};

    fn fates(columns: usize, filled: &[usize]) -> Vec<RowFate> {
        let mut end = TableEnd::new(true, columns);
        filled.iter().map(|n| end.row(*n)).collect()
    }

    #[test]
    fn footnotes_after_a_blank_row_are_left() {
        assert_eq!(
            fates(3, &[3, 3, 0, 1, 1]),
            [Take, Take, Leave, Leave, Leave]
        );
    }

    #[test]
    fn a_blank_row_inside_does_not_cut() {
        assert_eq!(
            fates(3, &[1, 3, 0, 3, 0, 1]),
            [Take, Take, Leave, Take, Leave, Leave]
        );
    }

    #[test]
    fn one_column_ends_at_the_first_blank() {
        assert_eq!(fates(1, &[0, 1, 0, 1]), [Leave, Take, Leave, Leave]);
    }

    #[test]
    fn off_means_only_blank_rows_are_left() {
        let mut end = TableEnd::new(false, 3);
        assert_eq!([3, 0, 1].map(|n| end.row(n)), [Take, Leave, Take]);
    }
}
