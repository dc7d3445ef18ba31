//! Small teams: whose delivery is shown by week and one level up (docs/PRIVACY.md).
//!
//! A unit of fewer than k people is a few persons' work, and its looks are about them. Its delivery
//! is shown with its parent's, by week at the finest. So that it cannot be subtracted out again,
//! hidden siblings count k people together; else the next smallest is hidden with them.
//!
//! A unit is as many people as it says; one that says nothing as many as its children together. Of
//! teams (units without children) that say nothing nobody knows; they are not taken for small,
//! because most imported units are no teams at all (airports, hospitals) and hiding them all would
//! make people write down numbers that are not true. They are shown by week at the finest.
//!
//! Invariant: what is protected does not depend on what was seen, so that it does not say anything.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_foundation::{Granularity, Unit, UnitId, UnitTree};

/// Which units are protected.
#[derive(Debug, Clone, PartialEq)]
pub struct Teams {
    minimum: u32,
    people: BTreeMap<UnitId, u32>,
    unknown_teams: BTreeSet<UnitId>,
    hidden: BTreeSet<UnitId>,
    parents: BTreeMap<UnitId, UnitId>,
}

/// What is shown instead of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// The unit whose delivery is shown; `None`: the whole organisation's.
    pub unit: Option<UnitId>,
    /// The length of a period.
    pub granularity: Granularity,
    /// The unit asked for is a team of fewer people than this.
    pub small_team: Option<u32>,
    /// Periods are longer than asked for because nobody said how many people work there.
    pub people_not_known: bool,
}

impl Teams {
    /// Of a tree; teams of fewer than `minimum` people are small.
    pub fn of(tree: &UnitTree, minimum: u32) -> Self {
        let mut teams = Self {
            minimum,
            people: BTreeMap::new(),
            unknown_teams: BTreeSet::new(),
            hidden: BTreeSet::new(),
            parents: BTreeMap::new(),
        };
        for unit in tree.units() {
            if let Some(parent) = unit.parent.as_ref().filter(|id| tree.unit(id).is_some()) {
                teams.parents.insert(unit.id.clone(), parent.clone());
            }
            match people_of(tree, unit) {
                Some(people) => {
                    teams.people.insert(unit.id.clone(), people);
                }
                None if tree.children_ever(&unit.id).is_empty() => {
                    teams.unknown_teams.insert(unit.id.clone());
                }
                None => {}
            }
        }
        let parents = tree.units().map(|unit| tree.children_ever(&unit.id));
        for siblings in parents {
            teams.hide(siblings);
        }
        teams
    }

    /// Hides the small ones among siblings, and the next smallest until they are k people.
    fn hide(&mut self, siblings: &[UnitId]) {
        let mut known: Vec<(u32, &UnitId)> = siblings
            .iter()
            .filter_map(|id| Some((*self.people.get(id)?, id)))
            .collect();
        known.sort_unstable();
        let small = known.iter().filter(|(people, _)| *people < self.minimum);
        let mut count = small.clone().count();
        let mut total: u32 = small.map(|(people, _)| people).sum();
        if count == 0 {
            return;
        }
        while total < self.minimum && count < known.len() {
            total += known[count].0;
            count += 1;
        }
        let hidden = known[..count].iter().map(|(_, id)| (*id).clone());
        self.hidden.extend(hidden);
    }

    /// Whether a unit's own delivery is not shown.
    pub fn is_hidden(&self, unit: &UnitId) -> bool {
        self.hidden.contains(unit)
    }

    /// Below so many people a team is small.
    pub fn minimum(&self) -> u32 {
        self.minimum
    }

    /// People of a unit, where known.
    pub fn people(&self, unit: &UnitId) -> Option<u32> {
        self.people.get(unit).copied()
    }

    /// What is shown when `unit` (`None`: everything) is asked for by `granularity`.
    pub fn protect(&self, unit: Option<&UnitId>, granularity: Granularity) -> Protection {
        let mut shown = unit;
        while let Some(id) = shown.filter(|id| self.is_hidden(id)) {
            shown = self.parents.get(id);
        }
        let small = shown != unit || unit.is_some_and(|id| self.is_small(id));
        let not_known = unit.is_some_and(|id| self.unknown_teams.contains(id));
        let weekly = small || not_known;
        Protection {
            unit: shown.cloned(),
            granularity: match granularity {
                Granularity::Day if weekly => Granularity::Week,
                other => other,
            },
            small_team: small.then_some(self.minimum),
            people_not_known: not_known && granularity == Granularity::Day,
        }
    }

    /// How precisely a single look of a unit may be dated; `None`: it is never shown, because it
    /// would be about one of few people.
    pub fn single_looks(&self, unit: &UnitId) -> Option<Granularity> {
        let protection = self.protect(Some(unit), Granularity::Day);
        protection
            .small_team
            .is_none()
            .then_some(protection.granularity)
    }

    fn is_small(&self, unit: &UnitId) -> bool {
        self.people(unit)
            .is_some_and(|people| people < self.minimum)
    }
}

/// What a unit says, else what its children say together.
fn people_of(tree: &UnitTree, unit: &Unit) -> Option<u32> {
    if unit.people.is_some() {
        return unit.people;
    }
    let children = tree.children_ever(&unit.id);
    if children.is_empty() {
        return None;
    }
    children
        .iter()
        .map(|child| tree.unit(child).and_then(|child| people_of(tree, child)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Granularity::{Day, Month, Week};
    use evenkeel_foundation::{LevelId, Origin, Text};

    fn unit(id: &str, parent: Option<&str>, people: Option<u32>) -> Unit {
        Unit {
            id: UnitId::parse(id).unwrap(),
            title: Text::plain(id).unwrap(),
            level: LevelId::parse("shop").unwrap(),
            parent: parent.map(|parent| UnitId::parse(parent).unwrap()),
            valid_from: None,
            valid_to: None,
            time_zone: None,
            people,
            origin: Origin::Foundation,
        }
    }

    fn teams(units: &[(&str, Option<&str>, Option<u32>)]) -> Teams {
        let units = units
            .iter()
            .map(|(id, parent, people)| unit(id, *parent, *people));
        let tree = UnitTree::new(units, [LevelId::parse("shop").unwrap()], "UTC").unwrap();
        Teams::of(&tree, 5)
    }

    fn shown(teams: &Teams, id: &str, granularity: Granularity) -> (Option<String>, Granularity) {
        let found = teams.protect(Some(&UnitId::parse(id).unwrap()), granularity);
        (found.unit.map(|unit| unit.to_string()), found.granularity)
    }

    #[test]
    fn a_small_team_is_shown_by_week_and_one_level_up() {
        let teams = teams(&[
            ("house", None, None),
            ("till", Some("house"), Some(3)),
            ("oven", Some("house"), Some(4)),
            ("floor", Some("house"), Some(12)),
        ]);
        assert_eq!(shown(&teams, "till", Day), (Some("house".into()), Week));
        assert_eq!(shown(&teams, "till", Month), (Some("house".into()), Month));
        assert_eq!(shown(&teams, "floor", Day), (Some("floor".into()), Day));
        assert_eq!(shown(&teams, "house", Day), (Some("house".into()), Day));
        assert_eq!(teams.people(&UnitId::parse("house").unwrap()), Some(19));
    }

    // The house less the floor would be the till.
    #[test]
    fn a_small_team_cannot_be_subtracted_out() {
        let teams = teams(&[
            ("house", None, None),
            ("till", Some("house"), Some(3)),
            ("oven", Some("house"), Some(7)),
            ("floor", Some("house"), Some(12)),
        ]);
        let hidden = |id: &str| teams.is_hidden(&UnitId::parse(id).unwrap());
        assert!(hidden("till") && hidden("oven") && !hidden("floor"));
    }

    #[test]
    fn a_team_whose_size_nobody_said_is_shown_by_week() {
        let teams = teams(&[("house", None, None), ("till", Some("house"), None)]);
        assert_eq!(shown(&teams, "till", Day), (Some("till".into()), Week));
        assert_eq!(shown(&teams, "house", Day), (Some("house".into()), Day));
        let till = UnitId::parse("till").unwrap();
        assert!(teams.protect(Some(&till), Day).people_not_known);
        assert!(!teams.protect(Some(&till), Week).people_not_known);
    }

    #[test]
    fn a_single_look_is_never_about_few_people() {
        let teams = teams(&[
            ("house", None, None),
            ("till", Some("house"), Some(3)),
            ("oven", Some("house"), Some(4)),
            ("floor", Some("house"), Some(12)),
            ("cart", Some("house"), None),
        ]);
        let single = |id: &str| teams.single_looks(&UnitId::parse(id).unwrap());
        assert_eq!((single("till"), single("oven")), (None, None));
        assert_eq!(single("floor"), Some(Day));
        // Nobody said how many people the cart is.
        assert_eq!(single("cart"), Some(Week));
    }

    #[test]
    fn a_house_of_three_stays_a_house() {
        let teams = teams(&[("house", None, Some(3))]);
        assert_eq!(shown(&teams, "house", Day), (Some("house".into()), Week));
        assert_eq!(teams.protect(None, Day).granularity, Day);
    }
}
