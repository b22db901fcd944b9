//! Days and clocks as text, and text as days and clocks.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "no number of days or seconds is too large for 64 bits of them"
)]

use std::fmt::{self, Display, Formatter};

/// No moment of 64 bits of seconds is in a later year, nor in an earlier one before 0.
const YEAR_MAX: i64 = 1_000_000_000_000;
const SECONDS_A_DAY: i64 = 86_400;
const NANOS_A_SECOND: u32 = 1_000_000_000;

/// The nanoseconds of a second, without zeros at the end.
pub(super) struct Fraction(pub(super) u32);

impl Display for Fraction {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        // A clock that shows a leap second in no other way.
        if self.0 >= NANOS_A_SECOND {
            return write!(f, ".{}", self.0);
        }
        if self.0 == 0 {
            return Ok(());
        }
        let digits = format!("{:09}", self.0);
        write!(f, ".{}", digits.trim_end_matches('0'))
    }
}

/// Seconds since 1970.
pub(super) struct Clock(pub(super) i64, pub(super) u32);

impl Display for Clock {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (day, second) = (self.0.div_euclid(SECONDS_A_DAY), self.0.rem_euclid(SECONDS_A_DAY));
        write!(f, "{}T{}", Day(day), TimeOfDay(second, self.1))
    }
}

/// Seconds since midnight.
pub(super) struct TimeOfDay(pub(super) i64, pub(super) u32);

impl Display for TimeOfDay {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (hour, minute, second) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        // A leap second is stored as a second of up to two.
        let (second, nanos) = match self.1.checked_sub(NANOS_A_SECOND) {
            Some(nanos) if second == 59 => (60, nanos),
            _ => (second, self.1),
        };
        write!(f, "{hour:02}:{minute:02}:{second:02}{}", Fraction(nanos))
    }
}

/// Seconds ahead of UTC.
pub(super) struct Ahead(pub(super) i32);

impl Display for Ahead {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (sign, ahead) = (if self.0 < 0 { '-' } else { '+' }, self.0.unsigned_abs());
        write!(f, "{sign}{:02}:{:02}", ahead / 3600, ahead / 60 % 60)?;
        if ahead % 60 == 0 { Ok(()) } else { write!(f, ":{:02}", ahead % 60) }
    }
}

/// Days since 1970-01-01.
pub(super) struct Day(pub(super) i64);

/// Days of 400 years, and from 0000-03-01 to 1970-01-01: years begin in March, so that a leap day ends one.
const DAYS_AN_ERA: i64 = 146_097;
const DAYS_TO_1970: i64 = 719_468;

impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let days = self.0.saturating_add(DAYS_TO_1970);
        let (era, day) = (days.div_euclid(DAYS_AN_ERA), days.rem_euclid(DAYS_AN_ERA));
        let leap_days = day / 1460 - day / 36_524 + day / 146_096;
        let year = day.saturating_sub(leap_days) / 365;
        let day_of_year = day.saturating_sub(year * 365 + year / 4 - year / 100);
        let month = (day_of_year * 5 + 2) / 153;
        let day = day_of_year - (month * 153 + 2) / 5 + 1;
        let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let year = era * 400 + year + next;
        match year {
            0..=9999 => write!(f, "{year:04}-{month:02}-{day:02}"),
            _ => write!(f, "{year:+05}-{month:02}-{day:02}"),
        }
    }
}

/// The days since 1970-01-01 of a date.
pub(super) fn days(text: &str) -> Option<i64> {
    let is_before_0 = text.starts_with('-');
    let mut parts = text.trim_start_matches(['+', '-']).split('-');
    let mut number = || parts.next()?.parse().ok().filter(|number| (0..=YEAR_MAX).contains(number));
    let (year, month, day) = (number()?, number()?, number()?);
    let year = if is_before_0 { -year } else { year };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let len = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if parts.next().is_some() || !(1..=len).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (month * 153 + 2) / 5 + day - 1;
    let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
    Some(era * DAYS_AN_ERA + day_of_era - DAYS_TO_1970)
}

/// The seconds and nanoseconds since midnight.
pub(super) fn clock(text: &str) -> Option<(u32, u32)> {
    let (whole, nanos) = with_fraction(text)?;
    let mut parts = whole.split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let (second, nanos) = match second {
        60 if nanos < NANOS_A_SECOND => (59, nanos + NANOS_A_SECOND),
        second => (second, nanos),
    };
    let is_one = parts.next().is_none() && hour < 24 && minute < 60 && second < 60;
    is_one.then(|| (hour * 3600 + minute * 60 + second, nanos))
}

/// The seconds since 1970 of a day and a time of day.
pub(super) fn moment(text: &str) -> Option<(i64, u32)> {
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, "00:00"));
    let (second, nanos) = clock(time)?;
    // The first day that has a second may begin before that second.
    let second = i128::from(days(date)?) * i128::from(SECONDS_A_DAY) + i128::from(second);
    Some((i64::try_from(second).ok()?, nanos))
}

/// `PT1.5S`, or `1.5s`.
pub(super) fn span(text: &str) -> Option<(u64, u32)> {
    let text = text.strip_prefix("PT").unwrap_or(text);
    let (whole, nanos) = with_fraction(text.strip_suffix(['S', 's'])?)?;
    Some((whole.parse().ok()?, nanos))
}

pub(super) fn offset_of(text: &str) -> Option<i32> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let mut parts = rest.split(':').map(|part| part.parse::<u16>().ok().filter(|part| *part < 60));
    let hour = i32::from(parts.next()??);
    let minute = i32::from(parts.next().unwrap_or(Some(0))?);
    let second = i32::from(parts.next().unwrap_or(Some(0))?);
    Some(sign * (hour * 3600 + minute * 60 + second))
}

/// What stands before the point, and the nanoseconds behind it.
fn with_fraction(text: &str) -> Option<(&str, u32)> {
    let Some((whole, fraction)) = text.split_once('.') else { return Some((text, 0)) };
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanos = match fraction.len() {
        ..=9 => format!("{fraction:0<9}").parse().ok()?,
        _ => fraction.parse().ok().filter(|nanos| *nanos < 2 * NANOS_A_SECOND)?,
    };
    Some((whole, nanos))
}
