//! Where rkyv puts the parts of a tuple.

use super::{Rkyv, RkyvField, TupleCodec};
use crate::schema::{FieldPlace, for_each_tuple};
use ::rkyv::{Archive, Archived};
use std::mem::offset_of;

macro_rules! tuples {
    ([$([$part:ident $q:ident $i:tt])*] [$last:ident $ql:ident $l:tt]) => {
        tuples! { @parts ($($part)* $last) $($i)* $l }
    };
    (@parts $all:tt $($i:tt)*) => {
        $(tuples! { @part $all $i })*
    };
    (@part ($($all:ident)*) $i:tt) => {
        impl<$($all: Archive + RkyvField<Form = Archived<$all>>),*> TupleCodec<($($all,)*), $i>
            for Rkyv
        {
            const PLACE: FieldPlace =
                FieldPlace::NONE.with_offset(offset_of!(Archived<($($all,)*)>, $i));
        }
    };
}
for_each_tuple!(tuples);
