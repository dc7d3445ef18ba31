//! The room `collect`, as imports use it. Everything here blocks.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use evenkeel_collect::{Agreed, Around, Hooks, ImportRequest, Mapping, Phase, Progress, Report};
use evenkeel_facts::Facts;
use evenkeel_foundation::{Foundation, Unit};
use evenkeel_registry::Registry;
use jiff::Timestamp;
use rand::rngs::StdRng;

use super::ImportSource;
use super::failure::ImportFailure;
use super::run::Task;
use crate::api::imports::guess::GuessView;
use crate::api::imports::preview::PreviewView;
use crate::api::imports::{ImportKind, OnError};
use crate::office::Clock;

/// Everything that a run needs.
pub struct Run {
    pub task: Task,
    pub agreed: Agreed,
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

/// Looks at the first rows and at the names of the foundation.
pub fn guess(
    source: &ImportSource,
    kind: Option<ImportKind>,
    foundation: &Foundation,
) -> Result<GuessView, ImportFailure> {
    let kind = kind.map(evenkeel_collect::ImportKind::from);
    let guess = evenkeel_collect::guess(&source.path, &source.file_name, kind, foundation)
        .map_err(evenkeel_collect::ImportError::from)?;
    Ok(GuessView::from(guess))
}

/// Reads the whole file and stores nothing.
pub fn preview(
    source: &ImportSource,
    mapping: Mapping,
    mapping_text: String,
    agreed: &Agreed,
    rows: usize,
    now: Timestamp,
    rng: &mut StdRng,
) -> Result<PreviewView, ImportFailure> {
    let request = request(source, mapping, mapping_text, None);
    let preview = evenkeel_collect::preview(&request, agreed, rows, now, rng, &|_| {})?;
    Ok(PreviewView::from(preview))
}

/// Brings the file in, or nothing of it.
pub fn run(mut run: Run) -> Result<Report, ImportFailure> {
    let Task {
        id,
        source,
        mapping,
        mapping_text,
        on_error,
    } = run.task;
    let mut request = request(&source, mapping, mapping_text, on_error);
    request.reject_file = Some(run.reports.join(format!("{id}-rejected.csv")));
    let hooks = NewUnits {
        registry: run.registry,
        runtime: run.runtime,
        clock: run.clock.clone(),
    };
    let clock = run.clock;
    let around = Around {
        agreed: &run.agreed,
        facts: &run.facts,
        hooks: &hooks,
        salt: &run.salt,
        progress: &*run.progress,
        cancelled: &run.stopping,
        clock: &|| clock.now(),
        rng: &mut run.rng,
    };
    Ok(evenkeel_collect::run(&request, around)?)
}

fn request(
    source: &ImportSource,
    mapping: Mapping,
    mapping_text: String,
    on_error: Option<OnError>,
) -> ImportRequest {
    ImportRequest {
        kind: mapping.kind,
        source: source.path.clone(),
        file_name: source.file_name.clone(),
        on_error: on_error.map_or(mapping.on_error, evenkeel_collect::OnError::from),
        mapping,
        mapping_text,
        reject_file: None,
    }
}

/// The word of a phase.
pub fn phase_word(phase: Phase) -> &'static str {
    match phase {
        Phase::Hashing => "hashing",
        Phase::Reading => "reading",
        Phase::Staging => "staging",
        Phase::Committing => "committing",
    }
}

/// Adds the units that an import met to the registry.
struct NewUnits {
    registry: Registry,
    runtime: tokio::runtime::Handle,
    clock: Arc<dyn Clock>,
}

impl Hooks for NewUnits {
    fn add_units(
        &self,
        units: &[Unit],
        import_id: &str,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let adding = self
            .registry
            .add_imported_units(units, import_id, self.clock.now());
        self.runtime.block_on(adding)?;
        Ok(())
    }
}
