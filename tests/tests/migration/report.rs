//! What `evolution` reports, and that it writes nothing.

use super::{
    catalog,
    releases::{flat_old, flat1, flat2, middle, old, v1, v2, v3},
};
use std::ops::ControlFlow;
use storage::{
    Storage, StorageError, StoredRecord,
    evolution::{EvolutionReport, IndexStatus},
};

fn status(report: &EvolutionReport, name: &str) -> IndexStatus {
    let mut indexes = report.indexes().iter();
    indexes.find(|index| index.name == name).unwrap().status.clone()
}

#[test]
fn a_table_that_was_never_written_is_settled() {
    let storage = Storage::in_memory().unwrap();
    let report = v1::User::table(&storage).unwrap().evolution().unwrap();
    assert!(report.is_settled());
    assert_eq!(report.layouts().len(), 1);
    assert!(!report.layouts()[0].is_in_file);
    assert_eq!(catalog(&storage).len(), 1);
    v1::User::table(&storage).unwrap().put(&old(1)).unwrap();
    let report = v1::User::table(&storage).unwrap().evolution().unwrap();
    assert!(report.is_settled() && report.layouts()[0].is_in_file);
    assert_eq!(
        report.to_string(),
        "table `users`\nlayout 1: that of the code\nindex name: ready\nindex age: ready\n\
         index shelf: ready\nindex old: ready"
    );
}

#[test]
fn it_is_a_page_for_people() {
    let storage = Storage::in_memory().unwrap();
    v1::User::table(&storage).unwrap().put_stream((0..10).map(old)).unwrap();
    storage.write(|txn| txn.table::<v2::User>()?.put(&middle(old(1), None))).unwrap();
    let before = (catalog(&storage), storage.stats().unwrap().commit_count);
    let snapshot = storage.read().unwrap();
    let people = v3::Person::table(&snapshot).unwrap();
    let report = people.evolution().unwrap();
    let steps = "
  was `User`
  field email: added, `None` in old rows
  field full_name: was `name`
  field age: `u16` becomes `u32`
  field score: `f32` becomes `f64`
  field nick: `option<string>` becomes `string`
  field level: added, its default in old rows
  field tags: added, its default in old rows
  field gone: removed, its values are dropped
";
    let text = report.to_string();
    assert_eq!(text, report.to_string());
    for line in steps.lines().skip(2).filter(|line| !line.contains("email")) {
        assert_eq!(text.matches(&format!("\n{line}")).count(), 2, "{line:?} in\n{text}");
    }
    assert!(text.starts_with("table `users`\nlayout 1: read by an upcast\n"), "{text}");
    assert!(text.contains("\nlayout 2: read by an upcast\n"), "{text}");
    assert!(text.contains("\nlayout 3: that of the code, entered by the first write\n"), "{text}");
    assert!(text.contains("index nick: missing; built when the table is opened"), "{text}");
    assert!(text.contains("index old: defined otherwise in the file; built anew"), "{text}");
    assert_eq!(status(&report, "full_name"), IndexStatus::Missing);
    assert_eq!(status(&report, "name"), IndexStatus::Undeclared);
    assert_eq!(status(&report, "email"), IndexStatus::Building);
    assert_eq!(before, (catalog(&storage), storage.stats().unwrap().commit_count));
}

/// The state of each moment, in each place.
#[test]
fn indexes_are_reported_as_they_are_at_the_moment() {
    let storage = Storage::in_memory().unwrap();
    flat1::User::table(&storage).unwrap().put_stream((0..10).map(flat_old)).unwrap();
    storage
        .write(|txn| {
            let people = txn.table::<flat2::Person>()?;
            assert_eq!(status(&people.evolution()?, "email"), IndexStatus::Missing);
            people.delete(3)?;
            assert_eq!(status(&people.evolution()?, "email"), IndexStatus::Building);
            assert_eq!(people.evolution()?.layouts().len(), 2);
            people.rebuild()?;
            assert_eq!(status(&people.evolution()?, "email"), IndexStatus::Ready);
            Err::<(), _>(StorageError::custom("undone"))
        })
        .unwrap_err();
    let people = flat2::Person::table(&storage).unwrap();
    assert_eq!(status(&people.evolution().unwrap(), "email"), IndexStatus::Ready);
    let stop = |_: &_| ControlFlow::Break(());
    assert!(people.migrate().batch(2).progress(stop).run().unwrap().is_stopped);
    assert!(!people.evolution().unwrap().is_settled());
    people.migrate().run().unwrap();
    assert!(people.evolution().unwrap().is_settled());
}

#[test]
fn what_stands_in_the_way_of_an_index_is_said() {
    mod plain {
        use storage::StoredRecord;

        #[derive(StoredRecord)]
        #[store(codec = "flatbuffers", table = "books")]
        pub(super) struct Book {
            #[store(key)]
            pub(super) id: u32,
            pub(super) title: String,
        }
    }
    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "books")]
    struct Book {
        #[store(key)]
        id: u32,
        #[store(unique)]
        title: String,
    }
    let storage = Storage::in_memory().unwrap();
    let books = (0..2).map(|id| plain::Book { id, title: "Emma".into() });
    plain::Book::table(&storage).unwrap().put_stream(books).unwrap();
    let books = Book::table(&storage).unwrap();
    let IndexStatus::Refused { reason } = status(&books.evolution().unwrap(), "title") else {
        panic!("refused")
    };
    assert!(reason.contains("record 1 has the same key \"Emma\" as record 0"), "{reason}");
    // To migrate what is migrated does not fail for that.
    books.migrate().run().unwrap();
    books.put(&Book { id: 1, title: "Persuasion".into() }).unwrap();
    books.migrate().run().unwrap();
    assert!(books.evolution().unwrap().is_settled());
}
