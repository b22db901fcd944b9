//! The type of a field that is bytes in a row, which are borrowed.

use super::{FieldType, for_each_bytes};

/// A field type that is bytes in a row, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` has no bytes to borrow",
    label = "not bytes",
    note = "`as_bytes` is for fields of type `Vec<u8>`, `[u8; N]`, `Box<[u8]>`, `Rc<[u8]>` and `Arc<[u8]>`, and for \
            an `Option` of one; of text, select the field itself, which is borrowed as `&str`"
)]
pub trait BytesType: FieldType {
    /// The borrowed form: `&[u8]`, or an `Option` of it.
    type Bytes<'a>;
    /// The same, owned: `Vec<u8>`, or an `Option` of it.
    type OwnedBytes;

    /// The borrowed form of what a codec found, if there was something.
    fn lend(bytes: Option<&[u8]>) -> Self::Bytes<'_>;
    /// The bytes of the borrowed form, if there are some.
    fn found(bytes: Self::Bytes<'_>) -> Option<&[u8]>;
    /// The owned form.
    fn own_bytes(bytes: Self::Bytes<'_>) -> Self::OwnedBytes;
}

macro_rules! bytes {
    ([$($generics:tt)*] $ty:ty) => {
        impl<$($generics)*> BytesType for $ty {
            type Bytes<'a> = &'a [u8];
            type OwnedBytes = Vec<u8>;

            #[inline]
            fn lend(bytes: Option<&[u8]>) -> &[u8] {
                bytes.unwrap_or_default()
            }

            fn found(bytes: Self::Bytes<'_>) -> Option<&[u8]> {
                Some(bytes)
            }

            fn own_bytes(bytes: &[u8]) -> Vec<u8> {
                bytes.to_vec()
            }
        }

        impl<$($generics)*> BytesType for Option<$ty> {
            type Bytes<'a> = Option<&'a [u8]>;
            type OwnedBytes = Option<Vec<u8>>;

            #[inline]
            fn lend(bytes: Option<&[u8]>) -> Option<&[u8]> {
                bytes
            }

            fn found(bytes: Self::Bytes<'_>) -> Option<&[u8]> {
                bytes
            }

            fn own_bytes(bytes: Option<&[u8]>) -> Option<Vec<u8>> {
                bytes.map(<[u8]>::to_vec)
            }
        }
    };
}
for_each_bytes!(bytes);
