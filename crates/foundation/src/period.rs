//! Periods of the calendar.
//!
//! Invariant: a period is exactly one day, ISO week, month, quarter or year, or `all`; two periods
//! of one granularity are equal or disjoint. Periods order by their first day.
//!
//! Absent on purpose: the clock and time zones. A row's `local_date` was settled when it was taken
//! in, so a period never depends on who asks.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    /// One day.
    Day,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
    /// Everything at once.
    All,
}

impl Granularity {
    /// Every granularity, shortest first.
    pub const EVERY: [Self; 6] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::All,
    ];

    /// The word in files, URLs and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::All => "all",
        }
    }
}

impl fmt::Display for Granularity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no granularity or period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Not one of the words.
    #[error("`{0}` is not a granularity (allowed: day, week, month, quarter, year, all)")]
    Granularity(String),
    /// Not one of the forms, or a day, week or month that does not exist.
    #[error(
        "`{0}` is not a period (allowed: 2026, 2026-q1, 2026-03, 2026-w05, 2026-03-01 or all, years 0001 to 9999)"
    )]
    Label(String),
}

impl FromStr for Granularity {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        Self::EVERY
            .into_iter()
            .find(|g| g.as_str() == text)
            .ok_or_else(|| PeriodError::Granularity(text.to_owned()))
    }
}

/// The first and the last day that a period can hold.
const FIRST: Date = date(1, 1, 1);
const LAST: Date = date(9999, 12, 31);

/// One period. Days are inclusive at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    // The order of these fields is the order of periods.
    start: Date,
    end: Date,
    granularity: Granularity,
}

impl Period {
    /// The period of this granularity that holds `day`.
    pub fn containing(granularity: Granularity, day: Date) -> Self {
        let (start, end) = match granularity {
            Granularity::Day => (day, day),
            Granularity::Week => {
                let monday =
                    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
                (monday, monday.saturating_add(6.days()))
            }
            Granularity::Month => (day.first_of_month(), day.last_of_month()),
            Granularity::Quarter => {
                let first = (day.month() - 1) / 3 * 3 + 1;
                (
                    date(day.year(), first, 1),
                    date(day.year(), first + 2, 1).last_of_month(),
                )
            }
            Granularity::Year => (day.first_of_year(), day.last_of_year()),
            Granularity::All => (FIRST, LAST),
        };
        Self {
            start,
            end,
            granularity,
        }
    }

    /// Everything at once.
    pub fn all() -> Self {
        Self::containing(Granularity::All, FIRST)
    }

    /// Reads a label: `2026`, `2026-q1`, `2026-03`, `2026-w05`, `2026-03-01`, `all`.
    pub fn parse(label: &str) -> Result<Self, PeriodError> {
        let wrong = || PeriodError::Label(label.to_owned());
        if label == "all" {
            return Ok(Self::all());
        }
        let (year, rest) = label.split_at_checked(4).ok_or_else(wrong)?;
        let year = digits(year).filter(|y| *y >= 1).ok_or_else(wrong)?;
        let (granularity, day) = match rest.as_bytes() {
            [] => (Granularity::Year, Date::new(year, 1, 1)),
            [b'-', b'q', q @ b'1'..=b'4'] => {
                let month = (q - b'1').cast_signed() * 3 + 1;
                (Granularity::Quarter, Date::new(year, month, 1))
            }
            [b'-', b'w', _, _] => {
                let week = digits(&rest[2..]).ok_or_else(wrong)? as i8;
                let monday = ISOWeekDate::new(year, week, Weekday::Monday).map(ISOWeekDate::date);
                (Granularity::Week, monday)
            }
            [b'-', _, _] => {
                let month = digits(&rest[1..]).ok_or_else(wrong)? as i8;
                (Granularity::Month, Date::new(year, month, 1))
            }
            [b'-', _, _, b'-', _, _] => {
                let month = digits(&rest[1..3]).ok_or_else(wrong)? as i8;
                let day = digits(&rest[4..]).ok_or_else(wrong)? as i8;
                (Granularity::Day, Date::new(year, month, day))
            }
            _ => return Err(wrong()),
        };
        Ok(Self::containing(granularity, day.map_err(|_| wrong())?))
    }

    /// The name of this period; [`Period::parse`] reads it back.
    pub fn label(&self) -> String {
        let year = self.start.year();
        match self.granularity {
            Granularity::Day => {
                format!(
                    "{year:04}-{:02}-{:02}",
                    self.start.month(),
                    self.start.day()
                )
            }
            Granularity::Week => {
                let week = self.start.iso_week_date();
                format!("{:04}-w{:02}", week.year(), week.week())
            }
            Granularity::Month => format!("{year:04}-{:02}", self.start.month()),
            Granularity::Quarter => format!("{year:04}-q{}", (self.start.month() - 1) / 3 + 1),
            Granularity::Year => format!("{year:04}"),
            Granularity::All => "all".to_owned(),
        }
    }

    /// How long it is.
    pub fn granularity(&self) -> Granularity {
        self.granularity
    }

    /// Its first day.
    pub fn start(&self) -> Date {
        self.start
    }

    /// Its last day.
    pub fn end(&self) -> Date {
        self.end
    }

    /// Whether `day` lies in it.
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }

    /// The period after this one; none after `all` and at the end of the calendar.
    pub fn next(&self) -> Option<Self> {
        self.beside(self.end.tomorrow().ok()?)
    }

    /// The period before this one; none before `all` and at the beginning of the calendar.
    pub fn previous(&self) -> Option<Self> {
        self.beside(self.start.yesterday().ok()?)
    }

    fn beside(&self, day: Date) -> Option<Self> {
        let known = self.granularity != Granularity::All && FIRST <= day && day <= LAST;
        known.then(|| Self::containing(self.granularity, day))
    }
}

/// A number of decimal digits only: no sign, no blank.
fn digits(text: &str) -> Option<i16> {
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        Self::parse(text)
    }
}

/// A period as JSON; only `label` is read back, the rest is for readers.
#[derive(Serialize, Deserialize)]
struct Written {
    label: String,
    #[serde(skip_deserializing)]
    granularity: Option<Granularity>,
    #[serde(skip_deserializing)]
    start: Option<Date>,
    #[serde(skip_deserializing)]
    end: Option<Date>,
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written {
            label: self.label(),
            granularity: Some(self.granularity),
            start: Some(self.start),
            end: Some(self.end),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        Self::parse(&written.label).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_and_ends() {
        let cases = [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-q1", "2026-01-01", "2026-03-31"),
            ("2026-q4", "2026-10-01", "2026-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-w01", "2025-12-29", "2026-01-04"),
            ("2020-w53", "2020-12-28", "2021-01-03"),
            ("2026-03-01", "2026-03-01", "2026-03-01"),
            ("all", "0001-01-01", "9999-12-31"),
        ];
        for (label, start, end) in cases {
            let period = Period::parse(label).expect(label);
            assert_eq!(period.start().to_string(), start);
            assert_eq!(period.end().to_string(), end);
            assert_eq!(period.label(), label);
        }
    }

    #[test]
    fn what_is_no_period() {
        for bad in [
            "",
            "26",
            "2026-",
            "2026-13",
            "2026-00",
            "2026-q5",
            "2026-w54",
            "2025-w53",
            "2026-02-30",
            "2026-3",
            "+026",
            "0000",
            "2026-+3",
            "2026-Q1",
            "ALL",
            "2026é",
        ] {
            assert!(Period::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn all_has_no_neighbours() {
        assert_eq!(Period::all().next(), None);
        assert_eq!(Period::all().previous(), None);
        assert_eq!(Period::parse("9999").expect("a year").next(), None);
        assert_eq!(Period::parse("0001-01-01").expect("a day").previous(), None);
    }

    #[test]
    fn json_carries_its_days() {
        let period = Period::parse("2026-q1").expect("a quarter");
        let json = serde_json::to_string(&period).expect("json");
        assert_eq!(
            json,
            r#"{"label":"2026-q1","granularity":"quarter","start":"2026-01-01","end":"2026-03-31"}"#
        );
        assert_eq!(serde_json::from_str::<Period>(&json).expect("back"), period);
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (2i16..9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d))
    }

    fn any_granularity() -> impl Strategy<Value = Granularity> {
        prop::sample::select(Granularity::EVERY.to_vec())
    }

    proptest! {
        #[test]
        fn contains_its_day_and_its_label_reads_back(g in any_granularity(), day in any_day()) {
            let period = Period::containing(g, day);
            prop_assert!(period.contains(day));
            prop_assert_eq!(Period::parse(&period.label()), Ok(period));
            prop_assert_eq!(Period::containing(g, period.start()), period);
            prop_assert_eq!(Period::containing(g, period.end()), period);
        }

        #[test]
        fn neighbours_touch_and_undo_each_other(g in any_granularity(), day in any_day()) {
            let period = Period::containing(g, day);
            if let Some(next) = period.next() {
                prop_assert_eq!(period.end().tomorrow().expect("inside the calendar"), next.start());
                prop_assert_eq!(next.previous(), Some(period));
                prop_assert!(next > period);
            }
        }
    }
}
