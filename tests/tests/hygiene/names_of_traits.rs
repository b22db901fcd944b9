//! Traits of the user are called as ours and the standard ones are.

pub trait StoredRecord {}
pub trait StoredType {}
pub trait HasField {}
pub trait FieldSet {}
pub trait IndexSet {}
pub trait Indexed {}
pub trait Lookup {}
pub trait Clone {}
pub trait Copy {}
pub trait Debug {}
pub trait FnMut {}
pub trait Archive {}

#[derive(::rkyv::Archive, ::rkyv::Serialize, ::rkyv::Deserialize, ::storage::StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(unique)]
    slot: Slot,
}

#[derive(
    ::core::fmt::Debug,
    ::rkyv::Archive,
    ::rkyv::Serialize,
    ::rkyv::Deserialize,
    ::storage::StoredType,
    ::storage::StoredKey,
)]
struct Slot {
    room: u8,
    hour: u8,
}

#[test]
fn works() {
    crate::keep(&User { id: 7, slot: Slot { room: 1, hour: 2 } });
}
