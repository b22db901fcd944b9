//! The types a field of a record may have.

use super::{Generic, Scalar, Shape, Shapes, for_each_scalar, for_each_text};

/// A type that a record may hold: it can say what it is made of.
///
/// The schema of a record goes all the way down, so that a change in a nested type is noticed when the file is
/// opened, not when a value is misread. Derive it on your own structs and enums.
///
/// Numbers, `bool`, `char`, `()`, `String`, `Option`, `Result`, `Vec`, arrays and tuples have it; `Box`, also of
/// `str` and of slices, `Arc` and `Rc`, which are stored as a `Box` is, a value for each; `BTreeMap`, `BTreeSet`,
/// `HashMap`, `HashSet` and `VecDeque`; ranges, `NonZero`, `Duration`, `IpAddr`, `SocketAddr` and their two
/// versions; and, each with its feature, `Uuid`, `SmolStr`, `SmallVec`, `Bytes`, `IndexMap` and `IndexSet`. The
/// codec must know the type as well: rkyv knows all of these. Of a `RangeInclusive` it keeps the bounds alone, so
/// one that was iterated to its end is loaded as if it had not been.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a stored record",
    label = "its shape is not known",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)]`",
    note = "for a type of another crate, with rkyv: `#[rkyv(with = storage::AsText)]` on the field if it has a text of \
            its own, `AsSerde` if it has serde's traits; else an adapter of your own, whose form you vouch for by \
            `#[store(opaque = \"name-and-version\")]`"
)]
pub trait StoredType: 'static {
    /// The type's shape; structs and enums define themselves in `shapes`.
    fn shape(shapes: &mut Shapes) -> Shape;
}

macro_rules! scalars {
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        impl StoredType for $ty {
            fn shape(_: &mut Shapes) -> Shape {
                Shape::Scalar(Scalar::$scalar)
            }
        }
    };
}
for_each_scalar!(scalars);

macro_rules! text {
    ($ty:ty) => {
        impl StoredType for $ty {
            fn shape(_: &mut Shapes) -> Shape {
                Shape::Text
            }
        }
    };
}
for_each_text!(text);

impl<T: StoredType> StoredType for Option<T> {
    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Option(Box::new(T::shape(shapes)))
    }
}

impl<T: StoredType, E: StoredType> StoredType for Result<T, E> {
    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Generic(Generic::Result, vec![T::shape(shapes), E::shape(shapes)])
    }
}

impl<T: StoredType> StoredType for Vec<T> {
    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::List(Box::new(T::shape(shapes)))
    }
}

impl<T: StoredType, const N: usize> StoredType for [T; N] {
    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Array(Box::new(T::shape(shapes)), N)
    }
}
