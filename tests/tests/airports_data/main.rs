//! The six tables of [OurAirports](https://ourairports.com/data/), whole: what the store says of
//! them is what the files say.
//!
//! The data is not part of the repository: `STORAGE_TEST_DATA` names the folder that has
//! `ourairports/` and `expected/`; where they are absent, the tests say so and pass.
//!
//! - `figures.rs`: the figures that are compared, and how they come from rows.
//! - `store.rs`: the rows as the store has them.
//! - `files.rs`: the rows as the files have them, read without the record types.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![expect(clippy::arithmetic_side_effects, reason = "it counts to 85,836")]

mod figures;
mod files;
mod store;

use figures::figures;
use files::Files;
use schemas::airports::{Airport, Country, CsvRecord, Frequency, Navaid, Region, Runway, read_csv};
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Debug, fs, path::Path};
use storage::Storage;
use store::{Tables, delete_every_third};

#[test]
fn figures_of_the_store_are_those_of_the_files() {
    let Some(source) = tests::shared_data("ourairports") else { return };
    let expected = source.with_file_name("expected").join("given-ourairports.expected.json");
    let expected = fs::read(expected).unwrap();
    let expected: Value = serde_json::from_slice(&expected).unwrap();
    let files = Files::read(&source);
    assert_eq!(figures(&files.rows()), expected, "the test reads the files wrongly");

    let scratch = tests::Scratch::new();
    let storage = scratch.open();
    let tables = Tables::open(&storage);
    tables.load(&source);
    assert_eq!(figures(&tables.rows()), expected, "after load");

    drop((tables, storage));
    let storage = scratch.open();
    let tables = Tables::open(&storage);
    assert_eq!(figures(&tables.rows()), expected, "after re-opening");

    delete_every_third(&storage, &files).unwrap();
    let remaining = figures(&files.without_every_third().rows());
    assert_ne!(remaining, expected);
    assert_eq!(figures(&tables.rows()), remaining, "after deleting every third record");

    drop((tables, storage));
    let storage = scratch.open();
    let tables = Tables::open(&storage);
    assert_eq!(figures(&tables.rows()), remaining, "after deleting and re-opening");
}

#[test]
fn every_field_of_every_record_survives() {
    let Some(source) = tests::shared_data("ourairports") else { return };
    let scratch = tests::Scratch::new();
    let storage = scratch.open();
    check_fields::<Airport, _>(&storage, &source, |airport| airport.ident.clone());
    check_fields::<Runway, _>(&storage, &source, |runway| runway.id);
    check_fields::<Frequency, _>(&storage, &source, |frequency| frequency.id);
    check_fields::<Navaid, _>(&storage, &source, |navaid| navaid.id);
    check_fields::<Region, _>(&storage, &source, |region| region.id);
    check_fields::<Country, _>(&storage, &source, |country| country.id);
}

#[test]
fn rows_are_written_without_their_types_as_with_them() {
    let Some(source) = tests::shared_data("ourairports") else { return };
    let storage = Storage::in_memory().unwrap();
    check_written::<Airport>(&storage, &source);
    check_written::<Runway>(&storage, &source);
    check_written::<Frequency>(&storage, &source);
    check_written::<Navaid>(&storage, &source);
    check_written::<Region>(&storage, &source);
    check_written::<Country>(&storage, &source);
}

fn check_written<R: CsvRecord>(storage: &Storage, source: &Path) {
    let records = read_csv::<R>(source).unwrap();
    R::table(storage).unwrap().put_all(records.iter().take(3000)).unwrap();
    tests::dynamic::rows_are_written(storage, R::SCHEMA.table());
}

fn check_fields<R, K>(storage: &Storage, source: &Path, key: impl Fn(&R) -> K)
where
    R: CsvRecord + PartialEq + Debug,
    K: Ord,
{
    let mut records = read_csv::<R>(source).unwrap();
    let table = R::table(storage).unwrap();
    table.put_all(&records).unwrap();
    records.sort_by_key(key);
    let stored = table.iter().unwrap().map(|stored| stored.unwrap().load().unwrap());
    assert!(stored.eq(records), "{} come out as they went in, in key order", R::SCHEMA.table());
}

#[test]
fn extract_of_the_examples_is_part_of_the_data() {
    let Some(source) = tests::shared_data("ourairports") else { return };
    let extract = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data"));
    for file in [Airport::FILE, Runway::FILE, Region::FILE, Country::FILE] {
        let whole = fs::read_to_string(source.join(file)).unwrap();
        let whole: BTreeSet<&str> = whole.split('\n').collect();
        let part = fs::read_to_string(extract.join(file)).unwrap();
        let strange = part.split('\n').find(|line| !whole.contains(line));
        assert_eq!(strange, None, "{file} has a line that the data does not have");
    }
}
