//! Moments in a time zone, and spans of a calendar: of `jiff`, and no keys.

use super::{NoForm, StoredAs};
use crate::schema::{Shape, Shapes, StoredType};
use jiff::{
    Span, Timestamp, Zoned,
    fmt::temporal::{DateTimeParser, DateTimePrinter},
};

/// The moment, and the time zone as RFC 9557 writes it: its name, or its offset if it has none.
impl StoredAs for Zoned {
    type Form = (<Timestamp as StoredAs>::Form, String);

    const INLINE: bool = false;

    fn shape(shapes: &mut Shapes) -> Shape {
        <Self as StoredType>::shape(shapes)
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        let zone = DateTimePrinter::new().time_zone_to_string(self.time_zone());
        let zone = zone.map_err(|_| NoForm("the time zone has no name"))?;
        Ok((self.timestamp().to_form()?, zone))
    }

    fn from_form((moment, zone): Self::Form) -> Result<Self, NoForm> {
        let zone = DateTimeParser::new().parse_time_zone(&zone);
        let zone = zone.map_err(|_| NoForm("the stored time zone is not known to this machine"))?;
        Ok(Timestamp::from_form(moment)?.to_zoned(zone))
    }
}

/// Its units, from years to nanoseconds, all of one sign.
impl StoredAs for Span {
    type Form = (i16, i32, i32, i32, i32, i64, i64, i64, i64, i64);

    fn shape(shapes: &mut Shapes) -> Shape {
        <Self as StoredType>::shape(shapes)
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        Ok((
            self.get_years(),
            self.get_months(),
            self.get_weeks(),
            self.get_days(),
            self.get_hours(),
            self.get_minutes(),
            self.get_seconds(),
            self.get_milliseconds(),
            self.get_microseconds(),
            self.get_nanoseconds(),
        ))
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        // `jiff` gives all units the sign of the last one: what it makes of another form is not what was stored.
        let span = span(form).ok().filter(|span| span.to_form().is_ok_and(|same| same == form));
        span.ok_or(NoForm("the stored span is out of the range of its type"))
    }
}

fn span(
    (years, months, weeks, days, hours, minutes, seconds, millis, micros, nanos): <Span as StoredAs>::Form,
) -> Result<Span, jiff::Error> {
    Span::new()
        .try_years(years)?
        .try_months(months)?
        .try_weeks(weeks)?
        .try_days(days)?
        .try_hours(hours)?
        .try_minutes(minutes)?
        .try_seconds(seconds)?
        .try_milliseconds(millis)?
        .try_microseconds(micros)?
        .try_nanoseconds(nanos)
}
