//! Sets of up to four atoms that can be solved for, by meeting in the middle.

use std::collections::HashMap;

use super::Solvable;
use super::field::{add, negative};

/// Pairs of atoms kept in memory at a time when sets of four are looked for.
const PAIRS_AT_A_TIME: usize = 1 << 22;

/// The search through one component.
pub struct Search<'a> {
    pub solvable: &'a Solvable,
    pub people: &'a [u64],
    pub below: u64,
}

impl Search<'_> {
    pub fn through(&self, mut atoms: Vec<usize>) -> Vec<Vec<usize>> {
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
