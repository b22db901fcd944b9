//! Types that are stored in the form of another type, whatever the codec: one file a family of types.
//!
//! ```text
//! keys          as the parts of their keys, such as (i64 seconds since 1970, u32 nanoseconds) of a moment
//! SystemTime    as a moment of another crate
//! Zoned         (a moment, the time zone as text)
//! Span          (i16, i32, i32, i32, i32, i64, i64, i64, i64, i64), years to nanoseconds
//! usize, isize  u64, i64; the same without zero
//! ArrayVec      a list
//! PathBuf, Cow  text
//! Reverse       what it turns around
//! ```

mod container;
mod itself;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod kept;
mod number;
mod system_time;
mod text;

use crate::schema::{Shape, Shapes};

/// A type that is stored as a `Form`.
#[diagnostic::on_unimplemented(
    message = "`AsStored` has no form for `{Self}`",
    label = "not a type that `AsStored` knows",
    note = "`storage::AsStored` lists the types that it is for; leave `#[rkyv(with = AsStored)]` out if rkyv's derives \
            are on `{Self}`"
)]
pub trait StoredAs: Sized + 'static {
    /// What is stored.
    type Form;

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

impl NoForm {
    /// Why.
    #[cfg(all(feature = "flatbuffers", feature = "jiff"))]
    pub(crate) const fn reason(self) -> &'static str {
        self.0
    }
}
