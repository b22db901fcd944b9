//! What threads see of one another's commits: every read is a state that some number of commits leave, no read is
//! older than what was acknowledged before it began or seen by a read that had ended, a thread sees its own writes,
//! and a state that is held stays what it is.
//!
//! Each commit counts itself in a row of its own transaction, so a history is judged in one pass. 1,000 operations a
//! thread; `STORAGE_HISTORY=100000` for more, `STORAGE_SEED` for others. Under the thread sanitizer: see
//! `docs/reliability.md`.

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
};
use storage::{Durability, Storage, StorageError, StoredRecord, Table, table::Access};
use tests::random::{Random, setting};

const WRITERS: u64 = 4;
const READERS: u64 = 4;
const SLOTS: u64 = 12;
/// Room for all slots.
const CACHE_LEN: usize = 1 << 20;
/// The id of the row that counts the commits.
const COUNTER: u64 = SLOTS;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "slots")]
struct Slot {
    #[store(key)]
    id: u64,
    /// The commit that wrote it.
    #[store(index)]
    commit: u64,
    body: Vec<u8>,
}

fn slot(id: u64, commit: u64) -> Slot {
    Slot { id, commit, body: vec![commit as u8; 20 + (commit % 700) as usize] }
}

/// What all threads share besides the store.
#[derive(Debug, Default)]
struct History {
    /// The slots that each commit wrote, from the first on.
    commits: Mutex<Vec<Vec<u64>>>,
    /// The newest commit that was acknowledged.
    acknowledged: AtomicU64,
    /// The newest commit that a read which has ended had seen.
    seen: AtomicU64,
    /// The states that were read, each the commits of its slots and its counter.
    states: Mutex<Vec<Vec<u64>>>,
}

/// The commit of each slot, the counter's last. Every row is right by itself, and the index says the same as the rows.
fn state_of<A: Access>(table: &Table<Slot, A>, by_index: bool) -> storage::Result<Vec<u64>> {
    let mut state = vec![0; SLOTS as usize + 1];
    let mut see = |found: Slot| {
        assert_eq!(found, slot(found.id, found.commit));
        state[found.id as usize] = found.commit;
    };
    if by_index {
        for row in table.by(Slot::INDEXES.commit).iter()? {
            see(row?.load()?);
        }
    } else {
        for row in table.iter()? {
            see(row?.load()?);
        }
    }
    Ok(state)
}

impl History {
    /// The table, in every other case with a cache.
    fn table(storage: &Storage, random: &mut Random) -> storage::Result<Table<Slot>> {
        let table = Slot::table(storage)?;
        Ok(if random.below(2) == 0 { table.with_cache(CACHE_LEN) } else { table })
    }

    /// One transaction: counts itself and writes some slots; now and then it is given up.
    fn write(&self, storage: &Storage, random: &mut Random) -> storage::Result<()> {
        let gives_up = random.below(10) == 0;
        let durability =
            if random.below(3) == 0 { Durability::None } else { Durability::Immediate };
        let slots: Vec<u64> = (0..=random.below(3)).map(|_| random.next() % SLOTS).collect();
        let written = storage.write_with(durability, |txn| {
            let table = txn.table::<Slot>()?;
            let before = table.project(COUNTER, Slot::FIELDS.commit)?.unwrap_or_default();
            for id in slots.iter().chain([&COUNTER]) {
                table.put(&slot(*id, before + 1))?;
                assert_eq!(
                    table.load(*id)?,
                    Some(slot(*id, before + 1)),
                    "it reads its own writes"
                );
            }
            if gives_up {
                return Err(StorageError::custom("given up"));
            }
            // The transaction has the writer's place, so commits are entered in their order.
            let mut commits = self.commits.lock().unwrap();
            commits.push(slots.clone());
            assert_eq!(commits.len() as u64, before + 1, "a commit was lost or is not seen");
            Ok(before + 1)
        });
        let Ok(commit) = written else { return if gives_up { Ok(()) } else { written.map(drop) } };
        self.acknowledged.fetch_max(commit, SeqCst);
        let table = Self::table(storage, random)?;
        let own = table.project(slots[0], Slot::FIELDS.commit)?.unwrap_or_default();
        assert!(own >= commit, "wrote {commit}, read {own}");
        Ok(())
    }

    /// One state, read whole, and again after a while.
    fn read(&self, storage: &Storage, random: &mut Random) -> storage::Result<()> {
        let least = self.acknowledged.load(SeqCst).max(self.seen.load(SeqCst));
        if random.below(3) == 0 {
            let table = Self::table(storage, random)?;
            let found = table.project(COUNTER, Slot::FIELDS.commit)?.unwrap_or_default();
            assert!(found >= least, "read {found} after {least}");
            self.seen.fetch_max(found, SeqCst);
            return Ok(());
        }
        let held = storage.read()?;
        let table = held.table::<Slot>()?;
        let state = state_of(&table, random.below(2) == 0)?;
        let found = state[COUNTER as usize];
        assert!(found >= least, "read {found} after {least}");
        self.seen.fetch_max(found, SeqCst);
        if random.below(4) == 0 {
            thread::yield_now();
            assert_eq!(state_of(&table, random.below(2) == 0)?, state, "a state stays what it is");
        }
        self.states.lock().unwrap().push(state);
        Ok(())
    }

    /// Holds every state against what the commits up to its counter leave; gives their numbers.
    fn judge(self) -> (usize, usize) {
        let commits = self.commits.into_inner().unwrap();
        let mut states = self.states.into_inner().unwrap();
        states.sort_unstable_by_key(|state| state[COUNTER as usize]);
        let mut expected = vec![0; SLOTS as usize + 1];
        let mut done = 0;
        for state in &states {
            while done < state[COUNTER as usize] {
                let slots = &commits[done as usize];
                done += 1;
                for id in slots.iter().chain([&COUNTER]) {
                    expected[*id as usize] = done;
                }
            }
            assert_eq!(*state, expected, "not the state after {done} commits");
        }
        (commits.len(), states.len())
    }
}

#[test]
fn every_read_is_a_state_that_some_number_of_commits_leave() {
    let (operations, seed) = (setting("STORAGE_HISTORY", 1000), setting("STORAGE_SEED", 1));
    let storage = Storage::in_memory().unwrap();
    let history = History::default();
    thread::scope(|scope| {
        for number in 0..WRITERS + READERS {
            let (storage, history) = (&storage, &history);
            scope.spawn(move || {
                let mut random = Random::new(seed.wrapping_mul(1000) + number);
                for _ in 0..operations {
                    if number < WRITERS {
                        history.write(storage, &mut random).unwrap();
                    } else {
                        history.read(storage, &mut random).unwrap();
                    }
                    if number == 0 && random.below(100) == 0 {
                        // Refused while somebody reads, and waited for when not.
                        let _ = storage.compact();
                    }
                }
            });
        }
    });
    let table = Slot::table(&storage).unwrap();
    assert_eq!(table.verify().unwrap(), []);
    assert!(storage.check().unwrap().is_sound());
    let (commits, states) = history.judge();
    eprintln!("seed {seed}: {commits} commits, {states} states");
    assert!(commits as u64 > operations * WRITERS / 2 && states as u64 > operations);
}
