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

mod echelon;
mod field;
mod search;

use std::collections::HashMap;

use echelon::Echelon;
use field::add;
use search::Search;

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
