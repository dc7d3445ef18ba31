//! What a request over TCP must show before it is looked at.
//!
//! A page of another site can reach this port through its visitor's browser; two checks keep
//! it out. Invariants: the `Host` header names loopback or the installation's own address (a name
//! that somebody else's DNS points here does not: DNS rebinding), and a request that changes
//! something comes from our own pages (`Sec-Fetch-Site`, `Origin`); one without a cookie may come
//! from no page at all. Absent on purpose:
//! CORS headers; nobody else's page may read an answer.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::api::problem::Problem;

/// Host and port under which browsers reach an installation that is not on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHost(Option<Arc<str>>);

impl OwnHost {
    /// Of `https://keel.example.org`.
    pub fn of(public_url: Option<&str>) -> Self {
        let host = public_url
            .and_then(|url| url.split_once("://"))
            .map(|(_, rest)| rest.split('/').next().unwrap_or_default());
        Self(host.map(|host| host.to_ascii_lowercase().into()))
    }
}

/// Refuses foreign names and other sites' writes.
pub async fn guard(State(own): State<OwnHost>, request: Request, next: Next) -> Response {
    match check(&own, request.method(), &host(&request), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// The host asked for: the `Host` header, or the authority of an absolute request line.
fn host(request: &Request) -> String {
    request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .or_else(|| {
            request
                .uri()
                .authority()
                .map(axum::http::uri::Authority::as_str)
        })
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// Why a request is not looked at.
#[derive(Debug, PartialEq, Eq)]
enum Refusal {
    ForeignHost(String),
    ForeignOrigin(String),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::ForeignHost(host) => Problem::new(
                StatusCode::MISDIRECTED_REQUEST,
                "foreign_host",
                "This server does not answer to this name",
                format!(
                    "asked for host `{host}`; open http://localhost:PORT or http://127.0.0.1:PORT on the server's machine, or its public_url"
                ),
            ),
            Self::ForeignOrigin(origin) => Problem::new(
                StatusCode::FORBIDDEN,
                "foreign_origin",
                "Only Evenkeel's own pages may change something",
                format!("the request comes from another site (origin {origin})"),
            ),
        }
        .into_response()
    }
}

fn check(own: &OwnHost, method: &Method, host: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    if !is_loopback(host) && own.0.as_deref() != Some(host) {
        return Err(Refusal::ForeignHost(host.to_owned()));
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let own_site = matches!(text("sec-fetch-site"), None | Some("same-origin" | "none"));
    let own_origin = text("origin").is_none_or(|origin| {
        origin
            .split_once("://")
            .is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
    });
    // Every browser says on such a request where it comes from; a session's cookie without that
    // did not come from one of our pages.
    let silent = text("sec-fetch-site").is_none() && text("origin").is_none();
    let with_cookie = headers.contains_key(header::COOKIE);
    if own_site && own_origin && !(silent && with_cookie) {
        Ok(())
    } else {
        let origin = text("origin").unwrap_or("not given");
        Err(Refusal::ForeignOrigin(origin.to_owned()))
    }
}

/// `localhost`, `127.0.0.1`, `[::1]`, each with or without a port.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if port.is_empty() || port.starts_with(':') => address,
            _ => return false,
        },
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost"
        || name.ends_with(".localhost")
        || name
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(
        method: &Method,
        host: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<(), Refusal> {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    value.parse().unwrap(),
                )
            })
            .collect();
        let own = OwnHost::of(Some("https://keel.example.org"));
        check(&own, method, host, &headers)
    }

    #[test]
    fn loopback_names_are_ours() {
        for host in [
            "localhost",
            "localhost:8640",
            "127.0.0.1:1",
            "[::1]:8640",
            "keel.localhost:80",
        ] {
            assert_eq!(answer(&Method::GET, host, &[]), Ok(()), "{host}");
        }
    }

    #[test]
    fn the_installations_own_address_is_ours() {
        assert_eq!(answer(&Method::GET, "keel.example.org", &[]), Ok(()));
        assert_eq!(
            answer(&Method::GET, "keel.example.org:8640", &[]),
            Err(Refusal::ForeignHost("keel.example.org:8640".to_owned()))
        );
    }

    #[test]
    fn a_cookie_alone_changes_nothing() {
        let cookie = ("cookie", "evenkeel_0=t");
        assert!(answer(&Method::POST, "localhost", &[cookie]).is_err());
        assert_eq!(
            answer(
                &Method::POST,
                "localhost",
                &[cookie, ("origin", "http://localhost")]
            ),
            Ok(())
        );
        assert_eq!(answer(&Method::GET, "localhost", &[cookie]), Ok(()));
    }

    #[test]
    fn names_that_others_point_here_are_refused() {
        for host in [
            "",
            "evil.example",
            "evil.example:8640",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "[::1].evil",
            "10.0.0.1",
        ] {
            let refused = Err(Refusal::ForeignHost(host.to_owned()));
            assert_eq!(answer(&Method::GET, host, &[]), refused);
        }
    }

    #[test]
    fn our_own_pages_and_programs_may_write() {
        let host = "127.0.0.1:8640";
        assert_eq!(answer(&Method::POST, host, &[]), Ok(()));
        assert_eq!(
            answer(
                &Method::POST,
                host,
                &[
                    ("origin", "http://127.0.0.1:8640"),
                    ("sec-fetch-site", "same-origin")
                ]
            ),
            Ok(())
        );
    }

    #[test]
    fn other_sites_may_not_write() {
        let host = "127.0.0.1:8640";
        for headers in [
            [("origin", "https://evil.example")],
            [("origin", "null")],
            [("origin", "http://127.0.0.1:9999")],
            [("sec-fetch-site", "cross-site")],
            [("sec-fetch-site", "same-site")],
        ] {
            let refused = answer(&Method::POST, host, &headers);
            assert!(
                matches!(refused, Err(Refusal::ForeignOrigin(_))),
                "{headers:?}"
            );
        }
    }
}
