//! A table whose record changes from release to release, while the power goes and disks fail.

use super::{
    Side,
    member::{Archives, Flat, Released, Releases},
};
use crate::random::Random;
use std::{collections::BTreeMap, ops::ControlFlow};
use storage::{
    ReadTxn, Result, Storage, StorageError, StoredRecord as _, Table, evolution::MigrationProgress,
    table::Access,
};

/// The most members that a table has while the program runs.
const IDS: usize = 40;
/// Of rows and of batches: as many as there are.
const ALL: usize = usize::MAX;

/// What a member's level is where nobody has said it.
pub(super) const LEVEL: u8 = 3;

/// A record of the table, with all that any release has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) city: String,
    pub(super) age: u16,
    pub(super) nick: Option<String>,
    pub(super) level: u8,
}

/// A release of the program that has the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Release {
    /// The first.
    First,
    /// Has two fields and two indexes more; with rkyv it and the first take turns.
    Second,
    /// Has other names for the table and for a field, and another index in the place of one.
    Third,
    /// Has another key.
    Fourth,
}

/// What a program of a release does with its table in a codec. It opens it, which may rename it and build its indexes.
#[derive(Clone, Debug)]
pub struct Growth {
    pub(super) side: Side,
    pub(super) release: Release,
    pub(super) deed: Deed,
}

/// What it does.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Members are put in one stream.
    Put(Vec<Member>),
    /// A member is removed.
    Delete(u32),
    /// Rows are rewritten in batches of so many, at most so many of them.
    Migrate(usize, usize),
    /// The rows of the third release get the keys of the fourth, in the same way.
    Rekey(usize, usize),
}

/// The members by number.
pub(super) type Members = BTreeMap<u32, Member>;

impl Default for Member {
    fn default() -> Self {
        let [name, city] = [const { String::new() }; 2];
        Self { id: 0, name, city, age: 0, nick: None, level: LEVEL }
    }
}

impl Member {
    /// A member that is like no other.
    pub(super) fn new(id: u32, number: usize, random: &mut Random) -> Self {
        Self {
            id,
            name: format!("member {id} of step {number}"),
            city: format!("city {}", random.below(4)),
            age: random.below(80) as u16,
            nick: random.chance(600).then(|| format!("{id} at {number}")),
            level: random.below(4) as u8,
        }
    }

    /// What `release` keeps of it.
    fn kept_by(&self, release: Release) -> Self {
        match release {
            Release::First => Self { nick: None, level: LEVEL, ..self.clone() },
            _ => self.clone(),
        }
    }
}

impl Growth {
    /// The first release is there first: what the second has more is new then, and has not come back.
    pub(super) fn first(side: Side, random: &mut Random) -> Self {
        let members = (0..10).map(|id| Member::new(id * 4, 0, random)).collect();
        Self { side, release: Release::First, deed: Deed::Put(members) }
    }

    /// What a program of the last release does behind a crash.
    fn later(side: Side) -> Self {
        let member = |id| Member { id, nick: Some(format!("late {id}")), ..Member::default() };
        let deed = Deed::Put(vec![member(900), member(901)]);
        Self { side, release: Release::Fourth, deed }
    }

    /// Something that a program does when so much of 1000 of its life is over.
    pub(super) fn new(side: Side, number: usize, life: usize, random: &mut Random) -> Self {
        let release = match life {
            // With FlatBuffers an id that was removed stays so, and nobody goes back.
            0..200 if side == Side::Flat => Release::First,
            200..400 if side == Side::Flat => Release::Second,
            0..400 => *random.one(&[Release::First, Release::Second]),
            400..750 => Release::Third,
            _ => Release::Fourth,
        };
        let (rows, batches) = (2 + random.below(8), 1 + random.below(4));
        let deed = match random.below(10) {
            0..3 if release == Release::Fourth => Deed::Rekey(rows, batches),
            // Who migrates ends the turns of the first two: what the second has would be gone, or have come back.
            0..3 if release > Release::Second => Deed::Migrate(rows, batches),
            3 => Deed::Delete(random.below(IDS) as u32),
            _ => {
                let ids = (0..=random.below(8)).map(|_| random.below(IDS) as u32);
                let ids: Vec<u32> = ids.collect();
                Deed::Put(ids.into_iter().map(|id| Member::new(id, number, random)).collect())
            }
        };
        Self { side, release, deed }
    }

    /// What it makes of the members.
    pub(super) fn apply(&self, members: &mut Members) {
        match &self.deed {
            Deed::Put(put) => {
                members.extend(put.iter().map(|member| (member.id, member.kept_by(self.release))));
            }
            Deed::Delete(id) => {
                members.remove(id);
            }
            Deed::Migrate(..) | Deed::Rekey(..) => {}
        }
    }

    /// Does it on a store.
    pub(super) fn perform(&self, storage: &Storage) -> Result<()> {
        match self.side {
            Side::Rkyv => self.perform_in::<Archives>(storage),
            Side::Flat => self.perform_in::<Flat>(storage),
        }
    }

    fn perform_in<R: Releases>(&self, storage: &Storage) -> Result<()> {
        match (self.release, &self.deed) {
            (_, Deed::Rekey(rows, batches)) => rekey::<R>(storage, *rows, *batches),
            (Release::First, deed) => perform_as::<R::First>(deed, storage),
            (Release::Second, deed) => perform_as::<R::Second>(deed, storage),
            (Release::Third, deed) => perform_as::<R::Third>(deed, storage),
            (Release::Fourth, deed) => {
                // Programs of the fourth release do this whenever they start.
                rekey::<R>(storage, ALL, ALL)?;
                perform_as::<R::Fourth>(deed, storage)
            }
        }
    }
}

fn perform_as<M: Released>(deed: &Deed, storage: &Storage) -> Result<()> {
    let table = M::table(storage)?;
    match deed {
        Deed::Put(members) => table.put_stream(members.iter().cloned().map(M::from)).map(drop),
        Deed::Delete(id) => M::delete(&table, *id).map(drop),
        Deed::Migrate(rows, batches) | Deed::Rekey(rows, batches) => {
            table.migrate().batch(*rows).progress(at_most(*batches)).run().map(drop)
        }
    }
}

fn rekey<R: Releases>(storage: &Storage, rows: usize, batches: usize) -> Result<()> {
    let rekey = storage.rekey(|old: R::Third| Ok(R::Fourth::from(old.into())));
    rekey.batch(rows).progress(at_most(batches)).run().map(drop)
}

/// Stops after so many batches.
fn at_most(mut batches: usize) -> impl FnMut(&MigrationProgress) -> ControlFlow<()> {
    move |_| {
        batches -= 1;
        if batches == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// All members of a snapshot, as whatever release can read them.
pub(super) fn read(txn: &ReadTxn) -> Result<[Members; 2]> {
    Ok([read_in::<Archives>(txn)?, read_in::<Flat>(txn)?])
}

fn read_in<R: Releases>(txn: &ReadTxn) -> Result<Members> {
    match txn.table::<R::Fourth>() {
        Ok(table) => read_table(&table),
        Err(StorageError::Schema(_)) => read_table(&txn.table::<R::Third>()?),
        Err(error) => Err(error),
    }
}

fn read_table<M: Released, A: Access>(table: &Table<M, A>) -> Result<Members> {
    let mut members = Members::new();
    for found in table.iter()? {
        let member: Member = found?.load()?.into();
        members.insert(member.id, member);
    }
    Ok(members)
}

/// Compares the tables of `storage`, which have these members, with their indexes; gives what is wrong. Whatever a
/// program had begun, the next ones end it: indexes are built, rows rewritten, and keys are the new ones.
pub(super) fn grow_up(storage: &Storage, members: [&mut Members; 2]) -> Result<Option<String>> {
    let [rkyv, flat] = members;
    Ok(grow_up_in::<Archives>(Side::Rkyv, storage, rkyv)?.or(grow_up_in::<Flat>(
        Side::Flat,
        storage,
        flat,
    )?))
}

fn grow_up_in<R: Releases>(
    side: Side,
    storage: &Storage,
    members: &mut Members,
) -> Result<Option<String>> {
    match R::Third::table(storage) {
        Ok(table) => {
            let verified = table.verify()?;
            if !verified.is_empty() {
                return Ok(Some(format!("{verified:?}")));
            }
            table.migrate().run()?;
            let tables = storage.tables()?;
            let old = tables.iter().find(|info| info.name == table.name() && info.layout_count > 1);
            if let Some(old) = old {
                return Ok(Some(format!("{old:?} was migrated")));
            }
            if let Some(wrong) = check_table(&table, members)? {
                return Ok(Some(wrong));
            }
            rekey::<R>(storage, ALL, ALL)?;
        }
        Err(StorageError::Schema(_)) => {}
        Err(error) => return Err(error),
    }
    let later = Growth::later(side);
    later.perform(storage)?;
    later.apply(members);
    let report = storage.check()?;
    if !report.is_sound() {
        return Ok(Some(format!("{:?}", report.faults)));
    }
    check_table(&R::Fourth::table(storage)?, members)
}

fn check_table<M: Released>(table: &Table<M>, members: &Members) -> Result<Option<String>> {
    let faults = table.verify()?;
    if !faults.is_empty() {
        return Ok(Some(format!("{faults:?}")));
    }
    if read_table(table)? != *members {
        return Ok(Some("members are read otherwise".to_owned()));
    }
    M::check_look_ups(table, members)
}
