//! How a file is written: form, delimiter, encoding, where its header is.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::mapping::{Encoding, Format, Sheets};
use crate::source::{self, Meter, Opening, ReadError, Wanted, first_bytes, sheet_names};

/// The file with what was found out, and what the mapping has to say about it.
pub(super) struct Sniffed {
    pub opening: Opening,
    /// Lines of `[file]`.
    pub lines: Vec<String>,
}

const BYTES_LOOKED_AT: usize = 1 << 20;

/// How far down a header is looked for.
const HEADER_ROW_MAX: u32 = 20;

pub(super) fn sniff(mut opening: Opening) -> Result<Sniffed, ReadError> {
    let bytes = first_bytes(&opening, BYTES_LOOKED_AT)?;
    let mut lines = Vec::new();
    let by_name = Format::of_name(&opening.file_name);
    let format = by_content(&bytes).or(by_name).unwrap_or(Format::Csv);
    if by_name != Some(format) {
        opening.rule.format = Some(format);
        let word = Format::EVERY
            .iter()
            .find(|(_, known)| *known == format)
            .map_or("csv", |(word, _)| word);
        lines.push(format!("format = \"{word}\""));
    }
    if matches!(format, Format::Csv | Format::Tsv) {
        sniff_text(&mut opening, format, &bytes, &mut lines);
    }
    if format == Format::Xlsx {
        sniff_sheets(&mut opening, &mut lines)?;
    }
    if matches!(format, Format::Csv | Format::Tsv | Format::Xlsx) {
        sniff_header(&mut opening, &mut lines);
    }
    Ok(Sniffed { opening, lines })
}

fn by_content(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [b'P', b'A', b'R', b'1', ..] => Some(Format::Parquet),
        [b'P', b'K', 3, 4, ..] => Some(Format::Xlsx),
        _ if bytes.trim_ascii_start().starts_with(b"{\"") => Some(Format::Ndjson),
        _ => None,
    }
}

fn sniff_text(opening: &mut Opening, format: Format, bytes: &[u8], lines: &mut Vec<String>) {
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let wrong = std::str::from_utf8(bytes).err();
    // A character that is cut at the end of what was looked at is no sign of another encoding.
    let utf8 = wrong.is_none_or(|error| error.error_len().is_none());
    if !utf16 && !utf8 {
        opening.rule.encoding = Encoding::Windows1252;
        lines.push("encoding = \"windows-1252\"".to_owned());
    }
    let default = if format == Format::Tsv { b'\t' } else { b',' };
    let delimiter = delimiter(bytes).unwrap_or(default);
    if delimiter != default {
        opening.rule.delimiter = Some(delimiter);
        let shown = if delimiter == b'\t' {
            "tab".to_owned()
        } else {
            char::from(delimiter).to_string()
        };
        lines.push(format!("delimiter = \"{shown}\""));
    }
}

/// The character that stands equally often in every one of the first lines.
fn delimiter(bytes: &[u8]) -> Option<u8> {
    let lines: Vec<&[u8]> = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .take(20)
        .collect();
    let times = |line: &[u8], delimiter: u8| {
        let mut quoted = false;
        line.iter()
            .filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == delimiter
            })
            .count()
    };
    b",;\t|"
        .iter()
        .copied()
        .filter_map(|delimiter| {
            let counts: Vec<usize> = lines.iter().map(|line| times(line, delimiter)).collect();
            let most = counts.iter().copied().max().filter(|most| *most > 0)?;
            let alike = counts.iter().filter(|count| **count == most).count();
            // A first line without it is a title above a table, whose lines are alike, or the
            // name of one column, in whose cells it stands now and then.
            if counts.first() == Some(&0) && alike * 2 < counts.len() {
                return None;
            }
            Some((alike * 1000 / counts.len(), most, delimiter))
        })
        .max()
        .map(|(_, _, delimiter)| delimiter)
}

fn sniff_sheets(opening: &mut Opening, lines: &mut Vec<String>) -> Result<(), ReadError> {
    let names = sheet_names(opening)?;
    let Some(first) = names.iter().find(|name| {
        let mut opening = opening.clone();
        opening.rule.sheets = Sheets::Named(vec![(*name).clone()]);
        header_row(&opening).is_some_and(|(_, columns)| columns > 2)
    }) else {
        return Ok(());
    };
    opening.rule.sheets = Sheets::Named(vec![first.clone()]);
    if names.len() > 1 {
        lines.push(format!("sheet = {}", toml::Value::from(first.as_str())));
        let others = names
            .iter()
            .filter(|name| *name != first)
            .map(String::as_str);
        lines.push(format!(
            "# other sheets: {}",
            crate::suggest::listed(others, 12)
        ));
    }
    Ok(())
}

fn sniff_header(opening: &mut Opening, lines: &mut Vec<String>) {
    if let Some((row, _)) = header_row(opening).filter(|(row, _)| *row > 0) {
        opening.rule.skip_rows = row;
        lines.push(format!("header_row = {}", row + 1));
    }
}

/// The first row (from 0) in which at least two columns have names of their own, and how many.
fn header_row(opening: &Opening) -> Option<(u32, usize)> {
    let mut opening = opening.clone();
    let mut at = |row: u32| {
        opening.rule.skip_rows = row;
        names(&opening)
    };
    for row in 0..HEADER_ROW_MAX {
        let Some(names) = at(row) else {
            continue;
        };
        let own = names.iter().filter(|name| is_own_name(name)).count();
        if own < 2 || own * 2 < names.len() {
            continue;
        }
        // Blank rows above a header are skipped anyway, but people count them.
        let blank = (row + 1..HEADER_ROW_MAX)
            .take_while(|row| at(*row).as_ref() == Some(&names))
            .count();
        return Some((row + blank as u32, own));
    }
    None
}

/// Neither made up for an empty cell nor repeated, as the cells of a title that is merged over
/// all columns are.
fn is_own_name(name: &str) -> bool {
    let made_up = name
        .strip_prefix("column ")
        .is_some_and(|n| n.parse::<u32>().is_ok());
    let repeated = name
        .strip_suffix(')')
        .and_then(|start| start.rsplit_once(" ("))
        .is_some_and(|(_, n)| n.parse::<u32>().is_ok());
    !made_up && !repeated
}

fn names(opening: &Opening) -> Option<Vec<String>> {
    let wanted = Wanted {
        rows_max: Some(1),
        ..Wanted::default()
    };
    let mut names = None;
    let read = source::read(
        opening,
        &wanted,
        &Arc::new(Meter::default()),
        &mut |batch| {
            names = Some(batch.section.names.clone());
            ControlFlow::Break(())
        },
    );
    read.ok().and(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters() {
        assert_eq!(delimiter(b"a;b;c\n1,5;2;3\n2,5;3;4\n"), Some(b';'));
        assert_eq!(delimiter(b"a,b\n\"x;y;z\",2\n"), Some(b','));
        assert_eq!(delimiter(b"a\tb\n1\t2\n"), Some(b'\t'));
        assert_eq!(delimiter(b"one\ntwo\n"), None);
        assert_eq!(delimiter(b"steps\na;b;c\na;b\na;b;c;d\na\n"), None);
        assert_eq!(delimiter(b"Guests of May\na;b\n1;2\n3;4\n"), Some(b';'));
    }

    #[test]
    fn names_of_their_own() {
        assert!(is_own_name("Agency"));
        assert!(is_own_name("score (0 to 10)"));
        assert!(!is_own_name("column 3"));
        assert!(!is_own_name("Report by Agency (2)"));
    }
}
