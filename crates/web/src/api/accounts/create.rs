//! `POST /accounts`: a new account.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Who;
use crate::api::extract::Body;
use crate::api::people::{AccountView, GrantView, RouteError};
use crate::api::problem::Problem;
use crate::office::{NewAccount, Office};

/// Who gets an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccountRequest {
    pub name: String,
    /// None for people without company mail: they come in by badge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// `nl`, `fr`, `de` or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    pub grants: Vec<GrantView>,
}

/// Make an account
///
/// A link or a badge then lets the person in.
#[utoipa::path(
    post,
    path = "/accounts",
    tag = "people",
    operation_id = "createAccount",
    request_body = NewAccountRequest,
    responses(
        (status = CREATED, body = AccountView),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Body(request): Body<NewAccountRequest>,
) -> Result<(StatusCode, Json<AccountView>), RouteError> {
    let new = NewAccount {
        name: request.name,
        mail: request.mail,
        language: request.language,
        grants: request.grants.into_iter().map(Into::into).collect(),
    };
    let account = office.create_account(&who.actor(), new).await?;
    Ok((StatusCode::CREATED, Json(AccountView::from(&account))))
}
