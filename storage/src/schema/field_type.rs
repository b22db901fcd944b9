//! The type of a field that is read alone.

use super::{StoredType, for_each_scalar, for_each_text};

/// A type that can be read out of a record by itself.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be projected",
    label = "its shape is not known",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)]`"
)]
pub trait FieldType: StoredType {
    /// The borrowed form: `u64`, `&str`, `Option<i32>`.
    type View<'a>;
    /// The same, owned.
    type Owned;

    /// Whether every byte of a value lies in the struct itself, none behind a pointer.
    const INLINE: bool;

    /// Where its length is found, if there is a value.
    const LENGTH: Length = Length::Unknown;
    /// Whether there may be no value: an `Option`.
    const OPTIONAL: bool = false;

    /// The owned form.
    fn own(view: Self::View<'_>) -> Self::Owned;
}

/// Where a field's length is found without its content; the same for every codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Length {
    /// Nowhere: the field is read, and its value asked.
    Unknown,
    /// In its type: an array.
    Fixed(usize),
    /// In the text, whose form may have short ones inside.
    Text,
    /// Beside the way to its elements: lists, sets, maps, and text in a box.
    Counted,
}

macro_rules! copied {
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        impl FieldType for $ty {
            type View<'a> = $ty;
            type Owned = $ty;
            const INLINE: bool = true;

            fn own(view: $ty) -> $ty {
                view
            }
        }
    };
}
for_each_scalar!(copied);

macro_rules! text {
    ($ty:ty) => {
        impl FieldType for $ty {
            type View<'a> = &'a str;
            type Owned = Self;
            const INLINE: bool = false;
            const LENGTH: Length = Length::Text;

            fn own(view: &str) -> Self {
                view.into()
            }
        }
    };
}
for_each_text!(text);

impl<T: FieldType> FieldType for Option<T> {
    type View<'a> = Option<T::View<'a>>;
    type Owned = Option<T::Owned>;
    const INLINE: bool = T::INLINE;
    const LENGTH: Length = if T::OPTIONAL { Length::Unknown } else { T::LENGTH };
    const OPTIONAL: bool = true;

    fn own(view: Option<T::View<'_>>) -> Option<T::Owned> {
        view.map(T::own)
    }
}

impl<T: FieldType, E: FieldType> FieldType for Result<T, E> {
    type View<'a> = Result<T::View<'a>, E::View<'a>>;
    type Owned = Result<T::Owned, E::Owned>;
    const INLINE: bool = T::INLINE && E::INLINE;

    fn own(view: Self::View<'_>) -> Self::Owned {
        view.map(T::own).map_err(E::own)
    }
}

impl<T: FieldType> FieldType for Vec<T> {
    type View<'a> = Vec<T::View<'a>>;
    type Owned = Vec<T::Owned>;
    const INLINE: bool = false;
    const LENGTH: Length = Length::Counted;

    fn own(view: Vec<T::View<'_>>) -> Vec<T::Owned> {
        view.into_iter().map(T::own).collect()
    }
}

impl<T: FieldType, const N: usize> FieldType for [T; N] {
    type View<'a> = [T::View<'a>; N];
    type Owned = [T::Owned; N];
    const INLINE: bool = T::INLINE;
    const LENGTH: Length = Length::Fixed(N);

    fn own(view: [T::View<'_>; N]) -> [T::Owned; N] {
        view.map(T::own)
    }
}

/// A struct, enum or map that is read as a whole, as an owned value. Marked by `#[derive(StoredType)]`.
pub trait WholeField: StoredType + Sized {
    /// Whether every byte of a value lies in the struct itself, none behind a pointer.
    const INLINE: bool = false;
    /// Where its length is found.
    const LENGTH: Length = Length::Unknown;
}

#[diagnostic::do_not_recommend]
impl<T: WholeField> FieldType for T {
    type View<'a> = T;
    type Owned = T;
    const INLINE: bool = <T as WholeField>::INLINE;
    const LENGTH: Length = <T as WholeField>::LENGTH;

    fn own(view: T) -> T {
        view
    }
}
