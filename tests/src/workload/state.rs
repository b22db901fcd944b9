//! The content of a store: what is expected, and what is read.

use super::{
    Change, Row, Side,
    growth::{self, Members},
    record::{FlatRow, Kept, RkyvRow, aside},
};
use std::{collections::BTreeMap, mem};
use storage::{Result, Storage, StoredRecord, Table, table::Access};

/// The rows of both tables, and of those that were put aside, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    rkyv: BTreeMap<u32, Row>,
    flat: BTreeMap<u32, Row>,
    rkyv_aside: BTreeMap<u32, Row>,
    flat_aside: BTreeMap<u32, Row>,
    rkyv_members: Members,
    flat_members: Members,
}

impl State {
    /// Changes it as `change` says.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Put(side, row) => {
                self.rows_mut(*side).insert(row.id, row.clone());
            }
            Change::Update(side, id, city) => {
                if let Some(row) = self.rows_mut(*side).get_mut(id) {
                    row.move_to(city);
                }
            }
            Change::Delete(side, id) => {
                self.rows_mut(*side).remove(id);
            }
            Change::DeleteRows(side, from, to) => {
                self.rows_mut(*side).retain(|id, _| !(*from..*to).contains(id));
            }
            Change::UpdateRows(side, from, to, city) => {
                let rows = self.rows_mut(*side).range_mut(from.min(to)..to);
                rows.for_each(|(_, row)| row.move_to(city));
            }
            Change::Clear(side) => self.rows_mut(*side).clear(),
            Change::Stream(side, rows) => {
                self.rows_mut(*side).extend(rows.iter().map(|row| (row.id, row.clone())));
            }
            Change::Aside(Side::Rkyv) => self.rkyv_aside = mem::take(&mut self.rkyv),
            Change::Aside(Side::Flat) => self.flat_aside = mem::take(&mut self.flat),
            Change::Undone(_) => {}
            Change::Grow(growth) if growth.side == Side::Rkyv => {
                growth.apply(&mut self.rkyv_members);
            }
            Change::Grow(growth) => growth.apply(&mut self.flat_members),
        }
    }

    fn rows_mut(&mut self, side: Side) -> &mut BTreeMap<u32, Row> {
        match side {
            Side::Rkyv => &mut self.rkyv,
            Side::Flat => &mut self.flat,
        }
    }

    /// Reads the content of `storage`, in one snapshot.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn read(storage: &Storage) -> Result<Self> {
        let txn = storage.read()?;
        let [rkyv_members, flat_members] = growth::read(&txn)?;
        Ok(Self {
            rkyv_members,
            flat_members,
            rkyv: read_rows(&txn.table::<RkyvRow>()?)?,
            flat: read_rows(&txn.table::<FlatRow>()?)?,
            rkyv_aside: read_rows(&txn.table::<aside::RkyvRow>()?)?,
            flat_aside: read_rows(&txn.table::<aside::FlatRow>()?)?,
        })
    }

    /// Compares `storage`, whose content this is, with its checksums and its indexes; gives what is wrong.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn check(&self, storage: &Storage) -> Result<Option<String>> {
        let report = storage.check()?;
        if !report.is_sound() {
            return Ok(Some(format!("{:?}", report.faults)));
        }
        let wrong = [
            check_table::<RkyvRow>(storage, &self.rkyv)?,
            check_table::<FlatRow>(storage, &self.flat)?,
            check_table::<aside::RkyvRow>(storage, &self.rkyv_aside)?,
            check_table::<aside::FlatRow>(storage, &self.flat_aside)?,
        ];
        Ok(wrong.into_iter().flatten().next())
    }

    /// Ends in `storage`, whose content this is, what programs of any release had begun with their tables; gives what
    /// is wrong.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn grow_up(&mut self, storage: &Storage) -> Result<Option<String>> {
        growth::grow_up(storage, [&mut self.rkyv_members, &mut self.flat_members])
    }

    /// How often each of `keys` comes.
    pub(super) fn count<'k>(keys: impl Iterator<Item = &'k str>) -> BTreeMap<&'k str, u64> {
        let mut counts = BTreeMap::new();
        keys.for_each(|key| *counts.entry(key).or_default() += 1);
        counts
    }
}

/// Room for all rows.
const CACHE_LEN: usize = 1 << 20;

fn read_rows<R: Kept, A: Access>(table: &Table<R, A>) -> Result<BTreeMap<u32, Row>> {
    let mut rows = BTreeMap::new();
    for found in table.iter()? {
        let row: Row = found?.load()?.into();
        rows.insert(row.id, row);
    }
    Ok(rows)
}

fn check_table<R: Kept>(storage: &Storage, rows: &BTreeMap<u32, Row>) -> Result<Option<String>> {
    let table = <R as StoredRecord>::table(storage)?;
    let faults = table.verify()?;
    if !faults.is_empty() {
        return Ok(Some(format!("{faults:?}")));
    }
    let cached = table.clone().with_cache(CACHE_LEN);
    for row in rows.values() {
        // What is asked for twice is kept, and may come out of the cache.
        for found in [cached.load(row.id)?, cached.load(row.id)?] {
            if found.map(Into::into).as_ref() != Some(row) {
                return Ok(Some(format!("the cache gives something else for {}", row.id)));
            }
        }
    }
    R::check_look_ups(&table, rows)
}
