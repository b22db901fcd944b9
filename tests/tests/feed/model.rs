//! Random programs: the feed, replayed, has the keys of the table at every commit, and agrees with a watcher.

use crate::{Ticket, assert_sound, assert_told, keys_after, ticket, told_after};
use std::collections::BTreeSet;
use storage::{Storage, StorageError, StoredRecord, Table, WriteTxn};
use tests::random::Random;

/// A change of some tickets, by whatever verb; those that are refused are refused alike everywhere.
fn change(random: &mut Random, tickets: &Table<Ticket, WriteTxn<'_>>) -> storage::Result<()> {
    let id = random.next() % 40;
    let ids = id..id + random.next() % 12;
    match random.below(8) {
        0 => tickets.put(&ticket(id, random.chance(500))).map(drop),
        1 => match tickets.insert(&ticket(id, true)) {
            Err(error) if error.is_conflict() => Ok(()),
            other => other.map(drop),
        },
        2 => tickets.update(id, |ticket| ticket.open = !ticket.open).map(drop),
        3 => tickets.delete(id).map(drop),
        4 => tickets.put_all(&ids.map(|id| ticket(id, true)).collect::<Vec<_>>()).map(drop),
        5 => tickets.delete_many(ids.rev()).map(drop),
        6 => tickets.delete_range(ids).map(drop),
        _ if random.chance(200) => tickets.clear().map(drop),
        _ => Ok(()),
    }
}

#[test]
fn random_programs_are_logged_as_they_are_made() {
    for seed in 0..30 {
        let mut random = Random::new(seed);
        let storage = Storage::in_memory().unwrap();
        let tickets = Ticket::table(&storage).unwrap();
        let mut watcher = tickets.watch().buffer_size(usize::MAX).start().unwrap();
        let mut cursor = 0;
        for _ in 0..60 {
            let is_undone = random.chance(250);
            let written = storage.write(|txn| {
                let tickets = txn.table::<Ticket>()?;
                for _ in 0..random.below(4) {
                    if random.chance(300) {
                        let undone = txn.savepoint(|| {
                            change(&mut random, &tickets)?;
                            change(&mut random, &tickets)?;
                            Err::<(), _>(StorageError::custom("no"))
                        });
                        undone.unwrap_err();
                    }
                    change(&mut random, &tickets)?;
                }
                if is_undone { Err(StorageError::custom("no")) } else { Ok(()) }
            });
            assert_eq!(written.is_err(), is_undone, "{written:?}");
            assert_told(&tickets, &mut watcher, &mut cursor);
            let keys: Result<BTreeSet<_>, _> =
                tickets.iter().unwrap().map(|row| row.map(|row| row.id.to_native())).collect();
            assert_eq!(keys_after(&told_after(&tickets, 0)), keys.unwrap(), "seed {seed}");
        }
        assert_sound(&storage);
    }
}
