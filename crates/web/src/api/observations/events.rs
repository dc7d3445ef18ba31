//! `POST /events`: observations as CloudEvents 1.0, structured, binary and in batches.
//!
//! An event's `source` and `id` name it: sent again it counts once, whoever sends it.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;

use super::post;
use super::result::{OBSERVATIONS_MAX, ObservationProblem, ObservationResults, sender};
use crate::access::{Scope, Who};
use crate::api::problem::Problem;
use crate::office::{Office, OfficeError};

/// The type of event that is an observation.
const TYPE: &str = "org.evenkeel.observation.v1";

/// One event.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct CloudEvent {
    specversion: String,
    id: String,
    source: String,
    #[serde(rename = "type")]
    kind: String,
    time: Option<String>,
    data: Option<Value>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("the content type is {0}")]
    ContentType(String),
    #[error("{0}")]
    NotJson(String),
    #[error("header {0} is missing")]
    Header(&'static str),
    #[error("{0} events were sent")]
    Count(usize),
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::ContentType(_) => Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Send a CloudEvent",
                format!(
                    "{self}; allowed are application/cloudevents+json, application/cloudevents-batch+json, and application/json with ce-* headers"
                ),
            ),
            Self::NotJson(_) => Problem::bad_request("not_json", self.to_string()),
            Self::Header(_) => Problem::bad_request("no_cloud_event", self.to_string()),
            Self::Count(found) => Problem::bad_request(
                "bad_count",
                format!("{found} events were sent; allowed are 1 to {OBSERVATIONS_MAX}"),
            ),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Send observations as CloudEvents
///
/// Structured (`application/cloudevents+json`), in batches (`application/cloudevents-batch+json`)
/// or binary (`application/json` with `ce-*` headers). `type` is `org.evenkeel.observation.v1`,
/// `data` an observation (docs/OBSERVATIONS.md); without `at` in it, `time` says when.
#[utoipa::path(
    post,
    path = "/events",
    tag = "observations",
    operation_id = "sendEvents",
    request_body(content = serde_json::Value, content_type = "application/cloudevents+json"),
    responses(
        (status = OK, body = ObservationResults),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = UNSUPPORTED_MEDIA_TYPE, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    scope: Scope,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<ObservationResults>, RouteError> {
    let events = events(&headers, &body)?;
    if !(1..=OBSERVATIONS_MAX).contains(&events.len()) {
        return Err(RouteError::Count(events.len()));
    }
    // Sources of one request are told apart, so that ids of two of them never meet.
    let sender = sender(&who, scope, "cloudevents");
    let read = events.into_iter().map(|event| event.and_then(observation));
    Ok(Json(post::receive(&office, &sender, read.collect()).await?))
}

type Event = Result<CloudEvent, Vec<ObservationProblem>>;

fn events(headers: &HeaderMap, body: &[u8]) -> Result<Vec<Event>, RouteError> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("none");
    let essence = kind.split(';').next().unwrap_or_default().trim();
    let json = || -> Result<Value, RouteError> {
        serde_json::from_slice(body).map_err(|error| RouteError::NotJson(error.to_string()))
    };
    match essence {
        "application/cloudevents+json" => Ok(vec![event(json()?)]),
        "application/cloudevents-batch+json" => match json()? {
            Value::Array(all) => Ok(all.into_iter().map(event).collect()),
            _ => Err(RouteError::NotJson(
                "a batch is a list of events".to_owned(),
            )),
        },
        "application/json" => {
            let text = |name: &'static str| {
                headers
                    .get(name)
                    .and_then(|value| value.to_str().ok())
                    .map(str::to_owned)
            };
            let needed = |name: &'static str| text(name).ok_or(RouteError::Header(name));
            Ok(vec![Ok(CloudEvent {
                specversion: needed("ce-specversion")?,
                id: needed("ce-id")?,
                source: needed("ce-source")?,
                kind: needed("ce-type")?,
                time: text("ce-time"),
                data: Some(json()?),
            })])
        }
        _ => Err(RouteError::ContentType(kind.to_owned())),
    }
}

fn event(value: Value) -> Event {
    serde_json::from_value(value).map_err(|error| {
        wrong(
            "",
            "this is no CloudEvent",
            &error.to_string(),
            "specversion, id, source, type, data",
        )
    })
}

fn observation(event: CloudEvent) -> post::Read {
    if event.specversion != "1.0" {
        return Err(wrong(
            "specversion",
            "not this version",
            &event.specversion,
            "1.0",
        ));
    }
    if event.kind != TYPE {
        return Err(wrong("type", "no observation", &event.kind, TYPE));
    }
    if event.id.is_empty() || event.source.is_empty() {
        return Err(wrong("id", "an event has an id and a source", "", ""));
    }
    let mut data = event
        .data
        .ok_or_else(|| wrong("data", "this is needed", "", "an observation"))?;
    if let (Some(time), Some(fields)) = (event.time, data.as_object_mut()) {
        let says = ["at", "from", "to"]
            .iter()
            .any(|name| fields.contains_key(*name));
        if !says {
            fields.insert("at".to_owned(), Value::from(time));
        }
    }
    post::read(data, Some(format!("{}\n{}", event.source, event.id)))
}

fn wrong(field: &str, message: &str, found: &str, allowed: &str) -> Vec<ObservationProblem> {
    vec![ObservationProblem {
        field: field.to_owned(),
        message: message.to_owned(),
        found: found.to_owned(),
        allowed: allowed.to_owned(),
    }]
}
