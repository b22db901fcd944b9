//! Orders: a key of two parts, a list of structs.

use crate::{
    History, Program,
    archives::{archive, history, programs, releases},
};

/// A count is never narrow again.
pub(crate) const ORDERS: History = history(programs!(Order: o0, o1, o2, o3, o4, o5, o6, o7, o8));

/// What a release has of the items.
macro_rules! item {
    ($code:ident $(, $price:ident)?) => {
        impl Fits<Vec<ItemModel>> for Vec<Item> {
            fn of(model: &Vec<ItemModel>) -> Self {
                let item = |item: &ItemModel| Item {
                    $code: item.code.clone(),
                    count: item.count.try_into().unwrap(),
                    $($price: item.price,)?
                };
                model.iter().map(item).collect()
            }

            #[allow(clippy::needless_update, reason = "a release may have all that the model has")]
            fn into_model(self) -> Vec<ItemModel> {
                let item = |item: Item| ItemModel {
                    code: item.$code,
                    count: item.count.into(),
                    $($price: item.price,)?
                    ..ItemModel::default()
                };
                self.into_iter().map(item).collect()
            }
        }
    };
}

releases! {
    // The first.
    o0 {
        archive! {
            #[store(codec = "rkyv", table = "orders")]
            #[store(index(name = "by_status", fields(status, day)))]
            Order of OrderModel {
                #[store(key)] customer: u64 = customer,
                #[store(key)] number: u32 = number,
                status: String = status,
                day: u32 = day,
                items: Vec<Item> = items,
                note: String = note,
            }
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub struct Item {
            sku: String,
            count: u16,
        }
        item! { sku }
    }
    // A count in a list is wider.
    o1 {
        archive! {
            #[store(codec = "rkyv", table = "orders", removed("total", "extra"))]
            #[store(index(name = "by_status", fields(status, day)))]
            Order of OrderModel {
                #[store(key)] customer: u64 = customer,
                #[store(key)] number: u32 = number,
                status: String = status,
                day: u32 = day,
                items: Vec<Item> = items,
                #[store(default)] note: String = note,
            }
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        #[store(removed("price"))]
        pub struct Item {
            #[store(was = "code")] sku: String,
            count: u32,
        }
        item! { sku }
    }
    // A field more in a list.
    o2 {
        archive! {
            #[store(codec = "rkyv", table = "orders", removed("total", "extra"))]
            #[store(index(name = "by_status", fields(status, day)))]
            Order of OrderModel {
                #[store(key)] customer: u64 = customer,
                #[store(key)] number: u32 = number,
                status: String = status,
                day: u32 = day,
                items: Vec<Item> = items,
                #[store(default)] note: String = note,
            }
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub struct Item {
            #[store(was = "code")] sku: String,
            count: u32,
            price: Option<u64>,
        }
        item! { sku, price }
    }
    // A field less.
    o3 {
        archive! {
            #[store(codec = "rkyv", table = "orders", removed("note", "total", "extra"))]
            #[store(index(name = "by_status", fields(status, day)))]
            Order of OrderModel {
                #[store(key)] customer: u64 = customer,
                #[store(key)] number: u32 = number,
                status: String = status,
                day: u32 = day,
                items: Vec<Item> = items,
            }
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub struct Item {
            #[store(was = "code")] sku: String,
            count: u32,
            price: Option<u64>,
        }
        item! { sku, price }
    }
    // A field more, with an index.
    o4 {
        archive! {
            #[store(codec = "rkyv", table = "orders", removed("note", "extra"))]
            #[store(index(name = "by_status", fields(status, day)))]
            Order of OrderModel {
                #[store(key)] customer: u64 = customer,
                #[store(key)] number: u32 = number,
                status: String = status,
                day: u32 = day,
                items: Vec<Item> = items,
                #[store(index)] total: Option<u64> = total,
            }
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub struct Item {
            #[store(was = "code")] sku: String,
            count: u32,
            price: Option<u64>,
        }
        item! { sku, price }
    }
    // An index more.
    o5 {
        archive! {
            #[store(codec = "rkyv", table = "orders", removed("note", "extra"))]
            #[store(index(name = "by_status", fields(status, day)))]
            Order of OrderModel {
                #[store(key)] customer: u64 = customer,
                #[store(key)] number: u32 = number,
                status: String = status,
                #[store(index)] day: u32 = day,
                items: Vec<Item> = items,
                #[store(index)] total: Option<u64> = total,
            }
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub struct Item {
            #[store(was = "code")] sku: String,
            count: u32,
            price: Option<u64>,
        }
        item! { sku, price }
    }
    // A map more.
    o6 {
        archive! {
            #[store(codec = "rkyv", table = "orders", removed("note"))]
            #[store(index(name = "by_status", fields(status, day)))]
            Order of OrderModel {
                #[store(key)] customer: u64 = customer,
                #[store(key)] number: u32 = number,
                status: String = status,
                #[store(index)] day: u32 = day,
                items: Vec<Item> = items,
                #[store(index)] total: Option<u64> = total,
                #[store(default)] extra: BTreeMap<String, String> = extra,
            }
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub struct Item {
            #[store(was = "code")] sku: String,
            count: u32,
            price: Option<u64>,
        }
        item! { sku, price }
    }
    // Another name in a list.
    o7 {
        archive! {
            #[store(codec = "rkyv", table = "orders", removed("note"))]
            #[store(index(name = "by_status", fields(status, day)))]
            Order of OrderModel {
                #[store(key)] customer: u64 = customer,
                #[store(key)] number: u32 = number,
                status: String = status,
                #[store(index)] day: u32 = day,
                items: Vec<Item> = items,
                #[store(index)] total: Option<u64> = total,
                #[store(default)] extra: BTreeMap<String, String> = extra,
            }
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub struct Item {
            #[store(was = "sku")] code: String,
            count: u32,
            price: Option<u64>,
        }
        item! { code, price }
    }
    // An index with its fields in another order.
    o8 {
        archive! {
            #[store(codec = "rkyv", table = "orders", removed("note"))]
            #[store(index(name = "by_status", fields(day, status)))]
            Order of OrderModel {
                #[store(key)] customer: u64 = customer,
                #[store(key)] number: u32 = number,
                status: String = status,
                #[store(index)] day: u32 = day,
                items: Vec<Item> = items,
                #[store(index)] total: Option<u64> = total,
                #[store(default)] extra: BTreeMap<String, String> = extra,
            }
        }
        #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
        pub struct Item {
            #[store(was = "sku")] code: String,
            count: u32,
            price: Option<u64>,
        }
        item! { code, price }
    }
}
