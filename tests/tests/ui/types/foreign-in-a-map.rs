use rkyv::{Archive, Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::StoredRecord;

mod semver {
    #[derive(storage::rkyv::Archive, storage::rkyv::Serialize, storage::rkyv::Deserialize)]
    pub struct Version;
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "packages")]
struct Package {
    #[store(key)]
    id: u64,
    versions: BTreeMap<String, semver::Version>,
}

fn main() {}
