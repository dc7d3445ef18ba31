//! Exact permutation of which units were treated.
//!
//! Source: Fisher (1935); pre and post collapsed as Bertrand, Duflo & Mullainathan (2004).

use crate::moments::Moments;
use crate::undefined::Undefined;

/// Exact permutation of which units were treated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permutation {
    /// Mean change of treated units less that of the others.
    pub effect: f64,
    /// Two-sided p: share of assignments at least as far from zero.
    pub p: f64,
    /// Assignments, the actual one included; the smallest possible p is 1 over it.
    pub assignments: u64,
}

/// Assignments that are still enumerated.
const ASSIGNMENTS_MAX: f64 = 20e6;

/// Exact permutation test of post less pre by unit.
///
/// `changes` by unit, `treated` the same length. Undefined: no treated or no other unit; more
/// than 64 units or 20 million assignments (use [`super::TwoWay`] then).
pub fn permutation(changes: &[f64], treated: &[bool]) -> Result<Permutation, Undefined> {
    let n = changes.len();
    let k = treated.iter().filter(|t| **t).count();
    if k == 0 || k >= n || treated.len() != n {
        return Err(Undefined::parameter("treated"));
    }
    let total: f64 = (1..=k).map(|i| (n - k + i) as f64 / i as f64).product();
    if n > 63 || total > ASSIGNMENTS_MAX {
        return Err(Undefined::parameter("units"));
    }
    let sum: f64 = changes.iter().sum();
    let effect = |of_treated: f64| of_treated / k as f64 - (sum - of_treated) / (n - k) as f64;
    let of = |mask: u64| -> f64 {
        let mut left = mask;
        let mut of_treated = 0.0;
        while left != 0 {
            of_treated += changes[left.trailing_zeros() as usize];
            left &= left - 1;
        }
        effect(of_treated)
    };
    let actual = of((0..n)
        .filter(|i| treated[*i])
        .fold(0, |mask, i| mask | 1 << i));
    let (mut mask, mut all, mut as_far) = ((1_u64 << k) - 1, 0_u64, 0_u64);
    while mask < 1 << n {
        all += 1;
        as_far += u64::from(of(mask).abs() >= actual.abs() - 1e-12);
        // Next larger number with as many bits (Gosper).
        let lowest = mask & mask.wrapping_neg();
        let ripple = mask + lowest;
        mask = (((ripple ^ mask) >> 2) / lowest) | ripple;
    }
    Ok(Permutation {
        effect: actual,
        p: as_far as f64 / all as f64,
        assignments: all,
    })
}

/// Moments of the changes of treated and of other units, for Welch's comparison.
pub fn by_treatment(changes: &[f64], treated: &[bool]) -> (Moments, Moments) {
    let of = |wanted: bool| {
        changes
            .iter()
            .zip(treated)
            .filter(|(_, t)| **t == wanted)
            .map(|(c, _)| *c)
            .collect()
    };
    (of(true), of(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reasons() {
        assert!(permutation(&[1.0, 2.0], &[true, true]).is_err());
        assert!(permutation(&[1.0, 2.0], &[false, false]).is_err());
    }

    proptest! {
        // Which group is called treated turns the sign and leaves p; p is a count of assignments.
        #[test]
        fn symmetric(changes in prop::collection::vec(-5.0..5.0_f64, 6), k in 1_usize..6) {
            let treated: Vec<bool> = (0..6).map(|u| u < k).collect();
            let others: Vec<bool> = treated.iter().map(|t| !t).collect();
            let (a, b) = (
                permutation(&changes, &treated).unwrap(),
                permutation(&changes, &others).unwrap(),
            );
            prop_assert!((a.effect + b.effect).abs() < 1e-9);
            prop_assert!((a.p - b.p).abs() < 1e-12);
            prop_assert!(a.p >= 1.0 / a.assignments as f64);
        }
    }
}
