use crate::vault;
use vault::rkyv::{Archive, Deserialize, Serialize};

#[derive(Archive, Serialize, Deserialize, vault::StoredRecord)]
#[store(codec = "rkyv", table = "users", crate = "crate::vault")]
#[rkyv(crate = vault::rkyv)]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: String,
    home: Home,
}

#[derive(Archive, Serialize, Deserialize, vault::StoredType)]
#[store(codec = "rkyv", crate = "crate::vault")]
#[rkyv(crate = vault::rkyv)]
struct Home {
    town: Town,
}

#[derive(Debug, Archive, Serialize, Deserialize, vault::StoredType, vault::StoredKey)]
#[store(crate = "crate::vault")]
#[rkyv(crate = vault::rkyv)]
enum Town {
    Ely,
    Bath,
}
