//! What was agreed, as an import needs it: the foundation and the versions by which rows are judged.

use std::collections::BTreeMap;

use evenkeel_assess::Agreement;
use evenkeel_foundation::{Foundation, InstrumentId, ObjectKind, StandardId};
use evenkeel_registry::{Registry, RegistryError, StandardVersion};

/// The foundation with its versions.
#[derive(Debug, Clone)]
pub struct Agreed {
    /// What holds now.
    pub foundation: Foundation,
    /// Every version of every standard, first to last.
    pub standards: BTreeMap<StandardId, Vec<StandardVersion>>,
    /// The version that each instrument has now.
    pub instruments: BTreeMap<InstrumentId, i32>,
    /// What blind rounds have shown, for the rubrics that ask for one. Whoever can ask the tables
    /// fills it; without it no such rubric gives a score.
    pub agreement: BTreeMap<StandardId, Agreement>,
}

impl Agreed {
    /// Loads all of it.
    pub async fn load(registry: &Registry) -> Result<Self, RegistryError> {
        let foundation = registry.load_foundation().await?;
        let mut standards = BTreeMap::new();
        for id in foundation.standards.keys() {
            standards.insert(id.clone(), registry.standard_versions(id).await?);
        }
        let mut instruments = BTreeMap::new();
        for id in foundation.instruments.keys() {
            let versions = registry
                .list_versions(ObjectKind::Instrument, id.as_str())
                .await?;
            let version = versions.last().map_or(1, |row| row.version as i32);
            instruments.insert(id.clone(), version);
        }
        Ok(Self {
            foundation,
            standards,
            instruments,
            agreement: BTreeMap::new(),
        })
    }

    /// Everything in its first version, since ever: for a foundation that was never applied.
    pub fn first_versions(foundation: Foundation) -> Self {
        let standards = foundation.standards.values().map(|standard| {
            let version = StandardVersion {
                version: 1,
                standard: standard.clone(),
                valid_from: standard.valid_from,
                retired: false,
            };
            (standard.id.clone(), vec![version])
        });
        let instruments = foundation.instruments.keys().map(|id| (id.clone(), 1));
        Self {
            standards: standards.collect(),
            instruments: instruments.collect(),
            agreement: BTreeMap::new(),
            foundation,
        }
    }
}
