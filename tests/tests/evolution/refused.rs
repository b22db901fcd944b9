//! What does not resolve: the message has the attribute to write, and the file is as it was.

use storage::{Storage, StorageError, StoredRecord, error::SchemaMismatch};
use tests::Scratch;

/// A record of one name in another release; `Old` is what the file has.
macro_rules! release {
    ($name:ident, $codec:literal, [$($derive:ident),*], $($body:tt)*) => {
        mod $name {
            #[allow(unused_imports, reason = "not every release has parts, and not every codec derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};
            #[allow(unused_imports, reason = "not every release has parts")]
            use storage::{StoredRecord, StoredType};

            release!(items $codec, [$($derive),*], $($body)*);
        }
    };
    (items $codec:literal, [$($derive:ident),*], $($(#[$attr:meta])* struct $field:tt)?) => {
        #[derive($($derive,)* StoredRecord)]
        #[store(codec = $codec, table = "users")]
        $($(#[$attr])* pub(crate) struct User $field)?
    };
}

macro_rules! archives {
    ($name:ident, $($body:tt)*) => {
        release!($name, "rkyv", [Archive, Serialize, Deserialize], $($body)*);
    };
}
macro_rules! flat {
    ($name:ident, $($body:tt)*) => {
        release!($name, "flatbuffers", [], $($body)*);
    };
}

archives!(first, struct {
    #[store(key)]
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) nick: Option<String>,
});
archives!(added, struct { #[store(key)] id: u64, name: String, nick: Option<String>, level: u16 });
archives!(removed, struct { #[store(key)] id: u64, name: String });
archives!(renamed, struct { #[store(key)] id: u64, full_name: String, nick: Option<String> });
archives!(required, struct { #[store(key)] id: u64, name: String, nick: String });
archives!(retyped, struct { #[store(key)] id: u64, name: u32, nick: Option<String> });
archives!(rekeyed, struct { #[store(key)] id: i64, name: String, nick: Option<String> });
archives!(optional, struct {
    #[store(key)]
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) nick: Option<String>,
    pub(crate) email: Option<String>,
});
archives!(dropped, #[store(removed("email"))] struct {
    #[store(key)]
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) nick: Option<String>,
});

flat!(flat_first, struct { #[store(key)] pub(crate) id: u64, pub(crate) name: String });
flat!(flat_required, struct { #[store(key)] id: u64, name: String, city: String });
flat!(flat_removed, struct { #[store(key)] id: u64 });
flat!(flat_widened, struct { #[store(key)] id: u64, name: Vec<u8> });
flat!(flat_moved, struct { #[store(key)] id: u64, city: Option<String>, name: String });

fn written() -> (Scratch, Storage) {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let user = first::User { id: 1, name: "Ada".into(), nick: None };
    first::User::table(&storage).unwrap().put(&user).unwrap();
    (scratch, storage)
}

fn mismatch<R: StoredRecord>(storage: &Storage) -> SchemaMismatch {
    match R::table(storage).map(drop).unwrap_err() {
        StorageError::Schema(mismatch) => *mismatch,
        other => panic!("{other:?}"),
    }
}

/// All rows of the table and of the catalogue.
fn content(storage: &Storage) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut rows = Vec::new();
    for table in ["users", "$catalog"] {
        let reader = storage.backend();
        for key in [&b""[..], b"users", b"users\0L\0\x02", b"users\0Iname", &1_u64.to_be_bytes()] {
            if let Some(row) = reader.get(table, key, <[u8]>::to_vec).unwrap() {
                rows.push((key.to_vec(), row));
            }
        }
    }
    rows
}

/// What stands below the first line.
fn advice<R: StoredRecord>(storage: &Storage) -> String {
    let text = mismatch::<R>(storage).to_string();
    let first = "table `users` was written with another schema:\n";
    text.strip_prefix(first).unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[test]
fn each_difference_has_the_attribute_that_settles_it() {
    let (scratch, storage) = written();
    drop(storage);
    let storage = scratch.open();
    let before = content(&storage);
    assert_eq!(
        advice::<added::User>(&storage),
        "field level is missing in the file and `u16` in the code\n  \
         new?      #[store(default = ...)] on `level`, or make it an `Option<u16>`"
    );
    assert_eq!(
        advice::<removed::User>(&storage),
        "field nick is `option<string>` in the file and missing in the code\n  \
         removed?  #[store(removed(\"nick\"))] on the struct; its values are dropped, unless \
         `by_migration` beside it keeps them for `table.migrate().with(..)`"
    );
    assert_eq!(
        advice::<renamed::User>(&storage),
        "field full_name is missing in the file and `string` in the code\n  \
         renamed?  #[store(was = \"name\")] on `full_name`\n  \
         new?      #[store(default = ...)] on `full_name`, or make it an `Option<String>`\n\
         field name is `string` in the file and missing in the code\n  \
         renamed?  #[store(was = \"name\")] on `full_name`\n  \
         removed?  #[store(removed(\"name\"))] on the struct; its values are dropped, unless \
         `by_migration` beside it keeps them for `table.migrate().with(..)`"
    );
    assert_eq!(
        advice::<required::User>(&storage),
        "field nick is `option<string>` in the file and `string` in the code\n  \
         #[store(default = ...)] on `nick` says what a missing value becomes"
    );
    for text in [advice::<retyped::User>(&storage), advice::<rekeyed::User>(&storage)] {
        assert!(text.contains(" in the file and "), "{text}");
    }
    assert_eq!(content(&storage), before, "nothing was written");
    first::User::table(&storage).unwrap();
}

#[test]
fn what_flatbuffers_cannot_read_as_it_is_is_refused() {
    let storage = Storage::in_memory().unwrap();
    let user = flat_first::User { id: 1, name: "Ada".into() };
    flat_first::User::table(&storage).unwrap().put(&user).unwrap();
    let texts = [
        advice::<flat_required::User>(&storage),
        advice::<flat_removed::User>(&storage),
        advice::<flat_widened::User>(&storage),
        advice::<flat_moved::User>(&storage),
    ];
    let parts =
        ["field city is missing", "removed(id = 1, name = \"name\"", "field name is", "id 1"];
    for (text, part) in texts.iter().zip(parts) {
        assert!(text.contains(part), "{text}");
    }
}

/// It is told that it is old, and not what it lacks.
#[test]
fn an_old_program_is_told_that_the_file_is_newer() {
    let (scratch, storage) = written();
    let held = first::User::table(&storage).unwrap();
    let users = optional::User::table(&storage).unwrap();
    users.update(1, |user| user.email = Some("ada@example.org".into())).unwrap();
    let expected = "table `users` has layout 2, which this program, whose layout is 1, does not know: field email is \
                    `option<string>` in the file and missing in the code; a newer version of the program has written \
                    it: open it with that one, or to read it with `Evolution::ReadNewer`";
    let errors = [
        first::User::table(&storage).map(drop).unwrap_err(),
        held.load(1).map(drop).unwrap_err(),
        held.put(&first::User { id: 2, name: "Bob".into(), nick: None }).map(drop).unwrap_err(),
        held.delete(1).map(drop).unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.to_string(), expected);
        assert!(matches!(error, StorageError::Schema(mismatch) if mismatch.is_newer()));
    }
    drop((held, users, storage));
    let storage = scratch.open();
    let before = content(&storage);
    mismatch::<first::User>(&storage);
    assert_eq!(content(&storage), before, "nothing was written");
    // Who means it goes back, and gets the first layout again.
    let users = dropped::User::table(&storage).unwrap();
    assert_eq!(users.get(1, |user| user.name.to_string()).unwrap().as_deref(), Some("Ada"));
    users.update(1, |user| user.name.push('!')).unwrap();
    assert_eq!(storage.tables().unwrap()[0].layout_count, 2);
    let users = optional::User::table(&storage).unwrap();
    assert_eq!(users.load(1).unwrap().unwrap().email, None);
}
