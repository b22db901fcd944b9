//! [Beijing Multi-Site Air Quality](https://archive.ics.uci.edu/dataset/501), three stations, whole: a time series
//! answers as its files do, after load, deletion, updates and re-opening.
//!
//! The data is not part of the repository: `STORAGE_TEST_DATA` names the folder that has `beijing-air/` and
//! `expected/`; where they are absent, the tests say so and pass.
//!
//! - `figures.rs`: the figures that are compared.
//! - `store.rs`: the figures as the store has them.
//! - `files.rs`: the figures as the files have them, read without the record type.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![expect(clippy::arithmetic_side_effects, reason = "it counts to 105,192")]

mod figures;
mod files;
mod store;

use files::{Files, Row, hour};
use schemas::beijing::{Reading, Wind, read_csv};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};
use storage::{Storage, StoredRecord as _, Table};

#[test]
fn figures_of_the_store_are_those_of_the_files() {
    let Some(source) = tests::shared_data("beijing-air") else { return };
    let expected = source.with_file_name("expected").join("given-beijing-air.expected.json");
    let expected: Value = serde_json::from_slice(&fs::read(expected).unwrap()).unwrap();
    let paths = csv_files(&source);
    let files = Files::read(&paths);
    assert_eq!(files.figures().to_json(), expected, "the test reads the files wrongly");

    let scratch = tests::Scratch::new();
    let storage = scratch.open();
    let readings = Reading::table(&storage).unwrap();
    for path in &paths {
        readings.put_stream(read_csv(path).unwrap()).unwrap();
    }
    check(&readings, &expected, "after load");
    drop((readings, storage));
    let storage = scratch.open();
    let readings = Reading::table(&storage).unwrap();
    check(&readings, &expected, "after re-opening");

    delete_every_third(&storage, &files).unwrap();
    let mut files = files.without_every_third();
    let remaining = files.figures().to_json();
    assert_ne!(remaining, expected);
    check(&readings, &remaining, "after deleting every third record");
    assert_eq!(readings.verify().unwrap(), []);

    change_text(&mut files);
    let changed = files.figures().to_json();
    assert_ne!(changed, remaining);
    change_records(&storage).unwrap();
    check(&readings, &changed, "after updates");

    drop((readings, storage));
    let storage = scratch.open();
    let readings = Reading::table(&storage).unwrap();
    check(&readings, &changed, "after updates and re-opening");
    assert_eq!(readings.verify().unwrap(), []);
}

#[test]
fn every_field_of_every_record_survives() {
    let Some(source) = tests::shared_data("beijing-air") else { return };
    let scratch = tests::Scratch::new();
    let readings = Reading::table(&scratch.open()).unwrap();
    let paths = csv_files(&source);
    let mut records: Vec<_> = paths.iter().flat_map(|path| read_csv(path).unwrap()).collect();
    // Back to front, so that the order is the table's work.
    records.reverse();
    readings.put_all(&records).unwrap();
    records.reverse();
    let stored = readings.iter().unwrap().map(|stored| stored.unwrap().load().unwrap());
    assert!(stored.eq(records), "they come out as they went in, in key order");
}

#[test]
fn extract_of_the_examples_is_part_of_the_data() {
    let Some(source) = tests::shared_data("beijing-air") else { return };
    let part = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/beijing-air/readings.csv");
    let part = read_csv(Path::new(part)).unwrap();
    let paths = csv_files(&source);
    let chosen = paths
        .iter()
        .flat_map(|path| read_csv(path).unwrap())
        .filter(|r| matches!((r.year, r.month, r.day), (2014, 6, _) | (2015, 12, 1..=10)));
    assert!(chosen.eq(part), "the extract has these days, and no others");
}

fn check(readings: &Table<Reading>, expected: &Value, when: &str) {
    assert_eq!(&store::figures(readings).unwrap().to_json(), expected, "{when}");
}

fn csv_files(source: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(source).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|end| end == "csv")).collect();
    files.sort();
    files
}

/// Deletes every third record of the files, in one transaction.
fn delete_every_third(storage: &Storage, files: &Files) -> storage::Result<()> {
    storage.write(|txn| {
        let readings = txn.table::<Reading>()?;
        for row in files.rows.iter().skip(2).step_by(3) {
            let (station, year, month, day, hour) = hour(row);
            assert!(readings.delete((station.as_str(), year, month, day, hour))?);
        }
        Ok(())
    })
}

// The updates, said twice: of the text of the files, and of the records.
//
// 1. At six in the morning of any day, the wind turns to the south and it is half a degree below -5.
// 2. On every 13th of a month, there is neither wind nor carbon monoxide, and 512.5 of PM2.5.
// 3. What Dingling measured in 2016 moves to a new station, Ming Tombs: their keys change.
// 4. At noon of 20 June 2014, Changping has 41 degrees.

fn change_text(files: &mut Files) {
    fn set(row: &mut Row, column: &str, text: &str) {
        row.insert(column.to_owned(), text.to_owned());
    }
    for row in &mut files.rows {
        if row["hour"] == "6" {
            set(row, "wd", "S");
            set(row, "TEMP", "-5.5");
        }
        if row["day"] == "13" {
            set(row, "wd", "NA");
            set(row, "CO", "NA");
            set(row, "PM2.5", "512.5");
        }
        if row["station"] == "Dingling" && row["year"] == "2016" {
            set(row, "station", "Ming Tombs");
        }
        if hour(row) == ("Changping".to_owned(), 2014, 6, 20, 12) {
            set(row, "TEMP", "41");
        }
    }
}

fn change_records(storage: &Storage) -> storage::Result<()> {
    let readings = Reading::table(storage)?;
    let r = Reading::FIELDS;
    let key = (r.station, r.year, r.month, r.day, r.hour);

    // By `update`, found by a filter, all in one transaction.
    storage.write(|txn| {
        let readings = txn.table::<Reading>()?;
        let at_six: storage::Result<Vec<_>> =
            readings.iter()?.filter(r.hour.eq(6_u8)).select(key).collect();
        for (station, year, month, day, hour) in at_six? {
            let changed = readings.update((&station, year, month, day, hour), |reading| {
                reading.wind = Some(Wind::S);
                reading.temperature = Some(-5.5);
            })?;
            assert_eq!(changed, Some(()));
        }
        Ok(())
    })?;

    // By `put_stream`, over what is there.
    let mut days = Vec::new();
    for stored in readings.iter()?.filter(r.day.eq(13_u8)) {
        let reading = stored?.load()?;
        days.push(Reading { wind: None, co: None, pm25: Some(512.5), ..reading });
    }
    readings.put_stream(days)?;

    // By a change of the key; the last of them by deletion of the old.
    storage.write(|txn| {
        let readings = txn.table::<Reading>()?;
        let mut moved = Vec::new();
        for stored in readings.prefix(("Dingling", 2016))? {
            moved.push(stored?.load()?);
        }
        let last = moved.pop();
        for Reading { station, year, month, day, hour, .. } in &moved {
            readings
                .update((station, year, month, day, hour), |r| r.station = "Ming Tombs".into())?;
        }
        if let Some(reading) = last {
            assert_eq!(
                readings.delete_range(("Dingling", 2016, 1, 1, 0)..("Dingling", 2017, 1, 1, 0))?,
                1
            );
            readings.insert(&Reading { station: "Ming Tombs".into(), ..reading })?;
        }
        Ok(())
    })?;

    // By comparison with what was read before; what is stale changes nothing.
    let noon = ("Changping", 2014, 6, 20, 12);
    let Some(before) = readings.load(noon)? else { return Ok(()) };
    let after = Reading { temperature: Some(41.0), ..before.clone() };
    assert!(readings.compare_and_set(&before, &after)?);
    assert!(!readings.compare_and_set(&before, &after)?);
    Ok(())
}
