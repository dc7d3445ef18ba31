//! Quantiles of real values by `DDSketch` with relative accuracy α = .01.
//!
//! Source: Masson, Rim, Lee (2019), `DDSketch`. Bin k holds γ^(k−1) < x ≤ γ^k, γ = (1+α)/(1−α),
//! so that a quantile is off by at most 1 % of itself. Bins are those of the crate
//! `sketches-ddsketch` (a test holds them together), found without a logarithm: the upper bits of
//! a number name a cell of a table, and a cell has at most one border between bins in it. That, and
//! plain arrays of `u32`, is what 20,000 groups at 20 million rows need.
//!
//! Invariant: adding and merging commute; nothing is collapsed, so accuracy never degrades. A bin
//! holds up to 2³² − 1 values and then stays there.
//! Absent on purpose: intervals of quantiles, which follow from n (`stats`).

use std::sync::{Arc, OnceLock};

/// Relative accuracy of a quantile.
pub const ACCURACY: f64 = 0.01;
/// Numbers nearer to zero count as zero.
const SMALLEST: f64 = 1e-9;
/// Upper bits of the mantissa that name a cell: 2⁻⁷ is finer than a bin, so a cell meets two bins
/// at most.
const MANTISSA_BITS: u32 = 7;
const SHIFT: u32 = 52 - MANTISSA_BITS;
/// Cells for numbers from 2⁻³⁰ (below [`SMALLEST`]) up to 2⁶³; larger ones take the logarithm.
const EXPONENT_FIRST: u64 = 1023 - 30;
const EXPONENTS: u64 = 93;
/// Places beside the bins in use that are made at once.
const SLACK: usize = 48;

fn gamma_ln() -> f64 {
    ((1.0 + ACCURACY) / (1.0 - ACCURACY)).ln()
}

/// `⌈log_γ x⌉` for positive x.
fn key(x: f64) -> i32 {
    (x.ln() / gamma_ln()).ceil() as i32
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Bin at the lower end.
    bin: i32,
    /// From this number on the next bin; infinite where the cell has no border.
    border: f64,
}

/// Finds the bin of a number.
#[derive(Debug, Clone)]
pub struct Bins {
    cells: Arc<[Cell]>,
    found: Vec<i32>,
}

/// Bin of what is no number; no sketch counts it.
const NO_NUMBER: i32 = i32::MIN;

impl Default for Bins {
    fn default() -> Self {
        static CELLS: OnceLock<Arc<[Cell]>> = OnceLock::new();
        Self {
            cells: Arc::clone(CELLS.get_or_init(cells)),
            found: Vec::new(),
        }
    }
}

fn cells() -> Arc<[Cell]> {
    let first = EXPONENT_FIRST << MANTISSA_BITS;
    let last = (EXPONENT_FIRST + EXPONENTS) << MANTISSA_BITS;
    (first..last)
        .map(|cell| {
            let (mut low, mut high) = (cell << SHIFT, ((cell + 1) << SHIFT) - 1);
            let bin = key(f64::from_bits(low));
            if key(f64::from_bits(high)) == bin {
                return Cell {
                    bin,
                    border: f64::INFINITY,
                };
            }
            // Invariant: the bin of `low` is `bin`, that of `high` is beyond.
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if key(f64::from_bits(middle)) == bin {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            Cell {
                bin,
                border: f64::from_bits(high),
            }
        })
        .collect()
}

impl Bins {
    /// Finds the bins of some numbers; [`Bins::found`] has them then.
    pub fn find(&mut self, values: &[f64]) {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        found.extend(values.iter().map(|&x| self.bin(x)));
        self.found = found;
    }

    /// The bins last found.
    pub fn found(&self) -> &[i32] {
        &self.found
    }

    /// The bin of a number: 0 for zero, above it for positive numbers, below for negative.
    pub fn bin(&self, x: f64) -> i32 {
        let size = x.abs();
        if size < SMALLEST {
            return 0;
        }
        if !size.is_finite() {
            return NO_NUMBER;
        }
        let cell = (size.to_bits() >> SHIFT) - (EXPONENT_FIRST << MANTISSA_BITS);
        let key = match self.cells.get(cell as usize) {
            Some(cell) => cell.bin + i32::from(size >= cell.border),
            None => key(size),
        };
        let bin = key - lowest() + 1;
        if x > 0.0 { bin } else { -bin }
    }
}

/// Key of the smallest number that is not zero; its bin is 1.
fn lowest() -> i32 {
    const LOWEST: i32 = -1036;
    debug_assert_eq!(LOWEST, key(SMALLEST));
    LOWEST
}

/// The number that stands for a bin: the middle of it in relative terms.
fn value(bin: i32) -> f64 {
    if bin == 0 {
        return 0.0;
    }
    let gamma = gamma_ln().exp();
    let key = bin.abs() - 1 + lowest();
    let size = 2.0 * (gamma_ln() * f64::from(key)).exp() / (1.0 + gamma);
    if bin > 0 { size } else { -size }
}

/// How many values fell in each bin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    first: i32,
    counts: Vec<u32>,
}

impl Sketch {
    /// Adds one value by its bin.
    pub fn add(&mut self, bin: i32) {
        // A place before the first wraps round to far beyond the last.
        let place = bin.wrapping_sub(self.first).cast_unsigned() as usize;
        match self.counts.get_mut(place) {
            Some(count) => *count = count.saturating_add(1),
            None => self.add_many(bin, 1),
        }
    }

    /// Adds several values.
    pub fn add_all(&mut self, bins: &[i32]) {
        bins.iter().for_each(|&bin| self.add(bin));
    }

    #[cold]
    fn add_many(&mut self, bin: i32, count: u32) {
        if bin == NO_NUMBER {
            return;
        }
        self.make_room(bin);
        let place = bin.abs_diff(self.first) as usize;
        self.counts[place] = self.counts[place].saturating_add(count);
    }

    fn make_room(&mut self, bin: i32) {
        if self.counts.is_empty() {
            self.first = bin - SLACK as i32;
            self.counts.resize(2 * SLACK, 0);
        }
        if bin < self.first {
            let more = self.first.abs_diff(bin) as usize + SLACK;
            self.counts.splice(0..0, std::iter::repeat_n(0, more));
            self.first -= more as i32;
        }
        let place = bin.abs_diff(self.first) as usize;
        if place >= self.counts.len() {
            self.counts.resize(place + 1 + SLACK, 0);
        }
    }

    /// Adds the values of `other`.
    pub fn merge(&mut self, other: &Self) {
        if other.counts.is_empty() {
            return;
        }
        if self.counts.is_empty() {
            self.clone_from(other);
            return;
        }
        self.make_room(other.first);
        self.make_room(other.first + other.counts.len() as i32 - 1);
        let place = other.first.abs_diff(self.first) as usize;
        for (to, from) in self.counts[place..].iter_mut().zip(&other.counts) {
            *to = to.saturating_add(*from);
        }
    }

    /// Number of values.
    pub fn n(&self) -> u64 {
        self.counts.iter().map(|&count| u64::from(count)).sum()
    }

    /// The value with 0-based rank ⌊q (n − 1)⌋, within 1 % of itself; `None` without values.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let n = self.n();
        if n == 0 {
            return None;
        }
        let rank = (q.clamp(0.0, 1.0) * (n - 1) as f64) as u64;
        let mut seen = 0;
        let bins = self.first..;
        bins.zip(&self.counts).find_map(|(bin, &count)| {
            seen += u64::from(count);
            (seen > rank).then(|| value(bin))
        })
    }

    /// Bytes of memory, about.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(self.counts.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sketch(values: &[f64]) -> Sketch {
        let bins = Bins::default();
        let mut sketch = Sketch::default();
        values.iter().for_each(|&x| sketch.add(bins.bin(x)));
        sketch
    }

    proptest! {
        #[test]
        fn bins_are_those_of_the_formula(x in prop::num::f64::NORMAL) {
            let expected = match x.abs() {
                size if size < SMALLEST => 0,
                size => (key(size) - key(SMALLEST) + 1) * if x > 0.0 { 1 } else { -1 },
            };
            prop_assert_eq!(Bins::default().bin(x), expected);
        }

        #[test]
        fn quantiles_are_within_one_percent_of_the_value_at_their_rank(
            mut values in prop::collection::vec(-1e6f64..1e9, 1..400),
            q in 0.0f64..=1.0,
        ) {
            let found = sketch(&values).quantile(q).unwrap();
            values.sort_by(f64::total_cmp);
            let exact = values[(q * (values.len() - 1) as f64) as usize];
            prop_assert!((found - exact).abs() <= ACCURACY * exact.abs() * (1.0 + 1e-9) + SMALLEST);
        }

        #[test]
        fn merging_is_adding(
            a in prop::collection::vec(-1e3f64..1e6, 0..60),
            b in prop::collection::vec(-1e3f64..1e6, 0..60),
        ) {
            let mut merged = sketch(&a);
            merged.merge(&sketch(&b));
            let together: Vec<f64> = a.iter().chain(&b).copied().collect();
            let together = sketch(&together);
            prop_assert_eq!(merged.n(), together.n());
            for q in [0.0, 0.25, 0.5, 0.95, 1.0] {
                prop_assert_eq!(merged.quantile(q), together.quantile(q));
            }
        }
    }

    #[test]
    fn quantiles_are_those_of_the_published_crate() {
        let mut peer = sketches_ddsketch::DDSketch::new(sketches_ddsketch::Config::new(
            ACCURACY, 4_096, SMALLEST,
        ));
        let values: Vec<f64> = (1..5_000u32)
            .map(|i| f64::from(i * i % 7_919) / 3.0)
            .collect();
        values.iter().for_each(|&x| peer.add(x));
        let ours = sketch(&values);
        // At both ends the crate gives the exact value, which it keeps apart.
        for q in [0.1, 0.5, 0.9, 0.95, 0.99] {
            let (ours, peer) = (
                ours.quantile(q).unwrap(),
                peer.quantile(q).unwrap().unwrap(),
            );
            assert!(
                (ours - peer).abs() <= 1e-9 * peer.abs(),
                "{q}: {ours} {peer}"
            );
        }
    }

    #[test]
    fn nothing_has_no_quantile() {
        assert_eq!(Sketch::default().quantile(0.5), None);
    }
}
