//! Files that browsers send.

use axum::body::Body;
use axum::http::{Method, header};
use evenkeel_web::Caller;
use serde_json::json;

use crate::support::{Answer, House};

async fn upload(house: &House, path: &str, kind: &str, body: &'static str) -> Answer {
    let cookie = house.administrator().await;
    let request = House::from_page(Method::POST, path, &cookie)
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(body))
        .unwrap();
    house.send(Caller::Network, request).await
}

const OCTETS: &str = "application/octet-stream";

#[tokio::test]
async fn a_file_is_kept_under_an_id_of_ours() {
    let house = House::empty().await;
    let answer = upload(
        &house,
        "/api/v1/uploads?name=visits%202026.csv",
        OCTETS,
        "a,b\n1,2\n",
    )
    .await;
    assert_eq!(answer.status, 201);
    let view = answer.json();
    assert_eq!(
        (&view["name"], &view["bytes"]),
        (&json!("visits 2026.csv"), &json!(8))
    );
    let kept = house
        .folder
        .path()
        .join("keel/uploads")
        .join(view["upload"].as_str().unwrap());
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "a,b\n1,2\n");
}

#[tokio::test]
async fn what_is_no_file_is_refused() {
    let house = House::empty().await;
    for (path, kind, body, expected) in [
        (
            "/api/v1/uploads?name=..%2Fx.csv",
            OCTETS,
            "a",
            (400, "bad_name"),
        ),
        ("/api/v1/uploads?name=", OCTETS, "a", (400, "bad_name")),
        ("/api/v1/uploads", OCTETS, "a", (400, "bad_query")),
        (
            "/api/v1/uploads?name=x.csv",
            OCTETS,
            "",
            (400, "empty_file"),
        ),
        (
            "/api/v1/uploads?name=x.csv",
            "text/plain",
            "a",
            (415, "unsupported_media_type"),
        ),
    ] {
        let answer = upload(&house, path, kind, body).await;
        assert_eq!(
            answer.problem(),
            (expected.0, expected.1.to_owned()),
            "{path}"
        );
    }
    let left = std::fs::read_dir(house.folder.path().join("keel/uploads"))
        .unwrap()
        .count();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn paths_of_the_machine_cannot_be_named_from_a_browser() {
    let house = House::agreed().await;
    let body = json!({"path": "/etc/hosts", "mapping": "kind = \"responses\""});
    for endpoint in [
        "/api/v1/imports",
        "/api/v1/imports/guess",
        "/api/v1/imports/preview",
    ] {
        let cookie = house.administrator().await;
        let request = House::from_page(Method::POST, endpoint, &cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = house.send(Caller::Network, request).await;
        assert_eq!(
            answer.problem(),
            (403, "path_over_network".to_owned()),
            "{endpoint}"
        );
    }
}

#[tokio::test]
async fn an_import_names_one_file_that_exists() {
    let house = House::agreed().await;
    for (body, expected) in [
        (json!({}), (400, "no_file")),
        (json!({"upload": "a", "path": "/b"}), (400, "two_files")),
        (
            json!({"upload": "../../etc/passwd"}),
            (404, "unknown_upload"),
        ),
        (json!({"path": "relative.csv"}), (404, "unknown_file")),
        (
            json!({"path": "/nowhere/at/all.csv"}),
            (404, "unknown_file"),
        ),
        (json!({"path": "/tmp"}), (404, "unknown_file")),
    ] {
        let answer = house.post("/api/v1/imports/guess", &body).await;
        assert_eq!(
            answer.problem(),
            (expected.0, expected.1.to_owned()),
            "{body}"
        );
    }
}
