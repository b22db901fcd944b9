//! Numbers as wide as the machine: 64 bits.

use super::{NoForm, StoredAs};
use crate::schema::{Scalar, Shape, Shapes};

macro_rules! words {
    ($($ty:ident $form:ident $scalar:ident;)*) => {$(
        impl StoredAs for $ty {
            type Form = $form;

            fn shape(_: &mut Shapes) -> Shape {
                Shape::Scalar(Scalar::$scalar)
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
    usize u64 U64;
    isize i64 I64;
}
