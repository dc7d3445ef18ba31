//! `POST /standards/{standard}/retire`: a promise that holds no more.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::change::RouteError;
use crate::access::Who;
use crate::api::extract::{Body, Path};
use crate::api::foundation::owner::NotOwner;
use crate::api::foundation::{Changes, NotAFoundation};
use crate::api::problem::Problem;
use crate::office::{Agreement, Office};

/// Why, and from when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetireRequest {
    /// Kept with the version.
    pub reason: String,
    /// The first day on which it holds no more; today where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<jiff::civil::Date>,
}

/// Retire a standard
///
/// Its versions and everything that was judged by them stay.
#[utoipa::path(
    post,
    path = "/standards/{standard}/retire",
    tag = "standards",
    operation_id = "retireStandard",
    params(("standard" = String, Path, description = "Id of the standard")),
    request_body = RetireRequest,
    responses(
        (status = OK, body = Changes),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, description = "An indicator counts it", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
    Body(request): Body<RetireRequest>,
) -> Result<Json<Changes>, RouteError> {
    if request.reason.trim().is_empty() {
        return Err(RouteError::NoReason);
    }
    let Some((against, next, plan)) = office.without_standard(&id).await else {
        let in_force = office.foundation().await;
        let known = in_force.foundation.standards.keys();
        let known = known.map(ToString::to_string).collect();
        return Err(RouteError::Unknown(id, known));
    };
    NotOwner::check(&who, &plan)?;
    // What still refers to it is named, as it would be in files.
    evenkeel_foundation::Foundation::from_objects(next.objects()).map_err(NotAFoundation)?;
    let agreement = Agreement {
        author: who.author(None),
        reason: request.reason,
        valid_from: request.valid_from,
        expected_version: Some(against),
    };
    let (version, plan) = office.apply(&next, agreement).await?;
    Ok(Json(Changes::new(version, &plan)))
}
