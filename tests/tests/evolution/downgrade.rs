//! A program that is older than the file: it is refused, or reads, and changes no byte of the file.

use std::fs;
use storage::{Codec, Evolution, OpenOptions, Storage, StorageError, StoredRecord, Table};
use tests::Scratch;

mod older {
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::StoredRecord;

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(super) struct User {
        #[store(key)]
        pub(super) id: u64,
        #[store(index)]
        pub(super) name: String,
    }
}

mod newer {
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::StoredRecord;

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(super) struct User {
        #[store(key)]
        pub(super) id: u64,
        #[store(index)]
        pub(super) name: String,
        pub(super) email: Option<String>,
    }
}

mod flat_older {
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

mod flat_newer {
    use storage::StoredRecord;

    #[derive(Clone, Debug, PartialEq, StoredRecord)]
    #[store(codec = "flatbuffers", table = "users")]
    pub(super) struct User {
        #[store(key)]
        pub(super) id: u64,
        #[store(index)]
        pub(super) name: String,
        pub(super) email: Option<String>,
    }
}

const POLICIES: [Evolution; 4] =
    [Evolution::Lazy, Evolution::Eager, Evolution::Refuse, Evolution::ReadNewer];

/// A program whose record is `R` does what it can with the file.
fn run<R>(storage: &Storage, policy: Evolution, row: &R)
where
    R: StoredRecord<Key = u64, Codec: Codec<R, Owned = R>> + Clone + PartialEq + std::fmt::Debug,
{
    let users: Table<R> = match R::table(storage) {
        Ok(users) => users,
        Err(StorageError::Schema(mismatch)) => {
            assert!(mismatch.is_newer() || matches!(policy, Evolution::Refuse), "{mismatch}");
            assert!(!matches!(policy, Evolution::ReadNewer), "{mismatch}");
            return;
        }
        Err(other) => panic!("{other:?}"),
    };
    assert!(matches!(policy, Evolution::ReadNewer), "an old program goes on");
    assert_eq!(users.load(1).unwrap().as_ref(), Some(row));
    assert_eq!(users.iter().unwrap().count().unwrap(), 20);
    assert_eq!(users.verify().unwrap(), []);
    let writes = [
        users.put(row).map(drop),
        users.put_stream([row.clone()]).map(drop),
        users.update(1, |_| ()).map(drop),
        users.delete(1).map(drop),
        users.delete_range(..).map(drop),
        users.clear().map(drop),
        users.rebuild().map(drop),
        users.migrate().run().map(drop),
        storage.write(|txn| txn.table::<R>()?.put(row).map(drop)),
    ];
    for (number, written) in writes.into_iter().enumerate() {
        let error = written.expect_err(&format!("write {number}"));
        assert!(matches!(error, StorageError::NewerLayout { layout: 2, .. }), "{number}: {error}");
    }
}

/// The old program comes and goes with each policy; then the newer one finds what it left.
///
/// The engine notes in the file that it was opened and closed, so the file is compared with a copy to which no more was
/// done than that.
fn alternate<Old, New>(old: impl Fn(u64) -> Old, new: impl Fn(u64, bool) -> New)
where
    Old: StoredRecord<Key = u64, Codec: Codec<Old, Owned = Old>>
        + Clone
        + PartialEq
        + std::fmt::Debug,
    New: StoredRecord<Key = u64, Codec: Codec<New, Owned = New>> + PartialEq + std::fmt::Debug,
{
    let scratch = Scratch::new();
    let storage = scratch.open();
    Old::table(&storage).unwrap().put_stream((0..10).map(&old)).unwrap();
    New::table(&storage).unwrap().put_stream((10..20).map(|id| new(id, true))).unwrap();
    drop(storage);
    for policy in POLICIES {
        let visited = Scratch::new();
        fs::copy(scratch.path(), visited.path()).unwrap();
        drop(visited.open());
        let storage =
            Storage::open_with(scratch.path(), &OpenOptions::default().evolution(policy)).unwrap();
        run::<Old>(&storage, policy, &old(1));
        drop(storage);
        let (file, control) =
            [&scratch, &visited].map(|file| fs::read(file.path()).unwrap()).into();
        // The writes that it tries with `ReadNewer` are transactions, which the engine numbers.
        assert!(file == control || matches!(policy, Evolution::ReadNewer), "{policy:?}");
        let storage = scratch.open();
        let users = New::table(&storage).unwrap();
        let rows = users.iter().unwrap().map(|row| row.and_then(|row| row.load()));
        let rows: Vec<New> = rows.collect::<Result<_, _>>().unwrap();
        assert_eq!(rows, (0..20).map(|id| new(id, id >= 10)).collect::<Vec<_>>());
        assert_eq!((users.verify().unwrap(), storage.check().unwrap().is_sound()), (vec![], true));
    }
}

fn name(id: u64) -> String {
    format!("user {id:04}")
}

#[test]
fn an_older_program_changes_no_byte_of_the_file() {
    let email = |has_one: bool| has_one.then(|| "user@example.org".to_owned());
    alternate(
        |id| older::User { id, name: name(id) },
        |id, has_email| newer::User { id, name: name(id), email: email(has_email) },
    );
    alternate(
        |id| flat_older::User { id, name: name(id) },
        |id, has_email| flat_newer::User { id, name: name(id), email: email(has_email) },
    );
}
