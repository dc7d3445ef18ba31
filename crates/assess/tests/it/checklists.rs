//! Checklists.

use std::collections::BTreeMap;

use evenkeel_assess::{AssessError, Assessment, Deviation, Observed, Tick, Unknown};
use evenkeel_foundation::requirement::{Checklist, ChecklistItem, Weighing};
use evenkeel_foundation::{Proportion, Requirement, Text};

use crate::judging::{judged, tried};

use Tick::{No, NotApplicable as NA, Yes};

fn table_ready(pass_at: f64) -> Requirement {
    let item = |(id, counts_as, weight): (&str, Weighing, f64)| ChecklistItem {
        id: id.to_owned(),
        title: Text::plain(id).expect("not empty"),
        counts_as,
        weight,
    };
    Requirement::Checklist(Checklist {
        pass_at: Proportion::new(pass_at).expect("a share"),
        items: [
            ("clean", Weighing::AutoFail, 3.0),
            ("cutlery", Weighing::Required, 2.0),
            ("menu", Weighing::Required, 1.0),
            ("flowers", Weighing::Bonus, 0.0),
        ]
        .map(item)
        .into(),
    })
}

fn ticks(clean: Tick, cutlery: Tick, menu: Tick, flowers: Option<Tick>) -> Observed {
    let named = [("clean", clean), ("cutlery", cutlery), ("menu", menu)];
    let mut ticks: BTreeMap<String, Tick> = named.map(|(id, t)| (id.to_owned(), t)).into();
    ticks.extend(flowers.map(|tick| ("flowers".to_owned(), tick)));
    Observed::Ticks(ticks)
}

fn missed(item: &str, auto_fail: bool) -> Deviation {
    Deviation::ItemMissed {
        item: item.to_owned(),
        auto_fail,
    }
}

fn look(pass_at: f64, observed: &Observed) -> Assessment {
    judged(&table_ready(pass_at), observed)
}

#[test]
fn the_share_is_weighed() {
    let all = look(1.0, &ticks(Yes, Yes, Yes, None));
    assert_eq!((all.kept, all.value), (Some(true), Some(1.0)));
    let no_menu = look(0.8, &ticks(Yes, Yes, No, None));
    assert_eq!(no_menu.kept, Some(true), "5 of 6");
    assert_eq!(
        no_menu.deviations,
        [missed("menu", false)],
        "it is told all the same"
    );
    let no_cutlery = look(0.8, &ticks(Yes, No, Yes, None));
    assert_eq!(no_cutlery.kept, Some(false), "4 of 6");
    let (share, pass_at) = (4.0 / 6.0, 0.8);
    let low = Deviation::ShareTooLow { share, pass_at };
    assert_eq!(no_cutlery.deviations, [missed("cutlery", false), low]);
}

#[test]
fn without_an_auto_fail_nothing_else_helps() {
    let dirty = look(0.2, &ticks(No, Yes, Yes, Some(Yes)));
    assert_eq!(dirty.kept, Some(false));
    assert_eq!(
        dirty.deviations,
        [missed("clean", true)],
        "the share is above 0.2"
    );
    assert_eq!(dirty.extras, ["flowers"], "a deviation removes no extra");
}

#[test]
fn an_extra_lifts_nothing() {
    let without = look(1.0, &ticks(Yes, Yes, No, Some(No)));
    let with = look(1.0, &ticks(Yes, Yes, No, Some(Yes)));
    assert_eq!(with.extras, ["flowers"]);
    assert_eq!((with.kept, with.value), (without.kept, without.value));
    assert_eq!(with.deviations, without.deviations);
    assert_eq!(without.extras, Vec::<String>::new());
}

#[test]
fn what_does_not_apply_counts_for_nothing() {
    let no_menu = look(1.0, &ticks(Yes, Yes, NA, None));
    assert_eq!((no_menu.kept, no_menu.value), (Some(true), Some(1.0)));
    let nothing = look(1.0, &ticks(NA, NA, NA, Some(Yes)));
    assert_eq!((nothing.kept, nothing.value), (None, None));
    assert_eq!(nothing.unknown, Some(Unknown::NothingApplies));
    assert_eq!(nothing.extras, ["flowers"]);
}

#[test]
fn every_point_that_counts_is_looked_at() {
    let mut some = BTreeMap::from([("clean".to_owned(), Yes)]);
    let error = tried(&table_ready(1.0), &Observed::Ticks(some.clone()));
    let item = "cutlery".to_owned();
    assert_eq!(error, Err(AssessError::ItemNotSeen { item }));
    some.insert("candles".to_owned(), Yes);
    let error = tried(&table_ready(1.0), &Observed::Ticks(some)).expect_err("no such point");
    let said = "the checklist has no point `candles` (allowed: clean, cutlery, menu, flowers)";
    assert_eq!(error.to_string(), said);
}
