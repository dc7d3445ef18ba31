//! A share between 0 and 1.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// A number from 0 to 1, both included; never NaN.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Proportion(f64);

/// A number that is no share.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{0} is not a proportion (allowed: 0 to 1; 98 % is 0.98)")]
pub struct ProportionError(pub f64);

impl Proportion {
    /// The whole.
    pub const ONE: Self = Self(1.0);

    /// A share; anything outside 0 to 1 is an error.
    pub fn new(value: f64) -> Result<Self, ProportionError> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(ProportionError(value))
        }
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Proportion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Proportion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_shares() {
        assert!(Proportion::new(0.0).is_ok());
        assert!(Proportion::new(1.0).is_ok());
        assert!(Proportion::new(98.0).is_err());
        assert!(Proportion::new(-0.01).is_err());
        assert!(Proportion::new(f64::NAN).is_err());
        assert!(serde_json::from_str::<Proportion>("1.5").is_err());
    }
}
