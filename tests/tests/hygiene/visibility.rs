//! Structs and fields are as visible as can be said.

#![deny(private_bounds, private_interfaces, unreachable_pub, unnameable_types)]

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

macro_rules! of_visibility {
    ($($vis:vis $name:ident $text:literal,)*) => {$(
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = $text)]
        #[store(index(name = "by_both", fields(name, age)))]
        $vis struct $name {
            #[store(key)]
            pub(self) id: u64,
            #[store(index)]
            pub(super) name: String,
            #[store(unique)]
            pub(crate) age: u8,
            pub(in crate::visibility) home: u8,
            seen: u8,
        }
    )*};
}
of_visibility! {
    Private "private",
    pub(self) OfSelf "self",
    pub(super) OfSuper "super",
    pub(in crate::visibility) OfPath "path",
    pub(crate) OfCrate "crate",
}

#[test]
fn works() {
    let (id, age, home, seen) = (1, 2, 3, 4);
    let name = || "Ada".to_owned();
    crate::keep(&Private { id, name: name(), age, home, seen });
    crate::keep(&OfSelf { id, name: name(), age, home, seen });
    crate::keep(&OfSuper { id, name: name(), age, home, seen });
    crate::keep(&OfPath { id, name: name(), age, home, seen });
    crate::keep(&OfCrate { id, name: name(), age, home, seen });
}
