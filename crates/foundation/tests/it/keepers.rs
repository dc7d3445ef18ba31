//! The pulse of the keepers follows from the standards.

use evenkeel_foundation::{Asks, IndicatorKind, export, parse, plan};

use crate::small::{edited, files, parsed, with};

#[test]
fn each_standard_that_employees_owe_is_asked_about() {
    let foundation = parsed(&files());
    let standard = &foundation.standards["waiting"];
    assert_eq!(foundation.keepers(standard).unwrap().id.as_str(), "staff");
    let instrument = foundation.keepers_instrument(&standard.owed_by).unwrap();
    let items: Vec<_> = instrument
        .items
        .iter()
        .map(|item| item.id.as_str())
        .collect();
    assert_eq!(
        items,
        [
            "know_waiting",
            "time_waiting",
            "means_waiting",
            "staff_waiting",
            "want_waiting"
        ]
    );
    for asks in Asks::EVERY {
        let id = asks.indicator(&standard.id).unwrap();
        let indicator = foundation.indicator(&id).unwrap();
        assert_eq!(indicator.party.as_ref(), Some(&standard.owed_by));
        assert_eq!(indicator.minimum_n, foundation.parties["staff"].minimum_n);
        let IndicatorKind::Share { item, values, .. } = &indicator.kind else {
            panic!("{indicator:?}");
        };
        assert_eq!(Some(item), asks.item(&standard.id).as_ref());
        assert_eq!(*values, ["yes"]);
    }
}

#[test]
fn customers_who_owe_something_are_not_asked() {
    let by_customers = edited(
        "standards/waiting.toml",
        "owed_by = \"staff\"",
        "owed_by = \"customer\"",
    );
    let foundation = parsed(&with(&[("standards/waiting.toml", &by_customers)]));
    let standard = &foundation.standards["waiting"];
    assert!(foundation.keepers(standard).is_none());
    assert!(foundation.keepers_instrument(&standard.owed_by).is_none());
}

#[test]
fn nothing_of_it_is_written_and_a_plan_does_not_know_it() {
    let foundation = parsed(&files());
    let written = export(&foundation);
    assert!(!written.keys().any(|path| path.contains("keepers")));
    let indicators = String::from_utf8(written["indicators.toml"].clone()).unwrap();
    assert!(!indicators.contains("keepers-"), "{indicators}");
    let mut without = foundation.clone();
    without.standards.clear();
    without.add_keepers();
    assert!(
        without
            .instruments
            .keys()
            .all(|id| !id.as_str().starts_with("keepers-"))
    );
    let changes = plan(&without, &foundation).changes;
    assert_eq!(changes.len(), 1, "{changes:?}");
}

#[test]
fn its_ids_are_its_own() {
    let taken = edited("indicators.toml", "id = \"nps\"", "id = \"keepers-nps\"");
    let problems = parse(&with(&[("indicators.toml", &taken)])).unwrap_err();
    assert!(
        problems
            .iter()
            .any(|problem| problem.message.contains("keepers' pulse")
                && problem.allowed.contains("does not begin with `keepers-`")),
        "{problems:?}"
    );
}
