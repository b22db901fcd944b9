//! A release of the program, whatever its record is called and whatever it has.

use super::{
    item::{Deed, Item, Key, Rows, random_key},
    records::{Released, Releases},
};
use std::ops::ControlFlow;
use storage::{
    ReadTxn, Result, Storage, StorageError, Table, WriteTxn,
    evolution::MigrationProgress,
    maintenance::IndexFault,
    table::{Access, AccessMut},
};
use tests::random::Random;

const CACHE_LEN: usize = 1 << 20;

/// What a program of one release can do.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    pub(crate) name: &'static str,
    /// Programs of one age read each other's rows; an older one is refused where a younger has written.
    pub(crate) age: usize,
    /// Opens the table, with a cache or without.
    pub(crate) open: fn(&Storage, bool) -> Result<Box<dyn Handle>>,
    pub(crate) write_in: fn(&WriteTxn<'_>, &Deed) -> Result<u64>,
    pub(crate) check_in: fn(&ReadTxn, &Rows, &mut Random) -> Result<()>,
    /// What it leaves of a record.
    pub(crate) keep: fn(Item) -> Item,
}

/// An open table of some release.
pub(crate) trait Handle {
    /// Writes, and gives the number of rows that were there, or that were written.
    fn write(&self, deed: &Deed) -> Result<u64>;

    /// Compares everything that can be read with `rows`. Where others may have removed an index since the table was
    /// opened, it may be missing.
    fn check(&self, rows: &Rows, is_new: bool, random: &mut Random) -> Result<()>;

    /// Rewrites rows in batches; whether it came to the end.
    fn migrate(&self, rows: usize, batches: usize) -> Result<bool>;
}

/// The four programs of a codec.
pub(crate) const fn programs<R: Releases>() -> [Program; 4] {
    [
        program::<R::First>("first", 0),
        program::<R::Second>("second", 1),
        program::<R::Third>("third", 1),
        program::<R::Fourth>("fourth", 2),
    ]
}

const fn program<M: Released>(name: &'static str, age: usize) -> Program {
    Program {
        name,
        age,
        open: |storage, is_cached| {
            let table = M::table(storage)?;
            Ok(Box::new(if is_cached { table.with_cache(CACHE_LEN) } else { table }))
        },
        write_in: |txn, deed| write(&txn.table::<M>()?, deed),
        check_in: |state, rows, random| check(&state.table::<M>()?, rows, false, random),
        keep: |item| M::from(item).into(),
    }
}

impl<M: Released> Handle for Table<M> {
    fn write(&self, deed: &Deed) -> Result<u64> {
        write(self, deed)
    }

    fn check(&self, rows: &Rows, is_new: bool, random: &mut Random) -> Result<()> {
        check(self, rows, is_new, random)
    }

    fn migrate(&self, rows: usize, batches: usize) -> Result<bool> {
        let mut left = batches;
        let progress = |_: &MigrationProgress| {
            left -= 1;
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        Ok(!Table::migrate(self).batch(rows).progress(progress).run()?.is_stopped)
    }
}

fn write<M: Released, A: AccessMut>(table: &Table<M, A>, deed: &Deed) -> Result<u64> {
    let record = |item: &Item| M::from(item.clone());
    match deed {
        Deed::Put(item) => table.put(&record(item)).map(u64::from),
        Deed::Insert(item) => table.insert(&record(item)).map(|()| 0),
        Deed::Update(item) => {
            let updated = table.update(&item.key(), |old| *old = record(item))?;
            Ok(updated.map_or(0, |()| 1))
        }
        Deed::Upsert(item) => {
            table.upsert(&item.key(), |_| Ok::<_, StorageError>(record(item))).map(|_| 1)
        }
        Deed::CompareAndSet(expected, new) => {
            table.compare_and_set(&record(expected), &record(new)).map(u64::from)
        }
        Deed::Delete(key) => table.delete(key).map(u64::from),
        Deed::DeleteRange(range) => table.delete_range(range.clone()),
        Deed::PutStream(items) => table.put_stream(items.iter().map(record)),
        Deed::UpdateRange(range, name) => table.range(range.clone())?.update(|old| {
            let item: Item = old.clone().into();
            *old = M::from(Item { name: name.clone(), ..item });
        }),
    }
}

fn check<M: Released, A: Access>(
    table: &Table<M, A>,
    rows: &Rows,
    is_new: bool,
    random: &mut Random,
) -> Result<()> {
    let read = |item: &Item| -> Item { M::from(item.clone()).into() };
    let expected: Vec<Item> = rows.values().map(read).collect();
    let mut found = Vec::new();
    for row in table.iter()? {
        found.push(row?.load()?.into());
    }
    assert_eq!(found, expected, "every row");
    assert_eq!(table.len()?, expected.len() as u64, "len");
    let backwards = table.iter()?.rev().map(|row| Ok(row?.load()?.into()));
    let backwards = backwards.collect::<Result<Vec<Item>>>()?;
    assert!(backwards.iter().eq(expected.iter().rev()), "backwards");
    for _ in 0..4 {
        let key = random_key(random);
        let expected = rows.get(&key).map(read);
        assert_eq!(table.load(&key)?.map(Into::into), expected, "load {key:?}");
        let held = table.view(&key)?.map(|row| row.load()).transpose()?;
        assert_eq!(held.map(Into::into), expected, "view {key:?}");
        let fields = expected.map(|item| (item.code, item.tags));
        assert_eq!(M::fields(table, &key)?, fields, "project {key:?}");
        let range = random_key(random)..key;
        let found = table.range(range.clone())?.map(|row| Ok(row?.load()?.into()));
        let found = found.collect::<Result<Vec<Item>>>()?;
        let within = rows.iter().filter(|(key, _)| range.contains(key));
        assert_eq!(found, within.map(|(_, item)| read(item)).collect::<Vec<_>>(), "{range:?}");
    }
    let coded = rows.iter().filter(|(_, item)| item.code.is_some());
    assert_eq!(M::coded(table)?, coded.map(|(key, _)| key.clone()).collect::<Vec<_>>(), "filter");
    let mut faults = table.verify()?;
    faults.retain(|fault| is_new || !matches!(fault, IndexFault::NotBuilt { .. }));
    assert_eq!(faults, [], "the indexes are what the records ask for");
    match check_indexes(table, rows, random) {
        Err(StorageError::IndexNotBuilt { .. }) if !is_new => Ok(()),
        checked => checked,
    }
}

fn check_indexes<M: Released, A: Access>(
    table: &Table<M, A>,
    rows: &Rows,
    random: &mut Random,
) -> Result<()> {
    let name = Item::random_name(random);
    let named = rows.iter().filter(|(_, item)| item.name == name);
    let named: Vec<Key> = named.map(|(key, _)| key.clone()).collect();
    assert_eq!(M::of_name(table, &name)?, named, "the index of names");
    for item in rows.values().take(random.below(10)) {
        let Some(code) = item.code else { continue };
        let expected = M::from(item.clone()).into();
        assert_eq!(M::of_code(table, code)?, Some(expected), "the index of codes");
    }
    Ok(())
}
