//! `/session`: who is in, coming in, going out.
//!
//! Invariant: everything that the page needs before anybody is in, and nothing more: the name of
//! the organisation, its languages, whether it is a demo, whether there are accounts yet.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::Body;
use super::people::{AccountView, RouteError, coming_from};
use super::problem::Problem;
use super::view::Text;
use crate::access::{Right, Scope, Who};
use crate::office::{Office, SignedIn};

type Address = Option<Extension<ConnectInfo<SocketAddr>>>;

/// Who is in, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionView {
    pub organisation: Text,
    pub languages: Vec<String>,
    /// A made-up organisation, to look around in.
    pub demo: bool,
    pub state: SessionState,
    /// `null` unless somebody is in.
    #[schema(required = true)]
    pub person: Option<PersonView>,
    /// The demo's people, to look as each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demo_people: Vec<AccountView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// There is no account yet: a one-time link makes the first administrator.
    FirstStart,
    SignedOut,
    SignedIn,
}

/// Somebody who is in, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonView {
    pub account: AccountView,
    /// How they came in: `password`, `badge`, `link`, `demo`; `null`: a visitor of the demo.
    #[schema(required = true)]
    pub door: Option<String>,
    /// What they may do: by right, the units it is limited to; an empty list: everywhere. A right
    /// that is not named they do not have.
    pub rights: BTreeMap<String, Vec<String>>,
}

/// Mail address and password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordRequest {
    pub mail: String,
    pub password: String,
}

/// The code on a badge, and its PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BadgeRequest {
    pub badge: String,
    pub pin: String,
}

/// A link that works once, and the password chosen with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkRequest {
    pub token: String,
    pub password: String,
    /// Of the first administrator; other links know whose they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Of the first administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
}

/// One of the demo's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DemoRequest {
    pub account: String,
}

/// Who is in
#[utoipa::path(
    get,
    path = "/session",
    tag = "people",
    operation_id = "showSession",
    responses((status = OK, body = SessionView))
)]
pub(crate) async fn show(
    State(office): State<Arc<Office>>,
    who: Option<Extension<Who>>,
) -> Result<Json<SessionView>, RouteError> {
    view(&office, who.map(|Extension(who)| who)).await.map(Json)
}

/// Come in by mail and password
#[utoipa::path(
    post,
    path = "/session/password",
    tag = "people",
    operation_id = "signInWithPassword",
    request_body = PasswordRequest,
    responses(
        (status = OK, body = SessionView),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = TOO_MANY_REQUESTS, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn password(
    State(office): State<Arc<Office>>,
    address: Address,
    headers: HeaderMap,
    Body(request): Body<PasswordRequest>,
) -> Result<Response, RouteError> {
    let from = coming_from(&office, address.as_deref(), &headers);
    let signed_in = office
        .sign_in_with_password(&request.mail, request.password, &from)
        .await?;
    came_in(&office, signed_in).await
}

/// Come in by badge and PIN
#[utoipa::path(
    post,
    path = "/session/badge",
    tag = "people",
    operation_id = "signInWithBadge",
    request_body = BadgeRequest,
    responses(
        (status = OK, body = SessionView),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = TOO_MANY_REQUESTS, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn badge(
    State(office): State<Arc<Office>>,
    address: Address,
    headers: HeaderMap,
    Body(request): Body<BadgeRequest>,
) -> Result<Response, RouteError> {
    let from = coming_from(&office, address.as_deref(), &headers);
    let signed_in = office
        .sign_in_with_badge(&request.badge, request.pin, &from)
        .await?;
    came_in(&office, signed_in).await
}

/// Follow a one-time link
///
/// The first one makes the first administrator; others set a new password.
#[utoipa::path(
    post,
    path = "/session/link",
    tag = "people",
    operation_id = "followLink",
    request_body = LinkRequest,
    responses(
        (status = OK, body = SessionView),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = GONE, description = "Used, too old, or replaced", body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn link(
    State(office): State<Arc<Office>>,
    address: Address,
    headers: HeaderMap,
    Body(request): Body<LinkRequest>,
) -> Result<Response, RouteError> {
    let from = coming_from(&office, address.as_deref(), &headers);
    let signed_in = office
        .follow_link(
            &request.token,
            request.password,
            request.name.as_deref(),
            request.mail.as_deref(),
            &from,
        )
        .await?;
    came_in(&office, signed_in).await
}

/// Look as one of the demo's people
#[utoipa::path(
    post,
    path = "/session/demo",
    tag = "people",
    operation_id = "signInToDemo",
    request_body = DemoRequest,
    responses(
        (status = OK, body = SessionView),
        (status = FORBIDDEN, description = "This is no demo", body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn demo(
    State(office): State<Arc<Office>>,
    address: Address,
    headers: HeaderMap,
    Body(request): Body<DemoRequest>,
) -> Result<Response, RouteError> {
    let from = coming_from(&office, address.as_deref(), &headers);
    let signed_in = office.sign_in_to_demo(&request.account, &from).await?;
    came_in(&office, signed_in).await
}

/// Go out
#[utoipa::path(
    delete,
    path = "/session",
    tag = "people",
    operation_id = "signOut",
    responses((status = NO_CONTENT))
)]
pub(crate) async fn end(
    State(office): State<Arc<Office>>,
    who: Option<Extension<Who>>,
) -> Result<Response, RouteError> {
    if let Some(Extension(Who::Person(person))) = who
        && let Some(session) = &person.session
    {
        office.end_session(&person.account.id, &session.id).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    response
        .headers_mut()
        .insert(header::SET_COOKIE, office.cookie().remove());
    Ok(response)
}

async fn came_in(office: &Office, signed_in: SignedIn) -> Result<Response, RouteError> {
    let cookie = office.cookie().keep(signed_in.token.reveal());
    let who = Who::Person(Arc::new(signed_in.person));
    let mut response = Json(view(office, Some(who)).await?).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn view(office: &Office, who: Option<Who>) -> Result<SessionView, RouteError> {
    let foundation = office.foundation().await.foundation;
    let person = match &who {
        Some(Who::Person(person)) => Some(PersonView {
            account: AccountView::from(&person.account),
            door: person
                .session
                .as_ref()
                .map(|session| session.door.as_str().to_owned()),
            rights: rights(&Who::Person(person.clone())),
        }),
        Some(Who::Operator) | None => None,
    };
    let accounts = office.accounts().await?;
    Ok(SessionView {
        organisation: Text::from(&foundation.organisation.name),
        languages: foundation.organisation.languages.clone(),
        demo: office.is_demo(),
        state: match (&who, accounts.is_empty()) {
            (Some(_), _) => SessionState::SignedIn,
            (None, true) => SessionState::FirstStart,
            (None, false) => SessionState::SignedOut,
        },
        person,
        demo_people: if office.is_demo() {
            accounts.iter().map(AccountView::from).collect()
        } else {
            Vec::new()
        },
    })
}

fn rights(who: &Who) -> BTreeMap<String, Vec<String>> {
    Right::EVERY
        .into_iter()
        .filter_map(|right| {
            let units = match who.scope(right)? {
                Scope::Everything => Vec::new(),
                Scope::Units(units) => units.iter().map(ToString::to_string).collect(),
            };
            Some((right.as_str().to_owned(), units))
        })
        .collect()
}
