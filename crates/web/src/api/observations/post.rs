//! `POST /observations`: one look, or several.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use evenkeel_collect::observation::Incoming;
use serde_json::Value;

use super::result::{
    OBSERVATIONS_MAX, ObservationProblem, ObservationResult, ObservationResults, sender,
};
use crate::access::{Scope, Who};
use crate::api::extract::Body;
use crate::api::problem::Problem;
use crate::office::{Office, OfficeError, Sent};

#[derive(Debug, thiserror::Error)]
pub(crate) enum RouteError {
    #[error("{0} observations were sent")]
    Count(usize),
    #[error("the Idempotency-Key is no text of 1 to 200 characters")]
    IdempotencyKey,
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::Count(found) => Problem::bad_request(
                "bad_count",
                format!("{found} observations were sent; allowed are 1 to {OBSERVATIONS_MAX}"),
            ),
            Self::IdempotencyKey => Problem::bad_request("bad_idempotency_key", self.to_string()),
            Self::Office(error) => Problem::internal(&error),
        }
        .into_response()
    }
}

/// Send observations
///
/// One object or a list of them (docs/OBSERVATIONS.md). Each is judged by the version of its
/// standard that was in force then, and stored or refused for itself; what is stored is durable
/// when the answer comes, and in the figures a few seconds later. With an `Idempotency-Key` the
/// same request again counts once; without it, the same content under the same `key` does.
#[utoipa::path(
    post,
    path = "/observations",
    tag = "observations",
    operation_id = "sendObservations",
    params(("idempotency-key" = Option<String>, Header, description = "Names this request; sent again, it counts once")),
    request_body = serde_json::Value,
    responses(
        (status = OK, body = ObservationResults),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    scope: Scope,
    headers: HeaderMap,
    Body(body): Body<Value>,
) -> Result<Json<ObservationResults>, RouteError> {
    let name = match headers.get("idempotency-key") {
        None => None,
        Some(value) => Some(
            value
                .to_str()
                .ok()
                .filter(|text| (1..=200).contains(&text.len()))
                .ok_or(RouteError::IdempotencyKey)?,
        ),
    };
    let all = match body {
        Value::Array(all) => all,
        one => vec![one],
    };
    if !(1..=OBSERVATIONS_MAX).contains(&all.len()) {
        return Err(RouteError::Count(all.len()));
    }
    let source = who.account().map_or_else(
        || "api".to_owned(),
        |account| format!("account/{}", account.id),
    );
    let sender = sender(&who, scope, &source);
    let read = all.into_iter().enumerate().map(|(at, one)| {
        let event = name.map(|name| format!("request/{name}/{at}"));
        read(one, event)
    });
    Ok(Json(receive(&office, &sender, read.collect()).await?))
}

/// One observation of a body, or why it is none.
pub(super) type Read = Result<Sent, Vec<ObservationProblem>>;

/// Reads one observation of a body.
pub(super) fn read(one: Value, event: Option<String>) -> Read {
    match serde_json::from_value::<Incoming>(one) {
        Ok(incoming) => Ok(Sent { incoming, event }),
        Err(error) => Err(vec![ObservationProblem {
            field: String::new(),
            message: "this is no observation".to_owned(),
            found: error.to_string(),
            allowed: "the fields of docs/OBSERVATIONS.md".to_owned(),
        }]),
    }
}

/// Receives what could be read; the rest keeps its place among the results.
pub(super) async fn receive(
    office: &Office,
    sender: &crate::office::Sender,
    read: Vec<Read>,
) -> Result<ObservationResults, OfficeError> {
    let mut results: Vec<Option<ObservationResult>> = Vec::with_capacity(read.len());
    let mut sent = Vec::new();
    for one in read {
        match one {
            Ok(one) => {
                sent.push(one);
                results.push(None);
            }
            Err(problems) => results.push(Some(ObservationResult::refused(problems))),
        }
    }
    let mut judged = office
        .receive_observations(sender, sent)
        .await?
        .into_iter()
        .map(ObservationResult::from);
    Ok(ObservationResults {
        results: results
            .into_iter()
            .filter_map(|result| result.or_else(|| judged.next()))
            .collect(),
    })
}
