//! SIGKILL while observations come in one by one and move to the table: what was acknowledged is
//! there, and nothing is there twice.
//!
//! `EVENKEEL_INBOX_KILLS` makes it as hard as one wants.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use evenkeel_testkit::Evenkeel;
use serde_json::{Value, json};

use crate::small::BINARY;

const FOUNDATION: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../examples/demo/foundation"
);
const CLIENTS: u64 = 4;
const TOGETHER: u64 = 10;

/// Looks of one client: each has a key of its own.
fn looks(client: u64, batch: u64) -> Value {
    let each = (0..TOGETHER).map(|number| {
        json!({
            "standard": "first-course", "unit": "amsterdam-pakhuisplein",
            "at": "2026-09-15T19:00", "value": 600, "chosen": "census",
            "key": format!("{client}-{batch}-{number}"),
        })
    });
    each.collect()
}

/// The answer's status and body; None where the server went away.
fn post(socket: &Path, body: &Value) -> Option<(u16, Value)> {
    let body = body.to_string();
    let mut stream = UnixStream::connect(socket).ok()?;
    let head = format!(
        "POST /api/v1/observations HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}

/// Sends until told to stop; a batch without an answer is sent again. Returns how many looks were
/// acknowledged.
fn client(number: u64, socket: &Path, stop: &AtomicBool, again: &AtomicU64) -> u64 {
    let mut batch = 0;
    loop {
        match post(socket, &looks(number, batch)) {
            Some((status, answer)) => {
                assert_eq!(status, 200, "{answer}");
                let results = answer["results"].as_array().expect("results");
                for one in results {
                    assert_ne!(one["status"], "refused", "{one}");
                    if one["status"] == "already_stored" {
                        again.fetch_add(1, Ordering::Relaxed);
                    }
                }
                batch += 1;
                if stop.load(Ordering::Relaxed) {
                    return batch * TOGETHER;
                }
            }
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

#[test]
fn killed_servers_lose_and_double_no_observation() {
    let kills = std::env::var("EVENKEEL_INBOX_KILLS").ok();
    let kills: u64 = kills.and_then(|text| text.parse().ok()).unwrap_or(6);
    let evenkeel = Evenkeel::new(BINARY);
    evenkeel.ok(&["apply", FOUNDATION, "--valid-from", "2024-10-01"]);
    let socket = evenkeel.data_directory().join("evenkeel.sock");
    let stop = Arc::new(AtomicBool::new(false));
    let again = Arc::new(AtomicU64::new(0));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let (socket, stop, again) = (socket.clone(), stop.clone(), again.clone());
            std::thread::spawn(move || client(number, &socket, &stop, &again))
        })
        .collect();
    for kill in 0..kills {
        let server = evenkeel.serve();
        // From the first acknowledgements to the middle of a move, which begins after a second.
        std::thread::sleep(Duration::from_millis(300 + kill * 731 % 1900));
        server.kill();
    }
    let server = evenkeel.serve();
    stop.store(true, Ordering::Relaxed);
    let acknowledged: u64 = clients
        .into_iter()
        .map(|client| client.join().expect("a client"))
        .sum();
    server.kill();
    // Whoever opens the directory moves what is left before it closes.
    evenkeel.ok(&["release", "--list"]);
    let found = evenkeel.json(&["estimate", "first-course-kept"]);
    assert_eq!(found["rows"][0]["estimate"]["n"], acknowledged);
    println!(
        "{kills} kills, {acknowledged} looks acknowledged and there once, {} of them sent again",
        again.load(Ordering::Relaxed)
    );
}

#[test]
fn a_webhook_is_set_up_called_and_removed() {
    let evenkeel = Evenkeel::new(BINARY);
    evenkeel.ok(&["apply", FOUNDATION, "--valid-from", "2024-10-01"]);
    let mapping = "source = \"till\"\nevent = \"/id\"\n[observation]\n\
                   standard = { value = \"first-course\" }\n\
                   unit = { at = \"/shop\", words = { \"7\" = \"amsterdam-pakhuisplein\" } }\n\
                   at = { at = \"/when\" }\nvalue = { at = \"/took\", read_as = \"milliseconds\" }\n\
                   chosen = { value = \"census\" }\n";
    evenkeel.write("till.toml", mapping);
    evenkeel.write("wrong.toml", mapping.replace("value = {", "valeu = {"));
    assert!(evenkeel.ok(&["hook", "list"]).contains("No webhook yet"));
    let refused = evenkeel.run(&["hook", "set", "till", "wrong.toml"]);
    assert_ne!(refused.code, Some(0));
    assert!(
        refused.stderr.contains("observation.valeu"),
        "{}",
        refused.stderr
    );
    // Once a line: where, what and what is allowed.
    let lines = refused.stderr.lines();
    let twice = lines.filter(|line| line.matches("observation.valeu").count() > 1);
    assert_eq!(twice.count(), 0, "{}", refused.stderr);
    let made = evenkeel.json(&["hook", "set", "till", "till.toml"]);
    let server = evenkeel.serve();
    let address = server.url().trim_start_matches("http://").to_owned();
    let call = |token: &str| {
        let body = r#"{"id": 1, "shop": 7, "when": "2026-09-15T19:00", "took": 600000}"#;
        let mut stream = std::net::TcpStream::connect(&address).expect("connect");
        let request = format!(
            "POST {} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
             authorization: Bearer {token}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            made["path"].as_str().expect("a path"),
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("send");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("read");
        answer
    };
    assert!(call("guess").starts_with("HTTP/1.1 401"));
    let token = made["token"].as_str().expect("a token");
    assert!(call(token).contains("\"stored\""));
    assert!(call(token).contains("\"already_stored\""));
    // The command goes to the server that holds the directory.
    let misspelt = evenkeel.run(&["hook", "remove", "tilll"]);
    assert_eq!(misspelt.code, Some(4));
    let said = "`tilll` does not exist; there are: till";
    assert!(misspelt.stderr.contains(said), "{}", misspelt.stderr);
    evenkeel.ok(&["hook", "remove", "till"]);
    assert!(call(token).starts_with("HTTP/1.1 401"));
}
