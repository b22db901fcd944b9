//! Numbers as wide as the machine: 64 bits.

use super::{NoForm, StoredAs};
use crate::schema::{Scalar, Shape, Shapes};
use std::num::NonZero;

macro_rules! words {
    ($($ty:ty, $form:ty, $shape:expr;)*) => {$(
        impl StoredAs for $ty {
            type Form = $form;

            fn shape(_: &mut Shapes) -> Shape {
                $shape
            }

            fn to_form(&self) -> Result<$form, NoForm> {
                (*self).try_into().map_err(|_| NoForm("the number has more than 64 bits"))
            }

            fn from_form(form: $form) -> Result<$ty, NoForm> {
                form.try_into().map_err(|_| NoForm("the stored number is too large for this machine"))
            }
        }
    )*};
}
words! {
    usize, u64, Shape::Scalar(Scalar::U64);
    isize, i64, Shape::Scalar(Scalar::I64);
    NonZero<usize>, NonZero<u64>, Shape::NonZero(Scalar::U64);
    NonZero<isize>, NonZero<i64>, Shape::NonZero(Scalar::I64);
}
