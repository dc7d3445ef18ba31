//! One router for every door.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::trace::TraceLayer;

use super::{Caller, guard, headers, pages};
use crate::access::gatekeeper;
use crate::api;
use crate::api::problem::Problem;
use crate::office::Office;

/// JSON bodies: a foundation as text is the largest.
const BODY_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The API and the pages, as `caller` may use them.
pub fn router(office: Arc<Office>, caller: Caller) -> Router {
    let own_host = guard::OwnHost::of(office.public_url());
    let (api, document) = api::routes();
    let router = api
        .layer(from_fn_with_state(office.clone(), gatekeeper::keep))
        .layer(Extension(Arc::new(document)))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(office)
        .fallback(pages::pages)
        .layer(Extension(caller))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http());
    match caller {
        Caller::Local => router,
        // Outermost last: headers go on refusals of the guard too.
        Caller::Network => router
            .layer(CompressionLayer::new())
            .layer(from_fn_with_state(own_host, guard::guard))
            .layer(from_fn(headers::add)),
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a handler panicked: {0}")]
struct Panicked(String);

fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let said = match panic.downcast::<String>() {
        Ok(said) => *said,
        Err(panic) => panic
            .downcast::<&str>()
            .map_or_else(|_| "no message".to_owned(), |said| (*said).to_owned()),
    };
    Problem::internal(&Panicked(said)).into_response()
}
