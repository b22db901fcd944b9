//! A value comes to mean something else, and rows are rewritten.

use super::{Shown, forgotten};
use rkyv::{Archive, Deserialize, Serialize};
use std::io::Write;
use storage::{Storage, StoredRecord};

mod before {
    use super::{Archive, Deserialize, Serialize, StoredRecord};
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "orders")]
    pub(super) struct Order {
        #[store(key)]
        pub id: u64,
        pub price: f64,
    }
}

mod without {
    use super::{Archive, Deserialize, Serialize, StoredRecord};
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "orders")]
    pub(super) struct Order {
        #[store(key)]
        pub id: u64,
        pub cents: i64,
    }
}

#[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders", from = OrderV1)]
struct Order {
    #[store(key)]
    id: u64,
    cents: i64,
}

/// The record as it was, under another name: what the message says to write.
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "orders", was = "Order")]
struct OrderV1 {
    #[store(key)]
    id: u64,
    price: f64,
}

impl From<OrderV1> for Order {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "no order costs as much"
    )]
    fn from(old: OrderV1) -> Self {
        Self { id: old.id, cents: (old.price * 100.0).round() as i64 }
    }
}

/// A conversion of one's own, which is run when an old row is read, and for good when the table is migrated.
pub(super) fn another_meaning(storage: &Storage, out: &mut dyn Write) -> Shown {
    before::Order::table(storage)?.put(&before::Order { id: 1, price: 9.95 })?;
    forgotten::<without::Order>(storage, out)?;

    let orders = Order::table(storage)?;
    let order = orders.load(1)?;
    writeln!(out, "read as {order:?}")?;
    assert_eq!(order, Some(Order { id: 1, cents: 995 }));

    writeln!(out, "{}", orders.evolution()?)?;
    let migrated = orders.migrate().run()?;
    writeln!(out, "rewritten: {}", migrated.rewritten)?;
    assert!(orders.evolution()?.is_settled());
    assert_eq!(orders.load(1)?, Some(Order { id: 1, cents: 995 }));
    Ok(())
}
