//! `GET /accounts`: everybody.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::people::{AccountView, RouteError};
use crate::office::Office;

/// Accounts by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountList {
    pub accounts: Vec<AccountView>,
}

/// Everybody
#[utoipa::path(
    get,
    path = "/accounts",
    tag = "people",
    operation_id = "listAccounts",
    responses((status = OK, body = AccountList))
)]
pub(crate) async fn handler(
    State(office): State<Arc<Office>>,
) -> Result<Json<AccountList>, RouteError> {
    let accounts = office.accounts().await?;
    Ok(Json(AccountList {
        accounts: accounts.iter().map(AccountView::from).collect(),
    }))
}
