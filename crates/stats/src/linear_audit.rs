//! What follows from published sums: the sets of people whose total anybody can work out.
//!
//! Setting: people whom no published sum tells apart form an *atom*; every published sum is a
//! set of atoms. A set of people can be solved for when its total is a linear combination of
//! the published sums, that is when its indicator lies in the row space of the sums over atoms.
//! Only a union of atoms can.
//!
//! Method: sparse elimination modulo the prime 2⁶¹ − 1 gives the row space; one random vector of
//! its null space (atom `a` gets `y_a`) turns "lies in the row space" into "its `y` add up to 0",
//! right in one direction always and in the other with probability 1 − 2⁻⁶¹ a set; a second
//! vector confirms every hit. Sets of up to four atoms are found by meeting in the middle, which
//! for fewer than five people is every set: exact, not a sample.
//! Absent on purpose: which of the sums to withdraw (`compare`), intervals that bound a value
//! without fixing it (see [`crate::disclosure`]).

use std::collections::HashMap;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// The field of the elimination.
const PRIME: u64 = (1 << 61) - 1;

/// Pairs of atoms kept in memory at a time when sets of four are looked for.
const PAIRS_AT_A_TIME: usize = 1 << 22;

/// What anybody can derive from the published sums.
#[derive(Debug, Clone)]
pub struct Solvable {
    /// One entry an atom: 0 together means that the set can be solved for.
    null: [Vec<u64>; 2],
    /// Atoms with one number can stand in one minimal set; others never do.
    component: Vec<usize>,
    rows: Echelon,
}

impl Solvable {
    /// From the published sums, each a list of atoms (0-based, each once) out of `atoms`.
    ///
    /// Sums that come early are cheap to have many of: give short ones first.
    pub fn new(atoms: usize, sums: &[Vec<usize>]) -> Self {
        let rows = Echelon::of(atoms, sums);
        // Fixed seeds: two runs over the same sums hide the same cells.
        Self {
            null: [1, 2].map(|seed| rows.null_vector(seed)),
            component: rows.components(),
            rows,
        }
    }

    /// Whether the total of these atoms follows from what is published.
    pub fn is_known(&self, set: &[usize]) -> bool {
        self.null.iter().all(|null| {
            let add = |sum, atom: &usize| add(sum, null[*atom]);
            set.iter().fold(0, add) == 0
        })
    }

    /// The published sums that the total of a known set is combined from, by their place in the
    /// list; empty when the set is not known.
    pub fn derived_from(&self, set: &[usize]) -> Vec<usize> {
        if self.is_known(set) {
            self.rows.derivation(set)
        } else {
            Vec::new()
        }
    }

    /// Minimal sets of fewer than `below` people, of up to four atoms, that can be solved for.
    ///
    /// `people` gives the size of each atom; empty atoms are left out. Not every minimal set is
    /// listed when several share atoms; when the list is empty there is none.
    pub fn exposed(&self, people: &[u64], below: u64) -> Vec<Vec<usize>> {
        let mut parts: HashMap<usize, Vec<usize>> = HashMap::new();
        for (atom, size) in people.iter().enumerate() {
            if (1..below).contains(size) {
                parts.entry(self.component[atom]).or_default().push(atom);
            }
        }
        let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
        parts.sort_unstable();
        let search = Search {
            solvable: self,
            people,
            below,
        };
        parts
            .into_iter()
            .flat_map(|part| search.through(part))
            .collect()
    }
}

/// The search through one component.
struct Search<'a> {
    solvable: &'a Solvable,
    people: &'a [u64],
    below: u64,
}

impl Search<'_> {
    fn through(&self, mut atoms: Vec<usize>) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        for find in [Self::ones, Self::twos, Self::threes, Self::fours] {
            let mut more = find(self, &atoms);
            // What shares an atom with a set that was found is looked at when that one is gone.
            atoms.retain(|atom| !more.iter().any(|set| set.contains(atom)));
            found.append(&mut more);
        }
        found
    }

    fn y(&self, atom: usize) -> u64 {
        self.solvable.null[0][atom]
    }

    fn size(&self, set: &[usize]) -> u64 {
        set.iter().map(|atom| self.people[*atom]).sum()
    }

    fn keep(&self, found: &mut Vec<Vec<usize>>, set: &[usize]) {
        let overlaps = |known: &Vec<usize>| set.iter().any(|atom| known.contains(atom));
        if self.size(set) < self.below && self.solvable.is_known(set) && !found.iter().any(overlaps)
        {
            found.push(set.to_vec());
        }
    }

    fn ones(&self, atoms: &[usize]) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        for &atom in atoms {
            if self.y(atom) == 0 {
                self.keep(&mut found, &[atom]);
            }
        }
        found
    }

    fn by_value(&self, atoms: &[usize]) -> HashMap<u64, Vec<usize>> {
        let mut by_value: HashMap<u64, Vec<usize>> = HashMap::new();
        for &atom in atoms {
            by_value.entry(self.y(atom)).or_default().push(atom);
        }
        by_value
    }

    fn twos(&self, atoms: &[usize]) -> Vec<Vec<usize>> {
        let by_value = self.by_value(atoms);
        let mut found = Vec::new();
        for &a in atoms {
            for &b in by_value.get(&negative(self.y(a))).into_iter().flatten() {
                if b > a {
                    self.keep(&mut found, &[a, b]);
                }
            }
        }
        found
    }

    fn threes(&self, atoms: &[usize]) -> Vec<Vec<usize>> {
        let by_value = self.by_value(atoms);
        let mut found = Vec::new();
        for (i, &a) in atoms.iter().enumerate() {
            for &b in &atoms[i + 1..] {
                if self.size(&[a, b]) + 1 >= self.below {
                    continue;
                }
                let rest = negative(add(self.y(a), self.y(b)));
                for &c in by_value.get(&rest).into_iter().flatten() {
                    if c > b {
                        self.keep(&mut found, &[a, b, c]);
                    }
                }
            }
        }
        found
    }

    /// Two pairs that cancel: pairs are bucketed by the smaller of their sum and its negative,
    /// so that both pairs of a hit meet in one pass.
    fn fours(&self, atoms: &[usize]) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        let passes = (atoms.len() * atoms.len() / 2).div_ceil(PAIRS_AT_A_TIME) as u64;
        for pass in 0..passes {
            let mut pairs: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
            for (i, &a) in atoms.iter().enumerate() {
                for &b in &atoms[i + 1..] {
                    let sum = add(self.y(a), self.y(b));
                    let other = negative(sum);
                    if self.size(&[a, b]) + 2 >= self.below || sum.min(other) % passes != pass {
                        continue;
                    }
                    for &(c, d) in pairs.get(&other).into_iter().flatten() {
                        if ![c, d].contains(&a) && ![c, d].contains(&b) {
                            self.keep(&mut found, &[c, d, a, b]);
                        }
                    }
                    pairs.entry(sum).or_default().push((a, b));
                }
            }
        }
        found
    }
}

/// The row space of the sums: one row a pivot column, first entry 1.
///
/// Behind the columns of the atoms there is one column a sum, which says how often the sum went
/// into a row; those are never pivots.
#[derive(Debug, Clone)]
struct Echelon {
    atoms: usize,
    /// By pivot column: (column, factor), in order of column, the pivot first.
    rows: Vec<Option<Vec<(usize, u64)>>>,
    sums: usize,
}

impl Echelon {
    fn of(atoms: usize, sums: &[Vec<usize>]) -> Self {
        let mut echelon = Self {
            atoms,
            rows: vec![None; atoms],
            sums: sums.len(),
        };
        let mut dense = vec![0_u64; atoms + sums.len()];
        for (place, sum) in sums.iter().enumerate() {
            for &atom in sum {
                dense[atom] = 1;
            }
            dense[atoms + place] = 1;
            if let Some(&first) = sum.iter().min() {
                echelon.take(&mut dense, first);
            }
            dense.fill(0);
        }
        echelon
    }

    /// Takes every pivot out of `dense`; the first column that is left, if any.
    fn reduce(&self, dense: &mut [u64], first: usize) -> Option<usize> {
        let mut left = None;
        for column in first..self.atoms {
            let factor = dense[column];
            if factor == 0 {
                continue;
            }
            match &self.rows[column] {
                Some(row) => {
                    let less = negative(factor);
                    for &(at, value) in row {
                        dense[at] = add(dense[at], multiply(less, value));
                    }
                }
                None => left = left.or(Some(column)),
            }
        }
        left
    }

    fn take(&mut self, dense: &mut [u64], first: usize) {
        let Some(pivot) = self.reduce(dense, first) else {
            return;
        };
        let scale = inverse(dense[pivot]);
        let kept = dense.iter().enumerate().skip(pivot);
        let row = kept
            .filter(|(_, value)| **value != 0)
            .map(|(column, value)| (column, multiply(*value, scale)));
        self.rows[pivot] = Some(row.collect());
    }

    fn derivation(&self, set: &[usize]) -> Vec<usize> {
        let mut dense = vec![0_u64; self.atoms + self.sums];
        for &atom in set {
            dense[atom] = 1;
        }
        self.reduce(&mut dense, 0);
        let used = dense[self.atoms..].iter().enumerate();
        used.filter(|(_, factor)| **factor != 0)
            .map(|(sum, _)| sum)
            .collect()
    }

    /// The part of a row that is about atoms.
    fn of_atoms<'a>(&self, row: &'a [(usize, u64)]) -> &'a [(usize, u64)] {
        &row[..row.partition_point(|(column, _)| *column < self.atoms)]
    }

    /// A random vector that every published sum takes to 0.
    fn null_vector(&self, seed: u64) -> Vec<u64> {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut null: Vec<u64> = (0..self.atoms)
            .map(|_| rng.random_range(1..PRIME))
            .collect();
        for column in (0..self.atoms).rev() {
            if let Some(row) = &self.rows[column] {
                let rest = self.of_atoms(row)[1..]
                    .iter()
                    .fold(0, |sum, &(at, value)| add(sum, multiply(value, null[at])));
                null[column] = negative(rest);
            }
        }
        null
    }

    /// Atoms that rows connect, under one number.
    fn components(&self) -> Vec<usize> {
        let mut parent: Vec<usize> = (0..self.atoms).collect();
        for row in self.rows.iter().flatten() {
            for window in self.of_atoms(row).windows(2) {
                let (a, b) = (
                    root(&mut parent, window[0].0),
                    root(&mut parent, window[1].0),
                );
                parent[a.max(b)] = a.min(b);
            }
        }
        (0..self.atoms)
            .map(|atom| root(&mut parent, atom))
            .collect()
    }
}

fn root(parent: &mut [usize], mut of: usize) -> usize {
    while parent[of] != of {
        parent[of] = parent[parent[of]];
        of = parent[of];
    }
    of
}

fn add(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

fn negative(a: u64) -> u64 {
    if a == 0 { 0 } else { PRIME - a }
}

fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let low = (product & u128::from(PRIME)) as u64;
    let high = (product >> 61) as u64;
    add(low, high)
}

/// By Fermat's little theorem.
fn inverse(a: u64) -> u64 {
    let (mut power, mut base, mut result) = (PRIME - 2, a, 1);
    while power > 0 {
        if power & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        power >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn solvable(atoms: usize, sums: &[&[usize]]) -> Solvable {
        let sums: Vec<Vec<usize>> = sums.iter().map(|sum| sum.to_vec()).collect();
        Solvable::new(atoms, &sums)
    }

    #[test]
    fn a_total_less_its_other_part() {
        let of = solvable(2, &[&[0], &[0, 1]]);
        assert!(of.is_known(&[1]));
        assert_eq!(of.exposed(&[8, 2], 5), [vec![1]]);
        assert_eq!(of.derived_from(&[1]), [0, 1]);
        assert!(of.exposed(&[8, 5], 5).is_empty());
    }

    #[test]
    fn two_margins_of_a_table_do_not_give_its_cells() {
        let sums: [&[usize]; 4] = [&[0, 1], &[2, 3], &[0, 2], &[1, 3]];
        let of = solvable(4, &sums);
        assert!(of.exposed(&[1, 1, 1, 1], 2).is_empty());
        // Whole rows are published, so that two people of a row are known together.
        assert!(!of.exposed(&[1, 1, 1, 1], 3).is_empty());
    }

    #[test]
    fn three_overlapping_pairs_give_each_one() {
        let of = solvable(3, &[&[0, 1], &[1, 2], &[0, 2]]);
        assert_eq!(of.exposed(&[1, 1, 1], 5).len(), 3);
    }

    #[test]
    fn four_people_of_two_departments_by_way_of_a_third_sum() {
        // {0..7} and {4..7, 8..11} and {0..3, 8..11, 12..15}: (a + b − c)… nothing below 4 follows.
        let first: Vec<usize> = (0..8).collect();
        let second: Vec<usize> = (4..12).collect();
        let of = Solvable::new(12, &[first.clone(), second.clone()]);
        assert!(of.exposed(&[1; 12], 5).is_empty());
        // Published besides: the whole. Whole − second = the four people 0..3.
        let whole: Vec<usize> = (0..12).collect();
        let of = Solvable::new(12, &[first, second, whole]);
        assert!(of.exposed(&[1; 12], 4).is_empty());
        let found = of.exposed(&[1; 12], 5);
        assert!(!found.is_empty());
        assert!(found.iter().all(|set| of.is_known(set) && set.len() == 4));
    }

    /// Rank over the rationals by fraction-free elimination: a peer without primes or chance.
    fn rank(rows: &[Vec<i128>]) -> usize {
        let mut rows = rows.to_vec();
        let columns = rows.first().map_or(0, Vec::len);
        let (mut rank, mut last) = (0, 1);
        for column in 0..columns {
            let Some(pivot) = (rank..rows.len()).find(|r| rows[*r][column] != 0) else {
                continue;
            };
            rows.swap(rank, pivot);
            for r in rank + 1..rows.len() {
                for c in column + 1..columns {
                    rows[r][c] =
                        (rows[r][c] * rows[rank][column] - rows[r][column] * rows[rank][c]) / last;
                }
                rows[r][column] = 0;
            }
            last = rows[rank][column];
            rank += 1;
        }
        rank
    }

    proptest! {
        /// Every set of up to four people, one by one, over the rationals.
        #[test]
        fn finds_what_a_brute_force_search_finds(
            sums in prop::collection::vec(prop::collection::btree_set(0_usize..9, 1..9), 1..8),
        ) {
            let sums: Vec<Vec<usize>> = sums.into_iter().map(|s| s.into_iter().collect()).collect();
            let dense = |set: &[usize]| -> Vec<i128> {
                (0..9).map(|atom| i128::from(set.contains(&atom))).collect()
            };
            let rows: Vec<Vec<i128>> = sums.iter().map(|sum| dense(sum)).collect();
            let of = Solvable::new(9, &sums);
            let mut any = false;
            for bits in 1_u32..512 {
                let set: Vec<usize> = (0..9).filter(|atom| bits >> atom & 1 == 1).collect();
                let mut with = rows.clone();
                with.push(dense(&set));
                let known = rank(&with) == rank(&rows);
                prop_assert_eq!(of.is_known(&set), known, "{:?}", set);
                any |= known && set.len() < 5;
            }
            prop_assert_eq!(!of.exposed(&[1; 9], 5).is_empty(), any);
        }
    }
}
