//! Columns to values and back, the same for both databases.
//!
//! Invariant: a time is microseconds since 1970-01-01 UTC; what is finer is cut
//! off. Absent on purpose: booleans and dates as SQL types, which sqlx's `Any`
//! cannot read from SQLite.

use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{Any, Decode, Row as _, Type};

use crate::{RegistryError, Result};

/// A column by its name.
pub(crate) fn get<'r, T>(row: &'r AnyRow, column: &'static str) -> Result<T>
where
    T: Decode<'r, Any> + Type<Any>,
{
    row.try_get(column)
        .map_err(RegistryError::query("read a row of the registry"))
}

/// A BIGINT of microseconds as a time.
pub(crate) fn timestamp(micros: i64, column: &'static str) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|_| unreadable(column, &micros))
}

/// A TEXT `YYYY-MM-DD` as a date.
pub(crate) fn date(text: &str, column: &'static str) -> Result<Date> {
    text.parse().map_err(|_| unreadable(column, &text))
}

/// A TEXT of JSON as a value.
pub(crate) fn json(text: &str, column: &'static str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| unreadable(column, &error))
}

/// A count of rows as BIGINT and back; counts stay far below 2^63.
pub(crate) fn count(rows: i64, column: &'static str) -> Result<u64> {
    u64::try_from(rows).map_err(|_| unreadable(column, &rows))
}

/// The error for what a column holds and nobody can read.
pub(crate) fn unreadable(place: impl Into<String>, found: &impl ToString) -> RegistryError {
    RegistryError::Unreadable {
        place: place.into(),
        found: found.to_string(),
    }
}
