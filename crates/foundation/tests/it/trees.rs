//! Invariants of the tree of units.

use evenkeel_foundation::{LevelId, Text, TreeError, Unit, UnitId, UnitTree};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn id(n: usize) -> UnitId {
    UnitId::parse(&format!("u{n:02}")).expect("an id")
}

fn level(depth: usize) -> LevelId {
    LevelId::parse(&format!("l{depth}")).expect("an id")
}

fn unit(n: usize, parent: Option<usize>, depth: usize) -> Unit {
    Unit {
        id: id(n),
        title: Text::plain("A unit").expect("a text"),
        level: level(depth),
        parent: parent.map(id),
        valid_from: None,
        valid_to: None,
        time_zone: None,
        people: None,
        origin: evenkeel_foundation::Origin::Foundation,
    }
}

const DAY: Date = date(2026, 3, 1);

fn tree(units: Vec<Unit>) -> UnitTree {
    UnitTree::new(units, (0..40).map(level), "Europe/Amsterdam").expect("a tree")
}

/// Trees of up to 40 units: the parent of each is one before it, or none.
fn any_units() -> impl Strategy<Value = Vec<Unit>> {
    prop::collection::vec(
        (any::<prop::sample::Index>(), prop::bool::weighted(0.1)),
        1..40,
    )
    .prop_map(|draws| {
        let mut units: Vec<Unit> = Vec::new();
        let mut depths: Vec<usize> = Vec::new();
        for (n, (parent, is_root)) in draws.into_iter().enumerate() {
            let parent = (n > 0 && !is_root).then(|| parent.index(n));
            let depth = parent.map_or(0, |p| depths[p] + 1);
            depths.push(depth);
            units.push(unit(n, parent, depth));
        }
        units
    })
}

proptest! {
    #[test]
    fn ancestors_and_descendants_are_the_same_relation(units in any_units()) {
        let count = units.len();
        let tree = tree(units);
        for a in 0..count {
            let below = tree.descendants_or_self(&id(a), DAY);
            for b in 0..count {
                let above = tree.ancestors(&id(b), DAY).iter().any(|unit| unit.id == id(a));
                prop_assert_eq!(below.contains(&id(b)), above || a == b);
            }
        }
    }

    #[test]
    fn every_unit_is_at_its_own_level_and_below_one_unit_of_each_above(units in any_units()) {
        let tree = tree(units.clone());
        for unit in &units {
            let own = tree.ancestor_at_level(&unit.id, &unit.level, DAY);
            prop_assert_eq!(own.as_ref(), Some(&unit.id));
            let depth = tree.ancestors(&unit.id, DAY).len();
            for above in 0..depth {
                let found = tree.ancestor_at_level(&unit.id, &level(above), DAY);
                let found = found.expect("one at each level above");
                prop_assert!(tree.descendants_or_self(&found, DAY).contains(&unit.id));
                prop_assert!(tree.units_at_level(&level(above), DAY).contains(&found));
            }
            prop_assert_eq!(tree.ancestor_at_level(&unit.id, &level(depth + 1), DAY), None);
        }
    }

    #[test]
    fn the_roots_parts_are_everything_once(units in any_units()) {
        let tree = tree(units.clone());
        let roots = units.iter().filter(|unit| unit.parent.is_none());
        let parts = roots.map(|root| tree.descendants_or_self_ever(&root.id).len());
        prop_assert_eq!(parts.sum::<usize>(), units.len());
    }

    #[test]
    fn closing_a_circle_is_found_from_anywhere(units in any_units(), at in any::<prop::sample::Index>()) {
        let tree = tree(units.clone());
        let at = at.index(units.len());
        let root = tree.ancestors(&id(at), DAY).last().map_or(id(at), |unit| unit.id.clone());
        let mut circular = units;
        let top = circular.iter_mut().find(|unit| unit.id == root).expect("the root");
        top.parent = Some(id(at));
        let errors = UnitTree::new(circular, [], "").expect_err("a circle");
        let [TreeError::Cycle(around)] = errors.as_slice() else {
            return Err(TestCaseError::fail(format!("{errors:?}")));
        };
        prop_assert_eq!(around.first(), around.last());
        prop_assert!(around.contains(&root) && around.contains(&id(at)));
        let mut once = around[1..].to_vec();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), around.len() - 1);
    }
}

#[test]
fn units_open_and_close() {
    let mut shop = unit(1, Some(0), 1);
    shop.valid_from = Some(date(2025, 3, 1));
    shop.valid_to = Some(date(2025, 6, 30));
    let tree = tree(vec![unit(0, None, 0), shop]);
    let at = |day| tree.descendants_or_self(&id(0), day).len();
    assert_eq!(at(date(2025, 2, 28)), 1);
    assert_eq!(at(date(2025, 3, 1)), 2);
    assert_eq!(at(date(2025, 6, 30)), 2);
    assert_eq!(at(date(2025, 7, 1)), 1);
    let in_year = tree.units_at_level_between(&level(1), date(2025, 1, 1), date(2025, 12, 31));
    assert_eq!(in_year, [id(1)]);
    // A late row of a closed unit still rolls up.
    assert_eq!(tree.ancestor_at_level(&id(1), &level(0), DAY), Some(id(0)));
}

#[test]
fn zones_come_from_above() {
    let mut region = unit(1, Some(0), 1);
    region.time_zone = Some("Europe/London".to_owned());
    let tree = tree(vec![unit(0, None, 0), region, unit(2, Some(1), 2)]);
    assert_eq!(tree.time_zone(&id(2)), "Europe/London");
    assert_eq!(tree.time_zone(&id(0)), "Europe/Amsterdam");
}

#[test]
fn all_errors_of_a_tree_at_once() {
    let units = vec![
        unit(0, Some(1), 0),
        unit(1, Some(0), 0),
        unit(2, Some(9), 0),
        unit(3, Some(3), 0),
    ];
    let errors = UnitTree::new(units, [], "").expect_err("no tree");
    let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "unit u02: its parent u09 does not exist",
            "units in a circle: u00 → u01 → u00",
            "units in a circle: u03 → u03",
        ]
    );
}
