//! LMG: the gain in R² of each predictor, over all orders in which predictors can enter.
//!
//! Source: Lindeman, Merenda & Gold (1980); a Shapley value. All 2ᵖ subsets are fitted, so that
//! the caller limits p.

use crate::linear::Matrix;

/// Mean gain in R² over all orders in which predictors can enter.
pub(super) fn lmg(r: &Matrix, with_outcome: &[f64]) -> Vec<f64> {
    let p = with_outcome.len();
    let r2: Vec<f64> = (0..1_usize << p)
        .map(|subset| {
            let members: Vec<usize> = (0..p).filter(|i| subset >> i & 1 == 1).collect();
            let part = Matrix::from_fn(members.len(), |i, j| r.get(members[i], members[j]));
            let known: Vec<f64> = members.iter().map(|&i| with_outcome[i]).collect();
            // A subset of a regular matrix is regular.
            part.inverse().map_or(0.0, |m| {
                m.apply(&known).iter().zip(&known).map(|(b, c)| b * c).sum()
            })
        })
        .collect();
    let mut factorials = vec![1.0; p + 1];
    for i in 1..=p {
        factorials[i] = factorials[i - 1] * i as f64;
    }
    (0..p)
        .map(|i| {
            (0..1_usize << p)
                .filter(|subset| subset >> i & 1 == 0)
                .map(|subset| {
                    let size = subset.count_ones() as usize;
                    let orders = factorials[size] * factorials[p - size - 1] / factorials[p];
                    orders * (r2[subset | 1 << i] - r2[subset])
                })
                .sum()
        })
        .collect()
}
