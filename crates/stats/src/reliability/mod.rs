//! Do the items of an instrument measure one thing?
//!
//! Works on the covariance matrix of complete rows. [`scale_reliability`] gives everything that
//! a page shows, from the parts (buckets or clusters) that the covariance is kept in.
//! Invariant: a negative alpha means that an item's key is reversed; it is reported, never
//! clipped. Omega is always shown with the fit of its model.

mod alpha;
mod difference;
mod one_factor;
mod scale;

pub use alpha::{Alpha, alpha, feldt_interval, of_columns};
pub use difference::of_difference;
pub use one_factor::{OneFactor, one_factor};
pub use scale::{ScaleReliability, scale_reliability};

#[cfg(test)]
mod tests {
    use crate::moments::CoMoments;

    /// Co-moments of n rows with these variances (denominator n) and means of 0.
    pub(super) fn of_matrix(n: u64, rows: &[&[f64]]) -> CoMoments {
        let k = rows.len();
        let products = (0..k)
            .flat_map(|i| (i..k).map(move |j| (i, j)))
            .map(|(i, j)| rows[i][j] * n as f64)
            .collect();
        CoMoments::from_parts(n, vec![0.0; k], products).unwrap()
    }
}
