//! Values of any type with a text of its own, as that text.

use crate::error::Refusal;
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
