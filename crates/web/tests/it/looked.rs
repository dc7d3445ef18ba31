//! What was seen beside the numbers: photos of looks, and what customers said where something came
//! on top. Never about a few people.
//!
//! Known truths: nine people work at Quay, three at the kiosk; nobody said how many at Arches. On 1
//! July a guest at Quay got something on top, on 2 July nobody did, on 3 July nobody looked.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use evenkeel_web::Caller;
use serde_json::{Value, json};

use crate::files::{GUESTS_MAPPING, TEAMS_MAPPING};
use crate::support::{House, files};

async fn house() -> House {
    let mut files = files();
    let units = files.get_mut("units.toml").unwrap();
    *units = units
        .replace("id = \"kiosk\"\n", "id = \"kiosk\"\npeople = 3\n")
        .replace("id = \"cart\"\n", "id = \"cart\"\npeople = 4\n")
        .replace("id = \"quay\"\n", "id = \"quay\"\npeople = 9\n");
    for name in ["instruments/visit.json", "instruments/pulse.json"] {
        let instrument = files.get_mut(name).unwrap();
        let mut read: Value = serde_json::from_str(instrument).unwrap();
        let remark = json!({"type": "comment", "name": "remark", "title": "What should we know?"});
        let elements = read["pages"][0]["elements"].as_array_mut().unwrap();
        elements.push(remark);
        *instrument = read.to_string();
    }
    let house = House::empty().await;
    let agreed = json!({"files": files, "reason": "first", "valid_from": "2025-01-01"});
    house.post("/api/v1/foundation/apply", &agreed).await.ok();
    house
}

async fn look(house: &House, unit: &str, day: &str, more: Value) {
    let mut look = json!({
        "standard": "in-line", "unit": unit, "at": format!("{day}T10:00:00Z"), "value": 60.0,
        "chosen": "census", "key": format!("{unit}-{day}"),
    });
    for (name, value) in more.as_object().unwrap() {
        look[name] = value.clone();
    }
    let answer = house.post("/api/v1/observations", &look).await.ok();
    assert_eq!(answer["results"][0]["status"], "stored", "{answer:#}");
}

async fn photo(house: &House, unit: &str) -> String {
    let request = House::from_browser(Method::POST, &format!("/api/v1/photos?unit={unit}"))
        .header(header::CONTENT_TYPE, "image/jpeg")
        .body(Body::from(b"a photo".to_vec()))
        .unwrap();
    let kept = house.send(Caller::Local, request).await;
    assert_eq!(kept.status, StatusCode::CREATED);
    kept.json()["photo"].as_str().unwrap().to_owned()
}

fn path_of(house: &House, unit: &str, photo: &str) -> std::path::PathBuf {
    let photos = house.folder.path().join("keel").join("photos");
    photos.join(unit).join(photo)
}

#[tokio::test]
async fn photos_are_listed_but_never_of_a_few_people() {
    let house = house().await;
    let mut names = Vec::new();
    for (unit, day) in [
        ("quay", "2026-07-01"),
        ("kiosk", "2026-07-02"),
        ("arches", "2026-07-03"),
    ] {
        let name = photo(&house, unit).await;
        let value = if unit == "quay" { 600.0 } else { 60.0 };
        look(
            &house,
            unit,
            day,
            json!({"value": value, "detail": {"photo": name}}),
        )
        .await;
        names.push(name);
    }
    look(&house, "quay", "2026-07-04", json!({})).await;
    house.office.flush_inbox().await.unwrap();
    let list = "/api/v1/standards/in-line/photos";
    let page = house.get(list).await.ok();
    let photos = page["photos"].as_array().unwrap().iter();
    let seen: Vec<[&Value; 3]> = photos
        .map(|look| {
            [
                &look["unit"]["id"],
                &look["period"]["granularity"],
                &look["photo"],
            ]
        })
        .collect();
    assert_eq!(
        json!(seen),
        json!([["arches", "week", names[2]], ["quay", "day", names[0]]])
    );
    let quay = &page["photos"][1];
    assert_eq!(quay["kept"], false);
    assert_eq!(quay["deviations"][0]["kind"], "over_time");
    // Kiosk and cart.
    assert_eq!(page["small_teams_left_out"], 2);
    let show = |unit: &str, name: &str| format!("/api/v1/units/{unit}/photos/{name}");
    let whole = house.get(&show("quay", &names[0])).await;
    assert_eq!(
        (whole.status, whole.body.as_slice()),
        (StatusCode::OK, b"a photo".as_slice())
    );
    let hidden = house.get(&show("kiosk", &names[1])).await;
    assert_eq!(hidden.problem(), (404, "unknown_photo".to_owned()));
    // Somebody else's shop is not in the list.
    let (_, member) = house
        .person("mo", &json!([{"role": "member", "unit": "arches"}]))
        .await;
    let own = house.ask(&member, Method::GET, list, None).await.ok();
    assert_eq!(own["photos"].as_array().unwrap().len(), 1);
    assert_eq!(own["photos"][0]["unit"]["id"], "arches");
}

#[tokio::test]
async fn photos_whose_look_never_came_go_after_a_week() {
    let house = house().await;
    let (named, spare, fresh) = (
        photo(&house, "quay").await,
        photo(&house, "quay").await,
        photo(&house, "quay").await,
    );
    look(
        &house,
        "quay",
        "2026-07-01",
        json!({"detail": {"photo": named}}),
    )
    .await;
    // The house's clock stands at 15 August.
    for (name, day) in [(&named, 1), (&spare, 1), (&fresh, 14)] {
        let at = jiff::civil::date(2026, 8, day)
            .in_tz("UTC")
            .unwrap()
            .timestamp();
        let path = path_of(&house, "quay", name);
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified(at.into()).unwrap();
    }
    house.office.tidy().await;
    let there = |name: &str| path_of(&house, "quay", name).exists();
    assert!(there(&named), "a look names it");
    assert!(!there(&spare), "nobody names it");
    assert!(there(&fresh), "its look may still come");
}

#[tokio::test]
async fn customers_are_heard_where_something_came_on_top() {
    let house = house().await;
    look(&house, "quay", "2026-07-01", json!({"extras": ["a word"]})).await;
    look(&house, "quay", "2026-07-02", json!({})).await;
    look(
        &house,
        "kiosk",
        "2026-07-01",
        json!({"extras": ["a smile"]}),
    )
    .await;
    house.office.flush_inbox().await.unwrap();
    let mut guests = String::from("shop,at,channel,recommend,remark\n");
    for (shop, day, promoters) in [
        ("quay", "2026-07-01", 36),
        ("quay", "2026-07-02", 10),
        ("quay", "2026-07-03", 20),
        ("kiosk", "2026-07-01", 0),
    ] {
        for guest in 0..40 {
            let score = if guest < promoters { 9 } else { 3 };
            let remark = if guest == 0 {
                format!("{shop} {day}")
            } else {
                String::new()
            };
            writeln!(guests, "{shop},{day},qr,{score},{remark}").unwrap();
        }
    }
    let with_remark =
        |mapping: &str| format!("{mapping}[[item]]\nid = \"remark\"\ncolumn = \"remark\"\n");
    let ended = house
        .import("guests.csv", &guests, &with_remark(GUESTS_MAPPING))
        .await;
    assert_eq!(ended["status"], "done", "{ended:#}");
    let team = "shop,closed_on,contact,happy,remark\nquay,2026-07-01,external,7,we are tired\n";
    let ended = house
        .import("team.csv", team, &with_remark(TEAMS_MAPPING))
        .await;
    assert_eq!(ended["status"], "done", "{ended:#}");
    let page = house
        .get("/api/v1/standards/in-line/extras?unit=quay")
        .await
        .ok();
    assert_eq!(
        (&page["days_with"], &page["days_without"]),
        (&json!(1), &json!(1))
    );
    let said = &page["comparisons"][0];
    assert_eq!(said["indicator"]["id"], "guest-nps");
    // 36 promoters and 4 detractors; 10 and 30.
    assert_eq!(
        (&said["with"]["n"], &said["with"]["value"]),
        (&json!(40), &json!(0.8))
    );
    assert_eq!(
        (&said["without"]["n"], &said["without"]["value"]),
        (&json!(40), &json!(-0.5))
    );
    assert_eq!(said["finding"], "better");
    let texts = |page: &Value| -> Vec<String> {
        let comments = page["comments"].as_array().unwrap();
        comments
            .iter()
            .map(|one| one["text"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(texts(&page), ["quay 2026-07-01"]);
    assert_eq!(page["comments"][0]["extras"], json!(["a word"]));
    // Everywhere: the kiosk counts, and nobody is quoted about its three people.
    let page = house.get("/api/v1/standards/in-line/extras").await.ok();
    assert_eq!(page["days_with"], 2);
    assert_eq!(page["comparisons"][0]["with"]["n"], 80);
    assert_eq!(
        (texts(&page), &page["comments_total"]),
        (vec!["quay 2026-07-01".to_owned()], &json!(1))
    );
    assert_eq!(page["comparisons"][0]["finding"], "undecided");
    assert!(!page.to_string().contains("tired"), "{page:#}");
}
