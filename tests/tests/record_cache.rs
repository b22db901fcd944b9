//! A table with a cache gives what it gives without one, and the cache keeps to its bound.
//!
//! What threads do to one another in it is tried in `schedules.rs`, too.

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fmt::Debug,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicU64, Ordering},
    thread,
};
use storage::{RkyvTable, Storage, StorageError, StoredRecord, Table};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "notes")]
struct RkyvNote {
    #[store(key)]
    id: u64,
    text: String,
    count: u64,
}

#[derive(StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers", table = "notes")]
struct FlatNote {
    #[store(key)]
    id: u64,
    text: String,
    count: u64,
}

/// What both kinds of notes have.
trait Note: StoredRecord<Key = u64> + Clone + Debug + PartialEq {
    fn new(id: u64, text: String, count: u64) -> Self;
    fn id(&self) -> u64;
    fn count_mut(&mut self) -> &mut u64;
    /// The same note through `get` and through `project`.
    fn lent(table: &Table<Self>, id: u64) -> [Option<Self>; 2];
}

macro_rules! note {
    ($note:ident, $lend:expr) => {
        impl Note for $note {
            fn new(id: u64, text: String, count: u64) -> Self {
                Self { id, text, count }
            }
            fn id(&self) -> u64 {
                self.id
            }
            fn count_mut(&mut self) -> &mut u64 {
                &mut self.count
            }
            fn lent(table: &Table<Self>, id: u64) -> [Option<Self>; 2] {
                let f = Self::FIELDS;
                let projected = table.project(id, (f.id, f.text, f.count)).unwrap();
                let projected = projected.map(|(id, text, count)| Self { id, text, count });
                [table.get(id, $lend).unwrap(), projected]
            }
        }
    };
}
note!(RkyvNote, |n| Self {
    id: n.id.to_native(),
    text: n.text.to_string(),
    count: n.count.to_native()
});
note!(FlatNote, |n| Self { id: n.id(), text: n.text().to_owned(), count: n.count() });

const ID_COUNT: u64 = 40;

/// Numbers in no order, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn note<N: Note>(&mut self) -> N {
        let text = "wool ".repeat(self.roll(400) as usize);
        N::new(self.roll(ID_COUNT), text, self.roll(1000))
    }
}

/// A store, and what should be in it.
struct Rig<N> {
    storage: Storage,
    plain: Table<N>,
    cached: [Table<N>; 2],
    model: BTreeMap<u64, N>,
    /// The bytes of a row as they once were.
    kept: Option<(u64, Vec<u8>, N)>,
}

impl<N: Note> Rig<N> {
    fn new(len_max: usize) -> Self {
        let storage = Storage::in_memory().unwrap();
        let plain = N::table(&storage).unwrap();
        let cached = [plain.clone().with_cache(len_max / 2), plain.clone().with_cache(len_max)];
        Self { storage, plain, cached, model: BTreeMap::new(), kept: None }
    }

    fn step(&mut self, dice: &mut Dice) {
        let (id, note) = (dice.roll(ID_COUNT), dice.note::<N>());
        let writing = self.cached[0].clone();
        match dice.roll(12) {
            0..3 => self.put(&writing, note),
            3 => self.put(&self.plain.clone(), note),
            4 => {
                writing.update(id, |n| *n.count_mut() += 1).unwrap();
                self.model.entry(id).and_modify(|n| *n.count_mut() += 1);
            }
            5 => {
                assert_eq!(writing.delete(id).unwrap(), self.model.remove(&id).is_some());
            }
            6 => self.transaction(dice, true),
            7 => self.transaction(dice, false),
            8 => {
                let count = if dice.roll(4) == 0 { 1500 } else { 5 };
                let notes: Vec<N> = (0..count).map(|_| dice.note()).collect();
                writing.put_stream(notes.iter().cloned()).unwrap();
                self.model.extend(notes.into_iter().map(|note| (note.id(), note)));
            }
            9 => self.around_the_catalogue(id, dice.roll(2) == 0),
            10 if dice.roll(4) == 0 => self.storage.reopen().unwrap(),
            _ => drop(self.storage.compact().unwrap()),
        }
    }

    fn put(&mut self, table: &Table<N>, note: N) {
        table.put(&note).unwrap();
        self.model.insert(note.id(), note);
    }

    /// Several writes in one transaction, which is given up when it is not to be `kept`: by an error or a panic.
    fn transaction(&mut self, dice: &mut Dice, kept: bool) {
        let (notes, panics) = ([dice.note::<N>(), dice.note()], dice.roll(2) == 0);
        let gone = dice.roll(ID_COUNT);
        let cached = self.cached[1].clone();
        let before = self.model.get(&gone).cloned();
        let write = || {
            self.storage.write(|txn| {
                let table = txn.table::<N>()?;
                notes.iter().try_for_each(|note| table.put(note).map(drop))?;
                table.delete(gone)?;
                // Nothing of it is seen outside, however often it is asked for.
                (0..3).for_each(|_| assert_eq!(cached.load(gone).unwrap(), before));
                assert!(kept || !panics, "given up by a panic");
                if kept { Ok(()) } else { Err(StorageError::custom("given up")) }
            })
        };
        let written = catch_unwind(AssertUnwindSafe(write));
        assert_eq!(matches!(written, Ok(Ok(()))), kept);
        if kept {
            self.model.extend(notes.into_iter().map(|note| (note.id(), note)));
            self.model.remove(&gone);
        }
    }

    fn around_the_catalogue(&mut self, id: u64, removes: bool) {
        let (backend, key) = (self.storage.backend(), id.to_be_bytes());
        if removes {
            assert_eq!(backend.delete("notes", &key).unwrap(), self.model.remove(&id).is_some());
        } else if let Some((id, bytes, note)) = self.kept.take() {
            backend.put("notes", &id.to_be_bytes(), &bytes).unwrap();
            self.model.insert(id, note);
        } else if let Some(bytes) = backend.get("notes", &key, <[u8]>::to_vec).unwrap() {
            self.kept = Some((id, bytes, self.model[&id].clone()));
        }
    }

    fn compare(&self, dice: &mut Dice) {
        for _ in 0..30 {
            // Low numbers more often than high ones.
            let id = dice.roll(ID_COUNT).min(dice.roll(ID_COUNT));
            let expected = self.model.get(&id).cloned();
            for table in self.cached.iter().chain([&self.plain]) {
                assert_eq!(table.load(id).unwrap(), expected);
                assert_eq!(N::lent(table, id), [expected.clone(), expected.clone()]);
                assert_eq!(table.contains(id).unwrap(), expected.is_some());
            }
        }
        let stats = self.cached[0].cache_stats().unwrap();
        assert!(stats.len <= stats.len_max, "{stats:?}");
        assert_eq!(self.cached[1].cache_stats().unwrap(), stats, "one cache for all");
    }
}

fn behaves_as_without<N: Note>(len_max: usize) {
    let mut dice = Dice(len_max as u64);
    let mut rig = Rig::<N>::new(len_max);
    rig.put(&rig.plain.clone(), dice.note());
    for _ in 0..300 {
        rig.step(&mut dice);
        rig.compare(&mut dice);
    }
    let stats = rig.cached[0].cache_stats().unwrap();
    assert!(stats.hit_count > 5_000 && stats.len_max == len_max, "{stats:?}");
    assert_eq!(rig.plain.cache_stats(), None);
}

#[test]
fn rkyv_records_are_as_without() {
    behaves_as_without::<RkyvNote>(1 << 20);
    behaves_as_without::<RkyvNote>(3 << 16);
}

#[test]
fn flatbuffers_are_as_without() {
    behaves_as_without::<FlatNote>(1 << 20);
    behaves_as_without::<FlatNote>(3 << 16);
}

fn numbers(storage: &Storage) -> RkyvTable<u64, u64> {
    storage.new_rkyv_table("numbers")
}

#[test]
fn a_cache_that_comes_while_a_write_runs_does_not_keep_what_the_write_changes() {
    let storage = Storage::in_memory().unwrap();
    let plain = numbers(&storage);
    plain.put(1, &10).unwrap();
    let cached = storage.write(|txn| {
        let cached = plain.clone().with_cache(1 << 20);
        txn.new_rkyv_table::<u64, u64>("numbers").put(1, &11)?;
        (0..3).for_each(|_| assert_eq!(cached.load(1).unwrap(), Some(10)));
        assert_eq!(cached.cache_stats().unwrap().row_count, 1);
        Ok(cached)
    });
    let cached = cached.unwrap();
    assert_eq!(cached.load(1).unwrap(), Some(11));
    assert_eq!(plain.load(1).unwrap(), Some(11));
}

#[test]
fn snapshots_stay_as_they_are_and_writes_see_themselves() {
    let storage = Storage::in_memory().unwrap();
    let cached = numbers(&storage).with_cache(1 << 20);
    cached.put(1, &10).unwrap();
    let snapshot = storage.read().unwrap().new_rkyv_table::<u64, u64>("numbers");
    (0..3).for_each(|_| assert_eq!(cached.load(1).unwrap(), Some(10)));
    cached.put(1, &11).unwrap();
    (0..3).for_each(|_| assert_eq!(cached.load(1).unwrap(), Some(11)));
    assert_eq!(snapshot.load(1).unwrap(), Some(10));
    let written = storage.write(|txn| {
        let inside = txn.new_rkyv_table::<u64, u64>("numbers");
        inside.put(1, &12)?;
        assert_eq!((inside.load(1)?, cached.load(1)?), (Some(12), Some(11)));
        Ok(())
    });
    written.unwrap();
    assert_eq!(cached.load(1).unwrap(), Some(12));
}

#[test]
fn the_bound_holds_and_what_is_read_often_stays() {
    let storage = Storage::in_memory().unwrap();
    let texts: RkyvTable<u64, String> = storage.new_rkyv_table("texts");
    let text = |id: u64| "x".repeat((id * 37 % 700) as usize);
    texts.put_stream((0..5000).map(|id| (id, text(id)))).unwrap();
    let cached = texts.clone().with_cache(1 << 18);
    for round in 0..6 {
        for id in 0..5000 {
            (0..3).for_each(|_| assert_eq!(cached.load(id).unwrap(), Some(text(id))));
            assert_eq!(cached.load(id % 50).unwrap(), Some(text(id % 50)));
        }
        let stats = cached.cache_stats().unwrap();
        assert!(stats.len <= 1 << 18 && stats.len > 1 << 16, "{stats:?}");
        assert_eq!(stats.hit_count + stats.miss_count, (round + 1) * 20_000);
    }
    let stats = cached.cache_stats().unwrap();
    // The third read of each, and all but a few of the fifty.
    assert!(stats.hit_count > 55_000 && stats.row_count < 2_000, "{stats:?}");
}

#[test]
fn whether_a_row_is_there_is_not_counted_and_fills_nothing() {
    let storage = Storage::in_memory().unwrap();
    let cached = numbers(&storage).with_cache(1 << 20);
    cached.put(1, &10).unwrap();
    for _ in 0..5 {
        assert!(cached.contains(1).unwrap() && !cached.contains(2).unwrap());
    }
    let stats = cached.cache_stats().unwrap();
    assert_eq!((stats.hit_count, stats.miss_count, stats.row_count), (0, 0, 0));
    // Two reads bring it in, as if nobody had asked; and then it is found there, uncounted.
    (0..3).for_each(|_| assert_eq!(cached.load(1).unwrap(), Some(10)));
    assert!(cached.contains(1).unwrap());
    let stats = cached.cache_stats().unwrap();
    assert_eq!((stats.hit_count, stats.miss_count, stats.row_count), (1, 2, 1));
    cached.delete(1).unwrap();
    assert!(!cached.contains(1).unwrap());
}

#[test]
fn reads_all_over_a_long_table_do_not_fill_the_cache() {
    let storage = Storage::in_memory().unwrap();
    let cached = numbers(&storage).with_cache(1 << 16);
    cached.put_stream((0..20_000).map(|id| (id, id))).unwrap();
    (0..20_000).for_each(|id| assert_eq!(cached.load(id).unwrap(), Some(id)));
    assert!(cached.cache_stats().unwrap().row_count < 200, "{:?}", cached.cache_stats());
}

#[test]
fn what_is_damaged_is_not_kept_and_reads_as_without() {
    let storage = Storage::in_memory().unwrap();
    let plain = FlatNote::table(&storage).unwrap();
    let cached = plain.clone().with_cache(1 << 20);
    plain.put(&FlatNote { id: 1, text: "long ".repeat(1000), count: 7 }).unwrap();
    let mut bytes =
        storage.backend().get("notes", &1_u64.to_be_bytes(), <[u8]>::to_vec).unwrap().unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    storage.backend().put("notes", &1_u64.to_be_bytes(), &bytes).unwrap();
    for _ in 0..4 {
        let (with, without) = (cached.load(1).unwrap_err(), plain.load(1).unwrap_err());
        assert_eq!(with.to_string(), without.to_string());
        // The fields that lie elsewhere can be read.
        let count = FlatNote::FIELDS.count;
        assert_eq!(cached.project(1, count).unwrap(), plain.project(1, count).unwrap());
        assert!(cached.contains(1).unwrap());
    }
    assert_eq!(cached.cache_stats().unwrap().row_count, 0);
}

#[test]
fn a_panic_of_the_accessor_and_reads_inside_it_harm_nobody() {
    let storage = Storage::in_memory().unwrap();
    let cached = numbers(&storage).with_cache(1 << 20);
    cached.put(1, &10).unwrap();
    for _ in 0..3 {
        let get = || cached.get(1, |_| panic!("by the accessor"));
        catch_unwind(AssertUnwindSafe(get)).unwrap_err();
        let inner = cached.get(1, |_| {
            cached.put(1, &10).unwrap();
            cached.load(1).unwrap()
        });
        assert_eq!(inner.unwrap(), Some(Some(10)));
    }
}

#[test]
fn no_thread_reads_what_is_older_than_it_was_told() {
    let storage = Storage::in_memory().unwrap();
    let cached = numbers(&storage).with_cache(1 << 20);
    cached.put_stream((0..4).map(|id| (id, 0))).unwrap();
    let told = [const { AtomicU64::new(0) }; 4];
    let is_done = AtomicU64::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            for n in 1..2_000_u64 {
                let id = n % 4;
                if n % 3 == 0 {
                    let put =
                        storage.write(|txn| txn.new_rkyv_table::<u64, u64>("numbers").put(id, &n));
                    put.unwrap();
                } else {
                    cached.put(id, &n).unwrap();
                }
                told[id as usize].store(n, Ordering::SeqCst);
            }
            is_done.store(1, Ordering::SeqCst);
        });
        for _ in 0..2 {
            scope.spawn(|| {
                while is_done.load(Ordering::SeqCst) == 0 {
                    for id in [0, 1, 2, 3, 3, 2, 1, 0] {
                        let least = told[id as usize].load(Ordering::SeqCst);
                        let read = cached.load(id).unwrap().unwrap();
                        assert!(read >= least, "read {read} of {id} after {least}");
                    }
                }
            });
        }
    });
    assert!(cached.cache_stats().unwrap().hit_count > 1_000, "{:?}", cached.cache_stats());
}
