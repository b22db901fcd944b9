//! Types that every codec knows: beside one that is stored in another form, each is its own form.

use super::{NoForm, StoredAs};
use crate::schema::{
    FieldType, Shape, Shapes, StoredType, for_each_integer, for_each_scalar, for_each_text,
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZero,
    time::Duration,
};

macro_rules! itself {
    ($($ty:ty),* $(,)?) => {$(
        impl StoredAs for $ty {
            type Form = Self;

            const INLINE: bool = <Self as FieldType>::INLINE;

            fn shape(shapes: &mut Shapes) -> Shape {
                <Self as StoredType>::shape(shapes)
            }

            fn to_form(&self) -> Result<Self, NoForm> {
                Ok(self.clone())
            }

            fn from_form(form: Self) -> Result<Self, NoForm> {
                Ok(form)
            }
        }
    )*};
}
itself!((), Duration, IpAddr, Ipv4Addr, Ipv6Addr, Box<str>);

#[cfg(feature = "uuid")]
itself!(uuid::Uuid);

macro_rules! scalars {
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        itself!($ty);
    };
}
for_each_scalar!(scalars);

macro_rules! text {
    ($ty:ty) => {
        itself!($ty);
    };
}
for_each_text!(text);

macro_rules! non_zero {
    ($int:ident $scalar:ident) => {
        itself!(NonZero<$int>);
    };
}
for_each_integer!(non_zero);
