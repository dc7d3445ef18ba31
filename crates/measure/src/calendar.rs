//! From `local_date` to the period it counts in, with integers only.
//!
//! A column of days is a column of `i32`. A [`DayTable`] is a lookup table over the days that the
//! files hold: one load per row says in which bucket it falls, whatever the granularity. Buckets
//! are periods, cut where a unit moved in the tree (`breaks`), so that an answer rolls up to the
//! parent that its unit had on its own day.
//!
//! Invariant: a bucket is known by its first day, which does not depend on which files there are;
//! statistics cached for one file therefore fit those of any other.
//! Absent on purpose: clocks and time zones; `local_date` was settled when the row came in.

use evenkeel_foundation::{Granularity, Period};
use jiff::SignedDuration;
use jiff::civil::{Date, date};

const EPOCH: Date = date(1970, 1, 1);
const SECONDS_PER_DAY: i64 = 86_400;

/// Place of a day that no bucket holds.
pub const OUTSIDE: u32 = u32::MAX;

/// Days since 1970-01-01, as Arrow's Date32 counts them.
pub fn day_of(date: Date) -> i32 {
    (date.duration_since(EPOCH).as_secs() / SECONDS_PER_DAY) as i32
}

/// The date of a day number; days beyond the calendar become its first or last day.
pub fn date_of(day: i32) -> Date {
    EPOCH.saturating_add(SignedDuration::from_hours(24 * i64::from(day)))
}

/// How days are put in buckets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Length of a period.
    pub granularity: Granularity,
    /// First day that counts.
    pub from: Option<i32>,
    /// Last day that counts.
    pub to: Option<i32>,
    /// Days on which a new bucket begins inside a period, ascending.
    pub breaks: Vec<i32>,
}

impl Calendar {
    /// The first day of the bucket that holds `day`.
    pub fn bucket(&self, day: i32) -> i32 {
        let start = day_of(Period::containing(self.granularity, date_of(day)).start());
        let cut = self.breaks.partition_point(|&cut| cut <= day);
        self.breaks[..cut].last().map_or(start, |&c| c.max(start))
    }

    /// The last day of the bucket that holds `day`.
    pub fn bucket_end(&self, day: i32) -> i32 {
        let end = day_of(Period::containing(self.granularity, date_of(day)).end());
        let cut = self.breaks.partition_point(|&cut| cut <= day);
        self.breaks.get(cut).map_or(end, |&next| end.min(next - 1))
    }

    /// The period of a bucket.
    pub fn period(&self, bucket: i32) -> Period {
        Period::containing(self.granularity, date_of(bucket))
    }

    /// The lookup table for days from `first` to `last`.
    pub fn table(&self, first: i32, last: i32) -> DayTable {
        let from = self.from.map_or(first, |from| from.max(first));
        let to = self.to.map_or(last, |to| to.min(last));
        let mut table = DayTable {
            base: from,
            places: Vec::new(),
            starts: Vec::new(),
        };
        let mut day = from;
        while day <= to {
            let end = self.bucket_end(day).min(to);
            let place = table.starts.len() as u32;
            table.starts.push(self.bucket(day));
            let days = (end - day + 1) as usize;
            table.places.extend(std::iter::repeat_n(place, days));
            day = end + 1;
        }
        table
    }
}

/// Bucket by day, dense.
#[derive(Debug, Clone)]
pub struct DayTable {
    /// Day of the first entry.
    pub base: i32,
    /// Place of the bucket in `starts`, by day.
    pub places: Vec<u32>,
    /// First day of each bucket, ascending.
    pub starts: Vec<i32>,
}

impl DayTable {
    /// Place of the bucket of a day, or [`OUTSIDE`].
    pub fn place(&self, day: i32) -> u32 {
        usize::try_from(i64::from(day) - i64::from(self.base))
            .ok()
            .and_then(|entry| self.places.get(entry))
            .copied()
            .unwrap_or(OUTSIDE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(day_of(date(1970, 1, 1)), 0);
        assert_eq!(day_of(date(1969, 12, 31)), -1);
        assert_eq!(day_of(date(2026, 3, 1)), 20_513);
        assert_eq!(date_of(20_513), date(2026, 3, 1));
    }

    #[test]
    fn a_break_cuts_a_month_in_two() {
        let cut = day_of(date(2026, 3, 15));
        let calendar = Calendar {
            granularity: Granularity::Month,
            from: None,
            to: None,
            breaks: vec![cut],
        };
        let first = day_of(date(2026, 2, 27));
        let table = calendar.table(first, day_of(date(2026, 4, 2)));
        let starts: Vec<Date> = table.starts.iter().map(|&d| date_of(d)).collect();
        assert_eq!(
            starts,
            [
                date(2026, 2, 1),
                date(2026, 3, 1),
                date(2026, 3, 15),
                date(2026, 4, 1)
            ]
        );
        assert_eq!(table.place(cut - 1), 1);
        assert_eq!(table.place(cut), 2);
        assert_eq!(table.place(first - 1), OUTSIDE);
        assert_eq!(calendar.period(cut).label(), "2026-03");
    }

    proptest! {
        #[test]
        fn the_table_agrees_with_the_calendar(
            granularity in prop::sample::select(Granularity::EVERY.to_vec()),
            first in -800i32..20_000,
            days in 0i32..800,
            from in prop::option::of(-800i32..21_000),
            to in prop::option::of(-800i32..21_000),
            mut breaks in prop::collection::vec(-800i32..21_000, 0..4),
        ) {
            breaks.sort_unstable();
            breaks.dedup();
            let calendar = Calendar { granularity, from, to, breaks };
            let last = first + days;
            let table = calendar.table(first, last);
            for day in first..=last {
                let counts = from.is_none_or(|f| day >= f) && to.is_none_or(|t| day <= t);
                let place = table.place(day);
                prop_assert_eq!(place != OUTSIDE, counts);
                if counts {
                    let period = Period::containing(granularity, date_of(day));
                    prop_assert_eq!(table.starts[place as usize], calendar.bucket(day));
                    prop_assert_eq!(calendar.period(calendar.bucket(day)), period);
                    prop_assert!(calendar.bucket(day) <= day && day <= calendar.bucket_end(day));
                }
            }
        }
    }
}
