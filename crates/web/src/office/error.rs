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
    /// The change would break what is already stored.
    #[error("{} changes would break what is already stored", .0.len())]
    Refused(Vec<evenkeel_foundation::Problem>),
    /// The change would leave a foundation that does not hold together.
    #[error("{problems}")]
    Unsound { problems: String },
    #[error("use the registry")]
    Registry(#[source] evenkeel_registry::RegistryError),
    #[error("write to the inbox")]
    Inbox(#[source] std::sync::Arc<evenkeel_registry::RegistryError>),
    #[error("write what came in as JSON")]
    Unwritable(#[source] serde_json::Error),
    #[error("the inbox is closed: the server stops")]
    InboxClosed,
    #[error("move the inbox")]
    MoveInbox(#[from] evenkeel_collect::InboxError),
    #[error("judge observations again")]
    Reassess(#[from] evenkeel_collect::reassess::ReassessError),
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
            evenkeel_registry::RegistryError::Unsound { problems } => Self::Unsound { problems },
            other => Self::Registry(other),
        }
    }
}
