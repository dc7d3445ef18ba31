//! Every endpoint, as every role, about an own and a foreign unit.
//!
//! The requests are generated from the OpenAPI document; an endpoint without a sample here, or
//! without a line in `ENDPOINTS`, fails. What comes back is compared with a snapshot that people
//! read: it is the table of rights as it works, not as it is meant.

use axum::http::Method;
use evenkeel_web::{Access, ENDPOINTS};
use serde_json::{Value, json};

use crate::support::{Answer, House, files};

/// The lead's and the member's own shop, and somebody else's.
const OWN: &str = "quay";
const FOREIGN: &str = "station";

/// What is read without saying more.
const UNASKED: [&str; 11] = [
    "/openapi.json",
    "/session",
    "/me/sessions",
    "/organisation",
    "/foundation",
    "/foundation/export",
    "/units",
    "/releases",
    "/imports",
    "/imports/{import}",
    "/accounts",
];

/// A request that is understood: query and body. `unit` is asked about where the endpoint can.
fn sample(method: &str, path: &str, unit: Option<&str>) -> Option<(String, Option<Value>)> {
    // The delivery of a unit is asked for by `unit`, results of questions by `under`.
    let name = if path.starts_with("/standards") || path.starts_with("/indicators") {
        "unit"
    } else {
        "under"
    };
    let under = unit.map_or(String::new(), |unit| format!("&{name}={unit}"));
    let get = |query: &str| Some((format!("{query}{under}"), None));
    let post = |body: Value| Some((String::new(), Some(body)));
    match (method, path) {
        ("get", "/overview") => get("granularity=quarter"),
        ("get", "/alignment") => get("internal=team-happy&external=guest-nps"),
        ("get", "/estimates" | "/distributions" | "/drivers") => get("indicator=guest-nps"),
        ("get", "/segments") => get("indicator=guest-nps&attribute=contact"),
        ("get", "/reliability") => get("of=visit"),
        ("post", "/estimates/weighted") => {
            let mut body = json!({"indicator": "guest-nps", "margins": [{"attribute": "contact", "population": {"external": 10.0, "internal": 10.0, "none": 10.0}}]});
            if let Some(unit) = unit {
                body["under"] = json!(unit);
            }
            post(body)
        }
        ("get", "/units/{unit}/trends") => get(""),
        ("get", "/audit") => get("limit=1"),
        ("post", "/foundation/plan") => post(json!({"files": files()})),
        ("post", "/foundation/apply") => post(json!({"files": files(), "reason": "again"})),
        ("post", "/foundation/start") => post(json!({"name": "Crumb"})),
        ("post", "/imports" | "/imports/guess" | "/imports/preview") => {
            post(json!({"upload": "none", "mapping": ""}))
        }
        ("post", "/uploads") => get("name=x.csv"),
        ("post", "/session/password") => post(json!({"mail": "x@example.org", "password": "x"})),
        ("post", "/session/badge") => post(json!({"badge": "x", "pin": "x"})),
        ("post", "/session/link") => post(json!({"token": "x", "password": "x"})),
        ("post", "/session/demo") => post(json!({"account": "x"})),
        ("post", "/observations") => post(json!({
            "standard": "in-line", "unit": unit.unwrap_or(OWN), "value": 60.0,
            "chosen": "convenience", "key": format!("access-{}", unit.unwrap_or(OWN)),
        })),
        ("post", "/events") => post(json!({})),
        ("get", "/looks") => Some((
            unit.map_or(String::new(), |unit| format!("unit={unit}")),
            None,
        )),
        ("post", "/looks/tickets") => post(json!({"tickets": ["a", "b"], "count": 1})),
        ("post", "/photos") => Some((format!("unit={}", unit.unwrap_or(OWN)), None)),
        ("put", "/hooks/{hook}") => post(json!({"mapping": ""})),
        ("post", "/hooks/{hook}") => post(json!({})),
        ("get", "/hooks" | "/units/{unit}/photos/{photo}") | ("delete", "/hooks/{hook}") => get(""),
        ("post", "/standards/check") => {
            post(json!({"standard": "in-line", "text": files()["standards/in-line.toml"]}))
        }
        ("put", "/standards/{standard}") => {
            let text = &files()["standards/in-line.toml"];
            post(json!({"text": text, "reason": "again"}))
        }
        ("post", "/standards/{standard}/retire") => post(json!({"reason": ""})),
        (
            "get",
            "/standards"
            | "/cases"
            | "/standards/{standard}"
            | "/standards/{standard}/picture"
            | "/standards/{standard}/chart"
            | "/standards/{standard}/deviations"
            | "/standards/{standard}/consistency"
            | "/standards/{standard}/keepers"
            | "/pulse"
            | "/standards/{standard}/photos"
            | "/standards/{standard}/extras"
            | "/standards/{standard}/baselines"
            | "/standards/{standard}/reassessments"
            | "/indicators/{id}/chart",
        ) => get(""),
        ("post", "/pulse") => post(json!({
            "party": "frontline", "unit": unit.unwrap_or(OWN),
            "answers": [{"standard": "in-line", "know": "yes", "time": "yes", "means": "yes", "staff": "yes", "want": "yes"}],
        })),
        ("get", "/standards/verdicts") => get("period=2026-q2"),
        ("post", "/standards/{standard}/baselines") => {
            post(json!({"from": "2026-01-01", "to": "2026-03-31", "reason": ""}))
        }
        ("post", "/cases/{case}/steps") => post(json!({"step": "take"})),
        ("post", "/standards/{standard}/reassess") => {
            post(json!({"dry_run": true, "from": "2026-03-31", "to": "2026-01-01"}))
        }
        ("put", "/standards/{standard}/picture") => get("name=x.exe"),
        ("put", "/me/password" | "/me/pin") => post(json!({"old": "x", "new": "y"})),
        ("post", "/accounts") => post(json!({"name": "", "grants": []})),
        ("patch", "/accounts/{account}") => post(json!({})),
        ("post", "/accounts/{account}/badge") => post(json!({"origin": "nowhere"})),
        ("post", "/accounts/{account}/link" | "/releases") => get(""),
        ("delete", "/accounts/{account}/badge" | "/me/sessions/{session}" | "/session") => get(""),
        ("get", path) if UNASKED.contains(&path) => get(""),
        _ => None,
    }
}

fn asks_about_units(operation: &Value, method: &str, path: &str) -> bool {
    let parameters = operation["parameters"].as_array();
    let named = parameters.into_iter().flatten().any(|parameter| {
        let name = parameter["name"].as_str();
        matches!(name, Some("under" | "unit"))
    });
    named || [("post", "/estimates/weighted"), ("post", "/pulse")].contains(&(method, path))
}

fn said(answer: &Answer) -> String {
    if answer.status.is_success() {
        return answer.status.as_u16().to_string();
    }
    let (status, code) = answer.problem();
    format!("{status} {code}")
}

async fn people(house: &House) -> Vec<(&'static str, String)> {
    let mut people = vec![
        ("nobody", String::new()),
        ("administrator", house.administrator().await),
    ];
    for (role, grant) in [
        ("designer", json!({"role": "designer", "team": "counter"})),
        ("lead", json!({"role": "lead", "unit": "north"})),
        ("member", json!({"role": "member", "unit": OWN})),
        ("analyst", json!({"role": "analyst"})),
        ("works_council", json!({"role": "works_council"})),
    ] {
        people.push((role, house.person(role, &json!([grant])).await.1));
    }
    people
}

#[tokio::test]
async fn every_endpoint_as_every_role_about_own_and_foreign_units() {
    let house = House::measured().await;
    let mut people = people(&house).await;
    let document = house.get("/api/v1/openapi.json").await.ok();
    let mut lines = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let below = path.strip_prefix("/api/v1").unwrap();
        for (method, operation) in methods.as_object().unwrap() {
            let verb = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let line = ENDPOINTS
                .iter()
                .find(|(of, at, _)| *of == verb && *at == below);
            let Some((.., access)) = line else {
                panic!("{verb} {below} has no line in web::access::endpoints");
            };
            let about: &[Option<&str>] = if asks_about_units(operation, method, below) {
                &[None, Some(OWN), Some(FOREIGN)]
            } else {
                &[None]
            };
            for unit in about {
                if below.contains("{unit}") && unit.is_none() {
                    continue;
                }
                let (query, body) = sample(method, below, *unit)
                    .unwrap_or_else(|| panic!("{method} {below} has no sample here"));
                let address = path
                    .replace("{unit}", unit.unwrap_or_default())
                    .replace("{standard}", "in-line")
                    .replace("{hook}", "nobody-has-this-id")
                    .replace("{photo}", "nobody-has-this-id.jpg")
                    .replace("{case}", "nobody-has-this-id")
                    .replace("{id}", "guest-nps")
                    .replace("{account}", "nobody-has-this-id")
                    .replace("{session}", "nobody-has-this-id")
                    .replace("{import}", "nobody-has-this-id");
                // The unit is in the path already.
                let query = if below.contains("{unit}") { "" } else { &query };
                let address = format!("{address}?{}", query.trim_start_matches('&'));
                let mut outcomes = Vec::new();
                for (role, cookie) in &mut people {
                    let answer = house
                        .ask(cookie, verb.clone(), &address, body.as_ref())
                        .await;
                    let outcome = said(&answer);
                    check(*access, role, *unit, &outcome, &format!("{verb} {address}"));
                    outcomes.push(format!("{role}: {outcome}"));
                    if (method.as_str(), below) == ("delete", "/session") && *role != "nobody" {
                        *cookie = match *role {
                            "administrator" => house.administrator().await,
                            role => house.sign_in(&format!("{role}@example.org")).await,
                        };
                    }
                }
                let unit = match *unit {
                    None => "",
                    Some(OWN) => " (own unit)",
                    Some(_) => " (foreign unit)",
                };
                lines.push(format!(
                    "{verb} {below}{unit}\n    {}",
                    outcomes.join("\n    ")
                ));
            }
        }
    }
    for (method, path, _) in ENDPOINTS {
        let known = &document["paths"][format!("/api/v1{path}")];
        let method = method.as_str().to_lowercase();
        assert!(known[&method].is_object(), "{method} {path} does not exist");
    }
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"));
}

/// What holds whatever the snapshot says.
fn check(access: Access, role: &str, unit: Option<&str>, outcome: &str, request: &str) {
    match (access, role) {
        (Access::Public, _) => assert_ne!(outcome, "403 not_allowed", "{request} as {role}"),
        (_, "nobody") => assert_eq!(outcome, "401 sign_in", "{request}"),
        (Access::Needs(_), "lead" | "member") if unit == Some(FOREIGN) => {
            assert_eq!(outcome, "404 unknown_unit", "{request} as {role}");
        }
        (_, role) => assert_ne!(outcome, "401 sign_in", "{request} as {role}"),
    }
    assert!(!outcome.starts_with('5'), "{request} as {role}: {outcome}");
}
