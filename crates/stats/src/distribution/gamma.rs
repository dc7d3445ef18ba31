//! The χ² distribution.
//!
//! Source: series and continued fraction of the incomplete gamma function (DLMF 8.7.1, 8.9.2),
//! the upper tail on the log scale.

use super::bisect;
use statrs::function::gamma::ln_gamma;

/// Stands in for 0 in the continued fraction.
const TINY: f64 = 1e-300;

/// ln Q(a, x), the regularised upper incomplete gamma function.
pub(super) fn ln_upper(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = a * x.ln() - x - ln_gamma(a);
    if x < a + 1.0 {
        let mut term = 1.0 / a;
        let mut sum = term;
        let mut k = a;
        while term.abs() > sum.abs() * 1e-17 {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        return (-(front + sum.ln()).exp().min(1.0)).ln_1p();
    }
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..100_000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = an * d + b;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = b + an / c;
        c = if c.abs() < TINY { TINY } else { c };
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front + h.ln()
}

/// ln P(X > x) of χ² with `df` > 0 degrees of freedom.
pub fn chi_squared_ln_sf(x: f64, df: f64) -> f64 {
    ln_upper(df / 2.0, x / 2.0)
}

/// P(X > x) of χ².
pub fn chi_squared_sf(x: f64, df: f64) -> f64 {
    chi_squared_ln_sf(x, df).exp()
}

/// Quantile of χ²: x with P(X ≤ x) = p.
pub fn chi_squared_quantile(p: f64, df: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let mut high = df.max(1.0);
    while chi_squared_sf(high, df) > 1.0 - p {
        high *= 2.0;
    }
    bisect(0.0, high, |x| 1.0 - p - chi_squared_sf(x, df))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_degrees_of_freedom_are_exponential() {
        for x in [0.1, 1.0, 10.0, 2500.0] {
            assert!((chi_squared_ln_sf(x, 2.0) + x / 2.0).abs() < 1e-12 * x.max(1.0));
        }
    }

    #[test]
    fn quantile_of_one_degree_is_a_squared_normal() {
        assert!((chi_squared_quantile(0.95, 1.0) - 3.841_458_820_694_124).abs() < 1e-12);
    }
}
