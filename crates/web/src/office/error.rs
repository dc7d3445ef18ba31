//! What can go wrong behind the API.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    #[error("create {}", path.display())]
    Directory {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{doing} {}", path.display())]
    File {
        doing: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("foundation version {found} is in force, not {expected}")]
    Conflict { expected: i64, found: i64 },
    #[error("use the registry")]
    Registry(#[source] evenkeel_registry::RegistryError),
    #[error("use the facts")]
    Facts(#[from] evenkeel_facts::FactsError),
    #[error("ask the facts")]
    Measure(#[from] evenkeel_measure::MeasureError),
    #[error("a task in the background ended early")]
    Task(#[from] tokio::task::JoinError),
}

impl From<evenkeel_registry::RegistryError> for OfficeError {
    fn from(error: evenkeel_registry::RegistryError) -> Self {
        match error {
            evenkeel_registry::RegistryError::Conflict { expected, found } => {
                Self::Conflict { expected, found }
            }
            other => Self::Registry(other),
        }
    }
}
