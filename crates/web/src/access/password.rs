//! Passwords and PINs, by argon2id.
//!
//! Parameters are OWASP's (19 MiB, 2 passes, 1 lane). Invariant: at most two are computed at a
//! time, so that a flood of attempts cannot take the machine's memory. Absent on purpose: rules
//! about digits and capitals; length is what counts (NIST SP 800-63B).

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Shorter is refused.
pub const PASSWORD_CHARACTERS_MIN: usize = 12;
/// Longer is refused: nobody types it, and hashing takes its time.
pub const PASSWORD_CHARACTERS_MAX: usize = 256;
/// Digits of a PIN, at least.
pub const PIN_DIGITS_MIN: usize = 6;
/// Digits of a PIN, at most.
pub const PIN_DIGITS_MAX: usize = 12;

const MEMORY_KIBIBYTES: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

static TWO_AT_A_TIME: Semaphore = Semaphore::const_new(2);

/// Why a password is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    #[error(
        "it has {found} characters (allowed: {PASSWORD_CHARACTERS_MIN} to {PASSWORD_CHARACTERS_MAX})"
    )]
    Length { found: usize },
    #[error("it is one character over and over")]
    OneCharacter,
    #[error("it is the name or the mail address of the account")]
    OwnName,
    #[error("a PIN has {PIN_DIGITS_MIN} to {PIN_DIGITS_MAX} digits and nothing else")]
    NoPin,
    #[error("the PIN is one digit over and over, or digits in a row")]
    SimplePin,
}

/// Refuses what anybody would try first.
pub fn check_password(password: &str, own: &[&str]) -> Result<(), Weak> {
    let found = password.chars().count();
    if !(PASSWORD_CHARACTERS_MIN..=PASSWORD_CHARACTERS_MAX).contains(&found) {
        return Err(Weak::Length { found });
    }
    let mut characters = password.chars();
    let first = characters.next();
    if characters.all(|one| Some(one) == first) {
        return Err(Weak::OneCharacter);
    }
    let lower = password.to_lowercase();
    if own.iter().any(|own| own.to_lowercase() == lower) {
        return Err(Weak::OwnName);
    }
    Ok(())
}

/// Refuses PINs that are none, or that anybody would try first.
pub fn check_pin(pin: &str) -> Result<(), Weak> {
    let digits: Vec<i16> = pin
        .chars()
        .filter_map(|one| one.to_digit(10))
        .filter_map(|digit| i16::try_from(digit).ok())
        .collect();
    if digits.len() != pin.chars().count()
        || !(PIN_DIGITS_MIN..=PIN_DIGITS_MAX).contains(&digits.len())
    {
        return Err(Weak::NoPin);
    }
    let steps: Vec<i16> = digits.windows(2).map(|two| two[1] - two[0]).collect();
    if steps.iter().all(|step| *step == steps[0]) && steps[0].abs() <= 1 {
        return Err(Weak::SimplePin);
    }
    Ok(())
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIBIBYTES, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// A hash could not be computed.
#[derive(Debug, thiserror::Error)]
#[error("hash a password: {0}")]
pub struct HashError(String);

/// Hashes a password with a salt of 16 random bytes.
pub async fn hash(password: String, salt: [u8; 16]) -> Result<String, HashError> {
    alone(move || {
        let salt = SaltString::encode_b64(&salt).map_err(|error| HashError(error.to_string()))?;
        argon2()
            .hash_password(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|error| HashError(error.to_string()))
    })
    .await?
}

/// Is it this password? Takes as long where there is none to compare with, so that nobody learns
/// from the time whether an account exists.
pub async fn verify(password: String, kept: Option<String>) -> Result<bool, HashError> {
    alone(move || {
        let parsed = kept
            .as_deref()
            .and_then(|kept| PasswordHash::new(kept).ok());
        if let Some(kept) = parsed {
            argon2().verify_password(password.as_bytes(), &kept).is_ok()
        } else {
            let mut out = [0; 32];
            // The result is thrown away; what counts is that it took its time.
            let _ = argon2().hash_password_into(password.as_bytes(), &[0; 16], &mut out);
            false
        }
    })
    .await
}

async fn alone<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, HashError> {
    let failed = |error: &dyn std::fmt::Display| HashError(error.to_string());
    let _turn = TWO_AT_A_TIME.acquire().await.map_err(|e| failed(&e))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_would_try_first_is_refused() {
        assert_eq!(
            check_password("elevenchars", &[]),
            Err(Weak::Length { found: 11 })
        );
        assert_eq!(
            check_password("aaaaaaaaaaaaa", &[]),
            Err(Weak::OneCharacter)
        );
        assert_eq!(
            check_password("Ann@Example.org", &["ann@example.org"]),
            Err(Weak::OwnName)
        );
        assert_eq!(check_password("boterham met kaas", &["Ann"]), Ok(()));
        for pin in ["12345", "12345a", "1234567890123", ""] {
            assert_eq!(check_pin(pin), Err(Weak::NoPin), "{pin}");
        }
        for pin in ["000000", "123456", "987654"] {
            assert_eq!(check_pin(pin), Err(Weak::SimplePin), "{pin}");
        }
        assert_eq!(check_pin("481920"), Ok(()));
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_never_kept() {
        let kept = hash("boterham met kaas".to_owned(), [3; 16]).await.unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        assert!(!kept.contains("boterham"));
        let again = verify("boterham met kaas".to_owned(), Some(kept.clone()));
        assert!(again.await.unwrap());
        let other = verify("boterham met ham!".to_owned(), Some(kept)).await;
        assert!(!other.unwrap());
        assert!(!verify("boterham met kaas".to_owned(), None).await.unwrap());
    }
}
