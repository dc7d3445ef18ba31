//! Partial results of several files, added up.
//!
//! Invariant: keys mean the same in every partial result (first days and numbers of
//! [`crate::symbols`]), so merging looks at no string and reads no row again.

use datafusion::common::HashMap;

use super::plan::{TEXTS_MAX, TallyPlan};
use super::{Partial, Tally};

type Key = [u32; TEXTS_MAX + 1];

/// The result of all rows.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    parts: usize,
    places: HashMap<Key, u32>,
    keys: Vec<Key>,
    tallies: Vec<Tally>,
}

impl Merged {
    /// Nothing yet.
    pub fn new(plan: &TallyPlan) -> Self {
        let parts = usize::from(plan.calendar.is_some()) + plan.by.len();
        Self {
            parts: parts.min(TEXTS_MAX + 1),
            places: HashMap::new(),
            keys: Vec::new(),
            tallies: plan.counts.iter().map(Tally::empty).collect(),
        }
    }

    /// Adds a partial result of the same plan.
    pub fn add(&mut self, partial: &Partial) {
        // The rows that do not count (group 0) go to one place past the end, cut off again below.
        let mut into = vec![0; partial.groups()];
        for (group, place) in into.iter_mut().enumerate().skip(1) {
            let mut key = Key::default();
            let from = &partial.keys[group * partial.parts..(group + 1) * partial.parts];
            key[..from.len()].copy_from_slice(from);
            let next = self.keys.len() as u32;
            *place = *self.places.entry(key).or_insert(next);
            if *place == next {
                self.keys.push(key);
            }
        }
        let groups = self.keys.len();
        into[0] = groups as u32;
        for (tally, from) in self.tallies.iter_mut().zip(&partial.tallies) {
            tally.grow(groups + 1);
            tally.merge(from, &into);
            tally.grow(groups);
        }
    }

    /// Bytes of memory, about.
    pub fn bytes(&self) -> usize {
        let keys = self.keys.len() * (size_of::<Key>() * 2 + size_of::<u64>());
        keys + self.tallies.iter().map(Tally::bytes).sum::<usize>()
    }

    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.keys.len()
    }

    /// The key of a group: see [`Partial::parts`].
    pub fn key(&self, group: usize) -> &[u32] {
        &self.keys[group][..self.parts]
    }

    /// One tally for each count of the plan.
    pub fn tallies(&self) -> &[Tally] {
        &self.tallies
    }
}
