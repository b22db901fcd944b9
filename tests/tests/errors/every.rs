//! Every variant of `StorageError`, each from a failure that a user can meet.

use super::renewed::{
    colliding_keys, needed_migration, older_type_with_another_key, other_feed, trimmed_feed,
    two_tables,
};
use rkyv::{
    Archive, Deserialize, Serialize,
    rancor::{Fallible, Source, fail},
};
use schemas::monster::Monster;
use std::{
    fmt, fs, io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    task::{Context, Wake, Waker},
    thread,
    time::Duration,
};
use storage::{
    FlatbuffersTable, OpenOptions, RkyvTable, Storage, StorageError, StoredRecord, StoredType,
    key::MAX_KEY_LEN,
    schema::{Shape, Shapes},
};
use tests::{
    Scratch,
    frame::seal,
    guarded::{Change, GuardedFiles},
};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "people")]
pub(crate) struct Person {
    #[store(key)]
    pub(crate) id: u64,
    #[store(unique)]
    pub(crate) email: String,
}

pub(crate) fn person(id: u64, email: &str) -> Person {
    Person { id, email: email.to_owned() }
}

/// What a disk that fails says.
pub(crate) const NO_SPACE: &str = "no room is left for this";

/// Every variant but `Forked`, which needs a process of its own: `bad_inputs/fork.rs`.
pub(crate) fn every_error() -> Vec<StorageError> {
    let refused_value = || {
        let storage = Storage::in_memory().unwrap();
        let monsters: FlatbuffersTable<u64, Monster<'static>> =
            storage.new_flatbuffers_table("monsters");
        monsters.put_bytes(1, b"no monster at all").unwrap_err()
    };
    vec![
        Storage::open(Scratch::new().dir()).unwrap_err(),
        full_disk_at_opening(),
        full_disk_at_commit(),
        table_of_another_program(),
        refused_value(),
        damaged(|row| row[0] ^= 1),
        undecodable().into_iter().next().unwrap(),
        too_long_key(),
        other_schema(),
        unwritable_schema(),
        other_layout(),
        numbers(&Storage::in_memory().unwrap(), "a$b").put(1, &1).unwrap_err(),
        of_a_newer_release(),
        disturbed_migration(),
        needed_migration(),
        written_by_a_newer_version(),
        older_type_with_another_key(),
        two_tables(),
        unbuilt_index(),
        taken_table_name(),
        replaced_table(),
        existing_key(),
        moved_to_existing_key(),
        record_of_another_key(),
        taken_email(),
        colliding_keys(),
        foreign_token(),
        held_store(),
        replaced_file(),
        nested_write(),
        wait_for_oneself(),
        unknown_commit(),
        lagging_watcher(),
        last_id(),
        trimmed_feed(),
        other_feed(),
        StorageError::custom(io::Error::other("the caller's own")),
    ]
}

fn last_id() -> StorageError {
    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "counted")]
    struct Counted {
        #[store(key, auto)]
        id: u8,
        text: String,
    }
    let storage = Storage::in_memory().unwrap();
    let counted = Counted::table(&storage).unwrap();
    counted.put(&Counted { id: 255, text: String::new() }).unwrap();
    counted.add(Counted { id: 0, text: String::new() }).unwrap_err()
}

fn lagging_watcher() -> StorageError {
    let storage = Storage::in_memory().unwrap();
    let numbers = numbers(&storage, "numbers");
    let mut watcher = numbers.watch().buffer_size(0).start().unwrap();
    numbers.put(1, &1).unwrap();
    watcher.try_next().unwrap_err()
}

fn of_a_newer_release() -> StorageError {
    let storage = Storage::in_memory().unwrap();
    numbers(&storage, "numbers").put(1, &1).unwrap();
    let mut row = b"blocks = columns\n".to_vec();
    seal(b"$catalog", 0, b"numbers", 2, &mut row);
    storage.backend().put("$catalog", b"numbers", &row).unwrap();
    numbers(&storage, "numbers").get(1, |_| ()).unwrap_err()
}

/// A record whose last field this version does not have.
fn written_by_a_newer_version() -> StorageError {
    mod before {
        #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, storage::StoredRecord)]
        #[store(codec = "rkyv", table = "people")]
        pub(super) struct Person {
            #[store(key)]
            pub(super) id: u64,
        }
    }
    let options = OpenOptions::default()
        .evolution(storage::Evolution::ReadNewer)
        .file_system(Arc::new(storage::backend::MemoryFiles::default()));
    let storage = Storage::open_with("newer.redb", &options).unwrap();
    Person::table(&storage).unwrap().put(&person(1, "ada@example.org")).unwrap();
    let people = before::Person::table(&storage).unwrap();
    people.put(&before::Person { id: 1 }).unwrap_err()
}

/// A handle of an older release that writes after each batch.
fn disturbed_migration() -> StorageError {
    mod before {
        #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, storage::StoredRecord)]
        #[store(codec = "rkyv", table = "people", removed("email"))]
        pub(super) struct Person {
            #[store(key)]
            pub(super) id: u64,
        }
    }
    #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, storage::StoredRecord)]
    #[store(codec = "rkyv", table = "people")]
    struct Person {
        #[store(key)]
        id: u64,
        email: Option<String>,
    }
    let storage = Storage::in_memory().unwrap();
    let older = before::Person::table(&storage).unwrap();
    let write = || older.put(&before::Person { id: 1 }).map(drop).unwrap();
    write();
    Person::table(&storage).unwrap().put(&Person { id: 2, email: None }).unwrap();
    let go_on = |_: &_| {
        write();
        std::ops::ControlFlow::Continue(())
    };
    let people = Person::table(&storage).unwrap();
    people.migrate().batch(1).progress(go_on).run().unwrap_err()
}

/// A handle that was there before a program without the index wrote.
fn unbuilt_index() -> StorageError {
    mod before {
        #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, storage::StoredRecord)]
        #[store(codec = "rkyv", table = "people")]
        pub(super) struct Person {
            #[store(key)]
            pub(super) id: u64,
            pub(super) email: String,
        }
    }
    let storage = Storage::in_memory().unwrap();
    let people = Person::table(&storage).unwrap();
    people.put(&person(1, "ada@example.org")).unwrap();
    let ada = before::Person { id: 2, email: "ada@example.net".to_owned() };
    before::Person::table(&storage).unwrap().put(&ada).unwrap();
    people.by(Person::INDEXES.email).len().unwrap_err()
}

fn taken_table_name() -> StorageError {
    let storage = Storage::in_memory().unwrap();
    numbers(&storage, "a").put(1, &1).unwrap();
    numbers(&storage, "b").put(1, &1).unwrap();
    storage.rename_table("a", "b").unwrap_err()
}

fn replaced_table() -> StorageError {
    let storage = Storage::in_memory().unwrap();
    let table = numbers(&storage, "a");
    table.put(1, &1).unwrap();
    storage.rename_table("a", "b").unwrap();
    table.put(1, &1).unwrap_err()
}

fn numbers(storage: &Storage, name: &str) -> RkyvTable<u64, u64> {
    storage.new_rkyv_table(name)
}

/// A store on a disk of which every change, or every sync, fails once `is_full`.
pub(crate) struct FullDisk {
    is_full: Arc<AtomicBool>,
    options: OpenOptions,
}

impl FullDisk {
    pub(crate) fn new(refuses: fn(Change) -> bool) -> Self {
        let is_full = Arc::new(AtomicBool::new(false));
        let full = Arc::clone(&is_full);
        let files = GuardedFiles::new(move |change| {
            if full.load(Ordering::SeqCst) && refuses(change) {
                return Err(io::Error::new(io::ErrorKind::StorageFull, NO_SPACE));
            }
            Ok(())
        });
        Self {
            is_full,
            options: OpenOptions::default().cache_size(16 << 20).file_system(Arc::new(files)),
        }
    }

    pub(crate) fn open(&self) -> storage::Result<Storage> {
        Storage::open_with("full.redb", &self.options)
    }

    pub(crate) fn fill(&self) {
        self.is_full.store(true, Ordering::SeqCst);
    }
}

pub(crate) fn full_disk_at_opening() -> StorageError {
    let disk = FullDisk::new(|_| true);
    disk.fill();
    disk.open().unwrap_err()
}

pub(crate) fn full_disk_at_commit() -> StorageError {
    let disk = FullDisk::new(|change| matches!(change, Change::UpTo(_) | Change::Length(_)));
    let storage = disk.open().unwrap();
    disk.fill();
    let blobs: RkyvTable<u64, Vec<u8>> = storage.new_rkyv_table("blobs");
    // More than the engine keeps in memory before it writes.
    let rows = (0..64).map(|n| (n, vec![0; 1 << 24]));
    blobs.put_stream(rows).unwrap_err()
}

pub(crate) fn unknown_commit() -> StorageError {
    let disk = FullDisk::new(|change| change == Change::Sync);
    let storage = disk.open().unwrap();
    disk.fill();
    numbers(&storage, "numbers").put(1, &1).unwrap_err()
}

pub(crate) fn table_of_another_program() -> StorageError {
    let scratch = Scratch::new();
    drop(scratch.open());
    let foreign: redb::MultimapTableDefinition<'_, u64, u64> =
        redb::MultimapTableDefinition::new("numbers");
    let database = redb::Database::open(scratch.path()).unwrap();
    let writing = database.begin_write().unwrap();
    writing.open_multimap_table(foreign).unwrap().insert(1, 1).unwrap();
    writing.commit().unwrap();
    drop(database);
    numbers(&scratch.open(), "numbers").put(1, &1).unwrap_err()
}

/// A store in which `change` was done to the bytes of the number under key 1.
fn damaged(change: impl FnOnce(&mut Vec<u8>)) -> StorageError {
    let storage = Storage::in_memory().unwrap();
    let table = numbers(&storage, "numbers");
    table.put(1, &1).unwrap();
    let key = 1_u64.to_be_bytes();
    let mut row = storage.backend().get("numbers", &key, <[u8]>::to_vec).unwrap().unwrap();
    change(&mut row);
    storage.backend().put("numbers", &key, &row).unwrap();
    table.load(1).unwrap_err()
}

/// A type that is written and viewed, and of which no owned value can be made.
#[derive(Archive, Serialize)]
struct OneWay(u32);

#[derive(Debug)]
struct NoWayBack;

impl fmt::Display for NoWayBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no way back")
    }
}

impl std::error::Error for NoWayBack {}

impl<D: Fallible<Error: Source> + ?Sized> Deserialize<OneWay, D> for ArchivedOneWay {
    fn deserialize(&self, _: &mut D) -> Result<OneWay, D::Error> {
        fail!(NoWayBack)
    }
}

/// From a guard, and from the table.
pub(crate) fn undecodable() -> [StorageError; 2] {
    let table: RkyvTable<u64, OneWay> = Storage::in_memory().unwrap().new_rkyv_table("one way");
    table.put(1, &OneWay(5)).unwrap();
    let guard = table.view(1).unwrap().unwrap();
    [guard.load().map(drop).unwrap_err(), table.load(1).map(drop).unwrap_err()]
}

fn too_long_key() -> StorageError {
    let table: RkyvTable<String, u64> = Storage::in_memory().unwrap().new_rkyv_table("names");
    table.put("x".repeat(MAX_KEY_LEN + 1), &1).unwrap_err()
}

fn other_schema() -> StorageError {
    let storage = Storage::in_memory().unwrap();
    numbers(&storage, "numbers").put(1, &1).unwrap();
    storage.new_rkyv_table::<String, u64>("numbers").load("x").unwrap_err()
}

/// A type by hand, whose shape is nested more deeply than a schema may be.
#[derive(Archive, Serialize, Deserialize)]
struct Deep(Vec<u8>);

impl StoredType for Deep {
    fn shape(_: &mut Shapes) -> Shape {
        (0..100).fold(Shape::Unit, |inner, _| Shape::List(Box::new(inner)))
    }
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "deep")]
struct Nested {
    #[store(key)]
    id: u8,
    deep: Deep,
}

fn unwritable_schema() -> StorageError {
    let table = Nested::table(&Storage::in_memory().unwrap()).unwrap();
    table.put(&Nested { id: 1, deep: Deep(vec![1]) }).unwrap_err()
}

/// A type by hand, whose shape is not what it is archived as.
#[derive(Archive, Serialize, Deserialize)]
struct Wide(u64);

impl StoredType for Wide {
    fn shape(shapes: &mut Shapes) -> Shape {
        u8::shape(shapes)
    }
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "wide")]
struct Widened {
    #[store(key)]
    id: u8,
    wide: Wide,
}

fn other_layout() -> StorageError {
    Widened::table(&Storage::in_memory().unwrap()).map(drop).unwrap_err()
}

pub(crate) fn existing_key() -> StorageError {
    let people = Person::table(&Storage::in_memory().unwrap()).unwrap();
    people.insert(&person(7, "ada")).unwrap();
    people.insert(&person(7, "grace")).unwrap_err()
}

pub(crate) fn moved_to_existing_key() -> StorageError {
    let people = Person::table(&Storage::in_memory().unwrap()).unwrap();
    people.put_all(&[person(7, "ada"), person(8, "grace")]).unwrap();
    people.update(8, |person| person.id = 7).unwrap_err()
}

pub(crate) fn record_of_another_key() -> StorageError {
    let people = Person::table(&Storage::in_memory().unwrap()).unwrap();
    people.get_or_insert_with(7, || person(8, "ada")).unwrap_err()
}

pub(crate) fn taken_email() -> StorageError {
    let people = Person::table(&Storage::in_memory().unwrap()).unwrap();
    people.put(&person(7, "ada")).unwrap();
    people.put(&person(8, "ada")).unwrap_err()
}

fn foreign_token() -> StorageError {
    let storage = Storage::in_memory().unwrap();
    let people = Person::table(&storage).unwrap();
    people.put(&person(7, "ada")).unwrap();
    let mut page = people.iter().unwrap();
    assert!(page.next().is_some());
    let token = page.page_token().unwrap();
    people.by(Person::INDEXES.email).iter().unwrap().after(&token).map(drop).unwrap_err()
}

fn held_store() -> StorageError {
    let storage = Storage::in_memory().unwrap();
    let _held = storage.clone();
    storage.close().unwrap_err()
}

fn replaced_file() -> StorageError {
    let scratch = Scratch::new();
    let storage = scratch.open();
    fs::remove_file(scratch.path()).unwrap();
    numbers(&storage, "numbers").put(1, &1).unwrap_err()
}

fn nested_write() -> StorageError {
    let storage = Storage::in_memory().unwrap();
    storage.write(|_| Ok(numbers(&storage, "numbers").put(1, &1).unwrap_err())).unwrap()
}

/// Waits for the store when it is woken.
struct Flusher(Storage, mpsc::Sender<StorageError>);

impl Wake for Flusher {
    fn wake(self: Arc<Self>) {
        self.1.send(self.0.flush().unwrap_err()).unwrap();
    }
}

/// In a waker on the thread that runs what was handed in.
fn wait_for_oneself() -> StorageError {
    let (tell, told) = mpsc::channel();
    let slow = GuardedFiles::new(|change| {
        if change == Change::Sync {
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    });
    let options = OpenOptions::default().file_system(Arc::new(slow));
    let storage = Storage::open_with("store", &options).unwrap();
    let people = Person::table(&storage).unwrap();
    let waker = Waker::from(Arc::new(Flusher(storage, tell)));
    loop {
        let mut ticket = people.put_async(person(1, "ada")).unwrap();
        if Pin::new(&mut ticket).poll(&mut Context::from_waker(&waker)).is_pending() {
            return told.recv().unwrap();
        }
    }
}
