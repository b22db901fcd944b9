//! A record whose meaning changes from release to release, in both codecs.

/// The releases of the program, with the codec `$codec` and the derives it asks for.
macro_rules! releases {
    ($codec:literal, [$($derive:ident),*]) => {
        /// The first: a price in euros.
        pub(crate) mod first {
            use super::*;

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "orders")]
            pub(crate) struct Order {
                #[store(key)]
                pub(crate) id: u64,
                #[store(unique)]
                pub(crate) title: String,
                pub(crate) price: f64,
            }
        }

        /// The second: in cents. What it keeps of the first has a field more than rows of that have.
        pub(crate) mod second {
            use super::*;

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "orders", from = OrderV1)]
            pub(crate) struct Order {
                #[store(key)]
                pub(crate) id: u64,
                #[store(unique)]
                pub(crate) title: String,
                #[store(index)]
                pub(crate) cents: i64,
                pub(crate) note: Option<String>,
            }

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "orders", was = "Order")]
            pub(crate) struct OrderV1 {
                #[store(key)]
                id: u64,
                title: String,
                price: f64,
                note: Option<String>,
            }

            impl From<OrderV1> for Order {
                fn from(old: OrderV1) -> Self {
                    let OrderV1 { id, title, price, note } = old;
                    Self { id, title, cents: cents(price), note }
                }
            }
        }

        /// The third: with a currency, and no order is negative any more.
        pub(crate) mod third {
            use super::*;

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "orders", try_from = OrderV2)]
            #[store(index(name = "dear", fields(title), if = is_dear))]
            pub(crate) struct Order {
                #[store(key)]
                pub(crate) id: u64,
                #[store(unique)]
                pub(crate) title: String,
                pub(crate) sum: Sum,
                #[store(index)]
                pub(crate) level: u8,
                pub(crate) note: Option<String>,
            }

            thread_local!(static CONVERTED: Cell<u64> = const { Cell::new(0) });

            /// How many rows this thread has converted.
            pub(crate) fn converted() -> u64 {
                CONVERTED.get()
            }

            fn is_dear(order: &Order) -> bool {
                order.sum.cents >= 100
            }

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredType)]
            #[store(codec = $codec)]
            pub(crate) struct Sum {
                pub(crate) cents: u64,
                pub(crate) currency: String,
            }

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "orders", was = "Order", from = OrderV1)]
            pub(crate) struct OrderV2 {
                #[store(key)]
                id: u64,
                title: String,
                cents: i64,
                note: Option<String>,
            }

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "orders", was = "Order")]
            pub(crate) struct OrderV1 {
                #[store(key)]
                id: u64,
                title: String,
                price: f64,
            }

            impl From<OrderV1> for OrderV2 {
                fn from(old: OrderV1) -> Self {
                    let OrderV1 { id, title, price } = old;
                    Self { id, title, cents: cents(price), note: None }
                }
            }

            impl TryFrom<OrderV2> for Order {
                type Error = String;

                fn try_from(old: OrderV2) -> Result<Self, String> {
                    CONVERTED.set(CONVERTED.get() + 1);
                    let OrderV2 { id, title, cents, note } = old;
                    let cents = u64::try_from(cents).map_err(|_| format!("{cents} cents"))?;
                    let level = u8::try_from(cents / 100 % 100).unwrap_or_default();
                    let sum = Sum { cents, currency: "EUR".to_owned() };
                    Ok(Self { id, title, sum, level, note })
                }
            }
        }
    };
}

#[expect(clippy::cast_possible_truncation, reason = "the prices of these tests are small")]
fn cents(euros: f64) -> i64 {
    (euros * 100.0).round() as i64
}

pub(crate) mod archives {
    use super::cents;
    use rkyv::{Archive, Deserialize, Serialize};
    use std::cell::Cell;
    use storage::{StoredRecord, StoredType};

    releases!("rkyv", [Archive, Serialize, Deserialize]);
}

pub(crate) mod flat {
    use super::cents;
    use std::cell::Cell;
    use storage::{StoredRecord, StoredType};

    releases!("flatbuffers", []);
}
