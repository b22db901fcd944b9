//! The laws of `ByteReader` and `ByteWriter`, each against snapshots and write transactions.
//!
//! `read.rs` has the laws of reading in their order, `write.rs` those of writing, `undo.rs` those
//! of savepoints with much to undo, `failing.rs` what an error promises.

mod failing;
mod read;
mod undo;
mod write;

use std::{
    collections::BTreeMap,
    ops::{Bound, ControlFlow, RangeBounds},
};
use storage::{
    Storage, StorageError,
    backend::{ByteReader, ByteTable, ByteWriter, RedbBackend},
};
use tests::random::Random;

/// What a table should hold.
pub(crate) type Rows = BTreeMap<Vec<u8>, Vec<u8>>;
pub(crate) type Pair = (Vec<u8>, Vec<u8>);
pub(crate) type Bounds<'b> = (Bound<&'b [u8]>, Bound<&'b [u8]>);

pub(crate) const ALL: Bounds<'static> = (Bound::Unbounded, Bound::Unbounded);

/// A table of keys of any length, and one for each length that the engine has a type for.
pub(crate) fn tables() -> Vec<ByteTable> {
    let lengths = [None, Some(4), Some(8), Some(12), Some(16)];
    lengths.into_iter().map(|len| ByteTable::new(&format!("keys of {len:?}"), len)).collect()
}

/// Rows for `table`: more than a chunk has, and some values that are longer than a chunk.
pub(crate) fn sample(table: &ByteTable, seed: u64) -> Rows {
    let mut random = Random::new(seed);
    let mut rows = Rows::new();
    for number in 0..200 {
        let mut key = key(table, &mut random);
        // Many keys share their beginning.
        key.iter_mut().take(2).for_each(|byte| *byte = 0xff * (*byte & 1));
        let len = if number % 90 == 7 { 300_000 } else { random.below(600) };
        let mut value = vec![0; len];
        random.fill(&mut value);
        rows.insert(key, value);
    }
    rows
}

/// A key that `table` can have.
pub(crate) fn key(table: &ByteTable, random: &mut Random) -> Vec<u8> {
    let len = table
        .name()
        .strip_prefix("keys of Some(")
        .map_or_else(|| random.below(40), |len| len.trim_end_matches(')').parse().unwrap());
    let mut key = vec![0; len];
    random.fill(&mut key);
    key
}

pub(crate) fn put_all(writer: &dyn ByteWriter, table: &ByteTable, rows: &Rows) {
    for (key, value) in rows {
        writer.put(table, key, value).unwrap();
    }
}

/// Calls `law` with everything that reads, each time with the table and the rows that are in it.
pub(crate) fn each_reader(law: impl Fn(&dyn ByteReader, &ByteTable, &Rows)) {
    let (committed, fresh) = (Storage::in_memory().unwrap(), Storage::in_memory().unwrap());
    let samples: Vec<_> = tables().into_iter().zip(1..).collect();
    let samples: Vec<_> =
        samples.into_iter().map(|(table, seed)| (sample(&table, seed), table)).collect();
    write(committed.backend(), |writer| {
        for (rows, table) in &samples {
            put_all(writer, table, rows);
        }
    });
    for (rows, table) in &samples {
        law(&*committed.backend().snapshot().unwrap(), table, rows);
        write(committed.backend(), |writer| law(writer, table, rows));
        // By its name alone: the engine is asked what its keys are.
        let by_name = ByteTable::from(table.name());
        law(&*committed.backend().snapshot().unwrap(), &by_name, rows);
        write(committed.backend(), |writer| law(writer, &by_name, rows));
        write(fresh.backend(), |writer| {
            put_all(writer, table, rows);
            law(writer, table, rows);
        });
    }
}

/// Runs `body` in a write transaction that is committed.
pub(crate) fn write<T>(backend: &RedbBackend, body: impl FnOnce(&dyn ByteWriter) -> T) -> T {
    backend.write(|writer| Ok(body(writer))).unwrap()
}

/// Runs `body` in a write transaction that is given up.
pub(crate) fn write_in_vain<T>(
    backend: &RedbBackend,
    body: impl FnOnce(&dyn ByteWriter) -> T,
) -> T {
    let mut result = None;
    let gone = backend.write(|writer| {
        result = Some(body(writer));
        Err::<(), _>(StorageError::custom("given up"))
    });
    assert!(matches!(gone, Err(StorageError::Custom(_))), "{gone:?}");
    result.unwrap()
}

/// The rows between two bounds, as `reader` has them.
pub(crate) fn rows(
    reader: &dyn ByteReader,
    table: &ByteTable,
    (lower, upper): Bounds<'_>,
) -> Vec<Pair> {
    let rows = reader.rows(table, lower, upper).unwrap();
    rows.map(|row| row.unwrap()).map(|row| (row.key.to_vec(), row.value.to_vec())).collect()
}

/// All rows of `table`, as `reader` has them.
pub(crate) fn all(reader: &dyn ByteReader, table: &ByteTable) -> Rows {
    rows(reader, table, ALL).into_iter().collect()
}

/// The rows between two bounds, as they should be.
pub(crate) fn expected(rows: &Rows, bounds: Bounds<'_>) -> Vec<Pair> {
    let is_within = |key: &[u8]| RangeBounds::<[u8]>::contains(&bounds, key);
    let rows = rows.iter().filter(|(key, _)| is_within(key));
    rows.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// What `get_many` calls back with.
pub(crate) fn get_many(
    reader: &dyn ByteReader,
    table: &ByteTable,
    keys: &[Vec<u8>],
    count: usize,
) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let mut found = Vec::new();
    let mut visit = |key: &[u8], value: Option<&[u8]>| {
        found.push((key.to_vec(), value.map(<[u8]>::to_vec)));
        if found.len() < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    reader.get_many(table, &mut keys.iter().map(Vec::as_slice), &mut visit).unwrap();
    found
}
