//! Tuples, ranges, results, maps and sets as fields of FlatBuffers records: stored, loaded, viewed, projected, and what
//! the `.fbs` calls them.

use indexmap::{IndexMap, IndexSet};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    marker::PhantomData,
    ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive},
};
use storage::{StoredKey, StoredRecord as _, StoredType};
use tests::flat_field;
use uuid::Uuid;

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Weapon {
    name: String,
    damage: i16,
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
enum Action {
    Rest,
    Go { to: Vec<u8> },
}

#[derive(StoredType, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[store(codec = "flatbuffers")]
#[repr(u8)]
enum Color {
    Red = 3,
    Blue = 1,
}

#[derive(StoredType, StoredKey, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[store(codec = "flatbuffers")]
struct Name(String);

#[derive(StoredType, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[store(codec = "flatbuffers", fixed)]
struct Cell {
    row: u16,
    column: u8,
}

fn weapon() -> Weapon {
    Weapon { name: "axe".into(), damage: -1 }
}

flat_field! {
    pair: (String, i64) = "TupleOfStringAndI64", "TupleOfStringAndI64",
    [("a".into(), -1), (String::new(), 0)]
}
flat_field! {
    options: (Option<u64>, Option<u64>) = "TupleOfOptionOfU64AndOptionOfU64",
    "TupleOfOptionOfU64AndOptionOfU64", [(None, Some(0)), (None, None)]
}
flat_field! {
    mixed: (Action, u8, Color, Vec<u16>, Uuid, (bool,)) =
    "TupleOfActionAndU8AndColorAndListOfU16AndUuidAndTupleOfBool",
    "TupleOfActionAndU8AndColorAndListOfU16AndUuidAndTupleOfBool",
    [(Action::Go { to: vec![1] }, 7, Color::Blue, vec![2], Uuid::max(), (true,))]
}
flat_field! {
    twelve: (u8, u16, u32, u64, i8, i16, i32, i64, f32, f64, bool, char) =
    "TupleOfU8AndU16AndU32AndU64AndI8AndI16AndI32AndI64AndF32AndF64AndBoolAndChar",
    "TupleOfU8AndU16AndU32AndU64AndI8AndI16AndI32AndI64AndF32AndF64AndBoolAndChar",
    [(1, 2, 3, 4, -1, -2, -3, -4, 1.5, 2.5, true, 'x'), (0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, false, '\0')]
}
flat_field! { unit: () = "Unit", "Unit", [()] }
flat_field! { full: RangeFull = "Unit", "Unit", [..] }
flat_field! { phantom: PhantomData<u8> = "Unit", "Unit", [PhantomData] }
flat_field! { range: Range<u32> = "RangeOfU32", "RangeOfU32", [0..0, 1..9] }
flat_field! {
    inclusive: RangeInclusive<char> = "RangeInclusiveOfChar", "RangeInclusiveOfChar", ['a'..='z']
}
flat_field! { from: RangeFrom<String> = "RangeFromOfString", "RangeFromOfString", ["a".to_owned()..] }
flat_field! { to: RangeTo<u8> = "RangeToOfU8", "RangeToOfU8", [..1] }
flat_field! {
    to_inclusive: RangeToInclusive<Uuid> = "RangeToInclusiveOfUuid", "RangeToInclusiveOfUuid",
    [..=Uuid::nil()]
}
flat_field! {
    result: Result<u32, String> = "ResultOfU32OrString", "ResultOfU32OrStringWrapper",
    [Ok(0), Err("no".into())]
}
flat_field! {
    result_of_tables: Result<Weapon, (u8, u8)> = "ResultOfWeaponOrTupleOfU8AndU8",
    "ResultOfWeaponOrTupleOfU8AndU8Wrapper", [Ok(weapon()), Err((1, 2))]
}
flat_field! {
    map: BTreeMap<String, u32> = "[StringToU32Entry]", "MapOfStringToU32Wrapper",
    [[("jazz".to_owned(), 3), ("ambient".to_owned(), 0)].into()]
}
flat_field! {
    hash_map: HashMap<u64, Vec<u32>> = "[U64ToListOfU32Entry]", "MapOfU64ToListOfU32Wrapper",
    [(0..40).map(|n| (n * 7919 % 41, vec![1])).collect::<HashMap<_, _>>()]
}
flat_field! {
    map_of_maps: BTreeMap<i8, BTreeMap<Name, Weapon>> = "[I8ToMapOfStringToWeaponEntry]",
    "MapOfI8ToMapOfStringToWeaponWrapper",
    [[(-1, [(Name("a".into()), weapon())].into()), (1, BTreeMap::new())].into()]
}
flat_field! {
    by_enum: BTreeMap<Color, Action> = "[ColorToActionEntry]", "MapOfColorToActionWrapper",
    [[(Color::Red, Action::Rest), (Color::Blue, Action::Go { to: vec![] })].into()]
}
flat_field! {
    by_id: HashMap<Uuid, Option<u8>> = "[UuidToOptionOfU8Entry]", "MapOfUuidToOptionOfU8Wrapper",
    [[(Uuid::max(), None), (Uuid::nil(), Some(0))].into()]
}
flat_field! {
    by_tuple: BTreeMap<(Name, u8), Vec<u8>> = "[TupleOfStringAndU8ToListOfU8Entry]",
    "MapOfTupleOfStringAndU8ToListOfU8Wrapper", [[((Name("a".into()), 2), vec![1])].into()]
}
flat_field! {
    by_bytes: BTreeMap<Vec<u8>, char> = "[ListOfU8ToCharEntry]", "MapOfListOfU8ToCharWrapper",
    [[(vec![], 'a'), (vec![1], 'b'), (vec![1, 0], 'c'), (vec![2], 'd')].into()]
}
flat_field! {
    by_cell: HashMap<Cell, u8> = "[CellToU8Entry]", "MapOfCellToU8Wrapper",
    [[(Cell { row: 2, column: 1 }, 1), (Cell { row: 1, column: 2 }, 0)].into()]
}
flat_field! {
    index_map: IndexMap<String, String> = "[StringToStringEntry]", "IndexMapOfStringToStringWrapper",
    [[("b".to_owned(), "x".to_owned()), ("a".to_owned(), "y".to_owned())].into()]
}
flat_field! {
    set: BTreeSet<String> = "[string]", "SetOfStringWrapper", [["b".to_owned(), "a".to_owned()].into()]
}
flat_field! {
    hash_set: HashSet<i32> = "[int]", "SetOfI32Wrapper", [(-20..20).collect::<HashSet<_>>()]
}
flat_field! {
    set_of_lists: BTreeSet<Vec<u8>> = "[ListOfU8Wrapper]", "SetOfListOfU8Wrapper", [[vec![1], vec![]].into()]
}
flat_field! { index_set: IndexSet<u8> = "[ubyte]", "IndexSetOfU8Wrapper", [[3, 1, 2].into()] }
