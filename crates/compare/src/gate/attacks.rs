//! Each rule alone against the attack that it is for: the attack works without it, and not with it.

use evenkeel_stats::linear_audit::Solvable;

use super::cell::CellKey;
use super::crowd::{NO_RULES, Person, draft, month, person, released, shown};
use super::decide::Rules;

fn cell(unit: &str) -> CellKey {
    CellKey {
        unit: Some(evenkeel_foundation::UnitId::parse(unit).unwrap()),
        period: month(),
        segment: None,
    }
}

fn role(unit: &str, role: &str) -> CellKey {
    CellKey {
        segment: Some(("role".to_owned(), role.to_owned())),
        ..cell(unit)
    }
}

fn team(unit: &'static str, role: &str, scores: &[i32]) -> Vec<Person> {
    scores
        .iter()
        .map(|score| person(unit, &[("role", role)], *score))
        .collect()
}

const ONE_TEAM: &[(&str, Option<&str>)] = &[("team", None)];

/// Rule 3: with two attributes at once, cells of five people and more still give single people
/// away, and no cell below five is needed for it.
#[test]
fn two_attributes_at_once_single_people_out() {
    // role × tenure × shift, two values each; the sizes of the eight groups:
    let people = [3, 2, 4, 6, 5, 3, 6, 1];
    let atom = |role: usize, tenure: usize, shift: usize| 4 * role + 2 * tenure + shift;
    let every = || (0..2).flat_map(|a| (0..2).map(move |b| (a, b)));
    let size = |sum: &[usize]| sum.iter().map(|a| people[*a]).sum::<u64>();
    let one: Vec<Vec<usize>> = (0..2)
        .flat_map(|value| {
            [
                every().map(|(b, c)| atom(value, b, c)).collect(),
                every().map(|(a, c)| atom(a, value, c)).collect(),
                every().map(|(a, b)| atom(a, b, value)).collect(),
            ]
        })
        .chain([(0..8).collect()])
        .collect();
    let two: Vec<Vec<usize>> = every()
        .flat_map(|(a, b)| {
            [
                vec![atom(a, b, 0), atom(a, b, 1)],
                vec![atom(a, 0, b), atom(a, 1, b)],
                vec![atom(0, a, b), atom(1, a, b)],
            ]
        })
        .filter(|sum| size(sum) >= 5)
        .chain(one.clone())
        .collect();
    // Three attributes, and everybody: one published cell of a third attribute closes the circle.
    let mut three = two.clone();
    three.push(vec![atom(0, 1, 1)]);
    assert!(size(&[atom(0, 1, 1)]) >= 5);
    assert!(!Solvable::new(8, &three).exposed(&people, 5).is_empty());
    assert!(Solvable::new(8, &one).exposed(&people, 5).is_empty());
    // And a cell of this house has no room for a second attribute.
    let draft = draft(
        &[person("team", &[("role", "cook"), ("tenure", "long")], 4)],
        ONE_TEAM,
    );
    assert!(
        draft
            .cells
            .keys()
            .all(|key| key.segment.iter().count() <= 1)
    );
}

#[test]
fn a_group_less_a_group_in_it() {
    let mut people = team("team", "cook", &[4, 5, 3, 4, 5, 4, 3, 5]);
    people.push(person("team", &[], 1));
    let draft = draft(&people, ONE_TEAM);
    let attack = |rules| {
        let shown = shown(&released(&draft, None, rules));
        let (all, cooks) = (shown.get(&cell("team")), shown.get(&role("team", "cook")));
        Some(all?.1 - cooks?.1)
    };
    assert_eq!(attack(NO_RULES), Some(1), "the one who is no cook said 1");
    assert_eq!(
        attack(Rules {
            nested: true,
            ..NO_RULES
        }),
        None
    );
}

#[test]
fn a_single_hidden_team() {
    let mut people = team("north", "cook", &[4, 5, 3, 4, 5, 4]);
    people.extend(team("south", "cook", &[2, 4, 5, 4, 3, 3, 4]));
    people.extend(team("west", "cook", &[2, 1, 2]));
    let parents = [
        ("chain", None),
        ("north", Some("chain")),
        ("south", Some("chain")),
        ("west", Some("chain")),
    ];
    let draft = draft(&people, &parents);
    let attack = |rules| {
        let shown = shown(&released(&draft, None, rules));
        let sum = |unit| shown.get(&cell(unit)).map(|(_, sum)| *sum);
        assert_eq!(sum("west"), None, "three people are never shown");
        Some(sum("chain")? - sum("north")? - sum("south")?)
    };
    assert_eq!(attack(NO_RULES), Some(5), "2 + 1 + 2");
    assert_eq!(
        attack(Rules {
            siblings: true,
            ..NO_RULES
        }),
        None
    );
}

#[test]
fn two_who_answered_late() {
    let early = team("team", "cook", &[4, 5, 3, 4, 5, 4, 3, 5]);
    let mut late = early.clone();
    late.extend(team("team", "cook", &[1, 1]));
    let attack = |rules| {
        let first = released(&draft(&early, ONE_TEAM), None, rules);
        let second = released(&draft(&late, ONE_TEAM), Some(&first), rules);
        let (before, after) = (shown(&first)[&cell("team")], shown(&second)[&cell("team")]);
        (after.0 - before.0, after.1 - before.1)
    };
    assert_eq!(attack(NO_RULES), (2, 2), "both said 1");
    assert_eq!(
        attack(Rules {
            revision: true,
            ..NO_RULES
        }),
        (0, 0)
    );
    // Five more, and the cell changes.
    late.extend(team("team", "cook", &[4, 3, 5]));
    assert_eq!(attack_with(&early, &late).0, 5);
}

fn attack_with(early: &[Person], late: &[Person]) -> (u64, i128) {
    let first = released(&draft(early, ONE_TEAM), None, Rules::ALL);
    let second = released(&draft(late, ONE_TEAM), Some(&first), Rules::ALL);
    let (before, after) = (shown(&first)[&cell("team")], shown(&second)[&cell("team")]);
    (after.0 - before.0, after.1 - before.1)
}

/// A cell and a part of it both change by five; what is between them by one.
#[test]
fn one_late_answer_between_two_cells_that_changed_enough() {
    let mut early = team("team", "cook", &[4, 5, 3, 4, 5, 4]);
    early.extend(team("team", "host", &[4, 5, 3, 4, 5, 4]));
    let mut late = early.clone();
    late.extend(team("team", "cook", &[3, 4, 3, 4, 5]));
    late.extend(team("team", "host", &[1]));
    let attack = |rules| {
        let first = released(&draft(&early, ONE_TEAM), None, rules);
        let second = released(&draft(&late, ONE_TEAM), Some(&first), rules);
        let grown = |key: &CellKey| shown(&second)[key].1 - shown(&first)[key].1;
        grown(&cell("team")) - grown(&role("team", "cook"))
    };
    assert_eq!(
        attack(Rules {
            revision: true,
            ..NO_RULES
        }),
        1,
        "the new host said 1"
    );
    assert_ne!(attack(Rules::ALL), 1);
}

/// What one release hides, a later one does not show unless somebody in it came or went.
#[test]
fn a_hidden_cell_stays_hidden_while_nobody_in_it_changes() {
    let mut early = team("north", "cook", &[4, 5, 3, 4, 5, 4]);
    early.extend(team("west", "cook", &[2, 1, 2]));
    let mut late = early.clone();
    late.extend(team("south", "cook", &[2, 4, 5, 4, 3, 3, 4]));
    let parents = [
        ("chain", None),
        ("north", Some("chain")),
        ("south", Some("chain")),
        ("west", Some("chain")),
    ];
    let first = released(&draft(&early, &parents), None, Rules::ALL);
    let second = released(&draft(&late, &parents), Some(&first), Rules::ALL);
    assert!(
        !shown(&first).contains_key(&cell("north")),
        "west follows from it"
    );
    assert!(!shown(&second).contains_key(&cell("north")));
    assert!(shown(&second)[&cell("chain")].0 > shown(&first)[&cell("chain")].0);
}

#[test]
fn all_said_the_same() {
    let draft = draft(&team("team", "cook", &[5, 5, 5, 5, 5, 5]), ONE_TEAM);
    let attack = |rules| {
        shown(&released(&draft, None, rules))
            .get(&cell("team"))
            .copied()
    };
    assert_eq!(
        attack(NO_RULES),
        Some((6, 30)),
        "30 of 6 people: each said 5"
    );
    assert_eq!(
        attack(Rules {
            unanimous: true,
            ..NO_RULES
        }),
        None
    );
}

/// What rule 8 hides does not follow from the cells around it.
#[test]
fn a_unanimous_team_is_not_its_chain_less_the_others() {
    let mut people = team("north", "cook", &[5, 5, 5, 5, 5, 5]);
    people.extend(team("south", "cook", &[2, 4, 5, 4, 3, 3, 4]));
    let parents = [
        ("chain", None),
        ("north", Some("chain")),
        ("south", Some("chain")),
    ];
    let shown = shown(&released(&draft(&people, &parents), None, Rules::ALL));
    assert!(shown.contains_key(&cell("chain")));
    assert!(!shown.contains_key(&cell("north")) && !shown.contains_key(&cell("south")));
}

#[test]
fn a_release_reads_back_as_it_was_written() {
    let mut people = team("team", "cook", &[4, 5, 3, 4, 5, 4, 3, 5]);
    people.push(person("team", &[], 1));
    let first = released(&draft(&people, ONE_TEAM), None, Rules::ALL);
    let bytes = first.write().unwrap();
    assert_eq!(super::Release::read(&bytes).unwrap(), first);
    assert!(super::Release::read(b"{}").is_err());
}
