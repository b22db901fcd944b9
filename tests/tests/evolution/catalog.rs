//! What the file remembers of layouts: all of them, from the first write of each.

use super::{flat_old, flat1, flat2, middle, old, v1, v2, v3};
use storage::{Storage, StorageError, StoredRecord, maintenance::CheckReport};
use tests::Scratch;

fn row(storage: &Storage, key: &[u8]) -> Option<Vec<u8>> {
    storage.backend().get("$catalog", key, <[u8]>::to_vec).unwrap()
}

/// The number of the layout that the row under this key has.
fn number(storage: &Storage, id: u64) -> u16 {
    let key = id.to_be_bytes();
    let row = storage.backend().get("users", &key, <[u8]>::to_vec).unwrap().unwrap();
    u16::from_le_bytes(row[row.len() - 6..row.len() - 4].try_into().unwrap())
}

fn layout_count(storage: &Storage) -> u64 {
    storage.tables().unwrap()[0].layout_count
}

fn faults(storage: &Storage) -> u64 {
    let CheckReport { fault_count, .. } = storage.check().unwrap();
    fault_count
}

fn put_old(storage: &Storage, ids: std::ops::Range<u64>) {
    v1::User::table(storage).unwrap().put_stream(ids.map(old)).unwrap();
}

#[test]
fn a_layout_is_entered_by_its_first_write_and_never_changes() {
    let storage = Storage::in_memory().unwrap();
    put_old(&storage, 0..3);
    let first = row(&storage, b"users").unwrap();
    let users = v2::User::table(&storage.read().unwrap()).unwrap();
    assert_eq!(users.len().unwrap(), 3);
    assert_eq!((layout_count(&storage), row(&storage, b"users\0L\0\x02")), (1, None));
    storage.write(|txn| txn.table::<v2::User>()?.put(&middle(old(1), None))).unwrap();
    let second = row(&storage, b"users\0L\0\x02").unwrap();
    v3::Person::table(&storage).unwrap().delete(2).unwrap();
    let third = row(&storage, b"users\0L\0\x03").unwrap();
    put_v3(&storage, 9);
    assert_eq!([0, 1, 9].map(|id| number(&storage, id)), [1, 2, 3]);
    assert_eq!(row(&storage, b"users"), Some(first));
    assert_eq!(row(&storage, b"users\0L\0\x02"), Some(second));
    assert_eq!(row(&storage, b"users\0L\0\x03"), Some(third));
    assert_eq!((layout_count(&storage), faults(&storage)), (3, 0));
    assert_eq!(storage.tables().unwrap()[0].row_type, "Person");
}

fn put_v3(storage: &Storage, id: u64) {
    let person = super::new(middle(old(id), None));
    v3::Person::table(storage).unwrap().put(&person).unwrap();
}

/// A record without indexes, so that nothing is written when it is opened.
mod plain {
    macro_rules! release {
        ($name:ident, $(#[$attr:meta])* $($field:ident)?) => {
            pub(crate) mod $name {
                use rkyv::{Archive, Deserialize, Serialize};
                use storage::StoredRecord;

                #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
                #[store(codec = "rkyv", table = "users")]
                $(#[$attr])*
                pub(crate) struct A {
                    #[store(key)]
                    pub(crate) id: u64,
                    $(pub(crate) $field: Option<u32>,)?
                }
            }
        };
    }
    release!(first,);
    release!(
        x,
        #[store(removed("y", "z"))]
        x
    );
    release!(
        y,
        #[store(removed("x", "z"))]
        y
    );
    release!(
        z,
        #[store(removed("x", "y"))]
        z
    );
}

#[test]
fn what_is_undone_is_undone_with_its_layout() {
    use plain::{first, x, y, z};
    let storage = Storage::in_memory().unwrap();
    first::A::table(&storage).unwrap().put(&first::A { id: 0 }).unwrap();
    let held = x::A::table(&storage).unwrap();
    assert_eq!(held.load(0).unwrap(), Some(x::A { id: 0, x: None }));
    let error = storage.write(|txn| {
        txn.table::<y::A>()?.put(&y::A { id: 1, y: Some(1) })?;
        Err::<(), _>(StorageError::custom("undone"))
    });
    error.unwrap_err();
    assert_eq!(layout_count(&storage), 1);
    storage
        .write(|txn| {
            let undone = txn.savepoint(|| {
                txn.table::<y::A>()?.put(&y::A { id: 1, y: Some(1) })?;
                Err::<(), _>(StorageError::custom("undone"))
            });
            undone.unwrap_err();
            // The number that was given is free again.
            txn.table::<z::A>()?.put(&z::A { id: 2, z: Some(2) })
        })
        .unwrap();
    assert_eq!((layout_count(&storage), number(&storage, 2)), (2, 2));
    // It counted on the same number.
    assert_eq!(held.load(2).unwrap(), Some(x::A { id: 2, x: None }));
    held.put(&x::A { id: 3, x: Some(3) }).unwrap();
    assert_eq!((layout_count(&storage), number(&storage, 3)), (3, 3));
    assert_eq!(held.load(3).unwrap(), Some(x::A { id: 3, x: Some(3) }));
    assert_eq!(faults(&storage), 0);
}

#[test]
fn handles_of_all_releases_take_turns() {
    use plain::{first, x, y, z};
    let storage = Storage::in_memory().unwrap();
    first::A::table(&storage).unwrap().put_stream((0..10).map(|id| first::A { id })).unwrap();
    let xs = x::A::table(&storage).unwrap();
    let ys = y::A::table(&storage).unwrap().with_cache(1 << 20);
    let zs = z::A::table(&storage).unwrap();
    for id in 0..10 {
        // All three count on the number 2.
        assert_eq!(xs.load(id).unwrap().unwrap().x, None);
        assert_eq!(ys.load(id).unwrap().unwrap().y, None);
        assert_eq!(zs.load(id).unwrap().unwrap().z, None);
    }
    for turn in 0..5 {
        for id in 0..10 {
            ys.put(&y::A { id, y: Some(turn) }).unwrap();
            assert_eq!(xs.load(id).unwrap().unwrap().x, None);
            assert_eq!(ys.load(id).unwrap().unwrap().y, Some(turn));
            xs.put_stream([x::A { id, x: Some(turn) }]).unwrap();
            assert_eq!(zs.load(id).unwrap().unwrap().z, None);
            assert_eq!(ys.load(id).unwrap().unwrap().y, None);
            assert_eq!(xs.load(id).unwrap().unwrap().x, Some(turn));
            zs.update(id, |row| row.z = Some(turn)).unwrap();
            assert_eq!(zs.load(id).unwrap().unwrap().z, Some(turn));
        }
    }
    assert_eq!((layout_count(&storage), faults(&storage)), (4, 0));
}

/// What was encoded for one number is written with another.
#[test]
fn a_number_that_is_taken_between_encoding_and_writing_is_given_up() {
    use plain::{first, x, y};
    let storage = Storage::in_memory().unwrap();
    first::A::table(&storage).unwrap().put(&first::A { id: 0 }).unwrap();
    let xs = x::A::table(&storage).unwrap();
    assert_eq!(xs.len().unwrap(), 1);
    let row = x::A { id: 1, x: Some(1) };
    std::thread::scope(|scope| {
        let write = storage.write(|txn| {
            // It encodes for the number 2, and waits for its turn.
            scope.spawn(|| xs.put(&row).unwrap());
            std::thread::sleep(std::time::Duration::from_millis(300));
            txn.table::<y::A>()?.put(&y::A { id: 2, y: Some(2) })
        });
        write.unwrap();
    });
    assert_eq!((layout_count(&storage), faults(&storage)), (3, 0));
    assert_eq!([number(&storage, 2), number(&storage, 1)], [2, 3]);
    assert_eq!(xs.load(1).unwrap(), Some(row));
    assert_eq!(xs.load(2).unwrap(), Some(x::A { id: 2, x: None }));
}

/// Programs whose layouts read each other's rows write both, and add no layout for each turn.
#[test]
fn two_layouts_that_read_each_other_are_both_written() {
    use rkyv::{Archive, Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    struct A {
        #[store(key)]
        id: u64,
        #[store(index)]
        name: String,
        age: u64,
    }
    mod other {
        use rkyv::{Archive, Deserialize, Serialize};
        use storage::StoredRecord;

        #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct A {
            pub(super) age: Box<u64>,
            #[store(index)]
            pub(super) name: String,
            #[store(key)]
            pub(super) id: u64,
        }
    }
    let scratch = Scratch::new();
    let storage = scratch.open();
    let ones = A::table(&storage).unwrap();
    ones.put(&A { id: 0, name: "zero".into(), age: 0 }).unwrap();
    let others = other::A::table(&storage).unwrap();
    for id in 1..50 {
        let name = format!("name {id}");
        if id % 2 == 0 {
            ones.put(&A { id, name, age: id }).unwrap();
        } else {
            others.put(&other::A { id, name, age: Box::new(id) }).unwrap();
        }
        assert_eq!(ones.load(id).unwrap().unwrap().age, id);
        assert_eq!(*others.load(id).unwrap().unwrap().age, id);
        assert_eq!(others.by(other::A::INDEXES.name).len().unwrap(), id + 1);
    }
    assert_eq!((layout_count(&storage), faults(&storage)), (2, 0));
    assert_eq!([number(&storage, 8), number(&storage, 9)], [1, 2]);
    drop((ones, others, storage));
    let storage = scratch.open();
    assert_eq!(A::table(&storage).unwrap().verify().unwrap(), vec![]);
    assert_eq!(other::A::table(&storage).unwrap().len().unwrap(), 50);
}

#[test]
fn a_backup_has_all_layouts_and_so_has_what_is_compacted_or_renamed() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    put_old(&storage, 0..100);
    storage.write(|txn| txn.table::<v2::User>()?.put(&middle(old(1), None))).unwrap();
    put_v3(&storage, 2);
    let backup = scratch.dir().join("backup.redb");
    storage.backup(&backup).unwrap();
    storage.compact().unwrap();
    storage.write(|txn| txn.rename_table("users", "people")).unwrap();
    storage.write(|txn| txn.rename_table("people", "users")).unwrap();
    for storage in [storage, Storage::open(&backup).unwrap()] {
        assert_eq!((layout_count(&storage), faults(&storage)), (3, 0));
        let people = v3::Person::table(&storage).unwrap();
        let ids: Vec<u64> =
            people.iter().unwrap().map(|row| row.unwrap().load().unwrap().id).collect();
        assert_eq!(ids, (0..100).collect::<Vec<_>>());
        assert!(storage.write(|txn| txn.drop_table("users")).unwrap());
        assert_eq!(row(&storage, b"users\0L\0\x02"), None);
    }
}

#[test]
fn many_layouts_are_read_and_dropped() {
    let storage = Storage::in_memory().unwrap();
    put_old(&storage, 0..3);
    let text = row(&storage, b"users").unwrap();
    // Behind the text are the sums of its blocks, and the trailer.
    let content_len = text.len() - 6;
    let text = std::str::from_utf8(&text[..content_len - 4 * content_len.div_ceil(516)]).unwrap();
    // Fields that were there once, in rows that are gone.
    for number in 2..=300_u16 {
        let field = format!("field name = string\nfield old{number} = option<u8>\n");
        let text = text.replace("field name = string\n", &field);
        let text: String = text
            .lines()
            .filter(|line| !line.starts_with("archived ="))
            .fold(String::new(), |text, line| text + line + "\n");
        put_layout(&storage, number, &text);
    }
    let error = v1::User::table(&storage).unwrap_err().to_string();
    assert!(
        error.contains("layout 300, which this program, whose layout is 1, does not"),
        "{error}"
    );
    assert_eq!((layout_count(&storage), faults(&storage)), (300, 0));
    // Number 83 is spelled with the letter of another row.
    storage.write(|txn| txn.rename_table("users", "people")).unwrap();
    assert_eq!(storage.tables().unwrap()[0].layout_count, 300);
    assert!(storage.write(|txn| txn.drop_table("people")).unwrap());
    assert_eq!(storage.tables().unwrap(), []);
    put_old(&storage, 0..3);
    assert_eq!(layout_count(&storage), 1);
}

fn put_layout(storage: &Storage, number: u16, text: &str) {
    let key = [b"users\0L".as_slice(), &number.to_be_bytes()].concat();
    let mut row = text.as_bytes().to_vec();
    tests::frame::seal(b"$catalog", 0, &key, 1, &mut row);
    storage.backend().put("$catalog", &key, &row).unwrap();
}

#[test]
fn forged_layouts_are_errors() {
    type Forge = fn(&Storage);
    let forge: [(&str, Forge, &str); 5] = [
        (
            "a gap",
            |storage| put_layout(storage, 3, "x"),
            "the layout before the number 3 is missing",
        ),
        (
            "the first",
            |storage| put_layout(storage, 1, "x"),
            "the layout before the number 1 is missing",
        ),
        (
            "zero",
            |storage| put_layout(storage, 0, "x"),
            "the layout before the number 0 is missing",
        ),
        (
            "no schema",
            |storage| put_layout(storage, 2, "nonsense = 1\n"),
            "a line about `nonsense`",
        ),
        (
            "another key",
            |storage| {
                let mut row = b"x".to_vec();
                tests::frame::seal(b"$catalog", 0, b"users\0L\0", 1, &mut row);
                storage.backend().put("$catalog", b"users\0L\0", &row).unwrap();
            },
            "a row about",
        ),
    ];
    for (name, forge, expected) in forge {
        let storage = Storage::in_memory().unwrap();
        put_old(&storage, 0..3);
        forge(&storage);
        let error = v1::User::table(&storage).unwrap_err().to_string();
        assert!(error.contains(expected), "{name}: {error}");
        let error = v2::User::table(&storage).unwrap_err().to_string();
        assert!(error.contains(expected), "{name}: {error}");
        drop(storage.check());
        drop(storage.tables());
    }
}

#[test]
fn a_row_that_names_a_layout_that_is_not_there_is_damaged() {
    let storage = Storage::in_memory().unwrap();
    put_old(&storage, 0..3);
    let key = 1_u64.to_be_bytes();
    let mut row = storage.backend().get("users", &key, <[u8]>::to_vec).unwrap().unwrap();
    let at = row.len() - 6;
    for number in [0, 2, 3, u16::MAX] {
        row[at..at + 2].copy_from_slice(&number.to_le_bytes());
        storage.backend().put("users", &key, &row).unwrap();
        let users = v2::User::table(&storage.read().unwrap()).unwrap();
        let error = users.load(1).unwrap_err().to_string();
        assert!(error.contains(&format!("names layout {number}")) || number == 2, "{error}");
        let users = v1::User::table(&storage).unwrap();
        users.get(1, |_| ()).unwrap_err();
        assert_eq!(faults(&storage), 1, "{number}");
    }
}

/// A change of an index's values without a change of its definition.
#[test]
fn an_index_whose_keys_have_changed_is_built_anew() {
    let storage = Storage::in_memory().unwrap();
    flat1::User::table(&storage).unwrap().put_stream((0..30).map(flat_old)).unwrap();
    let in_snapshot = flat2::Person::table(&storage.read().unwrap()).unwrap();
    assert_eq!(in_snapshot.by(flat2::Person::INDEXES.age).len().unwrap(), 30);
    in_snapshot.by(flat2::Person::INDEXES.full_name).len().unwrap_err();
    let storage = Storage::in_memory().unwrap();
    put_old(&storage, 0..60);
    let in_snapshot = v2::User::table(&storage.read().unwrap()).unwrap();
    assert_eq!(in_snapshot.by(v2::User::INDEXES.age).len().unwrap(), 60);
    // What its condition reads is not known.
    in_snapshot.by(v2::User::INDEXES.old).len().unwrap_err();
    let users = v2::User::table(&storage).unwrap();
    assert_eq!(users.by(v2::User::INDEXES.old).len().unwrap(), 10);
    // `nick` was an option, and its index has keys of the same type.
    let people = v3::Person::table(&storage).unwrap();
    assert_eq!(people.by(v3::Person::INDEXES.nick).len().unwrap(), 60);
    assert_eq!(people.verify().unwrap(), vec![]);
}
