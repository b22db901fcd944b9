use semver::Version;
use storage::StoredRecord;

mod serde_json {
    pub struct Value;
}

macro_rules! bitflags {
    (struct $name:ident: $bits:ident {}) => {
        struct $name($bits);
    };
}

bitflags! {
    struct Perms: u32 {}
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "posts")]
struct Post {
    #[store(key)]
    id: u64,
    version: Option<Version>,
    needs: std::collections::BTreeMap<String, Version>,
    parts: Vec<serde_json::Value>,
    perms: Perms,
}

fn main() {}
