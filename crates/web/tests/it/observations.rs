//! Observations that come in one by one: each awkward one has its answer, and nothing counts
//! twice.

use axum::body::Body;
use axum::http::{Method, header};
use evenkeel_web::Caller;
use serde_json::{Value, json};

use crate::support::{Answer, House, files};

const PATH: &str = "/api/v1/observations";

/// The bakery, whose standard holds since January.
async fn bakery() -> House {
    let house = House::empty().await;
    let mut files = files();
    // A few looks are to be seen here; otherwise a handful is no figure.
    let indicators = files.get_mut("indicators.toml").unwrap();
    *indicators = indicators.replace(
        "kind = \"within_target\"",
        "kind = \"within_target\"\nminimum_n = 1",
    );
    let body = json!({"files": files, "reason": "first", "valid_from": "2026-01-01"});
    house.post("/api/v1/foundation/apply", &body).await.ok();
    house
}

fn look(changes: &Value) -> Value {
    let mut look = json!({
        "standard": "in-line", "unit": "quay", "at": "2026-07-01T12:00:00Z",
        "value": 200.0, "chosen": "census",
    });
    for (name, value) in changes.as_object().unwrap() {
        look[name] = value.clone();
    }
    look
}

/// Looks that count in July, and how many of them were kept.
async fn july(house: &House) -> (u64, u64) {
    house.office.flush_inbox().await.unwrap();
    let found = house
        .get("/api/v1/estimates?indicator=line-short&from=2026-07-01&to=2026-07-31")
        .await
        .ok();
    let Some(row) = found["rows"].get(0) else {
        return (0, 0);
    };
    let n = row["estimate"]["n"].as_u64().unwrap_or(0);
    let value = row["estimate"]["value"].as_f64().unwrap_or(0.0);
    (n, (value * n as f64).round() as u64)
}

fn only(answer: &Value) -> &Value {
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.len(), 1, "{answer:#}");
    &results[0]
}

#[tokio::test]
async fn what_was_sent_is_judged_stored_and_counted() {
    let house = bakery().await;
    let sent = json!([
        look(&json!({"value": 200.0, "extras": ["a word with the guest"]})),
        look(&json!({"value": 400.0})),
    ]);
    let answer = house.post(PATH, &sent).await.ok();
    assert_eq!(answer["results"][0]["status"], "stored");
    assert_eq!(answer["results"][0]["kept"], true);
    assert_eq!(
        answer["results"][0]["extras"],
        json!(["a word with the guest"])
    );
    assert_eq!(answer["results"][1]["kept"], false);
    assert_eq!(
        answer["results"][1]["deviations"],
        json!([{"kind": "over_time", "by_seconds": 100.0}])
    );
    assert_eq!(july(&house).await, (2, 1));
}

#[tokio::test]
async fn the_same_again_counts_once_and_gets_the_same_answer() {
    let house = bakery().await;
    let sent = look(&json!({"key": "table-12"}));
    let first = house.post(PATH, &sent).await.ok();
    let again = house.post(PATH, &sent).await.ok();
    assert_eq!(only(&again)["status"], "already_stored");
    assert_eq!(
        only(&again)["observation_id"],
        only(&first)["observation_id"]
    );
    assert_eq!(july(&house).await, (1, 1));
    // Also after it left the inbox, and after a restart.
    let house = house.reopen().await;
    let later = house.post(PATH, &sent).await.ok();
    assert_eq!(only(&later)["status"], "already_stored");
    assert_eq!(july(&house).await, (1, 1));
    // Something else under the same key is a correction: the latest counts.
    let corrected = look(&json!({"key": "table-12", "value": 400.0}));
    house.post(PATH, &corrected).await.ok();
    assert_eq!(july(&house).await, (1, 0));
}

#[tokio::test]
async fn a_named_request_counts_once_and_cannot_say_something_else() {
    let house = bakery().await;
    let cookie = house.administrator().await;
    let send = async |body: Value| {
        let request = House::from_page(Method::POST, PATH, &cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", "round-7")
            .body(Body::from(body.to_string()))
            .unwrap();
        house.send(Caller::Network, request).await.ok()
    };
    assert_eq!(only(&send(look(&json!({}))).await)["status"], "stored");
    assert_eq!(
        only(&send(look(&json!({}))).await)["status"],
        "already_stored"
    );
    let other = send(look(&json!({"value": 1.0}))).await;
    assert_eq!(only(&other)["status"], "refused");
    assert_eq!(only(&other)["problems"][0]["field"], "event");
    assert_eq!(july(&house).await, (1, 1));
}

#[tokio::test]
async fn late_ones_land_in_their_own_period() {
    let house = bakery().await;
    for at in [
        "2026-08-10T12:00:00Z",
        "2026-07-03T12:00:00Z",
        "2026-07-02T12:00:00Z",
    ] {
        house.post(PATH, &look(&json!({ "at": at }))).await.ok();
    }
    assert_eq!(july(&house).await, (2, 2));
}

#[tokio::test]
async fn what_cannot_be_stored_says_the_field_and_what_is_allowed() {
    let house = bakery().await;
    for (changes, field, allowed) in [
        (json!({"unit": "atlantis"}), "unit", "quay"),
        (json!({"standard": "in-lime"}), "standard", "in-line"),
        (
            json!({"at": "2025-07-01T12:00:00Z"}),
            "at",
            "from 2026-01-01",
        ),
        (
            json!({"at": "2031-07-01T12:00:00Z"}),
            "at",
            "up to 2026-08-15",
        ),
        (json!({"chosen": "mine"}), "chosen", "census"),
        (json!({"value": null}), "value", ""),
        (json!({"value": 1.0, "items": {"a": true}}), "items", ""),
    ] {
        let answer = house.post(PATH, &look(&changes)).await.ok();
        let result = only(&answer);
        assert_eq!(result["status"], "refused", "{changes}: {result:#}");
        let problems = result["problems"].as_array().unwrap();
        let problem = problems.iter().find(|one| one["field"] == field);
        let problem = problem.unwrap_or_else(|| panic!("{changes}: {result:#}"));
        let listed = problem["allowed"].as_str().unwrap();
        assert!(listed.contains(allowed), "{changes}: {listed}");
    }
    // NaN is no JSON; as a text it is no number.
    let nan = look(&json!({})).to_string().replace("200.0", "NaN");
    let request = axum::http::Request::post(PATH)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(nan))
        .unwrap();
    let answer = house.send(Caller::Local, request).await;
    assert_eq!(answer.problem(), (400, "not_json".to_owned()));
    let text = house.post(PATH, &look(&json!({"value": "NaN"}))).await.ok();
    assert_eq!(only(&text)["status"], "refused");
    // One that is refused takes no other with it.
    let both = json!([look(&json!({"unit": "atlantis"})), look(&json!({}))]);
    let answer = house.post(PATH, &both).await.ok();
    assert_eq!(answer["results"][0]["status"], "refused");
    assert_eq!(answer["results"][1]["status"], "stored");
    assert_eq!(july(&house).await, (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_clients_at_once_count_each_look_once() {
    let house = std::sync::Arc::new(bakery().await);
    let mut clients = Vec::new();
    for client in 0..16 {
        let house = house.clone();
        clients.push(tokio::spawn(async move {
            let mut stored = 0;
            for number in 0..10 {
                // Each look is sent by every client, in another order.
                let key = format!("look-{}", (number + client) % 10);
                let answer = house.post(PATH, &look(&json!({ "key": key }))).await.ok();
                stored += u32::from(only(&answer)["status"] == "stored");
            }
            stored
        }));
    }
    let mut stored = 0;
    for client in clients {
        stored += client.await.unwrap();
    }
    assert_eq!(stored, 10);
    assert_eq!(july(&house).await, (10, 10));
}

async fn event(house: &House, kind: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    let mut request =
        axum::http::Request::post("/api/v1/events").header(header::CONTENT_TYPE, kind);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_string())).unwrap();
    house.send(Caller::Local, request).await
}

#[tokio::test]
async fn cloud_events_come_structured_binary_and_in_batches() {
    let house = bakery().await;
    let mut data = look(&json!({}));
    data.as_object_mut().unwrap().remove("at");
    let structured = |id: &str| {
        json!({
            "specversion": "1.0", "id": id, "source": "/till/7",
            "type": "org.evenkeel.observation.v1", "time": "2026-07-04T12:00:00Z", "data": data,
        })
    };
    let one = event(
        &house,
        "application/cloudevents+json",
        &[],
        &structured("a"),
    )
    .await;
    assert_eq!(only(&one.ok())["day"], "2026-07-04");
    let batch = json!([structured("a"), structured("b")]);
    let two = event(&house, "application/cloudevents-batch+json", &[], &batch).await;
    let two = two.ok();
    assert_eq!(two["results"][0]["status"], "already_stored");
    assert_eq!(two["results"][1]["status"], "stored");
    let headers = [
        ("ce-specversion", "1.0"),
        ("ce-id", "b"),
        ("ce-source", "/till/7"),
        ("ce-type", "org.evenkeel.observation.v1"),
        ("ce-time", "2026-07-04T12:00:00Z"),
    ];
    let binary = event(&house, "application/json", &headers, &data).await;
    assert_eq!(only(&binary.ok())["status"], "already_stored");
    // Another source may use the same id.
    let mut other = structured("a");
    other["source"] = json!("/till/8");
    let other = event(&house, "application/cloudevents+json", &[], &other).await;
    assert_eq!(only(&other.ok())["status"], "stored");
    assert_eq!(july(&house).await, (3, 3));

    let mut wrong = structured("c");
    wrong["type"] = json!("com.example.other");
    let wrong = event(&house, "application/cloudevents+json", &[], &wrong).await;
    assert_eq!(only(&wrong.ok())["problems"][0]["field"], "type");
    let none = event(&house, "application/json", &[], &data).await;
    assert_eq!(none.problem(), (400, "no_cloud_event".to_owned()));
    let text = event(&house, "text/plain", &[], &data).await;
    assert_eq!(text.problem(), (415, "unsupported_media_type".to_owned()));
}

const DESK: &str = r#"
source = "zendesk"
event = "/id"
[when]
"/type" = ["zen:event-type:ticket.status_changed"]
[observation]
standard = { value = "in-line" }
unit = { at = "/detail/group_id", words = { "8447320465790" = "quay" } }
key = { at = "/detail/id" }
from = { at = "/detail/created_at" }
to = { at = "/time", when = { "/event/current" = ["SOLVED"] } }
chosen = { value = "census" }
"#;

fn ticket(id: &str, status: &str, time: &str) -> Value {
    json!({
        "type": "zen:event-type:ticket.status_changed", "id": id, "time": time,
        "zendesk_event_version": "2022-11-06",
        "detail": {"id": "5158", "group_id": "8447320465790",
                   "created_at": "2026-07-06T10:00:00Z", "status": status},
        "event": {"current": status, "previous": "OPEN"},
    })
}

#[tokio::test]
async fn a_webhook_is_read_by_its_mapping() {
    let house = bakery().await;
    let bad = house
        .ask(
            &house.administrator().await,
            Method::PUT,
            "/api/v1/hooks/desk",
            Some(&json!({"mapping": DESK.replace("key =", "kee =")})),
        )
        .await;
    assert_eq!(bad.problem(), (422, "bad_mapping".to_owned()));
    assert!(
        bad.json()["detail"]
            .as_str()
            .unwrap()
            .contains("observation.kee")
    );
    let line = DESK
        .lines()
        .position(|line| line.starts_with("key ="))
        .unwrap()
        + 1;
    assert_eq!(bad.json()["problems"][0]["line"], line);
    let made = house
        .ask(
            &house.administrator().await,
            Method::PUT,
            "/api/v1/hooks/desk",
            Some(&json!({ "mapping": DESK })),
        )
        .await
        .ok();
    let token = made["token"].as_str().unwrap().to_owned();
    let call = async |token: &str, body: &Value| {
        let request = House::from_browser(Method::POST, "/api/v1/hooks/desk")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from(body.to_string()))
            .unwrap();
        house.send(Caller::Network, request).await
    };
    let foreign = call("guess", &ticket("1", "SOLVED", "2026-07-06T10:04:00Z")).await;
    assert_eq!(foreign.problem(), (401, "wrong_token".to_owned()));
    // Open and past its time already; then solved: a later event of the same ticket.
    let open = call(&token, &ticket("1", "PENDING", "2026-07-06T10:02:00Z")).await;
    assert_eq!(only(&open.ok())["kept"], false);
    let solved = ticket("2", "SOLVED", "2026-07-06T10:04:00Z");
    assert_eq!(only(&call(&token, &solved).await.ok())["kept"], true);
    let again = call(&token, &solved).await.ok();
    assert_eq!(only(&again)["status"], "already_stored");
    assert_eq!(july(&house).await, (1, 1));
    let mut tags = ticket("3", "SOLVED", "2026-07-06T10:04:00Z");
    tags["type"] = json!("zen:event-type:ticket.tags_changed");
    assert_eq!(call(&token, &tags).await.ok()["results"], json!([]));
    let mut elsewhere = ticket("4", "SOLVED", "2026-07-06T10:04:00Z");
    elsewhere["detail"]["group_id"] = json!("77");
    let refused = call(&token, &elsewhere).await;
    assert_eq!(refused.problem(), (422, "cannot_read".to_owned()));
}

#[tokio::test]
async fn who_looks_at_their_own_units_looks_at_random_only_when_it_was_drawn() {
    let house = bakery().await;
    let (id, lead) = house
        .person("lea", &json!([{"role": "lead", "unit": "north"}]))
        .await;
    let drawn = house
        .ask(
            &lead,
            Method::GET,
            "/api/v1/looks?unit=quay&day=2026-08-15",
            None,
        )
        .await
        .ok();
    let again = house
        .ask(
            &lead,
            Method::GET,
            "/api/v1/looks?unit=quay&day=2026-08-15",
            None,
        )
        .await
        .ok();
    assert_eq!(drawn, again);
    let first = &drawn["looks"][0];
    assert_eq!(first["standard"], "in-line");
    let send = async |changes: Value| {
        let body = look(&changes);
        let answer = house.ask(&lead, Method::POST, PATH, Some(&body)).await.ok();
        only(&answer).clone()
    };
    let at = first["at"].as_str().unwrap();
    let random = json!({"at": at, "chosen": "random", "detail": {"look": first["id"]}});
    assert_eq!(send(random).await["status"], "stored");
    for changes in [
        json!({"chosen": "random"}),
        json!({"at": at, "chosen": "random", "detail": {"look": "0000"}}),
        json!({"at": "2026-08-14T12:00", "chosen": "random", "detail": {"look": first["id"]}}),
    ] {
        let refused = send(changes).await;
        assert_eq!(refused["problems"][0]["field"], "chosen", "{refused:#}");
    }
    assert_eq!(
        send(json!({"chosen": "convenience"})).await["status"],
        "stored"
    );
    let foreign = send(json!({"unit": "station", "chosen": "convenience"})).await;
    assert_eq!(foreign["problems"][0]["field"], "unit");
    assert!(!foreign.to_string().contains("market"), "{foreign:#}");
    assert!(!id.is_empty());
    let tickets: Vec<String> = (0..40).map(|number| format!("t{number}")).collect();
    let sample = house
        .post(
            "/api/v1/looks/tickets",
            &json!({"tickets": tickets, "count": 5}),
        )
        .await
        .ok();
    assert_eq!(sample["drawn"].as_array().unwrap().len(), 5);
}
