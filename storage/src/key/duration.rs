//! Spans of time, and what the crates for dates share.
//!
//! ```text
//! Duration          u64 seconds ‖ u32 nanoseconds below 1e9                                12 bytes
//! signedduration    i64 seconds, rounded towards zero ‖ i32 nanoseconds of the same sign   12 bytes
//! timestamp         i64 seconds since 1970-01-01T00:00:00Z, rounded down ‖ u32 nanoseconds
//! offsettimestamp   the same ‖ i32 seconds by which its clock was ahead of UTC             16 bytes
//! datetime          as a timestamp, of what a clock shows that is in no time zone
//! date              i32 days since 1970-01-01                                               4 bytes
//! time              u32 seconds since midnight ‖ u32 nanoseconds                            8 bytes
//! offset            i32 seconds ahead of UTC                                                4 bytes
//! ```
//!
//! What lies before 1970 has negative seconds or days and sorts first. Dates are Gregorian without end.
//! Moments with an offset sort by the moment, and those of one moment by their offset: each offset is another key.
//! `SystemTime` is no key: how fine it is depends on the machine.

use super::{Key, KeyBuf, KeyReader, Lookup, Place, kept_as::kept_as};
use crate::{
    error::KeyError,
    schema::{Shape, Standard},
};
use std::time::Duration;

pub(crate) const NANOS_PER_SECOND: u32 = 1_000_000_000;

kept_as! {
    Duration, "duration", Shape::Standard(Standard::Duration), (u64, u32), |v| (v.as_secs(), v.subsec_nanos()),
        |(seconds, nanos)| (nanos < NANOS_PER_SECOND).then(|| Duration::new(seconds, nanos));
}

/// Whether a span of so many seconds and nanoseconds is written like this: with less than a second of nanoseconds, and
/// one sign.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub(super) fn is_signed_duration(seconds: i64, nanos: i32) -> bool {
    let signs = [seconds.signum(), i64::from(nanos.signum())];
    nanos.unsigned_abs() < NANOS_PER_SECOND && signs != [1, -1] && signs != [-1, 1]
}
