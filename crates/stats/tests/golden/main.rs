//! Published values on public data, so that a clone without the reference cases is still held to
//! what others computed.
//!
//! Sources stand beside each value: NIST Statistical Reference Datasets and the NIST/SEMATECH
//! e-Handbook (public domain), and worked examples whose figures are facts. More of them are
//! beside the code that they test (Longley, Newcombe's tables, Krippendorff, Rao and Scott …).
#![allow(
    clippy::unwrap_used,
    reason = "a failed unwrap in a test is a failed test"
)]

mod agreement;
mod handbook;
mod nist_anova;
mod nist_regression;
mod nist_univariate;
mod tests_of_groups;

/// Relative closeness.
fn close(got: f64, expected: f64, relative: f64) {
    assert!(
        (got - expected).abs() <= relative * expected.abs(),
        "got {got}, expected {expected}"
    );
}
