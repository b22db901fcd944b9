//! Fields of types that rkyv has no form for: each is stored in the form of another type.
//!
//! ```text
//! moments       (i64 seconds since 1970-01-01T00:00:00Z, rounded down; u32 nanoseconds)
//! days          i32 days since 1970-01-01
//! usize, isize  u64, i64
//! PathBuf, Cow  text
//! ```

use super::{
    RkyvField, RkyvSource,
    rkyv::{RkyvArchived, RkyvDeserializer},
};
#[cfg(any(feature = "jiff", feature = "chrono"))]
use crate::key::{KeptAs, Key};
use crate::{
    error::{Damage, DecodeError},
    key::NANOS_PER_SECOND,
    schema::{FieldType, Scalar, Shape, Shapes, Standard, StoredType},
};
use ::rkyv::{
    Archive, Archived, Deserialize, Place, Serialize,
    de::pooling::Unpool,
    rancor::{Error, Fallible, Source, Strategy},
    with::{ArchiveWith, DeserializeWith, SerializeWith},
};
use std::{
    borrow::Cow,
    marker::PhantomData,
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Stores a field in a form of this crate's where rkyv has none, or one that loses something.
///
/// `#[rkyv(with = storage::AsStored)]` on a field does for all of these, also inside `Option` and `Vec`:
///
/// | type | stored as |
/// |---|---|
/// | `SystemTime`, `jiff::Timestamp`, `chrono::DateTime<Utc>` | seconds since 1970 and nanoseconds |
/// | `chrono::NaiveDateTime` | the same, as a clock shows it that is in no time zone |
/// | `jiff::civil::Date`, `chrono::NaiveDate` | days since 1970 |
/// | `usize`, `isize` | 64 bits; by itself rkyv keeps 32 and drops the others |
/// | `PathBuf` | text; a path that is not UTF-8 is refused when it is put |
/// | `Cow<'static, str>` | text |
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

/// A type that is stored as a `Form`.
#[diagnostic::on_unimplemented(
    message = "`AsStored` has no form for `{Self}`",
    label = "not a type that `AsStored` knows",
    note = "`storage::AsStored` lists the types that it is for; leave `#[rkyv(with = AsStored)]` out if rkyv's derives \
            are on `{Self}`"
)]
pub trait StoredAs: Sized + 'static {
    /// What is stored.
    type Form: Archive;

    /// Whether every byte of a form lies in the struct itself, none behind a pointer.
    const INLINE: bool = true;

    /// The shape of the form.
    fn shape(shapes: &mut Shapes) -> Shape;

    /// The value's form.
    ///
    /// # Errors
    ///
    /// [`NoForm`] for a value that has none.
    fn to_form(&self) -> Result<Self::Form, NoForm>;

    /// The value of a form.
    ///
    /// # Errors
    ///
    /// [`NoForm`] for a form of no value.
    fn from_form(form: Self::Form) -> Result<Self, NoForm>;
}

/// A value that cannot be stored, or a stored one that its type does not have.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoForm(&'static str);

/// Types that are stored as the base of their key is.
#[cfg(any(feature = "jiff", feature = "chrono"))]
macro_rules! kept {
    ($($ty:ty),*) => {$(
        impl StoredAs for $ty {
            type Form = <$ty as KeptAs>::Base;

            fn shape(_: &mut Shapes) -> Shape {
                <$ty as Key>::describe()
            }

            fn to_form(&self) -> Result<Self::Form, NoForm> {
                Ok(self.to_base())
            }

            fn from_form(form: Self::Form) -> Result<Self, NoForm> {
                Self::from_base(form).ok_or(NoForm("the stored value is out of the range of its type"))
            }
        }
    )*};
}

#[cfg(feature = "jiff")]
kept!(jiff::Timestamp, jiff::civil::Date);

#[cfg(feature = "chrono")]
kept!(chrono::DateTime<chrono::Utc>, chrono::NaiveDateTime, chrono::NaiveDate);

macro_rules! words {
    ($($ty:ident $form:ident $scalar:ident;)*) => {$(
        impl StoredAs for $ty {
            type Form = $form;

            fn shape(_: &mut Shapes) -> Shape {
                Shape::Scalar(Scalar::$scalar)
            }

            fn to_form(&self) -> Result<$form, NoForm> {
                (*self).try_into().map_err(|_| NoForm("the number has more than 64 bits"))
            }

            fn from_form(form: $form) -> Result<$ty, NoForm> {
                form.try_into().map_err(|_| NoForm("the stored number is too large for this machine"))
            }
        }
    )*};
}
words! {
    usize u64 U64;
    isize i64 I64;
}

impl StoredAs for SystemTime {
    type Form = (i64, u32);

    fn shape(_: &mut Shapes) -> Shape {
        Shape::Standard(Standard::Timestamp)
    }

    fn to_form(&self) -> Result<(i64, u32), NoForm> {
        let out_of_range = NoForm("the time is too far from 1970");
        let seconds = |span: Duration| i64::try_from(span.as_secs()).map_err(|_| out_of_range);
        match self.duration_since(UNIX_EPOCH) {
            Ok(after) => Ok((seconds(after)?, after.subsec_nanos())),
            Err(error) => {
                let before = error.duration();
                let second = seconds(before)?.checked_neg().ok_or(out_of_range)?;
                match NANOS_PER_SECOND.checked_sub(before.subsec_nanos()) {
                    Some(nanos) if nanos < NANOS_PER_SECOND => {
                        Ok((second.checked_sub(1).ok_or(out_of_range)?, nanos))
                    }
                    _ => Ok((second, 0)),
                }
            }
        }
    }

    fn from_form((second, nanos): (i64, u32)) -> Result<Self, NoForm> {
        let whole = Duration::from_secs(second.unsigned_abs());
        let second =
            if second < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        second
            .filter(|_| nanos < NANOS_PER_SECOND)
            .and_then(|second| second.checked_add(Duration::from_nanos(nanos.into())))
            .ok_or(NoForm("the stored time is out of the range of this machine's"))
    }
}

macro_rules! text {
    ($($ty:ty, $to:expr;)*) => {$(
        impl StoredAs for $ty {
            type Form = String;

            const INLINE: bool = false;

            fn shape(_: &mut Shapes) -> Shape {
                Shape::Text
            }

            fn to_form(&self) -> Result<String, NoForm> {
                let to: fn(&Self) -> Option<&str> = $to;
                to(self).map(str::to_owned).ok_or(NoForm("the path is not UTF-8"))
            }

            fn from_form(form: String) -> Result<Self, NoForm> {
                Ok(form.into())
            }
        }
    )*};
}
text! {
    PathBuf, |path| path.to_str();
    Cow<'static, str>, |text| Some(text);
}

impl<T: StoredAs> StoredAs for Vec<T>
where
    Vec<T::Form>: Archive,
{
    type Form = Vec<T::Form>;

    const INLINE: bool = false;

    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::List(Box::new(T::shape(shapes)))
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        self.iter().map(T::to_form).collect()
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        form.into_iter().map(T::from_form).collect()
    }
}

impl<T: StoredAs> StoredAs for Option<T> {
    type Form = Option<T::Form>;

    const INLINE: bool = T::INLINE;

    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Option(Box::new(T::shape(shapes)))
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        self.as_ref().map(T::to_form).transpose()
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        form.map(T::from_form).transpose()
    }
}

impl<T: StoredAs> ArchiveWith<T> for AsStored {
    type Archived = Archived<T::Form>;
    /// The form is made once, when the value is serialized.
    type Resolver = (T::Form, <T::Form as Archive>::Resolver);

    fn resolve_with(_: &T, (form, resolver): Self::Resolver, out: Place<Self::Archived>) {
        form.resolve(resolver, out);
    }
}

impl<T: StoredAs, S> SerializeWith<T, S> for AsStored
where
    T::Form: Serialize<S>,
    S: Fallible<Error: Source> + ?Sized,
{
    fn serialize_with(value: &T, serializer: &mut S) -> Result<Self::Resolver, S::Error> {
        let form = value.to_form().map_err(Source::new)?;
        let resolver = form.serialize(serializer)?;
        Ok((form, resolver))
    }
}

impl<T: StoredAs, D> DeserializeWith<Archived<T::Form>, T, D> for AsStored
where
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
    T: StoredAs,
    Archived<T::Form>: RkyvArchived + Deserialize<T::Form, RkyvDeserializer>,
{
    type Form = Archived<T::Form>;

    fn view<'a>(form: &'a Self::Form, source: &'a RkyvSource<'_>) -> Result<T, Damage> {
        if !T::INLINE {
            source.verify()?;
        }
        AsStored::deserialize_with(form, Strategy::<_, Error>::wrap(&mut Unpool))
            .map_err(|error: Error| DecodeError::Refused { detail: error.to_string() }.into())
    }
}
