//! Keys at the ends of their types, and bytes that are none.

use std::fmt::Debug;
use storage::{
    Key, RkyvTable, Storage, StorageError,
    error::{Damage, KeyError},
    key::MAX_KEY_LEN,
};
use tests::frame::{layout_fingerprint, seal};

/// Puts `keys`, which ascend, in another order and finds each; they come back in order.
fn kept_in_order<K: Key + Clone + Debug>(keys: &[K]) {
    let table: RkyvTable<K, u32> = Storage::in_memory().unwrap().new_rkyv_table("keys");
    let mut places: Vec<usize> = (0..keys.len()).rev().collect();
    places.rotate_left(keys.len() / 2);
    for place in places {
        assert!(!table.put(&keys[place], &(place as u32)).unwrap(), "{:?} is new", keys[place]);
    }
    let found: Vec<u32> = table.scan(|_, place| Some(place.to_native())).unwrap();
    assert_eq!(found, (0..keys.len() as u32).collect::<Vec<_>>(), "{keys:?}");
    for (place, key) in keys.iter().enumerate() {
        assert_eq!(table.load(key).unwrap(), Some(place as u32), "{key:?}");
        assert!(table.delete(key).unwrap());
    }
    assert_eq!(table.len().unwrap(), 0);
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn empty_keys_are_keys() {
    kept_in_order(&[text(""), text("a")]);
    kept_in_order::<Vec<u8>>(&[vec![], vec![0], vec![0, 0]]);
    kept_in_order(&[(text(""), text("")), (text(""), text("\0")), (text("\0"), text(""))]);
}

#[test]
fn zero_characters_keep_their_order() {
    kept_in_order(&[text("a"), text("a\0"), text("a\0\0"), text("a\0b"), text("a\u{1}")]);
    kept_in_order(&[
        (text("a"), 9_u8),
        (text("a\0"), 0),
        (text("a\0"), 7),
        (text("a\0\0"), 0),
        (text("a\0b"), 3),
        (text("a\u{1}"), 0),
    ]);
}

#[test]
fn the_ends_of_every_number_keep_their_order() {
    macro_rules! signed {
        ($($ty:ty)*) => {$(kept_in_order(&[<$ty>::MIN, -1, 0, 1, <$ty>::MAX]);)*};
    }
    signed!(i8 i16 i32 i64 i128);
    kept_in_order(&[0, 1, u128::MAX - 1, u128::MAX]);
    kept_in_order(&[f64::NEG_INFINITY, f64::MIN, -f64::MIN_POSITIVE, -5e-324, -0.0, 0.0]);
    kept_in_order(&[0.0, 5e-324, f64::MIN_POSITIVE, f64::MAX, f64::INFINITY, f64::NAN]);
    kept_in_order(&[
        -f32::NAN,
        f32::NEG_INFINITY,
        -1e-45,
        -0.0,
        0.0,
        1e-45,
        f32::INFINITY,
        f32::NAN,
    ]);
}

#[test]
fn the_ends_of_the_small_types_keep_their_order() {
    kept_in_order(&[false, true]);
    kept_in_order(&['\0', '\u{d7ff}', '\u{e000}', '\u{ffff}', '\u{10000}', '\u{10ffff}']);
    kept_in_order(&[None, Some(i8::MIN), Some(0), Some(i8::MAX)]);
    kept_in_order(&[None, Some(None), Some(Some(0_u8))]);
    kept_in_order::<Vec<u8>>(&[vec![0xff], vec![0xff; 2], vec![0xff; 1000]]);
}

#[test]
fn twelve_parts_and_parts_in_parts_are_keys() {
    let twelve =
        |last: u8| (1_u8, 2_u8, 3_u8, 4_u8, 5_u8, 6_u8, 7_u8, 8_u8, 9_u8, 10_u8, 11_u8, last);
    kept_in_order(&[twelve(0), twelve(1), twelve(255)]);
    let nested = |a: &str, b: Option<bool>, c: i16| ((text(a), b), (c, text(a)));
    kept_in_order(&[nested("", None, 5), nested("", Some(false), -5), nested("x", None, -9)]);
}

#[test]
fn a_key_at_the_limit_is_kept_and_one_beyond_is_refused_unwritten() {
    let storage = Storage::in_memory().unwrap();
    let table: RkyvTable<String, u32> = storage.new_rkyv_table("keys");
    for beyond in [MAX_KEY_LEN + 1, 1 << 20] {
        let key = "x".repeat(beyond);
        let refused = [
            table.put(&key, &1).unwrap_err(),
            table.load(&key).unwrap_err(),
            table.delete(&key).unwrap_err(),
        ];
        for error in refused {
            let expected = format!(
                "table `keys`: the key has {beyond} bytes, at most 65536 are allowed; store the long part in a \
                 field instead"
            );
            assert!(matches!(error, StorageError::Key { .. }), "{error:?}");
            assert_eq!(error.to_string(), expected);
        }
    }
    assert_eq!(storage.backend().get("$catalog", b"keys", |_| ()).unwrap(), None, "not entered");
    let longest = "x".repeat(MAX_KEY_LEN);
    table.put(&longest, &7).unwrap();
    assert_eq!(table.load(&longest).unwrap(), Some(7));
    kept_in_order(&[vec![0_u8; MAX_KEY_LEN], vec![1]]);
}

/// What a table of keys `K` says of a row under `bytes`.
fn damage_of<K: Key>(good: &K, bytes: &[u8]) -> Damage {
    let storage = Storage::in_memory().unwrap();
    let table: RkyvTable<K, u32> = storage.new_rkyv_table("keys");
    table.put(good, &1).unwrap();
    table.delete(good).unwrap();
    // The value is in order for these bytes, so that the key itself is what is wrong.
    let mut value = vec![0; 4];
    seal(b"keys", layout_fingerprint(&storage, "keys"), bytes, 1, &mut value);
    storage.backend().put("keys", bytes, &value).unwrap();
    match table.scan(|_, _| Some(())).unwrap_err() {
        StorageError::Corrupt(error) => {
            assert_eq!(error.table(), "keys");
            assert!(error.key().unwrap().starts_with("0x"), "{error}");
            assert_eq!(error.key_bytes(), Some(bytes));
            error.damage().clone()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn bytes_that_are_no_key_are_named() {
    let pair = (text("a"), 1_u8);
    let key = Damage::Key;
    assert_eq!(damage_of(&pair, b"a\0\0"), key(KeyError::Truncated));
    assert_eq!(damage_of(&pair, b"a"), key(KeyError::Truncated));
    assert_eq!(damage_of(&pair, b"a\0\0\x01\x02"), key(KeyError::TrailingBytes { count: 1 }));
    assert_eq!(damage_of(&pair, b"a\0\x07\x01"), key(KeyError::BadEscape));
    assert_eq!(damage_of(&text("a"), &[0xff]), key(KeyError::NotUtf8));
    assert_eq!(damage_of(&text("a"), &[0xed, 0xa0, 0x80]), key(KeyError::NotUtf8));
    assert_eq!(damage_of(&true, &[2]), key(KeyError::Invalid { expected: "bool" }));
    assert_eq!(damage_of(&'a', &[0, 0, 0xd8, 0]), key(KeyError::Invalid { expected: "char" }));
}

/// The engine keeps numbers as bytes of one length, so that no other can be among them.
#[test]
fn bytes_of_another_length_are_no_number() {
    let storage = Storage::in_memory().unwrap();
    let table: RkyvTable<u64, u32> = storage.new_rkyv_table("numbers");
    table.put(1, &1).unwrap();
    for len in [0, 7, 9] {
        let error = storage.backend().put("numbers", &vec![0; len], b"value").unwrap_err();
        assert!(error.to_string().contains("of table `numbers`"), "{error}");
        assert_eq!(storage.backend().get("numbers", &vec![0; len], |_| ()).unwrap(), None);
    }
    assert_eq!(table.load(1).unwrap(), Some(1));
}
