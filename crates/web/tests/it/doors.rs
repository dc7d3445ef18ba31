//! Who may come in, and how doors open and close.

use std::net::SocketAddr;

use axum::body::Body;
use axum::http::{Method, header};
use evenkeel_web::{Caller, ServeConfig, serve_until};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;

use crate::support::{House, files};

#[tokio::test]
async fn names_of_other_hosts_are_refused_over_tcp_only() {
    let house = House::empty().await;
    house
        .ask("", Method::GET, "/api/v1/session", None)
        .await
        .ok();
    for host in ["evil.example", "evil.example:8640", "192.168.1.7:8640"] {
        let request = || {
            axum::http::Request::get("/api/v1/organisation")
                .header(header::HOST, host)
                .body(Body::empty())
                .unwrap()
        };
        let answer = house.send(Caller::Network, request()).await;
        assert_eq!(answer.problem(), (421, "foreign_host".to_owned()), "{host}");
        house.send(Caller::Local, request()).await.ok();
    }
}

#[tokio::test]
async fn other_sites_cannot_change_anything() {
    let house = House::empty().await;
    let cookie = house.administrator().await;
    let body = json!({"files": files(), "reason": "mine"}).to_string();
    let request = House::from_browser(Method::POST, "/api/v1/foundation/apply")
        .header(header::COOKIE, &cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ORIGIN, "https://evil.example")
        .body(Body::from(body.clone()))
        .unwrap();
    let answer = house.send(Caller::Network, request).await;
    assert_eq!(answer.problem(), (403, "foreign_origin".to_owned()));

    let form = House::from_page(Method::POST, "/api/v1/foundation/apply", &cookie)
        .header(header::CONTENT_TYPE, "text/plain")
        .body(Body::from(body.clone()))
        .unwrap();
    let answer = house.send(Caller::Network, form).await;
    assert_eq!(answer.problem(), (415, "unsupported_media_type".to_owned()));
    let organisation = house.get("/api/v1/organisation").await.ok();
    assert_eq!(organisation["foundation_version"], 0);

    let silent = House::from_browser(Method::POST, "/api/v1/foundation/apply")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::COOKIE, &cookie)
        .body(Body::from(body.clone()))
        .unwrap();
    let answer = house.send(Caller::Network, silent).await;
    assert_eq!(answer.problem(), (403, "foreign_origin".to_owned()));

    let body = json!({"name": "Crumb"}).to_string();
    let own = House::from_page(Method::POST, "/api/v1/foundation/start", &cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    house.send(Caller::Network, own).await.ok();
}

#[tokio::test]
async fn every_answer_over_tcp_carries_the_headers() {
    let house = House::empty().await;
    for path in ["/", "/api/v1/organisation", "/api/v1/nothing"] {
        let request = House::from_browser(Method::GET, path)
            .body(Body::empty())
            .unwrap();
        let answer = house.send(Caller::Network, request).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self';"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("access-control-allow-origin"), "");
        if path.starts_with("/api/") {
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
}

#[tokio::test]
async fn answers_are_compressed_when_asked() {
    let house = House::agreed().await;
    let cookie = house.administrator().await;
    let request = House::from_page(Method::GET, "/api/v1/foundation", &cookie)
        .header(header::ACCEPT_ENCODING, "gzip")
        .body(Body::empty())
        .unwrap();
    let answer = house.send(Caller::Network, request).await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert_eq!(answer.body[..2], [0x1f, 0x8b]);
}

#[tokio::test]
async fn a_server_answers_on_both_doors_and_closes_them() {
    let house = House::empty().await;
    let socket = house.folder.path().join("evenkeel.sock");
    let config = ServeConfig {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        socket: Some(socket.clone()),
    };
    let (ready, address) = oneshot::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve_until(
        house.office.clone(),
        config,
        move |address| ready.send(address).unwrap(),
        async move {
            stopped.await.ok();
        },
    ));
    let address = address.await.unwrap();

    let mut tcp = tokio::net::TcpStream::connect(address).await.unwrap();
    assert!(ask(&mut tcp, "localhost").await.starts_with("HTTP/1.1 200"));
    let mut tcp = tokio::net::TcpStream::connect(address).await.unwrap();
    assert!(
        ask(&mut tcp, "evil.example")
            .await
            .starts_with("HTTP/1.1 421")
    );
    let mut unix = tokio::net::UnixStream::connect(&socket).await.unwrap();
    assert!(
        ask(&mut unix, "localhost")
            .await
            .starts_with("HTTP/1.1 200")
    );

    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    assert!(!socket.exists());
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn nobody_serves_the_whole_network_without_tls_in_front() {
    let house = House::empty().await;
    let config = ServeConfig {
        listen: SocketAddr::from(([0, 0, 0, 0], 0)),
        socket: None,
    };
    let refused = serve_until(house.office.clone(), config, |_| {}, async {}).await;
    let message = refused.unwrap_err().to_string();
    assert!(message.contains("public_url"), "{message}");
}

async fn ask(stream: &mut (impl AsyncReadExt + AsyncWriteExt + Unpin), host: &str) -> String {
    let request =
        format!("GET /api/v1/session HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
