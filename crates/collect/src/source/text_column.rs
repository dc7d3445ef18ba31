//! Columns of text, built cell by cell.
//!
//! Invariant: a cell has no blanks around it, and an empty cell is an empty text, never a null: it
//! is the mapping that says what is missing.

use arrow::array::StringArray;
use arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};

use super::Fault;

/// A column under construction.
#[derive(Debug, Default)]
pub(super) struct TextColumn {
    bytes: Vec<u8>,
    offsets: Vec<i32>,
}

impl TextColumn {
    pub(super) fn new() -> Self {
        Self {
            bytes: Vec::new(),
            offsets: vec![0],
        }
    }

    /// Adds a cell; blanks around it are dropped.
    pub(super) fn push(&mut self, cell: &[u8]) {
        self.bytes.extend_from_slice(trim(cell));
        self.offsets.push(self.bytes.len() as i32);
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// The column; a cell that is not UTF-8 becomes a fault and keeps what can be read of it.
    pub(super) fn finish(&mut self, name: &str, faults: &mut Vec<Fault>) -> StringArray {
        let bytes = Buffer::from_vec(std::mem::take(&mut self.bytes));
        let offsets = std::mem::replace(&mut self.offsets, vec![0]);
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        // `try_new` checks the whole buffer at once and every cell's edge; the clones are of
        // pointers, not of bytes.
        StringArray::try_new(offsets.clone(), bytes.clone(), None)
            .unwrap_or_else(|_| repaired(name, &bytes, &offsets, faults))
    }
}

/// Cell by cell, for the rare column with bytes that are no characters.
fn repaired(name: &str, bytes: &[u8], offsets: &[i32], faults: &mut Vec<Fault>) -> StringArray {
    let cells = offsets.windows(2).enumerate().map(|(row, ends)| {
        let cell = &bytes[ends[0] as usize..ends[1] as usize];
        let text = String::from_utf8_lossy(cell);
        if let Err(error) = std::str::from_utf8(cell) {
            let byte = cell[error.valid_up_to()];
            faults.push(Fault {
                row,
                column: Some(name.to_owned()),
                message: format!("byte 0x{byte:02X} is no UTF-8 character here"),
                found: text.chars().take(60).collect(),
                allowed: "UTF-8; for a file from Excel try [file] encoding = \"windows-1252\""
                    .to_owned(),
            });
        }
        text.into_owned()
    });
    StringArray::from_iter_values(cells)
}

/// Drops blanks at both ends; no-break spaces too.
pub(super) fn trim(mut cell: &[u8]) -> &[u8] {
    const NO_BREAK: &[u8] = "\u{a0}".as_bytes();
    loop {
        let before = cell.len();
        cell = cell.trim_ascii();
        cell = cell.strip_prefix(NO_BREAK).unwrap_or(cell);
        cell = cell.strip_suffix(NO_BREAK).unwrap_or(cell);
        if cell.len() == before {
            return cell;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_at_both_ends() {
        assert_eq!(trim("\u{a0} 26.2 %\u{a0} ".as_bytes()), b"26.2 %");
        assert_eq!(trim(b"  "), b"");
        assert_eq!(trim("a\u{a0}b".as_bytes()), "a\u{a0}b".as_bytes());
    }

    #[test]
    fn a_wrong_byte_is_a_fault_of_its_row() {
        let mut column = TextColumn::new();
        column.push(b"caf\xe9");
        column.push("né".as_bytes());
        let mut faults = Vec::new();
        let built = column.finish("name", &mut faults);
        assert_eq!(built.value(1), "né");
        assert_eq!(faults.len(), 1);
        assert_eq!(
            (faults[0].row, faults[0].message.as_str()),
            (0, "byte 0xE9 is no UTF-8 character here")
        );
    }

    #[test]
    fn halves_of_a_character_in_two_cells_are_two_faults() {
        let mut column = TextColumn::new();
        column.push(b"\xc3");
        column.push(b"\xa9");
        let mut faults = Vec::new();
        column.finish("name", &mut faults);
        assert_eq!(faults.len(), 2);
    }
}
