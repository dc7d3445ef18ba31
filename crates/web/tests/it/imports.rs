//! Files that come in: once, whole, or not at all.

use axum::body::Body;
use axum::http::{Method, header};
use evenkeel_web::Caller;
use serde_json::json;

use crate::files::{GUESTS_MAPPING, TEAMS_MAPPING, guests, teams};
use crate::support::House;

#[tokio::test]
async fn a_file_comes_in_once() {
    let house = House::agreed().await;
    let csv = guests();
    let first = house.import("guests.csv", &csv, GUESTS_MAPPING).await;
    assert_eq!(first["status"], "done", "{first:#}");
    assert_eq!(first["rows_stored"], 960);
    assert_eq!(first["report"]["table"], "responses_visit");
    assert_eq!(first["error"], json!(null));

    let second = house.import("again.csv", &csv, GUESTS_MAPPING).await;
    assert_eq!(second["status"], "already_stored");
    assert_ne!(second["import"], first["import"]);
    let nps = house
        .get("/api/v1/estimates?indicator=guest-nps")
        .await
        .ok();
    assert_eq!(nps["rows"][0]["estimate"]["n"], 960);
}

#[tokio::test]
async fn a_browser_uploads_previews_and_imports() {
    let house = House::agreed().await;
    let cookie = house.administrator().await;
    let request = House::from_page(Method::POST, "/api/v1/uploads?name=teams.csv", &cookie)
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .body(Body::from(teams()))
        .unwrap();
    let upload = house.send(Caller::Network, request).await.ok()["upload"].clone();

    let body = json!({"upload": upload, "mapping": TEAMS_MAPPING, "rows": 3});
    let preview = house.post("/api/v1/imports/preview", &body).await.ok();
    assert_eq!(preview["rows_checked"], 192);
    assert_eq!(preview["rows"].as_array().unwrap().len(), 3);
    assert_eq!(preview["problems_total"], 0);
    let columns = preview["columns"].as_array().unwrap();
    let happy = columns
        .iter()
        .position(|column| column["name"] == "item_happy")
        .unwrap();
    assert_eq!(preview["rows"][0][happy], 8.0);
    let organisation = house.get("/api/v1/organisation").await.ok();
    assert_eq!(organisation["empty"]["facts"], true);

    let ended = house
        .run(&json!({"upload": upload, "mapping": TEAMS_MAPPING}))
        .await;
    assert_eq!(
        (&ended["status"], &ended["file_name"]),
        (&json!("done"), &json!("teams.csv"))
    );
    let organisation = house.get("/api/v1/organisation").await.ok();
    assert_eq!(organisation["empty"]["facts"], false);
    let gone = house.post("/api/v1/imports/preview", &body).await;
    assert_eq!(gone.problem(), (404, "unknown_upload".to_owned()));
}

#[tokio::test]
async fn a_guessed_mapping_is_good_enough_to_import_with() {
    let house = House::agreed().await;
    let path = house.write("guests.csv", &guests());
    let guess = house
        .post("/api/v1/imports/guess", &json!({"path": path}))
        .await
        .ok();
    assert_eq!(guess["kind"], "responses");
    let columns = guess["columns"].as_array().unwrap();
    let score = columns
        .iter()
        .find(|column| column["name"] == "recommend")
        .unwrap();
    assert_eq!(score["target"], "item:recommend");
    let ended = house
        .run(&json!({"path": path, "mapping": guess["mapping"]}))
        .await;
    assert_eq!(ended["rows_stored"], 960, "{ended:#}");
}

#[tokio::test]
async fn one_wrong_row_stores_nothing_and_is_named() {
    let house = House::agreed().await;
    let csv = guests().replace("market,2026-02-20,mail,9", "market,2026-02-20,mail,nine");
    let ended = house.import("guests.csv", &csv, GUESTS_MAPPING).await;
    assert_eq!(ended["status"], "failed");
    let error = &ended["error"];
    assert_eq!(
        (&error["status"], &error["code"]),
        (&json!(422), &json!("row_problems"))
    );
    let problem = &error["problems"][0];
    let line = problem["line"].as_u64().unwrap() as usize;
    assert_eq!(
        csv.lines().nth(line - 1),
        Some("market,2026-02-20,mail,nine")
    );
    assert_eq!(
        (&problem["column"], &problem["found"]),
        (&json!("recommend"), &json!("nine"))
    );
    let organisation = house.get("/api/v1/organisation").await.ok();
    assert_eq!(organisation["empty"]["facts"], true);

    let path = house.folder.path().join("guests.csv");
    let body = json!({"path": path, "mapping": GUESTS_MAPPING, "on_error": "reject"});
    let rejected = house.run(&body).await;
    assert_eq!(rejected["status"], "done", "{rejected:#}");
    let wrong = csv.matches("nine").count();
    assert_eq!(rejected["rows_rejected"], wrong);
    assert_eq!(rejected["rows_stored"], 960 - wrong);
    let file = rejected["report"]["reject_file"].as_str().unwrap();
    let kept = house.folder.path().join("keel/imports").join(file);
    assert!(std::fs::read_to_string(kept).unwrap().contains("nine"));
}

#[tokio::test]
async fn mappings_that_do_not_fit_are_refused_at_once() {
    let house = House::agreed().await;
    let path = house.write("guests.csv", &guests());
    let broken = GUESTS_MAPPING
        .replace("id = \"recommend\"", "id = \"recomend\"")
        .replace("\"visit\"", "\"vist\"");
    for endpoint in ["/api/v1/imports", "/api/v1/imports/preview"] {
        let body = json!({"path": path, "mapping": broken, "mapping_name": "guests.toml"});
        let answer = house.post(endpoint, &body).await;
        assert_eq!(
            answer.problem(),
            (422, "mapping_problems".to_owned()),
            "{endpoint}"
        );
        let problem = answer.json()["problems"][0].clone();
        assert_eq!(problem["file"], "guests.toml");
        assert!(
            problem["allowed"].as_str().unwrap().contains("visit"),
            "{problem}"
        );
    }
    let body = json!({"path": path, "mapping": GUESTS_MAPPING, "kind": "observations"});
    let answer = house.post("/api/v1/imports", &body).await;
    assert_eq!(answer.problem(), (400, "wrong_kind".to_owned()));
}

#[tokio::test]
async fn columns_that_the_file_lacks_are_named_with_those_it_has() {
    let house = House::agreed().await;
    let path = house.write("guests.csv", &guests());
    let mapping = GUESTS_MAPPING.replace("column = \"recommend\"", "column = \"score\"");
    let body = json!({"path": path, "mapping": mapping});
    let preview = house.post("/api/v1/imports/preview", &body).await;
    assert_eq!(preview.status, 422);
    let text = String::from_utf8_lossy(&preview.body).into_owned();
    assert!(
        text.contains("score") && text.contains("recommend"),
        "{text}"
    );
    let ended = house.run(&body).await;
    assert_eq!(
        (&ended["status"], &ended["error"]["status"]),
        (&json!("failed"), &json!(422))
    );
}

#[tokio::test]
async fn a_file_of_nothing_cannot_be_read() {
    let house = House::agreed().await;
    let ended = house.import("empty.csv", "", GUESTS_MAPPING).await;
    assert_eq!(ended["status"], "failed");
    assert_eq!(ended["error"]["code"], "unreadable_file", "{ended:#}");
}

#[tokio::test]
async fn nothing_comes_in_before_anything_is_agreed() {
    let house = House::empty().await;
    let path = house.write("guests.csv", &guests());
    let body = json!({"path": path, "mapping": GUESTS_MAPPING});
    for endpoint in ["/api/v1/imports", "/api/v1/imports/preview"] {
        let answer = house.post(endpoint, &body).await;
        assert_eq!(answer.problem(), (409, "no_foundation".to_owned()));
    }
}

#[tokio::test]
async fn imports_are_listed_newest_first_and_never_cut_silently() {
    let house = House::measured().await;
    let all = house.get("/api/v1/imports").await.ok();
    let names = |list: &serde_json::Value| -> Vec<String> {
        list["imports"]
            .as_array()
            .unwrap()
            .iter()
            .map(|import| import["file_name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        names(&all),
        ["line.csv", "asked.csv", "teams.csv", "guests.csv"]
    );
    assert_eq!(all["next"], json!(null));

    let first = house.get("/api/v1/imports?limit=3").await.ok();
    assert_eq!(names(&first).len(), 3);
    let cursor = first["next"].as_str().unwrap();
    let rest = house
        .get(&format!("/api/v1/imports?limit=3&cursor={cursor}"))
        .await
        .ok();
    assert_eq!(
        (names(&rest), &rest["next"]),
        (vec!["guests.csv".to_owned()], &json!(null))
    );
}

#[tokio::test]
async fn what_became_of_a_file_is_known_after_a_restart() {
    let house = House::agreed().await;
    let before = house.import("guests.csv", &guests(), GUESTS_MAPPING).await;
    let id = before["import"].as_str().unwrap().to_owned();
    let house = house.reopen().await;
    let after = house.get(&format!("/api/v1/imports/{id}")).await.ok();
    assert_eq!(after["status"], "done");
    assert_eq!(after["report"], before["report"]);
    let nps = house
        .get("/api/v1/estimates?indicator=guest-nps")
        .await
        .ok();
    assert_eq!(nps["rows"][0]["estimate"]["n"], 960);
}

#[tokio::test]
async fn an_import_that_is_stopped_goes_on_when_it_is_started_again() {
    let house = House::agreed().await;
    let path = house.write("guests.csv", &guests());
    let body = json!({"path": path, "mapping": GUESTS_MAPPING});
    house.post("/api/v1/imports", &body).await.ok();
    // Stops before, while or after it runs; whichever, the rows are in once in the end.
    let house = house.reopen().await;
    let ended = house.run(&body).await;
    assert!(
        matches!(ended["status"].as_str(), Some("done" | "already_stored")),
        "{ended:#}"
    );
    let nps = house
        .get("/api/v1/estimates?indicator=guest-nps")
        .await
        .ok();
    assert_eq!(nps["rows"][0]["estimate"]["n"], 960);
}

#[tokio::test]
async fn units_that_a_file_brings_are_there_afterwards() {
    let house = House::agreed().await;
    let mapping = GUESTS_MAPPING.replace(
        "column = \"shop\"",
        "column = \"shop\"\nunknown = \"create\"\nlevel = \"shop\"\nparent = { constant = \"south\" }",
    );
    let csv = guests().replace("market,", "harbour,");
    let ended = house.import("guests.csv", &csv, &mapping).await;
    assert_eq!(ended["status"], "done", "{ended:#}");
    assert_eq!(ended["report"]["new_units"][0]["id"], "harbour");
    let units = house.get("/api/v1/units").await.ok();
    let harbour = units["units"]
        .as_array()
        .unwrap()
        .iter()
        .find(|unit| unit["id"] == "harbour")
        .cloned()
        .unwrap();
    assert_eq!(
        (&harbour["origin"], &harbour["parent"]),
        (&json!("import"), &json!("south"))
    );
}
