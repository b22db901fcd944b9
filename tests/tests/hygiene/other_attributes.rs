//! Documentation, deprecation and other attributes stand on everything.

#![deny(deprecated, unused_attributes)]

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

/// A user,
#[doc = " of whom we know little."]
#[doc(alias = "person")]
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[must_use]
#[store(codec = "rkyv", table = "users")]
#[non_exhaustive]
#[repr(C)]
pub struct User {
    /// Its number.
    #[doc(hidden)]
    #[store(key)]
    #[allow(unused, reason = "an attribute")]
    pub id: u64,
    /** Its name. */
    #[store(index)]
    pub name: String,
    pub kind: Kind,
}

#[doc = concat!("A ", "kind.")]
#[derive(Debug, Archive, Serialize, Deserialize, storage::StoredType, storage::StoredKey)]
#[repr(u8)]
#[non_exhaustive]
pub enum Kind {
    /// Plain.
    #[doc(hidden)]
    Plain,
    #[doc(alias = "special")]
    Other,
}

#[test]
fn works() {
    for kind in [Kind::Plain, Kind::Other] {
        crate::keep(&User { id: 7, name: "Ada".to_owned(), kind });
    }
}
