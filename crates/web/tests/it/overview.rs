//! The home page over a bakery whose truths are known (see `files`).

use serde_json::{Value, json};

use crate::support::House;

fn find<'a>(list: &'a Value, key: &str, value: &str) -> &'a Value {
    list.as_array()
        .unwrap()
        .iter()
        .find(|entry| entry.pointer(key).is_some_and(|found| found == value))
        .unwrap_or_else(|| panic!("no {key} = {value} in {list:#}"))
}

#[tokio::test]
async fn opens_at_the_latest_quarter_that_is_over_and_at_the_finest_level() {
    let house = House::measured().await;
    let page = house.get("/api/v1/overview").await.ok();
    assert_eq!(page["period"]["id"], "2026-q2");
    assert_eq!(page["opened"]["period_reason"], "latest_complete");
    let labels: Vec<_> = page["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["id"])
        .collect();
    assert_eq!(labels, ["2026-q2", "2026-q1", "2025-q4", "2025-q3"]);
    assert_eq!(page["level"], "shop");
    assert_eq!(page["opened"]["reason"], "finest_level_with_results");
    assert_eq!(
        (
            &page["opened"]["units_shown"],
            &page["opened"]["units_total"]
        ),
        (&json!(3), &json!(6))
    );
    assert_eq!(
        page["granularities"],
        json!(["month", "quarter", "year", "all"])
    );
}

#[tokio::test]
async fn units_stand_where_they_stand_and_are_not_ranked() {
    let house = House::measured().await;
    let page = house.get("/api/v1/overview").await.ok();
    let alignment = &page["alignment"];
    let units = alignment["units"].as_array().unwrap();
    let titles: Vec<_> = units
        .iter()
        .map(|unit| unit["title"]["und"].clone())
        .collect();
    assert_eq!(
        titles,
        ["Arches", "Cart", "Kiosk", "Market", "Quay", "Station"]
    );
    let standing: Vec<_> = units.iter().map(|unit| unit["quadrant"].clone()).collect();
    let hidden = "not_shown";
    assert_eq!(
        standing,
        ["customers_only", hidden, hidden, "neither", "both", hidden]
    );
    assert_eq!(alignment["counts"]["not_shown"], 3);
    assert_eq!(
        alignment["cuts"]["internal"],
        json!({"value": 6.0, "origin": "target"})
    );
    assert_eq!(alignment["units_compared"], 3);
    let level = alignment["interval_level"].as_f64().unwrap();
    assert!((level - (1.0 - 0.05 / 3.0)).abs() < 1e-12, "{level}");
}

#[tokio::test]
async fn the_size_of_a_hidden_group_is_nowhere_to_be_read() {
    let house = House::measured().await;
    let page = house.get("/api/v1/overview").await.ok();
    let station = find(&page["alignment"]["units"], "/unit", "station");
    let hidden = json!({"reason": "below_minimum_n", "minimum_n": 5});
    assert_eq!(station["internal"]["status"], "hidden");
    assert_eq!(station["internal"]["reason"], hidden);

    let by_shop = house
        .get("/api/v1/estimates?indicator=team-happy&by=unit:shop,quarter")
        .await
        .ok();
    for row in by_shop["rows"].as_array().unwrap() {
        let shown = ["arches", "market", "quay"].contains(&row["unit"].as_str().unwrap());
        let keys: Vec<_> = row["estimate"].as_object().unwrap().keys().collect();
        assert_eq!(keys.iter().any(|key| *key == "n"), shown, "{row:#}");
        if !shown {
            assert_eq!(keys, ["status", "reason", "snapshot"]);
        }
    }
    let trends = house.get("/api/v1/units/station/trends").await.ok();
    let team = find(&trends["parties"], "/party/id", "frontline");
    for point in team["indicators"][0]["trend"].as_array().unwrap() {
        assert_eq!(point["estimate"]["status"], "hidden");
        assert_eq!(point["estimate"].get("n"), None);
    }
}

#[tokio::test]
async fn every_party_has_a_chair_and_an_empty_one_is_seen() {
    let house = House::measured().await;
    let page = house.get("/api/v1/overview").await.ok();
    let team = find(&page["parties"], "/party/id", "frontline");
    assert_eq!(team["heard"], true);
    assert_eq!(
        (&team["response"]["invited"], &team["response"]["responded"]),
        (&json!(96.0), &json!(48.0))
    );
    assert_eq!(team["response"]["rate"]["status"], "estimate");
    let happy = &team["indicators"][0];
    assert_eq!(happy["trend"].as_array().unwrap().len(), 4);
    assert_eq!(happy["change"]["value"], 0.0);
    assert!(happy["change"]["interval"]["lower"].as_f64().unwrap() < 0.0);

    let office = find(&page["parties"], "/party/id", "back_office");
    assert_eq!(office["heard"], false);
    assert_eq!(office["response"]["invited"], json!(null));
    assert_eq!(office["indicators"][0]["estimate"]["status"], "undefined");
}

#[tokio::test]
async fn employees_are_compared_by_customer_contact() {
    let house = House::measured().await;
    let page = house.get("/api/v1/overview").await.ok();
    let contact = &page["contact"];
    assert_eq!(contact["attribute"]["id"], "contact");
    let groups = &contact["indicators"][0]["groups"];
    let values: Vec<_> = groups
        .as_array()
        .unwrap()
        .iter()
        .map(|g| g["value"].clone())
        .collect();
    assert_eq!(values, ["external", "internal", "none"]);
    assert_eq!(groups[0]["estimate"]["n"], 30);
    assert_eq!(groups[1]["estimate"]["reason"]["reason"], "no_answers");
    assert_eq!(groups[2]["estimate"]["n"], 18);
    let differences = contact["indicators"][0]["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 1);
}

#[tokio::test]
async fn delivery_stands_beside_the_parties() {
    let house = House::measured().await;
    let page = house.get("/api/v1/overview").await.ok();
    let line = &page["delivery"][0];
    assert_eq!(line["indicator"]["id"], "line-short");
    assert_eq!(line["estimate"]["value"], 0.9);
    assert_eq!(line["estimate"]["interval"]["method"], "wilson");
    let snapshot = page["snapshot"].as_str().unwrap();
    for table in [
        "aggregates@",
        "observations@",
        "responses_pulse@",
        "responses_visit@",
    ] {
        assert_eq!(snapshot.matches(table).count(), 1, "{snapshot}");
    }
}

#[tokio::test]
async fn what_is_asked_for_is_shown_and_said() {
    let house = House::measured().await;
    let page = house
        .get("/api/v1/overview?period=2026-q1&level=region&internal=line-short")
        .await
        .ok();
    assert_eq!(page["period"]["id"], "2026-q1");
    assert_eq!(page["opened"]["reason"], "asked_for");
    assert_eq!(page["opened"]["period_reason"], "asked_for");
    assert_eq!(page["level"], "region");
    assert_eq!(page["alignment"]["internal"]["id"], "line-short");
    let nothing = house.get("/api/v1/overview?internal=footfall").await.ok();
    assert_eq!(
        nothing["alignment_missing"],
        json!({"reason": "no_internal_facts"})
    );
}

#[tokio::test]
async fn alignment_over_everything_has_the_figure_between_units() {
    let house = House::measured().await;
    let alignment = house
        .get("/api/v1/alignment?internal=team-happy&external=guest-nps&level=shop")
        .await
        .ok();
    assert_eq!(alignment["period"], json!(null));
    assert_eq!(alignment["headline"], "between");
    assert_eq!(alignment["within"]["reason"]["reason"], "one_period");
    assert_eq!(
        alignment["internal"]["scale"],
        json!({"min": 1.0, "max": 10.0})
    );
    let by_quarter = house
        .get("/api/v1/alignment?internal=team-happy&external=guest-nps&granularity=quarter")
        .await
        .ok();
    assert_eq!(by_quarter["level"], "shop");
    assert_ne!(by_quarter["within"]["reason"]["reason"], "one_period");
    // What a release froze has no weights.
    let weighted = house
        .get("/api/v1/alignment?internal=team-happy&external=guest-nps&weighted=true")
        .await;
    assert_eq!(weighted.status, 400);
    assert_eq!(weighted.json()["code"], "not_released");
}

#[tokio::test]
async fn estimates_are_divided_as_asked() {
    let house = House::measured().await;
    let by_channel = house
        .get("/api/v1/estimates?indicator=guest-nps&by=channel&from=2026-04-01&to=2026-06-30&under=north")
        .await
        .ok();
    let rows = by_channel["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["segment"][0]["attribute"], "channel");
    assert_eq!(rows[0]["segment"][0]["value"], "mail");
    let n: u64 = rows
        .iter()
        .map(|row| row["estimate"]["n"].as_u64().unwrap())
        .sum();
    assert_eq!(n, 120);
    let by_contact = house
        .get("/api/v1/estimates?indicator=team-happy&by=contact")
        .await
        .ok();
    assert_eq!(
        by_contact["rows"][0]["segment"][0]["title"],
        json!({"und": "With guests"})
    );
}

#[tokio::test]
async fn a_unit_shows_its_trends_and_who_answered() {
    let house = House::measured().await;
    let trends = house.get("/api/v1/units/north/trends").await.ok();
    assert_eq!(trends["unit"]["level"], "region");
    let labels: Vec<_> = trends["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["id"])
        .collect();
    assert_eq!(labels, ["2025-q3", "2025-q4", "2026-q1", "2026-q2"]);
    let guests = find(&trends["parties"], "/party/id", "customer");
    assert_eq!(guests["indicators"][0]["trend"][0]["estimate"]["n"], 120);
    assert_eq!(trends["response"][0]["party"], "frontline");
    assert_eq!(trends["response"][0]["rate"]["value"], 0.6);
    assert_eq!(trends["delivery"][0]["trend"][0]["period"]["id"], "2026-q2");
    let by_month = house
        .get("/api/v1/units/north/trends?granularity=month")
        .await
        .ok();
    assert_eq!(by_month["periods"][0]["id"], "2025-08");
}
