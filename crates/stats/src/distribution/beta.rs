//! Beta, F and binomial distributions.
//!
//! Source: continued fraction of the incomplete beta function (DLMF 8.17.22, Lentz's method),
//! on the log scale; the log of the beta function by Stirling's correction, so that parameters
//! of 1e8 keep their digits.

use super::bisect;
use statrs::function::gamma::ln_gamma;
use std::f64::consts::PI;

/// ln Γ(x) − (x − ½) ln x + x − ½ ln 2π, for x ≥ 10.
pub(super) fn stirling_correction(x: f64) -> f64 {
    let s = 1.0 / (x * x);
    let series = s * (1.0 / 1188.0 - s * (691.0 / 360_360.0 - s / 156.0));
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0) + s * series))) / x
}

/// ln B(a, b) without cancellation for large arguments.
fn ln_beta(a: f64, b: f64) -> f64 {
    let (p, q) = if a <= b { (a, b) } else { (b, a) };
    if p >= 10.0 {
        let correction =
            stirling_correction(p) + stirling_correction(q) - stirling_correction(p + q);
        -0.5 * q.ln()
            + 0.5 * (2.0 * PI).ln()
            + correction
            + (p - 0.5) * (p / (p + q)).ln()
            + q * (-p / (p + q)).ln_1p()
    } else if q >= 10.0 {
        let correction = stirling_correction(q) - stirling_correction(p + q);
        ln_gamma(p) + correction + p - p * (p + q).ln() + (q - 0.5) * (-p / (p + q)).ln_1p()
    } else {
        ln_gamma(p) + ln_gamma(q) - ln_gamma(p + q)
    }
}

/// ln of the regularised incomplete beta function Iₓ(a, b), given x and y = 1 − x.
///
/// Both are arguments because the caller often knows the small one exactly.
pub(super) fn ln_incomplete(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if y <= 0.0 {
        return 0.0;
    }
    let ln_x = if x > 0.5 { (-y).ln_1p() } else { x.ln() };
    let ln_y = if y > 0.5 { (-x).ln_1p() } else { y.ln() };
    let front = a * ln_x + b * ln_y - ln_beta(a, b);
    if x <= (a + 1.0) / (a + b + 2.0) {
        front - a.ln() + fraction(a, b, x).ln()
    } else {
        let other = (front - b.ln() + fraction(b, a, y).ln()).exp();
        (-other.min(1.0)).ln_1p()
    }
}

/// Lentz's continued fraction for Iₓ(a, b).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..200_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// P(X ≤ x) of the beta distribution with shape a, b > 0.
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    ln_incomplete(a, b, x.clamp(0.0, 1.0), (1.0 - x).clamp(0.0, 1.0)).exp()
}

/// Quantile of the beta distribution with shape a, b > 0.
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    bisect(0.0, 1.0, |x| beta_cdf(a, b, x) - p)
}

/// P(X ≤ successes) of the binomial distribution.
pub fn binomial_cdf(successes: u64, trials: u64, p: f64) -> f64 {
    if successes >= trials {
        return 1.0;
    }
    // P(X ≤ k) = I_{1−p}(n − k, k + 1).
    ln_incomplete(
        (trials - successes) as f64,
        successes as f64 + 1.0,
        1.0 - p,
        p,
    )
    .exp()
}

/// ln P(X > f) of the F distribution with df1, df2 > 0.
pub fn f_ln_sf(f: f64, df1: f64, df2: f64) -> f64 {
    if f <= 0.0 {
        return 0.0;
    }
    let whole = df2 + df1 * f;
    ln_incomplete(df2 / 2.0, df1 / 2.0, df2 / whole, df1 * f / whole)
}

/// P(X > f) of the F distribution.
pub fn f_sf(f: f64, df1: f64, df2: f64) -> f64 {
    f_ln_sf(f, df1, df2).exp()
}

/// Quantile of the F distribution.
pub fn f_quantile(p: f64, df1: f64, df2: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    // The smaller tail keeps the digits.
    let upper = beta_quantile(df2 / 2.0, df1 / 2.0, 1.0 - p);
    if upper > 0.5 {
        let lower = beta_quantile(df1 / 2.0, df2 / 2.0, p);
        df2 * lower / (df1 * (1.0 - lower))
    } else {
        df2 * (1.0 - upper) / (df1 * upper)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms() {
        // I_x(1, b) = 1 − (1 − x)^b
        for (b, x) in [(3.0, 0.2), (250.0, 0.01), (1e6, 1e-6)] {
            let expected = -f64::exp_m1(b * f64::ln_1p(-x));
            assert!((beta_cdf(1.0, b, x) - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn binomial_sums() {
        let exact: f64 = [1.0, 10.0, 45.0, 120.0].iter().sum::<f64>() / 1024.0;
        assert!((binomial_cdf(3, 10, 0.5) - exact).abs() < 1e-14);
    }

    #[test]
    fn quantiles_undo() {
        for p in [0.001, 0.025, 0.5, 0.99] {
            let x = f_quantile(p, 4.0, 78.0);
            assert!((f_sf(x, 4.0, 78.0) - (1.0 - p)).abs() < 1e-12);
        }
    }
}
