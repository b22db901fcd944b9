//! Values at the bounds of their types come back, whole and field by field, from both codecs.

use jiff::civil;
use rkyv::{Archive, Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use storage::{AsStored, Storage, StoredRecord};

/// The record of a codec, of which the times have the attribute `with`, and its test.
macro_rules! record {
    ($codec:literal, [$($derive:path),*], $(#[$with:meta])?) => {
        #[derive($($derive,)* StoredRecord, Clone, Debug)]
        #[store(codec = $codec, table = "bounds")]
        struct Bounds {
            #[store(key)]
            id: u128,
            $(#[$with])?
            dates: Vec<civil::Date>,
            $(#[$with])?
            moments: Vec<jiff::Timestamp>,
            $(#[$with])?
            clocks: Vec<chrono::NaiveDateTime>,
            $(#[$with])?
            days: Vec<time::Date>,
            $(#[$with])?
            seen: Vec<SystemTime>,
            spans: Vec<Duration>,
            singles: Vec<f32>,
            doubles: Vec<f64>,
            double: f64,
            integers: (i128, u128, i64, u64, i8, u8),
            letters: [char; 4],
            text: String,
            ordered: BTreeMap<u32, String>,
            hashed: HashMap<String, u64>,
            set: BTreeSet<u64>,
        }

        fn bounds(id: u128, entries: u32) -> Bounds {
            Bounds {
                id,
                dates: dates(),
                moments: vec![jiff::Timestamp::MIN, jiff::Timestamp::MAX],
                clocks: vec![chrono::NaiveDateTime::MIN, leap_second(), chrono::NaiveDateTime::MAX],
                days: vec![time::Date::MIN, time::Date::MAX],
                seen: vec![
                    UNIX_EPOCH - Duration::from_secs(1 << 63),
                    UNIX_EPOCH + Duration::new((1 << 63) - 1, 999_999_999),
                ],
                spans: vec![Duration::ZERO, Duration::MAX],
                singles: SINGLES.map(f32::from_bits).into(),
                doubles: DOUBLES.map(f64::from_bits).into(),
                double: f64::from_bits(DOUBLES[0]),
                integers: (i128::MIN, u128::MAX, i64::MIN, u64::MAX, i8::MIN, u8::MAX),
                letters: ['\0', '\u{D7FF}', '\u{E000}', char::MAX],
                text: "\u{10FFFF}".repeat(entries as usize),
                ordered: (0..entries).map(|n| (n, "x".repeat(12))).collect(),
                hashed: (0..u64::from(entries)).map(|n| (format!("{n:08}"), n)).collect(),
                set: (0..u64::from(entries)).map(|n| u64::MAX - n).collect(),
            }
        }

        #[test]
        fn come_back() {
            let storage = Storage::in_memory().unwrap();
            let table = Bounds::table(&storage).unwrap();
            // Nothing, one, and 64 KiB of entries in each map.
            for (id, entries) in [(0, 0), (u128::MAX, 1), (1 << 64, 1 << 12)] {
                let put = bounds(id, entries);
                assert!(!table.put(&put).unwrap());
                let loaded = table.load(id).unwrap().unwrap();
                assert_same(&put, &loaded);
                let f = Bounds::FIELDS;
                let times = (f.dates, f.moments, f.clocks, f.days, f.seen, f.spans);
                let (dates, moments, clocks, days, seen, spans) =
                    table.project(id, times).unwrap().unwrap();
                let rest = (f.singles, f.doubles, f.double, f.integers, f.letters, f.text);
                let (singles, doubles, double, integers, letters, text) =
                    table.project(id, rest).unwrap().unwrap();
                let (ordered, hashed, set) =
                    table.project(id, (f.ordered, f.hashed, f.set)).unwrap().unwrap();
                let alone = Bounds {
                    id, dates, moments, clocks, days, seen, spans, singles, doubles, double, integers, letters,
                    text, ordered, hashed, set,
                };
                assert_same(&put, &alone);
            }
            assert_eq!(table.verify().unwrap(), []);
        }

        /// The same, to the bits of its floats.
        fn assert_same(one: &Bounds, other: &Bounds) {
            let bits = |bounds: &Bounds| {
                let singles: Vec<u32> = bounds.singles.iter().map(|float| float.to_bits()).collect();
                let doubles: Vec<u64> = bounds.doubles.iter().map(|float| float.to_bits()).collect();
                (singles, doubles, bounds.double.to_bits())
            };
            assert_eq!(bits(one), bits(other));
            assert_eq!(one.hashed, other.hashed);
            let shown = |bounds: &Bounds| {
                format!("{:?}", Bounds { hashed: HashMap::new(), ..bounds.clone() })
            };
            assert_eq!(shown(one), shown(other));
        }
    };
}

/// The least subnormal, the greatest, infinity, and NaNs of both signs with payloads.
const SINGLES: [u32; 7] =
    [1, 0x007f_ffff, 0x8000_0000, 0x7f80_0000, 0x7fc0_1234, 0xffc0_0001, 0x7f80_0001];
const DOUBLES: [u64; 6] = [
    0x7ff8_0000_dead_beef,
    1,
    0x000f_ffff_ffff_ffff,
    0x8000_0000_0000_0000,
    0xfff0_0000_0000_0001,
    0xffff_ffff_ffff_ffff,
];

/// The years -9999 and 9999, and 29 February.
fn dates() -> Vec<civil::Date> {
    vec![civil::Date::MIN, civil::date(-4, 2, 29), civil::date(2024, 2, 29), civil::Date::MAX]
}

fn leap_second() -> chrono::NaiveDateTime {
    let day = chrono::NaiveDate::from_ymd_opt(2016, 12, 31).unwrap();
    day.and_hms_nano_opt(23, 59, 59, 1_999_999_999).unwrap()
}

mod in_rkyv {
    use super::*;

    record! { "rkyv", [Archive, Serialize, Deserialize], #[rkyv(with = AsStored)] }
}

mod in_flatbuffers {
    use super::*;

    record! { "flatbuffers", [], }
}
