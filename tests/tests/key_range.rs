//! A range of keys holds what its bounds hold, a prefix holds what starts with it; in a table and
//! in an index.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(
    clippy::needless_borrows_for_generic_args,
    clippy::needless_pass_by_value,
    reason = "as a table's methods are called"
)]

use std::{
    collections::BTreeMap,
    fmt::Debug,
    ops::{
        Bound::{Excluded, Included, Unbounded},
        RangeBounds,
    },
};
use storage::key::{
    ByteRange, Key, KeyBuf, KeyRange, Lookup, Place, Prefix, StartsWith, decode, encode,
};

/// What follows an index key in its entry.
const PRIMARY_KEYS: [&[u8]; 4] = [b"", b"\0", b"\xFF\xFF\xFF", b"k"];

#[test]
fn all_nine_pairs_of_bounds_hold_what_they_say() {
    nine_pairs(&[i32::MIN, -1, 0, 1, i32::MAX]);
    nine_pairs(&[0_u8, 1, 254, 255]);
    nine_pairs(&["", "\0", "\0\x01", "a", "a\0", "aa", "b", "\u{10FFFF}"].map(str::to_owned));
    nine_pairs(&[vec![], vec![0], vec![0xFF], vec![0xFF, 0], vec![0xFF, 0xFF]]);
    nine_pairs(&[[0xFF_u8; 2], [0, 0]]);
    let pair = |text: &str, number| (text.to_owned(), number);
    nine_pairs(&[pair("", 255), pair("a", 0), pair("a", 255_u8), pair("a\0", 0), pair("b", 7)]);
}

/// Every pair of keys, in order or not, with every pair of bounds, against every key.
fn nine_pairs<K: Key + Ord + Clone + Debug>(keys: &[K]) {
    let kinds = [|_: K| Unbounded, Included, Excluded];
    for (lower, upper) in keys.iter().flat_map(|a| keys.iter().map(move |b| (a, b))) {
        for (lower_kind, upper_kind) in kinds.iter().flat_map(|a| kinds.iter().map(move |b| (a, b)))
        {
            let range = (lower_kind(lower.clone()), upper_kind(upper.clone()));
            let table: ByteRange = KeyRange::<K>::byte_range(&range, Place::Last);
            let index: ByteRange = KeyRange::<K>::byte_range(&range, Place::Inner);
            let mut found = false;
            for key in keys {
                // A range that contradicts itself holds nothing; std's `contains` says the same.
                let expected = range.contains(key);
                found |= expected;
                assert_eq!(table.contains(&encode::<K>(key)), expected, "{range:?}, {key:?}");
                for entry in entries::<K>(key) {
                    assert_eq!(index.contains(&entry), expected, "{range:?}, {key:?} in an index");
                }
            }
            if lower > upper && !matches!(range, (Unbounded, _) | (_, Unbounded)) {
                assert!(table.is_empty() && index.is_empty(), "{range:?}");
            }
            assert!(!found || (!table.is_empty() && !index.is_empty()), "{range:?}");
        }
    }
}

/// The entries an index may have for `key`.
fn entries<K: Key>(key: &K) -> impl Iterator<Item = KeyBuf> {
    let mut start = KeyBuf::new();
    Lookup::<K>::encode(key, &mut start, Place::Inner);
    PRIMARY_KEYS.into_iter().map(move |primary_key| {
        let mut entry = start.clone();
        entry.extend(primary_key);
        entry
    })
}

#[test]
fn equal_bounds_with_one_excluded_are_empty() {
    for range in
        [(Excluded(5), Excluded(5)), (Included(5), Excluded(5)), (Excluded(5), Included(5))]
    {
        assert!(KeyRange::<u64>::byte_range(&range, Place::Last).is_empty());
        assert!(KeyRange::<u64>::byte_range(&range, Place::Inner).is_empty());
    }
    assert!(!KeyRange::<u64>::byte_range(&(5..=5), Place::Last).is_empty());
    assert!(KeyRange::<u8>::byte_range(&(Excluded(255), Unbounded), Place::Inner).is_empty());
    assert!(KeyRange::<String>::byte_range(&(.."\0"), Place::Last).contains(b""));
    assert!(KeyRange::<String>::byte_range(&(..""), Place::Last).is_empty());
}

/// A table in miniature: what its methods take must infer the key type.
struct Keys<K>(Vec<K>);

impl<K: Key + Clone + Debug> Keys<K> {
    fn held(&self, range: &ByteRange, place: Place) -> Vec<K> {
        let held = |key: &K| match place {
            Place::Last => range.contains(&encode::<K>(key)),
            Place::Inner => {
                let mut entries = entries(key).map(|entry| range.contains(&entry));
                let first = entries.next().unwrap();
                assert!(entries.all(|entry| entry == first), "{key:?}: all its entries or none");
                first
            }
        };
        self.0.iter().filter(|key| held(key)).cloned().collect()
    }

    fn range(&self, range: impl KeyRange<K>) -> Vec<K> {
        let [table, index] = [Place::Last, Place::Inner]
            .map(|place| self.held(&range.byte_range(place), place).len());
        assert_eq!(table, index);
        self.held(&range.byte_range(Place::Last), Place::Last)
    }

    fn prefix(&self, prefix: impl Prefix<K>) -> usize {
        let [table, index] = [Place::Last, Place::Inner]
            .map(|place| self.held(&prefix.byte_range(place), place).len());
        assert_eq!(table, index);
        table
    }
}

#[test]
fn ranges_infer_the_type_of_their_keys() {
    let numbers = Keys::<u64>((0..20).collect());
    assert_eq!(numbers.range(..).len(), 20);
    assert_eq!(numbers.range(5..10), [5, 6, 7, 8, 9]);
    assert_eq!(numbers.range(5..=6), [5, 6]);
    assert_eq!(numbers.range(&5..&7), [5, 6]);
    assert_eq!(numbers.range(18..), [18, 19]);
    assert_eq!(numbers.range(..2), [0, 1]);
    assert_eq!(numbers.range(..=1), [0, 1]);
    assert_eq!(numbers.range((Excluded(17), Unbounded)), [18, 19]);
    #[expect(clippy::reversed_empty_ranges, reason = "it is what is tested")]
    let backwards = numbers.range(10..5);
    assert!(backwards.is_empty());

    let texts = Keys(["", "a", "b", "c"].map(str::to_owned).to_vec());
    assert_eq!(texts.range("a".."c"), ["a", "b"]);
    assert_eq!(texts.range("b".to_owned()..), ["b", "c"]);

    let pairs = Keys([("a", 1), ("a", 2), ("b", 1)].map(|(a, b)| (a.to_owned(), b)).to_vec());
    assert_eq!(pairs.range(("a", 2)..=("b", 1_u8)).len(), 2);
    assert_eq!(pairs.range(("a", 2)..).len(), 2);

    let floats = Keys([f64::NAN, -0.0, 0.0, f64::INFINITY, -f64::NAN].to_vec());
    assert_eq!(floats.range(-0.0..=0.0).len(), 2);
    assert_eq!(floats.range(f64::NEG_INFINITY..=f64::INFINITY).len(), 3);
}

#[test]
fn a_prefix_of_text_or_bytes_holds_what_starts_with_it() {
    let texts = ["", "\0", "a", "a\0", "a\0b", "ab", "abc", "b", "\u{10FFFF}", "\u{10FFFF}a"];
    let keys = Keys(texts.map(str::to_owned).to_vec());
    let bytes = Keys(texts.map(|text| text.as_bytes().to_vec()).to_vec());
    for prefix in texts {
        let expected = texts.iter().filter(|text| text.starts_with(prefix)).count();
        assert_eq!(keys.prefix(prefix), expected, "{prefix:?}");
        assert_eq!(keys.prefix(prefix.to_owned()), expected, "{prefix:?}");
        assert_eq!(keys.prefix(StartsWith(prefix)), expected, "{prefix:?}");
        assert_eq!(bytes.prefix(prefix.as_bytes()), expected, "{prefix:?}");
    }
    let high = Keys(vec![vec![0xFE_u8], vec![0xFF], vec![0xFF, 0xFF], vec![0xFF, 0xFF, 0]]);
    assert_eq!(high.prefix([0xFF, 0xFF]), 2);
}

#[test]
fn a_tuple_prefix_holds_the_keys_with_these_leading_parts() {
    let rows = [
        ("", "x", 0),
        ("G", "B", 1),
        ("GB", "", 1),
        ("GB", "GB-ENG", 1),
        ("GB", "GB-ENG", 2),
        ("GB", "GB-ENG\0", 3),
        ("GB", "GB-SCT", 1),
        ("GB\0", "GB-ENG", 1),
    ];
    let keys = Keys(rows.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c)).to_vec());
    assert_eq!(keys.prefix(("GB",)), 5);
    assert_eq!(keys.prefix(&("GB",)), 5);
    assert_eq!(keys.prefix(("GB", "GB-ENG")), 2);
    assert_eq!(keys.prefix(("GB", "GB-ENG", 2_u8)), 1);
    assert_eq!(keys.prefix(("GB", StartsWith("GB-ENG"))), 3);
    assert_eq!(keys.prefix(("GB", StartsWith(""))), 5);
    assert_eq!(keys.prefix((StartsWith("GB"),)), 6);
    assert_eq!(keys.prefix(("FR",)), 0);

    // All parts of a key are that key, and all its entries in an index, but nothing that goes on
    // behind it.
    let keys = Keys(rows.map(|(a, b, _)| (a.to_owned(), b.to_owned())).to_vec());
    assert_eq!(keys.prefix(("GB", "GB-ENG")), 2);
    assert_eq!(keys.prefix(("GB", StartsWith("GB-ENG"))), 3);
}

#[test]
fn pages_meet_without_a_gap_or_a_repeat() {
    let table: BTreeMap<Vec<u8>, u16> = (0..100_u16)
        .map(|number| (encode::<(String, u16)>(&("k", number)).to_vec(), number))
        .collect();
    let all = Prefix::<(String, u16)>::byte_range(&("k",), Place::Last);
    let (mut forwards, mut backwards) = (Vec::new(), Vec::new());
    let (mut behind, mut before) = (all.clone(), all);
    for _ in 0..15 {
        let page = table.range::<[u8], _>(behind.bounds()).take(7);
        forwards.extend(page.clone().map(|(_, number)| *number));
        behind = behind.after(page.last().unwrap().0);

        let page = table.range::<[u8], _>(before.bounds()).rev().take(7);
        backwards.extend(page.clone().map(|(_, number)| *number));
        before = before.before(page.last().unwrap().0);
    }
    assert!(forwards.iter().copied().eq(0..100));
    assert!(backwards.iter().copied().eq((0..100).rev()));
    let last = table.keys().next_back().unwrap();
    assert_eq!(decode::<(String, u16)>(last).unwrap().1, 99);
}
