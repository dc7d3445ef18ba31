//! Durations as people write them: `4h`, `15min`, `1h 30min`, `2 days`.

/// What a duration may look like, for messages.
pub(crate) const DURATION_ALLOWED: &str = r#"a number with its unit, such as "90s", "15min", "4h", "2 days", "1h 30min" or "1 working day""#;

/// The longest duration: about thirty years.
const SECONDS_MAX: f64 = 1e9;

const UNITS: [(&[&str], f64); 5] = [
    (&["s", "sec", "second", "seconds"], 1.0),
    (&["m", "min", "minute", "minutes"], 60.0),
    (&["h", "hour", "hours"], 3_600.0),
    (&["d", "day", "days"], 86_400.0),
    (&["w", "week", "weeks"], 604_800.0),
];

/// Seconds of a duration; None when the text is none. `m` is a minute: a month has no fixed
/// length and is not offered.
pub(crate) fn duration_seconds(text: &str) -> Option<f64> {
    let mut rest = text.trim();
    let mut seconds = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(number_end);
        let after = after.trim_start();
        let unit_end = after
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        let (_, size) = UNITS.iter().find(|(names, _)| names.contains(&unit))?;
        seconds += number.parse::<f64>().ok()? * size;
        rest = after.trim_start();
    }
    // A whole number of microseconds, so that 1.1h is 3960 seconds and not a little more.
    let seconds = (seconds * 1e6).round() / 1e6;
    Some(seconds).filter(|seconds| *seconds <= SECONDS_MAX)
}

/// How many working days `1 working day` says; None when the text says something else.
pub(crate) fn working_days(text: &str) -> Option<f64> {
    let (number, unit) = text.trim().split_once(char::is_whitespace)?;
    let unit = unit.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let days = number.parse::<f64>().ok().filter(|_| digits)?;
    let is_unit = matches!(unit.as_str(), "working day" | "working days");
    (is_unit && days * 86_400.0 <= SECONDS_MAX).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write() {
        for (text, seconds) in [
            ("90s", 90.0),
            ("15min", 900.0),
            ("4h", 14_400.0),
            ("2d", 172_800.0),
            ("2 days", 172_800.0),
            ("1.5 h", 5_400.0),
            ("1.1h", 3_960.0),
            ("1h 30min", 5_400.0),
            ("1h30min", 5_400.0),
            ("0s", 0.0),
            (" 3 weeks ", 1_814_400.0),
        ] {
            assert_eq!(duration_seconds(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn working_days_are_counted() {
        assert_eq!(working_days("1 working day"), Some(1.0));
        assert_eq!(working_days(" 2.5  working  days"), Some(2.5));
        for text in [
            "1 day",
            "working day",
            "-1 working days",
            "1e9 working days",
        ] {
            assert_eq!(working_days(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_duration() {
        for text in [
            "",
            "15",
            "min",
            "15 parsecs",
            "-4h",
            "4h-",
            "1..2h",
            "4 h foo",
            "1e3s",
        ] {
            assert_eq!(duration_seconds(text), None, "{text}");
        }
    }
}
