use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

/// A user.
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
pub struct User {
    #[store(key)]
    pub id: u64,
    pub name: String,
    pub(crate) r#type: Option<u8>,
    #[store(opaque = "secret-v1")]
    #[rkyv(with = rkyv::with::AsBox)]
    secret: String,
}
