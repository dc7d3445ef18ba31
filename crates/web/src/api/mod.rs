//! `/api/v1`: one file per endpoint, each with its errors, its documentation and its
//! handler.
//!
//! Invariant: every answer is a type with a schema, every refusal `application/problem+json`
//! decided by an exhaustive match over the endpoint's own errors. Absent on purpose: SQL,
//! Arrow and statistics.

pub mod accounts;
pub mod alignment;
pub mod audit;
pub mod cases;
pub mod distributions;
pub mod document;
pub mod drivers;
pub mod estimates;
pub mod foundation;
pub mod imports;
pub mod indicator_chart;
pub mod me;
pub mod observations;
pub mod organisation;
pub mod overview;
pub mod problem;
pub mod pulse;
pub mod register;
pub mod releases;
pub mod reliability;
pub mod segments;
pub mod session;
pub mod standards;
pub mod units;
pub mod uploads;
pub mod view;
pub mod weighted;

pub(crate) mod asked;
mod extract;
mod people;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::office::Office;
use problem::Problem;

/// Where the API lives.
pub const PREFIX: &str = "/api/v1";

/// The routes of the API, and their description.
pub fn routes() -> (Router<Arc<Office>>, OpenApi) {
    let endpoints = OpenApiRouter::new()
        .routes(routes!(organisation::handler))
        .routes(routes!(overview::handler))
        .routes(routes!(alignment::handler))
        .routes(routes!(estimates::handler))
        .routes(routes!(weighted::handler))
        .routes(routes!(distributions::handler))
        .routes(routes!(segments::handler))
        .routes(routes!(drivers::handler))
        .routes(routes!(reliability::handler))
        .routes(routes!(releases::list, releases::make))
        .routes(routes!(units::list::handler))
        .routes(routes!(units::trends::handler))
        .routes(routes!(foundation::show::handler))
        .routes(routes!(foundation::export::handler))
        .routes(routes!(foundation::plan::handler))
        .routes(routes!(foundation::apply::handler))
        .routes(routes!(foundation::start::handler))
        .routes(routes!(observations::post::handler))
        .routes(routes!(observations::events::handler))
        .routes(routes!(observations::hooks::list))
        .routes(routes!(
            observations::hooks::set_up,
            observations::hooks::remove,
            observations::hooks::call
        ))
        .routes(routes!(observations::looks::list))
        .routes(routes!(observations::looks::tickets))
        .routes(routes!(observations::photos::keep))
        .routes(routes!(observations::photos::show))
        .routes(routes!(register::check::handler))
        .routes(routes!(register::show::handler, register::change::handler))
        .routes(routes!(register::retire::handler))
        .routes(routes!(register::picture::show, register::picture::keep))
        .routes(routes!(uploads::handler))
        .routes(routes!(imports::guess::handler))
        .routes(routes!(imports::preview::handler))
        .routes(routes!(imports::list::handler, imports::start::handler))
        .routes(routes!(imports::show::handler))
        .routes(routes!(session::show, session::end))
        .routes(routes!(session::password))
        .routes(routes!(session::badge))
        .routes(routes!(session::link))
        .routes(routes!(session::demo))
        .routes(routes!(me::password))
        .routes(routes!(me::pin))
        .routes(routes!(me::sessions))
        .routes(routes!(me::end_session))
        .routes(routes!(accounts::list::handler, accounts::create::handler))
        .routes(routes!(accounts::change::handler))
        .routes(routes!(accounts::link::handler))
        .routes(routes!(accounts::badge::make, accounts::badge::remove))
        .routes(routes!(audit::handler))
        .routes(routes!(standards::list::handler))
        .routes(routes!(standards::verdicts::handler))
        .routes(routes!(standards::chart::handler))
        .routes(routes!(standards::deviations::handler))
        .routes(routes!(standards::consistency::handler))
        .routes(routes!(standards::keepers::handler))
        .routes(routes!(pulse::ask::handler, pulse::answer::handler))
        .routes(routes!(standards::photos::handler))
        .routes(routes!(standards::extras::handler))
        .routes(routes!(
            standards::baselines::list,
            standards::baselines::declare
        ))
        .routes(routes!(standards::reassess::handler))
        .routes(routes!(standards::reassessments::handler))
        .routes(routes!(indicator_chart::handler))
        .routes(routes!(cases::list::handler))
        .routes(routes!(cases::step::handler))
        .routes(routes!(document::handler))
        .fallback(unknown);
    let (router, document) = OpenApiRouter::with_openapi(document::base())
        .nest(PREFIX, endpoints)
        .split_for_parts();
    (router.method_not_allowed_fallback(wrong_method), document)
}

async fn unknown(request: Request) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "unknown_path",
        "There is no such endpoint",
        format!(
            "{PREFIX}{} does not exist; {PREFIX}/openapi.json lists what does",
            request.uri().path()
        ),
    )
}

async fn wrong_method(request: Request) -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "Not this way",
        format!(
            "{} is not possible here; {PREFIX}/openapi.json says what is",
            request.method()
        ),
    )
}
