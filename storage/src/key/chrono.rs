//! Moments and days of `chrono`.
//!
//! ```text
//! DateTime<Utc>   i64 seconds since 1970-01-01T00:00:00Z, rounded down ‖ u32 nanoseconds   12 bytes
//! NaiveDateTime   the same, as a clock shows it that is in no time zone
//! NaiveDate       i32 days since 1970-01-01                                                 4 bytes
//! ```
//!
//! A leap second is what `chrono` makes of it: the second before, with nanoseconds from 1e9 to 2e9.

use super::{Key, KeyBuf, KeyReader, Lookup, Place, kept_as::kept_as};
use crate::{
    error::KeyError,
    schema::{Shape, Standard},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};

kept_as! {
    DateTime<Utc>, "timestamp", Shape::Standard(Standard::Timestamp), (i64, u32), |v| floor(v.naive_utc()),
        |parts| from_floor(parts).map(|v| v.and_utc());
    NaiveDateTime, "datetime", Shape::Standard(Standard::Datetime), (i64, u32), floor, from_floor;
    NaiveDate, "date", Shape::Standard(Standard::Date), i32, |v| v.to_epoch_days(), NaiveDate::from_epoch_days;
}

fn floor(time: NaiveDateTime) -> (i64, u32) {
    (time.and_utc().timestamp(), time.nanosecond())
}

fn from_floor((seconds, nanos): (i64, u32)) -> Option<NaiveDateTime> {
    DateTime::from_timestamp(seconds, 0)?.naive_utc().with_nanosecond(nanos)
}
