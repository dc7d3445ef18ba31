//! The file that an import is about: an upload, or a path of this machine.

use std::path::PathBuf;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ImportKind, OnError};
use crate::api::problem::Problem;
use crate::office::{ImportSource, Office, OfficeError};
use crate::server::Caller;

/// A file and how to read it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRequest {
    /// A file that was uploaded. Either this or `path`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<String>,
    /// A file of the server's machine; only over its Unix socket or inside the process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The file's name, where it is not the upload's or the path's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What its rows are; must agree with the mapping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ImportKind>,
    /// TOML (docs/IMPORT.md).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mapping: String,
    /// What problems call the mapping; `mapping.toml` where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping_name: Option<String>,
    /// Overrides the mapping's own `on_error`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_error: Option<OnError>,
    /// Rows to show in a preview.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u32>,
}

/// Why there is no such file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SourceError {
    #[error("neither `upload` nor `path` is given")]
    None,
    #[error("both `upload` and `path` are given")]
    Both,
    #[error("a path was given over the network")]
    PathOverNetwork,
    #[error("there is no upload {0}")]
    UnknownUpload(String),
    #[error("{} is no file: {reason}", path.display())]
    NoFile { path: PathBuf, reason: String },
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl From<SourceError> for Problem {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::None => Self::bad_request(
                "no_file",
                "neither `upload` nor `path` is given; upload a file first and name it here",
            ),
            SourceError::Both => {
                Self::bad_request("two_files", "both `upload` and `path` are given; give one")
            }
            SourceError::PathOverNetwork => Self::new(
                StatusCode::FORBIDDEN,
                "path_over_network",
                "Files of the server's machine cannot be named from here",
                "upload the file, or use `evenkeel import` on the server's machine",
            ),
            SourceError::UnknownUpload(id) => Self::new(
                StatusCode::NOT_FOUND,
                "unknown_upload",
                "There is no such upload",
                format!(
                    "upload `{id}` does not exist; uploads are kept until imported, at most a week"
                ),
            ),
            SourceError::NoFile { .. } => Self::new(
                StatusCode::NOT_FOUND,
                "unknown_file",
                "There is no such file",
                error.to_string(),
            ),
            SourceError::Office(error) => Self::internal(&error),
        }
    }
}

/// Finds the file that a request is about.
pub(crate) async fn find_source(
    office: &Office,
    caller: Caller,
    request: &FileRequest,
) -> Result<ImportSource, SourceError> {
    match (&request.upload, &request.path) {
        (None, None) => Err(SourceError::None),
        (Some(_), Some(_)) => Err(SourceError::Both),
        (Some(id), None) => match office.find_upload(id).await? {
            Some((upload, path)) => Ok(ImportSource {
                path,
                file_name: request.name.clone().unwrap_or(upload.name),
                upload: Some(upload.id),
            }),
            None => Err(SourceError::UnknownUpload(id.clone())),
        },
        (None, Some(path)) => {
            if caller == Caller::Network {
                return Err(SourceError::PathOverNetwork);
            }
            let path = PathBuf::from(path);
            let no_file = |reason: String| SourceError::NoFile {
                path: path.clone(),
                reason,
            };
            if !path.is_absolute() {
                return Err(no_file("give an absolute path".to_owned()));
            }
            let found = tokio::fs::metadata(&path)
                .await
                .map_err(|error| no_file(error.to_string()))?;
            if !found.is_file() {
                return Err(no_file("it is a folder or a device".to_owned()));
            }
            let own_name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            Ok(ImportSource {
                file_name: request.name.clone().unwrap_or(own_name),
                path,
                upload: None,
            })
        }
    }
}
