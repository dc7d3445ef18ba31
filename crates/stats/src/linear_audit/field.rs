//! Arithmetic modulo the prime 2⁶¹ − 1.
//!
//! Invariant: every argument and every result is below the prime.

/// The field of the elimination.
pub const PRIME: u64 = (1 << 61) - 1;

pub fn add(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

pub fn negative(a: u64) -> u64 {
    if a == 0 { 0 } else { PRIME - a }
}

pub fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let low = (product & u128::from(PRIME)) as u64;
    let high = (product >> 61) as u64;
    add(low, high)
}

/// By Fermat's little theorem.
pub fn inverse(a: u64) -> u64 {
    let (mut power, mut base, mut result) = (PRIME - 2, a, 1);
    while power > 0 {
        if power & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        power >>= 1;
    }
    result
}
