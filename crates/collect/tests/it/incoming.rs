//! Looks that come in one by one, as JSON.

use evenkeel_assess::Agreement;
use evenkeel_collect::observation::{Arrival, Incoming, Looked, batch, judge_incoming};
use evenkeel_facts::observations_schema;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use crate::kinds::place;
use crate::support::Place;

fn judged_at(place: &Place, sent: Value) -> Result<Looked, Vec<String>> {
    let incoming: Incoming = serde_json::from_value(sent).map_err(|e| vec![e.to_string()])?;
    let arrival = Arrival {
        received_at: "2026-02-03T12:00:00Z".parse().expect("a moment"),
        import_id: "form",
        source: "http",
        salt: b"salt of the tests",
        rng: &mut StdRng::seed_from_u64(7),
    };
    judge_incoming(&incoming, &place.agreed, arrival)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

fn judged(sent: Value) -> Looked {
    judged_at(&place(), sent).expect("judged")
}

fn look(standard: &str, more: Value) -> Value {
    let mut sent = json!({"standard": standard, "unit": "sneek", "chosen": "random"});
    let more = more.as_object().expect("an object").clone();
    sent.as_object_mut().expect("an object").extend(more);
    sent
}

#[test]
fn every_kind_in_json() {
    let answer = judged(look(
        "answer",
        json!({"from": "2026-02-02T16:00+01:00", "to": "2026-02-03 12:00"}),
    ));
    assert_eq!(
        (answer.rows[0].kept, answer.rows[0].value),
        (Some(true), Some(4.0 * 3600.0))
    );
    assert_eq!(answer.day.to_string(), "2026-02-03");
    let open = judged(look("answer", json!({"from": "2026-01-05T16:00"})));
    assert_eq!(open.rows[0].kept, Some(false));
    let table = judged(look(
        "table",
        json!({"items": {"clean": true, "menu": null, "flowers": "yes"}, "extras": ["a card"]}),
    ));
    assert_eq!(
        table.rows[0].extras.as_deref(),
        Some("[\"flowers\",\"a card\"]")
    );
    assert_eq!(
        table.rows[0].detail.as_deref(),
        Some(
            "{\"items\":{\"clean\":\"yes\",\"flowers\":\"yes\",\"menu\":\"not_applicable\"},\"seen\":{\"extras\":[\"a card\"]}}"
        )
    );
    let ticked = judged(look(
        "table",
        json!({"ticked": ["menu"], "reason": "could_not"}),
    ));
    assert_eq!(
        (ticked.rows[0].kept, ticked.rows[0].reason.as_deref()),
        (Some(false), Some("could_not"))
    );
    let mail = judged(look(
        "mail",
        json!({"text": "Kunt u bellen?", "language": "nl"}),
    ));
    assert_eq!(
        (mail.rows[0].kept, mail.rows[0].detail.as_deref()),
        (Some(true), Some("{\"language\":\"nl\"}"))
    );
    let kept_text = judged(look(
        "mail",
        json!({"text": "Thanks", "language": "en", "keep_text": true}),
    ));
    assert!(
        kept_text.rows[0]
            .detail
            .as_deref()
            .is_some_and(|d| d.contains("Thanks"))
    );
    let burger = judged(look(
        "burger",
        json!({"steps": ["bun", "bacon", "patty", "bun"], "key": "order-1"}),
    ));
    assert_eq!(burger.rows[0].observation_id, "burger:order-1");
    assert_eq!(burger.rows[0].extras.as_deref(), Some("[\"bacon\"]"));
    let told = judged(look("burger", json!({"kept": false, "at": "2026-02-01"})));
    assert_eq!(
        (told.rows[0].kept, told.rows[0].occurred_at),
        (Some(false), None)
    );
    for looked in [answer, open, table, ticked, mail, burger, told] {
        assert_eq!(
            batch(&looked.rows.iter().collect::<Vec<_>>())
                .expect("a batch")
                .num_rows(),
            1
        );
    }
}

#[test]
fn several_raters_are_several_rows_and_one_judgement() {
    let scores = json!([{"rater": "An", "score": 2}, {"rater": "Bo", "score": 5}]);
    let looked = judged(look("welcome", json!({"scores": scores, "key": "guest-1"})));
    assert_eq!(looked.assessment.value, Some(3.5));
    let kept: Vec<Option<bool>> = looked.rows.iter().map(|row| row.kept).collect();
    assert_eq!(kept, [None, Some(true)]);
    let ids: Vec<&str> = looked
        .rows
        .iter()
        .map(|row| row.observation_id.as_str())
        .collect();
    assert_eq!(ids, ["welcome:guest-1|An", "welcome:guest-1|Bo"]);
    assert!(
        looked
            .rows
            .iter()
            .all(|row| row.subject.as_deref() == Some("guest-1"))
    );
    let blind = judged(look(
        "welcome",
        json!({"scores": scores, "channel": "calibration"}),
    ));
    assert!(
        blind
            .rows
            .iter()
            .all(|row| row.kept.is_none() && row.value.is_some())
    );
    let columns = batch(&looked.rows.iter().collect::<Vec<_>>()).expect("a batch");
    let schema = observations_schema();
    let names = columns.schema();
    assert!(
        names
            .fields()
            .iter()
            .all(|field| schema.field_with_name(field.name()).is_ok())
    );
}

#[test]
fn a_rubric_with_calibration_waits_for_agreement() {
    let mut place = place();
    let versions = place
        .agreed
        .standards
        .get_mut("welcome")
        .expect("the standard");
    let mut json = serde_json::to_value(&versions[0].standard.requirement).expect("json");
    json["calibration"] = json!({"agreement_min": 0.667, "subjects_min": 5});
    versions[0].standard.requirement = serde_json::from_value(json).expect("a requirement");
    let sent = || {
        look(
            "welcome",
            json!({"scores": [{"rater": "An", "score": 4}, {"rater": "Bo", "score": 4}]}),
        )
    };
    let kept = |place: &Place| judged_at(place, sent()).expect("judged").assessment.kept;
    assert_eq!(kept(&place), None);
    for (alpha, expected) in [(0.5, None), (0.8, Some(true))] {
        let agreement = Agreement {
            alpha: Some(alpha),
            subjects: 5,
        };
        place
            .agreed
            .agreement
            .insert("welcome".parse().expect("an id"), agreement);
        assert_eq!(kept(&place), expected);
    }
}

#[test]
fn everything_wrong_is_said_at_once() {
    let faults = |sent| judged_at(&place(), sent).expect_err("faults");
    assert_eq!(
        faults(json!({"standard": "burgr", "unit": "sneak", "chosen": "all", "reason": "busy"})),
        [
            "standard: there is no such standard; did you mean `burger`? (found burgr; allowed: answer, burger, greeting, mail, plate, table, wait, welcome)",
            "unit: there is no such unit; did you mean `sneek`? (found sneak; allowed: acme, albany, leeuwarden, north, overseas, sneek)",
            "chosen: there is no such chosen (found all; allowed: census, random, convenience)",
            "reason: there is no such reason (found busy; allowed: could_not, did_not_know, unclear, chose_otherwise)",
        ]
    );
    assert_eq!(
        faults(look("burger", json!({"at": "yesterday", "steps": []})))[0]
            .split(" (")
            .next(),
        Some("at: this is no date or time")
    );
    assert_eq!(
        faults(look("burger", json!({"text": "bun"}))),
        ["text: a sequence is not judged from this (allowed: steps, or kept)"]
    );
    assert_eq!(
        faults(look("burger", json!({}))),
        ["steps: nothing was seen (allowed: steps, or kept)"]
    );
    assert_eq!(
        faults(look("burger", json!({"steps": ["bun"], "kept": true}))),
        ["kept: whether it was kept follows from what was seen (found true; allowed: one of both)"]
    );
    assert_eq!(
        faults(look("table", json!({"items": {"clean": true}}))),
        ["items: the point `menu` was not looked at (allowed: yes, no, not_applicable)"]
    );
    assert_eq!(
        faults(look("answer", json!({"to": "2026-02-03T12:00"}))),
        ["to: its beginning is missing (found 2026-02-03T12:00; allowed: from beside it)"]
    );
    assert_eq!(
        faults(look(
            "burger",
            json!({"steps": ["bun"], "at": "2027-01-01"})
        )),
        [
            "at: this lies in the future (found 2027-01-01; allowed: up to 2026-02-03)",
            "at: unit sneek does not exist that day (found 2027-01-01)"
        ]
    );
    assert!(
        faults(look("burger", json!({"step": ["bun"]})))[0].starts_with("unknown field `step`")
    );
}
