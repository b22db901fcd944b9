//! What seals a trait: nobody outside this crate can implement it.

/// Implemented by types of this crate only.
pub trait Sealed {}
