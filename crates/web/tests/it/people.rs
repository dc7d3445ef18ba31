//! Coming in, going out, and who may change what.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{House, PASSWORD, files};

const PASSWORD_PATH: &str = "/api/v1/session/password";

async fn state(house: &House, cookie: &str) -> Value {
    house
        .ask(cookie, Method::GET, "/api/v1/session", None)
        .await
        .ok()["state"]
        .clone()
}

#[tokio::test]
async fn the_first_link_makes_one_administrator() {
    let house = House::empty().await;
    assert_eq!(state(&house, "").await, "first_start");
    let closed = house
        .ask("", Method::GET, "/api/v1/organisation", None)
        .await;
    assert_eq!(closed.problem(), (401, "sign_in".to_owned()));

    let token = house.office.first_link().await.unwrap().unwrap();
    let follow = |name: &str, mail: &str, password: &str| json!({"token": token.reveal(), "name": name, "mail": mail, "password": password});
    for (body, expected) in [
        (
            follow("", "ann@example.org", PASSWORD),
            (422, "wrong_field"),
        ),
        (follow("Ann", "ann", PASSWORD), (422, "wrong_field")),
        (
            follow("Ann", "ann@example.org", "short"),
            (400, "weak_secret"),
        ),
    ] {
        let refused = house
            .ask("", Method::POST, "/api/v1/session/link", Some(&body))
            .await;
        let (status, code) = expected;
        assert_eq!(refused.problem(), (status, code.to_owned()), "{body}");
    }
    let body = follow("Ann", "ann@example.org", PASSWORD);
    let came = house
        .ask("", Method::POST, "/api/v1/session/link", Some(&body))
        .await;
    assert_eq!(came.ok()["person"]["account"]["name"], "Ann");
    let cookie = came.header("set-cookie");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    assert_eq!(state(&house, &came.cookie()).await, "signed_in");
    let again = house
        .ask("", Method::POST, "/api/v1/session/link", Some(&body))
        .await;
    assert_eq!(again.problem(), (410, "link_gone".to_owned()));
    assert!(house.office.first_link().await.unwrap().is_none());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_sound_alike() {
    let house = House::empty().await;
    house.administrator().await;
    let mut answers = Vec::new();
    for mail in ["ann@example.org", "nobody@example.org"] {
        let body = json!({"mail": mail, "password": "boterham met ham!"});
        let answer = house
            .ask("", Method::POST, PASSWORD_PATH, Some(&body))
            .await;
        assert_eq!(answer.header("set-cookie"), "");
        answers.push((answer.status, answer.body));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, 401);
}

#[tokio::test]
async fn guesses_are_limited_and_a_restart_gives_no_new_ones() {
    let house = House::empty().await;
    house.administrator().await;
    let guess = json!({"mail": "ann@example.org", "password": "boterham met ham!"});
    for _ in 0..10 {
        let answer = house
            .ask("", Method::POST, PASSWORD_PATH, Some(&guess))
            .await;
        assert_eq!(answer.status, 401);
    }
    let house = house.reopen().await;
    // Not even the right one is looked at.
    let right = json!({"mail": "ann@example.org", "password": PASSWORD});
    let answer = house
        .ask("", Method::POST, PASSWORD_PATH, Some(&right))
        .await;
    assert_eq!(answer.problem(), (429, "too_many_attempts".to_owned()));
    let wait: i64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=900).contains(&wait), "{wait}");
}

#[tokio::test]
async fn whoever_goes_out_or_loses_the_account_is_out() {
    let house = House::agreed().await;
    let administrator = house.administrator().await;
    let (bob, first) = house.person("bob", &json!([{"role": "analyst"}])).await;
    let second = house.sign_in("bob@example.org").await;
    let ended = house
        .ask(&first, Method::DELETE, "/api/v1/session", None)
        .await;
    assert_eq!(ended.status, 204);
    assert!(ended.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(state(&house, &first).await, "signed_out");
    assert_eq!(state(&house, &second).await, "signed_in");
    let own = house
        .ask(&second, Method::GET, "/api/v1/me/sessions", None)
        .await
        .ok();
    assert_eq!(own["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(own["sessions"][0]["current"], true);

    let path = format!("/api/v1/accounts/{bob}");
    let close = json!({"active": false});
    house
        .ask(&administrator, Method::PATCH, &path, Some(&close))
        .await
        .ok();
    assert_eq!(state(&house, &second).await, "signed_out");
    let body = json!({"mail": "bob@example.org", "password": PASSWORD});
    let closed = house
        .ask("", Method::POST, PASSWORD_PATH, Some(&body))
        .await;
    assert_eq!(closed.problem(), (401, "wrong_credentials".to_owned()));
}

#[tokio::test]
async fn a_badge_and_its_pin_let_somebody_in() {
    let house = House::agreed().await;
    let administrator = house.administrator().await;
    let new = json!({"name": "Cid", "grants": [{"role": "member", "unit": "quay"}]});
    let cid = house
        .ask(&administrator, Method::POST, "/api/v1/accounts", Some(&new))
        .await
        .ok();
    let path = format!("/api/v1/accounts/{}/badge", cid["id"].as_str().unwrap());
    let make = json!({"origin": "http://127.0.0.1:8640"});
    let badge = house
        .ask(&administrator, Method::POST, &path, Some(&make))
        .await
        .ok();
    assert!(badge["qr"].as_str().unwrap().contains("<svg"));
    let address = badge["address"].as_str().unwrap();
    let (page, code) = address.split_once('#').unwrap();
    assert_eq!(page, "http://127.0.0.1:8640/badge");
    let enter = |pin: &Value| json!({"badge": code, "pin": pin});
    let wrong = house
        .ask(
            "",
            Method::POST,
            "/api/v1/session/badge",
            Some(&enter(&json!("000000"))),
        )
        .await;
    assert_eq!(wrong.problem(), (401, "wrong_credentials".to_owned()));
    let came = house
        .ask(
            "",
            Method::POST,
            "/api/v1/session/badge",
            Some(&enter(&badge["pin"])),
        )
        .await;
    let person = &came.ok()["person"];
    assert_eq!(person["door"], "badge");
    assert_eq!(person["rights"]["results"], json!(["quay"]));
    assert!(person["rights"]["people"].is_null());
    let change = json!({"old": badge["pin"], "new": "735104"});
    let changed = house
        .ask(&came.cookie(), Method::PUT, "/api/v1/me/pin", Some(&change))
        .await;
    assert_eq!(changed.status, 204);
    let old = house
        .ask(
            "",
            Method::POST,
            "/api/v1/session/badge",
            Some(&enter(&badge["pin"])),
        )
        .await;
    assert_eq!(old.status, 401);
}

#[tokio::test]
async fn only_the_owners_members_change_a_standard() {
    let house = House::agreed().await;
    let administrator = house.administrator().await;
    let mut changed = files();
    let standard = changed.get_mut("standards/in-line.toml").unwrap();
    *standard = standard.replace("target = 0.9", "target = 0.95");
    let body = json!({"files": changed, "reason": "a longer promise"});
    let apply = "/api/v1/foundation/apply";
    let refused = house
        .ask(&administrator, Method::POST, apply, Some(&body))
        .await;
    assert_eq!(refused.problem(), (403, "not_owner".to_owned()));
    let grants = json!([{"role": "administrator"}, {"role": "designer", "team": "counter"}]);
    let (_, dee) = house.person("dee", &grants).await;
    house.ask(&dee, Method::POST, apply, Some(&body)).await.ok();
    let log = house
        .ask(&administrator, Method::GET, "/api/v1/audit?limit=500", None)
        .await
        .ok();
    let entries = log["entries"].as_array().unwrap();
    let applied = entries
        .iter()
        .find(|entry| entry["action"] == "foundation.apply")
        .unwrap();
    assert_eq!(applied["actor"], "dee <dee@example.org>");
    assert!(
        entries
            .iter()
            .any(|entry| entry["action"] == "account.create")
    );
    assert!(!log.to_string().contains(PASSWORD));
}

#[tokio::test]
async fn grants_name_what_exists() {
    let house = House::agreed().await;
    let administrator = house.administrator().await;
    for (grant, field) in [
        (json!({"role": "king"}), "grants[0].role"),
        (json!({"role": "lead"}), "grants[0].unit"),
        (
            json!({"role": "lead", "unit": "atlantis"}),
            "grants[0].unit",
        ),
        (json!({"role": "designer"}), "grants[0].team"),
        (
            json!({"role": "analyst", "team": "counter"}),
            "grants[0].team",
        ),
    ] {
        let body = json!({"name": "Eve", "grants": [grant]});
        let refused = house
            .ask(
                &administrator,
                Method::POST,
                "/api/v1/accounts",
                Some(&body),
            )
            .await;
        assert_eq!(refused.problem(), (422, "wrong_field".to_owned()), "{body}");
        assert_eq!(refused.json()["problems"][0]["field"], field);
    }
}

#[tokio::test]
async fn a_lead_sees_the_own_region_and_nothing_else() {
    let house = House::measured().await;
    let (_, lead) = house
        .person("lea", &json!([{"role": "lead", "unit": "north"}]))
        .await;
    let found = house
        .ask(
            &lead,
            Method::GET,
            "/api/v1/estimates?indicator=guest-nps&by=unit:shop",
            None,
        )
        .await
        .ok();
    let units: Vec<&str> = found["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["unit"].as_str().unwrap())
        .collect();
    assert_eq!(units, ["arches", "quay"]);
    let overview = house
        .ask(&lead, Method::GET, "/api/v1/overview", None)
        .await
        .ok();
    let text = overview.to_string();
    for foreign in ["station", "market", "south"] {
        assert!(
            !text.contains(&format!("\"{foreign}\"")),
            "{foreign} in {overview:#}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_guesses_at_once_are_no_way_around_the_limit() {
    let house = std::sync::Arc::new(House::empty().await);
    house.administrator().await;
    let mut guesses = Vec::new();
    for _ in 0..24 {
        let house = house.clone();
        guesses.push(tokio::spawn(async move {
            let body = json!({"mail": "ann@example.org", "password": "boterham met ham!"});
            let answer = house
                .ask("", Method::POST, PASSWORD_PATH, Some(&body))
                .await;
            answer.status.as_u16()
        }));
    }
    let mut looked_at = 0;
    for guess in guesses {
        looked_at += u32::from(guess.await.unwrap() == 401);
    }
    assert_eq!(looked_at, 10);
}

#[tokio::test]
async fn coming_in_often_is_held_against_nobody() {
    let house = House::empty().await;
    house.administrator().await;
    // A shop shares one address: more successes than failures are allowed.
    for _ in 0..60 {
        house.sign_in("ann@example.org").await;
    }
}

#[tokio::test]
async fn what_was_typed_is_in_no_log() {
    let house = House::empty().await;
    let administrator = house.administrator().await;
    let body = json!({"mail": PASSWORD, "password": "ann@example.org"});
    let refused = house
        .ask("", Method::POST, PASSWORD_PATH, Some(&body))
        .await;
    assert_eq!(refused.status, 401);
    let log = house
        .ask(&administrator, Method::GET, "/api/v1/audit", None)
        .await
        .ok();
    assert!(log.to_string().contains("session.refused"));
    assert!(!log.to_string().contains(PASSWORD));
}
