use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv")]
pub struct Position {
    pub latitude: f64,
    pub longitude: f64,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Meters(f64);

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Nothing;
