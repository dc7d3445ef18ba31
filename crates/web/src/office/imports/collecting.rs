//! The room `collect`, as imports use it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::collect_stub::Mapping;
use evenkeel_facts::Facts;
use evenkeel_foundation::Foundation;
use evenkeel_registry::Registry;
use jiff::Timestamp;
use rand::rngs::StdRng;

use super::ImportSource;
use super::failure::ImportFailure;
use super::run::Task;
use crate::api::imports::guess::GuessView;
use crate::api::imports::preview::PreviewView;
use crate::api::imports::{ImportKind, ImportReport, ImportStatus, OnError};
use crate::office::Clock;

/// Everything that a run needs.
pub struct Run {
    pub task: Task,
    pub foundation: Arc<Foundation>,
    pub facts: Arc<Facts>,
    pub registry: Registry,
    /// Where rejected rows go.
    pub reports: PathBuf,
    pub salt: Vec<u8>,
    pub clock: Arc<dyn Clock>,
    pub rng: StdRng,
    pub runtime: tokio::runtime::Handle,
    pub stopping: Arc<AtomicBool>,
    pub progress: Box<dyn Fn(Progress) + Send>,
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub phase: String,
    pub bytes_read: u64,
    pub bytes_total: u64,
    pub rows_read: u64,
    pub rows_stored: u64,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub report: ImportReport,
    /// The same file with the same mapping was there; nothing was added.
    pub already_stored: bool,
}

impl Outcome {
    pub fn status(&self) -> ImportStatus {
        if self.already_stored {
            ImportStatus::AlreadyStored
        } else {
            ImportStatus::Done
        }
    }
}

pub fn guess(
    _source: &ImportSource,
    _kind: Option<ImportKind>,
    _foundation: &Foundation,
) -> Result<GuessView, ImportFailure> {
    Err(ImportFailure::NoFoundation)
}

pub fn preview(
    _source: &ImportSource,
    _mapping: Mapping,
    _on_error: Option<OnError>,
    _foundation: &Foundation,
    _rows: usize,
    _now: Timestamp,
) -> Result<PreviewView, ImportFailure> {
    Err(ImportFailure::NoFoundation)
}

pub fn run(_run: Run) -> Result<Outcome, ImportFailure> {
    Err(ImportFailure::NoFoundation)
}
