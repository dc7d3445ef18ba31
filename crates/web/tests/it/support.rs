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

/// The first administrator's.
pub const PASSWORD: &str = "boterham met kaas";

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

    /// What a browser sends back of the cookie that came.
    pub fn cookie(&self) -> String {
        let cookie = self.header("set-cookie");
        cookie.split(';').next().unwrap().to_owned()
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
            public_url: None,
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

    /// The first administrator comes in; the header that says so from then on.
    pub async fn administrator(&self) -> String {
        let Some(token) = self.office.first_link().await.unwrap() else {
            return self.sign_in("ann@example.org").await;
        };
        let body = json!({
            "token": token.reveal(),
            "name": "Ann Peeters",
            "mail": "Ann@example.org",
            "password": PASSWORD,
        });
        let request = Self::from_page(Method::POST, "/api/v1/session/link", "")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = self.send(Caller::Network, request).await;
        answer.ok();
        answer.cookie()
    }

    /// Comes in with the password that everybody here has.
    pub async fn sign_in(&self, mail: &str) -> String {
        let body = json!({"mail": mail, "password": PASSWORD});
        let answer = self
            .ask("", Method::POST, "/api/v1/session/password", Some(&body))
            .await;
        answer.ok();
        answer.cookie()
    }

    /// Somebody new, who chose the password that everybody here has.
    pub async fn person(&self, name: &str, grants: &Value) -> (String, String) {
        let administrator = self.administrator().await;
        let mail = format!("{name}@example.org");
        let new = json!({"name": name, "mail": mail, "grants": grants});
        let made = self
            .ask(&administrator, Method::POST, "/api/v1/accounts", Some(&new))
            .await
            .ok();
        let id = made["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/accounts/{id}/link");
        let link = self
            .ask(&administrator, Method::POST, &path, None)
            .await
            .ok();
        let token = link["path"].as_str().unwrap().split_once('#').unwrap().1;
        let body = json!({"token": token, "password": PASSWORD});
        let answer = self
            .ask("", Method::POST, "/api/v1/session/link", Some(&body))
            .await;
        answer.ok();
        (id, answer.cookie())
    }

    /// Sends as a page of ours does, over TCP, with a session's cookie (or an empty one).
    pub async fn ask(
        &self,
        cookie: &str,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let request = Self::from_page(method, path, cookie);
        let request = match body {
            Some(body) => request
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        self.send(Caller::Network, request.unwrap()).await
    }

    /// A request of one of our own pages.
    pub fn from_page(method: Method, path: &str, cookie: &str) -> axum::http::request::Builder {
        Self::from_browser(method, path)
            .header(header::ORIGIN, "http://127.0.0.1:8640")
            .header(header::COOKIE, cookie)
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
