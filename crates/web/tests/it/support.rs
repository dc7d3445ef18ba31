//! An installation in a temporary folder, and how to ask it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use evenkeel_web::{Caller, Clock, Office, OfficeConfig, router};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// 15 August 2026: the third quarter is not over.
struct MidAugust;

impl Clock for MidAugust {
    fn now(&self) -> Timestamp {
        "2026-08-15T10:00:00Z".parse().unwrap()
    }
}

/// An installation that goes away with its test.
pub struct House {
    pub office: Arc<Office>,
    pub folder: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The JSON of an answer that has to be a success.
    pub fn ok(&self) -> Value {
        assert!(
            self.status.is_success(),
            "{}: {}",
            self.status,
            String::from_utf8_lossy(&self.body)
        );
        self.json()
    }

    /// Status and code of an answer that has to be a problem.
    pub fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let body = self.json();
        assert_eq!(body["type"], "about:blank");
        assert_eq!(body["status"], self.status.as_u16());
        assert_ne!(body["title"], "");
        (
            self.status.as_u16(),
            body["code"].as_str().unwrap().to_owned(),
        )
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl House {
    /// Nothing agreed, nothing measured.
    pub async fn empty() -> Self {
        Self::in_folder(tempfile::tempdir().unwrap()).await
    }

    pub async fn in_folder(folder: tempfile::TempDir) -> Self {
        let office = Office::open(OfficeConfig {
            directory: folder.path().join("keel"),
            registry_url: None,
            demo: false,
            starter: files(),
            clock: Arc::new(MidAugust),
            seed: [7; 32],
        })
        .await
        .unwrap();
        Self { office, folder }
    }

    /// The bakery's foundation is in force.
    pub async fn agreed() -> Self {
        let house = Self::empty().await;
        house
            .post(
                "/api/v1/foundation/apply",
                &json!({"files": files(), "reason": "first"}),
            )
            .await
            .ok();
        house
    }

    /// The same folder, opened again as after a restart.
    pub async fn reopen(self) -> Self {
        self.office.close().await.unwrap();
        Self::in_folder(self.folder).await
    }

    pub async fn send(&self, caller: Caller, request: Request<Body>) -> Answer {
        let response = router(self.office.clone(), caller)
            .oneshot(request)
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.send(Caller::Local, request).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        self.send(Caller::Local, request).await
    }

    /// As a browser would, over TCP.
    pub fn from_browser(method: Method, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:8640")
    }
}

/// A bakery with two parties, four shops in two regions.
pub fn files() -> BTreeMap<String, String> {
    [
        (
            "organisation.toml",
            include_str!("bakery/organisation.toml"),
        ),
        ("parties.toml", include_str!("bakery/parties.toml")),
        ("attributes.toml", include_str!("bakery/attributes.toml")),
        ("units.toml", include_str!("bakery/units.toml")),
        ("teams.toml", include_str!("bakery/teams.toml")),
        ("touchpoints.toml", include_str!("bakery/touchpoints.toml")),
        ("indicators.toml", include_str!("bakery/indicators.toml")),
        ("covariates.toml", include_str!("bakery/covariates.toml")),
        (
            "standards/in-line.toml",
            include_str!("bakery/standards/in-line.toml"),
        ),
        (
            "instruments/visit.json",
            include_str!("bakery/instruments/visit.json"),
        ),
        (
            "instruments/pulse.json",
            include_str!("bakery/instruments/pulse.json"),
        ),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .collect()
}
