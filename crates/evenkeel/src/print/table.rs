//! A plain table: columns as wide as their widest cell, numbers to the right.

/// Rows of cells under a head.
pub struct Table<const N: usize> {
    head: [&'static str; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub fn new(head: [&'static str; N]) -> Self {
        Self {
            head,
            rows: Vec::new(),
        }
    }

    pub fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    pub fn print(&self) {
        print!("{}", self.render());
    }

    fn render(&self) -> String {
        let mut widths = self.head.map(|name| name.chars().count());
        let mut numeric = [true; N];
        for row in &self.rows {
            for (column, cell) in row.iter().enumerate() {
                widths[column] = widths[column].max(cell.chars().count());
                numeric[column] &= cell.is_empty()
                    || cell
                        .starts_with(|first: char| first.is_ascii_digit() || "+-−".contains(first));
            }
        }
        let mut out = String::new();
        let mut line = |cells: &[&str]| {
            let mut text = String::new();
            for (column, cell) in cells.iter().enumerate() {
                let pad = widths[column] - cell.chars().count();
                if numeric[column] {
                    text.push_str(&" ".repeat(pad));
                    text.push_str(cell);
                } else {
                    text.push_str(cell);
                    text.push_str(&" ".repeat(pad));
                }
                text.push_str("  ");
            }
            out.push_str(text.trim_end());
            out.push('\n');
        };
        line(&self.head);
        for row in &self.rows {
            line(&row.each_ref().map(String::as_str));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn numbers_stand_right_and_words_left() {
        let mut table = Table::new(["unit", "value"]);
        table.row(["gent".into(), "7.1".into()]);
        table.row(["a".into(), "10.0".into()]);
        assert_eq!(table.render(), "unit  value\ngent    7.1\na      10.0\n");
    }
}
