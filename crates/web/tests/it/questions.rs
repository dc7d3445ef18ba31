//! Questions that cannot be asked, and answers while there are no facts.

use serde_json::json;

use crate::support::House;

#[tokio::test]
async fn names_that_do_not_exist_are_told_what_does() {
    let house = House::agreed().await;
    for (path, code, allowed) in [
        (
            "/api/v1/estimates?indicator=nps",
            "unknown_indicator",
            "guest-nps",
        ),
        (
            "/api/v1/estimates?indicator=guest-nps&under=nrth",
            "unknown_unit",
            "north",
        ),
        ("/api/v1/units/nrth/trends", "unknown_unit", "north"),
        (
            "/api/v1/alignment?internal=x&external=guest-nps",
            "unknown_indicator_or_covariate",
            "footfall",
        ),
        (
            "/api/v1/alignment?internal=team-happy&external=guest-nps&level=team",
            "unknown_level",
            "shop",
        ),
        ("/api/v1/overview?level=team", "unknown_level", "region"),
        (
            "/api/v1/overview?internal=x",
            "unknown_indicator_or_covariate",
            "team-happy",
        ),
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.problem(), (404, code.to_owned()), "{path}");
        let names = answer.json()["allowed"].clone();
        assert!(
            names.as_array().unwrap().contains(&json!(allowed)),
            "{path}: {names}"
        );
    }
}

#[tokio::test]
async fn questions_that_are_not_understood_say_what_would_be() {
    let house = House::agreed().await;
    for (path, code, mentions) in [
        ("/api/v1/estimates", "bad_query", "indicator"),
        (
            "/api/v1/estimates?indicator=guest-nps&bye=unit",
            "bad_query",
            "bye",
        ),
        (
            "/api/v1/estimates?indicator=guest-nps&by=team",
            "bad_by",
            "unit:shop",
        ),
        (
            "/api/v1/estimates?indicator=guest-nps&by=month,year",
            "bad_by",
            "once",
        ),
        (
            "/api/v1/estimates?indicator=guest-nps&from=June",
            "bad_date",
            "2026-03-31",
        ),
        (
            "/api/v1/estimates?indicator=guest-nps&from=2026-02-01&to=2026-01-01",
            "bad_range",
            "after",
        ),
        (
            "/api/v1/alignment?internal=team-happy&external=team-happy",
            "same_indicator",
            "different",
        ),
        ("/api/v1/overview?period=Q3", "bad_period", "2026-q1"),
        (
            "/api/v1/overview?granularity=fortnight",
            "bad_period",
            "quarter",
        ),
        ("/api/v1/imports?limit=0", "bad_limit", "1 to 200"),
        ("/api/v1/imports?cursor=x", "bad_cursor", "x"),
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.problem(), (400, code.to_owned()), "{path}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(mentions), "{path}: {detail}");
    }
}

#[tokio::test]
async fn without_facts_every_chair_is_empty_and_the_page_says_so() {
    let house = House::agreed().await;
    let overview = house.get("/api/v1/overview").await.ok();
    assert_eq!(overview["period"], json!(null));
    assert_eq!(overview["periods"], json!([]));
    assert_eq!(overview["opened"]["reason"], "no_level_with_results");
    assert_eq!(overview["opened"]["period_reason"], "no_facts");
    assert_eq!(overview["alignment"], json!(null));
    assert_eq!(
        overview["alignment_missing"],
        json!({"reason": "no_internal_facts", "party": "frontline"})
    );
    let parties = overview["parties"].as_array().unwrap();
    let order: Vec<_> = parties
        .iter()
        .map(|party| party["party"]["id"].clone())
        .collect();
    assert_eq!(
        order,
        [json!("customer"), json!("frontline"), json!("back_office")]
    );
    assert!(parties.iter().all(|party| party["heard"] == false));
    assert_eq!(overview["delivery"][0]["indicator"]["id"], "line-short");
}

#[tokio::test]
async fn an_installation_without_a_foundation_has_an_overview_too() {
    let house = House::empty().await;
    let overview = house.get("/api/v1/overview").await.ok();
    assert_eq!(overview["alignment_missing"], json!({"reason": "no_pair"}));
    assert_eq!(overview["level"], json!(null));
    assert_eq!(overview["parties"], json!([]));
}

#[tokio::test]
async fn estimates_without_facts_are_an_empty_list() {
    let house = House::agreed().await;
    let answer = house
        .get("/api/v1/estimates?indicator=guest-nps&by=unit:shop,month")
        .await
        .ok();
    assert_eq!(answer["rows"], json!([]));
    assert_eq!(answer["by"], json!(["unit:shop", "month"]));
    assert_eq!(
        answer["indicator"]["scale"],
        json!({"min": -1.0, "max": 1.0})
    );
}

#[tokio::test]
async fn there_are_no_imports_yet() {
    let house = House::agreed().await;
    let list = house.get("/api/v1/imports").await.ok();
    assert_eq!(list, json!({"imports": [], "next": null}));
    let answer = house.get("/api/v1/imports/x").await;
    assert_eq!(answer.problem(), (404, "unknown_import".to_owned()));
}
