//! Conversions that fail, and older types that cannot be.

use storage::{
    Storage, StorageError, StoredRecord,
    error::{Blame, DecodeError},
};

/// The tests of one codec.
macro_rules! refused {
    ($codec:ident, $name:literal, $other:literal, [$($derive:ident),*], [$($other_derive:ident),*]) => {
        mod $codec {
            use super::*;
            use crate::releases::$codec::{first, third};
            #[allow(unused_imports, reason = "not every codec derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};

            #[derive(Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "orders", from = OrderV1)]
            struct Order {
                #[store(key)]
                id: u64,
                title: String,
                #[store(index)]
                cents: i64,
            }

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $name, table = "orders", was = "Order")]
            struct OrderV1 {
                #[store(key)]
                id: u64,
                title: String,
                price: f64,
            }

            impl From<OrderV1> for Order {
                fn from(old: OrderV1) -> Self {
                    assert!(old.price < 1000.0, "an order of {} euros", old.price);
                    let id = if old.price < 0.0 { old.id + 1 } else { old.id };
                    Self { id, title: old.title, cents: 1 }
                }
            }

            /// In the other codec.
            #[derive(Debug, PartialEq, $($other_derive,)* StoredRecord)]
            #[store(codec = $other, table = "orders", from = OrderV1)]
            struct Recoded {
                #[store(key)]
                id: u64,
                title: String,
            }

            impl From<OrderV1> for Recoded {
                fn from(OrderV1 { id, title, .. }: OrderV1) -> Self {
                    Self { id, title }
                }
            }

            /// Of a layout that no row has.
            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $name, table = "orders", was = "Order")]
            struct Wrong {
                #[store(key)]
                id: u64,
                title: String,
                price: i64,
            }

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $name, table = "orders", was = "Order", from = Wrong)]
            struct OfWrong {
                #[store(key)]
                id: u64,
                title: String,
                price: String,
            }

            impl From<Wrong> for OfWrong {
                fn from(Wrong { id, title, price }: Wrong) -> Self {
                    Self { id, title, price: price.to_string() }
                }
            }

            #[derive($($other_derive,)* StoredRecord)]
            #[store(codec = $other, table = "orders", was = "Order")]
            struct Uncoded {
                #[store(key)]
                id: u64,
                title: String,
            }

            fn written(prices: &[f64]) -> Storage {
                let storage = Storage::in_memory().unwrap();
                let order = |(id, price): (u64, &f64)| {
                    first::Order { id, title: id.to_string(), price: *price }
                };
                first::Order::table(&storage).unwrap().put_stream((0..).zip(prices).map(order)).unwrap();
                storage
            }

            #[test]
            fn a_key_that_comes_out_otherwise_is_told_with_both() {
                let storage = written(&[1.0, -1.0]);
                let orders = Order::table(&storage).unwrap();
                assert_eq!(orders.load(0).unwrap(), Some(Order { id: 0, title: "0".into(), cents: 1 }));
                let error = orders.load(1).unwrap_err();
                assert_eq!(
                    error.to_string(),
                    "table `orders`, key 1: the `Order` that is made of it has the key 2; a conversion keeps the key"
                );
                assert_eq!(error.blame(), Blame::Misuse);
                assert!(orders.update(1, |_| ()).is_err());
                // The index that cannot be built says which row stands in the way.
                let by = orders.by(Order::INDEXES.cents).get_all(1).map(drop).unwrap_err();
                assert!(by.to_string().contains("has the key 2"), "{by}");
                assert!(storage.check().unwrap().is_sound());
            }

            #[test]
            fn a_refusal_is_told_with_the_words_of_the_user() {
                let storage = written(&[1.0, -1.0]);
                let orders = third::Order::table(&storage).unwrap();
                assert!(orders.load(0).unwrap().is_some());
                let expected = "table `orders`, key 1: it is of type `OrderV2`, and no `Order` can be made of it: \
                                -100 cents; correct the conversion, or the row with the program that wrote it";
                let f = third::Order::FIELDS;
                let errors = [
                    orders.load(1).map(drop).unwrap_err(),
                    orders.get(1, |_| ()).map(drop).unwrap_err(),
                    orders.view(1).map(drop).unwrap_err(),
                    orders.project(1, f.title).map(drop).unwrap_err(),
                    orders.update(1, |_| ()).map(drop).unwrap_err(),
                    orders.scan(|_| Some(())).map(drop).unwrap_err(),
                    orders.par_scan(|_| Some(())).map(drop).unwrap_err(),
                    orders.iter().unwrap().filter(f.level.eq(1)).count().map(drop).unwrap_err(),
                ];
                for error in errors {
                    assert_eq!(error.to_string(), expected);
                    let StorageError::Decode(error) = error else { panic!("{error:?}") };
                    assert_eq!((error.table(), error.key()), (Some("orders"), Some("1")));
                    assert!(matches!(error.reason(), DecodeError::NotConverted { .. }));
                }
                // The row is there, and what is written over it needs nothing of it.
                assert!(orders.contains(1).unwrap());
                assert!(orders.delete(0).unwrap());
            }

            /// It is an error of that row, and of no other.
            #[test]
            fn a_panic_is_told_with_its_words() {
                let storage = written(&[1.0, 2000.0, 2.0]);
                let orders = Order::table(&storage).unwrap();
                let expected = "table `orders`, key 1: it is of type `OrderV1`, and its conversion to `Order` panics: \
                                an order of 2000 euros; correct the conversion, or the row with the program that \
                                wrote it";
                let errors = [
                    orders.load(1).map(drop).unwrap_err(),
                    orders.get(1, |_| ()).map(drop).unwrap_err(),
                    orders.update(1, |_| ()).map(drop).unwrap_err(),
                    orders.scan(|_| Some(())).map(drop).unwrap_err(),
                    orders.migrate().run().map(drop).unwrap_err(),
                ];
                for error in errors {
                    assert_eq!(error.to_string(), expected);
                    assert_eq!(error.blame(), Blame::Misuse);
                }
                let dry = orders.migrate().dry_run().unwrap();
                assert_eq!(dry.failures.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
                // The index that cannot be built says which row stands in the way.
                let by = orders.by(Order::INDEXES.cents).get_all(1).map(drop).unwrap_err();
                assert!(by.to_string().contains(expected), "{by}");
                assert!(orders.load(2).unwrap().is_some());
                // Without it, all is well.
                assert!(orders.delete(1).unwrap());
                let orders = Order::table(&storage).unwrap();
                assert_eq!(orders.by(Order::INDEXES.cents).count(1).unwrap(), 2);
                orders.migrate().run().unwrap();
                assert!(storage.check().unwrap().is_sound());
            }

            #[test]
            fn the_codec_may_change() {
                let storage = written(&[1.0, 2.0]);
                let orders = Recoded::table(&storage).unwrap();
                let recoded = |id: u64| Recoded { id, title: id.to_string() };
                assert_eq!(orders.load(1).unwrap(), Some(recoded(1)));
                orders.put(&recoded(7)).unwrap();
                let all: Vec<_> = orders.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect();
                assert_eq!(all, [recoded(0), recoded(1), recoded(7)]);
                assert!(storage.check().unwrap().is_sound());
            }

            #[test]
            fn what_is_of_no_type_is_told_of_each() {
                let storage = written(&[1.0]);
                let error = OfWrong::table(&storage).map(drop).unwrap_err().to_string();
                let (own, older) = error.split_once("\nnor are they rows of `Wrong`:\n").unwrap();
                assert!(own.contains("field price is `f64") && own.contains("`string"), "{own}");
                assert!(older.contains("field price is `f64") && older.contains("`i64"), "{older}");
                let offer = "converted? #[store(from = OrderV1)] on `OfWrong` in place of `Wrong`, which is made of \
                             the struct that the file has:";
                assert!(older.contains(offer), "{older}");
                assert!(older.contains("was = \"Order\", from = Wrong)"), "{older}");
                // What is of another codec is told the way, too.
                let error = Uncoded::table(&storage).map(drop).unwrap_err().to_string();
                assert!(error.contains("\nconverted? #[store(from = OrderV1)] on `Uncoded`"), "{error}");
                assert!(error.contains("the codec decides what every byte means"), "{error}");
            }
        }
    };
}

refused!(archives, "rkyv", "flatbuffers", [Archive, Serialize, Deserialize], []);
refused!(flat, "flatbuffers", "rkyv", [], [Archive, Serialize, Deserialize]);

/// Types that are made of one another, and one whose key is another.
mod shapes {
    use storage::StoredRecord;

    macro_rules! made_of {
        ($(($name:ident, $key:ty, $older:ident)),*) => {$(
            #[derive(StoredRecord)]
            #[store(codec = "flatbuffers", table = "orders", from = $older)]
            pub(crate) struct $name {
                #[store(key)]
                id: $key,
            }

            impl From<$older> for $name {
                fn from(old: $older) -> Self {
                    Self { id: old.id.into() }
                }
            }
        )*};
    }
    made_of!((One, u64, Two), (Two, u64, Three), (Three, u64, Two), (Wide, u64, Narrow));

    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "orders")]
    pub(crate) struct Narrow {
        #[store(key)]
        id: u32,
    }
}

#[test]
fn older_types_have_an_end_and_one_key() {
    let storage = Storage::in_memory().unwrap();
    let circle = |error: StorageError| {
        assert_eq!(error.blame(), Blame::Misuse);
        error.to_string()
    };
    assert_eq!(
        circle(shapes::One::table(&storage).map(drop).unwrap_err()),
        "the records `One` of table `orders` cannot be made of older types that are made of one another: `from` leads \
         to `Two` twice; remove it from the oldest"
    );
    assert!(shapes::Three::table(&storage).is_err());
    assert_eq!(
        circle(shapes::Wide::table(&storage).map(drop).unwrap_err()),
        "the records `Wide` of table `orders` cannot be made of `Narrow`, whose key is `u32` and not `u64`: the key \
         decides where a row lies; remove `from`, and write the rows under their new keys with \
         `storage.rekey(|old: Narrow| Ok(Wide::from(old))).run()?` before the table is opened"
    );
    assert!(storage.write(|txn| txn.table::<shapes::Two>().map(drop)).is_err());
}
