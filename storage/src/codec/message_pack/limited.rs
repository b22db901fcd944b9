//! A serializer that counts how deeply a value calls it: one that contains itself ends in an error and not in the
//! end of the stack. A `Some` that would come back as `None` is an error, too.

use super::scan::DEPTH_MAX;
use serde_core::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use std::fmt::{Display, Write as _};

/// How many calls may lie in one another. A level of a value takes up to four: itself, an option, a newtype, a box.
const CALLS_MAX: usize = 4 * DEPTH_MAX;

/// A serializer, or a part of one, that allows `left` more calls in one another.
pub(super) struct Limited<S> {
    inner: S,
    left: usize,
    place: Place,
}

/// Where a value stands in that which is stored. Newtypes take no place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is what is stored.
    Whole,
    /// It is in the option that is stored.
    InOption,
    /// It is a part: what a `Some` means there is the business of serde and of the type's own code.
    Part,
}

impl<S> Limited<S> {
    pub(super) const fn new(inner: S) -> Self {
        Self { inner, left: CALLS_MAX, place: Place::Whole }
    }
}

impl<S: Serializer> Limited<S> {
    /// Nothing is stored as nil, which in an option is `None`.
    fn check_is_not_some(&self) -> Result<(), S::Error> {
        match self.place {
            Place::Whole | Place::Part => Ok(()),
            Place::InOption => Err(S::Error::custom(
                "serde writes this `Some` as nothing, which is read as `None`; store what is in the `Option`, and not \
                 the `Option`, by serde: `Map<AsSerde>`, or a field whose type begins with `Option`",
            )),
        }
    }
}

/// A value that is serialized with one call less.
struct Inner<'a, T: ?Sized> {
    value: &'a T,
    left: usize,
    place: Place,
}

impl<T: Serialize + ?Sized> Serialize for Inner<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.value.serialize(Limited { inner: serializer, left, place: self.place })
            }
            None => Err(S::Error::custom("it is nested too deeply, or contains itself")),
        }
    }
}

/// Methods that are the inner serializer's: of a plain value, and of a value with parts.
macro_rules! forward {
    ($($method:ident($ty:ty);)*) => {$(
        fn $method(self, value: $ty) -> Result<S::Ok, S::Error> {
            self.inner.$method(value)
        }
    )*};
}
macro_rules! parts {
    ($($method:ident($($name:ident: $ty:ty),*) -> $part:ident;)*) => {$(
        fn $method(self, $($name: $ty),*) -> Result<Self::$part, S::Error> {
            let inner = self.inner.$method($($name),*)?;
            Ok(Limited { inner, left: self.left, place: Place::Part })
        }
    )*};
}

impl<S: Serializer> Serializer for Limited<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Limited<S::SerializeSeq>;
    type SerializeTuple = Limited<S::SerializeTuple>;
    type SerializeTupleStruct = Limited<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Limited<S::SerializeTupleVariant>;
    type SerializeMap = Limited<S::SerializeMap>;
    type SerializeStruct = Limited<S::SerializeStruct>;
    type SerializeStructVariant = Limited<S::SerializeStructVariant>;

    forward! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
    }

    parts! {
        serialize_seq(len: Option<usize>) -> SerializeSeq;
        serialize_tuple(len: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, len: usize) -> SerializeTupleStruct;
        serialize_map(len: Option<usize>) -> SerializeMap;
        serialize_struct(name: &'static str, len: usize) -> SerializeStruct;
        serialize_tuple_variant(
            name: &'static str, index: u32, variant: &'static str, len: usize
        ) -> SerializeTupleVariant;
        serialize_struct_variant(
            name: &'static str, index: u32, variant: &'static str, len: usize
        ) -> SerializeStructVariant;
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.check_is_not_some()?;
        self.inner.serialize_none()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.check_is_not_some()?;
        self.inner.serialize_unit()
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.check_is_not_some()?;
        self.inner.serialize_unit_struct(name)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        let place = if self.place == Place::Whole { Place::InOption } else { self.place };
        self.inner.serialize_some(&Inner { value, left: self.left, place })
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner
            .serialize_newtype_struct(name, &Inner { value, left: self.left, place: self.place })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = Inner { value, left: self.left, place: Place::Part };
        self.inner.serialize_newtype_variant(name, index, variant, &value)
    }

    /// Where a type's own code fails, the default panics.
    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        let mut text = String::new();
        write!(text, "{value}").map_err(S::Error::custom)?;
        self.inner.serialize_str(&text)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// The parts of a value: each is serialized with one call less.
macro_rules! compounds {
    ($($compound:ident { $($method:ident($($key:ident)?);)* })*) => {$(
        impl<S: $compound> $compound for Limited<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            $(
                fn $method<T: Serialize + ?Sized>(
                    &mut self,
                    $($key: &'static str,)?
                    value: &T,
                ) -> Result<(), S::Error> {
                    self.inner.$method($($key,)? &Inner { value, left: self.left, place: Place::Part })
                }
            )*

            fn end(self) -> Result<S::Ok, S::Error> {
                self.inner.end()
            }
        }
    )*};
}
compounds! {
    SerializeSeq { serialize_element(); }
    SerializeTuple { serialize_element(); }
    SerializeTupleStruct { serialize_field(); }
    SerializeTupleVariant { serialize_field(); }
    SerializeMap { serialize_key(); serialize_value(); }
    SerializeStruct { serialize_field(key); }
    SerializeStructVariant { serialize_field(key); }
}
