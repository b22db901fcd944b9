//! Moments, days, times of day, spans and offsets of the crates for them: each is stored as its key is.

use super::{NoForm, StoredAs};
use crate::{
    key::{KeptAs, Key},
    schema::{Shape, Shapes},
};

/// Types that are stored as the base of their key is.
macro_rules! kept {
    ($($ty:ty),* $(,)?) => {$(
        impl StoredAs for $ty {
            type Form = <$ty as KeptAs>::Base;

            fn shape(_: &mut Shapes) -> Shape {
                <$ty as Key>::describe()
            }

            fn to_form(&self) -> Result<Self::Form, NoForm> {
                Ok(self.to_base())
            }

            fn from_form(form: Self::Form) -> Result<Self, NoForm> {
                Self::from_base(form).ok_or(NoForm(concat!(
                    "the stored value is out of the range of `", stringify!($ty), "`"
                )))
            }
        }
    )*};
}

#[cfg(feature = "jiff")]
kept! {
    jiff::Timestamp,
    jiff::SignedDuration,
    jiff::civil::DateTime,
    jiff::civil::Date,
    jiff::civil::Time,
    jiff::tz::Offset,
}

#[cfg(feature = "chrono")]
kept! {
    chrono::DateTime<chrono::Utc>,
    chrono::DateTime<chrono::FixedOffset>,
    chrono::NaiveDateTime,
    chrono::NaiveDate,
    chrono::NaiveTime,
    chrono::TimeDelta,
    chrono::FixedOffset,
}

#[cfg(feature = "chrono-clock")]
kept!(chrono::DateTime<chrono::Local>);

#[cfg(feature = "time")]
kept! {
    time::UtcDateTime,
    time::OffsetDateTime,
    time::PrimitiveDateTime,
    time::Date,
    time::Time,
    time::Duration,
    time::UtcOffset,
}
