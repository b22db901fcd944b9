//! Fields of types that serde stores.

use super::converted::RkyvConversion;
use crate::{
    codec::{
        RkyvSource,
        message_pack::{AsSerde, SerdeValue, from_bytes, to_bytes},
    },
    error::Damage,
};
use ::rkyv::{
    Place,
    rancor::{Fallible, Source},
    ser::{Allocator, Writer},
    vec::{ArchivedVec, VecResolver},
    with::{ArchiveWith, DeserializeWith, SerializeWith},
};

type Bytes = ArchivedVec<u8>;

impl<T: SerdeValue> ArchiveWith<T> for AsSerde {
    type Archived = Bytes;
    /// Where the bytes lie, and how many they are.
    type Resolver = (VecResolver, usize);

    fn resolve_with(_: &T, (resolver, len): Self::Resolver, out: Place<Bytes>) {
        Bytes::resolve_from_len(len, resolver, out);
    }
}

impl<T: SerdeValue, S> SerializeWith<T, S> for AsSerde
where
    S: Fallible<Error: Source> + Allocator + Writer + ?Sized,
{
    fn serialize_with(value: &T, serializer: &mut S) -> Result<Self::Resolver, S::Error> {
        let bytes = to_bytes(value).map_err(Source::new)?;
        Ok((Bytes::serialize_from_slice(&bytes, serializer)?, bytes.len()))
    }
}

impl<T: SerdeValue, D: Fallible<Error: Source> + ?Sized> DeserializeWith<Bytes, T, D> for AsSerde {
    fn deserialize_with(form: &Bytes, _: &mut D) -> Result<T, D::Error> {
        from_bytes(form).map_err(Source::new)
    }
}

impl<T: SerdeValue> RkyvConversion<T> for AsSerde {
    fn restore(form: &Bytes, source: &RkyvSource<'_>) -> Result<T, Damage> {
        source.verify_slice(form)?;
        Ok(from_bytes(form)?)
    }
}
