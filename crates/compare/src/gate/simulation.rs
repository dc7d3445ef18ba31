//! 250 made-up employees with four attributes, and an attacker who knows who is who and solves
//! everything that was published.
//!
//! The attacker is built apart from the audit: Gauss–Jordan over another prime, over people
//! rather than atoms.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::cell::CellKey;
use super::crowd::{NO_RULES, Person, draft, parents, person, released, shown};
use super::decide::Rules;

const SEEDS: std::ops::Range<u64> = 0..11;
const PEOPLE: usize = 250;
const MODULUS: u64 = 2_147_483_647;
const TEAMS: [&str; 8] = ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4"];
const PARENTS: &[(&str, Option<&str>)] = &[
    ("a", None),
    ("b", None),
    ("a1", Some("a")),
    ("a2", Some("a")),
    ("a3", Some("a")),
    ("a4", Some("a")),
    ("b1", Some("b")),
    ("b2", Some("b")),
    ("b3", Some("b")),
    ("b4", Some("b")),
];

/// Uneven, as people are: the first values are the most common.
fn employees(seed: u64) -> Vec<Person> {
    let mut rng = StdRng::seed_from_u64(seed);
    let draw = |rng: &mut StdRng, of: usize| {
        let x: f64 = rng.random();
        ((x * x) * of as f64) as usize
    };
    (0..PEOPLE)
        .map(|_| {
            let unit = TEAMS[rng.random_range(0..TEAMS.len())];
            let role = ["cook", "host", "clean", "supply"][draw(&mut rng, 4)];
            let tenure = ["long", "some", "new"][draw(&mut rng, 3)];
            let hours = ["full", "part"][draw(&mut rng, 2)];
            let age = ["20", "35", "50"][draw(&mut rng, 3)];
            let values = [
                ("role", role),
                ("tenure", tenure),
                ("hours", hours),
                ("age", age),
            ];
            person(unit, &values, rng.random_range(1..=5))
        })
        .collect()
}

/// Published cells, people whose answers follow alone, sets of fewer than five that follow.
struct Attack {
    cells: usize,
    people: usize,
    sets: usize,
}

fn attack(people: &[Person], rules: Rules) -> Attack {
    let draft = draft(people, PARENTS);
    let shown = shown(&released(&draft, None, rules));
    let rows: Vec<Vec<u64>> = shown
        .keys()
        .map(|cell| people.iter().map(|p| u64::from(is_in(p, cell))).collect())
        .collect();
    let null = null_space(rows, people.len());
    Attack {
        cells: shown.len(),
        people: (0..people.len())
            .filter(|p| null.iter().all(|v| v[*p] == 0))
            .count(),
        sets: known_sets(&null, people.len()),
    }
}

fn is_in(person: &Person, cell: &CellKey) -> bool {
    person.atom(&parents(PARENTS)).cells().contains(cell)
}

/// A basis of what the published sums leave open.
fn null_space(mut rows: Vec<Vec<u64>>, columns: usize) -> Vec<Vec<u64>> {
    let power = |mut base: u64, mut by: u64| {
        let mut result = 1;
        while by > 0 {
            if by & 1 == 1 {
                result = result * base % MODULUS;
            }
            base = base * base % MODULUS;
            by >>= 1;
        }
        result
    };
    let (mut pivots, mut rank) = (Vec::new(), 0);
    for column in 0..columns {
        let Some(found) = (rank..rows.len()).find(|row| rows[*row][column] != 0) else {
            continue;
        };
        rows.swap(rank, found);
        let scale = power(rows[rank][column], MODULUS - 2);
        for value in &mut rows[rank] {
            *value = *value * scale % MODULUS;
        }
        let pivot = rows[rank].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            let factor = row[column];
            if at != rank && factor != 0 {
                for (value, other) in row.iter_mut().zip(&pivot) {
                    *value = (*value + (MODULUS - factor) * other) % MODULUS;
                }
            }
        }
        pivots.push(column);
        rank += 1;
    }
    let free = (0..columns).filter(|column| !pivots.contains(column));
    free.map(|free| {
        let mut vector = vec![0; columns];
        vector[free] = 1;
        for (row, pivot) in pivots.iter().enumerate() {
            vector[*pivot] = (MODULUS - rows[row][free]) % MODULUS;
        }
        vector
    })
    .collect()
}

/// Sets of one to four people whose total is known; found by four random directions of what is
/// left open, so that a wrong hit is as likely as 2⁻¹²⁴.
fn known_sets(null: &[Vec<u64>], people: usize) -> usize {
    let mut rng = StdRng::seed_from_u64(99);
    let mut marks = vec![[0_u64; 4]; people];
    for direction in 0..4 {
        for vector in null {
            let factor = rng.random_range(1..MODULUS);
            for (mark, value) in marks.iter_mut().zip(vector) {
                mark[direction] = (mark[direction] + factor * value) % MODULUS;
            }
        }
    }
    let add = |a: [u64; 4], b: [u64; 4]| std::array::from_fn(|i| (a[i] + b[i]) % MODULUS);
    let negative = |a: [u64; 4]| a.map(|x| (MODULUS - x) % MODULUS);
    let mut pairs: std::collections::HashMap<[u64; 4], Vec<(usize, usize)>> = Default::default();
    let mut sets = 0;
    for a in 0..people {
        sets += usize::from(marks[a] == [0; 4]);
        for b in a + 1..people {
            let sum: [u64; 4] = add(marks[a], marks[b]);
            sets += usize::from(sum == [0; 4]);
            // Pairs before this one, so that each set is met once a way.
            for &(c, d) in pairs.get(&negative(sum)).into_iter().flatten() {
                sets += usize::from(![c, d].contains(&a) && ![c, d].contains(&b));
            }
            pairs.entry(sum).or_default().push((a, b));
        }
    }
    for mark in &marks {
        sets += pairs.get(&negative(*mark)).map_or(0, Vec::len);
    }
    sets
}

#[test]
fn nobody_can_be_solved_for() {
    let without_audit = Rules {
        audit: false,
        ..Rules::ALL
    };
    let mut fails_without_audit = 0;
    for seed in SEEDS {
        let people = employees(seed);
        let everything = draft(&people, PARENTS).cells.len();
        let minimum_only = attack(&people, NO_RULES);
        let gated = attack(&people, Rules::ALL);
        let unaudited = attack(&people, without_audit);
        println!(
            "seed {seed}: {everything} cells; n ≥ 5 alone shows {}, and {} of {PEOPLE} people follow; \
             all rules show {} (lost {:.0} %), {} people and {} sets follow; without the audit {} and {}",
            minimum_only.cells,
            minimum_only.people,
            gated.cells,
            100.0 * (minimum_only.cells - gated.cells) as f64 / minimum_only.cells as f64,
            gated.people,
            gated.sets,
            unaudited.people,
            unaudited.sets,
        );
        assert_eq!((gated.people, gated.sets), (0, 0), "seed {seed}");
        assert!(
            gated.cells * 2 > minimum_only.cells,
            "seed {seed}: too much is lost"
        );
        fails_without_audit += usize::from(unaudited.sets > 0);
    }
    assert!(fails_without_audit > 0, "the audit has nothing to do");
}
