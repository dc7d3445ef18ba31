//! When: texts and typed times into UTC microseconds and days.
//!
//! Invariant: a row has a day in its unit's zone. A time that names its offset is that moment; one
//! that does not is read on the clock of the mapping's zone, or of the unit's; a day without an
//! hour has no moment. A wall clock's hour that occurs twice is its first, one that is skipped is
//! moved on by the gap (RFC 5545, as most calendars do).
//!
//! Dates repeat in files, and an hour has one offset: both are remembered, because parsing and
//! zone lookups would otherwise cost more than everything else in a row.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_HOUR: i64 = 3600 * MICROS_PER_SECOND;
const MICROS_PER_DAY: i64 = 24 * MICROS_PER_HOUR;

/// A time as the file says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A day, in days since 1970.
    Day(i32),
    /// A reading of some wall clock, in microseconds since 1970 on that clock.
    Wall(i64),
    /// A moment, in UTC microseconds.
    Instant(i64),
}

const EPOCH: DateTime = jiff::civil::datetime(1970, 1, 1, 0, 0, 0, 0);

/// Days since 1970.
pub(crate) fn days(date: Date) -> i32 {
    (date.duration_since(EPOCH.date()).as_hours() / 24) as i32
}

/// The day so many days after 1970-01-01.
pub(crate) fn date_of_days(days: i32) -> Option<Date> {
    EPOCH
        .date()
        .checked_add(SignedDuration::from_hours(i64::from(days) * 24))
        .ok()
}

pub(super) fn day_text(days: i32) -> String {
    date_of_days(days).map_or_else(String::new, |date| date.to_string())
}

/// A wall clock's reading as `2016-02-01 01:00:00`.
pub(super) fn wall_text(micros: i64) -> String {
    wall_of(micros).map_or_else(String::new, |wall| wall.to_string().replace('T', " "))
}

fn micros_of(wall: DateTime) -> i64 {
    wall.duration_since(EPOCH).as_micros() as i64
}

fn wall_of(micros: i64) -> Option<DateTime> {
    EPOCH.checked_add(SignedDuration::from_micros(micros)).ok()
}

/// Reads texts by patterns, or by ISO 8601 where there is none.
#[derive(Debug)]
pub(crate) struct TextTimes {
    patterns: Vec<Pattern>,
    zones: BTreeMap<String, Offset>,
    seen: HashMap<String, Option<Moment>>,
    hits: u64,
    misses: u64,
}

/// How many texts are remembered; a file with more different ones gains nothing by it.
const REMEMBERED_MAX: usize = 100_000;

#[derive(Debug)]
struct Pattern {
    /// What `jiff` reads; `%Z` became `%:z`.
    pattern: String,
    /// Whether an abbreviation has to be replaced by its offset first.
    abbreviation: bool,
}

impl TextTimes {
    pub(crate) fn new(formats: &[String], zones: &BTreeMap<String, Offset>) -> Self {
        let patterns = formats.iter().map(|format| Pattern {
            pattern: format.replace("%Z", "%:z"),
            abbreviation: format.contains("%Z"),
        });
        Self {
            patterns: patterns.collect(),
            zones: zones.clone(),
            seen: HashMap::new(),
            hits: 0,
            misses: 0,
        }
    }

    /// Reads a text; None if it is no time in any of the patterns.
    pub(crate) fn read(&mut self, text: &str) -> Option<Moment> {
        let remembering = self.misses < 10_000 || self.hits > self.misses;
        if !remembering {
            return self.parse(text);
        }
        if let Some(known) = self.seen.get(text) {
            self.hits += 1;
            return *known;
        }
        self.misses += 1;
        let read = self.parse(text);
        if self.seen.len() >= REMEMBERED_MAX {
            self.seen.clear();
        }
        self.seen.insert(text.to_owned(), read);
        read
    }

    fn parse(&self, text: &str) -> Option<Moment> {
        if self.patterns.is_empty() {
            return iso(text);
        }
        self.patterns.iter().find_map(|pattern| {
            if !pattern.abbreviation {
                return by_pattern(&pattern.pattern, text);
            }
            let with_offset = self.with_offset(text)?;
            by_pattern(&pattern.pattern, &with_offset)
        })
    }

    /// The text with the abbreviation of a zone replaced by its offset.
    fn with_offset(&self, text: &str) -> Option<String> {
        let words = text.split(|c: char| !c.is_ascii_alphabetic());
        for word in words.filter(|word| !word.is_empty()) {
            if let Some(offset) = self.zones.get(word) {
                let at = word.as_ptr() as usize - text.as_ptr() as usize;
                let seconds = offset.seconds();
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                let offset = format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60);
                return Some(format!(
                    "{}{offset}{}",
                    &text[..at],
                    &text[at + word.len()..]
                ));
            }
        }
        None
    }

    /// What is allowed, for messages.
    pub(crate) fn allowed(&self) -> String {
        if self.patterns.is_empty() {
            return "a date or time such as 2026-03-01 or 2026-03-01 13:45:00+01:00; or say [time] format".to_owned();
        }
        let patterns: Vec<&str> = self.patterns.iter().map(|p| p.pattern.as_str()).collect();
        let mut allowed = patterns.join(" or ");
        if self.patterns.iter().any(|p| p.abbreviation) {
            let known: Vec<&str> = self.zones.keys().map(String::as_str).collect();
            allowed = allowed.replace("%:z", "%Z");
            allowed.push_str(&format!(", zones {}", known.join(", ")));
        }
        allowed
    }
}

fn by_pattern(pattern: &str, text: &str) -> Option<Moment> {
    let read = BrokenDownTime::parse(pattern, text).ok()?;
    if read.offset().is_some() || read.iana_time_zone().is_some() {
        return read
            .to_timestamp()
            .ok()
            .map(|at| Moment::Instant(at.as_microsecond()));
    }
    if read.hour().is_none() {
        return read.to_date().ok().map(|date| Moment::Day(days(date)));
    }
    read.to_datetime()
        .ok()
        .map(|wall| Moment::Wall(micros_of(wall)))
}

/// ISO 8601 and RFC 3339: a day, a day with an hour, with or without an offset.
fn iso(text: &str) -> Option<Moment> {
    if text.len() == 10 {
        return text
            .parse::<Date>()
            .ok()
            .map(|date| Moment::Day(days(date)));
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Moment::Instant(at.as_microsecond()));
    }
    text.parse::<DateTime>()
        .ok()
        .map(|wall| Moment::Wall(micros_of(wall)))
}

/// One zone, with the offsets of the hours that were asked for.
#[derive(Debug)]
pub(crate) struct ZoneClock {
    zone: TimeZone,
    of_utc_hour: Hours,
    of_wall_hour: Hours,
}

/// Offsets by hour since 1970; None where the offset changes inside the hour.
#[derive(Debug, Default)]
struct Hours {
    last: Option<(i64, i64)>,
    known: HashMap<i64, Option<i64>>,
}

impl Hours {
    #[inline]
    fn get(&mut self, hour: i64, ends: impl FnOnce() -> (i64, i64)) -> Option<i64> {
        if let Some((last, offset)) = self.last
            && last == hour
        {
            return Some(offset);
        }
        let offset = *self.known.entry(hour).or_insert_with(|| {
            let (first, last) = ends();
            (first == last).then_some(first)
        });
        if let Some(offset) = offset {
            self.last = Some((hour, offset));
        }
        offset
    }
}

impl ZoneClock {
    pub(crate) fn new(zone: TimeZone) -> Self {
        Self {
            zone,
            of_utc_hour: Hours::default(),
            of_wall_hour: Hours::default(),
        }
    }

    /// The moment at which this zone's clocks show `wall`.
    pub(crate) fn instant(&mut self, wall: i64) -> i64 {
        let hour = wall.div_euclid(MICROS_PER_HOUR);
        let zone = &self.zone;
        let offset_at = |wall: i64| wall - instant_of(zone, wall);
        let offset = self.of_wall_hour.get(hour, || {
            let start = hour * MICROS_PER_HOUR;
            (offset_at(start), offset_at(start + MICROS_PER_HOUR - 1))
        });
        wall - offset.unwrap_or_else(|| offset_at(wall))
    }

    /// The day on this zone's calendars at a moment, in days since 1970.
    pub(crate) fn day(&mut self, instant: i64) -> i32 {
        let hour = instant.div_euclid(MICROS_PER_HOUR);
        let zone = &self.zone;
        let offset = self.of_utc_hour.get(hour, || {
            let start = hour * MICROS_PER_HOUR;
            (
                offset_of(zone, start),
                offset_of(zone, start + MICROS_PER_HOUR - 1),
            )
        });
        let offset = offset.unwrap_or_else(|| offset_of(zone, instant));
        day_of_wall(instant + offset)
    }
}

/// The day of a wall clock's reading, in days since 1970.
pub(crate) fn day_of_wall(wall: i64) -> i32 {
    wall.div_euclid(MICROS_PER_DAY) as i32
}

fn instant_of(zone: &TimeZone, wall: i64) -> i64 {
    let instant = wall_of(wall).map(|reading| zone.to_ambiguous_timestamp(reading).compatible());
    instant
        .and_then(Result::ok)
        .map_or(wall, Timestamp::as_microsecond)
}

fn offset_of(zone: &TimeZone, instant: i64) -> i64 {
    Timestamp::from_microsecond(instant).map_or(0, |at| {
        i64::from(zone.to_offset(at).seconds()) * MICROS_PER_SECOND
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(formats: &[&str], zones: &[(&str, i8)]) -> TextTimes {
        let formats: Vec<String> = formats.iter().map(|f| (*f).to_owned()).collect();
        let zones = zones
            .iter()
            .map(|(name, hours)| ((*name).to_owned(), Offset::constant(*hours)))
            .collect();
        TextTimes::new(&formats, &zones)
    }

    fn micros(text: &str) -> i64 {
        text.parse::<Timestamp>()
            .expect("a moment")
            .as_microsecond()
    }

    fn zone(name: &str) -> ZoneClock {
        ZoneClock::new(TimeZone::get(name).expect("a zone"))
    }

    #[test]
    fn iso_forms() {
        let mut times = times(&[], &[]);
        assert_eq!(times.read("1970-01-02"), Some(Moment::Day(1)));
        assert_eq!(
            times.read("1970-01-01 00:00:01"),
            Some(Moment::Wall(1_000_000))
        );
        assert_eq!(
            times.read("1970-01-01T00:00:01.5"),
            Some(Moment::Wall(1_500_000))
        );
        assert_eq!(
            times.read("1970-01-01T01:00:00+01:00"),
            Some(Moment::Instant(0))
        );
        assert_eq!(times.read("1970-01-01T00:00:00Z"), Some(Moment::Instant(0)));
        assert_eq!(times.read("1970-01-01 00:00:00Z"), Some(Moment::Instant(0)));
        for bad in ["", "yesterday", "1970-02-30", "01/02/1970", "1970-01-01x"] {
            assert_eq!(times.read(bad), None, "{bad}");
        }
    }

    #[test]
    fn patterns_are_tried_in_order() {
        let mut times = times(&["%d/%m/%Y %H:%M", "%d/%m/%Y"], &[]);
        assert_eq!(
            times.read("02/01/1970 00:01"),
            Some(Moment::Wall(MICROS_PER_DAY + 60_000_000))
        );
        assert_eq!(times.read("02/01/1970"), Some(Moment::Day(1)));
        assert_eq!(times.read("31/13/1970"), None);
    }

    #[test]
    fn abbreviations_of_zones() {
        let mut times = times(&["%a %b %d %H:%M:%S %Z %Y"], &[("CET", 1), ("CEST", 2)]);
        let read = times.read("Mon Feb 01 01:00:00 CET 2016");
        assert_eq!(read, Some(Moment::Instant(micros("2016-02-01T00:00:00Z"))));
        let read = times.read("Mon Jul 04 02:00:00 CEST 2016");
        assert_eq!(read, Some(Moment::Instant(micros("2016-07-04T00:00:00Z"))));
        assert_eq!(times.read("Mon Jul 04 02:00:00 EST 2016"), None);
        assert!(
            times.allowed().contains("zones CEST, CET"),
            "{}",
            times.allowed()
        );
    }

    #[test]
    fn clocks_of_zones() {
        let mut madrid = zone("Europe/Madrid");
        let day = |text: &str| days(text.parse().expect("a day"));
        assert_eq!(
            madrid.instant(micros("2016-02-01T01:00:00Z")),
            micros("2016-02-01T00:00:00Z")
        );
        assert_eq!(
            madrid.day(micros("2016-01-31T23:30:00Z")),
            day("2016-02-01")
        );
        assert_eq!(
            madrid.day(micros("2016-01-31T22:30:00Z")),
            day("2016-01-31")
        );
        // Twice: the first. Skipped: moved on.
        assert_eq!(
            madrid.instant(micros("2016-10-30T02:30:00Z")),
            micros("2016-10-30T00:30:00Z")
        );
        assert_eq!(
            madrid.instant(micros("2016-03-27T02:30:00Z")),
            micros("2016-03-27T01:30:00Z")
        );
        // A zone that is not a whole hour off.
        let mut kolkata = zone("Asia/Kolkata");
        assert_eq!(
            kolkata.day(micros("2016-01-01T18:29:59Z")),
            day("2016-01-01")
        );
        assert_eq!(
            kolkata.day(micros("2016-01-01T18:30:00Z")),
            day("2016-01-02")
        );
    }

    #[test]
    fn remembered_offsets_are_those_of_the_zone() {
        // Lord Howe moves by half an hour, so an hour there can have two offsets.
        for name in ["Australia/Lord_Howe", "America/New_York", "Europe/Dublin"] {
            let mut clock = zone(name);
            let zone = TimeZone::get(name).expect("a zone");
            let start = micros("2015-12-31T23:59:59Z");
            for step in 0..20_000 {
                let at = start + step * 29 * 60 * MICROS_PER_SECOND;
                let exact = zone.to_datetime(Timestamp::from_microsecond(at).expect("in range"));
                assert_eq!(clock.day(at), days(exact.date()));
                assert_eq!(clock.instant(at), instant_of(&zone, at));
            }
        }
    }

    #[test]
    fn days_and_back() {
        for text in [
            "1970-01-01",
            "1969-12-31",
            "2001-07-01",
            "0001-01-01",
            "9999-12-31",
        ] {
            let date: Date = text.parse().expect("a day");
            assert_eq!(date_of_days(days(date)), Some(date), "{text}");
        }
    }
}
