//! The main job on one page: put values into two tables and read them in place.
//!
//! `cargo run -p examples --example quickstart [FILE]`
//!
//! Without `FILE` the store is a temporary file.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it does")]

use schemas::monster::{Monster, RkyvData, create_monster};
use std::{env, error::Error, path::PathBuf, process::ExitCode, time::Instant};
use storage::Storage;

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
    let storage = Storage::open(path.unwrap_or_else(|| scratch.path().join("quickstart.redb")))?;

    rkyv_values(&storage)?;
    flatbuffers_values(&storage)?;
    Ok(())
}

/// Values of a plain Rust struct, kept as rkyv archives.
fn rkyv_values(storage: &Storage) -> storage::Result<()> {
    let table = storage.new_rkyv_table::<u64, RkyvData>("rkyv_data");

    // A value goes in whole.
    table.put(123, &RkyvData { id: 123, name: "test".into(), value: 42.0 })?;

    // It is read where it lies: the closure sees the stored bytes as `ArchivedRkyvData`, and only
    // what it returns is copied. A key that is not there gives `None`.
    let found = table.get(123, |data| format!("{}, {}, {}", data.id, data.name, data.value))?;
    println!("get 123:     {found:?}");
    println!("get 124:     {:?}", table.get(124, |data| data.id.to_native())?);

    // Many values in one transaction.
    let more = (200_u32..210).map(|id| {
        let value = f64::from(id);
        (u64::from(id), RkyvData { id: id.into(), name: format!("number {id}"), value })
    });
    table.put_stream(more)?;

    // A scan visits every value in key order and keeps what the closure makes `Some`.
    let hits =
        table.scan(|key, data| (data.value > 40.0).then(|| format!("{key} {}", data.name)))?;
    println!("scan > 40.0: {hits:?}");

    println!("delete 200:  {}", table.delete(200)?);
    println!("once more:   {}", table.delete(200)?);

    let start = Instant::now();
    let mut sum = 0.0;
    for _ in 0..1_000 {
        sum += table.get(123, |data| data.value.to_native())?.unwrap_or_default();
    }
    println!("1,000 gets:  sum {sum}, {:?}", start.elapsed());
    Ok(())
}

/// Values of a type that flatc generated, kept in its own format.
fn flatbuffers_values(storage: &Storage) -> storage::Result<()> {
    let table = storage.new_flatbuffers_table::<u64, Monster<'_>>("monsters");

    // The builder writes the value; no struct of it is made on the way.
    table.put_with(456, |builder| create_monster(builder, 80, 150, "Orc"))?;

    let found = table.get(456, |monster| {
        format!("hp {}, mana {}, name {}", monster.hp(), monster.mana(), monster.name())
    })?;
    println!("get 456:     {found:?}");

    let start = Instant::now();
    let mut sum = 0.0;
    for _ in 0..1_000 {
        sum += table.get(456, |monster| f64::from(monster.hp()))?.unwrap_or_default();
    }
    println!("1,000 gets:  sum {sum}, {:?}", start.elapsed());
    Ok(())
}
