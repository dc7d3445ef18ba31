//! Two scores: of different people, and of the same people twice.

use super::counts::Counts;
use super::score::nps;
use crate::distribution::{normal_ln_sf, t, t_p_two_sided};
use crate::histogram::Histogram;
use crate::interval::{Interval, Measured, Method};
use crate::proportion::mover;
use crate::undefined::Undefined;

/// Difference of two independent net promoter scores, first − second: square-and-add (MOVER) of
/// the two score intervals. n is the sum of both.
pub fn nps_difference(first: &Counts, second: &Counts, level: f64) -> Result<Measured, Undefined> {
    let (a, b) = (nps(first, level)?, nps(second, level)?);
    let interval = mover(
        (a.value, a.interval?),
        (b.value, b.interval?),
        Method::Mover,
    );
    Ok(Measured::new(a.value - b.value, a.n + b.n, Ok(interval)))
}

/// z test of two independent net promoter scores: standard error, z, natural log of the
/// two-sided p. Undefined when both have no variance.
pub fn nps_difference_test(first: &Counts, second: &Counts) -> Result<(f64, f64, f64), Undefined> {
    let error = (first.variance()? / first.total() + second.variance()? / second.total()).sqrt();
    if error <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let z = (first.score()? - second.score()?) / error;
    let ln_p = (normal_ln_sf(z.abs()) + std::f64::consts::LN_2).min(0.0);
    Ok((error, z, ln_p))
}

/// Two scores given by the same respondents: mean difference with its t interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    /// First score less second.
    pub difference: f64,
    /// Respondents who gave both.
    pub n: u64,
    /// Standard error of the difference.
    pub standard_error: f64,
    /// difference / standard error.
    pub t: f64,
    /// n − 1.
    pub df: f64,
    /// Two-sided p.
    pub p: f64,
    /// t interval.
    pub interval: Interval,
}

/// Difference of two net promoter scores of the same people.
///
/// `joint[i][j]` counts respondents who are i (detractor, passive, promoter) on the first and j
/// on the second. Treating them as independent would give a standard error a third too large.
pub fn nps_paired(joint: &[[u64; 3]; 3], level: f64) -> Result<Paired, Undefined> {
    let mut differences = Histogram::new();
    for (i, row) in (0..).zip(joint) {
        for (j, &count) in (0..).zip(row) {
            differences.add(i - j, count);
        }
    }
    let moments = differences.moments();
    let difference = moments.mean()?;
    let standard_error = moments.standard_error()?;
    if standard_error <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let df = moments.n() as f64 - 1.0;
    let statistic = difference / standard_error;
    Ok(Paired {
        difference,
        n: moments.n(),
        standard_error,
        t: statistic,
        df,
        p: t_p_two_sided(statistic, df),
        interval: Interval::around(difference, t(level, df) * standard_error, level, Method::T),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // Everybody stays: no difference, and no spread to judge it by. One in ten moves up by one
    // class: a tenth, with the t interval of 90 zeros and 10 ones.
    #[test]
    fn the_same_people_twice() {
        let stay = [[20, 0, 0], [0, 30, 0], [0, 0, 50]];
        assert_eq!(nps_paired(&stay, 0.95), Err(Undefined::ZeroVariance));
        let up = [[20, 0, 0], [4, 26, 0], [0, 6, 44]];
        let found = nps_paired(&up, 0.95).unwrap();
        assert!((found.difference - 0.1).abs() < 1e-12);
        let error = (0.1_f64 * 0.9 / 99.0).sqrt();
        assert!((found.standard_error - error).abs() < 1e-12);
        let (first, second) = (Counts::new(20, 30, 50), Counts::new(24, 32, 44));
        let apart = nps_difference(&first, &second, 0.95)
            .unwrap()
            .interval
            .unwrap();
        assert!(apart.width() > 2.0 * found.interval.width());
    }

    proptest! {
        #[test]
        fn swapped_sides_mirror(a in prop::array::uniform3(1_u64..40), b in prop::array::uniform3(1_u64..40)) {
            let of = |c: [u64; 3]| Counts::new(c[0], c[1], c[2]);
            let one = nps_difference(&of(a), &of(b), 0.95).unwrap();
            let other = nps_difference(&of(b), &of(a), 0.95).unwrap();
            let (x, y) = (one.interval.unwrap(), other.interval.unwrap());
            prop_assert!((x.lower + y.upper).abs() < 1e-9 && x.contains(one.value));
        }
    }
}
