//! The types a field of a record may have.

use super::{Scalar, Shape, Shapes, for_each_scalar, for_each_tuple};
use std::collections::BTreeMap;

/// A type that a record may hold: it can say what it is made of.
///
/// The schema of a record goes all the way down, so that a change in a nested type is noticed when the file is
/// opened, not when a value is misread. Derive it on your own structs and enums.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a stored record",
    label = "its shape is not known",
    note = "on a struct or enum of your own: `#[derive(storage::StoredType)]`",
    note = "for a foreign type whose layout you vouch for: `#[store(opaque = \"name-and-version\")]` on the field"
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

impl StoredType for () {
    fn shape(_: &mut Shapes) -> Shape {
        Shape::Unit
    }
}

impl StoredType for String {
    fn shape(_: &mut Shapes) -> Shape {
        Shape::Text
    }
}

impl<T: StoredType> StoredType for Option<T> {
    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Option(Box::new(T::shape(shapes)))
    }
}

impl<T: StoredType> StoredType for Vec<T> {
    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::List(Box::new(T::shape(shapes)))
    }
}

/// A box changes where a value lies, and with it the bytes of a record.
impl<T: StoredType> StoredType for Box<T> {
    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Boxed(Box::new(T::shape(shapes)))
    }
}

impl<T: StoredType, const N: usize> StoredType for [T; N] {
    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Array(Box::new(T::shape(shapes)), N)
    }
}

impl<K: StoredType, V: StoredType> StoredType for BTreeMap<K, V> {
    fn shape(shapes: &mut Shapes) -> Shape {
        let key = K::shape(shapes);
        Shape::Map(Box::new(key), Box::new(V::shape(shapes)))
    }
}

macro_rules! tuples {
    ([$([$part:ident $q:ident $i:tt])*] [$last:ident $ql:ident $l:tt]) => {
        impl<$($part: StoredType,)* $last: StoredType> StoredType for ($($part,)* $last,) {
            fn shape(shapes: &mut Shapes) -> Shape {
                Shape::Tuple(vec![$($part::shape(shapes),)* $last::shape(shapes)])
            }
        }
    };
}
for_each_tuple!(tuples);
