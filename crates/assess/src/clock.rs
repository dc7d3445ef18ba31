//! How long something took, by the hours that count.
//!
//! Invariant: what is counted is time that passed. On the day on which the clock is put forward,
//! `00:00-24:00` is 23 hours; a span whose beginning or end does not exist on that day begins or
//! ends where the clock jumps (jiff's *compatible* reading of a time that is skipped or doubled).
//!
//! Absent on purpose: rounding to days. "1 working day" is as many seconds as the calendar says.

use evenkeel_foundation::OpenHours;
use evenkeel_foundation::calendar::DAY_MINUTES;
use evenkeel_foundation::requirement::Duration;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::{AssessError, Context, Observed};

/// How long it took, or has taken so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Elapsed {
    pub seconds: f64,
    pub is_open: bool,
    /// Whether the seconds were counted here.
    pub is_counted: bool,
}

/// The time that an observation took; None when it says no time.
pub(crate) fn elapsed(
    duration: &Duration,
    observed: &Observed,
    context: &Context<'_>,
) -> Result<Option<Elapsed>, AssessError> {
    let (from, to, is_open) = match observed {
        Observed::Number(seconds) | Observed::OpenForSeconds(seconds) => {
            return Ok(Some(Elapsed {
                seconds: *seconds,
                is_open: matches!(observed, Observed::OpenForSeconds(_)),
                is_counted: false,
            }));
        }
        Observed::Between { from, to } => (*from, *to, false),
        Observed::OpenSince(from) => (*from, context.now.ok_or(AssessError::NoNow)?, true),
        _ => return Ok(None),
    };
    let seconds = match (&duration.hours, context.hours) {
        (None, _) => seconds(from.duration_until(to)),
        (Some(_), Some(hours)) => seconds_between(from, to, hours, context.zone),
        (Some(calendar), None) => {
            return Err(AssessError::NoHours {
                calendar: calendar.to_string(),
            });
        }
    };
    Ok(Some(Elapsed {
        seconds,
        is_open,
        is_counted: true,
    }))
}

/// The seconds between two moments that lie within `hours` on the clock of `zone`; negative when
/// `to` is before `from`.
pub fn seconds_between(from: Timestamp, to: Timestamp, hours: &OpenHours, zone: &TimeZone) -> f64 {
    if to < from {
        return -seconds_between(to, from, hours, zone);
    }
    let last = to.to_zoned(zone.clone()).date();
    let mut day = from.to_zoned(zone.clone()).date();
    let mut total = SignedDuration::ZERO;
    while day <= last {
        for span in hours.on(day) {
            let begins = moment(day, span.from_minute(), zone);
            let ends = moment(day, span.to_minute(), zone);
            if let Some((begins, ends)) = begins.zip(ends) {
                let (begins, ends) = (begins.max(from), ends.min(to));
                if begins < ends {
                    total += begins.duration_until(ends);
                }
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    seconds(total)
}

/// A minute of a day as a moment; None at the ends of the calendar that jiff knows.
fn moment(day: Date, minute: u16, zone: &TimeZone) -> Option<Timestamp> {
    let (day, minute) = if minute == DAY_MINUTES {
        (day.tomorrow().ok()?, 0)
    } else {
        (day, minute)
    };
    let time = Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0).ok()?;
    let zoned = day.to_datetime(time).to_zoned(zone.clone()).ok()?;
    Some(zoned.timestamp())
}

fn seconds(duration: SignedDuration) -> f64 {
    duration.as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use evenkeel_foundation::Span;
    use rstest::rstest;

    fn office() -> OpenHours {
        let span = |text: &str| vec![text.parse::<Span>().expect("a span")];
        OpenHours {
            monday: span("09:00-17:00"),
            friday: span("09:00-17:00"),
            sunday: span("00:00-24:00"),
            holidays: vec!["2026-04-06".parse().expect("a day")],
            ..OpenHours::default()
        }
    }

    #[rstest]
    // Friday 16:00 to Monday 10:00, with a whole Sunday on which clocks are put forward.
    #[case::forward("2026-03-27T16:00+01:00", "2026-03-30T10:00+02:00", 1 + 23 + 1)]
    #[case::back("2026-10-23T16:00+02:00", "2026-10-26T10:00+01:00", 1 + 25 + 1)]
    #[case::holiday("2026-04-03T16:00+02:00", "2026-04-06T23:00+02:00", 1 + 24)]
    #[case::inside("2026-03-27T10:00+01:00", "2026-03-27T12:00+01:00", 2)]
    #[case::outside("2026-03-28T10:00+01:00", "2026-03-28T12:00+01:00", 0)]
    #[case::early("2026-03-27T12:00+01:00", "2026-03-27T10:00+01:00", -2)]
    fn hours_that_count(#[case] from: &str, #[case] to: &str, #[case] expected: i32) {
        let zone = TimeZone::get("Europe/Brussels").expect("a zone");
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let found = seconds_between(at(from), at(to), &office(), &zone);
        assert_eq!(found, f64::from(expected) * 3600.0);
    }
}
