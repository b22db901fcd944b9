use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "readings")]
struct Reading {
    #[store(key)]
    station: String,
    pm25: Option<f32>,
    #[store(key)]
    hour: u32,
}
