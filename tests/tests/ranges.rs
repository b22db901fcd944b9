//! Ranges, prefixes, pages and iterators over a table: what they hold, in which order, and of which state.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    fmt::Debug,
    ops::Bound::{self, Excluded, Included, Unbounded},
    ops::RangeBounds,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};
use storage::{
    PageToken, Predicate, Rows, Storage, StorageError, StoredRecord, Table,
    error::PageTokenError,
    key::StartsWith,
    table::{Access, Autocommit},
};
use tests::Scratch;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "numbers")]
struct Number {
    #[store(key)]
    value: i32,
    #[store(index)]
    is_even: bool,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "places")]
struct Place {
    #[store(key)]
    country: String,
    #[store(key)]
    region: String,
    #[store(key)]
    number: i16,
}

fn numbers(storage: &Storage, values: impl IntoIterator<Item = i32>) -> Table<Number> {
    let table = Number::table(storage).unwrap();
    table.put_stream(values.into_iter().map(number)).unwrap();
    table
}

fn number(value: i32) -> Number {
    Number { value, is_even: value % 2 == 0 }
}

const PLACES: [(&str, &str, i16); 9] = [
    ("", "", 0),
    ("DE", "BE", -1),
    ("DE", "BE", 0),
    ("DE", "BY", 7),
    ("DE\0", "A", 1),
    ("DEU", "", i16::MIN),
    ("GB", "ENG", i16::MAX),
    ("GB", "ENGX", 0),
    ("é", "\u{10FFFF}", 0),
];

fn places(storage: &Storage) -> Table<Place> {
    let table = Place::table(storage).unwrap();
    let place = |(country, region, number): (&str, &str, i16)| Place {
        country: country.to_owned(),
        region: region.to_owned(),
        number,
    };
    // Not in the order of the keys.
    table.put_stream(PLACES.into_iter().rev().map(place)).unwrap();
    table
}

fn values<A: Access, F: Predicate<Number>>(rows: storage::Result<Rows<Number, A, F>>) -> Vec<i32> {
    rows.unwrap().select(Number::FIELDS.value).map(Result::unwrap).collect()
}

fn places_of<A: Access>(rows: storage::Result<Rows<Place, A>>) -> Vec<(String, String, i16)> {
    let fields = Place::FIELDS;
    let selected = rows.unwrap().select((fields.country, fields.region, fields.number));
    selected.map(Result::unwrap).collect()
}

/// Every pair of bounds of every pair of `keys`.
fn nine_pairs<K: Copy>(keys: &[K]) -> impl Iterator<Item = (Bound<K>, Bound<K>)> {
    let bounds: Vec<Bound<K>> =
        keys.iter().flat_map(|key| [Unbounded, Included(*key), Excluded(*key)]).collect();
    let all = bounds.clone();
    bounds
        .into_iter()
        .flat_map(move |lower| all.clone().into_iter().map(move |upper| (lower, upper)))
}

fn assert_same<T: PartialEq + Debug>(found: &[T], mut expected: Vec<T>, reverse: bool, what: &str) {
    if reverse {
        expected.reverse();
    }
    assert_eq!(found, expected, "{what}");
}

#[test]
fn all_nine_pairs_of_bounds_hold_what_they_say_on_numbers() {
    let present = [i32::MIN, -2, -1, 0, 1, 5, i32::MAX];
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, present);
    let asked = [i32::MIN, -3, -1, 0, 2, 5, i32::MAX];
    for range in nine_pairs(&asked) {
        let expected: Vec<i32> = present.into_iter().filter(|v| range.contains(v)).collect();
        let what = format!("{range:?}");
        assert_same(&values(table.range(range)), expected.clone(), false, &what);
        assert_same(&values(table.range(range).map(Rows::rev)), expected.clone(), true, &what);
        storage
            .write(|txn| {
                let table = txn.table::<Number>()?;
                assert_same(&values(table.range(range)), expected.clone(), false, &what);
                assert_same(&values(table.range(range).map(Rows::rev)), expected, true, &what);
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn all_nine_pairs_of_bounds_hold_what_they_say_on_composite_keys() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = places(&storage);
    let asked =
        [("", "", 0), ("DE", "BE", 0), ("DE", "BF", i16::MAX), ("DE\0", "", 0), ("z", "", 9)];
    for range in nine_pairs(&asked) {
        let expected = PLACES.into_iter().filter(|place| range.contains(place));
        let expected: Vec<_> = expected.map(|(c, r, n)| (c.to_owned(), r.to_owned(), n)).collect();
        let what = format!("{range:?}");
        assert_same(&places_of(table.range(range)), expected.clone(), false, &what);
        assert_same(&places_of(table.range(range).map(Rows::rev)), expected, true, &what);
    }
}

#[test]
fn a_range_that_ends_before_it_starts_is_empty() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..10);
    #[expect(clippy::reversed_empty_ranges, reason = "it is what is tested")]
    {
        assert_eq!(values(table.range(7..3)), [0; 0]);
        assert_eq!(values(table.range(7..=3)), [0; 0]);
        assert_eq!(values(table.range(7..3).map(Rows::rev)), [0; 0]);
        assert_eq!(table.delete_range(7..3).unwrap(), 0);
    }
    assert_eq!(values(table.range(3..3)), [0; 0]);
    assert_eq!(values(table.range(3..=3)), [3]);
    assert_eq!(values(table.range((Excluded(3), Excluded(3)))), [0; 0]);
    assert_eq!(values(table.range((Excluded(3), Included(3)))), [0; 0]);
    assert_eq!(values(table.range((Excluded(3), Excluded(4)))), [0; 0]);
    assert_eq!(table.len().unwrap(), 10);
}

#[test]
fn a_prefix_is_the_leading_parts_and_the_start_of_the_next() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = places(&storage);
    let numbers = |rows| places_of(rows).into_iter().map(|place| place.2).collect::<Vec<_>>();
    assert_eq!(numbers(table.prefix(("DE",))), [-1, 0, 7]);
    assert_eq!(numbers(table.prefix(("DE", "BE"))), [-1, 0]);
    assert_eq!(numbers(table.prefix(("DE", "BE", 0))), [0]);
    assert_eq!(numbers(table.prefix(("DE", "B"))), [0; 0]);
    assert_eq!(numbers(table.prefix(("DE", StartsWith("B")))), [-1, 0, 7]);
    assert_eq!(numbers(table.prefix((StartsWith("DE"),))), [-1, 0, 7, 1, i16::MIN]);
    assert_eq!(numbers(table.prefix((StartsWith(""),))).len(), PLACES.len());
    assert_eq!(numbers(table.prefix(("",))), [0]);
    assert_eq!(numbers(table.prefix(("GB", "ENG")).map(Rows::rev)), [i16::MAX]);
    assert_eq!(numbers(table.prefix(("FR",))), [0; 0]);
    assert_eq!(numbers(table.prefix((String::from("é"),))), [0]);
}

#[test]
fn a_limit_counts_what_the_filter_lets_through() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, -10..10);
    let even = Number::FIELDS.is_even.eq(true);
    let limited =
        |limit| values(table.range(-4..).map(|rows| rows.filter(even.clone()).limit(limit)));
    assert_eq!(limited(0), [0; 0]);
    assert_eq!(limited(1), [-4]);
    assert_eq!(limited(3), [-4, -2, 0]);
    assert_eq!(limited(u64::MAX), [-4, -2, 0, 2, 4, 6, 8]);
    let last = table.range(..5).map(|rows| rows.rev().filter(even.clone()).limit(2));
    assert_eq!(values(last), [4, 2]);
    // In any order.
    let last = table.range(..5).map(|rows| rows.limit(2).filter(even.clone()).rev());
    assert_eq!(values(last), [4, 2]);
    let narrow = Number::FIELDS.value.gt(0).and(Number::FIELDS.value.le(6));
    let both = table.iter().map(|rows| rows.filter(even.clone()).filter(narrow).rev());
    assert_eq!(values(both), [6, 4, 2]);
    assert_eq!(values(table.iter().map(|rows| rows.rev().rev().limit(1))), [-10]);
}

#[test]
fn first_and_last_are_the_ends() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, []);
    assert!(table.first().unwrap().is_none() && table.last().unwrap().is_none());
    assert_eq!(values(table.iter()), [0; 0]);
    let table = numbers(&storage, [5, -7, 300]);
    assert_eq!(table.first().unwrap().unwrap().load().unwrap(), number(-7));
    assert_eq!(table.last().unwrap().unwrap().load().unwrap(), number(300));
    table.delete(300).unwrap();
    assert_eq!(table.last().unwrap().unwrap().view().value, 5);
}

#[test]
fn rows_can_be_taken_from_both_ends() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..300);
    let take_all = |mut rows: Rows<Number, _>| {
        let mut found = Vec::new();
        while let Some(row) = rows.next() {
            found.push(row.unwrap().view().value.to_native());
            rows = rows.rev();
        }
        found
    };
    let expected: Vec<i32> = (0..150).flat_map(|n| [n, 299 - n]).collect();
    assert_eq!(take_all(table.iter().unwrap()), expected);
}

/// One page of two, and the token at its end.
fn page<A: Access>(rows: Rows<Number, A>) -> (Vec<i32>, Option<PageToken>) {
    let mut rows = rows.limit(2);
    let page = rows.by_ref().map(|row| row.unwrap().view().value.to_native()).collect();
    (page, rows.page_token())
}

#[test]
fn pages_neither_repeat_nor_miss_a_row_that_stays() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, [10, 20, 30, 40, 50, 60]);
    let (first, token) = page(table.iter().unwrap());
    assert_eq!(first, [10, 20]);
    // The row that the token names goes, rows before and behind it come.
    table.delete(20).unwrap();
    table.put_stream([5, 15, 25].map(number)).unwrap();
    let (second, token) = page(table.iter().unwrap().after(&token.unwrap()).unwrap());
    assert_eq!(second, [25, 30]);

    // The token survives as text, and the store is opened again.
    let text = token.unwrap().to_string();
    drop((table, storage));
    let storage = scratch.open();
    let table = Number::table(&storage).unwrap();
    let token: PageToken = text.parse().unwrap();
    let (third, token) = page(table.iter().unwrap().after(&token).unwrap());
    assert_eq!(third, [40, 50]);
    let token = PageToken::from_bytes(token.unwrap().as_bytes());
    let (fourth, token) = page(table.iter().unwrap().after(&token).unwrap());
    assert_eq!(fourth, [60]);
    // An empty page gives the token it began after: rows that come later are behind it.
    let (fifth, again) = page(table.iter().unwrap().after(token.as_ref().unwrap()).unwrap());
    assert_eq!((fifth, &again), (vec![], &token));
}

#[test]
fn pages_of_a_range_stay_in_it_and_run_backwards() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..10);
    let rows = || table.range(2..=6).unwrap().rev();
    let (first, token) = page(rows());
    let (second, token_2) = page(rows().after(&token.unwrap()).unwrap());
    let (third, token_3) = page(rows().after(&token_2.unwrap()).unwrap());
    assert_eq!((first, second, third), (vec![6, 5], vec![4, 3], vec![2]));
    let token_3 = token_3.unwrap();
    assert_eq!(page(rows().after(&token_3).unwrap()).0, [0; 0]);
}

#[test]
fn a_page_goes_on_behind_what_the_filter_held_back() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..9);
    let even = || table.iter().unwrap().filter(Number::FIELDS.is_even.eq(true)).limit(2);
    let mut first = even().select(Number::FIELDS.value);
    assert_eq!(first.by_ref().map(Result::unwrap).collect::<Vec<_>>(), [0, 2]);
    let token = first.page_token().unwrap();
    assert_eq!(values(Ok(even().after(&token).unwrap())), [4, 6]);
    assert_eq!(table.iter().unwrap().page_token(), None);
}

fn refusal<A: Access>(rows: Rows<Number, A>, token: &PageToken) -> PageTokenError {
    match rows.after(token).map(drop).unwrap_err() {
        StorageError::PageToken { source_name, reason, .. } => {
            let source_name = source_name.unwrap();
            assert!(source_name.starts_with("numbers"), "{source_name}");
            reason
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_token_of_another_scan_is_refused() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..9);
    let (_, token) = page(table.iter().unwrap());
    let token = token.unwrap();
    assert_eq!(refusal(table.iter().unwrap().rev(), &token), PageTokenError::Direction);
    let by_even = table.by(Number::INDEXES.is_even);
    assert_eq!(refusal(by_even.iter().unwrap(), &token), PageTokenError::Foreign);
    let (_, index_token) = page(by_even.iter().unwrap());
    assert_eq!(refusal(table.iter().unwrap(), &index_token.unwrap()), PageTokenError::Foreign);

    let places = places(&storage);
    let mut rows = places.iter().unwrap().limit(1);
    rows.by_ref().for_each(drop);
    assert_eq!(
        refusal(table.iter().unwrap(), &rows.page_token().unwrap()),
        PageTokenError::Foreign
    );
}

/// A scan that can be begun again and again.
type Scan<'s> = &'s dyn Fn() -> Rows<Number, Autocommit>;

#[test]
fn a_token_is_bound_to_its_prefix_and_range() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..9);
    let by_even = table.by(Number::INDEXES.is_even);
    // Each takes its own token and refuses that of every other, whichever reaches the farthest.
    let scans: [(&str, Scan<'_>); 9] = [
        ("all", &|| table.iter().unwrap()),
        ("from 2", &|| table.range(2..).unwrap()),
        ("from 3", &|| table.range(3..).unwrap()),
        ("2 to 6", &|| table.range(2..=6).unwrap()),
        ("2 to before 6", &|| table.range(2..6).unwrap()),
        ("up to 6", &|| table.range(..=6).unwrap()),
        ("all by index", &|| by_even.iter().unwrap()),
        ("even", &|| by_even.get_all(true).unwrap()),
        ("odd", &|| by_even.get_all(false).unwrap()),
    ];
    for (from, made_by) in scans {
        let token = page(made_by()).1.unwrap();
        for (to, given_to) in scans {
            if from == to {
                assert_eq!(values(Ok(given_to().after(&token).unwrap().limit(1))).len(), 1, "{to}");
            } else {
                assert_eq!(refusal(given_to(), &token), PageTokenError::Foreign, "{from}, {to}");
            }
        }
    }
}

#[test]
fn a_token_goes_on_with_another_filter_and_limit() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..9);
    let token = page(table.range(1..).unwrap()).1.unwrap();
    let odd = table.range(1..).unwrap().filter(Number::FIELDS.is_even.eq(false));
    assert_eq!(values(Ok(odd.after(&token).unwrap())), [3, 5, 7]);
}

#[test]
fn a_token_is_bound_to_its_prefix_of_a_composite_key() {
    let storage = Storage::in_memory().unwrap();
    let pairs = storage.new_rkyv_table::<(String, u32), u32>("pairs");
    for part in ["OPS", "QQQ"] {
        for number in 0..3 {
            pairs.put((part, number), &number).unwrap();
        }
    }
    let mut rows = pairs.prefix(("QQQ",)).unwrap().limit(1);
    rows.next().unwrap().unwrap();
    let token = rows.page_token().unwrap();
    let refused = |rows: storage::Result<Rows<_, _>>| rows.unwrap().after(&token).is_err();
    assert!(refused(pairs.prefix(("OPS",))) && refused(pairs.iter()));
    assert!(refused(pairs.range(("QQQ", 0)..)));
    assert_eq!(pairs.prefix(("QQQ",)).unwrap().after(&token).unwrap().count().unwrap(), 2);
    // Another type of values under the same keys changes nothing of what a token says.
    let other = Storage::in_memory().unwrap();
    let texts = other.new_rkyv_table::<(String, u32), String>("pairs");
    texts.put(("QQQ", 7), &"seven".to_owned()).unwrap();
    assert_eq!(texts.prefix(("QQQ",)).unwrap().after(&token).unwrap().count().unwrap(), 1);
}

#[test]
fn a_token_is_bound_to_its_table_and_to_the_type_of_its_keys() {
    let (storage, other) = (Storage::in_memory().unwrap(), Storage::in_memory().unwrap());
    let tables = [(&storage, "pairs"), (&storage, "others"), (&other, "pairs")];
    let [pairs, others, again] = tables.map(|(storage, name)| {
        let table = storage.new_rkyv_table::<u64, u8>(name);
        table.put_stream((0..3).map(|key| (key, 0))).unwrap();
        table
    });
    let mut rows = pairs.iter().unwrap().limit(1);
    rows.next().unwrap().unwrap();
    let token = rows.page_token().unwrap();
    assert_eq!(again.iter().unwrap().after(&token).unwrap().count().unwrap(), 2);
    assert!(others.iter().unwrap().after(&token).is_err());
    // The same bytes are the key of another number.
    other.drop_table("pairs").unwrap();
    let signed = other.new_rkyv_table::<i64, u8>("pairs");
    signed.put(7, &0).unwrap();
    assert!(signed.iter().unwrap().after(&token).is_err());
}

#[test]
fn a_damaged_token_is_refused() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..9);
    let (_, token) = page(table.iter().unwrap());
    let bytes = token.unwrap().as_bytes().to_vec();
    for bit in 0..bytes.len() * 8 {
        let mut damaged = bytes.clone();
        *damaged.get_mut(bit / 8).unwrap() ^= 1 << (bit % 8);
        let token = PageToken::from_bytes(damaged);
        assert_eq!(refusal(table.iter().unwrap(), &token), PageTokenError::Foreign, "bit {bit}");
    }
    for len in 0..bytes.len() {
        let token = PageToken::from_bytes(bytes.get(..len).unwrap());
        assert_eq!(refusal(table.iter().unwrap(), &token), PageTokenError::Foreign, "{len} bytes");
    }
    for text in ["0", "zz", "+1", "0x00", " 00", "é"] {
        assert_eq!(text.parse::<PageToken>().unwrap_err(), PageTokenError::NotHex, "{text:?}");
    }
}

#[test]
fn an_iterator_keeps_the_state_it_began_with() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..500);
    let mut rows = table.iter().unwrap();
    let mut by_even = table.by(Number::INDEXES.is_even).get_all(true).unwrap();
    let not_begun = table.range(100..).unwrap().rev();
    assert_eq!(rows.next().unwrap().unwrap().view().value, 0);
    by_even.next().unwrap().unwrap();

    assert_eq!(table.delete_range(..).unwrap(), 500);
    numbers(&storage, 1000..1100);
    assert_eq!(rows.map(|row| row.unwrap().load().unwrap().value).sum::<i32>(), 499 * 500 / 2);
    assert_eq!(by_even.map(Result::unwrap).count(), 249);
    assert_eq!(values(Ok(not_begun)).len(), 400);
    assert_eq!(values(table.iter()).len(), 100);
}

#[test]
fn a_scan_stops_when_it_is_told_to() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..100);
    let mut seen = Vec::new();
    let selected = table.iter().unwrap().select(Number::FIELDS.value);
    selected
        .for_each_ref(|value| {
            seen.push(value);
            value < 3
        })
        .unwrap();
    assert_eq!(seen, [0, 1, 2, 3]);
    let odd = table.scan(|row| (!row.is_even).then(|| row.value.to_native())).unwrap();
    assert_eq!(odd.len(), 50);
}

#[test]
fn a_panic_inside_a_walk_is_the_callers_and_the_store_goes_on() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage, 0..9);
    let give = |value: i32| -> bool {
        if value == 4 {
            resume_unwind(Box::new("deliberate"));
        }
        true
    };
    let field = Number::FIELDS.value;
    let by_even = table.by(Number::INDEXES.is_even);
    let walks: [&dyn Fn(); 4] = [
        &|| drop(table.scan(|number| give(number.value.to_native()).then_some(()))),
        &|| table.iter().unwrap().select(field).for_each_ref(give).unwrap(),
        &|| table.iter().unwrap().rev().select(field).for_each_ref(give).unwrap(),
        &|| by_even.iter().unwrap().select(field).for_each_ref(give).unwrap(),
    ];
    for walk in walks {
        let panic = catch_unwind(AssertUnwindSafe(walk)).unwrap_err();
        assert_eq!(panic.downcast_ref(), Some(&"deliberate"));
        // After a panic of the engine no write is taken.
        table.put(&number(4)).unwrap();
    }
}
