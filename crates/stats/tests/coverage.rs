//! How often the interval of a net promoter score holds the true score: by exact enumeration of
//! all samples, no simulation.

#![allow(
    clippy::unwrap_used,
    reason = "a failed unwrap in a test is a failed test"
)]

use evenkeel_stats::Interval;
use evenkeel_stats::nps::{Counts, score_interval, wald};

/// Probability of a sample of detractors, passives and promoters.
fn probability(counts: [u64; 3], shares: [f64; 3]) -> f64 {
    let ln_factorial = |n: u64| (1..=n).map(|i| (i as f64).ln()).sum::<f64>();
    let n: u64 = counts.iter().sum();
    let mut ln = ln_factorial(n);
    for (count, share) in counts.into_iter().zip(shares) {
        if count > 0 {
            ln += count as f64 * share.ln() - ln_factorial(count);
        }
    }
    ln.exp()
}

/// Smallest coverage over a grid of true shares, at a sample size.
fn smallest_coverage(n: u64, interval: impl Fn(&Counts) -> Interval) -> f64 {
    let mut smallest = 1.0_f64;
    for detractors in 1..20 {
        for promoters in 1..20 - detractors {
            let (d, p) = (f64::from(detractors) / 20.0, f64::from(promoters) / 20.0);
            let mut coverage = 0.0;
            for a in 0..=n {
                for b in 0..=n - a {
                    let sample = Counts::new(a, n - a - b, b);
                    if interval(&sample).contains(p - d) {
                        coverage += probability([a, n - a - b, b], [d, 1.0 - d - p, p]);
                    }
                }
            }
            smallest = smallest.min(coverage);
        }
    }
    smallest
}

#[test]
fn the_score_interval_keeps_its_promise() {
    for n in [10, 20, 40] {
        let coverage = smallest_coverage(n, |sample| score_interval(sample, 0.95).unwrap());
        assert!(coverage > 0.92, "n {n}: {coverage}");
    }
}

#[test]
fn walds_interval_does_not() {
    let coverage = smallest_coverage(10, |sample| wald(sample, 0.95).unwrap());
    assert!(coverage < 0.7, "{coverage}");
}
