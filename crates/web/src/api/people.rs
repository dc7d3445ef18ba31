//! What coming in and accounts have in common: the refusals, and how a person looks.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use evenkeel_registry::{Account, Grant, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::{InputProblem, Problem};
use crate::office::{ComingFrom, Office, PeopleError};

/// A role, and where it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantView {
    /// `administrator`, `designer`, `lead`, `member`, `analyst` or `works_council`.
    pub role: String,
    /// This unit and what is below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// This team's standards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
}

impl From<&Grant> for GrantView {
    fn from(grant: &Grant) -> Self {
        Self {
            role: Role::as_str(grant.role).to_owned(),
            unit: grant.unit.as_ref().map(ToString::to_string),
            team: grant.team.as_ref().map(ToString::to_string),
        }
    }
}

impl From<GrantView> for (String, Option<String>, Option<String>) {
    fn from(view: GrantView) -> Self {
        (view.role, view.unit, view.team)
    }
}

/// An account, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountView {
    pub id: String,
    pub name: String,
    #[schema(required = true)]
    pub mail: Option<String>,
    #[schema(required = true)]
    pub language: Option<String>,
    /// May the person come in?
    pub active: bool,
    pub has_password: bool,
    pub has_badge: bool,
    pub created_at: String,
    pub grants: Vec<GrantView>,
}

impl From<&Account> for AccountView {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id.clone(),
            name: account.name.clone(),
            mail: account.mail.clone(),
            language: account.language.clone(),
            active: account.active,
            has_password: account.password_hash.is_some(),
            has_badge: account.badge_hash.is_some(),
            created_at: account.created_at.to_string(),
            grants: account.grants.iter().map(GrantView::from).collect(),
        }
    }
}

/// Why somebody does not come in, or an account does not change.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct RouteError(#[from] PeopleError);

impl From<crate::office::OfficeError> for RouteError {
    fn from(error: crate::office::OfficeError) -> Self {
        Self(PeopleError::Office(error))
    }
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let text = self.0.to_string();
        match self.0 {
            PeopleError::Wrong => Problem::new(
                StatusCode::UNAUTHORIZED,
                "wrong_credentials",
                "That is not right",
                "the two do not belong together, or the account is closed",
            )
            .into_response(),
            PeopleError::TooMany { wait_seconds } => {
                let problem = Problem::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too_many_attempts",
                    "Too many attempts",
                    text,
                );
                let mut response = problem.into_response();
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(wait_seconds));
                response
            }
            PeopleError::Weak(weak) => {
                Problem::bad_request("weak_secret", weak.to_string()).into_response()
            }
            PeopleError::LinkGone => Problem::new(
                StatusCode::GONE,
                "link_gone",
                "This link does not work any more",
                "it was used, is too old, or was replaced by a newer one; ask for a new one",
            )
            .into_response(),
            PeopleError::NotFirst => Problem::new(
                StatusCode::CONFLICT,
                "not_first",
                "There are accounts already",
                text,
            )
            .into_response(),
            PeopleError::NotDemo => {
                Problem::new(StatusCode::FORBIDDEN, "not_demo", "This is no demo", text)
                    .into_response()
            }
            PeopleError::Taken => Problem::new(
                StatusCode::CONFLICT,
                "mail_taken",
                "Another account has this mail address",
                "every account has an address of its own",
            )
            .into_response(),
            PeopleError::Unknown(id) => Problem::new(
                StatusCode::NOT_FOUND,
                "unknown_account",
                "There is no such account",
                format!("account `{id}` does not exist"),
            )
            .into_response(),
            PeopleError::LastAdministrator => Problem::new(
                StatusCode::CONFLICT,
                "last_administrator",
                "Somebody has to stay administrator",
                "make somebody else administrator first",
            )
            .into_response(),
            PeopleError::Field {
                field,
                found,
                allowed,
            } => {
                let problem = InputProblem {
                    file: "request".to_owned(),
                    line: None,
                    column: None,
                    field,
                    found,
                    allowed,
                    message: text.clone(),
                };
                Problem::unprocessable("wrong_field", text, vec![problem], 1).into_response()
            }
            PeopleError::Hash(error) => Problem::internal(&error).into_response(),
            PeopleError::Office(error) => Problem::internal(&error).into_response(),
        }
    }
}

/// From where a request comes. Behind a proxy on this machine, which an installation with a public
/// address has, it is the address that the proxy added last; those before it anybody may write.
pub(crate) fn coming_from(
    office: &Office,
    address: Option<&ConnectInfo<SocketAddr>>,
    headers: &HeaderMap,
) -> ComingFrom {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let connected = address.map(|info| info.0.ip());
    let proxied = connected.is_some_and(|ip| ip.is_loopback()) && office.public_url().is_some();
    let forwarded = text(HeaderName::from_static("x-forwarded-for"))
        .filter(|_| proxied)
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok());
    let address = forwarded.or(connected);
    ComingFrom {
        address: address.map_or_else(|| "unknown".to_owned(), |ip| ip.to_string()),
        agent: text(header::USER_AGENT).unwrap_or_default().to_owned(),
    }
}
