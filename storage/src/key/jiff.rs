//! Moments and days of `jiff`.
//!
//! ```text
//! Timestamp     i64 seconds since 1970-01-01T00:00:00Z, rounded down ‖ u32 nanoseconds   12 bytes
//! civil::Date   i32 days since 1970-01-01                                                 4 bytes
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place, kept_as::kept_as, time::NANOS_PER_SECOND};
use crate::{
    error::KeyError,
    invariant::Invariant as _,
    schema::{Shape, Standard},
};
use jiff::{SignedDuration, Timestamp, civil::Date};

const DAY_0: Date = Date::constant(1970, 1, 1);

kept_as! {
    Timestamp, "timestamp", Shape::Standard(Standard::Timestamp), (i64, u32), floor, from_floor;
    Date, "date", Shape::Standard(Standard::Date), i32, days, from_days;
}

/// Before 1970 `jiff` counts nanoseconds down from the second above; a key counts up from the one below.
fn floor(timestamp: Timestamp) -> (i64, u32) {
    let (second, nanos) = (timestamp.as_second(), timestamp.subsec_nanosecond());
    match u32::try_from(nanos) {
        Ok(nanos) => (second, nanos),
        Err(_) => {
            let below = second.checked_sub(1).invariant("the years of `jiff` have four digits");
            let nanos = NANOS_PER_SECOND.checked_add_signed(nanos);
            (below, nanos.invariant("less than a second is counted down"))
        }
    }
}

fn from_floor((second, nanos): (i64, u32)) -> Option<Timestamp> {
    if nanos >= NANOS_PER_SECOND {
        return None;
    }
    Timestamp::new(second, i32::try_from(nanos).ok()?).ok()
}

fn days(date: Date) -> i32 {
    let hours = date.duration_since(DAY_0).as_hours();
    i32::try_from(hours.div_euclid(24)).invariant("the years of `jiff` have four digits")
}

fn from_days(days: i32) -> Option<Date> {
    let hours = i64::from(days).checked_mul(24)?;
    DAY_0.checked_add(SignedDuration::try_from_hours(hours)?).ok()
}
