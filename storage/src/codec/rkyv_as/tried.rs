//! A field tried by itself: with its adapter, or with rkyv's `Identity`, which is none.

use crate::codec::{
    rkyv::{RkyvDeserializer, RkyvSerializer, restored_with},
    rkyv_sharing::Unshared,
};
use ::rkyv::{
    rancor::{Error, Strategy},
    ser::Serializer,
    util::with_arena,
    with::{ArchiveWith, DeserializeWith, SerializeWith},
};

/// Whether `value` is written with the adapter `W`.
#[cold]
pub fn is_written<W, T>(value: &T) -> bool
where
    W: for<'a> SerializeWith<T, RkyvSerializer<'a>>,
{
    try_serializer(&mut |serializer| W::serialize_with(value, serializer).is_ok())
}

/// What `serialize` says of a serializer. Not generic: there is one of it, and not one for each type.
fn try_serializer(serialize: &mut dyn FnMut(&mut RkyvSerializer<'_>) -> bool) -> bool {
    with_arena(|arena| {
        let mut serializer = Serializer::new(Vec::new(), arena.acquire(), Unshared::default());
        serialize(Strategy::<_, Error>::wrap(&mut serializer))
    })
}

/// Whether a `T` is restored from `form` with the adapter `W`.
#[cold]
pub fn is_restored<W, T>(form: &W::Archived) -> bool
where
    W: ArchiveWith<T> + DeserializeWith<<W as ArchiveWith<T>>::Archived, T, RkyvDeserializer>,
{
    restored_with::<W, T>(form).is_ok()
}
