//! `[file]`: how the file is written.

use super::reader::Table;

/// The outer form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma separated.
    Csv,
    /// Tab separated.
    Tsv,
    /// An Excel workbook.
    Xlsx,
    /// One JSON object a line.
    Ndjson,
    /// Typed columns.
    Parquet,
}

impl Format {
    /// Every form with its word in files.
    pub const EVERY: [(&'static str, Self); 5] = [
        ("csv", Self::Csv),
        ("tsv", Self::Tsv),
        ("xlsx", Self::Xlsx),
        ("ndjson", Self::Ndjson),
        ("parquet", Self::Parquet),
    ];

    /// The form that a file's name promises; `.gz` is looked through.
    pub fn of_name(file_name: &str) -> Option<Self> {
        let name = file_name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "csv" => Some(Self::Csv),
            "tsv" | "tab" | "txt" => Some(Self::Tsv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "parquet" | "pq" => Some(Self::Parquet),
            _ => None,
        }
    }
}

/// How characters were written as bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// Windows-1252, what Excel writes as "CSV" in western Europe.
    Windows1252,
    /// ISO 8859-1.
    Latin1,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
}

impl Encoding {
    /// Every encoding with its words in files.
    pub const EVERY: [(&'static str, Self); 8] = [
        ("utf-8", Self::Utf8),
        ("utf8", Self::Utf8),
        ("windows-1252", Self::Windows1252),
        ("cp1252", Self::Windows1252),
        ("latin-1", Self::Latin1),
        ("iso-8859-1", Self::Latin1),
        ("utf-16le", Self::Utf16Le),
        ("utf-16be", Self::Utf16Be),
    ];
}

/// Which header rows give a column its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HeaderUse {
    /// All, joined with ` / `.
    #[default]
    Joined,
    /// The first.
    First,
    /// The last.
    Last,
}

/// The sheets of a workbook that are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Sheets {
    /// The first.
    #[default]
    First,
    /// These, in this order.
    Named(Vec<String>),
    /// Every sheet.
    All,
}

/// The mark between whole and broken part of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.5`
    #[default]
    Point,
    /// `1.234,5`
    Comma,
}

/// How the file is written.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRule {
    /// The form; by the file's name if none.
    pub format: Option<Format>,
    /// The byte between fields; by the form if none.
    pub delimiter: Option<u8>,
    /// The encoding where no byte order mark says otherwise.
    pub encoding: Encoding,
    /// How many rows the header has, 1 to 10.
    pub header_rows: u32,
    /// Which of them give the names.
    pub header_use: HeaderUse,
    /// Lines before the header.
    pub skip_rows: u32,
    /// The sheets of a workbook.
    pub sheets: Sheets,
    /// Whether a blank row, after which no row fills two columns, ends the table.
    pub stop_at_blank: bool,
    /// Texts that end the table when the first cell of a row begins with one.
    pub stop_at: Vec<String>,
    /// The decimal mark.
    pub decimal: Decimal,
    /// Whether a row with too few fields is filled up with empty ones; otherwise it is wrong.
    pub pad_short_rows: bool,
}

impl Default for FileRule {
    fn default() -> Self {
        Self {
            format: None,
            delimiter: None,
            encoding: Encoding::default(),
            header_rows: 1,
            header_use: HeaderUse::default(),
            skip_rows: 0,
            sheets: Sheets::default(),
            stop_at_blank: true,
            stop_at: Vec::new(),
            decimal: Decimal::default(),
            pad_short_rows: false,
        }
    }
}

pub(super) fn read(table: Table<'_>) -> FileRule {
    let default = FileRule::default();
    let rule = FileRule {
        format: table.word("format", &Format::EVERY),
        delimiter: delimiter(&table),
        encoding: table.word("encoding", &Encoding::EVERY).unwrap_or_default(),
        header_rows: table.whole("header_rows", 1, 10).unwrap_or(1),
        header_use: table
            .word(
                "header_use",
                &[
                    ("joined", HeaderUse::Joined),
                    ("first", HeaderUse::First),
                    ("last", HeaderUse::Last),
                ],
            )
            .unwrap_or_default(),
        skip_rows: skip_rows(&table),
        sheets: sheets(&table),
        stop_at_blank: table.flag("stop_at_blank").unwrap_or(default.stop_at_blank),
        stop_at: table.texts("stop_at").map_or_else(Vec::new, |t| t.value),
        decimal: table
            .word("decimal", &[(".", Decimal::Point), (",", Decimal::Comma)])
            .unwrap_or_default(),
        pad_short_rows: table
            .word("short_rows", &[("error", false), ("pad", true)])
            .unwrap_or(false),
    };
    table.finish();
    rule
}

/// `skip_rows = 3` and `header_row = 4` say the same thing.
fn skip_rows(table: &Table<'_>) -> u32 {
    let header_row = table.whole("header_row", 1, 1_000_001);
    if header_row.is_some() && table.has("skip_rows") {
        table.problem(
            "header_row",
            "skip_rows and header_row say the same thing twice",
            "",
            "one of them",
        );
    }
    let skip_rows = table.whole("skip_rows", 0, 1_000_000);
    header_row
        .map_or(skip_rows, |row| Some(row - 1))
        .unwrap_or(0)
}

fn delimiter(table: &Table<'_>) -> Option<u8> {
    let text = table.text("delimiter")?;
    match text.value.as_str() {
        "tab" => Some(b'\t'),
        one if one.len() == 1 && !matches!(one, "\"" | "\n" | "\r") => Some(one.as_bytes()[0]),
        other => {
            let found = format!("\"{other}\"");
            table.problem(
                "delimiter",
                "this separates no fields",
                found,
                "one ASCII character, or tab",
            );
            None
        }
    }
}

fn sheets(table: &Table<'_>) -> Sheets {
    match (table.text("sheet"), table.texts("sheets")) {
        (Some(_), Some(_)) => {
            table.problem(
                "sheets",
                "sheet and sheets say the same thing twice",
                "",
                "one of them",
            );
            Sheets::First
        }
        (Some(one), None) => Sheets::Named(vec![one.value]),
        (None, Some(many)) if many.value == ["*"] => Sheets::All,
        (None, Some(many)) => Sheets::Named(many.value),
        (None, None) => Sheets::First,
    }
}
