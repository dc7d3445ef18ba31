//! Names made from other names by hashing: the same parts give the same name, in every process.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The first `bytes` bytes of a SHA-256 over `parts`, as hexadecimal digits. Parts do not run
/// into each other.
pub(crate) fn hashed<'a>(parts: impl IntoIterator<Item = &'a str>, bytes: usize) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut name = String::with_capacity(2 * bytes);
    for byte in hash.finalize().iter().take(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_eq!(hashed(["ab", "c"], 8).len(), 16);
        assert_ne!(hashed(["ab", "c"], 8), hashed(["a", "bc"], 8));
    }
}
