//! `Uuid`, in the order of its bytes: version 7 by the time it was made.
//!
//! ```text
//! Uuid   the bytes   16 bytes
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place, integer::fixed_width};
use crate::{
    error::KeyError,
    schema::{Shape, Standard},
};
use uuid::Uuid;

fixed_width! {
    Uuid, Shape::Standard(Standard::Uuid), Uuid::into_bytes, |b| Ok(Uuid::from_bytes(b));
}
