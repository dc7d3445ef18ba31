//! Counted groups, kept for the next question.
//!
//! Files are immutable and plans are values, so what was counted over a set of files stays right
//! for ever: the same question again costs nothing, and after an append only the new files are
//! counted and added. A file that was compacted away, or of which rows were corrected, is another
//! file here, and all is counted anew. The least recently used go first when the bound is met.
//!
//! Invariant: the bytes held never exceed the bound; an entry larger than a quarter of it is not
//! kept at all.
//! Absent on purpose: expiry by time, and answers (they depend on the tree and are cheap to make).

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::tally::Merged;

/// What was counted over some files.
#[derive(Debug)]
pub struct Counted {
    /// The files, by name and by which of their rows count.
    pub files: BTreeSet<String>,
    /// The groups.
    pub merged: Arc<Merged>,
}

/// A bounded store of what was counted, by plan.
#[derive(Debug)]
pub struct Cache {
    bytes_max: usize,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    entries: HashMap<Arc<str>, Entry>,
    bytes: usize,
    clock: u64,
}

#[derive(Debug)]
struct Entry {
    counted: Arc<Counted>,
    bytes: usize,
    used: u64,
}

impl Cache {
    /// Holds at most `bytes_max` bytes; 0 holds nothing.
    pub fn new(bytes_max: usize) -> Self {
        Self {
            bytes_max,
            held: Mutex::default(),
        }
    }

    /// What was counted last by a plan.
    pub fn find(&self, plan: &str) -> Option<Arc<Counted>> {
        let mut held = self.lock();
        held.clock += 1;
        let now = held.clock;
        let entry = held.entries.get_mut(plan)?;
        entry.used = now;
        Some(Arc::clone(&entry.counted))
    }

    /// Keeps what was counted by a plan, in place of what was kept before.
    pub fn keep(&self, plan: &str, counted: Counted) {
        let files: usize = counted.files.iter().map(String::len).sum();
        let bytes = counted.merged.bytes() + plan.len() + files;
        let mut held = self.lock();
        held.remove(plan);
        if bytes > self.bytes_max / 4 {
            return;
        }
        held.clock += 1;
        let entry = Entry {
            counted: Arc::new(counted),
            bytes,
            used: held.clock,
        };
        held.bytes += bytes;
        held.entries.insert(Arc::from(plan), entry);
        if held.bytes > self.bytes_max {
            held.shrink(self.bytes_max / 4 * 3);
        }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        *self.lock() = Held::default();
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.lock().bytes
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn remove(&mut self, plan: &str) {
        if let Some(entry) = self.entries.remove(plan) {
            self.bytes -= entry.bytes;
        }
    }

    /// Forgets the least recently used until `bytes` are left: a quarter at once, so that sorting
    /// is rare.
    fn shrink(&mut self, bytes: usize) {
        let mut by_use: Vec<(u64, Arc<str>)> = self
            .entries
            .iter()
            .map(|(plan, entry)| (entry.used, Arc::clone(plan)))
            .collect();
        by_use.sort_unstable();
        for (_, plan) in by_use {
            if self.bytes <= bytes {
                break;
            }
            self.remove(&plan);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(bytes: usize) -> Counted {
        Counted {
            files: BTreeSet::from(["f".repeat(bytes)]),
            merged: Arc::new(Merged::default()),
        }
    }

    #[test]
    fn the_least_recently_used_go_first_and_the_bound_holds() {
        let cache = Cache::new(10_000);
        for name in 0..12 {
            cache.keep(&format!("plan-{name}"), counted(992));
            assert!(cache.bytes() <= 10_000);
            cache.find("plan-0");
        }
        assert!(cache.find("plan-0").is_some(), "asked for all the time");
        assert!(cache.find("plan-1").is_none(), "the oldest of the others");
        assert!(cache.find("plan-11").is_some());
    }

    #[test]
    fn what_is_too_large_is_not_kept_and_takes_its_former_self_with_it() {
        let cache = Cache::new(10_000);
        cache.keep("plan", counted(100));
        assert!(cache.find("plan").is_some());
        cache.keep("plan", counted(2_600));
        assert!(cache.find("plan").is_none());
        assert_eq!(cache.bytes(), 0);
    }
}
