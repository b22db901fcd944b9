use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
enum Kind {
    Named(#[rkyv(with = rkyv::with::AsBox)] String),
}

fn main() {}
