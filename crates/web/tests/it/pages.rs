//! The workspace, and what is no page.

use axum::body::Body;
use axum::http::{Method, Request, header};
use evenkeel_web::Caller;

use crate::support::House;

#[tokio::test]
async fn pages_route_themselves_and_files_are_files() {
    let house = House::empty().await;
    for path in ["/", "/units/quay", "/import"] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    let missing = house.get("/assets/gone-1234.js").await;
    assert_eq!(missing.problem(), (404, "unknown_page".to_owned()));
}

#[tokio::test]
async fn a_page_that_is_known_is_not_sent_again() {
    let house = House::empty().await;
    let first = house.get("/").await;
    let request = Request::get("/")
        .header(header::IF_NONE_MATCH, first.header("etag"))
        .body(Body::empty())
        .unwrap();
    let second = house.send(Caller::Local, request).await;
    assert_eq!(second.status, 304);
    assert!(second.body.is_empty());
}

#[tokio::test]
async fn the_api_never_answers_with_a_page() {
    let house = House::empty().await;
    let unknown = house.get("/api/v1/indicators").await;
    assert_eq!(unknown.problem(), (404, "unknown_path".to_owned()));
    assert!(
        unknown.json()["detail"]
            .as_str()
            .unwrap()
            .contains("/api/v1/indicators")
    );
    let request = Request::builder()
        .method(Method::DELETE)
        .uri("/api/v1/units")
        .body(Body::empty())
        .unwrap();
    let wrong = house.send(Caller::Local, request).await;
    assert_eq!(wrong.problem(), (405, "method_not_allowed".to_owned()));
}
