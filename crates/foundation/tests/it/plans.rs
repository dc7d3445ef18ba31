//! What would change.

use evenkeel_foundation::{Action, Origin, Plan, Unit, UnitId, plan};

use crate::small::{edited, files, parsed, with};

fn planned(changed: &[(&str, &str)]) -> Plan {
    plan(&parsed(&files()), &parsed(&with(changed)))
}

#[test]
fn nothing_changes_when_nothing_changed() {
    let now = parsed(&files());
    assert!(plan(&now, &now).is_empty());
    assert_eq!(plan(&now, &now).to_string(), "Nothing would change.\n");
    // The order of keys in an instrument says nothing.
    let again = edited(
        "instruments/visit.json",
        "\"type\": \"rating\", \"name\": \"mood\"",
        "\"name\": \"mood\", \"type\": \"rating\"",
    );
    assert!(planned(&[("instruments/visit.json", &again)]).is_empty());
}

#[test]
fn a_change_names_fields_and_owner() {
    let standard = edited("standards/waiting.toml", "0.9", "0.95").replace("5min", "4min");
    let text = planned(&[("standards/waiting.toml", &standard)]).to_string();
    assert_eq!(
        text,
        "~ change standard waiting (owner: floor)\n    target: 0.9 → 0.95\n    requirement.within: 300.0 → 240.0\n"
    );
}

#[test]
fn whoever_owns_it_now_is_asked() {
    let teams =
        "[[team]]\nid = \"floor\"\ntitle = \"Floor\"\n[[team]]\nid = \"new\"\ntitle = \"New\"\n";
    let standard = edited("standards/waiting.toml", "\"floor\"", "\"new\"");
    let plan = planned(&[("teams.toml", teams), ("standards/waiting.toml", &standard)]);
    let text = plan.to_string();
    assert!(text.contains("+ add team new\n"), "{text}");
    assert!(
        text.contains("~ change standard waiting (owner: floor)\n    owner: \"floor\" → \"new\"\n"),
        "{text}"
    );
}

#[test]
fn what_is_gone_is_retired() {
    let plan = planned(&[("indicators.toml", "")]);
    let [change] = plan.changes.as_slice() else {
        panic!("{plan}");
    };
    assert_eq!(
        (change.id.as_str(), &change.action),
        ("nps", &Action::Retired)
    );
}

#[test]
fn a_question_is_named_in_its_instrument() {
    let text = edited(
        "instruments/visit.json",
        "\"name\": \"mood\"",
        "\"name\": \"mood\", \"title\": \"And you?\"",
    );
    let plan = planned(&[("instruments/visit.json", &text)]);
    let text = plan.to_string();
    assert!(
        text.contains("elements[mood].title: nothing → \"And you?\""),
        "{text}"
    );
    assert!(plan.problems.is_empty());
}

#[test]
fn an_item_keeps_its_scale_for_ever() {
    let text = edited(
        "instruments/visit.json",
        "\"name\": \"mood\"",
        "\"name\": \"mood\", \"rateMax\": 7",
    );
    let plan = planned(&[("instruments/visit.json", &text)]);
    let [problem] = plan.problems.as_slice() else {
        panic!("{plan}");
    };
    assert_eq!(problem.key, "instrument.visit.mood");
    assert!(
        problem
            .to_string()
            .contains("found a rating from 1 to 7; allowed: a rating from 1 to 5, or a new item")
    );

    let more = edited(
        "instruments/visit.json",
        "[\"yes\", \"no\"]",
        "[\"perhaps\", \"yes\", \"no\"]",
    );
    assert!(
        planned(&[("instruments/visit.json", &more)])
            .problems
            .is_empty()
    );
    let fewer = edited("instruments/visit.json", "[\"yes\", \"no\"]", "[\"yes\"]");
    assert_eq!(
        planned(&[("instruments/visit.json", &fewer)])
            .problems
            .len(),
        1
    );
}

#[test]
fn units_that_an_import_met_are_not_retired() {
    let next = parsed(&files());
    let mut current = next.clone();
    let id = UnitId::parse("met").expect("an id");
    let mut met: Unit = current.units["north"].clone();
    met.id = id.clone();
    met.origin = Origin::Import;
    current.units.insert(id.clone(), met);
    assert!(plan(&current, &next).is_empty());
    // Writing it into the files adopts it.
    let mut adopted = current.clone();
    adopted.units.get_mut(&id).expect("the unit").origin = Origin::Foundation;
    assert_eq!(
        plan(&current, &adopted).to_string(),
        "~ change unit met\n    origin: \"import\" → \"foundation\"\n"
    );
}
