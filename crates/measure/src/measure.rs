//! The room's door: questions in, answers out.
//!
//! A question is resolved against the foundation, compiled to plans, run over one snapshot of each
//! table that it needs, and its groups are rolled up to cells. Each step has its own file.
//!
//! Invariant: one answer is computed from one version of each table, however long it takes.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use evenkeel_facts::{Facts, Table};
use evenkeel_foundation::Foundation;

use crate::answer::Answer;
use crate::ask;
use crate::corrections::Corrections;
use crate::delivery::Rounds;
use crate::error::MeasureError;
use crate::history::History;
use crate::question::{Question, Window};
use crate::scan::{Engine, Source};

/// Bytes of counted groups that are kept for later questions.
pub const CACHE_BYTES: usize = 192 << 20;

/// How much of the machine counting may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Threads that count.
    pub threads: usize,
    /// Bytes of counted groups kept; 0 keeps none.
    pub cache_bytes_max: usize,
}

impl Default for Settings {
    /// All cores, and [`CACHE_BYTES`].
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(2, usize::from),
            cache_bytes_max: CACHE_BYTES,
        }
    }
}

/// Answers questions over the tables of one installation.
#[derive(Debug)]
pub struct Measure {
    facts: Arc<Facts>,
    engine: Engine,
    corrections: Corrections,
    rounds: Rounds,
}

impl Measure {
    /// With the default [`Settings`].
    pub fn new(facts: Arc<Facts>) -> Result<Self, MeasureError> {
        Self::with(facts, Settings::default())
    }

    /// With these settings.
    pub fn with(facts: Arc<Facts>, settings: Settings) -> Result<Self, MeasureError> {
        Ok(Self {
            facts,
            engine: Engine::start(settings.threads, settings.cache_bytes_max)?,
            corrections: Corrections::default(),
            rounds: Rounds::default(),
        })
    }

    /// Answers a question by what is agreed now.
    ///
    /// Errors: the foundation does not have what the question names; a file cannot be read.
    pub async fn ask(
        &self,
        foundation: &Foundation,
        question: &Question,
    ) -> Result<Answer, MeasureError> {
        self.ask_with(foundation, &History::of(foundation), question)
            .await
    }

    /// Answers a question by what was agreed when: units roll up by the tree of their day, values
    /// are judged by the version of theirs.
    pub async fn ask_with(
        &self,
        foundation: &Foundation,
        history: &History,
        question: &Question,
    ) -> Result<Answer, MeasureError> {
        let window = Window::from(question);
        window.check()?;
        let asked = ask::resolve(foundation, history, question)?;
        let sources = self.sources(asked.tables()).await?;
        ask::run(
            &self.engine,
            &sources,
            history,
            &window,
            question.weighted,
            &asked,
        )
        .await
    }

    /// Drops everything counted so far; the next questions read every file.
    pub fn forget(&self) {
        self.engine.cache().clear();
    }

    /// Bytes of counted groups held.
    pub fn held_bytes(&self) -> usize {
        self.engine.cache().bytes()
    }

    pub(crate) fn rounds(&self) -> &Rounds {
        &self.rounds
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Pins the newest version of each table; a table that does not exist is not in the result.
    pub(crate) async fn sources(&self, tables: BTreeSet<Table>) -> Result<Sources, MeasureError> {
        let mut sources = Sources::default();
        for table in tables {
            let Some(snapshot) = self.facts.snapshot(&table)? else {
                continue;
            };
            let dead = if table == Table::Observations {
                self.corrections.dead_rows(&self.engine, &snapshot).await?
            } else {
                Arc::default()
            };
            sources.by_table.insert(table, Source { snapshot, dead });
        }
        Ok(sources)
    }
}

/// The tables of one answer, each at one version.
#[derive(Debug, Default)]
pub struct Sources {
    by_table: HashMap<Table, Source>,
}

impl Sources {
    /// One table; `None` while it does not exist.
    pub fn get(&self, table: &Table) -> Option<&Source> {
        self.by_table.get(table)
    }

    /// Tables and versions in order of name, joined by `+`.
    pub fn label(&self) -> String {
        let mut labels: Vec<String> = self
            .by_table
            .values()
            .map(|source| source.snapshot.label())
            .collect();
        labels.sort_unstable();
        labels.join("+")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn send<T: Send>(_: &T) {}

    /// Handlers of the server run on any thread.
    #[test]
    fn answers_can_be_awaited_on_any_thread() {
        let check = |measure: &Measure, foundation: &Foundation, question: &Question| {
            send(&measure.ask(foundation, question));
        };
        let _ = check;
    }
}
