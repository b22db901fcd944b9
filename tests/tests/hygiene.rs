//! What compiles, and works, whatever the user's code around it is called: one module a case.

#![allow(dead_code, reason = "not every field is read, nor every variant made")]
#![allow(non_ascii_idents, reason = "one of the cases")]
#![allow(
    clippy::duplicated_attributes,
    clippy::items_after_statements,
    clippy::needless_pub_self,
    clippy::needless_raw_string_hashes,
    clippy::no_effect,
    clippy::unused_self,
    clippy::unnecessary_operation,
    clippy::wrong_self_convention,
    reason = "the cases are as users may write them"
)]

use std::{fmt::Debug, fs, path::Path};
use storage::{Key, Storage, StoredRecord, key};
use tests::Scratch;

#[path = "hygiene/attributes_of_every_shape.rs"]
mod attributes_of_every_shape;
#[path = "hygiene/cfg_on_fields.rs"]
mod cfg_on_fields;
#[path = "hygiene/denied_lints.rs"]
mod denied_lints;
#[path = "hygiene/field_types_like_ours.rs"]
mod field_types_like_ours;
#[path = "hygiene/fields_like_keywords.rs"]
mod fields_like_keywords;
#[path = "hygiene/fields_like_ours.rs"]
mod fields_like_ours;
#[path = "hygiene/flatbuffers.rs"]
mod flatbuffers;
#[path = "hygiene/glob_imports.rs"]
mod glob_imports;
#[path = "hygiene/in_expressions.rs"]
mod in_expressions;
#[path = "hygiene/in_functions.rs"]
mod in_functions;
#[path = "hygiene/inherent_constants.rs"]
mod inherent_constants;
#[path = "hygiene/inherent_methods.rs"]
mod inherent_methods;
#[path = "hygiene/macro_by_example.rs"]
mod macro_by_example;
#[path = "hygiene/names_of_crates.rs"]
mod names_of_crates;
#[path = "hygiene/names_of_functions.rs"]
mod names_of_functions;
#[path = "hygiene/names_of_macros.rs"]
mod names_of_macros;
#[path = "hygiene/names_of_primitives.rs"]
mod names_of_primitives;
#[path = "hygiene/names_of_traits.rs"]
mod names_of_traits;
#[path = "hygiene/names_of_types.rs"]
mod names_of_types;
#[path = "hygiene/nested_modules.rs"]
mod nested_modules;
#[path = "hygiene/no_prelude.rs"]
mod no_prelude;
#[path = "hygiene/no_unsafe_code.rs"]
mod no_unsafe_code;
#[path = "hygiene/not_ascii.rs"]
mod not_ascii;
#[path = "hygiene/other_attributes.rs"]
mod other_attributes;
#[path = "hygiene/other_derives.rs"]
mod other_derives;
#[path = "hygiene/parameters.rs"]
mod parameters;
#[path = "hygiene/private_types.rs"]
mod private_types;
#[path = "hygiene/renamed_crate.rs"]
mod renamed_crate;
#[path = "hygiene/types_of_every_spelling.rs"]
mod types_of_every_spelling;
#[path = "hygiene/variants_like_values.rs"]
mod variants_like_values;
#[path = "hygiene/visibility.rs"]
mod visibility;

/// Puts `record` and reads it back, and its entries in every index; gives how many records there are.
fn keep<R: StoredRecord>(record: &R) -> u64 {
    let scratch = Scratch::new();
    let storage: Storage = scratch.open();
    let table = R::table(&storage).unwrap();
    table.put(record).unwrap();
    assert_eq!(table.verify().unwrap(), []);
    let read = table.iter().unwrap().next().unwrap().unwrap().load().unwrap();
    assert!(table.put(&read).unwrap(), "what is read takes the place of what was put");
    table.len().unwrap()
}

/// The order of `small` and `large`, and that both can be read back.
fn is_key<K: Key + Debug>(small: &K, large: &K) {
    let (first, second) = (key::encode::<K>(small), key::encode::<K>(large));
    assert!(first < second, "{small:?} is not before {large:?}");
    for (key, bytes) in [(small, &first), (large, &second)] {
        let read = K::from_ref(key::decode::<K>(bytes).unwrap());
        assert_eq!(format!("{read:?}"), format!("{key:?}"));
    }
}

#[test]
fn every_case_is_a_module() {
    let this = include_str!("hygiene.rs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hygiene");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(this.contains(&format!("hygiene/{name}")), "`{name}` is no module");
    }
}
