//! Answers with one code, by weight.

/// The weights of the answers with one code.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct WeightedBin {
    /// Answers.
    pub n: u64,
    /// Σw.
    pub sum: f64,
    /// Σw².
    pub squares: f64,
    /// Smallest and largest weight; meaningless when n = 0.
    pub range: (f64, f64),
}

impl WeightedBin {
    /// Adds an answer.
    pub fn push(&mut self, weight: f64) {
        // A row of weight 0 stands for nobody, as in `WeightedMoments`.
        if weight > 0.0 {
            self.merge(&Self {
                n: 1,
                sum: weight,
                squares: weight * weight,
                range: (weight, weight),
            });
        }
    }

    /// Adds the answers of `other`.
    pub fn merge(&mut self, other: &Self) {
        if other.n == 0 {
            return;
        }
        self.range = if self.n == 0 {
            other.range
        } else {
            (
                self.range.0.min(other.range.0),
                self.range.1.max(other.range.1),
            )
        };
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }
}
