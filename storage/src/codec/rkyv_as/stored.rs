//! Fields of types that this crate has a form for.

use crate::{
    codec::{
        RkyvField, RkyvSource,
        rkyv::{RkyvArchived, RkyvDeserializer, restored_with},
        stored_as::StoredAs,
    },
    error::{Damage, DecodeError},
    schema::{FieldType, Shape, Shapes, StoredType},
};
use ::rkyv::{
    Archive, Archived, Deserialize, Place, Serialize,
    rancor::{Fallible, Source},
    with::{ArchiveWith, DeserializeWith, SerializeWith},
};
use std::marker::PhantomData;

/// Stores a field in a form of this crate's where rkyv has none, or one that loses something.
///
/// `#[rkyv(with = storage::AsStored)]` on a field does for all of these, also inside `Option`, `Result`, `Box`, lists,
/// arrays, tuples, maps and sets of the standard library, beside numbers and text:
///
/// | type | stored as |
/// |---|---|
/// | `SystemTime`, `jiff::Timestamp`, `chrono::DateTime<Utc>`, `time::UtcDateTime` | seconds since 1970, nanoseconds |
/// | `chrono::DateTime<Local>` | the same; it is loaded in the time zone of the machine |
/// | `chrono::DateTime<FixedOffset>`, `time::OffsetDateTime` | the same, and the offset in seconds |
/// | `jiff::Zoned` | the same, and the time zone by its name or offset; one that has neither is refused |
/// | `jiff::civil::DateTime`, `chrono::NaiveDateTime`, `time::PrimitiveDateTime` | the same, in no time zone |
/// | `jiff::civil::Date`, `chrono::NaiveDate`, `time::Date` | days since 1970 |
/// | `jiff::civil::Time`, `chrono::NaiveTime`, `time::Time` | seconds since midnight and nanoseconds |
/// | `jiff::SignedDuration`, `chrono::TimeDelta`, `time::Duration` | seconds and nanoseconds |
/// | `jiff::Span` | its units, from years to nanoseconds |
/// | `jiff::tz::Offset`, `chrono::FixedOffset`, `time::UtcOffset` | seconds ahead of UTC |
/// | `usize`, `isize`, `NonZero` of them | 64 bits; by itself rkyv keeps 32 and drops the others |
/// | `PathBuf` | text; a path that is not UTF-8 is refused when it is put |
/// | `Cow<'static, str>`, `Cow<'static, [T]>` | text, a list |
/// | `ArrayVec<T, N>` | a list; one that is too long is an error when it is read |
/// | `Reverse<T>` | `T` |
///
/// A field of these is projected, filtered and, where its type is a key, indexed as all others are. A stored value
/// that the type does not have, such as a year beyond those of `jiff`, is an error that names the row when it is read.
///
/// ```
/// use rkyv::{Archive, Deserialize, Serialize};
/// use std::{
///     path::PathBuf,
///     time::{Duration, SystemTime},
/// };
/// use storage::{AsStored, Storage, StoredRecord};
///
/// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
/// #[store(codec = "rkyv", table = "photos")]
/// struct Photo {
///     #[store(key)]
///     id: u64,
///     #[rkyv(with = AsStored)]
///     taken: SystemTime,
///     #[rkyv(with = AsStored)]
///     file: Option<PathBuf>,
/// }
///
/// let storage = Storage::in_memory()?;
/// let photos = Photo::table(&storage)?;
/// let taken = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_123);
/// photos.put(&Photo { id: 1, taken, file: Some("holidays/1.jpg".into()) })?;
/// assert_eq!(photos.project(1, Photo::FIELDS.taken)?, Some(taken));
/// # Ok::<(), storage::StorageError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AsStored;

impl<T: StoredAs<Form: Archive>> ArchiveWith<T> for AsStored {
    type Archived = Archived<T::Form>;
    /// The form is made once, when the value is serialized.
    type Resolver = (T::Form, <T::Form as Archive>::Resolver);

    fn resolve_with(_: &T, (form, resolver): Self::Resolver, out: Place<Self::Archived>) {
        form.resolve(resolver, out);
    }
}

impl<T, S> SerializeWith<T, S> for AsStored
where
    T: StoredAs<Form: Serialize<S>>,
    S: Fallible<Error: Source> + ?Sized,
{
    fn serialize_with(value: &T, serializer: &mut S) -> Result<Self::Resolver, S::Error> {
        let form = value.to_form().map_err(Source::new)?;
        let resolver = form.serialize(serializer)?;
        Ok((form, resolver))
    }
}

impl<T, D> DeserializeWith<Archived<T::Form>, T, D> for AsStored
where
    T: StoredAs<Form: Archive>,
    Archived<T::Form>: Deserialize<T::Form, D>,
    D: Fallible<Error: Source> + ?Sized,
{
    fn deserialize_with(form: &Archived<T::Form>, deserializer: &mut D) -> Result<T, D::Error> {
        T::from_form(form.deserialize(deserializer)?).map_err(Source::new)
    }
}

/// The field type of a `T` that is archived with [`AsStored`].
#[derive(Debug)]
pub struct Adapted<T>(PhantomData<fn() -> T>);

impl<T: StoredAs> StoredType for Adapted<T> {
    fn shape(shapes: &mut Shapes) -> Shape {
        T::shape(shapes)
    }
}

impl<T: StoredAs> FieldType for Adapted<T> {
    type View<'a> = T;
    type Owned = T;
    const INLINE: bool = T::INLINE;

    fn own(view: T) -> T {
        view
    }
}

impl<T> RkyvField for Adapted<T>
where
    T: StoredAs<Form: Archive>,
    Archived<T::Form>: RkyvArchived + Deserialize<T::Form, RkyvDeserializer>,
{
    type Form = Archived<T::Form>;

    fn view<'a>(form: &'a Self::Form, source: &'a RkyvSource<'_>) -> Result<T, Damage> {
        if !T::INLINE {
            source.verify()?;
        }
        restored_with::<AsStored, T>(form)
            .map_err(|error| DecodeError::Refused { detail: error.to_string() }.into())
    }
}
