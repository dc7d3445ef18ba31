//! Requirements that are judged from one number.

use evenkeel_foundation::requirement::{Censored, Duration, Limit, Range};

use crate::{AssessError, Assessment, Deviation, ObservedValue};

/// Judges a time.
pub(crate) fn duration(
    duration: &Duration,
    observed: ObservedValue,
) -> Result<Assessment, AssessError> {
    let limits = duration.limits();
    match observed {
        ObservedValue::Number(seconds) => {
            let seconds = finite(seconds)?;
            Ok(if limits.is_above(seconds) {
                let by_seconds = seconds - duration.within;
                Assessment::deviated(Deviation::OverTime { by_seconds })
            } else {
                Assessment::kept()
            })
        }
        ObservedValue::OpenForSeconds(seconds) => {
            let seconds = finite(seconds)?;
            // Open for exactly the limit may still end in time, unless the limit is exclusive.
            let is_past = limits.is_above(seconds);
            Ok(match duration.open {
                Censored::FailPastLimit if is_past => {
                    let by_seconds = seconds - duration.within;
                    Assessment::deviated(Deviation::StillOpen { by_seconds })
                }
                Censored::FailPastLimit | Censored::LeaveOut => Assessment::censored(),
            })
        }
    }
}

/// Judges a measured number.
pub(crate) fn range(range: &Range, observed: ObservedValue) -> Result<Assessment, AssessError> {
    let ObservedValue::Number(value) = observed else {
        return Err(AssessError::CannotBeOpen { kind: "range" });
    };
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

fn finite(value: f64) -> Result<f64, AssessError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(AssessError::NotFinite { value })
    }
}
