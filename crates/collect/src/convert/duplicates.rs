//! Rows that occur twice.
//!
//! Invariant: of the rows with one key that are right in every other way, exactly those are stored
//! that the policy names, whatever the cut into batches. An exact duplicate equals an earlier row
//! of its key in every column of the file; the others are duplicates by key. A row whose whole key
//! is empty is nobody's duplicate.
//!
//! Memory: 25 to 50 bytes a row.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use crate::mapping::Policy;

/// What to do with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is stored.
    Keep,
    /// It is left out.
    Drop,
    /// It is wrong.
    Reject,
}

/// How many duplicates there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct DuplicateCounts {
    /// Equal to an earlier row of the same key in every column.
    pub exact: u64,
    /// Equal in the key alone.
    pub by_key: u64,
}

type Key = [u64; 2];

/// Keys are hashes already.
#[derive(Debug, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, n: u64) {
        // Keys of two parts: the second must count where it is added to a set of (key, row).
        self.0 = self.0.rotate_left(29) ^ n;
    }

    fn write_usize(&mut self, _: usize) {}
}

type Plain = BuildHasherDefault<AsIs>;

/// The keys seen so far.
#[derive(Debug)]
pub(crate) struct Duplicates {
    policy: Policy,
    /// Key → hash of its first row.
    first: HashMap<Key, u64, Plain>,
    /// Further different rows of a key.
    further: HashSet<(Key, u64), Plain>,
    /// Key → its last row, of a first reading (`keep_last`).
    last: Option<HashMap<Key, u64, Plain>>,
    counts: DuplicateCounts,
}

impl Duplicates {
    pub(crate) fn new(policy: Policy) -> Self {
        Self {
            policy,
            first: HashMap::default(),
            further: HashSet::default(),
            last: None,
            counts: DuplicateCounts::default(),
        }
    }

    /// What to do with a row that is right otherwise. `row` is its number in the file, `hash` that
    /// of all its columns.
    pub(crate) fn see(&mut self, key: Option<u128>, hash: u128, row: u64) -> Verdict {
        let Some(key) = key.map(|key| [key as u64, (key >> 64) as u64]) else {
            return Verdict::Keep;
        };
        let hash = hash as u64 ^ (hash >> 64) as u64;
        let again = match self.first.entry(key) {
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(hash);
                false
            }
            std::collections::hash_map::Entry::Occupied(first) => {
                let exact = *first.get() == hash || !self.further.insert((key, hash));
                self.counts.exact += u64::from(exact);
                self.counts.by_key += u64::from(!exact);
                true
            }
        };
        if self.policy == Policy::KeepLast {
            return match &mut self.last {
                // The second reading: only the last row of each key is stored.
                Some(last) if last.get(&key) == Some(&row) => Verdict::Keep,
                Some(_) => Verdict::Drop,
                None => Verdict::Keep,
            };
        }
        match self.policy {
            _ if !again => Verdict::Keep,
            Policy::KeepFirst => Verdict::Drop,
            Policy::Reject => Verdict::Reject,
            Policy::KeepAll | Policy::KeepLast => Verdict::Keep,
        }
    }

    pub(crate) fn counts(&self) -> DuplicateCounts {
        self.counts
    }
}

/// The first of two readings for `keep_last`: the last row of each key.
#[derive(Debug, Default)]
pub(crate) struct LastRows {
    rows: HashMap<Key, u64, Plain>,
}

impl LastRows {
    pub(crate) fn see(&mut self, key: Option<u128>, row: u64) {
        if let Some(key) = key {
            self.rows.insert([key as u64, (key >> 64) as u64], row);
        }
    }

    /// What a second reading decides by.
    pub(crate) fn into_duplicates(self) -> Duplicates {
        Duplicates {
            last: Some(self.rows),
            ..Duplicates::new(Policy::KeepLast)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Drop, Keep, Reject};

    /// (key, hash of the row) per row.
    const ROWS: [(u128, u128); 6] = [(1, 10), (2, 20), (1, 10), (1, 11), (1, 11), (2, 21)];

    fn verdicts(mut duplicates: Duplicates) -> (Vec<Verdict>, DuplicateCounts) {
        let seen = ROWS.iter().enumerate();
        let verdicts = seen.map(|(row, (key, hash))| duplicates.see(Some(*key), *hash, row as u64));
        (verdicts.collect(), duplicates.counts())
    }

    const COUNTS: DuplicateCounts = DuplicateCounts {
        exact: 2,
        by_key: 2,
    };

    #[test]
    fn policies() {
        let first = verdicts(Duplicates::new(Policy::KeepFirst));
        assert_eq!(first, (vec![Keep, Keep, Drop, Drop, Drop, Drop], COUNTS));
        let all = verdicts(Duplicates::new(Policy::KeepAll));
        assert_eq!(all, (vec![Keep; 6], COUNTS));
        let reject = verdicts(Duplicates::new(Policy::Reject));
        assert_eq!(
            reject,
            (vec![Keep, Keep, Reject, Reject, Reject, Reject], COUNTS)
        );
    }

    #[test]
    fn the_last_needs_two_readings() {
        let mut rows = LastRows::default();
        for (row, (key, _)) in ROWS.iter().enumerate() {
            rows.see(Some(*key), row as u64);
        }
        let last = verdicts(rows.into_duplicates());
        assert_eq!(last, (vec![Drop, Drop, Drop, Drop, Keep, Keep], COUNTS));
    }

    #[test]
    fn rows_without_a_key_are_all_kept() {
        let mut duplicates = Duplicates::new(Policy::KeepFirst);
        assert_eq!([0, 1].map(|row| duplicates.see(None, 5, row)), [Keep, Keep]);
    }
}
