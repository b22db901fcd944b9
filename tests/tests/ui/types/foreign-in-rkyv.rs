use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

mod chrono {
    #[derive(storage::rkyv::Archive, storage::rkyv::Serialize, storage::rkyv::Deserialize)]
    pub struct DateTime<Z>(pub Z);
    #[derive(storage::rkyv::Archive, storage::rkyv::Serialize, storage::rkyv::Deserialize)]
    pub struct Utc;
}

mod semver {
    #[derive(storage::rkyv::Archive, storage::rkyv::Serialize, storage::rkyv::Deserialize)]
    pub struct Version;
}

mod serde_json {
    #[derive(storage::rkyv::Archive, storage::rkyv::Serialize, storage::rkyv::Deserialize)]
    pub struct Value;
}

use chrono::{DateTime, Utc};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "posts")]
struct Post {
    #[store(key)]
    id: u64,
    made: DateTime<Utc>,
    changed: Option<chrono::DateTime<chrono::Utc>>,
    version: semver::Version,
    others: Option<Vec<semver::Version>>,
    body: Option<serde_json::Value>,
    parts: Vec<serde_json::Value>,
}

fn main() {}
