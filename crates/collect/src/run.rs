//! An import from beginning to end.
//!
//! Invariant: the file with the mapping comes in once. Everything is converted and staged first;
//! then one commit makes it visible; an error before that leaves nothing to see. A run that was cut
//! off is replayed: rows that are staged already are converted again, because their problems,
//! duplicates and counts belong to the report, but not written again.
//!
//! Absent on purpose: the registry's record of imports, which belongs to whoever queues them.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use evenkeel_facts::{AppId, Facts, Staging, Table};
use evenkeel_foundation::Unit;
use jiff::Timestamp;
use rand::Rng;
use serde_json::Value;

use crate::agreed::Agreed;
use crate::convert::{Converted, Converter, Identity};
use crate::error::ImportError;
use crate::hash::{file_hash_watched, import_id, text_hash};
use crate::mapping::{ImportKind, Mapping, OnError};
use crate::pipeline::{Watch, pass};
use crate::reject_file::RejectFile;
use crate::report::{Phase, Progress, Report};
use crate::source::Opening;

/// A file to import.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// What the file holds; the mapping must say the same.
    pub kind: ImportKind,
    /// Where it lies.
    pub source: PathBuf,
    /// Its name as its owner gave it, without folders; its ending tells its form.
    pub file_name: String,
    /// What its columns mean.
    pub mapping: Mapping,
    /// The mapping as it was written: half of the import's identity.
    pub mapping_text: String,
    /// What becomes of it when rows are wrong.
    pub on_error: OnError,
    /// Where rejected rows go; without it their reasons are only in the report.
    pub reject_file: Option<PathBuf>,
}

/// What an import asks of its surroundings.
pub trait Hooks {
    /// Adds units to the foundation, parents first; adding one again changes nothing. Called at
    /// most once, when everything is staged and before it becomes visible.
    fn add_units(
        &self,
        units: &[Unit],
        import_id: &str,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

/// The surroundings of an import.
pub struct Around<'a> {
    /// What was agreed.
    pub agreed: &'a Agreed,
    /// Where rows go.
    pub facts: &'a Facts,
    /// What else happens.
    pub hooks: &'a dyn Hooks,
    /// The salt of the installation, for keyed hashes of respondents.
    pub salt: &'a [u8],
    /// Told after every batch, on the calling thread.
    pub progress: &'a dyn Fn(Progress),
    /// Set to stop the import where it is.
    pub cancelled: &'a AtomicBool,
    /// The time.
    pub clock: &'a dyn Fn() -> Timestamp,
    /// Where ids and buckets come from.
    pub rng: &'a mut dyn Rng,
}

impl ImportRequest {
    pub(crate) fn opening(&self) -> Opening {
        Opening {
            path: self.source.clone(),
            file_name: self.file_name.clone(),
            rule: self.mapping.file.clone(),
        }
    }

    /// Everything that can be said before the file is opened.
    pub(crate) fn check(&self, agreed: &Agreed) -> Result<(), ImportError> {
        if self.kind != self.mapping.kind {
            return Err(ImportError::Kind {
                found: self.mapping.kind,
                asked: self.kind,
            });
        }
        let problems = self.mapping.check(&agreed.foundation);
        if problems.is_empty() {
            Ok(())
        } else {
            Err(ImportError::Mapping(problems))
        }
    }

    pub(crate) fn bytes(&self) -> u64 {
        std::fs::metadata(&self.source).map_or(0, |of_file| of_file.len())
    }
}

/// Imports a file. Blocks; in asynchronous code call it on a blocking thread.
pub fn run(request: &ImportRequest, around: Around<'_>) -> Result<Report, ImportError> {
    request.check(around.agreed)?;
    let opening = request.opening();
    let bytes_total = request.bytes();
    let mapping_hash = text_hash(&request.mapping_text);
    let file_hash = file_hash_watched(&request.source, |bytes_read| {
        (around.progress)(Progress {
            phase: Phase::Hashing,
            bytes_read,
            bytes_total,
            rows_read: 0,
            rows_stored: 0,
        });
    })
    .map_err(|source| ImportError::Read(opening.io(source)))?;
    let identity = Identity {
        import_id: import_id(&file_hash, &mapping_hash),
        file_name: request.file_name.clone(),
        received_at: (around.clock)().as_microsecond(),
        salt: around.salt.to_vec(),
    };
    let rejecting = request.on_error == OnError::Reject;
    let with_reasons = rejecting && request.reject_file.is_some();
    let new_converter = || {
        Converter::new(
            &request.mapping,
            around.agreed,
            identity.clone(),
            with_reasons,
        )
    };
    let mut converter = new_converter()?;
    let tables = converter.tables();
    let table = tables
        .last()
        .map_or(Table::Observations, |(table, _)| table.clone());
    let app = AppId::import(&file_hash, &mapping_hash);
    let mut report = Report::new(
        &identity.import_id,
        request.kind,
        &table,
        file_hash,
        mapping_hash,
    );
    if around.facts.is_committed(&table, &app)? {
        report.already_stored = true;
        let snapshot = around.facts.snapshot(&table)?;
        report.snapshot_version = snapshot.map(|snapshot| snapshot.version);
        return Ok(report);
    }
    let watch = |phase| Watch {
        progress: around.progress,
        cancelled: around.cancelled,
        bytes_total,
        phase,
    };
    if converter.needs_two_readings() {
        let mut first = new_converter()?.only_keys();
        pass(
            &opening,
            &mut first,
            around.rng,
            &watch(Phase::Reading),
            |_, _| Ok(()),
        )?;
        converter = converter.after(first);
    }
    let staging = around.facts.stage_all(tables, app)?;
    report.resumed_at = staging.resume_point().rows_read;
    converter.skip_before = report.resumed_at;
    let reject_file = request
        .reject_file
        .as_deref()
        .filter(|_| rejecting)
        .map(RejectFile::new);
    let mut writer = Writer {
        resumed_at: report.resumed_at,
        complete: staging.resume_point().complete,
        staging,
        stop_at_problems: !rejecting,
        reject_file,
    };
    let passed = pass(
        &opening,
        &mut converter,
        around.rng,
        &watch(Phase::Staging),
        |converter, converted| writer.take(converter, converted),
    );
    let passed = passed.and_then(|()| writer.finish(&mut converter));
    match passed {
        Ok(()) => {}
        // A later attempt goes on from what is staged.
        Err(error @ (ImportError::Interrupted { .. } | ImportError::Facts(_))) => {
            return Err(error);
        }
        Err(error) => {
            writer.staging.abandon()?;
            return Err(error);
        }
    }
    if !rejecting && !converter.ledger.log.is_empty() {
        writer.staging.abandon()?;
        return Err(ImportError::Rows {
            problems: Box::new(converter.ledger.log),
            counts: Box::new(converter.counts),
        });
    }
    (around.progress)(Progress {
        phase: Phase::Committing,
        bytes_read: bytes_total,
        bytes_total,
        rows_read: converter.counts.rows_read,
        rows_stored: converter.counts.rows_stored,
    });
    report.reject_file = match writer.reject_file.take() {
        Some(file) => file.finish()?,
        None => None,
    };
    report.new_units = converter.made_units();
    if !report.new_units.is_empty() {
        around
            .hooks
            .add_units(&report.new_units, &report.import_id)
            .map_err(ImportError::Units)?;
    }
    if converter.counts.facts_stored == 0 {
        writer.staging.abandon()?;
    } else {
        let committed = writer.staging.commit_all()?;
        report.snapshot_version = committed.last().map(|done| done.version);
    }
    report.fill(&converter);
    Ok(report)
}

/// Batches on their way into the staging.
struct Writer {
    staging: Staging,
    resumed_at: u64,
    /// Every row lies ready from an earlier attempt.
    complete: bool,
    stop_at_problems: bool,
    reject_file: Option<RejectFile>,
}

impl Writer {
    fn take(
        &mut self,
        converter: &mut Converter<'_>,
        converted: Converted,
    ) -> Result<(), ImportError> {
        if let Some(file) = &mut self.reject_file {
            file.add(&converted.rejected)?;
        }
        let doomed = self.stop_at_problems && !converter.ledger.log.is_empty();
        if doomed || self.complete || converted.rows_end <= self.resumed_at {
            return Ok(());
        }
        self.staging
            .write_all(converted.batches, converted.rows_end, || Value::Null)?;
        Ok(())
    }

    /// What waited for the end of the file. It counts as one row more, so that an attempt which
    /// resumes knows whether it is staged.
    fn finish(&mut self, converter: &mut Converter<'_>) -> Result<(), ImportError> {
        let Some(last) = converter.finish()? else {
            return Ok(());
        };
        let doomed = self.stop_at_problems && !converter.ledger.log.is_empty();
        let rows_end = converter.counts.rows_read + 1;
        if doomed || self.complete || rows_end <= self.resumed_at {
            return Ok(());
        }
        self.staging
            .write_all(vec![Some(last)], rows_end, || Value::Null)?;
        Ok(())
    }
}

impl Report {
    fn new(
        import_id: &str,
        kind: ImportKind,
        table: &Table,
        file_hash: String,
        mapping_hash: String,
    ) -> Self {
        Self {
            import_id: import_id.to_owned(),
            kind,
            table: table.name(),
            file_hash,
            mapping_hash,
            already_stored: false,
            counts: crate::report::Counts::default(),
            duplicates: crate::convert::DuplicateCounts::default(),
            missing: std::collections::BTreeMap::new(),
            new_units: Vec::new(),
            snapshot_version: None,
            reject_file: None,
            problems: Vec::new(),
            problems_total: 0,
            problems_by_field: std::collections::BTreeMap::new(),
            warnings: std::collections::BTreeMap::new(),
            resumed_at: 0,
        }
    }

    fn fill(&mut self, converter: &Converter<'_>) {
        self.counts = converter.counts;
        self.duplicates = converter.duplicate_counts();
        self.missing = converter.ledger.missing.clone();
        self.warnings = converter.ledger.warnings.clone();
        self.problems = converter.ledger.log.listed.clone();
        self.problems_total = converter.ledger.log.total;
        self.problems_by_field = converter.ledger.log.by_field.clone();
    }
}
