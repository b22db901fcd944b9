//! What rows of an older layout cost in a table, beside rows that are read as they are: a user of about 100 bytes with
//! a field renamed, one widened and one added, in memory.
//!
//! `cargo bench -p bench --bench evolution`
//!
//! "Fresh" rows are those of the declared layout: in a table that never had another, and in one that did.

use bench::{Variant, compare};
use rkyv::{Archive, Deserialize, Serialize};
use std::{
    hint::black_box,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};
use storage::{Storage, StoredRecord, Table};

mod old {
    use super::{Archive, Deserialize, Serialize, StoredRecord};

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) name: String,
        pub(crate) email: String,
        pub(crate) age: u16,
        pub(crate) score: f64,
        pub(crate) tags: Vec<String>,
    }

    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "flat users")]
    pub(crate) struct FlatUser {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) name: String,
        pub(crate) age: u16,
    }
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(was = "name")]
    full_name: String,
    email: String,
    age: u64,
    score: f64,
    tags: Vec<String>,
    nick: Option<String>,
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "flat users")]
struct FlatUser {
    #[store(key)]
    id: u64,
    #[store(was = "name")]
    full_name: String,
    age: u16,
    nick: Option<String>,
}

const ROWS: u64 = 2000;
const ROUNDS: usize = 61;

fn tags() -> Vec<String> {
    vec!["early".to_owned(), "a tag that is longer".to_owned()]
}

fn old_user(id: u64) -> old::User {
    let (name, email) = (format!("User number {id}"), format!("user.{id}@example.org"));
    old::User { id, name, email, age: 44, score: 0.5, tags: tags() }
}

fn user(id: u64) -> User {
    let old::User { name: full_name, email, age, score, tags, .. } = old_user(id);
    User { id, full_name, email, age: age.into(), score, tags, nick: None }
}

/// Three stores: one that has fresh rows only, one that has an old row behind them, one of old rows. Rows were added in
/// the same order, and none was rewritten, so that the trees are alike.
fn stores() -> storage::Result<[Storage; 3]> {
    let stores = [Storage::in_memory()?, Storage::in_memory()?, Storage::in_memory()?];
    let [one, two, old] = &stores;
    User::table(one)?.put(&user(ROWS))?;
    old::User::table(two)?.put(&old_user(ROWS))?;
    old::User::table(old)?.put(&old_user(ROWS))?;
    User::table(one)?.put_stream((0..ROWS).map(user))?;
    User::table(two)?.put_stream((0..ROWS).map(user))?;
    old::User::table(old)?.put_stream((0..ROWS).map(old_user))?;
    Ok(stores)
}

const NAMES: [&str; 3] =
    ["fresh rows, one layout", "fresh rows, two layouts in the table", "old rows"];

/// Compares a verb on the three tables.
fn compare_verb<'t>(
    title: &str,
    tables: &'t [Table<User>; 3],
    verb: impl Fn(&'t Table<User>) + Copy + 't,
) {
    let variants = NAMES
        .into_iter()
        .zip(tables)
        .map(|(name, table)| -> Variant<'t> { (name, Box::new(move || verb(table))) });
    compare(title, ROUNDS, variants.collect());
}

fn verbs(tables: &[Table<User>; 3]) {
    compare_verb("get, 2,000 rows", tables, |table| {
        for id in 0..ROWS {
            black_box(table.get(id, |user| user.age.to_native()).unwrap());
        }
    });
    compare_verb("project, 2,000 rows", tables, |table| {
        for id in 0..ROWS {
            black_box(table.project(id, User::FIELDS.age).unwrap());
        }
    });
    compare_verb("load, 2,000 rows", tables, |table| {
        for id in 0..ROWS {
            black_box(table.load(id).unwrap());
        }
    });
    compare_verb("scan, 2,000 rows", tables, |table| {
        let found: Vec<u64> = table.scan(|user| Some(user.age.to_native())).unwrap();
        black_box(found);
    });
}

fn flat() -> storage::Result<()> {
    let [fresh, old] = [Storage::in_memory()?, Storage::in_memory()?];
    let name = |id: u64| format!("User number {id}");
    let record = |id| FlatUser { id, full_name: name(id), age: 44, nick: None };
    FlatUser::table(&fresh)?.put_stream((0..ROWS).map(record))?;
    let record = |id| old::FlatUser { id, name: name(id), age: 44 };
    old::FlatUser::table(&old)?.put_stream((0..ROWS).map(record))?;
    let tables = [FlatUser::table(&fresh)?, FlatUser::table(&old)?];
    let names = ["fresh rows", "old rows, read as they are"];
    let variants = names.into_iter().zip(&tables).map(|(name, table)| -> Variant<'_> {
        let work = move || {
            for id in 0..ROWS {
                black_box(table.get(id, |user| user.age()).unwrap());
            }
        };
        (name, Box::new(work))
    });
    compare("FlatBuffers: get, 2,000 rows", ROUNDS, variants.collect());
    Ok(())
}

/// A record of 19 fields, the last of which has another name in each layout.
macro_rules! wide {
    ($field:ident: $($removed:literal),*) => {
        mod $field {
            use super::{Archive, Deserialize, Serialize, StoredRecord};

            #[derive(Default, Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv", table = "wide", removed($($removed),*))]
            pub(crate) struct Wide {
                #[store(key)]
                pub(crate) id: u64,
                f1: u8, f2: u16, f3: u32, f4: u64, f5: i8, f6: i16, f7: i32, f8: i64, f9: f32,
                f10: f64, f11: String, f12: String, f13: Option<String>, f14: Vec<String>, f15: bool,
                f16: Vec<u8>, f17: Option<u64>, $field: Option<String>,
            }
        }
    };
}

wide!(a: "none");
wide!(b: "a");
wide!(c: "a", "b");
wide!(d: "a", "b", "c");
wide!(e: "a", "b", "c", "d");
wide!(f: "a", "b", "c", "d", "e");
wide!(g: "a", "b", "c", "d", "e", "f");
wide!(h: "a", "b", "c", "d", "e", "f", "g");
wide!(i: "a", "b", "c", "d", "e", "f", "g", "h");
wide!(j: "a", "b", "c", "d", "e", "f", "g", "h", "i");

/// Opens a table whose rows have one layout, and one whose rows have ten.
fn open() -> storage::Result<()> {
    let [one, ten] = [Storage::in_memory()?, Storage::in_memory()?];
    let row = j::Wide::default;
    j::Wide::table(&one)?.put(&row())?;
    macro_rules! put {
        ($($module:ident)*) => {
            $($module::Wide::table(&ten)?.put(&$module::Wide::default())?;)*
        };
    }
    put!(a b c d e f g h i j);
    let open = |store: &Storage| {
        let table = j::Wide::table(store).unwrap();
        black_box(table.get(0, |_| ()).unwrap());
    };
    let variants: Vec<Variant<'_>> =
        vec![("one layout", Box::new(|| open(&one))), ("ten layouts", Box::new(|| open(&ten)))];
    compare("A table of 19 fields is opened, and a row read", ROUNDS, variants);
    Ok(())
}

/// Migrates rows on the disk, with a writer beside it or not.
#[expect(clippy::print_stdout, reason = "the result of a benchmark")]
fn migrate(is_written: bool) -> storage::Result<()> {
    const MIGRATED: u64 = 100_000;
    let dir = tempfile::tempdir().unwrap();
    let storage = Storage::open(dir.path().join("migrated.redb"))?;
    old::User::table(&storage)?.put_stream((0..MIGRATED).map(old_user))?;
    let (users, is_done) = (User::table(&storage)?, AtomicBool::new(false));
    let (took, mut puts) = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut puts = Vec::new();
            while is_written && !is_done.load(Ordering::Relaxed) {
                let start = Instant::now();
                users.put(&user(MIGRATED + puts.len() as u64)).unwrap();
                puts.push(start.elapsed());
            }
            puts
        });
        let start = Instant::now();
        let migrated = users.migrate().batch(1000).run().unwrap();
        let took = start.elapsed();
        is_done.store(true, Ordering::Relaxed);
        assert_eq!(migrated.rewritten, MIGRATED);
        (took, writer.join().unwrap())
    });
    puts.sort_unstable();
    let rate = MIGRATED as f64 / took.as_secs_f64();
    let median: Option<&Duration> = puts.get(puts.len() / 2);
    print!("migrated in batches of 1,000: {rate:.0} rows a second");
    match median {
        Some(median) => println!("; {} puts beside it, median {median:.1?}", puts.len()),
        None => println!(),
    }
    Ok(())
}

fn main() -> storage::Result<()> {
    let stores = stores()?;
    let [one, two, old] = &stores;
    verbs(&[User::table(one)?, User::table(two)?, User::table(old)?]);
    flat()?;
    open()?;
    migrate(false)?;
    migrate(true)
}
