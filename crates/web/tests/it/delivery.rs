//! Delivery over time: the register, a chart with its signals, who is protected, what is asked for.
//!
//! Known truths: for thirteen months Quay and Arches serve 90 to 94 of 100 in time; in the
//! fourteenth, June 2026, Quay serves 60. The kiosk has three people.

use std::fmt::Write as _;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::files::LINE_MAPPING;
use crate::support::{House, files};

const MONTHS: [&str; 14] = [
    "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12",
    "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06",
];

/// Looks at 100 guests a month and shop: so many wait two minutes, the others seven and a half.
fn looks(shop: &str, in_time: impl Fn(usize) -> usize) -> String {
    let mut csv = String::from("shop,at,minutes\n");
    for (place, month) in MONTHS.iter().enumerate() {
        for guest in 0..100 {
            let minutes = if guest < in_time(place) { "2" } else { "7.5" };
            // Ten guests a day for ten days, from eight o'clock on.
            let (day, hour) = (1 + guest % 10, 8 + guest / 10);
            writeln!(csv, "{shop},{month}-{day:02}T{hour:02}:00,{minutes}").unwrap();
        }
    }
    csv
}

/// 90, 92, 94, 90, …
fn usual(place: usize) -> usize {
    90 + 2 * (place % 3)
}

async fn house() -> House {
    let mut files = files();
    let units = files.get_mut("units.toml").unwrap();
    *units = units
        .replace("id = \"kiosk\"\n", "id = \"kiosk\"\npeople = 3\n")
        .replace("id = \"cart\"\n", "id = \"cart\"\npeople = 4\n")
        .replace("id = \"quay\"\n", "id = \"quay\"\npeople = 9\n");
    let house = House::empty().await;
    let agreed = json!({"files": files, "reason": "first", "valid_from": "2025-01-01"});
    house.post("/api/v1/foundation/apply", &agreed).await.ok();
    for (shop, csv) in [
        (
            "quay",
            looks("quay", |place| if place == 13 { 60 } else { usual(place) }),
        ),
        ("arches", looks("arches", usual)),
        ("kiosk", looks("kiosk", usual)),
    ] {
        let ended = house
            .import(&format!("{shop}.csv"), &csv, LINE_MAPPING)
            .await;
        assert_eq!(ended["status"], "done", "{ended:#}");
    }
    house
}

fn ids<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    let list = list.as_array().unwrap();
    list.iter()
        .map(|entry| entry[key].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_register_has_verdict_and_way_of_every_standard() {
    let house = house().await;
    let page = house.get("/api/v1/standards").await.ok();
    assert_eq!(page["period"]["id"], "2026-06");
    let row = &page["standards"][0];
    assert_eq!(row["standard"]["id"], "in-line");
    assert_eq!(
        (&row["version"], &row["retired"]),
        (&json!(1), &json!(false))
    );
    // 60 + 92 + 92 of 300 against 90 %.
    assert_eq!(row["verdict"]["outcome"], "not_met");
    assert_eq!(row["verdict"]["share"]["n"], 300);
    assert_eq!(row["trend"].as_array().unwrap().len(), 13);
    let earlier = house.get("/api/v1/standards?period=2025-07").await.ok();
    assert_eq!(earlier["standards"][0]["verdict"]["outcome"], "met");
    assert_eq!(
        earlier["standards"][0]["trend"].as_array().unwrap().len(),
        3
    );
    let before = house.get("/api/v1/standards?period=2024-07").await.ok();
    let none = &before["standards"][0]["verdict"];
    assert_eq!(
        (&none["outcome"], &none["reason"]),
        (&json!("none"), &json!("no_looks"))
    );
}

#[tokio::test]
async fn a_chart_flags_the_month_that_is_unlike_the_others() {
    let house = house().await;
    let chart = house
        .get("/api/v1/standards/in-line/chart?unit=quay")
        .await
        .ok();
    assert_eq!(
        (&chart["chart"], &chart["because"]),
        (&json!("p"), &json!("shares"))
    );
    let points = chart["points"].as_array().unwrap();
    assert_eq!(points.len(), 14);
    let last = &points[13];
    assert_eq!(
        (&last["rule"], &last["meaning"]),
        (&json!("beyond"), &json!("worse"))
    );
    assert!(last["estimate"]["value"].as_f64().unwrap() < last["lower"].as_f64().unwrap());
    let beyond: Vec<&Value> = chart["signals"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|signal| signal["rule"] == "beyond")
        .collect();
    assert_eq!(beyond.len(), 1);
    assert_eq!(beyond[0]["from"]["id"], "2026-06");
    assert_eq!(chart["segments"][0]["maturity"], "settling");
    let alarms = &chart["false_alarms"]["share"];
    assert!(alarms["value"].as_f64().unwrap() > 0.05 && alarms["n"] == 10_000);
    // Other rules, other charts, other numbers.
    let limits = house
        .get("/api/v1/standards/in-line/chart?unit=quay&rules=limits&chart=cusum")
        .await
        .ok();
    assert_eq!(limits["chart"], "cusum");
    assert!(limits["run_length"].as_f64().unwrap() > 400.0);
    let values = house
        .get("/api/v1/standards/in-line/chart?unit=quay&of=value")
        .await
        .ok();
    assert_eq!(
        (&values["chart"], &values["because"]),
        (&json!("xmr"), &json!("large_subgroups"))
    );
    assert_eq!(values["capability"]["why"], "one_sided");
    let refused = house
        .get("/api/v1/standards/in-line/chart?unit=quay&chart=xbar_s")
        .await
        .ok();
    assert_eq!(
        refused["refused"],
        json!({"chart": "xbar_s", "reason": "needs_values"})
    );
    let gaps = house
        .get("/api/v1/standards/in-line/chart?unit=quay&chart=g")
        .await
        .ok();
    assert_eq!(gaps["chart"], "g");
    let problem = house
        .get("/api/v1/standards/in-line/chart?rules=mine")
        .await;
    assert_eq!(problem.problem(), (400, "bad_word".to_owned()));
    let problem = house.get("/api/v1/standards/other/chart").await;
    assert_eq!(problem.problem(), (404, "unknown_standard".to_owned()));
}

#[tokio::test]
async fn a_small_team_is_shown_by_week_and_one_level_up() {
    let house = house().await;
    let chart = house
        .get("/api/v1/standards/in-line/chart?unit=kiosk&by=day")
        .await
        .ok();
    assert_eq!(chart["unit"]["id"], "south");
    assert_eq!(chart["granularity"], "week");
    assert_eq!(chart["protection"]["reason"], "small_team");
    // Nobody said how many people the arches are.
    let chart = house
        .get("/api/v1/standards/in-line/chart?unit=arches&by=day")
        .await
        .ok();
    assert_eq!(
        (&chart["unit"]["id"], &chart["granularity"]),
        (&json!("arches"), &json!("week"))
    );
    let chart = house
        .get("/api/v1/standards/in-line/chart?unit=quay&by=day")
        .await
        .ok();
    assert_eq!(
        (&chart["granularity"], &chart["protection"]),
        (&json!("day"), &Value::Null)
    );
    // Every outlet: the indicator of the same looks says nothing about the kiosk either.
    let rows = house
        .get("/api/v1/estimates?indicator=line-short&by=unit:shop")
        .await
        .ok();
    for row in rows["rows"].as_array().unwrap() {
        let hidden = row["estimate"]["status"] == "hidden";
        assert_eq!(hidden, row["unit"] == "kiosk", "{row:#}");
    }
    let page = house
        .get("/api/v1/standards/verdicts?level=shop&period=2026-06")
        .await
        .ok();
    assert_eq!(
        ids(&page["units"], "id"),
        ["arches", "quay", "cart", "kiosk", "market", "station"]
    );
    let cell = |unit: &str| {
        let cells = page["cells"].as_array().unwrap();
        cells.iter().find(|cell| cell["unit"] == unit).unwrap()["verdict"].clone()
    };
    assert_eq!(cell("quay")["outcome"], "not_met");
    assert_eq!(cell("arches")["outcome"], "undecided");
    let hidden = cell("kiosk");
    assert_eq!(
        (&hidden["outcome"], &hidden["reason"]),
        (&json!("none"), &json!("small_team"))
    );
    assert_eq!(hidden["share"].get("n"), None);
}

#[tokio::test]
async fn a_signal_opens_one_draft() {
    let house = house().await;
    let cases = house.get("/api/v1/cases").await.ok();
    let known = |cases: &Value| -> Vec<(Value, Value, Value)> {
        let cases = cases["cases"].as_array().unwrap();
        let mut known: Vec<_> = cases
            .iter()
            .map(|case| {
                (
                    case["unit"]["id"].clone(),
                    case["rule"].clone(),
                    case["points"][0].clone(),
                )
            })
            .collect();
        known.sort_by_key(|(unit, rule, _)| (unit.to_string(), rule.to_string()));
        known
    };
    let quay = (json!("quay"), json!("beyond"), json!("2026-06"));
    assert!(known(&cases).contains(&quay), "{cases:#}");
    assert!(
        known(&cases)
            .iter()
            .all(|(unit, ..)| unit != "arches" && unit != "kiosk")
    );
    // Another import computes everything again.
    let again = house
        .import("more.csv", &looks("market", usual), LINE_MAPPING)
        .await;
    assert_eq!(again["status"], "done");
    let later = known(&house.get("/api/v1/cases").await.ok());
    assert_eq!(later.iter().filter(|case| **case == quay).count(), 1);
}

#[tokio::test]
async fn owners_take_a_case_on_and_close_it() {
    let house = house().await;
    let cases = house.get("/api/v1/cases").await.ok();
    let case = &cases["cases"][0];
    assert_eq!(
        (&case["state"], &case["owner"], &case["steps"]),
        (&json!("draft"), &json!("counter"), &json!([]))
    );
    let path = format!("/api/v1/cases/{}/steps", case["id"].as_str().unwrap());
    let step = |step: &str, words: &str| json!({"step": step, "words": words});
    let (_, lead) = house
        .person("lea", &json!([{"role": "lead", "unit": "north"}]))
        .await;
    let refused = house
        .ask(&lead, Method::POST, &path, Some(&step("take", "")))
        .await;
    assert_eq!(refused.problem(), (403, "not_allowed".to_owned()));
    let (_, owner) = house
        .person("dee", &json!([{"role": "designer", "team": "counter"}]))
        .await;
    let ask = async |step: Value| house.ask(&owner, Method::POST, &path, Some(&step)).await;
    // Nobody looked into it yet.
    let early = ask(step("close", "the till is mended")).await;
    assert_eq!(early.problem(), (409, "step_does_not_follow".to_owned()));
    let taken = ask(step("take", "")).await.ok();
    assert_eq!(
        (&taken["state"], &taken["may_step"]),
        (&json!("open"), &json!(true))
    );
    assert_eq!(
        ask(step("close", " ")).await.problem(),
        (400, "no_words".to_owned())
    );
    ask(step("close", "the till is mended")).await.ok();
    let listed = house.get("/api/v1/cases").await.ok();
    assert_eq!(listed["cases"][0]["state"], "closed");
    assert_eq!(ids(&listed["cases"][0]["steps"], "step"), ["take", "close"]);
    assert_eq!(
        listed["cases"][0]["steps"][1]["words"],
        "the till is mended"
    );
    let nowhere = house
        .ask(
            &owner,
            Method::POST,
            "/api/v1/cases/none/steps",
            Some(&step("take", "")),
        )
        .await;
    assert_eq!(nowhere.problem(), (404, "unknown_case".to_owned()));
}

#[tokio::test]
async fn a_person_declares_which_time_is_normal() {
    let house = house().await;
    let path = "/api/v1/standards/in-line/baselines";
    let new = json!({"unit": "quay", "from": "2025-05-01", "to": "2025-12-31",
                     "author": "ilse", "reason": "before the new till"});
    let declared = house.post(path, &new).await;
    assert_eq!(declared.status, StatusCode::CREATED);
    let listed = house.get(path).await.ok();
    assert_eq!(listed["baselines"][0]["reason"], "before the new till");
    assert_eq!(listed["baselines"][0]["at"], "2026-08-15T10:00:00Z");
    let chart = house
        .get("/api/v1/standards/in-line/chart?unit=quay")
        .await
        .ok();
    let segment = &chart["segments"][0];
    assert_eq!(
        (&segment["cause"], &segment["baseline_points"]),
        (&json!("baseline"), &json!(8))
    );
    assert_eq!(segment["maturity"], "provisional");
    // Its days make the limits where they are not shown, too.
    let later = house
        .get("/api/v1/standards/in-line/chart?unit=quay&from=2026-03-01")
        .await
        .ok();
    assert_eq!(later["points"].as_array().unwrap().len(), 4);
    assert_eq!(later["segments"][0]["baseline_points"], 8);
    assert_eq!(later["points"][3]["lower"], chart["points"][13]["lower"]);
    assert_ne!(later["points"][3]["lower"], Value::Null);
    // Other days can be tried without saying so.
    let tried = "normal_from=2025-06-01&normal_to=2025-08-31";
    let tried = house
        .get(&format!(
            "/api/v1/standards/in-line/chart?unit=quay&{tried}"
        ))
        .await
        .ok();
    assert_eq!(tried["segments"][1]["baseline_points"], 3);
    assert_eq!(house.get(path).await.ok(), listed);
    let half = house
        .get("/api/v1/standards/in-line/chart?normal_from=2025-06-01")
        .await;
    assert_eq!(half.problem(), (400, "bad_word".to_owned()));
    // It is for that unit alone.
    let whole = house.get("/api/v1/standards/in-line/chart").await.ok();
    assert_eq!(whole["segments"][0]["cause"], "start");
    let unsound = json!({"from": "2026-02-01", "to": "2026-01-01", "reason": " "});
    let problem = house.post(path, &unsound).await;
    assert_eq!(problem.problem(), (422, "unsound_baseline".to_owned()));
    assert_eq!(ids(&problem.json()["problems"], "field"), ["to", "reason"]);
}

#[tokio::test]
async fn deviations_and_spread() {
    let house = house().await;
    let page = house
        .get("/api/v1/standards/in-line/deviations?unit=quay&from=2026-06-01&to=2026-06-30")
        .await
        .ok();
    assert_eq!(
        (&page["looks"], &page["deviated"]),
        (&json!(100), &json!(40))
    );
    let line = &page["deviations"][0];
    assert_eq!(
        (&line["kind"], &line["count"]),
        (&json!("over_time"), &json!(40))
    );
    assert_eq!(line["share"]["value"], 0.4);
    assert_eq!(line["cumulative"], 1.0);
    assert_eq!(page["extras"], json!([]));
    let spread = house
        .get("/api/v1/standards/in-line/consistency")
        .await
        .ok();
    assert_eq!(spread["level"], "shop");
    assert_eq!(spread["between_units"]["groups"], 3);
    // Guests of the later hours are those who wait: eight to seventeen o'clock, ten hours.
    assert_eq!(spread["between_hours"]["groups"], 10);
    let hours = &spread["between_hours"]["spread"];
    assert!(
        hours["interval"]["lower"].as_f64().unwrap() > 0.1,
        "{hours:#}"
    );
    assert_eq!(spread["between_weekdays"]["groups"], 7);
    assert_eq!(spread["without_time"], 0);
}

#[tokio::test]
async fn an_indicator_has_a_chart_of_its_estimates() {
    let house = House::measured().await;
    let chart = house
        .get("/api/v1/indicators/guest-nps/chart?by=quarter")
        .await
        .ok();
    assert_eq!(
        (&chart["chart"], &chart["indicator"]["id"]),
        (&json!("xmr"), &json!("guest-nps"))
    );
    assert_eq!(chart["points"].as_array().unwrap().len(), 4);
    // All quarters alike: a picture without limits, and why.
    assert_eq!(
        chart["segments"][0]["no_limits"],
        json!({"reason": "zero_variance"})
    );
    let problem = house.get("/api/v1/indicators/none/chart").await;
    assert_eq!(problem.problem(), (404, "unknown_indicator".to_owned()));
}

#[tokio::test]
async fn looks_that_come_in_one_by_one_open_a_draft_once() {
    let house = house().await;
    let drafts = async || {
        let cases = house.get("/api/v1/cases").await.ok();
        let all = cases["cases"].as_array().unwrap().clone();
        let arches = |case: &&Value| case["unit"]["id"] == "arches";
        all.iter().filter(arches).count()
    };
    assert_eq!(drafts().await, 0);
    // July at Arches: of a hundred, thirty in time.
    let looks: Vec<Value> = (0..100)
        .map(|guest| {
            let value = if guest < 30 { 120.0 } else { 450.0 };
            json!({
                "standard": "in-line", "unit": "arches", "value": value, "chosen": "census",
                "at": format!("2026-07-{:02}T12:00:00Z", 1 + guest % 28), "key": format!("g{guest}"),
            })
        })
        .collect();
    house
        .post("/api/v1/observations", &Value::Array(looks))
        .await
        .ok();
    house.office.flush_inbox().await.unwrap();
    house.office.tidy().await;
    assert_eq!(drafts().await, 1);
    house.office.tidy().await;
    assert_eq!(drafts().await, 1);
}

#[tokio::test]
async fn a_raters_part_of_a_thing_is_no_look_that_nobody_knows() {
    let mut files = files();
    let anchors = [1, 2, 3]
        .map(|score| format!("[[requirement.anchors]]\nscore = {score}\ntitle = \"{score}\"\n"));
    let anchors = anchors.concat();
    files.insert(
        "standards/welcome.toml".to_owned(),
        format!(
            "id = \"welcome\"\ntitle = \"A warm welcome\"\ndimension = \"tone\"\ntouchpoint = \"line\"\n\
             owner = \"counter\"\nowed_by = \"frontline\"\nowed_to = \"customer\"\ntarget = 0.5\n\
             [requirement]\nkind = \"rubric\"\nraters = 2\npass_from = 2\n{anchors}"
        ),
    );
    let house = House::empty().await;
    let agreed = json!({"files": files, "reason": "first", "valid_from": "2025-01-01"});
    house.post("/api/v1/foundation/apply", &agreed).await.ok();
    let look = |subject: &str, raters: &[&str], channel: &str| {
        let scores = raters
            .iter()
            .map(|rater| json!({"rater": rater, "score": 3}));
        json!({
            "standard": "welcome", "unit": "quay", "at": "2026-06-03T12:00:00Z",
            "chosen": "census", "subject": subject, "channel": channel,
            "scores": scores.collect::<Vec<_>>(),
        })
    };
    let looks = json!([
        look("table 1", &["An", "Bo"], "floor"),
        look("table 2", &["An", "Bo"], "floor"),
        // Waits for a second rater.
        look("table 3", &["An"], "floor"),
        look("film 1", &["An", "Bo"], "calibration"),
    ]);
    let sent = house.post("/api/v1/observations", &looks).await.ok();
    let stored = sent["results"].as_array().unwrap();
    assert!(
        stored.iter().all(|one| one["status"] == "stored"),
        "{sent:#}"
    );
    house.office.flush_inbox().await.unwrap();
    let page = house.get("/api/v1/standards?period=2026-06").await.ok();
    let rows = page["standards"].as_array().unwrap();
    let welcome = rows
        .iter()
        .find(|row| row["standard"]["id"] == "welcome")
        .unwrap();
    let verdict = &welcome["verdict"];
    assert_eq!(verdict["share"]["n"], 2, "{verdict:#}");
    assert_eq!(verdict["not_known"], 1, "{verdict:#}");
}
