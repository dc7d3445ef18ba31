//! Views of what `collect` says.

use std::collections::BTreeMap;

use evenkeel_collect as collect;
use evenkeel_foundation::Unit;
use serde_json::Value;

use super::failure::ImportFailure;
use crate::api::imports::guess::{GuessView, GuessedColumn};
use crate::api::imports::preview::PreviewView;
use crate::api::imports::{
    CellValue, ColumnType, Counted, DuplicateCounts, FilteredCounts, ImportKind, ImportProblem,
    ImportReport, NewUnit, OnError,
};
use crate::api::problem::chain;
use crate::api::view::Text;

impl From<collect::ImportKind> for ImportKind {
    fn from(kind: collect::ImportKind) -> Self {
        match kind {
            collect::ImportKind::Responses => Self::Responses,
            collect::ImportKind::Aggregates => Self::Aggregates,
            collect::ImportKind::Observations => Self::Observations,
        }
    }
}

impl From<ImportKind> for collect::ImportKind {
    fn from(kind: ImportKind) -> Self {
        match kind {
            ImportKind::Responses => Self::Responses,
            ImportKind::Aggregates => Self::Aggregates,
            ImportKind::Observations => Self::Observations,
        }
    }
}

impl From<OnError> for collect::OnError {
    fn from(on_error: OnError) -> Self {
        match on_error {
            OnError::Abort => Self::Abort,
            OnError::Reject => Self::Reject,
        }
    }
}

impl From<collect::ImportError> for ImportFailure {
    fn from(error: collect::ImportError) -> Self {
        match error {
            collect::ImportError::Mapping(problems) => Self::Mapping(problems),
            collect::ImportError::Kind { found, asked } => Self::Kind {
                asked: asked.into(),
                found: found.into(),
            },
            collect::ImportError::Read(error) => Self::File {
                detail: chain(&error),
            },
            collect::ImportError::Rows { problems, counts } => Self::Rows {
                rows_rejected: counts.rows_rejected,
                rows_read: counts.rows_read,
                problems: problems
                    .listed
                    .into_iter()
                    .map(ImportProblem::from)
                    .collect(),
                total: problems.total,
            },
            collect::ImportError::Interrupted { .. } => Self::Interrupted,
            other => Self::Collect(Box::new(other)),
        }
    }
}

impl From<collect::ImportProblem> for ImportProblem {
    fn from(problem: collect::ImportProblem) -> Self {
        Self {
            message: problem.to_string(),
            sheet: problem.sheet,
            line: Some(problem.line),
            column: problem.column,
            field: problem.field,
            found: problem.found,
            allowed: problem.allowed,
        }
    }
}

impl From<collect::DuplicateCounts> for DuplicateCounts {
    fn from(counts: collect::DuplicateCounts) -> Self {
        Self {
            exact: counts.exact,
            by_key: counts.by_key,
        }
    }
}

impl From<collect::Filtered> for FilteredCounts {
    fn from(filtered: collect::Filtered) -> Self {
        Self {
            by_rule: filtered.by_rule,
            unknown_unit: filtered.unknown_unit,
            without_values: filtered.without_values,
        }
    }
}

impl From<&Unit> for NewUnit {
    fn from(unit: &Unit) -> Self {
        Self {
            id: unit.id.to_string(),
            title: Text::from(&unit.title),
            level: unit.level.to_string(),
            parent: unit.parent.as_ref().map(ToString::to_string),
        }
    }
}

impl From<collect::Guess> for GuessView {
    fn from(guess: collect::Guess) -> Self {
        Self {
            kind: guess.kind.into(),
            mapping: guess.mapping_toml,
            columns: guess
                .columns
                .into_iter()
                .map(|column| GuessedColumn {
                    name: column.name,
                    samples: column.samples,
                    target: column.target,
                    confidence: column.confidence,
                })
                .collect(),
        }
    }
}

impl From<collect::Report> for ImportReport {
    fn from(report: collect::Report) -> Self {
        let snapshot = report
            .snapshot_version
            .map(|version| format!("{}@{version}", report.table));
        Self {
            import_id: report.import_id,
            table: report.table,
            snapshot,
            rows_read: report.counts.rows_read,
            rows_stored: report.counts.rows_stored,
            rows_rejected: report.counts.rows_rejected,
            rows_dropped_as_duplicates: report.counts.rows_dropped_as_duplicates,
            rows_filtered: report.counts.filtered.into(),
            facts_stored: report.counts.facts_stored,
            resumed_at: report.resumed_at,
            duplicates: report.duplicates.into(),
            missing: counted(report.missing),
            warnings: counted(report.warnings),
            new_units: report.new_units.iter().map(NewUnit::from).collect(),
            reject_file: report
                .reject_file
                .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned())),
            problems: report
                .problems
                .into_iter()
                .map(ImportProblem::from)
                .collect(),
            problems_total: report.problems_total,
            problems_by_field: counted(report.problems_by_field),
        }
    }
}

impl From<collect::Preview> for PreviewView {
    fn from(preview: collect::Preview) -> Self {
        Self {
            kind: preview.kind.into(),
            table: preview.table,
            columns: preview
                .columns
                .into_iter()
                .map(|column| ColumnType {
                    name: column.name,
                    kind: column.r#type,
                })
                .collect(),
            rows: preview
                .rows
                .into_iter()
                .map(|row| row.into_iter().map(cell).collect())
                .collect(),
            rows_checked: preview.counts.rows_read,
            rows_to_store: preview.counts.rows_stored,
            rows_dropped_as_duplicates: preview.counts.rows_dropped_as_duplicates,
            rows_filtered: preview.counts.filtered.into(),
            duplicates: preview.duplicates.into(),
            missing: counted(preview.missing),
            warnings: counted(preview.warnings),
            new_units: preview.new_units.iter().map(NewUnit::from).collect(),
            problems_total: preview.problems.total,
            problems_by_field: counted(preview.problems.by_field),
            problems: preview
                .problems
                .listed
                .into_iter()
                .map(ImportProblem::from)
                .collect(),
        }
    }
}

fn counted(counts: BTreeMap<String, u64>) -> Vec<Counted> {
    counts
        .into_iter()
        .map(|(name, count)| Counted { name, count })
        .collect()
}

fn cell(value: Value) -> Option<CellValue> {
    match value {
        Value::Null => None,
        Value::Bool(flag) => Some(CellValue::Flag(flag)),
        Value::Number(number) => number.as_f64().map(CellValue::Number),
        Value::String(text) => Some(CellValue::Text(text)),
        other @ (Value::Array(_) | Value::Object(_)) => Some(CellValue::Text(other.to_string())),
    }
}
