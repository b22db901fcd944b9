//! Moments, days, times of day and spans, as the crates for dates store them, and as ISO 8601 writes them.
//!
//! Days are Gregorian without end, so that every number of days that can be stored has a date.

use super::calendar::{
    Ahead, Clock, Day, Fraction, TimeOfDay, clock, days, moment, offset_of, span,
};
use crate::schema::Standard;
use std::fmt::{self, Display, Formatter};

/// A moment, a day, a time of day or a span of time.
///
/// [`Display`](std::fmt::Display) writes it as ISO 8601 does: `2024-05-01T12:00:00.5Z`, `PT90S`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TimeValue {
    /// A span of time: `PT1.5S`.
    Duration {
        /// Whole seconds.
        seconds: u64,
        /// The nanoseconds after them.
        nanos: u32,
    },
    /// A span of time, forwards or backwards: `-PT1.5S`.
    SignedDuration {
        /// Whole seconds, rounded towards zero.
        seconds: i64,
        /// The nanoseconds after them, of the same sign.
        nanos: i32,
    },
    /// A moment: `2024-05-01T12:00:00Z`.
    Timestamp {
        /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
        seconds: i64,
        /// The nanoseconds after them.
        nanos: u32,
    },
    /// A day and a time of day in no time zone: `2024-05-01T12:00:00`.
    Datetime {
        /// As of a timestamp whose clock is in UTC.
        seconds: i64,
        /// The nanoseconds after them.
        nanos: u32,
    },
    /// A moment, and the offset of the clock that showed it: `2024-05-01T14:00:00+02:00`.
    OffsetTimestamp {
        /// As of a timestamp.
        seconds: i64,
        /// The nanoseconds after them.
        nanos: u32,
        /// How many seconds the clock is ahead of UTC.
        offset: i32,
    },
    /// A moment, and the time zone of the clock that showed it: `2024-05-01T12:00:00Z[Europe/Zurich]`.
    Zoned {
        /// As of a timestamp.
        seconds: i64,
        /// The nanoseconds after them.
        nanos: u32,
        /// The name of the time zone.
        zone: String,
    },
    /// A day: `2024-05-01`.
    Date {
        /// The number of days since 1970-01-01.
        days: i32,
    },
    /// A time of day: `12:00:00`.
    Time {
        /// Whole seconds since midnight.
        seconds: u32,
        /// The nanoseconds after them.
        nanos: u32,
    },
    /// How far a clock is ahead of UTC: `+02:00`.
    Offset {
        /// In seconds.
        seconds: i32,
    },
}

impl TimeValue {
    /// The time that `text` writes, of the type `standard`; `None` if it writes none.
    pub(crate) fn parse(standard: Standard, text: &str) -> Option<Self> {
        let text = text.trim();
        Some(match standard {
            Standard::Duration => {
                let (seconds, nanos) = span(text)?;
                Self::Duration { seconds, nanos }
            }
            Standard::SignedDuration => {
                let (is_negative, span_text) = match text.strip_prefix('-') {
                    Some(rest) => (true, rest),
                    None => (false, text),
                };
                let (seconds, nanos) = span(span_text)?;
                let nanos = i32::try_from(nanos).ok()?;
                match is_negative {
                    true => Self::SignedDuration {
                        seconds: 0_i64.checked_sub_unsigned(seconds)?,
                        nanos: nanos.checked_neg()?,
                    },
                    false => Self::SignedDuration { seconds: seconds.try_into().ok()?, nanos },
                }
            }
            Standard::Timestamp => {
                let (seconds, nanos) = moment(text.strip_suffix(['Z', 'z'])?)?;
                Self::Timestamp { seconds, nanos }
            }
            Standard::Datetime => {
                let (seconds, nanos) = moment(text)?;
                Self::Datetime { seconds, nanos }
            }
            Standard::OffsetTimestamp => {
                let at = text.rfind(['+', '-', 'Z', 'z'])?;
                let (clock, offset) = text.split_at_checked(at)?;
                let ((seconds, nanos), offset) = (moment(clock)?, offset_of(offset)?);
                Self::OffsetTimestamp {
                    seconds: seconds.checked_sub(offset.into())?,
                    nanos,
                    offset,
                }
            }
            Standard::Zoned => {
                let (clock, zone) = text.strip_suffix(']')?.split_once('[')?;
                let (seconds, nanos) = moment(clock.strip_suffix(['Z', 'z'])?)?;
                Self::Zoned { seconds, nanos, zone: zone.to_owned() }
            }
            Standard::Date => Self::Date { days: i32::try_from(days(text)?).ok()? },
            Standard::Time => {
                let (seconds, nanos) = clock(text)?;
                Self::Time { seconds, nanos }
            }
            Standard::Offset => Self::Offset { seconds: offset_of(text)? },
            _ => return None,
        })
    }
}

impl Display for TimeValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duration { seconds, nanos } => write!(f, "PT{seconds}{}S", Fraction(*nanos)),
            Self::SignedDuration { seconds, nanos } => {
                let sign = if *seconds < 0 || *nanos < 0 { "-" } else { "" };
                let (seconds, nanos) = (seconds.unsigned_abs(), nanos.unsigned_abs());
                write!(f, "{sign}PT{seconds}{}S", Fraction(nanos))
            }
            Self::Timestamp { seconds, nanos } => write!(f, "{}Z", Clock(*seconds, *nanos)),
            Self::Datetime { seconds, nanos } => Clock(*seconds, *nanos).fmt(f),
            Self::OffsetTimestamp { seconds, nanos, offset } => {
                let shown = seconds.saturating_add((*offset).into());
                write!(f, "{}{}", Clock(shown, *nanos), Ahead(*offset))
            }
            Self::Zoned { seconds, nanos, zone } => {
                write!(f, "{}Z[{}]", Clock(*seconds, *nanos), zone.escape_default())
            }
            Self::Date { days } => Day((*days).into()).fmt(f),
            Self::Time { seconds, nanos } => TimeOfDay((*seconds).into(), *nanos).fmt(f),
            Self::Offset { seconds } => Ahead(*seconds).fmt(f),
        }
    }
}
