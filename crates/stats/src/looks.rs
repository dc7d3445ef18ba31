//! Looks at delivery, counted: what a verdict, a chart and a consistency are made of.
//!
//! Invariant: `n` counts looks of which is known whether the standard was kept; what is not known
//! yet (still open, censored, not judged) is counted apart and never among them. Looks merge.
//! Absent on purpose: `Serialize`, which would be a way past the gate; which standard, unit or
//! period they are of.

use crate::moments::Moments;

/// Looks of one standard, version and way of choosing, somewhere and some time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Looks {
    /// Kept. Whole for looks of our own; published shares × n need not be.
    pub kept: f64,
    /// Known to be kept or deviated.
    pub n: u64,
    /// Nobody can know yet, or nobody judged.
    pub not_known: u64,
    /// The numbers that were observed.
    pub values: Moments,
}

impl Looks {
    /// Known looks without an observed number.
    pub fn counted(kept: f64, n: u64) -> Self {
        Self {
            kept,
            n,
            ..Self::default()
        }
    }

    /// Looks that deviated.
    pub fn deviated(&self) -> f64 {
        (self.n as f64 - self.kept).max(0.0)
    }

    /// All looks, known or not.
    pub fn all(&self) -> u64 {
        self.n + self.not_known
    }

    /// Adds the looks of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.kept += other.kept;
        self.n += other.n;
        self.not_known += other.not_known;
        self.values.merge(&other.values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_neither_kept_nor_deviated() {
        let mut looks = Looks::counted(3.0, 4);
        looks.merge(&Looks {
            not_known: 2,
            ..Looks::counted(1.0, 1)
        });
        assert_eq!((looks.n, looks.all()), (5, 7));
        assert_eq!((looks.kept, looks.deviated()), (4.0, 1.0));
    }
}
