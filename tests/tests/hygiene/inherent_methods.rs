//! Inherent methods are called as those of the traits are, and do something else.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

/// What each of the methods would give.
pub struct Wrong;

macro_rules! wrong {
    ($ty:ty: $($method:ident)*) => {
        #[allow(dead_code, reason = "nobody should call them")]
        impl $ty {
            $(fn $method(&self) -> Wrong {
                Wrong
            })*
        }
    };
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_slot", fields(slot, name)))]
struct User {
    #[store(key)]
    slot: Slot,
    #[store(index)]
    name: String,
}
wrong!(User: encode_key encode key table shape view describe clone fmt fields indexes schema own);

#[derive(Debug, Archive, Serialize, Deserialize, storage::StoredType, storage::StoredKey)]
struct Slot {
    room: Room,
    hour: u8,
}
wrong!(Slot: encode encode_slice describe decode from_ref for_each_key shape own);

#[derive(Debug, Archive, Serialize, Deserialize, storage::StoredType, storage::StoredKey)]
enum Room {
    Small,
    Large,
}
wrong!(Room: encode describe decode from_ref for_each_key shape own eq);

#[test]
fn works() {
    for room in [Room::Small, Room::Large] {
        crate::keep(&User { slot: Slot { room, hour: 9 }, name: "Ada".to_owned() });
    }
    let slot = |hour| Slot { room: Room::Small, hour };
    crate::is_key(&slot(1), &slot(2));
}
