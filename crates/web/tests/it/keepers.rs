//! The pulse of the keepers: asked of people, each once a month, and shown of crowds only.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::House;

const PATH: &str = "/api/v1/pulse";
const RESULTS: &str = "/api/v1/standards/in-line/keepers";

async fn bakery() -> House {
    House::agreed().await
}

/// A member of a shop, in.
async fn member(house: &House, name: &str, unit: &str) -> (String, String) {
    let grants = json!([{"role": "member", "unit": unit}]);
    house.person(name, &grants).await
}

fn answers(unit: &str, [know, time, means, staff, want]: [&str; 5]) -> Value {
    json!({
        "party": "frontline", "unit": unit,
        "answers": [{"standard": "in-line", "know": know, "time": time, "means": means, "staff": staff, "want": want}],
    })
}

async fn say(house: &House, cookie: &str, body: &Value) -> crate::support::Answer {
    house.ask(cookie, Method::POST, PATH, Some(body)).await
}

#[tokio::test]
async fn a_member_is_asked_about_what_the_own_group_owes_once_a_month() {
    let house = bakery().await;
    let (_, cookie) = member(&house, "kim", "quay").await;
    let asked = house.ask(&cookie, Method::GET, PATH, None).await.ok();
    // One party owes standards, so that nobody has to choose.
    assert_eq!(asked["party"], "frontline");
    assert_eq!(asked["wave"], "2026-08");
    assert_eq!(asked["minimum_n"], 5);
    assert_eq!(asked["units"][0]["id"], "quay");
    assert_eq!(asked["standards"][0]["id"], "in-line");
    assert_eq!(asked["questions"].as_array().unwrap().len(), 5);
    assert_eq!(asked["answers"], json!(["yes", "partly", "no"]));

    let body = answers("quay", ["yes", "no", "yes", "partly", "partly"]);
    let said = say(&house, &cookie, &body).await.ok();
    assert_eq!(said, json!({"stored": ["in-line"], "already": []}));
    let again = say(
        &house,
        &cookie,
        &answers("quay", ["no", "yes", "no", "no", "no"]),
    )
    .await
    .ok();
    assert_eq!(again, json!({"stored": [], "already": ["in-line"]}));
    let asked = house.ask(&cookie, Method::GET, PATH, None).await.ok();
    assert_eq!(asked["answered"], 1);
    assert_eq!(asked["standards"], json!([]));
    let moved = house.office.flush_inbox().await.unwrap();
    assert_eq!((moved.answers, moved.looks), (1, 0));
}

#[tokio::test]
async fn wrong_answers_are_named_and_nothing_is_stored() {
    let house = bakery().await;
    let (_, cookie) = member(&house, "kim", "quay").await;
    let mut body = answers("quay", ["yes", "yes", "never", "yes", "yes"]);
    body["answers"][0]["know"] = json!("maybe");
    let answer = say(&house, &cookie, &body).await;
    assert_eq!(answer.problem(), (422, "bad_answers".to_owned()));
    let problems = answer.json()["problems"].clone();
    assert_eq!(problems[0]["field"], "answers[1].know");
    assert_eq!(problems[0]["found"], "maybe");
    assert_eq!(problems[1]["allowed"], "yes, partly, no");
    assert_eq!(house.office.flush_inbox().await.unwrap().answers, 0);

    let mut body = answers("quay", ["yes"; 5]);
    body["answers"][0]["standard"] = json!("nothing");
    assert_eq!(say(&house, &cookie, &body).await.problem().0, 422);
    // Another shop's answers are not mine to give, and it is not said whether it exists.
    let foreign = say(&house, &cookie, &answers("station", ["yes"; 5])).await;
    let nowhere = say(&house, &cookie, &answers("nowhere", ["yes"; 5])).await;
    assert_eq!(foreign.problem(), (404, "unknown_unit".to_owned()));
    assert_eq!(nowhere.problem(), foreign.problem());
    let unknown = json!({"party": "customer", "unit": "quay", "answers": []});
    assert_eq!(
        say(&house, &cookie, &unknown).await.problem().1,
        "unknown_party"
    );
    assert_eq!(
        house.get(PATH).await.problem(),
        (409, "no_account".to_owned())
    );
}

#[tokio::test]
async fn what_is_said_is_shown_of_five_or_more_and_by_way_of_a_release() {
    let house = bakery().await;
    let said = [
        ["yes", "yes", "yes", "no", "yes"],
        ["yes", "no", "yes", "yes", "yes"],
        ["partly", "no", "yes", "yes", "yes"],
        ["yes", "partly", "no", "yes", "no"],
        ["no", "yes", "no", "no", "partly"],
        ["yes", "yes", "yes", "yes", "yes"],
        ["yes", "yes", "yes", "yes", "no"],
    ];
    for (place, said) in said.iter().enumerate() {
        let (_, cookie) = member(&house, &format!("kim{place}"), "quay").await;
        say(&house, &cookie, &answers("quay", *said)).await.ok();
        if place == 3 {
            house.office.flush_inbox().await.unwrap();
            house
                .post("/api/v1/releases", &json!({"reason": "early"}))
                .await
                .ok();
            let few = house.get(RESULTS).await.ok();
            assert_eq!(few["shares"][0]["latest"]["status"], "hidden", "{few:#}");
        }
    }
    house.office.flush_inbox().await.unwrap();
    // A server does it every quarter of an hour.
    house.office.tidy().await;
    let shown = house.get(&format!("{RESULTS}?unit=quay")).await.ok();
    assert_eq!(shown["party"]["id"], "frontline");
    assert_eq!(shown["period"]["id"], "2026-q3");
    let value = |share: &str| {
        let all = shown["shares"].as_array().unwrap();
        let found = all.iter().find(|one| one["asks"] == share).unwrap();
        let latest = &found["latest"];
        (
            latest["n"].as_u64().unwrap(),
            latest["value"].as_f64().unwrap(),
        )
    };
    for (share, hits) in [
        ("know", 5.0),
        ("time", 4.0),
        ("means", 5.0),
        ("staff", 5.0),
        ("want", 4.0),
    ] {
        let (n, value) = value(share);
        assert_eq!(n, 7);
        assert!((value - hits / 7.0).abs() < 1e-12, "{share}: {value}");
    }
    // They stand with their standard, not among the organisation's own indicators.
    let organisation = house.get("/api/v1/organisation").await.ok();
    let indicators = organisation["indicators"].to_string();
    assert!(!indicators.contains("keepers-"), "{indicators}");
    let estimates = house
        .get("/api/v1/estimates?indicator=keepers-time-in-line")
        .await
        .ok();
    assert_eq!(estimates["rows"][0]["estimate"]["n"], 7);
}

#[tokio::test]
async fn who_said_what_stands_nowhere_beside_a_name() {
    let house = bakery().await;
    let (account, cookie) = member(&house, "kim", "quay").await;
    say(
        &house,
        &cookie,
        &answers("quay", ["partly", "no", "no", "no", "no"]),
    )
    .await
    .ok();
    house.office.flush_inbox().await.unwrap();
    let folder = house.folder.path().to_owned();
    house.office.close().await.unwrap();
    let mut seen = 0;
    for path in files_below(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.display().to_string();
        if name.contains("responses_keepers-frontline") && name.ends_with(".parquet") {
            seen += 1;
            let has = |what: &str| {
                bytes
                    .windows(what.len())
                    .any(|part| part == what.as_bytes())
            };
            assert!(has("partly"));
            assert!(!has(&account) && !has("kim"), "{name}");
        }
    }
    assert_eq!(seen, 1);
}

fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
