//! Where FlatBuffers puts the parts of a tuple: in a table of its own, by their ids.

use super::{
    Flatbuffers,
    compound::FlatCompound,
    ids::id_at,
    kind::{FlatField, FlatType},
    schema::place,
};
use crate::{
    codec::TupleCodec,
    schema::{FieldPlace, for_each_tuple},
};

macro_rules! tuples {
    ([$([$part:ident $q:ident $i:tt])*] [$last:ident $ql:ident $l:tt]) => {
        tuples! { @parts ($($part)* $last) $($i $part)* $l $last }
    };
    (@parts $all:tt $($i:tt $part:ident)*) => {
        $(tuples! { @part $all $i $part })*
    };
    (@part ($($all:ident)*) $i:tt $part:ident) => {
        impl<$($all: FlatType),*> TupleCodec<($($all,)*), $i> for Flatbuffers {
            const PLACE: FieldPlace = place(
                id_at(<($($all,)*) as FlatCompound>::IDS, $i),
                <$part as FlatField>::PRESENCE,
            );
        }
    };
}
for_each_tuple!(tuples);
