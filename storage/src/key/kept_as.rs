//! Types that are kept as another key type of which they use some values: how to turn one into the other.

/// Implements `Key` for types that have the bytes of `$base`; `$from` returns `None` for the values they lack.
macro_rules! kept_as {
    ($($ty:ty, $name:expr, $shape:expr, $base:ty, $to:expr, $from:expr;)*) => {$(
        impl Lookup<$ty> for $ty {
            #[inline]
            fn encode(&self, out: &mut KeyBuf, place: Place) {
                let to: fn($ty) -> $base = $to;
                Lookup::<$base>::encode(&to(*self), out, place);
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
                let from: fn($base) -> Option<$ty> = $from;
                from(<$base>::decode(input, place)?).ok_or(KeyError::Invalid { expected: $name })
            }

            fn from_ref(borrowed: $ty) -> $ty {
                borrowed
            }
        }
    )*};
}
pub(super) use kept_as;
