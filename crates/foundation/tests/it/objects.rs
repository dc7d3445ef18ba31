//! Foundations as the registry keeps them.

use evenkeel_foundation::{Foundation, Object, ObjectKind};
use serde_json::json;

use crate::small::{files, parsed};

fn objects() -> Vec<Object> {
    parsed(&files()).objects()
}

fn edit(objects: &mut [Object], kind: ObjectKind, id: &str, field: &str, value: serde_json::Value) {
    let object = objects.iter_mut().find(|o| o.kind == kind && o.id == id);
    object.expect("an object").content[field] = value;
}

#[test]
fn apart_and_together_again() {
    let foundation = parsed(&files());
    let mut objects = foundation.objects();
    let text = serde_json::to_string(&objects).expect("json");
    objects.reverse();
    assert_eq!(Foundation::from_objects(objects), Ok(foundation.clone()));
    let read: Vec<Object> = serde_json::from_str(&text).expect("objects");
    assert_eq!(Foundation::from_objects(read), Ok(foundation));
}

#[test]
fn a_standard_s_owner_is_its_team() {
    let objects = objects();
    let owned = objects.iter().filter(|o| o.owner.is_some());
    let owned: Vec<_> = owned.map(|o| (o.kind, o.id.as_str())).collect();
    assert_eq!(owned, [(ObjectKind::Standard, "waiting")]);
}

#[test]
fn old_rows_are_checked_by_today_s_rules() {
    let mut objects = objects();
    edit(
        &mut objects,
        ObjectKind::Party,
        "staff",
        "minimum_n",
        json!(2),
    );
    edit(
        &mut objects,
        ObjectKind::Standard,
        "waiting",
        "owner",
        json!("flor"),
    );
    let problems = Foundation::from_objects(objects).expect_err("two problems");
    let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(
        texts[0].starts_with("registry: party.staff.minimum_n: "),
        "{}",
        texts[0]
    );
    assert!(texts[1].contains("did you mean `floor`?"), "{}", texts[1]);
}

#[test]
fn rows_that_cannot_be_read_are_all_named() {
    let mut objects = objects();
    edit(
        &mut objects,
        ObjectKind::Standard,
        "waiting",
        "target",
        json!(90),
    );
    edit(
        &mut objects,
        ObjectKind::Team,
        "floor",
        "id",
        json!("The Floor"),
    );
    edit(
        &mut objects,
        ObjectKind::Instrument,
        "visit",
        "widthMode",
        json!("static"),
    );
    let problems = Foundation::from_objects(objects).expect_err("three problems");
    let keys: Vec<&str> = problems.iter().map(|p| p.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "instrument.visit.widthMode",
            "standard.waiting",
            "team.floor"
        ]
    );
    assert_eq!(Foundation::from_objects([]).expect_err("nothing").len(), 1);
}
