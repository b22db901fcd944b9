use rkyv::{Archive, Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::StoredRecord;

mod chrono {
    #[derive(storage::rkyv::Archive, storage::rkyv::Serialize, storage::rkyv::Deserialize)]
    pub struct NaiveDate;
}

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
    // The key is known to every codec, the value is not.
    seen: BTreeMap<uuid::Uuid, chrono::NaiveDate>,
}

fn main() {}
