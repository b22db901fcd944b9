//! Moments, days, times of day and spans of `chrono`.
//!
//! ```text
//! DateTime<Utc>           i64 seconds since 1970-01-01T00:00:00Z, rounded down ‖ u32 nanoseconds   12 bytes
//! DateTime<Local>         the same; the time zone is the one of the machine that reads it
//! DateTime<FixedOffset>   the same ‖ i32 seconds by which its clock is ahead of UTC                16 bytes
//! NaiveDateTime           as DateTime<Utc>, of what a clock shows that is in no time zone
//! NaiveDate               i32 days since 1970-01-01                                                 4 bytes
//! NaiveTime               u32 seconds since midnight ‖ u32 nanoseconds                              8 bytes
//! TimeDelta               i64 seconds, rounded towards zero ‖ i32 nanoseconds of the same sign     12 bytes
//! FixedOffset             i32 seconds ahead of UTC                                                  4 bytes
//! ```
//!
//! A leap second is what `chrono` makes of it: the second before, with nanoseconds from 1e9 to 2e9.

use super::{
    Key, KeyBuf, KeyReader, Lookup, Place, duration::is_signed_duration, kept_as::kept_as,
};
use crate::{
    error::KeyError,
    schema::{Shape, Standard},
};
use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc,
};

kept_as! {
    DateTime<Utc>, "timestamp", Shape::Standard(Standard::Timestamp), (i64, u32), |v| floor(v.naive_utc()),
        |parts| from_floor(parts).map(|v| v.and_utc());
    NaiveDateTime, "datetime", Shape::Standard(Standard::Datetime), (i64, u32), floor, from_floor;
    NaiveDate, "date", Shape::Standard(Standard::Date), i32, |v| v.to_epoch_days(), NaiveDate::from_epoch_days;
    DateTime<FixedOffset>, "offsettimestamp", Shape::Standard(Standard::OffsetTimestamp), (i64, u32, i32),
        with_offset, from_offset;
    NaiveTime, "time", Shape::Standard(Standard::Time), (u32, u32),
        |v| (v.num_seconds_from_midnight(), v.nanosecond()),
        |(second, nanos)| NaiveTime::from_num_seconds_from_midnight_opt(second, 0)?.with_nanosecond(nanos);
    TimeDelta, "signedduration", Shape::Standard(Standard::SignedDuration), (i64, i32),
        |v| (v.num_seconds(), v.subsec_nanos()), from_signed;
    FixedOffset, "offset", Shape::Standard(Standard::Offset), i32, |v| v.local_minus_utc(), FixedOffset::east_opt;
}

#[cfg(feature = "chrono-clock")]
kept_as! {
    DateTime<chrono::Local>, "timestamp", Shape::Standard(Standard::Timestamp), (i64, u32),
        |v| floor(v.naive_utc()), |parts| from_floor(parts).map(|v| v.and_utc().with_timezone(&chrono::Local));
}

fn floor(time: NaiveDateTime) -> (i64, u32) {
    (time.and_utc().timestamp(), time.nanosecond())
}

fn from_floor((seconds, nanos): (i64, u32)) -> Option<NaiveDateTime> {
    DateTime::from_timestamp(seconds, 0)?.naive_utc().with_nanosecond(nanos)
}

fn with_offset(time: DateTime<FixedOffset>) -> (i64, u32, i32) {
    let (second, nanos) = floor(time.naive_utc());
    (second, nanos, time.offset().local_minus_utc())
}

fn from_offset((second, nanos, ahead): (i64, u32, i32)) -> Option<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(ahead)?;
    Some(from_floor((second, nanos))?.and_utc().with_timezone(&offset))
}

fn from_signed((seconds, nanos): (i64, i32)) -> Option<TimeDelta> {
    let whole = TimeDelta::try_seconds(seconds).filter(|_| is_signed_duration(seconds, nanos))?;
    whole.checked_add(&TimeDelta::nanoseconds(nanos.into()))
}
