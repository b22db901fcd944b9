//! Moments, days, times of day and spans of the crate `time`.
//!
//! ```text
//! UtcDateTime         i64 seconds since 1970-01-01T00:00:00Z, rounded down ‖ u32 nanoseconds   12 bytes
//! OffsetDateTime      the same ‖ i32 seconds by which its clock is ahead of UTC                16 bytes
//! PrimitiveDateTime   as UtcDateTime, of what a clock shows that is in no time zone
//! Date                i32 days since 1970-01-01                                                 4 bytes
//! Time                u32 seconds since midnight ‖ u32 nanoseconds                              8 bytes
//! Duration            i64 seconds, rounded towards zero ‖ i32 nanoseconds of the same sign     12 bytes
//! UtcOffset           i32 seconds ahead of UTC                                                  4 bytes
//! ```

use super::{
    Key, KeyBuf, KeyReader, Lookup, Place, duration::is_signed_duration, kept_as::kept_as,
};
use crate::{
    error::KeyError,
    invariant::Invariant as _,
    schema::{Shape, Standard},
};
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time, UtcDateTime, UtcOffset};

/// The Julian day of 1970-01-01.
const DAY_0: i32 = 2_440_588;

kept_as! {
    UtcDateTime, "timestamp", Shape::Standard(Standard::Timestamp), (i64, u32),
        |v| (v.unix_timestamp(), v.nanosecond()),
        |(second, nanos)| UtcDateTime::from_unix_timestamp(second).ok()?.replace_nanosecond(nanos).ok();
    OffsetDateTime, "offsettimestamp", Shape::Standard(Standard::OffsetTimestamp), (i64, u32, i32),
        |v| (v.unix_timestamp(), v.nanosecond(), v.offset().whole_seconds()), from_offset;
    PrimitiveDateTime, "datetime", Shape::Standard(Standard::Datetime), (i64, u32),
        |v| (v.assume_utc().unix_timestamp(), v.nanosecond()), from_floor;
    Date, "date", Shape::Standard(Standard::Date), i32, days,
        |days| Date::from_julian_day(days.checked_add(DAY_0)?).ok();
    Time, "time", Shape::Standard(Standard::Time), (u32, u32), since_midnight, from_midnight;
    Duration, "signedduration", Shape::Standard(Standard::SignedDuration), (i64, i32),
        |v| (v.whole_seconds(), v.subsec_nanoseconds()),
        |(seconds, nanos)| is_signed_duration(seconds, nanos).then(|| Duration::new(seconds, nanos));
    UtcOffset, "offset", Shape::Standard(Standard::Offset), i32, |v| v.whole_seconds(),
        |seconds| UtcOffset::from_whole_seconds(seconds).ok();
}

fn from_floor((second, nanos): (i64, u32)) -> Option<PrimitiveDateTime> {
    let at = OffsetDateTime::from_unix_timestamp(second).ok()?.replace_nanosecond(nanos).ok()?;
    Some(PrimitiveDateTime::new(at.date(), at.time()))
}

/// The years of `time` are those that the clock shows, so the clock is what must be in range, and not the moment.
fn from_offset((second, nanos, ahead): (i64, u32, i32)) -> Option<OffsetDateTime> {
    let offset = UtcOffset::from_whole_seconds(ahead).ok()?;
    let clock = from_floor((second.checked_add(ahead.into())?, nanos))?;
    Some(clock.assume_offset(offset))
}

fn days(date: Date) -> i32 {
    date.to_julian_day().checked_sub(DAY_0).invariant("the years of `time` have six digits at most")
}

fn since_midnight(time: Time) -> (u32, u32) {
    let whole = time.duration_since(Time::MIDNIGHT).whole_seconds();
    (u32::try_from(whole).invariant("a time of day is less than a day"), time.nanosecond())
}

fn from_midnight((second, nanos): (u32, u32)) -> Option<Time> {
    let [hour, minute, second] = [second / 3600, second / 60 % 60, second % 60];
    let [hour, minute, second] =
        [u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, u8::try_from(second).ok()?];
    Time::from_hms_nano(hour, minute, second, nanos).ok()
}
