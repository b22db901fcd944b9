//! A lock knows what a file does: records that get other keys, tables that get other names, and names that come back.

use crate::{Check, Locked, Project, Release, Update};
use storage::StoredRecord;

mod before {
    use super::StoredRecord;

    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "users")]
    pub(super) struct User {
        #[store(key)]
        id: u32,
        name: String,
    }
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    name: String,
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users", was = "User")]
struct UserV1 {
    #[store(key)]
    id: u32,
    name: String,
}

#[test]
fn records_that_are_rekeyed_are_held_to_their_old_type() {
    let project = Project::released(&[Locked::of::<before::User>()]);
    let alone = [Locked::of::<User>()];
    let expected = "users.schema: layout 1, which was released, is not read by this code:\n\
                    key is `u32` in the file and `u64` in the code\n  \
                    the key decides where a row lies: write the rows under their new keys with `Storage::rekey`\n\
                    rekeyed?  name the old type in this test, too, behind the new: `storage::lock!(\"schemas\": User, \
                    UserV1)`";
    for mode in [Check, Update, Release] {
        assert_eq!(project.run(&alone, mode).unwrap_err(), expected);
    }
    let both = [Locked::of::<User>(), Locked::of::<UserV1>()];
    let stale = project.run(&both, Check).unwrap_err();
    let expected =
        "users.schema: the code has changed:\nkey is `u32` in the file and `u64` in the code\n";
    assert!(stale.starts_with(expected), "{stale}");
    for mode in [Update, Check, Release, Check] {
        project.run(&both, mode).unwrap();
    }
    let text = project.text("users.schema");
    assert!(text.contains("layout 1   released") && text.contains("layout 2   released"), "{text}");
    // The old type is still needed for the files of the first.
    assert!(project.run(&alone, Check).is_err());
}

/// Two types of one table are one too many if their keys are the same.
#[test]
fn of_two_types_with_one_key_one_is_too_many() {
    let project = Project::new();
    let both = [Locked::of::<before::User>(), Locked::of::<UserV1>()];
    let told = project.run(&both, Update).unwrap_err();
    assert!(told.contains("it would be the file of two records"), "{told}");
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "people", table_was("members", "users"))]
struct Person {
    #[store(key)]
    id: u32,
    name: String,
}

mod renamed {
    use super::StoredRecord;

    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "people", table_was("members", "users"))]
    pub(super) struct User {
        #[store(key)]
        id: u32,
        name: String,
    }
}

#[test]
fn a_table_takes_its_file_along() {
    let project = Project::released(&[Locked::of::<before::User>()]);
    let people = [Locked::of::<renamed::User>()];
    assert_eq!(
        project.run(&people, Check).unwrap_err(),
        "people.schema: the code has changed:\ntable: was `users`\nis it meant? run this test with \
         STORAGE_LOCK=update, and commit the file"
    );
    // What it has of the released layouts is held to.
    let told = project.run(&[Locked::of::<Person>()], Update).unwrap_err();
    assert!(told.starts_with("people.schema: layout 1, which was released, is not read"), "{told}");
    let before = project.text("users.schema");
    project.run(&people, Update).unwrap();
    assert!(!project.file("users.schema").exists());
    assert_eq!(project.text("people.schema"), before.replace("table = users", "table = people"));
    project.run(&people, Check).unwrap();
    // A file of the old name that comes back is one too many.
    project.write("users.schema", before);
    let told = project.run(&people, Update).unwrap_err();
    assert!(told.starts_with("users.schema: no record of this test has its table"), "{told}");
}

/// The releases of a record with a note, without it, and with one again.
mod noted {
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::StoredRecord;

    pub(super) mod first {
        use super::*;
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(crate) struct User {
            #[store(key)]
            id: u64,
            note: Option<String>,
        }
    }
    pub(super) mod second {
        use super::*;
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users", removed("note"))]
        pub(crate) struct User {
            #[store(key)]
            id: u64,
        }
    }
    pub(super) mod third {
        use super::*;
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(crate) struct User {
            #[store(key)]
            id: u64,
            note: Option<String>,
            more: Option<u8>,
        }
    }
    pub(super) mod meant {
        use super::*;
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(crate) struct User {
            #[store(key)]
            id: u64,
            #[store(revived)]
            note: Option<String>,
            more: Option<u8>,
        }
    }
}

#[test]
fn a_name_that_comes_back_is_asked_for() {
    let project = Project::released(&[Locked::of::<noted::first::User>()]);
    project.run(&[Locked::of::<noted::second::User>()], Release).unwrap();
    // The first again is what it was: what came after it does not concern it.
    project.run(&[Locked::of::<noted::first::User>()], Check).unwrap();
    for mode in [Check, Update, Release] {
        let told = project.run(&[Locked::of::<noted::third::User>()], mode).unwrap_err();
        let expected =
            "users.schema: layout 1, which was released, is not read by this code:\nfield note";
        assert!(told.starts_with(expected), "{told}");
        assert!(told.contains("#[store(revived)] on `note`"), "{told}");
    }
    project.run(&[Locked::of::<noted::meant::User>()], Release).unwrap();
    project.run(&[Locked::of::<noted::meant::User>()], Check).unwrap();
}
