use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders", from = Order)]
struct Order {
    #[store(key)]
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders", from = "OrderV1")]
struct Text {
    #[store(key)]
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders", from = Order, try_from = Text)]
struct Both {
    #[store(key)]
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders")]
struct Field {
    #[store(key, from = u32)]
    id: u64,
    #[store(try_from = u32)]
    cents: u64,
    #[store(table_was = "orders")]
    euros: u64,
}

fn main() {}
