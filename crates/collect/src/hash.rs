//! Hashes: of files (what an import is), of respondents (who must not be known), of rows (what is
//! the same).
//!
//! Invariant: what is stored is SHA-256 (of files) or HMAC-SHA-256 with the installation's salt
//! (of respondents): without the salt nobody can try names against a key. Hashes of rows live in
//! memory for one run and are never stored.

use std::hash::{DefaultHasher, Hasher};
use std::io::Read;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// How many buckets there are for replicates.
const BUCKETS: u8 = 64;

/// SHA-256 of a file, in hexadecimal.
pub fn file_hash(path: &Path) -> std::io::Result<String> {
    file_hash_watched(path, |_| ())
}

/// As [`file_hash`]; `watch` is told the bytes read so far, about every 16 MB.
pub(crate) fn file_hash_watched(path: &Path, watch: impl Fn(u64)) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let (mut bytes, mut told) = (0, 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hexadecimal(&digest.finalize()));
        }
        digest.update(&buffer[..read]);
        bytes += read as u64;
        if bytes - told >= 16 << 20 {
            told = bytes;
            watch(bytes);
        }
    }
}

/// The id of the import of a file with a mapping: 26 characters, the same in every attempt.
pub fn import_id(file_hash: &str, mapping_hash: &str) -> String {
    let digest = Sha256::digest(format!("{file_hash}/{mapping_hash}").as_bytes());
    let mut bits = [0; 16];
    bits.copy_from_slice(&digest[..16]);
    let mut text = Vec::with_capacity(ID_BYTES);
    append_id(&mut text, u128::from_be_bytes(bits));
    String::from_utf8(text).expect("ids are ASCII")
}

/// SHA-256 of a text, in hexadecimal.
pub fn text_hash(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Digits of ids that people may read aloud: no l, o, u or i.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How long the text of 128 bits is.
pub(crate) const ID_BYTES: usize = 26;

/// 128 bits as text, appended to `text`: 26 characters, no sign, safe in URLs and file names.
pub(crate) fn append_id(text: &mut Vec<u8>, bits: u128) {
    let mut digits = [0; ID_BYTES];
    let mut rest = bits;
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(rest & 31) as usize];
        rest >>= 5;
    }
    text.extend_from_slice(&digits);
}

/// The keyed hash of an installation.
#[derive(Clone)]
pub(crate) struct Keyed {
    mac: Hmac<Sha256>,
}

/// What a keyed hash gives.
pub(crate) struct KeyedHash {
    /// 128 bits that stand for the respondent.
    pub key: u128,
    /// Its bucket, independent of `key`.
    pub bucket: i8,
}

// Without the salt, which debugging output must not show.
impl std::fmt::Debug for Keyed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyed")
    }
}

impl Keyed {
    /// With the salt of the installation.
    pub(crate) fn new(salt: &[u8]) -> Self {
        let mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(salt).expect("HMAC takes keys of any length");
        Self { mac }
    }

    /// Hashes `parts`. `domain` keeps keys of different kinds of things apart.
    pub(crate) fn hash<'p>(
        &self,
        domain: &str,
        parts: impl Iterator<Item = &'p [u8]>,
    ) -> KeyedHash {
        let mut mac = self.mac.clone();
        mac.update(domain.as_bytes());
        for part in parts {
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        let bytes = mac.finalize().into_bytes();
        let mut key = [0; 16];
        key.copy_from_slice(&bytes[..16]);
        KeyedHash {
            key: u128::from_be_bytes(key),
            bucket: bucket(bytes[16]),
        }
    }
}

/// A bucket from a random or hashed byte.
pub(crate) fn bucket(byte: u8) -> i8 {
    (byte % BUCKETS) as i8
}

/// 128 bits that tell rows apart within one run. Two `SipHashes` of 64 bits: fast, and the chance
/// that any two of a hundred million rows collide is below 1 in 10²².
#[derive(Clone)]
pub(crate) struct RowHash {
    low: DefaultHasher,
    high: DefaultHasher,
}

impl RowHash {
    pub(crate) fn new() -> Self {
        let mut high = DefaultHasher::new();
        high.write_u8(1);
        Self {
            low: DefaultHasher::new(),
            high,
        }
    }

    pub(crate) fn cell(&mut self, cell: &[u8]) {
        for half in [&mut self.low, &mut self.high] {
            half.write_usize(cell.len());
            half.write(cell);
        }
    }

    pub(crate) fn finish(&self) -> u128 {
        u128::from(self.high.finish()) << 64 | u128::from(self.low.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_sha_256() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::fs::write(file.path(), b"abc").expect("written");
        assert_eq!(
            file_hash(file.path()).expect("hashed"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(text_hash("abc"), file_hash(file.path()).expect("hashed"));
    }

    #[test]
    fn the_salt_decides_the_key() {
        let hash = |salt: &[u8], parts: &[&str]| {
            Keyed::new(salt)
                .hash("respondent", parts.iter().map(|p| p.as_bytes()))
                .key
        };
        assert_eq!(hash(b"salt", &["7", "acme"]), hash(b"salt", &["7", "acme"]));
        assert_ne!(
            hash(b"salt", &["7", "acme"]),
            hash(b"other", &["7", "acme"])
        );
        assert_ne!(hash(b"salt", &["ab", "c"]), hash(b"salt", &["a", "bc"]));
    }

    #[test]
    fn buckets_are_spread() {
        let keyed = Keyed::new(b"salt");
        let mut seen = [0u32; 64];
        for n in 0..6400u32 {
            let hash = keyed.hash("respondent", std::iter::once(n.to_le_bytes().as_slice()));
            seen[usize::try_from(hash.bucket).expect("not negative")] += 1;
        }
        assert!(seen.iter().all(|n| (50..=160).contains(n)), "{seen:?}");
    }

    #[test]
    fn ids_are_26_characters_and_all_bits_count() {
        let id = |bits| {
            let mut text = Vec::new();
            append_id(&mut text, bits);
            String::from_utf8(text).expect("ASCII")
        };
        assert_eq!(id(0), "0".repeat(26));
        assert_eq!(id(u128::MAX), format!("7{}", "z".repeat(25)));
        assert_ne!(id(1), id(1 << 127));
    }

    #[test]
    fn cells_are_kept_apart() {
        let hash = |cells: &[&[u8]]| {
            let mut hash = RowHash::new();
            cells.iter().for_each(|cell| hash.cell(cell));
            hash.finish()
        };
        assert_ne!(hash(&[b"a", b"b"]), hash(&[b"ab", b""]));
        assert_eq!(hash(&[b"a", b"b"]), hash(&[b"a", b"b"]));
    }
}
