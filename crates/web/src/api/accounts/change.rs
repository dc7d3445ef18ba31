//! `PATCH /accounts/{account}`: name, address, roles; closing and opening.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Who;
use crate::api::extract::{Body, Path};
use crate::api::people::{AccountView, GrantView, RouteError};
use crate::api::problem::Problem;
use crate::office::Office;

/// What changes; what is not named stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An empty text takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Everything that the person may do from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grants: Option<Vec<GrantView>>,
    /// False closes the account and ends its sessions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

/// Change an account
#[utoipa::path(
    patch,
    path = "/accounts/{account}",
    tag = "people",
    operation_id = "changeAccount",
    params(("account" = String, Path, description = "Id of the account")),
    request_body = AccountChanges,
    responses(
        (status = OK, body = AccountView),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, description = "The address is taken, or nobody would be administrator", body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
    Body(changes): Body<AccountChanges>,
) -> Result<Json<AccountView>, RouteError> {
    let actor = who.actor();
    let before = office.account(&id).await?;
    if changes.name.is_some() || changes.mail.is_some() || changes.language.is_some() {
        let mail = changes.mail.as_deref().or(before.mail.as_deref());
        let language = changes.language.as_deref().or(before.language.as_deref());
        let name = changes.name.as_deref().unwrap_or(&before.name);
        let mail = mail.filter(|mail| !mail.trim().is_empty());
        office
            .change_profile(&actor, &id, name, mail, language)
            .await?;
    }
    if let Some(grants) = changes.grants {
        let grants: Vec<_> = grants.into_iter().map(Into::into).collect();
        office.change_grants(&actor, &id, &grants).await?;
    }
    if let Some(active) = changes.active {
        office.change_active(&actor, &id, active).await?;
    }
    Ok(Json(AccountView::from(&office.account(&id).await?)))
}
