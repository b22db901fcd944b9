//! Types that are kept as another key type of which they use some values: how to turn one into the other.

/// A type that is kept as `Base`, which has more values.
///
/// Every such type is indexed, so this is where the compiler looks last for a field that cannot be.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be indexed",
    label = "not a key, nor an `Option` or `Vec` of keys",
    note = "for a newtype or an enum: `#[derive(storage::StoredKey)]`",
    note = "for anything else, on the struct: `#[store(index(name = \"...\", with = path::to::function, key = Type))]`"
)]
pub trait KeptAs: super::Key + Copy {
    /// What it is kept as.
    type Base: super::Key;

    /// Its value as a base.
    fn to_base(self) -> Self::Base;

    /// The value that is kept as `base`, if there is one.
    fn from_base(base: Self::Base) -> Option<Self>;
}

/// Implements `KeptAs`, and with it `Key`, for types that have the bytes of `$base`; `$from` returns `None` for the
/// values they lack.
macro_rules! kept_as {
    ($($ty:ty, $name:expr, $shape:expr, $base:ty, $to:expr, $from:expr;)*) => {$(
        impl $crate::key::KeptAs for $ty {
            type Base = $base;

            #[inline]
            fn to_base(self) -> $base {
                let to: fn($ty) -> $base = $to;
                to(self)
            }

            #[inline]
            fn from_base(base: $base) -> Option<$ty> {
                let from: fn($base) -> Option<$ty> = $from;
                from(base)
            }
        }

        impl Lookup<$ty> for $ty {
            #[inline]
            fn encode(&self, out: &mut KeyBuf, place: Place) {
                Lookup::<$base>::encode(&$crate::key::KeptAs::to_base(*self), out, place);
            }
        }

        impl Key for $ty {
            type Ref<'a> = $ty;
            const WIDTH: Option<usize> = <$base as Key>::WIDTH;

            fn describe() -> Shape {
                $shape
            }

            #[inline]
            fn decode(input: &mut KeyReader<'_>, place: Place) -> Result<$ty, KeyError> {
                let base = <$base>::decode(input, place)?;
                $crate::key::KeptAs::from_base(base).ok_or(KeyError::Invalid { expected: $name })
            }

            fn from_ref(borrowed: $ty) -> $ty {
                borrowed
            }
        }

        $crate::key::prefix::range_ends! { $ty }
    )*};
}
pub(super) use kept_as;
