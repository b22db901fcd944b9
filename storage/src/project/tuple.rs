//! The handles of the parts of a tuple: `User::FIELDS.home.0`.

use super::{Node, Path, Source};
use crate::{
    codec::TupleCodec,
    error::Damage,
    field::{Field, FieldList, FieldSet, HasField},
    record::FieldRecord,
    schema::{FieldPlace, FieldSchema, StoredType, for_each_tuple},
};
use std::marker::PhantomData;

/// The way to the part number `N` of the tuple that `F` leads to.
#[derive(Clone, Copy, Debug)]
pub struct InTuple<F, const N: usize>(PhantomData<fn() -> F>);

impl<R, O, F, const N: usize> Path<R, O> for InTuple<F, N>
where
    R: FieldRecord<Codec: TupleCodec<O, N>>,
    F: Path<R, O>,
{
    fn walk(source: &Source<'_, R>) -> Result<Node<R>, Damage> {
        F::walk(source)
    }

    #[inline]
    fn place(_: FieldPlace) -> FieldPlace {
        <R::Codec as TupleCodec<O, N>>::PLACE
    }
}

macro_rules! tuples {
    ([$([$part:ident $q:ident $i:tt])*] [$last:ident $ql:ident $l:tt]) => {
        /// Where the parts lie is for the codec to say.
        impl<$($part: StoredType,)* $last: StoredType> FieldList for ($($part,)* $last,) {
            const LIST: &'static [FieldSchema] = &[
                $(FieldSchema::new(stringify!($i), $part::shape),)*
                FieldSchema::new(stringify!($l), $last::shape),
            ];
        }

        impl<P: 'static, $($part: StoredType,)* $last: StoredType> FieldSet<P>
            for ($($part,)* $last,)
        {
            type Fields = (
                $(Field<Self, $i, $part, InTuple<P, $i>>,)*
                Field<Self, $l, $last, InTuple<P, $l>>,
            );
            const FIELDS: &'static Self::Fields =
                &($(Field::<Self, $i, $part, InTuple<P, $i>>::HANDLE,)* Field::HANDLE,);
        }

        tuples! { @parts ($($part)* $last) $($i $part)* $l $last }
    };
    (@parts $all:tt $($i:tt $part:ident)*) => {
        $(tuples! { @part $all $i $part })*
    };
    (@part ($($all:ident)*) $i:tt $part:ident) => {
        impl<$($all: StoredType),*> HasField<$i, $part> for ($($all,)*) {}
    };
}
for_each_tuple!(tuples);
