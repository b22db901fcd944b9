//! Types of fields that are not mistaken for the outcome of an operation.

use super::{StoredType, WholeField, for_each_scalar, for_each_text};

/// A type of a field that is no `Result`, nor an `Option`, list or array of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has a `Result` in it, or has no shape",
    label = "neither here nor in a tuple",
    note = "a `Result` is a field by itself, in an `Option` or a `Vec`, or in a struct of your own"
)]
pub trait PlainType: StoredType {}

#[diagnostic::do_not_recommend]
impl<T: WholeField> PlainType for T {}

macro_rules! scalars {
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        impl PlainType for $ty {}
    };
}
for_each_scalar!(scalars);

macro_rules! text {
    ($ty:ty) => {
        impl PlainType for $ty {}
    };
}
for_each_text!(text);

impl<T: PlainType> PlainType for Option<T> {}
impl<T: PlainType> PlainType for Vec<T> {}
impl<T: PlainType, const N: usize> PlainType for [T; N] {}
