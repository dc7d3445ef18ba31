//! `POST /foundation/start`: the starter's foundation under an organisation's own names.
//!
//! Invariant: only while nothing was agreed; after that changes are planned and applied.
//! Of the starter's units only those at the root are taken over, under the
//! organisation's name: its own units come with its first file or with `units.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use evenkeel_foundation::{Foundation, Object, ObjectKind, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::NotAFoundation;
use crate::access::Who;
use crate::api::extract::Body;
use crate::api::problem::Problem;
use crate::office::{Agreement, Office, OfficeError};

/// The organisation's own names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartRequest {
    /// The organisation's name.
    pub name: String,
    /// New title by object: `{"party/customer": "Guests"}`. What is not named keeps the
    /// starter's title.
    #[serde(default)]
    pub rename: BTreeMap<String, String>,
}

/// What is in force now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Started {
    pub version: i64,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("the organisation has no name")]
    NoName,
    #[error("foundation version {0} is in force")]
    NotEmpty(i64),
    #[error("there is no starter")]
    NoStarter,
    #[error("there is no {name} to rename")]
    Unknown { name: String, allowed: Vec<String> },
    #[error("the new title of {0} is empty")]
    EmptyTitle(String),
    #[error("the starter's files")]
    Starter(#[source] NotAFoundation),
    #[error("put the renamed starter together")]
    Renamed(#[source] NotAFoundation),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NoName => Problem::bad_request("no_name", "`name` is empty"),
            Self::NotEmpty(version) => Problem::new(
                StatusCode::CONFLICT,
                "foundation_not_empty",
                "There is a foundation already",
                format!("version {version} is in force; change it with plan and apply"),
            ),
            Self::NoStarter => Problem::new(
                StatusCode::CONFLICT,
                "no_starter",
                "This server has no foundation to start from",
                "apply a folder of your own instead",
            ),
            Self::Unknown { name, allowed } => {
                let mut problem = Problem::bad_request(
                    "unknown_object",
                    format!("`rename` names `{name}`, which the starter does not have"),
                );
                problem.allowed = allowed;
                problem
            }
            Self::EmptyTitle(name) => {
                Problem::bad_request("empty_title", format!("the new title of `{name}` is empty"))
            }
            Self::Starter(_) | Self::Renamed(_) => Problem::internal(&self),
            Self::Office(OfficeError::Conflict { found, .. }) => {
                return Self::NotEmpty(found).into_response();
            }
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Start from the demo's foundation
///
/// Takes over its parties, touchpoints, standards, instruments and indicators, under
/// your own names.
#[utoipa::path(
    post,
    path = "/foundation/start",
    tag = "foundation",
    operation_id = "startFoundation",
    request_body = StartRequest,
    responses(
        (status = OK, body = Started),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, description = "There is a foundation already", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Body(request): Body<StartRequest>,
) -> Result<Json<Started>, RouteError> {
    if request.name.trim().is_empty() {
        return Err(RouteError::NoName);
    }
    let in_force = office.foundation().await;
    if in_force.version != 0 {
        return Err(RouteError::NotEmpty(in_force.version));
    }
    if office.starter().is_empty() {
        return Err(RouteError::NoStarter);
    }
    let starter = super::read(office.starter()).map_err(RouteError::Starter)?;
    let own = rename(starter, &request)?;
    let (version, _) = office
        .apply(
            &own,
            Agreement {
                author: who.author(None),
                reason: "started from the demo's foundation".to_owned(),
                valid_from: None,
                expected_version: Some(0),
            },
        )
        .await?;
    Ok(Json(Started { version }))
}

fn rename(mut starter: Foundation, request: &StartRequest) -> Result<Foundation, RouteError> {
    let name = Text::plain(request.name.trim()).map_err(|_| RouteError::NoName)?;
    starter.organisation.name = name.clone();
    starter.units.retain(|_, unit| unit.parent.is_none());
    for unit in starter.units.values_mut() {
        unit.title = name.clone();
    }
    // Levels have no objects of their own; they are part of the organisation.
    let mut of_objects: BTreeMap<&str, &str> = BTreeMap::new();
    for (named, title) in &request.rename {
        let title = title.trim();
        let text = Text::plain(title).map_err(|_| RouteError::EmptyTitle(named.clone()))?;
        let mut levels = starter.organisation.levels.iter_mut();
        if let Some(level) = levels.find(|level| format!("level/{}", level.id) == *named) {
            level.title = text;
        } else {
            of_objects.insert(named, title);
        }
    }
    let mut objects = starter.objects();
    for (named, title) in of_objects {
        let Some(object) = objects
            .iter_mut()
            .find(|object| renamable(object).as_deref() == Some(named))
        else {
            let levels = starter.organisation.levels.iter();
            let levels = levels.map(|level| format!("level/{}", level.id));
            let allowed: BTreeSet<String> =
                levels.chain(objects.iter().filter_map(renamable)).collect();
            return Err(RouteError::Unknown {
                name: named.to_owned(),
                allowed: allowed.into_iter().collect(),
            });
        };
        object.content["title"] = serde_json::Value::String(title.to_owned());
    }
    Foundation::from_objects(objects)
        .map_err(|problems| RouteError::Renamed(NotAFoundation(problems)))
}

/// `party/customer`, for objects that have a title.
fn renamable(object: &Object) -> Option<String> {
    let titled = object.kind != ObjectKind::Organisation && object.content.get("title").is_some();
    titled.then(|| format!("{}/{}", object.kind, object.id))
}
