//! Distribution functions that every interval rests on.
//!
//! Invariant: tails are computed on the log scale, so that a p-value of 1e-537 is still a
//! number; quantiles agree with R's nmath to 1e-9 relative, degrees of freedom of 1e8 included.
//! Arguments outside the domain give the limit of the function (0, 1, ±∞), which the callers
//! rule out beforehand.
//! Absent on purpose: densities nobody needs, random numbers.

pub mod beta;
pub mod gamma;
pub mod normal;
pub mod student;

pub use beta::{beta_cdf, beta_quantile, binomial_cdf, f_ln_sf, f_quantile, f_sf};
pub use gamma::{chi_squared_ln_sf, chi_squared_quantile, chi_squared_sf};
pub use normal::{normal_cdf, normal_density, normal_ln_sf, normal_quantile, normal_sf};
pub use student::{t_ln_sf, t_p_two_sided, t_quantile};

/// Two-sided critical value of the normal distribution for a confidence level.
///
/// `z(0.95)` = 1.959964. Levels outside (0, 1) are cut to the nearest usable one.
pub fn z(level: f64) -> f64 {
    normal_quantile(0.5 + level.clamp(1e-12, 1.0 - 1e-15) / 2.0)
}

/// Two-sided critical value of Student's t for a confidence level.
pub fn t(level: f64, df: f64) -> f64 {
    t_quantile(0.5 + level.clamp(1e-12, 1.0 - 1e-15) / 2.0, df)
}

/// Finds x in `[low, high]` where the monotone `f` passes 0, to the last bit or 300 halvings.
///
/// The sign at `low` tells the direction; when no sign change exists the nearer end comes back.
pub(crate) fn bisect(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let rising = f(low) < 0.0;
    for _ in 0..300 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        let value = f(middle);
        if value == 0.0 {
            return middle;
        }
        if (value < 0.0) == rising {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + (high - low) / 2.0
}
