//! Distributions and segments over a bakery whose truths are known (see `files`).

use serde_json::{Value, json};

use crate::support::House;

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key]
        .as_array()
        .unwrap_or_else(|| panic!("no {key} in {value:#}"))
}

fn close(found: &Value, expected: f64) {
    let number = found
        .as_f64()
        .unwrap_or_else(|| panic!("no number: {found}"));
    assert!(
        (number - expected).abs() < 1e-12,
        "{number} is not {expected}"
    );
}

#[tokio::test]
async fn a_distribution_says_what_its_estimate_says() {
    let house = House::measured().await;
    let estimates = house
        .get("/api/v1/estimates?indicator=guest-nps&by=unit:shop")
        .await
        .ok();
    let found = house
        .get("/api/v1/distributions?indicator=guest-nps&by=unit:shop")
        .await
        .ok();
    assert_eq!(found["item"]["id"], "recommend");
    assert_eq!(list(&found, "rows").len(), list(&estimates, "rows").len());
    for (row, estimate) in list(&found, "rows").iter().zip(list(&estimates, "rows")) {
        assert_eq!(row["unit"], estimate["unit"]);
        let distribution = &row["distribution"];
        let n = distribution["n"].as_f64().unwrap();
        assert_eq!(distribution["n"], estimate["estimate"]["n"]);
        let categories = list(distribution, "categories");
        let values: Vec<&Value> = categories
            .iter()
            .map(|category| &category["value"])
            .collect();
        let expected: Vec<Value> = (0..=10).map(|score| json!(score.to_string())).collect();
        assert_eq!(values, expected.iter().collect::<Vec<_>>());
        let count = |category: &Value| category["count"].as_f64().unwrap();
        let all: f64 = categories.iter().map(count).sum();
        close(&json!(all), n);
        let score: f64 = categories[9..].iter().map(count).sum::<f64>()
            - categories[..7].iter().map(count).sum::<f64>();
        close(&estimate["estimate"]["value"], score / n);
        for category in categories {
            let share = &category["share"];
            close(&share["value"], count(category) / n);
            assert!(share["interval"].is_object(), "{share}");
        }
    }
    let of_item = house
        .get("/api/v1/distributions?item=visit/recommend&by=unit:shop")
        .await
        .ok();
    assert_eq!(of_item["rows"], found["rows"]);
    assert_eq!(of_item["indicator"], Value::Null);
}

#[tokio::test]
async fn a_distribution_of_a_small_group_is_hidden_as_a_whole() {
    let house = House::measured().await;
    let path = "/api/v1/distributions?indicator=team-happy&by=unit:shop,quarter";
    let found = house.get(path).await.ok();
    let mut hidden = 0;
    for row in list(&found, "rows") {
        let distribution = &row["distribution"];
        if distribution["status"] == "hidden" {
            hidden += 1;
            for number in ["n", "categories"] {
                assert!(distribution.get(number).is_none(), "{distribution}");
            }
        }
    }
    assert!(hidden > 0, "{found:#}");
    for (path, status, code) in [
        ("indicator=team-happy&by=contact,channel", 400, "bad_by"),
        ("indicator=office-absence", 409, "no_distribution"),
        ("item=visit/nothing", 404, "unknown_item"),
        ("item=visit/recommend&indicator=guest-nps", 400, "bad_query"),
        ("indicator=team-happy&by=week", 400, "not_released"),
    ] {
        let answer = house.get(&format!("/api/v1/distributions?{path}")).await;
        assert_eq!(answer.problem(), (status, code.to_owned()), "{path}");
    }
}

#[tokio::test]
async fn segments_are_compared_in_pairs_within_one_family() {
    let house = House::measured().await;
    let path = "/api/v1/segments?indicator=team-happy&attribute=contact";
    let found = house.get(path).await.ok();
    let groups = list(&found, "groups");
    let values: Vec<&Value> = groups.iter().map(|group| &group["value"]).collect();
    assert_eq!(
        values,
        [&json!("external"), &json!("internal"), &json!("none")]
    );
    let of = |value: &Value| {
        let group = groups
            .iter()
            .find(|group| group["value"] == *value)
            .unwrap();
        &group["estimate"]
    };
    let mut compared = 0;
    for pair in list(&found, "differences") {
        let (first, second) = (of(&pair["first"]), of(&pair["second"]));
        let difference = &pair["difference"];
        if first["status"] == "hidden" || second["status"] == "hidden" {
            assert_eq!(difference["status"], "hidden");
            assert_eq!(
                (&pair["effect"]["status"], &pair["test"]),
                (&json!("hidden"), &Value::Null)
            );
            continue;
        }
        compared += 1;
        close(
            &difference["value"],
            first["value"].as_f64().unwrap() - second["value"].as_f64().unwrap(),
        );
        assert_eq!(difference["interval"]["level"], found["difference_level"]);
        assert!(pair["effect"]["status"] == "estimate", "{pair}");
        let (p, q) = (&pair["test"]["p"], &pair["test"]["q"]);
        assert!(q.as_f64().unwrap() >= p.as_f64().unwrap(), "{pair}");
    }
    assert!(compared > 0, "{found:#}");
    let answer = house
        .get("/api/v1/segments?indicator=team-happy&attribute=colour")
        .await;
    assert_eq!(answer.problem(), (404, "unknown_attribute".to_owned()));
}

#[tokio::test]
async fn what_cannot_be_analysed_is_told() {
    let house = House::measured().await;
    for (path, status, code) in [
        ("drivers?indicator=office-absence", 409, "no_drivers"),
        ("drivers?indicator=guest-nps", 400, "bad_items"),
        ("drivers?indicator=guest-nps&items=x", 404, "unknown_item"),
        ("reliability?of=in-line", 409, "no_raters"),
        (
            "reliability?of=visits",
            404,
            "unknown_instrument_or_standard",
        ),
        ("reliability?of=visit&level=team", 404, "unknown_level"),
    ] {
        let answer = house.get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.problem(), (status, code.to_owned()), "{path}");
    }
    let request = json!({"indicator": "guest-nps", "margins": []});
    let answer = house.post("/api/v1/estimates/weighted", &request).await;
    assert_eq!(answer.problem(), (422, "bad_margins".to_owned()));
}
