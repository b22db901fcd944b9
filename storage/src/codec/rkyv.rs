//! The rkyv codec: archives, checked by bytecheck with a depth limit.

use super::{
    Codec, InPlace, InPlaceCodec, RkyvLayout, Road,
    archive::Upcast,
    body, decode_in_place,
    rkyv_sharing::{Unpooled, Unshared},
};
use crate::{
    error::{DecodeError, EncodeError, LayoutError, Unresolved},
    schema::{CodecId, Description, Hints, RecordSchema},
    sealed::Sealed,
};
use ::rkyv::{
    Archive, Archived, Deserialize, Portable, Serialize,
    api::{access_pos_with_context, root_position, serialize_using},
    bytecheck::CheckBytes,
    primitive::{ArchivedU32, ArchivedU64, ArchivedUsize},
    rancor::{Error, Failure, Source, Strategy},
    ser::{Serializer, allocator::ArenaHandle},
    util::with_arena,
    validation::{Validator, archive::ArchiveValidator},
    with::{ArchiveWith, DeserializeWith},
};
use std::{
    any::{self, TypeId},
    collections::BTreeSet,
    num::NonZeroUsize,
    sync::{PoisonError, RwLock},
};

/// How deeply a stored value may be nested; more is refused when written and when read.
///
/// The check calls itself once a level: without a limit, a damaged or hostile value could exhaust the stack.
const DEPTH_MAX: NonZeroUsize = NonZeroUsize::new(64).unwrap();

/// Keeps values as [rkyv](::rkyv) archives; a view is `&V::Archived`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rkyv;

/// What rkyv can store for us: archived, serialized, checked and deserialized, shared pointers as boxes.
///
/// Implemented for every type with `#[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]`.
#[diagnostic::on_unimplemented(
    message = "rkyv cannot store `{Self}`",
    label = "not all of rkyv's derives are on it",
    note = "add `#[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]` to `{Self}`",
    note = "a field of another crate's type needs an adapter: `#[rkyv(with = storage::AsStored)]` for times, paths and \
            words, `AsText` for what has a text of its own, `AsSerde` for all that serde stores"
)]
pub trait RkyvValue:
    Archive<Archived: RkyvArchived + Deserialize<Self, RkyvDeserializer>>
    + for<'a> Serialize<RkyvSerializer<'a>>
    + Sized
    + 'static
{
}

#[diagnostic::do_not_recommend]
impl<V> RkyvValue for V where
    V: Archive<Archived: RkyvArchived + Deserialize<Self, RkyvDeserializer>>
        + for<'a> Serialize<RkyvSerializer<'a>>
        + 'static
{
}

/// What a view of an archived `V` points to.
pub(crate) type RkyvArchive<V> = Archived<V>;

/// What an archived type must be: one whose bytes can be checked.
pub trait RkyvArchived:
    Portable
    + for<'a> CheckBytes<RkyvValidator<'a, Failure>>
    + for<'a> CheckBytes<RkyvValidator<'a, Error>>
{
}

#[diagnostic::do_not_recommend]
impl<A> RkyvArchived for A where
    A: Portable
        + for<'a> CheckBytes<RkyvValidator<'a, Failure>>
        + for<'a> CheckBytes<RkyvValidator<'a, Error>>
{
}

/// Writes into a byte vector, with the thread's arena.
pub(crate) type RkyvSerializer<'a> =
    Strategy<Serializer<Vec<u8>, ArenaHandle<'a>, Unshared>, Error>;

/// Checks an archive.
type RkyvValidator<'a, E> = Strategy<Validator<ArchiveValidator<'a>, Unshared>, E>;

/// Makes a value for each shared pointer, as each has one in the archive.
pub(crate) type RkyvDeserializer = Strategy<Unpooled, Error>;

/// What the adapter `W` restores from `form`.
pub(crate) fn restored_with<W, T>(form: &W::Archived) -> Result<T, Error>
where
    W: ArchiveWith<T> + DeserializeWith<<W as ArchiveWith<T>>::Archived, T, RkyvDeserializer>,
{
    W::deserialize_with(form, Strategy::wrap(&mut Unpooled::default()))
}

impl Sealed for Rkyv {}

impl<V: RkyvValue> Codec<V> for Rkyv {
    type Owned = V;
    type Reading = InPlace;

    const ID: CodecId = CodecId::Rkyv;

    fn format() -> String {
        let endian = match to_vec(&1_u32).as_deref() {
            Ok([1, ..]) => "little",
            _ => "big",
        };
        let pointer = size_of::<ArchivedUsize>().saturating_mul(8);
        let aligned = if align_of::<ArchivedU32>() == 1 { "unaligned" } else { "aligned" };
        format!("rkyv-0.8 {endian}-endian pointer-{pointer} {aligned}")
    }

    fn type_name() -> String {
        let size = size_of::<V::Archived>();
        let align = align_of::<V::Archived>();
        format!("{} (archived: {size} bytes, aligned to {align})", plain_type_name::<V>())
    }

    fn road(old: &Description, new: &Description, hints: &Hints) -> Result<Road, Unresolved> {
        Upcast::new(old, new, hints).map(Road::of_upcast)
    }

    fn check_layout(schema: &RecordSchema, description: &Description) -> Result<(), LayoutError> {
        // Nothing changes a layout while the program runs, and tables are opened often.
        static CHECKED: RwLock<BTreeSet<TypeId>> = RwLock::new(BTreeSet::new());
        let id = TypeId::of::<V>();
        if CHECKED.read().unwrap_or_else(PoisonError::into_inner).contains(&id) {
            return Ok(());
        }
        RkyvLayout::of(description)?.check(schema)?;
        CHECKED.write().unwrap_or_else(PoisonError::into_inner).insert(id);
        Ok(())
    }

    fn encode(value: &V, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let mut buffer = std::mem::take(out);
        buffer.clear();
        *out = with_arena(|arena| {
            let mut serializer = Serializer::new(buffer, arena.acquire(), Unshared::default());
            serialize_using::<_, Error>(value, &mut serializer)?;
            Ok(serializer.into_writer())
        })
        .map_err(|error: Error| EncodeError::Refused { detail: error.to_string() })?;
        Ok(())
    }

    fn decode(body: &[u8]) -> Result<V, DecodeError> {
        decode_in_place::<V, Self>(body)
    }
}

#[diagnostic::do_not_recommend]
#[expect(unsafe_code, reason = "rkyv's own check makes its views sound")]
// SAFETY: `view` is rkyv's own check of the whole archive, whose promise is that every access stays in bounds, at
// aligned addresses and in values that their types have. The archived types have no interior mutability.
unsafe impl<V: RkyvValue> InPlaceCodec<V> for Rkyv {
    type View<'a> = &'a V::Archived;

    // With `unaligned` nothing is aligned, except types whose author aligns them.
    const ALIGNMENT: usize = alignment::<V::Archived>();

    #[inline]
    fn view(body: &[u8]) -> Result<&V::Archived, DecodeError> {
        // The quick check keeps no trace; a second one finds out what is wrong.
        access::<V, Failure>(body).or_else(|_| {
            access::<V, Error>(body)
                .map_err(|error| DecodeError::Structure { detail: error.to_string() })
        })
    }

    #[inline]
    fn try_view(body: &[u8]) -> Option<&V::Archived> {
        // Most rows do not lie at the type's alignment, and that shows before anything is checked.
        let root = root_position::<V::Archived>(body.len());
        let is_aligned =
            body.as_ptr().addr().wrapping_add(root).is_multiple_of(align_of::<V::Archived>());
        if is_aligned { access::<V, Failure>(body).ok() } else { None }
    }

    #[inline]
    #[expect(unsafe_code, reason = "the trait's contract")]
    unsafe fn view_unchecked(body: &[u8]) -> &V::Archived {
        // SAFETY: the caller promises bytes that passed `view` at this address, or that `encode` wrote, aligned; both
        // are a valid archive with its root at the end, which is what `access_unchecked` asks for.
        unsafe { ::rkyv::access_unchecked::<V::Archived>(body) }
    }

    fn own(view: &V::Archived) -> Result<V, DecodeError> {
        ::rkyv::api::deserialize_using::<V, _, Error>(view, &mut Unpooled::default())
            .map_err(|error| DecodeError::Refused { detail: error.to_string() })
    }
}

/// The multiple of bytes that a body lies at if an `A` in it can be read in place.
pub(super) const fn alignment<A>() -> usize {
    assert!(align_of::<A>() <= body::ALIGNMENT, "an archived type is aligned to at most 64 bytes");
    if align_of::<ArchivedU64>() == 1 && align_of::<A>() == 1 { 1 } else { body::ALIGNMENT }
}

/// The archive at the end of `body`.
fn access<V: RkyvValue, E: Source>(body: &[u8]) -> Result<&Archived<V>, E>
where
    Archived<V>: for<'a> CheckBytes<RkyvValidator<'a, E>>,
{
    access_at::<Archived<V>, E>(body, root_position::<Archived<V>>(body.len()))
}

/// The archived value at `position` of `body`, checked with everything it points to.
#[inline]
pub(super) fn access_at<A, E: Source>(body: &[u8], position: usize) -> Result<&A, E>
where
    A: Portable + for<'a> CheckBytes<RkyvValidator<'a, E>>,
{
    let archive = ArchiveValidator::with_max_depth(body, Some(DEPTH_MAX));
    access_pos_with_context::<A, _, E>(
        body,
        position,
        &mut Validator::new(archive, Unshared::default()),
    )
}

fn to_vec<V: RkyvValue>(value: &V) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    Rkyv::encode(value, &mut bytes)?;
    Ok(bytes)
}

/// The name of a type without the modules it lies in, which may move.
pub(super) fn plain_type_name<V>() -> String {
    let full = any::type_name::<V>();
    let mut plain = String::with_capacity(full.len());
    let mut segment = String::new();
    for c in full.chars() {
        match c {
            ':' => segment.clear(),
            c if c.is_alphanumeric() || c == '_' => segment.push(c),
            c => {
                plain.push_str(&segment);
                segment.clear();
                plain.push(c);
            }
        }
    }
    plain.push_str(&segment);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At every address and with every bit turned, `try_view` says what `view` does.
    #[test]
    fn the_quick_view_agrees_with_the_explained_one() {
        type Value = (u8, u64, String, Option<Vec<u32>>);
        let value: Value = (7, u64::MAX, "a text that is not inlined".into(), Some(vec![1, 2, 3]));
        let body = to_vec(&value).unwrap();
        let (mut read, mut refused) = (0, 0);
        for damage in (0..=body.len() * 8).rev() {
            let mut memory = vec![0; body.len() + 16];
            for shift in 0..16 {
                let place = &mut memory[shift..shift + body.len()];
                place.copy_from_slice(&body);
                if let Some(byte) = place.get_mut(damage / 8) {
                    *byte ^= 1 << (damage % 8);
                }
                let explained = <Rkyv as InPlaceCodec<Value>>::view(place).is_ok();
                let quick = <Rkyv as InPlaceCodec<Value>>::try_view(place).is_some();
                assert_eq!(quick, explained, "bit {damage}, shift {shift}");
                if quick { read += 1 } else { refused += 1 }
            }
        }
        assert!(read > 0 && refused > 0, "{read} and {refused}");
    }
}
