use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders", from = OrderV1)]
struct Order {
    #[store(key)]
    id: u64,
    cents: i64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders", was = "Order")]
struct OrderV1 {
    #[store(key)]
    id: u64,
    price: f64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders", from = NoRecord)]
struct OfNoRecord {
    #[store(key)]
    id: u64,
}

struct NoRecord;

fn main() {}
