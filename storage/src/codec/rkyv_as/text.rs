//! Fields of types that have a text of their own.

use super::converted::RkyvConversion;
use crate::{
    codec::{
        Conversion, RkyvSource,
        plain_text::{TextValue, from_text, to_text},
    },
    error::Damage,
    schema::{Shape, Standard},
};
use ::rkyv::{
    Place, SerializeUnsized,
    rancor::{Fallible, Source},
    string::{ArchivedString, StringResolver},
    with::{ArchiveWith, DeserializeWith, SerializeWith},
};

/// Stores a field of any type with `Display` and `FromStr` as its text: a URL, a version, a decimal number.
///
/// `#[rkyv(with = storage::AsText)]` on the field is all that it takes. The value is loaded, projected and filtered as
/// the owned type, by parsing it; the schema of the record says `text`. It is compared as its type compares it, not as
/// the text that is stored.
///
/// - A value is parsed once before it is written, so that nothing is stored that cannot be read again. What its text
///   leaves out is lost all the same.
/// - What is in an `Option` or a `Vec` is stored by `#[rkyv(with = rkyv::with::Map<storage::AsText>)]`.
/// - A text that was damaged is an error, or another value of the type.
///
/// ```
/// use rkyv::{Archive, Deserialize, Serialize, with::Map};
/// use std::{fmt, num::ParseIntError, str::FromStr};
/// use storage::{AsText, Storage, StoredRecord};
///
/// /// A type of another crate, without rkyv's derives.
/// #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
/// struct Hex(u32);
///
/// impl fmt::Display for Hex {
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         write!(f, "{:x}", self.0)
///     }
/// }
///
/// impl FromStr for Hex {
///     type Err = ParseIntError;
///
///     fn from_str(text: &str) -> Result<Self, ParseIntError> {
///         u32::from_str_radix(text, 16).map(Self)
///     }
/// }
///
/// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
/// #[store(codec = "rkyv", table = "colors")]
/// struct Color {
///     #[store(key)]
///     id: u64,
///     #[rkyv(with = AsText)]
///     front: Hex,
///     #[rkyv(with = Map<AsText>)]
///     back: Option<Hex>,
/// }
///
/// let storage = Storage::in_memory()?;
/// let colors = Color::table(&storage)?;
/// colors.put(&Color { id: 1, front: Hex(0xff_88_00), back: None })?;
/// assert_eq!(colors.project(1, Color::FIELDS.front)?, Some(Hex(0xff_88_00)));
/// assert_eq!(colors.iter()?.filter(Color::FIELDS.front.gt(Hex(0x10))).count()?, 1);
/// # Ok::<(), storage::StorageError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AsText;

impl<T: TextValue> ArchiveWith<T> for AsText {
    type Archived = ArchivedString;
    /// The text is made once, when the value is serialized.
    type Resolver = (String, StringResolver);

    fn resolve_with(_: &T, (text, resolver): Self::Resolver, out: Place<ArchivedString>) {
        ArchivedString::resolve_from_str(&text, resolver, out);
    }
}

impl<T: TextValue, S> SerializeWith<T, S> for AsText
where
    S: Fallible<Error: Source> + ?Sized,
    str: SerializeUnsized<S>,
{
    fn serialize_with(value: &T, serializer: &mut S) -> Result<Self::Resolver, S::Error> {
        let text = to_text(value).map_err(Source::new)?;
        let resolver = ArchivedString::serialize_from_str(&text, serializer)?;
        Ok((text, resolver))
    }
}

impl<T, D> DeserializeWith<ArchivedString, T, D> for AsText
where
    T: TextValue,
    D: Fallible<Error: Source> + ?Sized,
{
    fn deserialize_with(form: &ArchivedString, _: &mut D) -> Result<T, D::Error> {
        from_text(form).map_err(Source::new)
    }
}

impl<T: TextValue> Conversion<T> for AsText {
    fn shape() -> Shape {
        Shape::Standard(Standard::Text)
    }
}

impl<T: TextValue> RkyvConversion<T> for AsText {
    fn restore(form: &ArchivedString, source: &RkyvSource<'_>) -> Result<T, Damage> {
        source.verify_slice(form.as_bytes())?;
        Ok(from_text(form)?)
    }
}
