//! Before each request of the API: who is it, may they, and where.
//!
//! Invariants: an endpoint without a line in `endpoints` is refused; nothing of the request's body
//! is read before; a session's token changes every hour, and the one before works for a minute,
//! for requests that were under way.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Who;
use super::endpoints::{Access, access};
use super::who::nobody;
use crate::api::PREFIX;
use crate::api::problem::Problem;
use crate::office::Office;
use crate::server::Caller;

/// Lets through who may, with `Who` and `Scope` beside the request.
pub async fn keep(State(office): State<Arc<Office>>, mut request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>().copied();
    let (who, token) = match identify(&office, caller, request.headers()).await {
        Ok(found) => found,
        Err(problem) => return problem.into_response(),
    };
    if let Err(refusal) = admit(&mut request, who.as_ref()) {
        return refusal.into_response();
    }
    let mut response = next.run(request).await;
    if let Some(token) = token
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        let cookie = office.cookie().keep(&token);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Who is asking, and the new token of their session where it changed.
async fn identify(
    office: &Office,
    caller: Option<Caller>,
    headers: &HeaderMap,
) -> Result<(Option<Who>, Option<String>), Problem> {
    if caller == Some(Caller::Local) {
        return Ok((Some(Who::Operator), None));
    }
    let found = match office.cookie().read(headers) {
        Some(token) => office.find_person(token).await,
        None => Ok(None),
    };
    let found = match found {
        Ok(Some((person, token))) => Some((person, token)),
        Ok(None) => match office.demo_person().await {
            Ok(person) => person.map(|person| (person, None)),
            Err(error) => return Err(Problem::internal(&error)),
        },
        Err(error) => return Err(Problem::internal(&error)),
    };
    let Some((person, token)) = found else {
        return Ok((None, None));
    };
    Ok((
        Some(Who::Person(Arc::new(person))),
        token.map(|token| token.reveal().to_owned()),
    ))
}

/// Puts `Who` and `Scope` beside the request, or says why not.
fn admit(request: &mut Request, who: Option<&Who>) -> Result<(), Box<Problem>> {
    let Some(route) = request.extensions().get::<MatchedPath>() else {
        // No route: the API's own answer for unknown paths follows.
        return Ok(());
    };
    let path = route
        .as_str()
        .strip_prefix(PREFIX)
        .unwrap_or(route.as_str());
    let method = request.method().clone();
    let Some(access) = access(&method, path) else {
        // Another method of a known path is answered by its route (405).
        return if is_known(path) {
            Ok(())
        } else {
            Err(not_allowed("nobody said who may use this endpoint"))
        };
    };
    if let Some(who) = who {
        request.extensions_mut().insert(who.clone());
    }
    match access {
        Access::Public => Ok(()),
        Access::SignedIn => who.map(|_| ()).ok_or_else(|| Box::new(nobody())),
        Access::Needs(right) => {
            let scope = who
                .ok_or_else(|| Box::new(nobody()))?
                .scope(right)
                .ok_or_else(|| {
                    not_allowed("none of your roles may; an administrator can change that")
                })?;
            request.extensions_mut().insert(scope);
            Ok(())
        }
    }
}

fn is_known(path: &str) -> bool {
    [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
    ]
    .iter()
    .any(|method| access(method, path).is_some())
}

fn not_allowed(detail: &str) -> Box<Problem> {
    Box::new(Problem::new(
        StatusCode::FORBIDDEN,
        "not_allowed",
        "You may not do this",
        detail,
    ))
}
