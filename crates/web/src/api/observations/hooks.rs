//! Webhooks of other programs: `/hooks` to set them up, `POST /hooks/{hook}` to be called.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use evenkeel_collect::webhook::{CallError, Called, WebhookError, WebhookMapping};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::post;
use super::result::{ObservationProblem, ObservationResult, ObservationResults};
use crate::access::{Scope, Who};
use crate::api::extract::{Body, Path};
use crate::api::problem::{InputProblem, Problem};
use crate::office::{Office, OfficeError, Sender, Sent, hook_source};

/// A webhook, without its token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HookView {
    pub id: String,
    /// TOML (docs/OBSERVATIONS.md).
    pub mapping: String,
    pub changed_at: String,
    pub changed_by: String,
    /// The account's name, where it is one.
    #[schema(required = true)]
    pub changed_by_name: Option<String>,
    /// RFC 3339; when it last brought an observation; `null` where it did not yet.
    #[schema(required = true)]
    pub last_received_at: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HookList {
    /// By id.
    pub hooks: Vec<HookView>,
}

/// How the other program's JSON is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HookRequest {
    /// TOML (docs/OBSERVATIONS.md).
    pub mapping: String,
}

/// Where the other program calls, and what it shows. Shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MadeHook {
    pub path: String,
    /// To be sent as `Authorization: Bearer …`.
    pub token: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("`{0}` is no id (allowed: lower-case letters, digits and hyphens)")]
    Id(String),
    #[error("{0}")]
    Mapping(WebhookError, Option<u64>),
    #[error("there is no webhook {0}")]
    Unknown(String, Vec<String>),
    #[error("there is no webhook {0}, or its token is another")]
    Closed(String),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Id(_) => Problem::bad_request("bad_id", self.to_string()),
            Self::Mapping(error, line) => Problem::from(BadMapping(error, line)),
            // Whether it exists is nobody's business who does not have its token.
            Self::Closed(_) => Problem::new(
                StatusCode::UNAUTHORIZED,
                "wrong_token",
                "That is not right",
                self.to_string(),
            ),
            Self::Unknown(id, known) => Problem::unknown("webhook", &id, known),
            Self::Call(error) => Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "cannot_read",
                "The call cannot be read by the mapping",
                error.to_string(),
            ),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// A mapping with a problem, and its line.
struct BadMapping(WebhookError, Option<u64>);

impl From<BadMapping> for Problem {
    fn from(BadMapping(error, line): BadMapping) -> Self {
        let (found, allowed) = match &error {
            WebhookError::Field { field, allowed } => (field.clone(), allowed.clone()),
            WebhookError::Pointer { found, .. } => {
                (found.clone(), "text that begins with /".to_owned())
            }
            _ => (String::new(), String::new()),
        };
        let message = match &error {
            WebhookError::Toml { message, .. } => message.clone(),
            other => other.to_string(),
        };
        let one = InputProblem {
            file: String::new(),
            line,
            column: None,
            field: error.field(),
            found,
            allowed,
            message,
        };
        let mut problem = Self::unprocessable("bad_mapping", error.to_string(), vec![one], 1);
        problem.title = "The mapping has a problem".to_owned();
        problem
    }
}

/// List webhooks
#[utoipa::path(
    get,
    path = "/hooks",
    tag = "observations",
    operation_id = "listHooks",
    responses((status = OK, body = HookList))
)]
pub(crate) async fn list(State(office): State<Arc<Office>>) -> Result<Json<HookList>, RouteError> {
    let hooks = office.hooks().await?;
    let calls = office.hook_calls().await?;
    let names = office.account_names().await?;
    Ok(Json(HookList {
        hooks: hooks
            .into_iter()
            .map(|hook| HookView {
                last_received_at: calls.get(&hook.id).map(ToString::to_string),
                changed_by_name: names.get(&hook.changed_by).cloned(),
                id: hook.id,
                mapping: hook.mapping,
                changed_at: hook.changed_at.to_string(),
                changed_by: hook.changed_by,
            })
            .collect(),
    }))
}

/// Set up a webhook
///
/// Gives a new token; the one before stops working.
#[utoipa::path(
    put,
    path = "/hooks/{hook}",
    tag = "observations",
    operation_id = "setUpHook",
    params(("hook" = String, Path, description = "Id of the webhook")),
    request_body = HookRequest,
    responses(
        (status = OK, body = MadeHook),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn set_up(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
    Body(request): Body<HookRequest>,
) -> Result<Json<MadeHook>, RouteError> {
    let plain = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-';
    if id.is_empty() || id.len() > 64 || !id.chars().all(plain) {
        return Err(RouteError::Id(id));
    }
    WebhookMapping::parse(&request.mapping).map_err(|error| {
        let line = error.line(&request.mapping);
        RouteError::Mapping(error, line)
    })?;
    let token = office
        .set_up_hook(&who.actor(), &id, request.mapping)
        .await?;
    Ok(Json(MadeHook {
        path: format!("{}/hooks/{id}", crate::api::PREFIX),
        token: token.reveal().to_owned(),
    }))
}

/// Remove a webhook
#[utoipa::path(
    delete,
    path = "/hooks/{hook}",
    tag = "observations",
    operation_id = "removeHook",
    params(("hook" = String, Path, description = "Id of the webhook")),
    responses(
        (status = NO_CONTENT),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn remove(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
) -> Result<StatusCode, RouteError> {
    if office.remove_hook(&who.actor(), &id).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    // A misspelt name must not look like one that nobody can call any more.
    let hooks = office.hooks().await?;
    let known = hooks.into_iter().map(|hook| hook.id).collect();
    Err(RouteError::Unknown(id, known))
}

/// Be called by another program
///
/// Its JSON is read by the webhook's mapping. A call that the mapping passes over is answered with
/// an empty list; the same event again counts once.
#[utoipa::path(
    post,
    path = "/hooks/{hook}",
    tag = "observations",
    operation_id = "callHook",
    params(
        ("hook" = String, Path, description = "Id of the webhook"),
        ("authorization" = String, Header, description = "Bearer and the webhook's token"),
    ),
    request_body = serde_json::Value,
    responses(
        (status = OK, body = ObservationResults),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn call(
    State(office): State<Arc<Office>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<Value>,
) -> Result<Json<ObservationResults>, RouteError> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    let hook = office.find_open_hook(&id, token).await?;
    let hook = hook.ok_or(RouteError::Closed(id))?;
    let mapping =
        WebhookMapping::parse(&hook.mapping).map_err(|error| RouteError::Mapping(error, None))?;
    let Called::Observation { event, incoming } = mapping.read(&body)? else {
        return Ok(Json(ObservationResults {
            results: Vec::new(),
        }));
    };
    let sender = Sender {
        source: hook_source(&hook.id),
        looked_by: None,
        scope: Scope::Everything,
    };
    let sent = Sent {
        incoming: *incoming,
        event: Some(event),
    };
    let results = post::receive(&office, &sender, vec![Ok(sent)]).await?;
    // Other programs look at the status only: what was refused has to show there.
    match results.results.first() {
        Some(ObservationResult { problems, .. }) if !problems.is_empty() => {
            Err(RouteError::Call(CallError::Shape(listed(problems))))
        }
        _ => Ok(Json(results)),
    }
}

fn listed(problems: &[ObservationProblem]) -> String {
    let each = problems.iter().map(|problem| {
        format!(
            "{}: {} (found {}; allowed: {})",
            problem.field, problem.message, problem.found, problem.allowed
        )
    });
    each.collect::<Vec<_>>().join("; ")
}
