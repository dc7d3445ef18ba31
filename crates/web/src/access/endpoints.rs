//! Which right each endpoint needs.
//!
//! Invariant: every operation of the OpenAPI document has a line here (a test compares both); what
//! has none is refused.

use axum::http::Method;

use super::Right;

/// What an endpoint asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody: coming in, and what the page needs for that.
    Public,
    /// Anybody who is in: one's own account.
    SignedIn,
    /// A right.
    Needs(Right),
}

use Access::{Needs, Public, SignedIn};

/// Method, path below `/api/v1`, what it asks.
#[rustfmt::skip]
pub const ENDPOINTS: &[(Method, &str, Access)] = &[
    (Method::GET,    "/openapi.json",              Public),
    (Method::GET,    "/session",                   Public),
    (Method::DELETE, "/session",                   Public),
    (Method::POST,   "/session/password",          Public),
    (Method::POST,   "/session/badge",             Public),
    (Method::POST,   "/session/link",              Public),
    (Method::POST,   "/session/demo",              Public),

    (Method::PUT,    "/me/password",               SignedIn),
    (Method::PUT,    "/me/pin",                    SignedIn),
    (Method::GET,    "/me/sessions",               SignedIn),
    (Method::DELETE, "/me/sessions/{session}",     SignedIn),

    // Asks people about what they owe, each for themselves and in their own units.
    (Method::GET,    "/pulse",                     SignedIn),
    (Method::POST,   "/pulse",                     SignedIn),

    (Method::GET,    "/organisation",              Needs(Right::Know)),
    (Method::GET,    "/foundation",                Needs(Right::Know)),
    (Method::GET,    "/units",                     Needs(Right::Know)),
    (Method::GET,    "/releases",                  Needs(Right::Know)),

    (Method::GET,    "/overview",                  Needs(Right::Results)),
    (Method::GET,    "/alignment",                 Needs(Right::Results)),
    (Method::GET,    "/estimates",                 Needs(Right::Results)),
    (Method::POST,   "/estimates/weighted",        Needs(Right::Results)),
    (Method::GET,    "/distributions",             Needs(Right::Results)),
    (Method::GET,    "/segments",                  Needs(Right::Results)),
    (Method::GET,    "/drivers",                   Needs(Right::Results)),
    (Method::GET,    "/reliability",               Needs(Right::Results)),
    (Method::GET,    "/units/{unit}/trends",       Needs(Right::Results)),

    (Method::GET,    "/foundation/export",         Needs(Right::Draft)),
    (Method::POST,   "/foundation/plan",           Needs(Right::Draft)),
    (Method::POST,   "/foundation/apply",          Needs(Right::Agree)),
    (Method::POST,   "/foundation/start",          Needs(Right::Agree)),

    (Method::GET,    "/standards/{standard}",      Needs(Right::Know)),
    (Method::GET,    "/standards/{standard}/picture", Needs(Right::Know)),
    (Method::GET,    "/standards",                 Needs(Right::Results)),
    (Method::GET,    "/standards/verdicts",        Needs(Right::Results)),
    (Method::GET,    "/standards/{standard}/chart", Needs(Right::Results)),
    (Method::GET,    "/standards/{standard}/deviations", Needs(Right::Results)),
    (Method::GET,    "/standards/{standard}/consistency", Needs(Right::Results)),
    (Method::GET,    "/standards/{standard}/keepers", Needs(Right::Results)),
    (Method::GET,    "/standards/{standard}/photos", Needs(Right::Results)),
    (Method::GET,    "/standards/{standard}/extras", Needs(Right::Results)),
    (Method::GET,    "/standards/{standard}/baselines", Needs(Right::Know)),
    (Method::POST,   "/standards/{standard}/baselines", Needs(Right::ChangeStandards)),
    (Method::POST,   "/standards/{standard}/reassess", Needs(Right::ChangeStandards)),
    (Method::GET,    "/standards/{standard}/reassessments", Needs(Right::Know)),
    (Method::GET,    "/indicators/{id}/chart",     Needs(Right::Results)),
    (Method::GET,    "/cases",                     Needs(Right::Results)),
    (Method::POST,   "/cases/{case}/steps",        Needs(Right::ChangeStandards)),
    (Method::POST,   "/standards/check",           Needs(Right::ChangeStandards)),
    (Method::PUT,    "/standards/{standard}",      Needs(Right::ChangeStandards)),
    (Method::POST,   "/standards/{standard}/retire", Needs(Right::ChangeStandards)),
    (Method::PUT,    "/standards/{standard}/picture", Needs(Right::ChangeStandards)),

    (Method::POST,   "/observations",              Needs(Right::Observe)),
    (Method::POST,   "/events",                    Needs(Right::Observe)),
    (Method::GET,    "/looks",                     Needs(Right::Observe)),
    (Method::POST,   "/looks/tickets",             Needs(Right::Observe)),
    (Method::POST,   "/photos",                    Needs(Right::Observe)),
    (Method::GET,    "/units/{unit}/photos/{photo}", Needs(Right::Results)),
    (Method::GET,    "/hooks",                     Needs(Right::BringIn)),
    (Method::PUT,    "/hooks/{hook}",              Needs(Right::BringIn)),
    (Method::DELETE, "/hooks/{hook}",              Needs(Right::BringIn)),
    // Called by programs, which show the webhook's own token.
    (Method::POST,   "/hooks/{hook}",              Public),

    (Method::POST,   "/uploads",                   Needs(Right::BringIn)),
    (Method::POST,   "/imports/guess",             Needs(Right::BringIn)),
    (Method::POST,   "/imports/preview",           Needs(Right::BringIn)),
    (Method::POST,   "/imports",                   Needs(Right::BringIn)),
    (Method::GET,    "/imports",                   Needs(Right::SeeImports)),
    (Method::GET,    "/imports/{import}",          Needs(Right::SeeImports)),
    (Method::POST,   "/releases",                  Needs(Right::Release)),

    (Method::GET,    "/accounts",                  Needs(Right::People)),
    (Method::POST,   "/accounts",                  Needs(Right::People)),
    (Method::PATCH,  "/accounts/{account}",        Needs(Right::People)),
    (Method::POST,   "/accounts/{account}/link",   Needs(Right::People)),
    (Method::POST,   "/accounts/{account}/badge",  Needs(Right::People)),
    (Method::DELETE, "/accounts/{account}/badge",  Needs(Right::People)),
    (Method::GET,    "/audit",                     Needs(Right::Audit)),
];

/// What the endpoint at `path` (as its route is written) asks; None: nobody wrote a line for it.
pub fn access(method: &Method, path: &str) -> Option<Access> {
    // HEAD is answered by what answers GET.
    let method = if *method == Method::HEAD {
        &Method::GET
    } else {
        method
    };
    ENDPOINTS
        .iter()
        .find(|(of, at, _)| of == method && *at == path)
        .map(|(.., access)| *access)
}
