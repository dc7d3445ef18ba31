//! `docs/api/openapi.json` is what the server says.

use std::path::Path;

use serde_json::Value;

use crate::support::House;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/openapi.json");

#[tokio::test]
async fn the_committed_document_is_the_one_that_is_served() {
    let house = House::empty().await;
    let served = house.get("/api/v1/openapi.json").await.ok();
    let text = serde_json::to_string_pretty(&served).unwrap() + "\n";
    let committed = Path::new(COMMITTED);
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::create_dir_all(committed.parent().unwrap()).unwrap();
        std::fs::write(committed, text).unwrap();
        return;
    }
    let found = std::fs::read_to_string(committed).unwrap_or_default();
    assert!(
        found == text,
        "docs/api/openapi.json is not what the server says; write it anew with \
         `UPDATE_OPENAPI=1 cargo nextest run --workspace the_committed_document`"
    );
}

#[tokio::test]
async fn every_endpoint_says_what_it_answers_and_is_named_once() {
    let house = House::empty().await;
    let served = house.get("/api/v1/openapi.json").await.ok();
    assert_eq!(served["openapi"], "3.1.0");
    let mut names = std::collections::BTreeSet::new();
    for (path, methods) in served["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in methods.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} twice");
            let responses = operation["responses"].as_object().unwrap();
            let success = responses.iter().find(|(status, _)| status.starts_with('2'));
            let (status, success) = success.unwrap_or_else(|| panic!("{method} {path}"));
            if status == "204" {
                continue;
            }
            // A picture is no JSON.
            if success["content"]["image/*"].is_object() {
                continue;
            }
            assert_ne!(
                success["content"]["application/json"]["schema"],
                Value::Null,
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let house = House::empty().await;
    let served = house.get("/api/v1/openapi.json").await.ok();
    let mut waiting = vec![&served];
    let mut found = 0;
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    let pointer = reference.strip_prefix('#').unwrap();
                    assert!(served.pointer(pointer).is_some(), "{reference}");
                    found += 1;
                }
                waiting.extend(fields.values());
            }
            Value::Array(values) => waiting.extend(values),
            _ => {}
        }
    }
    assert!(found > 100, "{found}");
}
