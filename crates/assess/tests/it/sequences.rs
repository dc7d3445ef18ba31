//! Steps that were done against steps that are required.

use evenkeel_assess::sequence::{Explanation, Move, align, cost, explain};
use evenkeel_assess::{Deviation, Observed};
use evenkeel_foundation::requirement::Sequence;
use evenkeel_foundation::{Latitude, Requirement};
use proptest::prelude::*;
use rstest::rstest;

use crate::judging::{owned, with_latitude};

const BURGER: [&str; 6] = ["bun", "sauce", "patty", "cheese", "pickle", "bun"];

fn burger() -> Sequence {
    Sequence {
        steps: owned(&BURGER),
    }
}

fn missing(step: &str, at: usize) -> Deviation {
    let step = step.to_owned();
    Deviation::StepMissing { step, at }
}

fn added(step: &str, at: usize) -> Deviation {
    let step = step.to_owned();
    Deviation::StepAdded { step, at }
}

#[rstest]
#[case::as_pictured(&BURGER, &[], &[])]
#[case::written_otherwise(&["Bun", " sauce", "PATTY", "cheese", "pickle", "bun"], &[], &[])]
#[case::forgotten(&["bun", "patty", "cheese", "pickle", "bun"], &[missing("sauce", 2)], &[])]
#[case::double(&["bun", "sauce", "patty", "patty", "cheese", "pickle", "bun"], &[added("patty", 4)], &[])]
#[case::swapped(&["bun", "sauce", "patty", "pickle", "cheese", "bun"],
    &[Deviation::StepsSwapped { first: "cheese".to_owned(), second: "pickle".to_owned(), at: 4 }], &[])]
#[case::instead(&["bun", "sauce", "falafel", "cheese", "pickle", "bun"], &[missing("patty", 3), added("falafel", 3)], &[])]
#[case::welcome(&["bun", "sauce", "patty", "cheese", "Bacon", "pickle", "bun"], &[], &["bacon"])]
#[case::welcome_hides_nothing(&["bun", "patty", "bacon", "cheese", "pickle", "bun"], &[missing("sauce", 2)], &["bacon"])]
#[case::nothing(&[], &[missing("bun", 1), missing("sauce", 2), missing("patty", 3), missing("cheese", 4), missing("pickle", 5), missing("bun", 6)], &[])]
fn a_burger(#[case] done: &[&str], #[case] deviations: &[Deviation], #[case] extras: &[&str]) {
    let observed = Observed::Steps(owned(done));
    let required = Requirement::Sequence(burger());
    let found = with_latitude(&required, &observed, &["bacon"]).expect("judged");
    assert_eq!(found.deviations, deviations);
    assert_eq!(found.extras, extras);
    assert_eq!(found.kept, Some(deviations.is_empty()));
}

#[test]
fn what_a_cook_understands() {
    let said = |done: &[&str]| {
        let latitude = Latitude {
            extras: owned(&["bacon"]),
        };
        explain(&burger(), &owned(done), &latitude)
    };
    let step = "patty".to_owned();
    let (done, required) = (2, 1);
    assert_eq!(
        said(&[
            "bun", "sauce", "patty", "patty", "cheese", "bacon", "pickle", "bun"
        ]),
        [Explanation::Times {
            step,
            done,
            required
        }]
    );
    let step = "sauce".to_owned();
    let sauce = Explanation::Forgotten { step, at: 2 };
    let (done, required) = ("falafel".to_owned(), "patty".to_owned());
    let falafel = Explanation::Instead {
        done,
        required,
        at: 3,
    };
    let (first, second) = ("cheese".to_owned(), "pickle".to_owned());
    let swapped = Explanation::Swapped {
        first,
        second,
        at: 4,
    };
    assert_eq!(
        said(&["bun", "sauce", "falafel", "pickle", "cheese", "bun"]),
        [falafel, swapped]
    );
    // Two that are not neighbours: each is done instead of the other.
    let swapped = Explanation::Swapped {
        first: "sauce".to_owned(),
        second: "pickle".to_owned(),
        at: 2,
    };
    assert_eq!(
        said(&["bun", "pickle", "patty", "cheese", "sauce", "bun"]),
        [swapped]
    );
    // Forgotten at one place and something added at another is not one instead of the other.
    let step = "ketchup".to_owned();
    let ketchup = Explanation::Added { step, at: 6 };
    assert_eq!(
        said(&["bun", "patty", "cheese", "pickle", "bun", "ketchup"]),
        [sauce, ketchup]
    );
    // Done, but elsewhere: one thing to say, at the place where it belongs.
    let step = "cheese".to_owned();
    assert_eq!(
        said(&["bun", "cheese", "sauce", "patty", "pickle", "bun"]),
        [Explanation::Moved { step, at: 4 }]
    );
    let step = "bun".to_owned();
    let (done, required) = (1, 2);
    assert_eq!(
        said(&["bun", "sauce", "patty", "cheese", "pickle"]),
        [Explanation::Times {
            step,
            done,
            required
        }]
    );
}

/// The least number of deviations, by trying everything.
fn brute(required: &[u8], observed: &[u8], best: usize) -> usize {
    if best == 0 {
        return 0;
    }
    match (required, observed) {
        ([], rest) | (rest, []) => rest.len(),
        ([a, left @ ..], [b, right @ ..]) => {
            let mut least = 1 + brute(left, observed, best - 1);
            least = least.min(1 + brute(required, right, best - 1));
            if a == b {
                least = least.min(brute(left, right, best));
            }
            if let ([x, y, left @ ..], [p, q, right @ ..]) = (required, observed)
                && x == q
                && y == p
            {
                least = least.min(1 + brute(left, right, best - 1));
            }
            least
        }
    }
}

/// What was observed, made of what is required by following the explanation.
fn applied(required: &[u8], observed: &[u8], moves: &[Move]) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    let mut next = 0;
    for step in moves {
        let (place, taken) = match *step {
            Move::Same { required: at, .. } => {
                made.push(*required.get(at)?);
                (at, 1)
            }
            Move::Swapped { required: at, .. } => {
                made.push(*required.get(at + 1)?);
                made.push(*required.get(at)?);
                (at, 2)
            }
            Move::Missing { required: at } => (at, 1),
            Move::Instead {
                required: at,
                observed: seen,
            } => {
                made.push(*observed.get(seen)?);
                (at, 1)
            }
            Move::Added { observed: seen } => {
                made.push(*observed.get(seen)?);
                (next, 0)
            }
        };
        if place != next {
            return None;
        }
        next += taken;
    }
    (next == required.len()).then_some(made)
}

fn all(symbols: u8, length_max: usize) -> Vec<Vec<u8>> {
    let mut every: Vec<Vec<u8>> = vec![Vec::new()];
    let mut longest = every.clone();
    for _ in 0..length_max {
        let longer = longest
            .iter()
            .flat_map(|s| (0..symbols).map(move |symbol| [s.as_slice(), &[symbol]].concat()));
        longest = longer.collect();
        every.extend(longest.iter().cloned());
    }
    every
}

#[test]
fn the_cheapest_explanation_of_every_short_pair() {
    let every = all(3, 5);
    assert_eq!(every.len(), 364);
    for required in &every {
        for observed in &every {
            let moves = align(required, observed);
            let found: usize = moves.iter().map(|step| step.cost()).sum();
            // Going on past what was found cannot show anything cheaper.
            let least = brute(required, observed, found + 1);
            assert_eq!(found, least, "{required:?} {observed:?} {moves:?}");
            let made = applied(required, observed, &moves);
            assert_eq!(made.as_ref(), Some(observed), "{required:?} {moves:?}");
        }
    }
}

#[test]
fn ties_go_to_the_first_step() {
    let missing = Move::Missing { required: 1 };
    assert_eq!(
        align(b"pp", b"p")[1],
        missing,
        "of two patties the second is missing"
    );
    let instead = Move::Instead {
        required: 0,
        observed: 0,
    };
    assert_eq!(align(b"ab", b"xb")[0], instead);
    let swapped = Move::Swapped {
        required: 0,
        observed: 0,
    };
    assert_eq!(align(b"ab", b"ba"), [swapped]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn an_explanation_gives_what_was_observed(
        required in prop::collection::vec(0u8..4, 0..14),
        observed in prop::collection::vec(0u8..4, 0..14),
    ) {
        let moves = align(&required, &observed);
        let made = applied(&required, &observed, &moves);
        prop_assert_eq!(made, Some(observed.clone()));
        let there = cost(&required, &observed);
        prop_assert_eq!(there, cost(&observed, &required), "both ways cost the same");
        let least = required.len().abs_diff(observed.len());
        prop_assert!(there >= least && there <= required.len() + observed.len());
        prop_assert_eq!(there == 0, required == observed);
    }
}
