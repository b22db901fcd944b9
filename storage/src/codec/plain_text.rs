//! Values of any type with a text of its own, as that text.

use super::Conversion;
use crate::{
    error::Refusal,
    schema::{Shape, Standard},
};
use std::{
    fmt::{Display, Write as _},
    str::FromStr,
};

/// A type that is stored as its text: `AsText`, `#[store(text)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored as text",
    label = "it is not printed and parsed",
    note = "`{Self}` needs `Display` and `FromStr`, and an error of `FromStr` that is `Display`"
)]
pub trait TextValue: Display + FromStr<Err: Display> + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Display + FromStr<Err: Display> + 'static> TextValue for T {}

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

impl<T: TextValue> Conversion<T> for AsText {
    type By = Self;

    fn shape() -> Shape {
        Shape::Standard(Standard::Text)
    }
}

/// The text of `value`, which is parsed once to see that it can be.
pub(super) fn to_text<T: TextValue>(value: &T) -> Result<String, Refusal> {
    let mut text = String::new();
    // `to_string` would panic where a type's own code fails.
    write!(text, "{value}").map_err(|error| Refusal::stored::<T>(error.to_string()))?;
    from_text::<T>(&text).map_err(Refusal::before_it_is_written)?;
    Ok(text)
}

/// The value of this text.
pub(super) fn from_text<T: TextValue>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|error: T::Err| Refusal::restored::<T>(error.to_string()))
}
