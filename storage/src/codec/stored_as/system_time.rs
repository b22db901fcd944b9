//! Moments as the standard library has them.

use super::{NoForm, StoredAs};
use crate::{
    key::NANOS_PER_SECOND,
    schema::{Shape, Shapes, Standard},
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

impl StoredAs for SystemTime {
    type Form = (i64, u32);

    fn shape(_: &mut Shapes) -> Shape {
        Shape::Standard(Standard::Timestamp)
    }

    fn to_form(&self) -> Result<(i64, u32), NoForm> {
        let out_of_range = NoForm("the time is too far from 1970");
        match self.duration_since(UNIX_EPOCH) {
            Ok(after) => {
                let second = i64::try_from(after.as_secs()).map_err(|_| out_of_range)?;
                Ok((second, after.subsec_nanos()))
            }
            Err(error) => {
                let before = error.duration();
                // Down to the least second, whose distance from 1970 is no `i64`.
                let second = 0_i64.checked_sub_unsigned(before.as_secs()).ok_or(out_of_range)?;
                match NANOS_PER_SECOND.checked_sub(before.subsec_nanos()) {
                    Some(nanos) if nanos < NANOS_PER_SECOND => {
                        Ok((second.checked_sub(1).ok_or(out_of_range)?, nanos))
                    }
                    _ => Ok((second, 0)),
                }
            }
        }
    }

    fn from_form((second, nanos): (i64, u32)) -> Result<Self, NoForm> {
        let whole = Duration::from_secs(second.unsigned_abs());
        let second =
            if second < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        second
            .filter(|_| nanos < NANOS_PER_SECOND)
            .and_then(|second| second.checked_add(Duration::from_nanos(nanos.into())))
            .ok_or(NoForm("the stored time is out of the range of this machine's"))
    }
}
