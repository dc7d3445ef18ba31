//! The register: its owners edit a standard as text or in a form, and both say the same.

use axum::body::Body;
use axum::http::{Method, header};
use evenkeel_web::Caller;
use serde_json::{Value, json};

use crate::support::{House, files};

const PATH: &str = "/api/v1/standards/in-line";

async fn with_owner() -> (House, String) {
    let house = House::empty().await;
    let body = json!({"files": files(), "reason": "first", "valid_from": "2026-01-01"});
    house.post("/api/v1/foundation/apply", &body).await.ok();
    let grants = json!([{"role": "designer", "team": "counter"}]);
    let (_, owner) = house.person("dee", &grants).await;
    (house, owner)
}

async fn show(house: &House) -> Value {
    house.get(PATH).await.ok()
}

#[tokio::test]
async fn text_and_form_make_the_same_version() {
    let (house, owner) = with_owner().await;
    let before = show(&house).await;
    assert_eq!(before["version"], 1);
    let text = before["text"].as_str().unwrap();
    let edited = text.replace("within = \"5min\"", "within = \"4min\"");
    assert_ne!(text, edited);
    let mut content = before["content"].clone();
    content["requirement"]["within"] = json!(240.0);
    let check = "/api/v1/standards/check";
    let as_text = json!({"standard": "in-line", "text": edited});
    let as_form = json!({"standard": "in-line", "content": content});
    let from_text = house
        .ask(&owner, Method::POST, check, Some(&as_text))
        .await
        .ok();
    let from_form = house
        .ask(&owner, Method::POST, check, Some(&as_form))
        .await
        .ok();
    assert_eq!(from_text, from_form);
    assert_eq!(from_text["action"], "changed");
    assert_eq!(
        from_text["changes"],
        json!([{"path": "requirement.within", "before": 300.0, "after": 240.0}])
    );
    let change = json!({
        "content": content, "reason": "guests wait too long", "valid_from": "2026-08-01",
        "expected_version": 1,
    });
    house
        .ask(&owner, Method::PUT, PATH, Some(&change))
        .await
        .ok();
    let after = show(&house).await;
    assert_eq!(after["version"], 2);
    assert_eq!(after["text"], from_text["text"]);
    assert_eq!(after["versions"][0]["reason"], "guests wait too long");
    assert_eq!(after["versions"][0]["valid_from"], "2026-08-01");
    assert_eq!(after["versions"][0]["author"], "dee <dee@example.org>");
    assert_eq!(
        after["versions"][0]["changes"][0]["path"],
        "requirement.within"
    );
    let late = house.ask(&owner, Method::PUT, PATH, Some(&change)).await;
    assert_eq!(late.problem(), (409, "standard_changed".to_owned()));
}

#[tokio::test]
async fn a_look_is_judged_by_the_version_of_its_day() {
    let (house, owner) = with_owner().await;
    let mut content = show(&house).await["content"].clone();
    content["requirement"]["within"] = json!(240.0);
    let change = json!({"content": content, "reason": "faster", "valid_from": "2026-08-01"});
    house
        .ask(&owner, Method::PUT, PATH, Some(&change))
        .await
        .ok();
    let look = |at: &str| json!({"standard": "in-line", "unit": "quay", "at": at, "value": 270.0, "chosen": "census"});
    let sent = json!([look("2026-07-31T12:00:00Z"), look("2026-08-01T12:00:00Z")]);
    let answer = house.post("/api/v1/observations", &sent).await.ok();
    let judged: Vec<(Value, Value)> = answer["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["version"].clone(), one["kept"].clone()))
        .collect();
    assert_eq!(judged, [(json!(1), json!(true)), (json!(2), json!(false))]);
}

#[tokio::test]
async fn problems_come_with_their_line_while_writing() {
    let (house, owner) = with_owner().await;
    let text = show(&house).await["text"].as_str().unwrap().to_owned();
    let wrong = text
        .replace("target = 0.9", "target = 9.0")
        .replace("within = \"5min\"", "within = \"soon\"");
    let body = json!({"standard": "in-line", "text": wrong});
    let refused = house
        .ask(&owner, Method::POST, "/api/v1/standards/check", Some(&body))
        .await;
    assert_eq!(refused.status, 422);
    let problems = refused.json()["problems"].clone();
    let problems = problems.as_array().unwrap();
    assert_eq!(problems.len(), 2, "{problems:#?}");
    for problem in problems {
        assert_eq!(problem["file"], "standards/in-line.toml");
        assert!(problem["line"].as_u64().is_some(), "{problem:#}");
        assert_ne!(problem["message"], "");
    }
}

#[tokio::test]
async fn only_owners_change_and_retire() {
    let (house, owner) = with_owner().await;
    let administrator = house.administrator().await;
    let content = show(&house).await["content"].clone();
    let change = json!({"content": content, "reason": "mine"});
    let refused = house
        .ask(&administrator, Method::PUT, PATH, Some(&change))
        .await;
    assert_eq!(refused.problem(), (403, "not_allowed".to_owned()));
    // An indicator counts it: the register says which before anything changes.
    let retire = format!("{PATH}/retire");
    let reason = json!({"reason": "we queue no more"});
    let used = house
        .ask(&owner, Method::POST, &retire, Some(&reason))
        .await;
    assert_eq!(used.problem(), (422, "foundation_problems".to_owned()));
    // A new one comes to be, and goes again.
    let mut fresh = content;
    fresh["id"] = json!("at-table");
    let put = json!({"content": fresh, "reason": "new", "expected_version": 0});
    let path = "/api/v1/standards/at-table";
    house.ask(&owner, Method::PUT, path, Some(&put)).await.ok();
    let retired = house
        .ask(
            &owner,
            Method::POST,
            &format!("{path}/retire"),
            Some(&reason),
        )
        .await;
    retired.ok();
    let found = house.get(path).await.ok();
    assert_eq!(
        (&found["retired"], &found["version"]),
        (&json!(true), &json!(2))
    );
}

#[tokio::test]
async fn a_picture_belongs_to_the_standard_that_names_it() {
    let (house, owner) = with_owner().await;
    let bring = async |name: &str, kind: &str, bytes: &'static [u8]| {
        let path = format!("{PATH}/picture?name={name}");
        let request = House::from_page(Method::PUT, &path, &owner)
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(bytes))
            .unwrap();
        house.send(Caller::Network, request).await
    };
    let none = house.get(&format!("{PATH}/picture")).await;
    assert_eq!(none.problem(), (404, "no_picture".to_owned()));
    assert_eq!(bring("line.png", "image/png", b"png").await.status, 204);
    let mut content = show(&house).await["content"].clone();
    content["picture"] = json!("line.png");
    let change = json!({"content": content, "reason": "a picture"});
    house
        .ask(&owner, Method::PUT, PATH, Some(&change))
        .await
        .ok();
    let address = show(&house).await["picture"].as_str().unwrap().to_owned();
    let shown = house.get(&address).await;
    assert_eq!(
        (shown.header("content-type"), shown.body.as_slice()),
        ("image/png", &b"png"[..])
    );
    let other = bring("line.png", "image/png", b"another").await;
    assert_eq!(other.problem(), (409, "picture_taken".to_owned()));
    for (name, kind, status) in [
        ("../line.png", "image/png", 400),
        ("line.exe", "image/png", 400),
        ("line.png", "text/html", 415),
    ] {
        assert_eq!(
            bring(name, kind, b"x").await.status,
            status,
            "{name} {kind}"
        );
    }
}
