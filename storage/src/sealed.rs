//! What seals a trait: nobody outside this crate can implement it.

/// Implemented by types of this crate only.
#[expect(unnameable_types, reason = "what has no name outside cannot be implemented there")]
pub trait Sealed {}

/// As [`Sealed`], for [`Opens`](crate::record::Opens) alone: whatever points to a place is one, also a type of somebody
/// else, and that must not open the traits that [`Sealed`] closes.
///
/// ```compile_fail,E0277
/// struct Mine(storage::Storage);
///
/// impl std::ops::Deref for Mine {
///     type Target = storage::Storage;
///     fn deref(&self) -> &storage::Storage {
///         &self.0
///     }
/// }
///
/// impl storage::table::Access for Mine {}
/// ```
#[expect(unnameable_types, reason = "what has no name outside cannot be implemented there")]
pub trait SealedPlace {}
