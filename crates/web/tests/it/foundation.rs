//! What was agreed: plan, apply, export, start.

use serde_json::{Value, json};

use crate::support::{House, files};

#[tokio::test]
async fn nothing_is_agreed_at_first() {
    let house = House::empty().await;
    let organisation = house.get("/api/v1/organisation").await.ok();
    assert_eq!(organisation["foundation_version"], 0);
    assert_eq!(
        organisation["empty"],
        json!({"foundation": true, "facts": true})
    );
    let exported = house.get("/api/v1/foundation/export").await.ok();
    assert_eq!(exported, json!({"files": {}}));
}

#[tokio::test]
async fn a_plan_changes_nothing_and_apply_does() {
    let house = House::empty().await;
    let plan = house
        .post("/api/v1/foundation/plan", &json!({"files": files()}))
        .await
        .ok();
    assert_eq!(plan["version"], 0);
    let added = plan["changes"].as_array().unwrap();
    assert!(added.iter().all(|change| change["action"] == "added"));
    assert!(added.iter().any(|change| {
        change["kind"] == "standard" && change["id"] == "in-line" && change["owner"] == "counter"
    }));
    assert_eq!(house.get("/api/v1/foundation").await.ok()["version"], 0);

    let body = json!({"files": files(), "reason": "first", "author": "Ann"});
    let applied = house.post("/api/v1/foundation/apply", &body).await.ok();
    assert_eq!(applied["version"], 1);
    assert_eq!(applied["changes"], plan["changes"]);

    let again = house.post("/api/v1/foundation/apply", &body).await.ok();
    assert_eq!(again, json!({"version": 1, "changes": []}));
}

#[tokio::test]
async fn a_change_shows_its_fields_before_and_after() {
    let house = House::agreed().await;
    let mut next = files();
    let indicators = next.get_mut("indicators.toml").unwrap();
    *indicators = indicators.replace("target = 6.0", "target = 6.5");
    next.remove("covariates.toml");
    let plan = house
        .post("/api/v1/foundation/plan", &json!({"files": next}))
        .await
        .ok();
    assert_eq!(
        plan["changes"],
        json!([
            {"kind": "indicator", "id": "team-happy", "action": "changed", "owner": null,
             "fields": [{"path": "target", "before": 6.0, "after": 6.5}]},
            {"kind": "covariate", "id": "footfall", "action": "retired", "owner": null,
             "fields": []},
        ])
    );
}

#[tokio::test]
async fn export_gives_back_what_applies_without_a_change() {
    let house = House::agreed().await;
    let exported = house.get("/api/v1/foundation/export").await.ok();
    let plan = house.post("/api/v1/foundation/plan", &exported).await.ok();
    assert_eq!(plan["changes"], json!([]));
}

#[tokio::test]
async fn all_problems_are_named_and_nothing_changes() {
    let house = House::agreed().await;
    let mut broken = files();
    let indicators = broken.get_mut("indicators.toml").unwrap();
    *indicators = indicators
        .replace("item = \"recommend\"", "item = \"recomend\"")
        .replace("kind = \"mean\"", "kind = \"average\"");
    for (path, body) in [
        ("/api/v1/foundation/plan", json!({"files": broken})),
        (
            "/api/v1/foundation/apply",
            json!({"files": broken, "reason": "x"}),
        ),
    ] {
        let answer = house.post(path, &body).await;
        assert_eq!(answer.problem(), (422, "foundation_problems".to_owned()));
        let problems = answer.json()["problems"].clone();
        let problems = problems.as_array().unwrap();
        assert!(problems.len() >= 2, "{problems:#?}");
        for problem in problems {
            assert_eq!(problem["file"], "indicators.toml");
            assert!(problem["line"].is_u64(), "{problem}");
        }
        let text = problems.iter().map(Value::to_string).collect::<String>();
        assert!(
            text.contains("recomend") && text.contains("average"),
            "{text}"
        );
    }
    assert_eq!(house.get("/api/v1/foundation").await.ok()["version"], 1);
}

#[tokio::test]
async fn a_plan_that_is_out_of_date_is_not_applied() {
    let house = House::agreed().await;
    let body = json!({"files": files(), "reason": "x", "expected_version": 7});
    let answer = house.post("/api/v1/foundation/apply", &body).await;
    assert_eq!(answer.problem(), (409, "foundation_changed".to_owned()));
    let answer = house
        .post(
            "/api/v1/foundation/apply",
            &json!({"files": files(), "reason": " "}),
        )
        .await;
    assert_eq!(answer.problem(), (400, "no_reason".to_owned()));
}

#[tokio::test]
async fn bodies_of_another_shape_are_not_understood() {
    let house = House::empty().await;
    let wrong = house
        .post(
            "/api/v1/foundation/plan",
            &json!({"files": {}, "fiels": {}}),
        )
        .await;
    assert_eq!(wrong.problem(), (400, "wrong_body".to_owned()));
    assert!(wrong.json()["detail"].as_str().unwrap().contains("fiels"));
}

#[tokio::test]
async fn objects_carry_their_own_versions() {
    let house = House::agreed().await;
    let mut next = files();
    let standard = next.get_mut("standards/in-line.toml").unwrap();
    *standard = standard.replace("5min", "4min");
    house
        .post(
            "/api/v1/foundation/apply",
            &json!({"files": next, "reason": "faster"}),
        )
        .await
        .ok();
    let shown = house.get("/api/v1/foundation").await.ok();
    assert_eq!(shown["version"], 2);
    let version = |kind: &str, id: &str| {
        shown["objects"]
            .as_array()
            .unwrap()
            .iter()
            .find(|object| object["kind"] == kind && object["id"] == id)
            .map(|object| object["version"].clone())
    };
    assert_eq!(version("standard", "in-line"), Some(json!(2)));
    assert_eq!(version("party", "customer"), Some(json!(1)));
}

#[tokio::test]
async fn the_foundation_outlives_a_restart() {
    let house = House::agreed().await.reopen().await;
    let organisation = house.get("/api/v1/organisation").await.ok();
    assert_eq!(organisation["foundation_version"], 1);
    assert_eq!(organisation["name"], json!({"und": "Crumb"}));
    let shops = &organisation["levels"][2];
    assert_eq!((&shops["id"], &shops["units"]), (&json!("shop"), &json!(6)));
}

#[tokio::test]
async fn an_organisation_starts_under_its_own_names() {
    let house = House::empty().await;
    let body = json!({
        "name": "Loaf",
        "rename": {"party/customer": "Eaters", "level/shop": "Stall"},
    });
    let started = house.post("/api/v1/foundation/start", &body).await.ok();
    assert_eq!(started, json!({"version": 1}));
    let organisation = house.get("/api/v1/organisation").await.ok();
    assert_eq!(organisation["name"], json!({"und": "Loaf"}));
    let parties = organisation["parties"].as_array().unwrap();
    let guests = parties
        .iter()
        .find(|party| party["id"] == "customer")
        .unwrap();
    assert_eq!(guests["title"], json!({"und": "Eaters"}));
    let shops = &organisation["levels"][2];
    assert_eq!(shops["title"], json!({"und": "Stall"}));
    let units = house.get("/api/v1/units").await.ok();
    assert_eq!(units["units"].as_array().unwrap().len(), 1);
    assert_eq!(units["units"][0]["title"], json!({"und": "Loaf"}));

    let again = house.post("/api/v1/foundation/start", &body).await;
    assert_eq!(again.problem(), (409, "foundation_not_empty".to_owned()));
}

#[tokio::test]
async fn a_start_names_what_can_be_renamed() {
    let house = House::empty().await;
    let body = json!({"name": "Loaf", "rename": {"party/guests": "Eaters"}});
    let answer = house.post("/api/v1/foundation/start", &body).await;
    assert_eq!(answer.problem(), (400, "unknown_object".to_owned()));
    let allowed = answer.json()["allowed"].clone();
    assert!(
        allowed
            .as_array()
            .unwrap()
            .contains(&json!("party/customer")),
        "{allowed}"
    );
    let nameless = house
        .post("/api/v1/foundation/start", &json!({"name": ""}))
        .await;
    assert_eq!(nameless.problem(), (400, "no_name".to_owned()));
}
