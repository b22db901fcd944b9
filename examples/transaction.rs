//! How do I change several tables at once, whole or not at all?
//!
//! `cargo run -p examples --example transaction [FILE]`
//!
//! Without `FILE` the store is a temporary file.
//! The data is an extract of [OurAirports](https://ourairports.com/data/), see `data/SOURCE.md`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it does")]

use schemas::airports::{Airport, Runway, read_csv};
use std::{env, error::Error, path::Path, path::PathBuf, process::ExitCode};
use storage::{Storage, StorageError, StoredRecord as _, WriteTxn};

/// Where the extract is.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let path = env::args_os().nth(1).map(PathBuf::from);
    let storage = Storage::open(path.unwrap_or_else(|| scratch.path().join("transaction.redb")))?;

    load(&storage)?;
    close_an_airport(&storage)?;
    change_your_mind(&storage)?;
    try_a_part(&storage)?;
    read_one_state(&storage)?;
    Ok(())
}

/// Two files, one transaction: after a crash, both tables are there or neither.
fn load(storage: &Storage) -> Result<(), Box<dyn Error>> {
    let airports = read_csv::<Airport>(Path::new(DATA))?;
    let runways = read_csv::<Runway>(Path::new(DATA))?;
    let (airports, runways) = storage.write(|txn| {
        let airports = txn.table::<Airport>()?.put_stream(airports)?;
        let runways = txn.table::<Runway>()?.put_stream(runways)?;
        Ok((airports, runways))
    })?;
    println!("loaded {airports} airports and {runways} runways");
    Ok(())
}

/// Removes an airport with its runways and gives the number of those.
///
/// What runs in a transaction can be a function: it takes the transaction, and its errors leave it.
fn remove(txn: &WriteTxn<'_>, ident: &str) -> storage::Result<usize> {
    let runways = txn.table::<Runway>()?;
    let r = Runway::FIELDS;
    let ids = runways.iter()?.filter(r.airport_ident.eq(ident.to_owned())).select(r.id);
    let ids: storage::Result<Vec<u32>> = ids.collect();
    let ids = ids?;
    for id in &ids {
        runways.delete(id)?;
    }
    if !txn.table::<Airport>()?.delete(ident)? {
        // An error of your own ends the transaction as any other does.
        return Err(StorageError::custom(format!("there is no airport {ident}")));
    }
    Ok(ids.len())
}

/// `Ok` commits.
fn close_an_airport(storage: &Storage) -> storage::Result<()> {
    let runways = storage.write(|txn| {
        let runways = remove(txn, "EGLC")?;
        // The transaction sees its own writes; nobody else does before it commits.
        assert!(!txn.table::<Airport>()?.contains("EGLC")?);
        assert!(Airport::table(storage)?.contains("EGLC")?);
        Ok(runways)
    })?;
    println!("EGLC is gone, and its runways with it: {runways}");
    Ok(())
}

/// `Err` rolls everything back, in every table; so does a panic.
fn change_your_mind(storage: &Storage) -> storage::Result<()> {
    let outcome = storage.write(|txn| {
        remove(txn, "EGLL")?;
        remove(txn, "EGXX")
    });
    if let Err(error) = outcome {
        println!("rolled back: {error}");
    }
    println!("EGLL is there: {}", Airport::table(storage)?.contains("EGLL")?);
    Ok(())
}

/// A savepoint undoes a part, and the transaction goes on.
fn try_a_part(storage: &Storage) -> storage::Result<()> {
    let removed = storage.write(|txn| {
        let mut removed = Vec::new();
        for ident in ["EGKK", "EGXX", "EGSS"] {
            match txn.savepoint(|| remove(txn, ident)) {
                Ok(runways) => removed.push((ident, runways)),
                Err(StorageError::Custom(reason)) => println!("skipped: {reason}"),
                Err(error) => return Err(error),
            }
        }
        Ok(removed)
    })?;
    println!("removed with their runways: {removed:?}");
    Ok(())
}

/// A read transaction is one state of all tables, whatever is written meanwhile.
fn read_one_state(storage: &Storage) -> storage::Result<()> {
    let before = storage.read()?;
    storage.write(|txn| remove(txn, "EGGW"))?;
    let after = storage.read()?;
    for (when, txn) in [("before", before), ("after", after)] {
        let airports = txn.table::<Airport>()?.len()?;
        let runways = txn.table::<Runway>()?.len()?;
        println!("{when}: {airports} airports, {runways} runways");
    }
    Ok(())
}
