//! Each way in which a store may be opened for records that differ.

use super::{
    assert_sound, catalog, layout_count, numbers,
    plain::{first, x, x_alone},
    releases::{flat_old, flat1, flat2, middle, new, old, v1, v3},
    rows_of,
};
use storage::{Evolution, OpenOptions, Storage, StorageError, StoredRecord, error::Blame};
use tests::Scratch;

fn open(scratch: &Scratch, evolution: Evolution) -> Storage {
    let options = OpenOptions::default().evolution(evolution);
    Storage::open_with(scratch.path(), &options).unwrap()
}

fn refused<T>(opened: Result<T, StorageError>) -> String {
    match opened {
        Err(StorageError::Schema(error)) => error.to_string(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it is opened"),
    }
}

#[test]
fn refuse_takes_what_is_as_declared_and_nothing_else() {
    let scratch = Scratch::new();
    let storage = open(&scratch, Evolution::Refuse);
    v1::User::table(&storage).unwrap().put_stream((0..10).map(old)).unwrap();
    assert_eq!(v1::User::table(&storage).unwrap().len().unwrap(), 10);
    let before = catalog(&storage);
    let message = refused(v3::Person::table(&storage));
    assert_eq!(
        message,
        "table `users` has another schema than the program: record is `User` in the file and `Person` in the code; \
         the store was opened with `Evolution::Refuse`: migrate the table with a program that opens it otherwise"
    );
    assert_eq!(refused(v3::Person::table(&storage.read().unwrap())), message);
    storage
        .write(|txn| {
            assert_eq!(refused(txn.table::<v3::Person>()), message);
            Ok(())
        })
        .unwrap();
    assert_eq!(catalog(&storage), before);
    drop(storage);
    v3::Person::table(&open(&scratch, Evolution::Lazy)).unwrap().migrate().run().unwrap();
    let storage = open(&scratch, Evolution::Refuse);
    assert_eq!(v3::Person::table(&storage).unwrap().len().unwrap(), 10);
    refused(v1::User::table(&storage));
}

#[test]
fn refuse_is_about_indexes_too() {
    mod with_an_index {
        use rkyv::{Archive, Deserialize, Serialize};
        use storage::StoredRecord;

        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct A {
            #[store(key)]
            pub(super) id: u64,
            #[store(index)]
            pub(super) x: Option<u32>,
        }
    }
    let scratch = Scratch::new();
    let storage = open(&scratch, Evolution::Refuse);
    x_alone::A::table(&storage).unwrap().put(&x_alone::A { id: 1, x: None }).unwrap();
    assert!(refused(with_an_index::A::table(&storage)).contains("index x is missing in the file"));
    drop(storage);
    with_an_index::A::table(&open(&scratch, Evolution::Lazy)).unwrap();
    let storage = open(&scratch, Evolution::Refuse);
    assert!(refused(x_alone::A::table(&storage)).contains("index x"));
    with_an_index::A::table(&storage).unwrap();
}

#[test]
fn eager_migrates_and_builds_before_the_table_is_there() {
    let scratch = Scratch::new();
    let storage = open(&scratch, Evolution::Eager);
    v1::User::table(&storage).unwrap().put_stream((0..1500).map(old)).unwrap();
    // Where nothing can be written, it is as it was.
    let before = catalog(&storage);
    v3::Person::table(&storage.read().unwrap()).unwrap();
    storage.write(|txn| txn.table::<v3::Person>().map(drop)).unwrap();
    storage.write(|_| v3::Person::table(&storage).map(drop)).unwrap();
    assert_eq!(catalog(&storage), before);
    let people = v3::Person::table(&storage).unwrap();
    assert_eq!((numbers(&storage), layout_count(&storage)), (vec![2], 1));
    assert!(people.evolution().unwrap().is_settled());
    assert_eq!(people.load(7).unwrap(), Some(new(middle(old(7), None))));
    assert_eq!(people.verify().unwrap(), []);
    assert_sound(&storage);
}

#[test]
fn eager_complains_of_a_row_that_cannot_be_read() {
    let scratch = Scratch::new();
    let storage = open(&scratch, Evolution::Eager);
    first::A::table(&storage).unwrap().put_stream((0..20).map(|id| first::A { id })).unwrap();
    let key = 7_u64.to_be_bytes();
    let mut row = storage.backend().get("users", &key, <[u8]>::to_vec).unwrap().unwrap();
    row[0] ^= 1;
    storage.backend().put("users", &key, &row).unwrap();
    let error = x::A::table(&storage).unwrap_err();
    assert!(error.is_corrupt() && error.to_string().contains('7'), "{error}");
    first::A::table(&storage).unwrap().delete(7).unwrap();
    assert_eq!(x::A::table(&storage).unwrap().len().unwrap(), 19);
}

/// What each verb says that writes.
fn errors_of_writes(storage: &Storage) -> Vec<StorageError> {
    let old = x_alone::A::table(storage).unwrap();
    let one = x_alone::A { id: 1, x: None };
    vec![
        old.put(&one).map(drop).unwrap_err(),
        old.insert(&x_alone::A { id: 9, x: None }).unwrap_err(),
        old.put_stream([one.clone()]).map(drop).unwrap_err(),
        old.update(1, |row| row.x = None).map(drop).unwrap_err(),
        old.upsert(1, |_| x_alone::A { id: 1, x: None }).map(drop).unwrap_err(),
        old.compare_and_set(&x_alone::A { id: 1, x: Some(1) }, &one).map(drop).unwrap_err(),
        old.delete(1).map(drop).unwrap_err(),
        old.delete_range(..).map(drop).unwrap_err(),
        old.clear().map(drop).unwrap_err(),
        old.rebuild().map(drop).unwrap_err(),
        old.migrate().run().map(drop).unwrap_err(),
        old.put_async(one.clone()).unwrap().wait().map(drop).unwrap_err(),
        old.delete_async(1).unwrap().wait().map(drop).unwrap_err(),
        storage.write(|txn| txn.table::<x_alone::A>()?.put(&one).map(drop)).unwrap_err(),
    ]
}

/// A program whose layout a newer one has outgrown reads, and does not write.
#[test]
fn read_newer_leaves_out_what_it_does_not_know() {
    mod newer {
        use rkyv::{Archive, Deserialize, Serialize};
        use storage::StoredRecord;

        #[derive(Clone, Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct A {
            #[store(key)]
            pub(super) id: u64,
            pub(super) x: Option<u32>,
            #[store(default, index)]
            pub(super) note: String,
        }
    }
    let scratch = Scratch::new();
    let storage = open(&scratch, Evolution::Lazy);
    x_alone::A::table(&storage).unwrap().put(&x_alone::A { id: 1, x: Some(1) }).unwrap();
    let row = newer::A { id: 2, x: Some(2), note: "new".into() };
    newer::A::table(&storage).unwrap().put(&row).unwrap();
    let error = x_alone::A::table(&storage).unwrap_err().to_string();
    assert_eq!(
        error,
        "table `users` has layout 2, which this program, whose layout is 1, does not know: field note is `string` in \
         the file and missing in the code; a newer version of the program has written it: open it with that one, or \
         to read it with `Evolution::ReadNewer`"
    );
    drop(storage);
    for is_migrated in [false, true] {
        let storage = open(&scratch, Evolution::Lazy);
        if is_migrated {
            newer::A::table(&storage).unwrap().migrate().run().unwrap();
        }
        drop(storage);
        let storage = open(&scratch, Evolution::ReadNewer);
        let before =
            (catalog(&storage), rows_of(&storage, "users"), rows_of(&storage, "users$note"));
        let old = x_alone::A::table(&storage).unwrap();
        assert_eq!(old.load(2).unwrap(), Some(x_alone::A { id: 2, x: Some(2) }));
        assert_eq!(old.project(2, x_alone::A::FIELDS.x).unwrap(), Some(Some(2)));
        assert_eq!(old.iter().unwrap().count().unwrap(), 2);
        let errors = errors_of_writes(&storage);
        for error in errors {
            assert!(matches!(error, StorageError::NewerLayout { layout: 2, .. }), "{error}");
            assert_eq!(error.blame(), Blame::Mismatch);
        }
        let after =
            (catalog(&storage), rows_of(&storage, "users"), rows_of(&storage, "users$note"));
        assert!(before == after);
        assert_eq!(
            old.evolution().unwrap().layouts().last().unwrap().number,
            2 + u16::from(is_migrated)
        );
    }
}

/// What is its own, and what it understands whole, it also writes.
#[test]
fn read_newer_writes_what_it_understands() {
    let scratch = Scratch::new();
    let storage = open(&scratch, Evolution::ReadNewer);
    first::A::table(&storage).unwrap().put(&first::A { id: 1 }).unwrap();
    x::A::table(&storage).unwrap().put(&x::A { id: 2, x: Some(2) }).unwrap();
    // It says that `x` may go.
    first::A::table(&storage).unwrap().put(&first::A { id: 3 }).unwrap();
    assert_eq!(numbers(&storage), [1, 2]);
    assert_sound(&storage);
}

#[test]
fn read_newer_in_flatbuffers() {
    mod older {
        use storage::StoredRecord;

        #[derive(Clone, Debug, PartialEq, StoredRecord)]
        #[store(codec = "flatbuffers", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub(super) id: u64,
            #[store(index)]
            pub(super) name: String,
        }
    }
    let scratch = Scratch::new();
    let storage = open(&scratch, Evolution::ReadNewer);
    flat1::User::table(&storage).unwrap().put_stream((0..10).map(flat_old)).unwrap();
    let users = older::User::table(&storage).unwrap();
    let seven = users.load(7).unwrap().unwrap();
    assert_eq!(seven.name, "user 0007");
    assert_eq!(users.by(older::User::INDEXES.name).count("user 0003").unwrap(), 1);
    assert!(matches!(users.put(&seven), Err(StorageError::NewerLayout { layout: 1, .. })));
    // What is more than left out is refused.
    refused(flat2::Person::table(&storage).and_then(|people| {
        people.put(&super::releases::flat_new(flat_old(1)))?;
        flat1::User::table(&storage).map(drop)
    }));
}
