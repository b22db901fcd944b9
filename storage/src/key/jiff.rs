//! Moments, days, times of day and spans of `jiff`.
//!
//! ```text
//! Timestamp         i64 seconds since 1970-01-01T00:00:00Z, rounded down ‖ u32 nanoseconds   12 bytes
//! civil::DateTime   the same, as a clock shows it that is in no time zone
//! civil::Date       i32 days since 1970-01-01                                                 4 bytes
//! civil::Time       u32 seconds since midnight ‖ u32 nanoseconds                              8 bytes
//! SignedDuration    i64 seconds, rounded towards zero ‖ i32 nanoseconds of the same sign     12 bytes
//! tz::Offset        i32 seconds ahead of UTC                                                  4 bytes
//! ```

use super::{
    Key, KeyBuf, KeyReader, Lookup, Place,
    duration::{NANOS_PER_SECOND, is_signed_duration},
    kept_as::kept_as,
};
use crate::{
    error::KeyError,
    invariant::Invariant as _,
    schema::{Shape, Standard},
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::Offset,
};

const DAY_0: Date = Date::constant(1970, 1, 1);

kept_as! {
    Timestamp, "timestamp", Shape::Standard(Standard::Timestamp), (i64, u32),
        |v| floor(v.as_second(), v.subsec_nanosecond()), from_floor;
    DateTime, "datetime", Shape::Standard(Standard::Datetime), (i64, u32), datetime, from_datetime;
    Date, "date", Shape::Standard(Standard::Date), i32, days, from_days;
    Time, "time", Shape::Standard(Standard::Time), (u32, u32), since_midnight, from_midnight;
    SignedDuration, "signedduration", Shape::Standard(Standard::SignedDuration), (i64, i32),
        |v| (v.as_secs(), v.subsec_nanos()),
        |(seconds, nanos)| is_signed_duration(seconds, nanos).then(|| SignedDuration::new(seconds, nanos));
    Offset, "offset", Shape::Standard(Standard::Offset), i32, |v| v.seconds(),
        |seconds| Offset::from_seconds(seconds).ok();
}

/// Before 1970 `jiff` counts nanoseconds down from the second above; a key counts up from the one below.
fn floor(second: i64, nanos: i32) -> (i64, u32) {
    match u32::try_from(nanos) {
        Ok(nanos) => (second, nanos),
        Err(_) => {
            let below = second.checked_sub(1).invariant("the years of `jiff` have four digits");
            let nanos = NANOS_PER_SECOND.checked_add_signed(nanos);
            (below, nanos.invariant("less than a second is counted down"))
        }
    }
}

/// So many nanoseconds, if they are less than a second.
fn below_second(nanos: u32) -> Option<i32> {
    (nanos < NANOS_PER_SECOND).then_some(nanos)?.try_into().ok()
}

fn from_floor((second, nanos): (i64, u32)) -> Option<Timestamp> {
    Timestamp::new(second, below_second(nanos)?).ok()
}

fn datetime(datetime: DateTime) -> (i64, u32) {
    let since = datetime.duration_since(DAY_0.to_datetime(Time::midnight()));
    floor(since.as_secs(), since.subsec_nanos())
}

fn from_datetime((second, nanos): (i64, u32)) -> Option<DateTime> {
    let since = SignedDuration::new(second, below_second(nanos)?);
    DAY_0.to_datetime(Time::midnight()).checked_add(since).ok()
}

fn days(date: Date) -> i32 {
    let hours = date.duration_since(DAY_0).as_hours();
    i32::try_from(hours.div_euclid(24)).invariant("the years of `jiff` have four digits")
}

fn from_days(days: i32) -> Option<Date> {
    let hours = i64::from(days).checked_mul(24)?;
    DAY_0.checked_add(SignedDuration::try_from_hours(hours)?).ok()
}

fn since_midnight(time: Time) -> (u32, u32) {
    let since = time.duration_since(Time::midnight());
    let parts = u32::try_from(since.as_secs()).ok().zip(u32::try_from(since.subsec_nanos()).ok());
    parts.invariant("a time of day is less than a day after midnight")
}

fn from_midnight((second, nanos): (u32, u32)) -> Option<Time> {
    Time::midnight().checked_add(SignedDuration::new(second.into(), below_second(nanos)?)).ok()
}
