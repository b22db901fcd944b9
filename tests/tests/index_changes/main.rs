//! A program whose record has an index more, fewer, renamed or defined otherwise opens the old file.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod cut_off;
mod releases;

use self::releases::{RELEASES, Release, added, first, flat_added, flat_first, removed, unique};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};
use storage::{Storage, StorageError, StoredRecord as _, maintenance::IndexFault};
use tests::{Scratch, random::Random};

/// Titles that are all different, and years that are not.
fn book(id: u32) -> (u32, String, i32) {
    (id, format!("title {id}"), 1800 + (id % 200).cast_signed())
}

fn fill(release: &Release, storage: &Storage, ids: std::ops::Range<u32>) {
    (release.put_stream)(storage, ids.map(book).collect()).unwrap();
}

/// A store in which the first release has so many books.
fn written_by_the_first(count: u32) -> (Scratch, Storage) {
    let scratch = Scratch::new();
    let storage = scratch.open();
    fill(&first::RELEASE, &storage, 0..count);
    (scratch, storage)
}

#[track_caller]
fn assert_whole(release: &Release, storage: &Storage, count: u64) {
    let found = (release.verify)(storage).unwrap();
    assert_eq!(found, (count, vec![]), "{}", release.name);
    assert!(storage.check().unwrap().is_sound(), "{}", release.name);
}

fn indexes(storage: &Storage) -> Vec<String> {
    let [table] = &storage.tables().unwrap()[..] else { panic!("one table") };
    table.indexes.clone()
}

/// The tables of indexes that the engine has.
fn index_tables(storage: &Storage) -> Vec<String> {
    let tables = storage.table_stats().unwrap().into_iter().map(|table| table.table);
    tables.filter(|name| name.starts_with("books$")).collect()
}

/// The index, and what is against it, if that is said.
fn not_built(error: StorageError) -> (String, Option<StorageError>) {
    match error {
        StorageError::IndexNotBuilt { table, index, reason, .. } if table == "books" => {
            (index, reason.map(|reason| *reason))
        }
        other => panic!("expected an index that is not built: {other:?}"),
    }
}

#[test]
fn each_release_opens_the_file_of_each_other() {
    for from in RELEASES {
        for to in RELEASES {
            let scratch = Scratch::new();
            let storage = scratch.open();
            fill(&from, &storage, 0..30);
            drop(storage);
            let storage = scratch.open();
            assert_whole(&to, &storage, 30);
            (to.put)(&storage, 30, "new", 1850).unwrap();
            (to.delete)(&storage, 3).unwrap();
            assert_whole(&to, &storage, 30);
            drop(storage);
            let storage = scratch.open();
            assert_whole(&from, &storage, 30);
            fill(&from, &storage, 100..110);
            assert_whole(&from, &storage, 40);
            assert_whole(&to, &storage, 40);
            assert_eq!((from.clear)(&storage).unwrap(), 40);
            assert_whole(&to, &storage, 0);
        }
    }
}

#[test]
fn an_added_index_finds_what_was_there_before() {
    let (_scratch, storage) = written_by_the_first(2500);
    let books = added::Book::table(&storage).unwrap();
    let by_year = books.by(added::Book::INDEXES.year);
    assert_eq!(by_year.len().unwrap(), 2500);
    let ids: Vec<u32> =
        by_year.get_all(1805).unwrap().map(|row| row.unwrap().view().id.into()).collect();
    assert_eq!(ids, (0..2500).filter(|id| id % 200 == 5).collect::<Vec<_>>());
    assert_whole(&added::RELEASE, &storage, 2500);
}

#[test]
fn an_added_index_of_flatbuffers_finds_what_was_there_before() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    fill(&flat_first::RELEASE, &storage, 0..1500);
    let books = flat_added::Book::table(&storage).unwrap();
    assert_eq!(books.by(flat_added::Book::INDEXES.year).get_all(1805).unwrap().count().unwrap(), 8);
    assert_whole(&flat_added::RELEASE, &storage, 1500);
}

#[test]
fn to_open_and_read_removes_nothing_and_to_write_does() {
    let (_scratch, storage) = written_by_the_first(10);
    assert_whole(&removed::RELEASE, &storage, 10);
    assert_eq!(indexes(&storage), ["shelf", "title"]);
    (removed::RELEASE.put)(&storage, 10, "ten", 1910).unwrap();
    assert_eq!(indexes(&storage), ["shelf"]);
    assert_eq!(index_tables(&storage), ["books$shelf"]);
    assert_whole(&removed::RELEASE, &storage, 11);
    assert_whole(&first::RELEASE, &storage, 11);
    assert_eq!(index_tables(&storage), ["books$shelf", "books$title"]);
}

/// Whatever an old program does to a row, the index that it does not know has no entry of what was.
#[test]
fn every_write_of_a_program_that_does_not_know_an_index_is_noticed() {
    type Write = fn(&Storage);
    let writes: [(&str, Write); 6] = [
        ("put", |storage| (first::RELEASE.put)(storage, 3, "other", 1700).unwrap()),
        ("delete", |storage| assert!((first::RELEASE.delete)(storage, 3).unwrap())),
        ("put_stream", |storage| fill(&first::RELEASE, storage, 9..12)),
        ("delete_async", |storage| {
            let books = first::Book::table(storage).unwrap();
            assert!(books.delete_async(3).unwrap().wait().unwrap());
        }),
        ("delete_range", |storage| {
            assert_eq!(first::Book::table(storage).unwrap().delete_range(..5).unwrap(), 5);
        }),
        ("in a write", |storage| {
            storage.write(|txn| txn.table::<first::Book>()?.delete(3)).map(drop).unwrap();
        }),
    ];
    for (name, write) in writes {
        let (scratch, storage) = written_by_the_first(10);
        let held = added::Book::table(&storage).unwrap();
        assert_eq!(indexes(&storage), ["shelf", "title", "year"], "{name}");
        write(&storage);
        assert_eq!(indexes(&storage), ["shelf", "title"], "{name}");
        // A handle that was opened before finds nothing by it, rather than too little.
        let (index, reason) = not_built(held.by(added::Book::INDEXES.year).len().unwrap_err());
        assert_eq!((&*index, reason.is_none()), ("year", true), "{name}");
        drop((held, storage));
        let storage = scratch.open();
        let count = first::Book::table(&storage).unwrap().len().unwrap();
        assert_whole(&added::RELEASE, &storage, count);
    }
}

#[test]
fn handles_of_two_releases_take_turns() {
    let (_scratch, storage) = written_by_the_first(20);
    let (old, new) = (first::Book::table(&storage).unwrap(), added::Book::table(&storage).unwrap());
    for id in 20..30 {
        let (_, title, year) = book(id);
        old.put(&first::Book { id, title: title.clone(), year }).unwrap();
        new.put(&added::Book { id: id + 100, title, year }).unwrap();
        new.by(added::Book::INDEXES.title).len().unwrap();
        not_built(new.by(added::Book::INDEXES.year).len().unwrap_err());
        let faults = vec![IndexFault::NotBuilt { index: "year".into() }];
        assert_eq!(new.verify().unwrap(), faults);
    }
    assert_whole(&added::RELEASE, &storage, 40);
    assert_eq!(new.by(added::Book::INDEXES.year).len().unwrap(), 40);
}

#[test]
fn a_place_that_cannot_build_says_so() {
    let (_scratch, storage) = written_by_the_first(10);
    let year = added::Book::INDEXES.year;
    let before = storage.read().unwrap();
    let books = before.table::<added::Book>().unwrap();
    assert_eq!(books.get(3, |book| book.year.to_native()).unwrap(), Some(1803));
    assert_eq!(
        books.by(added::Book::INDEXES.title).get_all("title 3").unwrap().count().unwrap(),
        1
    );
    let by_year = books.by(year);
    let errors = [
        by_year.iter().map(drop).unwrap_err(),
        by_year.get_all(1803).map(drop).unwrap_err(),
        by_year.range(1803..).map(drop).unwrap_err(),
        by_year.count(1803).map(drop).unwrap_err(),
        by_year.count_range(..).map(drop).unwrap_err(),
        by_year.contains(1803).map(drop).unwrap_err(),
        by_year.len().map(drop).unwrap_err(),
        by_year.is_empty().map(drop).unwrap_err(),
    ];
    for error in errors {
        assert_eq!(
            error.to_string(),
            "index `year` of table `books` is not built; open the table from the store itself, which builds it, or \
             call `rebuild` in a write"
        );
        assert!(not_built(error).1.is_none());
    }
    // Inside a write, too: until it is built there.
    storage
        .write(|txn| {
            let books = txn.table::<added::Book>()?;
            not_built(books.by(year).len().unwrap_err());
            books.put(&added::Book { id: 10, title: "ten".into(), year: 1810 })?;
            not_built(books.by(year).len().unwrap_err());
            let outer = added::Book::table(&storage)?;
            not_built(outer.by(year).len().unwrap_err());
            txn.savepoint(|| {
                assert_eq!(books.rebuild()?, 3 * 11);
                assert_eq!(books.by(year).len()?, 11);
                Err::<(), _>(StorageError::custom("undone"))
            })
            .unwrap_err();
            not_built(books.by(year).len().unwrap_err());
            assert_eq!(books.rebuild()?, 3 * 11);
            assert_eq!(books.by(year).get_all(1810)?.count()?, 1);
            Ok(())
        })
        .unwrap();
    assert_whole(&added::RELEASE, &storage, 11);
    // The old state stays what it was, whatever its handle has seen since.
    not_built(books.by(year).len().unwrap_err());
}

#[test]
fn a_unique_index_that_the_rows_break_names_both_and_is_built_when_they_are_mended() {
    let (scratch, storage) = written_by_the_first(1500);
    (first::RELEASE.put)(&storage, 1200, "title 7", 1900).unwrap();
    let books = unique::Book::table(&storage).unwrap();
    let title = unique::Book::INDEXES.title;
    let error = books.by(title).get("title 1", |_| ()).unwrap_err();
    assert_eq!(error.blame(), storage::error::Blame::Violation);
    assert_eq!(
        error.to_string(),
        "index `title` of table `books` is not built: table `books`, unique index `title`: record 1200 has the same \
         key \"title 7\" as record 7; change one of them, or delete record 7 first; then open the table again"
    );
    let (index, Some(StorageError::Unique(violation))) = not_built(error) else { panic!("unique") };
    assert_eq!((&*index, violation.holder(), violation.refused()), ("title", "7", "1200"));
    // The table is of use: rows, the other index, writes that break nothing, and none that break more.
    assert_eq!(books.len().unwrap(), 1500);
    assert_eq!(books.by(unique::Book::INDEXES.shelf).len().unwrap(), 1500);
    books.update(1200, |book| book.year += 1).unwrap();
    books.put(&unique::Book { id: 1500, title: "new".into(), year: 1 }).unwrap();
    let taken = unique::Book { id: 1501, title: "title 9".into(), year: 1 };
    assert!(matches!(books.put(&taken), Err(StorageError::Unique(_))));
    assert!(matches!(books.rebuild(), Err(StorageError::Unique(_))));
    assert_eq!(books.verify().unwrap(), [IndexFault::NotBuilt { index: "title".into() }]);
    assert!(storage.check().unwrap().is_sound());
    drop(books);
    drop(storage);
    let storage = scratch.open();
    let books = unique::Book::table(&storage).unwrap();
    not_built(books.by(title).get("title 1", |_| ()).unwrap_err());
    books.update(1200, |book| book.title = "title 7, again".into()).unwrap();
    // The first to open the table again builds the rest.
    assert_whole(&unique::RELEASE, &storage, 1501);
    assert_eq!(books.by(title).get("new", |book| book.id.to_native()).unwrap(), Some(1500));
}

#[test]
fn a_record_that_cannot_be_read_is_named_and_the_others_are_of_use() {
    let (_scratch, storage) = written_by_the_first(50);
    let key = 20_u32.to_be_bytes();
    let mut row = storage.backend().get("books", &key, <[u8]>::to_vec).unwrap().unwrap();
    row[0] ^= 1;
    storage.backend().put("books", &key, &row).unwrap();
    let books = added::Book::table(&storage).unwrap();
    let by_year = books.by(added::Book::INDEXES.year);
    let error = by_year.get_all(1803).map(drop).unwrap_err();
    assert!(error.is_corrupt(), "{error}");
    assert!(error.to_string().contains("20"), "{error}");
    assert_eq!(books.get(21, |book| book.id.to_native()).unwrap(), Some(21));
    books.put(&added::Book { id: 20, title: "mended".into(), year: 1820 }).unwrap();
    assert_whole(&added::RELEASE, &storage, 50);
    assert_eq!(by_year.get_all(1820).unwrap().count().unwrap(), 1);
}

#[test]
fn every_damaged_bit_of_the_state_of_an_index_is_found() {
    let (_scratch, storage) = written_by_the_first(5);
    // Entered, and not built.
    storage.write(|txn| txn.table::<added::Book>()?.delete(4)).unwrap();
    let key = b"books\0Iyear";
    let row = storage.backend().get("$catalog", key, <[u8]>::to_vec).unwrap().unwrap();
    assert!(row.starts_with(b"index year = i32 over year\nbuilt to =\n"));
    for bit in 0..row.len() * 8 {
        let mut damaged = row.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        storage.backend().put("$catalog", key, &damaged).unwrap();
        let error = added::Book::table(&storage).unwrap_err();
        assert!(error.is_corrupt(), "bit {bit}: {error}");
        assert!(!storage.check().unwrap().is_sound(), "bit {bit}");
    }
    storage.backend().put("$catalog", key, &row).unwrap();
    assert_whole(&added::RELEASE, &storage, 4);
}

#[test]
fn threads_read_and_write_while_an_index_is_built() {
    let (_scratch, storage) = written_by_the_first(6000);
    let is_built = AtomicBool::new(false);
    thread::scope(|scope| {
        let (storage, is_built) = (&storage, &is_built);
        let writer = scope.spawn(move || {
            let books = added::Book::table(storage).unwrap();
            let mut random = Random::new(7);
            while !is_built.load(Ordering::Acquire) {
                let id = random.below(7000) as u32;
                let year = 1800 + random.below(300) as i32;
                if random.below(4) == 0 {
                    books.delete(id).unwrap();
                } else {
                    books.put(&added::Book { id, title: format!("title {id}"), year }).unwrap();
                }
                assert!(
                    books.get(id, |book| book.id.to_native()).unwrap().is_none_or(|id| id < 7000)
                );
            }
        });
        for _ in 0..3 {
            added::Book::table(storage).unwrap();
        }
        is_built.store(true, Ordering::Release);
        writer.join().unwrap();
    });
    let count = added::Book::table(&storage).unwrap().len().unwrap();
    assert_whole(&added::RELEASE, &storage, count);
}

#[test]
fn releases_drawn_at_random_never_disagree_with_their_indexes() {
    for seed in 0..6 {
        let mut random = Random::new(seed);
        let scratch = Scratch::new();
        let mut storage = scratch.open();
        for _ in 0..60 {
            let release = *random.one(&RELEASES);
            let id = random.below(40) as u32;
            let (title, year) = (format!("{id}"), 1850 + random.below(100) as i32);
            match random.below(6) {
                0 => drop((release.delete)(&storage, id).unwrap()),
                1 => fill(&release, &storage, id..id + 20),
                2 => {
                    drop(storage);
                    storage = scratch.open();
                }
                3 if random.below(5) == 0 => drop((release.clear)(&storage).unwrap()),
                _ => (release.put)(&storage, id, &title, year).unwrap(),
            }
            let (_, faults) = (release.verify)(&storage).unwrap();
            assert_eq!(faults, [], "seed {seed}, {}", release.name);
            assert!(storage.check().unwrap().is_sound(), "seed {seed}, {}", release.name);
        }
    }
}

#[test]
fn a_backup_and_a_renamed_table_take_an_unfinished_index_along() {
    let (scratch, storage) = written_by_the_first(10);
    storage.write(|txn| txn.table::<added::Book>()?.delete(4)).unwrap();
    let copy = scratch.dir().join("copy.redb");
    storage.backup(&copy).unwrap();
    storage.rename_table("books", "other").unwrap();
    storage.rename_table("other", "books").unwrap();
    assert_whole(&added::RELEASE, &storage, 9);
    let copy = Storage::open(copy).unwrap();
    assert!(copy.check().unwrap().is_sound());
    assert_whole(&added::RELEASE, &copy, 9);
}
