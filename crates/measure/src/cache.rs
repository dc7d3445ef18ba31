//! Partial results of files, kept for the next question.
//!
//! Files are immutable and plans are values, so a partial result stays right for ever; after an
//! append only the new file is counted. The least recently used go first when the bound is met.
//!
//! Invariant: the bytes held never exceed the bound; an entry larger than an eighth of it is not
//! kept at all.
//! Absent on purpose: expiry by time, and answers (they depend on the tree and are cheap to make).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::tally::Partial;

/// A bounded store of partial results.
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
    partial: Arc<Partial>,
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

    /// The partial result of a key.
    pub fn find(&self, key: &str) -> Option<Arc<Partial>> {
        let mut held = self.lock();
        held.clock += 1;
        let now = held.clock;
        let entry = held.entries.get_mut(key)?;
        entry.used = now;
        Some(Arc::clone(&entry.partial))
    }

    /// Keeps a partial result.
    pub fn keep(&self, key: &str, partial: &Arc<Partial>) {
        let bytes = partial.bytes() + key.len();
        if bytes > self.bytes_max / 8 {
            return;
        }
        let mut held = self.lock();
        held.clock += 1;
        let entry = Entry {
            partial: Arc::clone(partial),
            bytes,
            used: held.clock,
        };
        held.bytes += bytes;
        if let Some(before) = held.entries.insert(Arc::from(key), entry) {
            held.bytes -= before.bytes;
        }
        if held.bytes > self.bytes_max {
            held.shrink(self.bytes_max / 4 * 3);
        }
    }

    /// Forgets the entries whose key holds `part`.
    pub fn forget(&self, part: &str) {
        let mut held = self.lock();
        let keys: Vec<Arc<str>> = held.entries.keys().filter(|key| key.contains(part)).cloned().collect();
        for key in keys {
            if let Some(entry) = held.entries.remove(&key) {
                held.bytes -= entry.bytes;
            }
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
    /// Forgets the least recently used until `bytes` are left: a quarter at once, so that sorting
    /// is rare.
    fn shrink(&mut self, bytes: usize) {
        let mut by_use: Vec<(u64, Arc<str>)> = self
            .entries
            .iter()
            .map(|(key, entry)| (entry.used, Arc::clone(key)))
            .collect();
        by_use.sort_unstable();
        for (_, key) in by_use {
            if self.bytes <= bytes {
                break;
            }
            if let Some(entry) = self.entries.remove(&key) {
                self.bytes -= entry.bytes;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partial(keys: usize) -> Arc<Partial> {
        Arc::new(Partial {
            parts: 1,
            keys: vec![0; keys],
            tallies: Vec::new(),
        })
    }

    #[test]
    fn the_least_recently_used_go_first_and_the_bound_holds() {
        let cache = Cache::new(10_000);
        for name in 0..12 {
            cache.keep(&format!("file-{name}"), &partial(248));
            assert!(cache.bytes() <= 10_000);
            cache.find("file-0");
        }
        assert!(cache.find("file-0").is_some(), "asked for all the time");
        assert!(cache.find("file-1").is_none(), "the oldest of the others");
        assert!(cache.find("file-11").is_some());
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let cache = Cache::new(10_000);
        cache.keep("large", &partial(400));
        assert!(cache.find("large").is_none());
        assert_eq!(cache.bytes(), 0);
    }
}
