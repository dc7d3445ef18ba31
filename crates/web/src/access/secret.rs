//! Secrets that are drawn at random: tokens of sessions and links, codes of badges, PINs.
//!
//! Invariant: 256 bits are drawn for a token, so its SHA-256 can be kept and looked up without
//! salt or slowness; what is short enough to guess (a PIN) is hashed as a password is.

use rand::Rng;
use sha2::{Digest as _, Sha256};

use crate::office::hexadecimal;

/// A token that was drawn; it leaves the program once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Draws a token of 256 bits.
    pub fn draw(rng: &mut impl Rng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(hexadecimal(&bytes))
    }

    /// The text that is handed out.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is kept of a token that somebody shows.
pub fn hash(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

/// Draws a PIN of six digits.
pub fn draw_pin(rng: &mut impl Rng) -> String {
    // 2^32 is no multiple of a million; the bias is below one in four thousand.
    format!("{:06}", rng.next_u32() % 1_000_000)
}
