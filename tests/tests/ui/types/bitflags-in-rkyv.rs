use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

macro_rules! bitflags {
    ($(#[$attr:meta])* struct $name:ident: $bits:ident {}) => {
        $(#[$attr])*
        struct $name($bits);
    };
}

bitflags! {
    #[derive(Archive, Serialize, Deserialize)]
    struct Perms: u32 {}
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "members")]
struct Member {
    #[store(key)]
    id: u64,
    perms: Perms,
}

fn main() {}
