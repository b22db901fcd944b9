//! `kill -9` of a process that migrates, with a writer and a reader beside it, over and over until it is done: no row
//! is lost or mixed, and what was acknowledged is there.

use std::{path::Path, thread, time::Duration};
use storage::{Storage, StoredRecord};
use tests::{
    Scratch, child,
    random::{Random, setting},
};

/// How many rows the table has.
const ROWS: u64 = 4000;

/// What the test of a codec needs of its records.
trait Codec {
    const TEST: &'static str;
    /// Writes the rows as the older release has them.
    fn fill(storage: &Storage);
    /// Sets the count of a row.
    fn set(storage: &Storage, id: u64, count: u64) -> storage::Result<()>;
    /// The rows as the newer release reads them: number, name, count and level.
    fn rows(storage: &Storage) -> Vec<(u64, String, u64, u8)>;
    fn migrate(storage: &Storage);
    fn assert_sound(storage: &Storage);
}

macro_rules! codec {
    ($codec:ident, $test:ident, $name:literal, [$($derive:ident),*]) => {
        mod $codec {
            use super::*;
            #[allow(unused_imports, reason = "only rkyv has derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};

            mod before {
                use super::*;

                #[derive($($derive,)* StoredRecord)]
                #[store(codec = $name, table = "rows")]
                pub(super) struct Row {
                    #[store(key)]
                    pub(super) id: u64,
                    #[store(index)]
                    pub(super) name: String,
                    pub(super) count: u64,
                }
            }

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $name, table = "rows")]
            struct Row {
                #[store(key)]
                id: u64,
                #[store(index, was = "name")]
                full_name: String,
                count: u64,
                #[store(default = 7, index)]
                level: u8,
            }

            struct Records;

            impl Codec for Records {
                const TEST: &'static str = concat!("migration::", stringify!($codec), "::", stringify!($test));

                fn fill(storage: &Storage) {
                    let rows = (0..ROWS).map(|id| before::Row { id, name: name(id), count: 0 });
                    before::Row::table(storage).unwrap().put_stream(rows).unwrap();
                }

                fn set(storage: &Storage, id: u64, count: u64) -> storage::Result<()> {
                    Row::table(storage)?.update(id, |row| row.count = count).map(Option::unwrap)
                }

                fn rows(storage: &Storage) -> Vec<(u64, String, u64, u8)> {
                    let rows = Row::table(storage).unwrap().iter().unwrap();
                    let rows = rows.map(|row| row.unwrap().load().unwrap());
                    rows.map(|row| (row.id, row.full_name, row.count, row.level)).collect()
                }

                fn migrate(storage: &Storage) {
                    Row::table(storage).unwrap().migrate().batch(100).run().unwrap();
                }

                fn assert_sound(storage: &Storage) {
                    assert_eq!(Row::table(storage).unwrap().verify().unwrap(), []);
                    let report = storage.check().unwrap();
                    assert!(report.is_sound(), "{report:?}");
                }
            }

            #[test]
            fn $test() {
                run::<Records>();
            }
        }
    };
}

codec!(archives, a_killed_migration_goes_on_to_its_end, "rkyv", [Archive, Serialize, Deserialize]);
codec!(flat, a_killed_migration_goes_on_to_its_end, "flatbuffers", []);

fn name(id: u64) -> String {
    format!("row {id} {}", "x".repeat(id as usize % 90))
}

/// The row that the write of this number is to.
fn written(number: u64) -> u64 {
    Random::new(number).next() % ROWS
}

/// The process that is killed: its writes begin behind the number `last`.
fn migrate<C: Codec>(path: &Path, last: u64) {
    let storage = Storage::open(path).unwrap();
    child::say("begun");
    thread::scope(|scope| {
        let writer = storage.clone();
        scope.spawn(move || {
            for number in last + 1.. {
                C::set(&writer, written(number), number).unwrap();
                child::say(&number.to_string());
            }
        });
        let reader = storage.clone();
        scope.spawn(move || {
            loop {
                assert_are_rows(&C::rows(&reader));
            }
        });
        C::migrate(&storage);
        child::say("done");
    });
}

fn assert_are_rows(rows: &[(u64, String, u64, u8)]) {
    assert_eq!(rows.len() as u64, ROWS);
    for (expected, (id, row_name, _, level)) in (0..).zip(rows) {
        assert_eq!((*id, row_name, *level), (expected, &name(expected), 7));
    }
}

/// Starts the process, kills it, and gives the last write that was acknowledged, and whether the migration was.
fn kill<C: Codec>(path: &Path, last: u64, moment: Duration) -> (u64, bool) {
    let role = format!("{last} {}", path.display());
    let mut process = child::start(&mut child::again(C::TEST, &role));
    let mut lines = child::lines(&mut process);
    assert_eq!(lines.next().as_deref(), Some("begun"));
    let told = thread::spawn(move || {
        let (mut told, mut is_done) = (last, false);
        for line in lines {
            match line.as_str() {
                "done" => is_done = true,
                number => told = number.parse().unwrap(),
            }
        }
        (told, is_done)
    });
    thread::sleep(moment);
    process.kill().unwrap();
    let status = process.wait().unwrap();
    assert!(status.code().is_none(), "it ended by itself: {status}");
    told.join().unwrap()
}

fn run<C: Codec>() {
    if let Some(role) = child::role() {
        let (last, path) = role.split_once(' ').unwrap();
        return migrate::<C>(Path::new(path), last.parse().unwrap());
    }
    let (wanted, seed) = (setting("STORAGE_KILLS", 100) / 5, setting("STORAGE_SEED", 1));
    let (mut random, mut kills, mut halfway) = (Random::new(seed), 0, 0);
    while kills < wanted {
        let scratch = Scratch::new();
        C::fill(&scratch.open());
        let (mut last, mut is_done) = (0, false);
        while !is_done {
            let moment = Duration::from_millis(8 + random.below(152) as u64);
            let context = format!("seed {seed}, kill {kills} after {moment:?}");
            let told;
            (told, is_done) = kill::<C>(&scratch.path(), last, moment);
            kills += 1;
            let storage = scratch.open();
            let layouts = storage.tables().unwrap()[0].layout_count;
            assert!(layouts == 1 || !is_done, "{context}: {layouts} layouts");
            halfway += u64::from(layouts > 1);
            let rows = C::rows(&storage);
            assert_are_rows(&rows);
            // The next may have been on its way.
            let found = rows.iter().map(|row| row.2).max().unwrap_or_default();
            assert!(found == told || found == told + 1, "{context}: told {told}, found {found}");
            last = found;
            let mut counts = vec![0; ROWS as usize];
            (1..=last).for_each(|number| counts[written(number) as usize] = number);
            assert!(rows.iter().map(|row| row.2).eq(counts), "{context}: rows of other writes");
            C::assert_sound(&storage);
        }
    }
    assert!(halfway > 0, "no migration was cut off in {kills} kills");
}
