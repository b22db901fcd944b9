//! Keys that a table counts: `#[store(key, auto)]`.

use super::Key;
use crate::{
    schema::{Scalar, Shape, for_each_integer},
    sealed::Sealed,
};

/// A key that a table can give a new record: an integer. Sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be counted",
    label = "not an integer",
    note = "`#[store(key, auto)]` is for keys of one integer: `id: u64`"
)]
pub trait AutoKey: Key + Copy + Sealed {
    /// The key with this number; `None` if there is none.
    #[doc(hidden)]
    fn of_id(id: u64) -> Option<Self>;
}

macro_rules! auto_key {
    ($ty:ident $scalar:ident) => {
        impl Sealed for $ty {}

        impl AutoKey for $ty {
            fn of_id(id: u64) -> Option<Self> {
                Self::try_from(id).ok()
            }
        }
    };
}
for_each_integer!(auto_key);

/// The number of the key with these bytes, if `shape` is that of an integer; `None` if it is none that is counted.
pub(crate) fn id_of(shape: &Shape, bytes: &[u8]) -> Option<u64> {
    let Shape::Scalar(scalar) = shape else { return None };
    let is_signed = match scalar {
        Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64 | Scalar::U128 => false,
        Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64 | Scalar::I128 => true,
        _ => return None,
    };
    let (first, rest) = bytes.split_first()?;
    // The sign bit of an integer that is not negative is set.
    let first = match (is_signed, *first) {
        (true, 0..0x80) => return None,
        (true, first) => first ^ 0x80,
        (false, first) => first,
    };
    let start = u128::from(first);
    let id = rest.iter().fold(start, |id, byte| id.wrapping_shl(8) | u128::from(*byte));
    Some(u64::try_from(id).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{encode, schema};

    #[test]
    fn the_number_of_a_key_is_that_of_its_bytes() {
        fn check<K: AutoKey>(last: u64) {
            for id in [0, 1, 100, last] {
                let key = K::of_id(id).unwrap();
                let (shape, bytes) = (schema::<K>().shape(), encode::<K>(&key));
                assert_eq!(id_of(&shape, &bytes), Some(id));
            }
        }
        check::<u8>(255);
        check::<i8>(127);
        check::<u32>(u32::MAX.into());
        check::<i64>(u64::MAX >> 1);
        check::<u64>(u64::MAX);
        check::<i128>(u64::MAX);
        assert_eq!(u8::of_id(256), None);
        assert_eq!(id_of(&schema::<i64>().shape(), &encode::<i64>(&-5)), None);
        assert_eq!(id_of(&schema::<u128>().shape(), &encode::<u128>(&u128::MAX)), Some(u64::MAX));
        assert_eq!(id_of(&schema::<String>().shape(), b"abc"), None);
    }
}
