//! `POST /accounts/{account}/link`: a link with which the person chooses a password.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Who;
use crate::api::extract::Path;
use crate::api::people::RouteError;
use crate::api::problem::Problem;
use crate::office::{Office, PeopleError};

/// A link that works once. It is shown once; only its hash is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MadeLink {
    /// Path and fragment, below the server's address. Servers and proxies never see a fragment.
    pub path: String,
}

/// Make a link for a new password
///
/// Links made before for the same account stop working. The account `first` stands for the first
/// administrator, while there are no accounts.
#[utoipa::path(
    post,
    path = "/accounts/{account}/link",
    tag = "people",
    operation_id = "makeLink",
    params(("account" = String, Path, description = "Id of the account, or `first`")),
    responses(
        (status = OK, body = MadeLink),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, description = "`first`, and there are accounts", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Json<MadeLink>, RouteError> {
    let token = if id == "first" {
        let first = office.first_link().await?;
        first.ok_or(PeopleError::NotFirst)?
    } else {
        let account = office.account(&id).await?;
        office.make_link(&who.actor(), Some(&account.id)).await?
    };
    Ok(Json(MadeLink {
        path: format!("/welcome#{}", token.reveal()),
    }))
}
