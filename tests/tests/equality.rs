//! What is equal: to `compare_and_set`, which finds a record again that was loaded a moment ago, in whatever order its
//! maps keep their elements; to filters, and to keys.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::box_collection, reason = "a box is compared as what is in it")]

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    thread,
};
use storage::{Storage, StoredRecord, StoredType, Table, record::EqFields};
use with_names_of_std::Homonym;

type Tags = HashMap<String, HashSet<u16>>;

/// No record, and no type nested in one, needs `PartialEq` for its maps' sake; only what a field names does.
#[derive(Clone, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "carts")]
struct Cart {
    #[store(key)]
    id: u64,
    tags: Tags,
    nested: Vec<Option<Shelf>>,
    #[store(opaque = "items-v1")]
    items: HashMap<String, u32>,
    boxed: Option<Box<HashSet<String>>>,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
struct Shelf {
    books: HashMap<u32, String>,
}

/// Its second field is of a type that cannot be compared, which no other verb asks for.
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "secrets")]
struct Secret {
    #[store(key)]
    id: u64,
    word: Word,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Word(u32);

/// The derive knows types by their names only, so a name of the standard library's may be a type that is not compared.
mod with_names_of_std {
    use super::{Archive, Deserialize, Serialize, StoredRecord, StoredType};

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Option<T> {
        pub(crate) inner: T,
    }

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "homonyms")]
    pub(crate) struct Homonym {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) part: Option<u8>,
    }
}

/// More fields than a tuple of the standard library that is compared.
#[derive(Clone, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "wide")]
#[rustfmt::skip]
struct Wide {
    #[store(key)] id: u64,
    f1: u8, f2: u8, f3: u8, f4: u8, f5: u8, f6: u8, f7: u8, f8: u8, f9: u8, f10: u8, f11: u8, f12: u8, f13: u8,
}

#[derive(Clone, Copy, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "readings")]
struct Reading {
    #[store(key)]
    id: u64,
    #[store(index)]
    value: f64,
}

#[derive(Clone, Copy, StoredRecord)]
#[store(codec = "flatbuffers", table = "levels")]
struct Level {
    #[store(key)]
    id: u64,
    #[store(index)]
    value: f64,
}

fn words(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|n| format!("{}{n}", "word".repeat(n % 4)))
}

/// A cart whose maps have `count` elements each.
fn cart(count: usize) -> Cart {
    Cart {
        id: 7,
        tags: words(count).map(|word| (word, (0..30).collect())).collect(),
        nested: vec![None, Some(Shelf { books: (0..).zip(words(count)).collect() })],
        items: words(count).zip(0..).collect(),
        boxed: Some(Box::new(words(count).collect())),
    }
}

#[test]
fn a_record_with_maps_is_found_equal_however_they_keep_their_elements() {
    let storage = Storage::in_memory().unwrap();
    let carts = Cart::table(&storage).unwrap();
    for count in [0, 1, 2, 20, 100] {
        carts.put(&cart(count)).unwrap();
        for _ in 0..10 {
            let loaded = carts.load(7).unwrap().unwrap();
            assert!(carts.compare_and_set(&loaded, &loaded).unwrap(), "{count} elements");
            assert!(carts.compare_and_set(&cart(count), &cart(count)).unwrap(), "{count} elements");
        }
    }
}

#[test]
fn a_difference_in_any_field_is_found() {
    let storage = Storage::in_memory().unwrap();
    let carts = Cart::table(&storage).unwrap();
    let same = cart(20);
    carts.put(&same).unwrap();
    let changes: [fn(&mut Cart); 6] = [
        |cart| cart.id += 1,
        |cart| assert!(cart.tags.get_mut("0").unwrap().remove(&29)),
        |cart| drop(cart.nested.pop()),
        |cart| cart.nested[1] = Some(Shelf { books: words(20).map(|word| (1, word)).collect() }),
        |cart| *cart.items.get_mut("0").unwrap() += 1,
        |cart| cart.boxed = None,
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut other = same.clone();
        change(&mut other);
        assert!(!carts.compare_and_set(&other, &same).unwrap(), "change {number}");
    }
    storage
        .write(|txn| {
            let carts = txn.table::<Cart>()?;
            assert!(carts.compare_and_set(&same, &cart(19))?);
            assert!(!carts.compare_and_set(&same, &cart(18))?);
            carts.compare_and_set(&cart(19), &same)
        })
        .unwrap();
    assert_eq!(carts.load(7).unwrap().unwrap().items, same.items);
}

/// The usual loop of those who change what others change, too.
#[test]
fn no_change_is_lost_and_the_loop_ends() {
    let storage = Storage::in_memory().unwrap();
    let carts = Cart::table(&storage).unwrap();
    carts.put(&cart(20)).unwrap();
    let before = carts.load(7).unwrap().unwrap().items["0"];
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..25).for_each(|_| increment(&carts)));
        }
    });
    assert_eq!(carts.load(7).unwrap().unwrap().items["0"], before + 100);
}

fn increment(carts: &Table<Cart>) {
    for _ in 0..1000 {
        let old = carts.load(7).unwrap().unwrap();
        let mut new = old.clone();
        *new.items.get_mut("0").unwrap() += 1;
        if carts.compare_and_set(&old, &new).unwrap() {
            return;
        }
    }
    panic!("others cannot have come between 1,000 times");
}

/// The rules for floats, which the documentation states: `make` makes a record of one.
fn floats<R>(make: impl Fn(f64) -> R)
where
    R: StoredRecord<Key = u64> + for<'a> EqFields<'a>,
{
    let storage = Storage::in_memory().unwrap();
    let table = R::table(&storage).unwrap();
    let is_equal = |stored: f64, expected: f64| {
        table.put(&make(stored)).unwrap();
        table.compare_and_set(&make(expected), &make(stored)).unwrap()
    };
    let other_nan = f64::from_bits(f64::NAN.to_bits() ^ 1);
    assert!(is_equal(1.5, 1.5) && !is_equal(1.5, 2.5));
    assert!(is_equal(0.0, -0.0) && is_equal(-0.0, 0.0) && !is_equal(0.0, 1.0));
    assert!(is_equal(f64::NAN, f64::NAN), "equal bytes are equal");
    assert!(!is_equal(f64::NAN, other_nan) && !is_equal(f64::NAN, 0.0));
}

#[test]
fn floats_are_compared_by_their_bytes_and_then_as_numbers() {
    floats(|value| Reading { id: 1, value });
    floats(|value| Level { id: 1, value });
}

#[test]
fn a_record_that_cannot_be_compared_is_a_record() {
    let storage = Storage::in_memory().unwrap();
    let secrets = Secret::table(&storage).unwrap();
    secrets.put(&Secret { id: 1, word: Word(2) }).unwrap();
    secrets.update(1, |secret| secret.word.0 += 1).unwrap();
    assert_eq!(secrets.load(1).unwrap().map(|secret| secret.word.0), Some(3));

    let homonyms = Homonym::table(&storage).unwrap();
    homonyms.put(&Homonym { id: 1, part: with_names_of_std::Option { inner: 3 } }).unwrap();
    assert_eq!(homonyms.load(1).unwrap().map(|homonym| homonym.part.inner), Some(3));
}

#[test]
fn every_field_of_a_wide_record_is_compared() {
    #[rustfmt::skip]
    let same = Wide {
        id: 1, f1: 0, f2: 0, f3: 0, f4: 0, f5: 0, f6: 0, f7: 0, f8: 0, f9: 0, f10: 0, f11: 0, f12: 0, f13: 0,
    };
    let storage = Storage::in_memory().unwrap();
    let wide = Wide::table(&storage).unwrap();
    wide.put(&same).unwrap();
    let changes: [fn(&mut Wide); 4] =
        [|wide| wide.f1 = 1, |wide| wide.f11 = 1, |wide| wide.f12 = 1, |wide| wide.f13 = 1];
    for (number, change) in changes.iter().enumerate() {
        let mut other = same.clone();
        change(&mut other);
        assert!(!wide.compare_and_set(&other, &same).unwrap(), "change {number}");
    }
    assert!(wide.compare_and_set(&same, &same).unwrap());
}

/// What the documentation of `eq`, of `By::get_all` and of the keys says of floats, for one codec.
macro_rules! filters_and_keys {
    ($record:ident) => {{
        let storage = Storage::in_memory().unwrap();
        let table = $record::table(&storage).unwrap();
        let values = [-0.0, 0.0, 1.0, f64::NAN, -f64::NAN];
        table.put_stream((0..).zip(values).map(|(id, value)| $record { id, value })).unwrap();
        let field = $record::FIELDS.value;
        let filtered = |count: storage::Result<u64>| count.unwrap();
        let by = table.by($record::INDEXES.value);
        for zero in [0.0, -0.0] {
            assert_eq!(filtered(table.iter().unwrap().filter(field.eq(zero)).count()), 2);
            assert_eq!(filtered(table.iter().unwrap().filter(field.ge(zero)).count()), 3);
            assert_eq!(filtered(table.iter().unwrap().filter(field.ne(zero)).count()), 3);
            assert_eq!(by.count(zero).unwrap(), 1);
            assert_eq!(by.get_all(zero).unwrap().count().unwrap(), 1);
        }
        assert_eq!(by.range(-0.0..=0.0).unwrap().count().unwrap(), 2);
        assert_eq!(by.range(0.0..=f64::INFINITY).unwrap().count().unwrap(), 2);
        for nan in [f64::NAN, -f64::NAN] {
            assert_eq!(filtered(table.iter().unwrap().filter(field.eq(nan)).count()), 0);
            assert_eq!(by.count(nan).unwrap(), 1);
        }
    }};
}

#[test]
fn filters_compare_numbers_and_indexes_compare_bytes() {
    filters_and_keys!(Reading);
    filters_and_keys!(Level);
}

#[test]
fn a_float_is_found_by_its_bytes() {
    let storage = Storage::in_memory().unwrap();
    let table = storage.new_rkyv_table::<f64, u8>("floats");
    table.put_stream([(-0.0, 1), (0.0, 2), (f64::NAN, 3)]).unwrap();
    let found = [-0.0, 0.0, f64::NAN, -f64::NAN].map(|key| table.load(key).unwrap());
    assert_eq!(found, [Some(1), Some(2), Some(3), None]);
    assert_eq!(table.range(-0.0..=0.0).unwrap().count().unwrap(), 2);
}
