//! Hashes of ids, and which of them came again.
//!
//! Hashes lie in ascending runs, the longest first. New ones are looked up in every run and become
//! a run of their own; runs of about one length are made one. So an append to a large table walks
//! over the new hashes and not over all.
//!
//! Invariant: each run but the first is at most half as long as the one before it.
//! Absent on purpose: ids. Equal hashes never decide, whoever asks looks at the ids.

/// Hashes of all ids so far.
#[derive(Debug, Default)]
pub struct Hashes {
    runs: Vec<Vec<u64>>,
}

impl Hashes {
    /// Adds ascending hashes; those of them that were there before, or that come more than once.
    pub fn add(&mut self, new: Vec<u64>) -> Vec<u64> {
        let twice = new.windows(2).filter(|pair| pair[0] == pair[1]);
        let mut again: Vec<u64> = twice.map(|pair| pair[0]).collect();
        for run in &self.runs {
            add_common(run, &new, &mut again);
        }
        if !new.is_empty() {
            self.runs.push(new);
        }
        while let [.., longer, last] = self.runs.as_slice()
            && last.len() * 2 > longer.len()
        {
            let merged = merge(longer, last);
            self.runs.truncate(self.runs.len() - 2);
            self.runs.push(merged);
        }
        again
    }
}

/// Adds the hashes that both have.
fn add_common(run: &[u64], new: &[u64], common: &mut Vec<u64>) {
    let mut rest = run;
    for &hash in new {
        rest = from(rest, hash);
        match rest.first() {
            Some(&found) if found == hash => common.push(hash),
            Some(_) => (),
            None => break,
        }
    }
}

/// What is left of a run without the hashes below `least`: in steps that double, because the next
/// one asked for is near.
fn from(run: &[u64], least: u64) -> &[u64] {
    let (mut low, mut step) = (0, 1);
    while run.get(low + step).is_some_and(|&hash| hash < least) {
        low += step;
        step *= 2;
    }
    let end = run.len().min(low + step + 1);
    let below = run[low..end].partition_point(|&hash| hash < least);
    &run[low + below..]
}

/// Two ascending lists as one.
pub fn merge(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut merged = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let first = a[i] <= b[j];
        merged.push(if first { a[i] } else { b[j] });
        i += usize::from(first);
        j += usize::from(!first);
    }
    merged.extend_from_slice(&a[i..]);
    merged.extend_from_slice(&b[j..]);
    merged
}

/// A fast 64-bit hash: eight bytes at a time, multiplied and folded (after wyhash).
pub fn hash(bytes: &[u8]) -> u64 {
    const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
    const STEP: u64 = 0xa076_1d64_78bd_642f;
    let fold = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * u128::from(STEP);
        (product as u64) ^ ((product >> 64) as u64)
    };
    let mut chunks = bytes.chunks_exact(8);
    let mut state = SEED ^ bytes.len() as u64;
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        state = fold(state, u64::from_le_bytes(word));
    }
    let mut word = [0; 8];
    word[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    fold(fold(state, u64::from_le_bytes(word)), SEED)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_comes_again_is_found_in_whatever_run_it_lies(
            batches in prop::collection::vec(prop::collection::vec(0u64..300, 0..40), 0..12),
        ) {
            let mut hashes = Hashes::default();
            let mut seen: HashSet<u64> = HashSet::new();
            for mut batch in batches {
                batch.sort_unstable();
                let mut expected = HashSet::new();
                for &hash in &batch {
                    if !seen.insert(hash) {
                        expected.insert(hash);
                    }
                }
                let again: HashSet<u64> = hashes.add(batch).into_iter().collect();
                prop_assert_eq!(again, expected);
                prop_assert!(hashes.runs.windows(2).all(|pair| pair[1].len() * 2 <= pair[0].len()));
            }
        }
    }

    #[test]
    fn hashes_differ_by_length_and_content() {
        let texts = [
            "",
            "a",
            "a\0",
            "abcdefgh",
            "abcdefgh\0",
            "abcdefgi",
            "bbcdefgh",
        ];
        let hashes: HashSet<u64> = texts.iter().map(|t| hash(t.as_bytes())).collect();
        assert_eq!(hashes.len(), texts.len());
    }
}
