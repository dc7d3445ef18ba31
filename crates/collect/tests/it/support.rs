//! A small organisation, a directory for its tables, and short ways to import and look.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use arrow::array::Array;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use evenkeel_collect::{
    Agreed, Around, Hooks, ImportError, ImportRequest, Mapping, OnError, Preview, Report, preview,
    run,
};
use evenkeel_facts::{Facts, Table};
use evenkeel_foundation::{Foundation, InstrumentId, Unit, parse};
use jiff::Timestamp;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tempfile::TempDir;

/// One row of a table; empty cells are not in it.
pub type Row = BTreeMap<String, String>;

pub struct Place {
    pub dir: TempDir,
    pub facts: Facts,
    pub agreed: Agreed,
    pub units: RefCell<Vec<Unit>>,
    pub cancelled: AtomicBool,
    pub seed: u64,
}

impl Hooks for Place {
    fn add_units(&self, units: &[Unit], _: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.units.borrow_mut().extend_from_slice(units);
        Ok(())
    }
}

pub fn foundation() -> Foundation {
    let files = [
        (
            "organisation.toml",
            include_str!("foundation/organisation.toml"),
        ),
        ("parties.toml", include_str!("foundation/parties.toml")),
        (
            "attributes.toml",
            include_str!("foundation/attributes.toml"),
        ),
        ("units.toml", include_str!("foundation/units.toml")),
        ("teams.toml", include_str!("foundation/teams.toml")),
        (
            "touchpoints.toml",
            include_str!("foundation/touchpoints.toml"),
        ),
        (
            "indicators.toml",
            include_str!("foundation/indicators.toml"),
        ),
        (
            "covariates.toml",
            include_str!("foundation/covariates.toml"),
        ),
        (
            "standards/wait.toml",
            include_str!("foundation/standards/wait.toml"),
        ),
        (
            "standards/plate.toml",
            include_str!("foundation/standards/plate.toml"),
        ),
        (
            "standards/greeting.toml",
            include_str!("foundation/standards/greeting.toml"),
        ),
        (
            "instruments/visit.json",
            include_str!("foundation/instruments/visit.json"),
        ),
        (
            "instruments/pulse.json",
            include_str!("foundation/instruments/pulse.json"),
        ),
    ];
    let files = files
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into();
    parse(&files).unwrap_or_else(|problems| {
        panic!(
            "{}",
            problems
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        )
    })
}

impl Place {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        Self {
            facts: Facts::open(&dir.path().join("facts")).expect("tables"),
            dir,
            agreed: Agreed::first_versions(foundation()),
            units: RefCell::default(),
            cancelled: AtomicBool::new(false),
            seed: 1,
        }
    }

    /// Puts a file into the directory.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }

    pub fn request(&self, name: &str, bytes: &[u8], mapping: &str) -> ImportRequest {
        let source = self.file(name, bytes);
        let parsed = Mapping::parse(mapping, "mapping.toml").unwrap_or_else(|problems| {
            panic!(
                "{}",
                problems
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("\n")
            )
        });
        ImportRequest {
            kind: parsed.kind,
            file_name: name.to_owned(),
            on_error: parsed.on_error,
            mapping_text: mapping.to_owned(),
            reject_file: (parsed.on_error == OnError::Reject)
                .then(|| self.dir.path().join("rejected.csv")),
            mapping: parsed,
            source,
        }
    }

    pub fn run(&self, request: &ImportRequest) -> Result<Report, ImportError> {
        let mut rng = StdRng::seed_from_u64(self.seed);
        run(
            request,
            Around {
                agreed: &self.agreed,
                facts: &self.facts,
                hooks: self,
                salt: b"salt of the tests",
                progress: &|_| (),
                cancelled: &self.cancelled,
                clock: &|| {
                    "2026-04-01T12:00:00Z"
                        .parse::<Timestamp>()
                        .expect("a moment")
                },
                rng: &mut rng,
            },
        )
    }

    pub fn import(&self, name: &str, bytes: &[u8], mapping: &str) -> Result<Report, ImportError> {
        let report = self.run(&self.request(name, bytes, mapping))?;
        assert!(report.counts.add_up(), "{:?}", report.counts);
        Ok(report)
    }

    pub fn preview(&self, name: &str, bytes: &[u8], mapping: &str) -> Result<Preview, ImportError> {
        let request = self.request(name, bytes, mapping);
        let mut rng = StdRng::seed_from_u64(self.seed);
        preview(
            &request,
            &self.agreed,
            3,
            Timestamp::UNIX_EPOCH,
            &mut rng,
            &|_| (),
        )
    }

    /// The rows of a table, in the order in which they were stored.
    pub fn rows(&self, table: &Table) -> Vec<Row> {
        let Some(snapshot) = self.facts.snapshot(table).expect("a readable log") else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for file in &snapshot.files {
            let file = File::open(&file.path).expect("a data file");
            let reader = ParquetRecordBatchReaderBuilder::try_new(file)
                .expect("Parquet")
                .build()
                .expect("Parquet");
            for batch in reader {
                let batch = batch.expect("rows");
                for row in 0..batch.num_rows() {
                    let mut cells = Row::new();
                    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
                        if column.is_valid(row) {
                            let options = FormatOptions::default();
                            let formatter =
                                ArrayFormatter::try_new(column, &options).expect("shown");
                            cells.insert(field.name().clone(), formatter.value(row).to_string());
                        }
                    }
                    rows.push(cells);
                }
            }
        }
        rows
    }

    pub fn responses(&self, instrument: &str) -> Vec<Row> {
        self.rows(&Table::Responses(
            InstrumentId::parse(instrument).expect("an id"),
        ))
    }

    /// Nothing at all is stored.
    pub fn assert_empty(&self) {
        assert_eq!(self.facts.list_tables().expect("tables"), []);
        assert!(self.units.borrow().is_empty(), "no unit was made");
    }
}

/// One column of rows; `·` where it is empty.
pub fn column<'r>(rows: &'r [Row], name: &str) -> Vec<&'r str> {
    rows.iter()
        .map(|row| row.get(name).map_or("·", String::as_str))
        .collect()
}

/// The problems of an import that stored nothing.
pub fn row_problems(result: Result<Report, ImportError>) -> Vec<String> {
    match result {
        Err(ImportError::Rows { problems, counts }) => {
            assert!(counts.add_up(), "{counts:?}");
            problems.listed.iter().map(ToString::to_string).collect()
        }
        other => panic!("rows should be wrong, but: {other:?}"),
    }
}

/// The problems of a mapping.
pub fn mapping_problems(result: Result<Report, ImportError>) -> Vec<String> {
    match result {
        Err(ImportError::Mapping(problems)) => problems.iter().map(ToString::to_string).collect(),
        other => panic!("the mapping should be wrong, but: {other:?}"),
    }
}

/// A mapping of answers to `visit` by shop and day, with more lines.
pub fn visit(more: &str) -> String {
    format!(
        "kind = \"responses\"\n{more}\n[instrument]\nid = \"visit\"\n[unit]\ncolumn = \"shop\"\n\
         [time]\ncolumn = \"at\"\n[[item]]\nid = \"recommend\"\ncolumn = \"nps\"\n"
    )
}
