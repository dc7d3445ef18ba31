//! Rare events: charts of what lies between them, and charts of counts.
//!
//! Sources: Benneyan (2001) for g; Nelson (1994) for t; Provost & Murray (2011) for the centre
//! line of g at the median; as R qicharts2.
//! A proportion with an expected count below one a period is mostly zeros: chart the cases (g) or
//! the time (t) from one event to the next instead. More is better there.

use super::proportions::{D2_TABLE, Proportions, Spread, proportions};
use super::subgroups::Limits;
use super::xmr::{MovingRangeConstant, xmr};
use crate::undefined::Undefined;
use serde::Serialize;

/// Exponent that makes exponential times nearly normal.
const NELSON_ROOT: f64 = 3.6;

/// A g chart: cases without an event between two events.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BetweenEvents {
    /// Mean number of cases between events.
    pub mean: f64,
    /// Centre line: the median of a geometric distribution of this mean, so that run rules hold.
    pub centre: f64,
    /// Lower limit: mean − 3σ, cut at 0, which it nearly always is.
    pub lower: f64,
    /// Upper limit: mean + 3σ, σ = √(mean·(mean + 1)).
    pub upper: f64,
}

/// g chart of cases between events, in the order of time (0 when two cases in a row had one).
///
/// Assumes that each case has the same chance of an event. Undefined: fewer than two gaps, all 0.
pub fn between_events(gaps: &[u64]) -> Result<BetweenEvents, Undefined> {
    if gaps.len() < 2 {
        return Err(Undefined::TooFew {
            n: gaps.len() as u64,
            needed: 2,
        });
    }
    let mean = gaps.iter().sum::<u64>() as f64 / gaps.len() as f64;
    if mean <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let sigma = (mean * (mean + 1.0)).sqrt();
    Ok(BetweenEvents {
        mean,
        centre: std::f64::consts::LN_2 * mean,
        lower: (mean - 3.0 * sigma).max(0.0),
        upper: mean + 3.0 * sigma,
    })
}

/// t chart: time between events, limits on the scale of the times.
///
/// Times to the power 1/3.6 are nearly normal when times are exponential; they get an XmR chart
/// (3/1.128, no screening), whose limits are raised again. A lower limit below 0 is 0.
/// Undefined: as [`xmr`]; a time of 0 or less (two events at one moment: chart counts).
pub fn time_between_events(times: &[f64]) -> Result<Limits, Undefined> {
    if times.iter().any(|t| *t <= 0.0) {
        return Err(Undefined::parameter("times"));
    }
    let roots: Vec<f64> = times.iter().copied().map(time_root).collect();
    let chart = xmr(&roots, false, MovingRangeConstant::Table)?;
    Ok(Limits {
        centre: time_raised(chart.centre),
        lower: time_raised(chart.lower),
        upper: time_raised(chart.upper),
    })
}

/// A time between events on the scale on which such times are nearly normal (Nelson 1994); rules
/// are read there.
pub fn time_root(time: f64) -> f64 {
    time.max(0.0).powf(1.0 / NELSON_ROOT)
}

/// Back from [`time_root`]; below 0 is 0.
pub fn time_raised(root: f64) -> f64 {
    root.max(0.0).powf(NELSON_ROOT)
}

/// c chart: counts of events in periods of the same size, Poisson limits c̄ ± 3√c̄.
///
/// [`Proportions::limits`] of 1 gives the limits, with Laney's widening when asked (c′).
pub fn counts(events: &[u64]) -> Result<Proportions, Undefined> {
    let periods: Vec<(f64, f64)> = events.iter().map(|&c| (c as f64, 1.0)).collect();
    proportions(&periods, Spread::Poisson, D2_TABLE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // Montgomery, example 7.3 (c chart of printed circuit boards): 516 in 26 samples, limits
    // 6.48 and 33.22.
    #[test]
    fn c_as_published() {
        let boards = [
            21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24,
            16, 19, 17, 15,
        ];
        let chart = counts(&boards).unwrap();
        let (lower, upper) = chart.limits(1.0, false);
        assert!((chart.centre - 19.85).abs() < 0.005, "{chart:?}");
        assert!((lower - 6.48).abs() < 0.01 && (upper - 33.22).abs() < 0.01);
    }

    // Montgomery, example 7.6 (hours between valve failures): x = t^0.2777 has the mean 5.386 and
    // no point outside.
    #[test]
    fn t_of_valve_failures() {
        let hours = [
            286.0, 948.0, 536.0, 124.0, 816.0, 729.0, 4.0, 143.0, 431.0, 8.0, 2837.0, 596.0, 81.0,
            227.0, 603.0, 492.0, 1199.0, 1214.0, 2831.0, 96.0,
        ];
        let chart = time_between_events(&hours).unwrap();
        let root = |t: f64| t.powf(1.0 / 3.6);
        assert!(
            (root(chart.centre) - 5.386).abs() < 0.005,
            "{}",
            root(chart.centre)
        );
        assert!(hours.iter().all(|t| *t < chart.upper) && chart.lower >= 0.0);
        assert!(time_between_events(&[3.0, 0.0, 1.0]).is_err());
    }

    #[test]
    fn g_by_hand() {
        let chart = between_events(&[3, 9, 6]).unwrap();
        assert_eq!((chart.mean, chart.lower), (6.0, 0.0));
        assert!((chart.upper - (6.0 + 3.0 * 42.0_f64.sqrt())).abs() < 1e-12);
        assert_eq!(between_events(&[0, 0, 0]), Err(Undefined::ZeroVariance));
        assert!(between_events(&[5]).is_err());
    }

    proptest! {
        // The unit of time does not matter.
        #[test]
        fn t_in_hours_or_days(
            hours in prop::collection::vec(0.5..500.0_f64, 5..20), scale in 0.01..100.0_f64,
        ) {
            let scaled: Vec<f64> = hours.iter().map(|h| h * scale).collect();
            let (a, b) = (time_between_events(&hours).unwrap(), time_between_events(&scaled).unwrap());
            prop_assert!((a.upper * scale / b.upper - 1.0).abs() < 1e-9);
        }
    }
}
