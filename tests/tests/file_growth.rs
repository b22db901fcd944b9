//! What it does to the file's length to change every record, by the way it is done: the documentation of
//! `Table::iter` has these figures.
//!
//! `cargo test -p tests --test file_growth -- --nocapture` prints them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use storage::{PageToken, Result, Storage, StoredRecord, Table};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "readings")]
struct Reading {
    #[store(key)]
    id: u32,
    value: u64,
    text: String,
}

const COUNT: u32 = 4_000;

/// How many times as long the file is when `change` has added one to every record.
fn growth(change: impl FnOnce(&Storage, &Table<Reading>) -> Result<()>) -> u64 {
    let storage = Storage::in_memory().unwrap();
    let readings = Reading::table(&storage).unwrap();
    let reading = |id| Reading { id, value: 0, text: "x".repeat(50) };
    readings.put_stream((0..COUNT).map(reading)).unwrap();
    storage.compact().unwrap();
    let before = storage.stats().unwrap().file_len;
    change(&storage, &readings).unwrap();
    let after = storage.stats().unwrap().file_len;
    let changed = readings.scan(|reading| Some(reading.value.to_native())).unwrap();
    assert_eq!(changed, vec![1; COUNT as usize]);
    println!("{before} to {after} bytes: {:.1}", after as f64 / before as f64);
    after.div_ceil(before)
}

fn add_one(readings: &Table<Reading>, id: u32) -> Result<()> {
    readings.update(id, |reading| reading.value += 1).map(drop)
}

#[test]
fn a_walk_that_is_held_while_each_record_is_changed_keeps_every_page() {
    let factor = growth(|_, readings| {
        for reading in readings.iter()? {
            add_one(readings, reading?.view().id.to_native())?;
        }
        Ok(())
    });
    assert!(factor > 20, "the documentation warns of what is no more: {factor}");
}

#[test]
fn the_ways_that_the_documentation_names_keep_the_file_short() {
    let in_one_write = growth(|storage, _| {
        storage.write(|txn| {
            let readings = txn.table::<Reading>()?;
            for reading in readings.iter()? {
                let id = reading?.view().id.to_native();
                readings.update(id, |reading| reading.value += 1)?;
            }
            Ok(())
        })
    });
    let keys_first = growth(|_, readings| {
        let ids: Vec<u32> = readings.iter()?.select(Reading::FIELDS.id).collect::<Result<_>>()?;
        ids.into_iter().try_for_each(|id| add_one(readings, id))
    });
    let by_pages = growth(|storage, _| {
        let mut behind: Option<PageToken> = None;
        loop {
            let token = storage.write(|txn| {
                let readings = txn.table::<Reading>()?;
                let mut page = readings.iter()?.limit(100);
                if let Some(token) = &behind {
                    page = page.after(token)?;
                }
                let mut count = 0;
                while let Some(reading) = page.next().transpose()? {
                    readings.update(reading.view().id.to_native(), |reading| reading.value += 1)?;
                    count += 1;
                }
                Ok(page.page_token().filter(|_| count == 100))
            })?;
            match token {
                Some(token) => behind = Some(token),
                None => return Ok(()),
            }
        }
    });
    assert!(
        in_one_write <= 3 && keys_first <= 3 && by_pages <= 3,
        "{in_one_write} {keys_first} {by_pages}"
    );
}
