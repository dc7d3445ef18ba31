//! The workspace, embedded in the binary.
//!
//! Invariant: a path that looks like a page gets `index.html` (the pages route
//! themselves), a path that looks like a file gets that file or 404. Files under
//! `assets/` have their hash in their name and never change; `index.html` is asked for
//! anew each time and answered with 304 when it is the same.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::api::problem::Problem;
use crate::office::hexadecimal;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Pages;

/// Answers whatever is not the API.
pub async fn pages(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "Pages can only be read",
            format!("{} {}", request.method(), request.uri().path()),
        )
        .into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let looks_like_file = path
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains('.'));
    let (name, found) = match Pages::get(path) {
        Some(file) => (path, Some(file)),
        None if looks_like_file => (path, None),
        None => ("index.html", Pages::get("index.html")),
    };
    match found {
        Some(file) => answer(name, file, request.headers()),
        None => Problem::new(
            StatusCode::NOT_FOUND,
            "unknown_page",
            "There is no such page",
            format!("`/{path}` does not exist"),
        )
        .into_response(),
    }
}

fn answer(name: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    let tag = entity_tag(&file.metadata.sha256_hash());
    let caching = if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let caching = (header::CACHE_CONTROL, HeaderValue::from_static(caching));
    let known = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        // A compressing layer marks the tag as weak.
        .is_some_and(|tags| {
            tags.split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag)
        });
    if known {
        return (StatusCode::NOT_MODIFIED, [caching]).into_response();
    }
    let kind = file.metadata.mimetype().to_owned();
    let kind = match kind.as_str() {
        "text/html" => "text/html; charset=utf-8".to_owned(),
        "text/javascript" => "text/javascript; charset=utf-8".to_owned(),
        _ => kind,
    };
    (
        [caching],
        [(header::CONTENT_TYPE, kind), (header::ETAG, tag)],
        file.data,
    )
        .into_response()
}

fn entity_tag(hash: &[u8; 32]) -> String {
    format!("\"{}\"", hexadecimal(&hash[..16]))
}
