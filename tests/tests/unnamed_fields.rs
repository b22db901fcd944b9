//! Records and nested structs whose fields have no names: stored, projected and indexed by their numbers.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{Storage, StoredKey, StoredRecord, StoredType};

/// Naming the codec is allowed on every kind of type, also where there is nothing to project.
mod nested {
    use super::*;

    #[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug, PartialEq)]
    #[store(codec = "rkyv, flatbuffers")]
    pub struct Place(pub f64, pub String);

    #[derive(Archive, Serialize, Deserialize, StoredType, StoredKey, Clone, Debug, PartialEq)]
    #[store(codec = "rkyv")]
    pub enum Side {
        Left,
        Right,
    }

    #[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug, PartialEq)]
    #[store(codec = "rkyv")]
    pub struct Nothing;

    #[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug, PartialEq)]
    #[store(codec = "rkyv")]
    pub struct Pair<T>(pub T, pub T);

    #[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug, PartialEq)]
    #[store(codec = "rkyv")]
    pub struct Number(pub u32);
}
use nested::{Nothing, Number, Pair, Place, Side};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "meters", index(name = "both", fields(_3, _0)))]
struct Meter(
    #[store(key)] u64,
    Place,
    #[rkyv(with = rkyv::with::Skip)] u8,
    #[store(index)] String,
    #[store(unique)] Side,
    Pair<u8>,
    Nothing,
    Number,
    #[store(opaque = "bytes-v1")] [u8; 2],
);

#[derive(StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers", table = "flat meters", index(name = "both", fields(_3, _0)))]
struct FlatMeter(#[store(key)] u64, Place, #[store(skip)] u8, #[store(index)] String);

#[test]
fn a_record_of_unnamed_fields_is_found_by_their_numbers() {
    let place = Place(2.5, "attic".to_owned());
    let side = Side::Right;
    let meter = Meter(7, place, 0, "gas".to_owned(), side, Pair(1, 2), Nothing, Number(9), [3, 4]);
    let storage = Storage::in_memory().unwrap();
    let meters = Meter::table(&storage).unwrap();
    meters.put(&meter).unwrap();
    assert_eq!(meters.load(7).unwrap(), Some(meter));
    let f = Meter::FIELDS;
    let projected = meters.project(7, (f.0, f.1.0, f.1.1, f.3, f.5, f.7.0)).unwrap();
    let expected = (7, 2.5, "attic".to_owned(), "gas".to_owned(), Pair(1, 2), 9);
    assert_eq!(projected, Some(expected));
    assert_eq!(meters.iter().unwrap().filter(f.1.1.starts_with("at")).count().unwrap(), 1);
    assert_eq!(meters.iter().unwrap().filter(f.1.0.gt(2.5)).count().unwrap(), 0);
    let by = Meter::INDEXES;
    assert_eq!(meters.by(by._3).count("gas").unwrap(), 1);
    assert_eq!(meters.by(by._4).load(Side::Right).unwrap().map(|meter| meter.0), Some(7));
    assert_eq!(meters.by(by.both).count(("gas", 7)).unwrap(), 1);
}

#[test]
fn the_same_in_flatbuffers() {
    let meter = FlatMeter(7, Place(2.5, "attic".to_owned()), 0, "gas".to_owned());
    let storage = Storage::in_memory().unwrap();
    let meters = FlatMeter::table(&storage).unwrap();
    meters.put(&meter).unwrap();
    assert_eq!(meters.load(7).unwrap(), Some(meter));
    let f = FlatMeter::FIELDS;
    let projected = meters.project(7, (f.0, f.1.0, f.1.1, f.3)).unwrap();
    assert_eq!(projected, Some((7, 2.5, "attic".to_owned(), "gas".to_owned())));
    let by = FlatMeter::INDEXES;
    assert_eq!(meters.by(by._3).count("gas").unwrap(), 1);
    assert_eq!(meters.by(by.both).count(("gas", 7)).unwrap(), 1);
    let fbs = FlatMeter::fbs();
    assert!(fbs.contains("_3:string (id: 2, required);"), "{fbs}");
}
