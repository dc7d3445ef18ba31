//! Judging stored looks again: first what would change, then for good, by owners alone, and written
//! down.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, House, files};

const STANDARD: &str = "/api/v1/standards/in-line";
const REASSESS: &str = "/api/v1/standards/in-line/reassess";
const LIST: &str = "/api/v1/standards/in-line/reassessments";

/// Ten looks of a file and two that came in by themselves, all judged by five minutes; then the
/// register is corrected: seven were meant from June on.
async fn corrected() -> (House, String) {
    let house = House::empty().await;
    let mut files = files();
    let units = files.get_mut("units.toml").unwrap();
    *units = units
        .replace("id = \"kiosk\"\n", "id = \"kiosk\"\npeople = 3\n")
        .replace("id = \"quay\"\n", "id = \"quay\"\npeople = 9\n");
    let teams = files.get_mut("teams.toml").unwrap();
    teams.push_str("[[team]]\nid = \"oven\"\ntitle = \"Oven\"\nmembers = [\"Eve\"]\n");
    let body = json!({"files": files, "reason": "first", "valid_from": "2026-01-01"});
    house.post("/api/v1/foundation/apply", &body).await.ok();
    let mut text = "shop,day,s\n".to_owned();
    for seconds in [100, 200, 301, 330, 360, 390, 420, 421, 500, 600] {
        text.push_str(&format!("quay,2026-06-{:02},{seconds}\n", seconds % 28 + 1));
    }
    store(&house, "looks.csv", &text).await;
    let looks = json!([
        {"standard": "in-line", "unit": "arches", "chosen": "random", "key": "a",
         "at": "2026-07-03T12:00:00Z", "value": 400.0, "extras": ["a word"]},
        {"standard": "in-line", "unit": "quay", "chosen": "random", "key": "b",
         "at": "2026-05-03T12:00:00Z", "value": 400.0},
        {"standard": "in-line", "unit": "quay", "chosen": "census", "key": "c",
         "at": "2026-07-03T12:00:00Z", "kept": false},
    ]);
    house.post("/api/v1/observations", &looks).await.ok();
    let grants = json!([{"role": "designer", "team": "counter"}]);
    let (_, owner) = house.person("dee", &grants).await;
    let shown = house.get(STANDARD).await.ok();
    let text = shown["text"].as_str().unwrap();
    let change = json!({
        "text": text.replace("within = \"5min\"", "within = \"7min\""),
        "reason": "seven were meant", "valid_from": "2026-06-01",
    });
    house
        .ask(&owner, Method::PUT, STANDARD, Some(&change))
        .await
        .ok();
    (house, owner)
}

async fn store(house: &House, name: &str, text: &str) {
    let path = house.folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let mapping = "kind = \"observations\"\n[unit]\ncolumn = \"shop\"\n[time]\ncolumn = \"day\"\n\
        [observation]\nstandard = \"in-line\"\nvalue = \"s\"\nunit_of_value = \"seconds\"\n\
        chosen = \"census\"\n";
    let body = json!({"path": path, "kind": "observations", "mapping": mapping});
    let started = house.post("/api/v1/imports", &body).await.ok();
    let import = format!("/api/v1/imports/{}", started["import"].as_str().unwrap());
    loop {
        let state = house.get(&import).await.ok();
        match state["status"].as_str() {
            Some("queued" | "running") => tokio::task::yield_now().await,
            Some("done") => return,
            _ => panic!("{state:#}"),
        }
    }
}

async fn ask(house: &House, cookie: &str, body: Value) -> Answer {
    house.ask(cookie, Method::POST, REASSESS, Some(&body)).await
}

/// Kept and known looks of the chart, and the snapshot that they were counted from.
async fn delivery(house: &House) -> (u64, u64, String) {
    let found = house.get(&format!("{STANDARD}/deviations")).await.ok();
    let count = |name: &str| found[name].as_u64().unwrap();
    let snapshot = found["snapshot"].as_str().unwrap().to_owned();
    (count("looks") - count("deviated"), count("looks"), snapshot)
}

#[tokio::test]
async fn first_what_would_change_then_for_good_then_nothing_more() {
    let (house, owner) = corrected().await;
    house.office.flush_inbox().await.unwrap();
    let before = delivery(&house).await;
    assert_eq!((before.0, before.1), (2, 13));
    let dry = ask(&house, &owner, json!({"dry_run": true})).await.ok();
    assert_eq!(dry["id"], Value::Null);
    let counts = &dry["counts"];
    // 301..=420 of the file and the one of July are kept after all; the one of May is not.
    assert_eq!(counts["looks"], 13);
    assert_eq!(counts["changes"]["not_kept_to_kept"], 6);
    assert_eq!(counts["changes"]["otherwise"], 5);
    assert_eq!(counts["unchanged"], 1);
    assert_eq!(
        counts["not_judged"],
        json!([{"reason": "person", "looks": 1}])
    );
    assert_eq!(
        counts["versions"],
        json!([{"then": 1, "now": 1, "looks": 1, "changed": 0},
               {"then": 1, "now": 2, "looks": 11, "changed": 11}])
    );
    assert_eq!(
        counts["before"],
        json!({"kept": 2, "n": 13, "not_known": 0})
    );
    assert_eq!(counts["after"], json!({"kept": 8, "n": 13, "not_known": 0}));
    // A share comes with its n, interval and snapshot.
    assert_eq!(dry["after"]["n"], 13);
    assert_eq!(dry["after"]["interval"]["method"], "wilson");
    assert_eq!(dry["after"]["snapshot"], before.2);
    // Nothing was changed by looking.
    assert_eq!(delivery(&house).await, before);
    let listed = house.get(LIST).await.ok();
    assert_eq!(listed, json!({"reassessments": [], "running": null}));
    let wanted = json!({"reason": " seven were meant "});
    let done = ask(&house, &owner, wanted.clone()).await.ok();
    assert_eq!(done["counts"], dry["counts"]);
    let after = delivery(&house).await;
    assert_eq!((after.0, after.1), (8, 13));
    assert_ne!(after.2, before.2);
    let again = ask(&house, &owner, wanted).await.ok();
    assert_eq!(again["counts"]["changed"], 0);
    assert_eq!(delivery(&house).await, after);
    let listed = house.get(LIST).await.ok();
    let listed = listed["reassessments"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[1]["id"], done["id"]);
    assert_eq!(listed[1]["reason"], "seven were meant");
    assert_eq!(listed[1]["author"], "dee <dee@example.org>");
    assert_eq!(listed[1]["state"], "done");
    assert_eq!(listed[1]["counts"], done["counts"]);
    // Found later by whoever looks for it, also after a restart.
    let audit = house.get("/api/v1/audit").await.ok();
    let entry = &audit["entries"][1];
    assert_eq!(entry["action"], "standard.reassess");
    assert_eq!(entry["subject"], "standard/in-line");
    assert_eq!(entry["detail"]["changed"], 11);
    assert_eq!(entry["detail"]["reason"], "seven were meant");
    let house = house.reopen().await;
    assert_eq!(delivery(&house).await.0, 8);
    assert_eq!(
        house.get(LIST).await.ok()["reassessments"][1]["id"],
        done["id"]
    );
}

#[tokio::test]
async fn only_the_days_and_the_unit_that_are_named() {
    let (house, owner) = corrected().await;
    let july = json!({"dry_run": true, "from": "2026-07-01", "to": "2026-07-31"});
    let found = ask(&house, &owner, july).await.ok();
    assert_eq!(found["counts"]["looks"], 2);
    let quay = json!({"reason": "quay first", "unit": "quay", "to": "2026-06-30"});
    let found = ask(&house, &owner, quay).await.ok();
    assert_eq!(found["counts"]["looks"], 11);
    assert_eq!(found["counts"]["changes"]["not_kept_to_kept"], 5);
    // The rest is still to be done.
    let rest = ask(&house, &owner, json!({"dry_run": true})).await.ok();
    assert_eq!(rest["counts"]["changed"], 1);
    let listed = house.get(LIST).await.ok();
    let one = &listed["reassessments"][0];
    assert_eq!(
        (&one["unit"], &one["to"]),
        (&json!("quay"), &json!("2026-06-30"))
    );
}

#[tokio::test]
async fn what_is_refused_says_why() {
    let (house, owner) = corrected().await;
    let problem = async |body| ask(&house, &owner, body).await.problem();
    let refused = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(
        problem(json!({"reason": " "})).await,
        refused(400, "no_reason")
    );
    let days = json!({"dry_run": true, "from": "2026-07-01", "to": "2026-06-01"});
    assert_eq!(problem(days).await, refused(400, "bad_range"));
    let atlantis = json!({"dry_run": true, "unit": "atlantis"});
    assert_eq!(problem(atlantis).await, refused(404, "unknown_unit"));
    // Three people's work is not counted apart, nor a day of people of whom nobody said how many.
    let kiosk = json!({"dry_run": true, "unit": "kiosk"});
    assert_eq!(problem(kiosk).await, refused(422, "small_team"));
    let day = json!({"dry_run": true, "unit": "arches", "from": "2026-07-03", "to": "2026-07-03"});
    assert_eq!(problem(day).await, refused(422, "too_few_days"));
    let path = "/api/v1/standards/in-lime/reassess";
    let unknown = house
        .ask(&owner, Method::POST, path, Some(&json!({"dry_run": true})))
        .await;
    assert_eq!(unknown.problem(), refused(404, "unknown_standard"));
}

#[tokio::test]
async fn only_the_owners_do_it_and_others_see_that_it_was_done() {
    let (house, owner) = corrected().await;
    let reason = json!({"reason": "seven were meant"});
    let administrator = house.administrator().await;
    // An administrator does not change standards, so neither their judgements.
    let refused = ask(&house, &administrator, reason.clone()).await;
    assert_eq!(refused.problem().0, 403);
    let grants = json!([{"role": "designer", "team": "oven"}]);
    let (_, other) = house.person("eve", &grants).await;
    let refused = ask(&house, &other, json!({"dry_run": true})).await;
    assert_eq!(refused.problem(), (403, "not_owner".to_owned()));
    ask(&house, &owner, reason).await.ok();
    let grants = json!([{"role": "lead", "unit": "quay"}]);
    let (_, lead) = house.person("lou", &grants).await;
    let listed = house.ask(&lead, Method::GET, LIST, None).await.ok();
    let one = &listed["reassessments"][0];
    assert_eq!(one["author"], "dee <dee@example.org>");
    // What it changed everywhere is not a result of the lead's own unit.
    assert_eq!(one["counts"], Value::Null);
    let nobody = house.ask("", Method::GET, LIST, None).await;
    assert_eq!(nobody.status, 401);
}

#[tokio::test]
async fn nothing_was_ever_seen() {
    let house = House::agreed().await;
    let found = house.post(REASSESS, &json!({"reason": "to be sure"})).await;
    assert_eq!(found.ok()["counts"]["looks"], 0);
    let listed = house.get(LIST).await.ok();
    assert_eq!(listed["reassessments"][0]["state"], "done");
}
