//! Spans of time, and what the crates for dates share.
//!
//! ```text
//! Duration    u64 seconds ‖ u32 nanoseconds below 1e9                         12 bytes
//! timestamp   i64 seconds since 1970-01-01T00:00:00Z, rounded down ‖ u32 nanoseconds
//! datetime    the same, as a clock shows it that is in no time zone
//! date        i32 days since 1970-01-01                                        4 bytes
//! ```
//!
//! What lies before 1970 has negative seconds or days and sorts first. Dates are Gregorian without end.
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
