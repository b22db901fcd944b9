//! All of `airports.csv` in one table with thirteen indexes: unique and sparse, compound, of floats and numbers with
//! a sign, of several values, partial, computed. They answer as the file does, after load, deletion, updates and
//! re-opening.
//!
//! The data is not part of the repository: `STORAGE_TEST_DATA` names the folder that has `ourairports/` and
//! `expected/`; where they are absent, the tests say so and pass.
//!
//! - `record.rs`: the record and its indexes.
//! - `figures.rs`: the figures that are compared.
//! - `store.rs`: the figures as the store has them.
//! - `files.rs`: the figures as the file has them, read without a record type.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::arithmetic_side_effects, reason = "it counts to 85,836")]

mod figures;
mod files;
mod record;
mod store;

use figures::common;
use files::Row;
use record::IndexedAirport;
use schemas::airports::{Airport, read_csv};
use serde_json::Value;
use std::{fs, path::Path};
use storage::{Result, Storage, StorageError, StoredRecord as _, Table};

#[test]
fn figures_of_the_indexes_are_those_of_the_file() {
    let Some(source) = tests::shared_data("ourairports") else { return };
    let rows = files::read(&source.join("airports.csv"));
    let whole = files::figures(&rows).to_json();
    let expected = source.with_file_name("expected").join("given-ourairports.expected.json");
    let expected: Value = serde_json::from_slice(&fs::read(expected).unwrap()).unwrap();
    let expected = common(&expected, &whole);
    assert_eq!(expected.as_object().unwrap().len(), 20, "what an index can answer");
    assert_eq!(common(&whole, &expected), expected, "the test reads the file wrongly");

    let scratch = tests::Scratch::new();
    let storage = scratch.open();
    let airports = load(&storage, &source);
    let loaded = store::figures(&airports).unwrap().to_json();
    assert_eq!(loaded, whole, "after load");
    assert_eq!(common(&loaded, &expected), expected, "after load");
    drop((airports, storage));
    let storage = scratch.open();
    let airports = IndexedAirport::table(&storage).unwrap();
    check(&airports, &rows, "after re-opening");
    check_codes(&airports, &rows).unwrap();

    delete_every_third(&storage, &rows).unwrap();
    let mut rows = files::without_every_third(rows);
    check(&airports, &rows, "after deleting every third record");
    assert_eq!(airports.verify().unwrap(), []);

    change_text(&mut rows);
    change_records(&storage).unwrap();
    check(&airports, &rows, "after updates");
    drop((airports, storage));
    let storage = scratch.open();
    let airports = IndexedAirport::table(&storage).unwrap();
    check(&airports, &rows, "after updates and re-opening");
    check_codes(&airports, &rows).unwrap();
    assert_eq!(airports.verify().unwrap(), []);

    assert!(airports.rebuild().unwrap() > 0);
    check(&airports, &rows, "after building the indexes anew");
}

#[test]
fn a_code_that_is_taken_changes_nothing() {
    let Some(source) = tests::shared_data("ourairports") else { return };
    let scratch = tests::Scratch::new();
    let storage = scratch.open();
    let airports = load(&storage, &source);
    let before = store::figures(&airports).unwrap().to_json();
    let taken = |outcome: Result<_>| match outcome {
        Err(error @ StorageError::Unique { .. }) => error.to_string(),
        other => panic!("expected a violation, found {other:?}"),
    };

    // One record, a batch whose last record is at fault, and a batch that is at fault in itself.
    let text =
        taken(airports.update("EGLC", |airport| airport.iata = Some("LHR".into())).map(drop));
    assert!(["EGLC", "EGLL", "LHR", "iata"].iter().all(|word| text.contains(word)), "{text}");
    let mut batch: Vec<IndexedAirport> =
        airports.prefix("EGL").unwrap().map(|stored| stored.unwrap().load().unwrap()).collect();
    for airport in &mut batch {
        airport.elevation_ft = Some(-9_999);
    }
    batch.last_mut().unwrap().gps = Some("KJFK".into());
    taken(airports.put_all(&batch).map(drop));
    let twin = |ident: &str| IndexedAirport {
        ident: ident.into(),
        id: 0,
        icao: None,
        iata: None,
        gps: None,
        ..batch[0].clone()
    };
    taken(airports.put_all(&[twin("ZZ-0005"), twin("ZZ-0006")]).map(drop));

    assert_eq!(store::figures(&airports).unwrap().to_json(), before);
    assert_eq!(airports.verify().unwrap(), []);
}

fn load(storage: &Storage, source: &Path) -> Table<IndexedAirport> {
    let airports = IndexedAirport::table(storage).unwrap();
    let records = read_csv::<Airport>(source).unwrap();
    airports.put_stream(records.into_iter().map(IndexedAirport::from)).unwrap();
    airports
}

fn check(airports: &Table<IndexedAirport>, rows: &[Row], when: &str) {
    let found = store::figures(airports).unwrap().to_json();
    assert_eq!(found, files::figures(rows).to_json(), "{when}");
}

/// Every code finds its airport, and the gap, an empty text, finds none.
fn check_codes(airports: &Table<IndexedAirport>, rows: &[Row]) -> Result<()> {
    let a = IndexedAirport::FIELDS;
    let by = IndexedAirport::INDEXES;
    for row in rows {
        let [iata, icao, gps] = ["iata_code", "icao_code", "gps_code"].map(|name| &row[name]);
        let found = [
            (iata, airports.by(by.iata).project(iata, a.ident)?),
            (icao, airports.by(by.icao).project(icao, a.ident)?),
            (gps, airports.by(by.gps).project(gps, a.ident)?),
        ];
        for (code, found) in found {
            let expected = (!code.is_empty()).then_some(&row["ident"]);
            assert_eq!(found.as_ref(), expected, "{code}");
        }
    }
    Ok(())
}

fn delete_every_third(storage: &Storage, rows: &[Row]) -> Result<()> {
    storage.write(|txn| {
        let airports = txn.table::<IndexedAirport>()?;
        for row in rows.iter().skip(2).step_by(3) {
            assert!(airports.delete(&row["ident"])?);
        }
        Ok(())
    })
}

// The updates, said twice: of the text of the file, and of the records.
//
// 1. What is closed loses its codes, and sinks 100 feet where it has a height.
// 2. Region US-CA becomes XX-CA in country XX, on a continent of its own choice, Antarctica.
// 3. Every airport whose ident begins with EG gets the ident QQ in its place: its key changes.
// 4. Whatever has an IATA code, closed or not, gets it in lower case.

fn change_text(rows: &mut [Row]) {
    fn set(row: &mut Row, column: &str, text: String) {
        row.insert(column.to_owned(), text);
    }
    for row in rows {
        if row["type"] == "closed" {
            for column in ["iata_code", "icao_code", "gps_code"] {
                set(row, column, String::new());
            }
            if let Ok(feet) = row["elevation_ft"].parse::<i32>() {
                set(row, "elevation_ft", (feet - 100).to_string());
            }
        }
        if row["iso_region"] == "US-CA" {
            set(row, "iso_region", "XX-CA".into());
            set(row, "iso_country", "XX".into());
            set(row, "continent", "AN".into());
        }
        if let Some(rest) = row["ident"].strip_prefix("EG") {
            let ident = format!("QQ{rest}");
            set(row, "ident", ident);
        }
        let iata = row["iata_code"].to_lowercase();
        set(row, "iata_code", iata);
    }
}

fn change_records(storage: &Storage) -> Result<()> {
    let airports = IndexedAirport::table(storage)?;
    let a = IndexedAirport::FIELDS;
    let by = IndexedAirport::INDEXES;

    // Over what is there, found by an index that the change leads out of.
    let mut changed = Vec::new();
    for stored in airports.by(by.kind).get_all("closed")? {
        let airport = stored?.load()?;
        let elevation_ft = airport.elevation_ft.map(|feet| feet - 100);
        changed.push(IndexedAirport { iata: None, icao: None, gps: None, elevation_ft, ..airport });
    }
    airports.put_stream(changed)?;

    storage.write(|txn| {
        let airports = txn.table::<IndexedAirport>()?;

        // By deletion and insertion.
        let mut moved = Vec::new();
        for stored in airports.by(by.region).get_all("US-CA")? {
            moved.push(stored?.load()?);
        }
        for airport in moved {
            assert!(airports.delete(&airport.ident)?);
            let (continent, country, region) = ("AN".into(), "XX".into(), "XX-CA".into());
            airports.insert(&IndexedAirport { continent, country, region, ..airport })?;
        }

        // By a change of the key.
        let idents: Result<Vec<String>> = airports.prefix("EG")?.select(a.ident).collect();
        for ident in idents? {
            let change = |airport: &mut IndexedAirport| airport.ident.replace_range(..2, "QQ");
            assert_eq!(airports.update(&ident, change)?, Some(()));
        }
        Ok(())
    })?;

    // By the unique index itself: the snapshot that is read does not see the changes.
    let mut changed = Vec::new();
    for stored in airports.by(by.iata).iter()? {
        let airport = stored?.load()?;
        let iata = airport.iata.as_ref().map(|code| code.to_lowercase());
        changed.push(IndexedAirport { iata, ..airport });
    }
    airports.put_all(&changed)?;
    Ok(())
}
