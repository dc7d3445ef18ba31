//! Calendars: when an organisation works, so that "within one working day" can be promised.
//!
//! Invariant: the spans of a day are in order, do not touch each other and end by 24:00; work
//! over midnight is two spans. The hours are those of the unit's own clock: `09:00` is nine in
//! Lisbon for a shop in Lisbon, also on the day on which the clock is changed.
//!
//! Absent on purpose: the counting of seconds, which is the room `assess`; and versions of its
//! own days: a day on which everybody is free is a holiday, other hours for good are another
//! calendar, which a new version of the standard names.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ids::{CalendarId, UnitId};
use crate::text::Text;
use crate::tree::UnitTree;

/// Minutes from 00:00 to 24:00.
pub const DAY_MINUTES: u16 = 24 * 60;

/// What a span of hours may look like, for messages.
pub const SPAN_ALLOWED: &str =
    r#"two times of one day such as "09:00-12:30"; midnight at the end is 24:00"#;

/// From one time of a day to a later one of the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    from_minute: u16,
    to_minute: u16,
}

impl Span {
    /// The minute of the day at which it begins.
    pub fn from_minute(self) -> u16 {
        self.from_minute
    }

    /// The minute of the day at which it has ended; 1440 is midnight.
    pub fn to_minute(self) -> u16 {
        self.to_minute
    }
}

/// A text that is no span of a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no span of a day (allowed: {SPAN_ALLOWED})")]
pub struct SpanError(pub String);

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let wrong = || SpanError(text.to_owned());
        let (from, to) = text.split_once('-').ok_or_else(wrong)?;
        let span = minute(from).zip(minute(to));
        match span {
            Some((from_minute, to_minute)) if from_minute < to_minute => Ok(Self {
                from_minute,
                to_minute,
            }),
            _ => Err(wrong()),
        }
    }
}

/// The minute of the day of `09:30`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |text: &str| {
        let fits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u16>().ok())?
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY_MINUTES).then_some(total)
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from_minute, self.to_minute);
        let [h, m, until_h, until_m] = [from / 60, from % 60, to / 60, to % 60];
        write!(f, "{h:02}:{m:02}-{until_h:02}:{until_m:02}")
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The hours of a week and the days on which they do not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenHours {
    /// Monday's spans; a day without any is free.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub monday: Vec<Span>,
    /// Tuesday's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tuesday: Vec<Span>,
    /// Wednesday's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wednesday: Vec<Span>,
    /// Thursday's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thursday: Vec<Span>,
    /// Friday's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub friday: Vec<Span>,
    /// Saturday's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saturday: Vec<Span>,
    /// Sunday's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sunday: Vec<Span>,
    /// Days on which nobody works, whatever day of the week they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Date>,
}

impl OpenHours {
    /// The days of the week as files write them, with their spans.
    pub fn week(&self) -> [(&'static str, &[Span]); 7] {
        [
            ("monday", self.monday.as_slice()),
            ("tuesday", &self.tuesday),
            ("wednesday", &self.wednesday),
            ("thursday", &self.thursday),
            ("friday", &self.friday),
            ("saturday", &self.saturday),
            ("sunday", &self.sunday),
        ]
    }

    /// The spans of a day; none on a holiday.
    pub fn on(&self, day: Date) -> &[Span] {
        if self.holidays.contains(&day) {
            return &[];
        }
        match day.weekday() {
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday => &self.saturday,
            Weekday::Sunday => &self.sunday,
        }
    }

    /// Whether there is any hour in which somebody works.
    pub fn is_ever_open(&self) -> bool {
        self.week().iter().any(|(_, spans)| !spans.is_empty())
    }
}

/// The hours of a unit that differ from those of the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitHours {
    /// The unit; everything below it has these hours too, unless it has its own.
    pub unit: UnitId,
    /// All of its hours and holidays: they replace the others, nothing is added up.
    #[serde(flatten)]
    pub hours: OpenHours,
}

/// When an organisation works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its id.
    pub id: CalendarId,
    /// Its name: "Office hours".
    pub title: Text,
    /// The hours where no unit says otherwise.
    #[serde(flatten)]
    pub hours: OpenHours,
    /// How many seconds "1 working day" is, where the days of the week differ in length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_day: Option<f64>,
    /// The units that have other hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitHours>,
}

impl Calendar {
    /// The hours of a unit: its own, else those of the nearest unit above it that has some, else
    /// everybody's.
    pub fn hours_of(&self, unit: &UnitId, tree: &UnitTree) -> &OpenHours {
        let mut at = Some(unit);
        while let Some(id) = at {
            if let Some(own) = self.units.iter().find(|own| own.unit == *id) {
                return &own.hours;
            }
            at = tree.unit(id).and_then(|unit| unit.parent.as_ref());
        }
        &self.hours
    }

    /// How long "1 working day" is, in seconds: what the calendar says, else the length that all
    /// its working days have; None where they differ. Units with other hours do not change it:
    /// what was promised is the same everywhere.
    pub fn working_day_seconds(&self) -> Option<f64> {
        if self.working_day.is_some() {
            return self.working_day;
        }
        let mut lengths = self.hours.week().into_iter().filter_map(|(_, spans)| {
            let minutes = spans.iter().map(|s| u32::from(s.to_minute - s.from_minute));
            Some(minutes.sum::<u32>()).filter(|minutes| *minutes > 0)
        });
        let first = lengths.next()?;
        lengths
            .all(|length| length == first)
            .then(|| f64::from(first) * 60.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_as_people_write_them() {
        for text in ["09:00-17:30", "00:00-24:00", "23:59-24:00"] {
            let span: Span = text.parse().expect("a span");
            assert_eq!(span.to_string(), text);
        }
        for text in [
            "17:00-09:00",
            "09:00-09:00",
            "9:00-17:00",
            "09:00",
            "09:60-10:00",
            "09:00-24:01",
            "22:00-06:00",
            "a:00-bb:00",
        ] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_working_day_has_one_length_or_says_it() {
        let spans = |texts: &[&str]| -> Vec<Span> {
            texts.iter().map(|t| t.parse().expect("a span")).collect()
        };
        let mut calendar = Calendar {
            id: CalendarId::parse("office").expect("an id"),
            title: Text::plain("Office").expect("not empty"),
            hours: OpenHours {
                monday: spans(&["09:00-12:00", "13:00-18:00"]),
                friday: spans(&["08:00-16:00"]),
                ..OpenHours::default()
            },
            working_day: None,
            units: Vec::new(),
        };
        assert_eq!(calendar.working_day_seconds(), Some(8.0 * 3600.0));
        calendar.hours.friday = spans(&["08:00-12:00"]);
        assert_eq!(calendar.working_day_seconds(), None);
        calendar.working_day = Some(7.0 * 3600.0);
        assert_eq!(calendar.working_day_seconds(), Some(7.0 * 3600.0));
    }
}
