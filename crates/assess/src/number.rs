//! Requirements that are judged from one number.

use evenkeel_foundation::requirement::{Censored, Duration, Limit, Range};

use crate::clock::Elapsed;
use crate::{AssessError, Assessment, Deviation, Unknown};

/// Judges a time.
pub(crate) fn duration(duration: &Duration, elapsed: Elapsed) -> Result<Assessment, AssessError> {
    let limits = duration.limits();
    let seconds = finite(elapsed.seconds)?;
    // Open for exactly the limit may still end in time, unless the limit is exclusive.
    let is_past = limits.is_above(seconds);
    let by_seconds = seconds - duration.within;
    let judged = match (elapsed.is_open, duration.open) {
        (false, _) if is_past => Assessment::deviated(Deviation::OverTime { by_seconds }),
        (false, _) => Assessment::kept(),
        (true, Censored::FailPastLimit) if is_past => {
            Assessment::deviated(Deviation::StillOpen { by_seconds })
        }
        (true, Censored::FailPastLimit) => Assessment::unknown(Unknown::StillOpen),
        (true, Censored::LeaveOut) => Assessment::unknown(Unknown::LeftOut),
    };
    // How long something has been open changes every second: it is no value of its own.
    Ok(if elapsed.is_counted && !elapsed.is_open {
        judged.with_value(seconds)
    } else {
        judged
    })
}

/// Judges a measured number.
pub(crate) fn range(range: &Range, value: f64) -> Result<Assessment, AssessError> {
    let value = finite(value)?;
    let limits = range.limits();
    let distance = |limit: Option<Limit>| limit.map_or(0.0, |limit| (value - limit.value).abs());
    Ok(if limits.is_below(value) {
        let by = distance(limits.lower);
        Assessment::deviated(Deviation::TooLow { by })
    } else if limits.is_above(value) {
        let by = distance(limits.upper);
        Assessment::deviated(Deviation::TooHigh { by })
    } else {
        Assessment::kept()
    })
}

pub(crate) fn finite(value: f64) -> Result<f64, AssessError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(AssessError::NotFinite { value })
    }
}
