//! A name that comes back: a field that was removed, and one of its name that is there again.

use storage::{Storage, StoredRecord};

/// A release: the fields of a record, and of a struct in it.
macro_rules! release {
    ($name:ident, $codec:literal [$($derive:ident),*], $(#[$attr:meta])*, {$($fields:tt)*}, {$($inner:tt)*}) => {
        mod $name {
            #[allow(unused_imports, reason = "only rkyv has derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};
            use storage::{StoredRecord, StoredType};

            #[derive(Clone, Debug, Default, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "users")]
            $(#[$attr])*
            pub(super) struct User {
                #[store(key)]
                pub(super) id: u64,
                pub(super) home: Option<Box<Home>>,
                $($fields)*
            }

            #[derive(Clone, Debug, Default, PartialEq, $($derive,)* StoredType)]
            #[store(codec = $codec)]
            pub(super) struct Home {
                pub(super) town: u32,
                $($inner)*
            }
        }
    };
    ($name:ident, $(#[$attr:meta])*, $fields:tt, $inner:tt) => {
        release!($name, "rkyv" [Archive, Serialize, Deserialize], $(#[$attr])*, $fields, $inner);
    };
}

release!(with, , { pub(super) note: Option<String>, }, { pub(super) street: u32, });
release!(without, #[store(removed("note"))], {}, { pub(super) street: u32, });
release!(again, , { pub(super) note: Option<String>, pub(super) more: Option<u8>, }, { pub(super) street: u32, });
release!(
    revived, ,
    { #[store(revived)] pub(super) note: Option<String>, pub(super) more: Option<u8>, },
    { pub(super) street: u32, }
);
release!(renamed, , { #[store(was = "note")] pub(super) text: Option<String>, }, { pub(super) street: u32, });
release!(
    back, ,
    { #[store(was = "text")] pub(super) note: Option<String>, pub(super) more: Option<u8>, },
    { pub(super) street: u32, }
);

/// A user of the first release and one of the second.
fn written() -> Storage {
    let storage = Storage::in_memory().unwrap();
    let user = with::User { id: 1, note: Some("old".into()), ..with::User::default() };
    with::User::table(&storage).unwrap().put(&user).unwrap();
    without::User::table(&storage).unwrap().put(&without::User { id: 2, home: None }).unwrap();
    storage
}

#[test]
fn what_was_removed_does_not_come_back_unasked() {
    let storage = written();
    let error = again::User::table(&storage).unwrap_err();
    assert_eq!(
        error.to_string(),
        "table `users` was written with another schema:\n\
         field note differs\n  layout 1 in the file has it, layout 2 does not, and here it is again\n  \
         another field?  give it another name, or migrate the table before it comes\n  \
         the same?       #[store(revived)] on `note` takes the values of layout 1"
    );
    // Inside a transaction, in a snapshot, and through a handle again.
    again::User::table(&storage.read().unwrap()).unwrap_err();
    storage.write(|txn| Ok(txn.table::<again::User>().map(drop).unwrap_err())).unwrap();
    let users = revived::User::table(&storage).unwrap();
    assert_eq!(users.load(1).unwrap().unwrap().note.as_deref(), Some("old"));
    assert_eq!(users.load(2).unwrap().unwrap().note, None);
    users.put(&revived::User { id: 3, ..revived::User::default() }).unwrap();
    // The first goes on as it is: nothing comes back to it.
    assert!(!with::User::table(&storage).unwrap_err().to_string().contains("revived"));
}

#[test]
fn without_rows_from_before_there_is_nothing_to_come_back() {
    let storage = written();
    without::User::table(&storage).unwrap().migrate().run().unwrap();
    let users = again::User::table(&storage).unwrap();
    assert_eq!(users.load(1).unwrap().unwrap().note, None);
}

#[test]
fn another_name_in_between_is_no_gap() {
    let storage = Storage::in_memory().unwrap();
    let user = with::User { id: 1, note: Some("old".into()), ..with::User::default() };
    with::User::table(&storage).unwrap().put(&user).unwrap();
    renamed::User::table(&storage)
        .unwrap()
        .put(&renamed::User { id: 2, ..Default::default() })
        .unwrap();
    let users = back::User::table(&storage).unwrap();
    assert_eq!(users.load(1).unwrap().unwrap().note.as_deref(), Some("old"));
}

release!(inner_with, , {}, { pub(super) street: Option<u32>, });
release!(inner_without, , { pub(super) more: Option<u8>, }, {});
release!(inner_again, , { pub(super) more: Option<u8>, }, { pub(super) street: Option<u32>, });
release!(
    inner_revived, ,
    { pub(super) more: Option<u8>, },
    { #[store(revived)] pub(super) street: Option<u32>, }
);

/// The same inside a struct of the record. The second release has no word for it, so it is read where that is allowed.
#[test]
fn fields_of_nested_types_do_not_come_back_either() {
    let storage = Storage::in_memory().unwrap();
    let home = inner_with::Home { town: 1, street: Some(7) };
    let user = inner_with::User { id: 1, home: Some(Box::new(home)) };
    inner_with::User::table(&storage).unwrap().put(&user).unwrap();
    let error = inner_without::User::table(&storage).unwrap_err().to_string();
    assert!(error.contains("field street of Home"), "{error}");
    inner_removed::User::table(&storage)
        .unwrap()
        .put(&inner_removed::User { id: 2, ..Default::default() })
        .unwrap();
    let error = inner_again::User::table(&storage).unwrap_err().to_string();
    assert!(
        error.contains("field street of Home differs\n  layout 1 in the file has it, layout 2"),
        "{error}"
    );
    let users = inner_revived::User::table(&storage).unwrap();
    let home = users.load(1).unwrap().unwrap().home.unwrap();
    assert_eq!((home.town, home.street), (1, Some(7)));
}

mod inner_removed {
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::{StoredRecord, StoredType};

    #[derive(Default, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(super) struct User {
        #[store(key)]
        pub(super) id: u64,
        pub(super) home: Option<Box<Home>>,
        pub(super) more: Option<u8>,
    }

    #[derive(Default, Archive, Serialize, Deserialize, StoredType)]
    #[store(removed("street"))]
    pub(super) struct Home {
        pub(super) town: u32,
    }
}

/// FlatBuffers find a field by its id, and that of a removed one stays taken: nothing comes back, whatever is said. One
/// that had another name in between was there all the time.
mod flat {
    use storage::StoredRecord;

    macro_rules! release {
        ($name:ident, $(#[$attr:meta])*, {$($fields:tt)*}) => {
            pub(super) mod $name {
                use super::StoredRecord;

                #[derive(Clone, Debug, Default, PartialEq, StoredRecord)]
                #[store(codec = "flatbuffers", table = "users")]
                $(#[$attr])*
                pub(in super::super) struct User {
                    #[store(key, id = 0)]
                    pub(in super::super) id: u64,
                    $($fields)*
                }
            }
        };
    }
    release!(with, , { #[store(id = 1)] pub(in super::super) note: Option<String>, });
    release!(without, #[store(removed(id = 1, name = "note", ty = "Option<String>"))], {});
    release!(revived, , {
        #[store(id = 1, revived)] pub(in super::super) note: Option<String>,
        #[store(id = 2)] pub(in super::super) more: Option<u8>,
    });
    release!(renamed, , {
        #[store(id = 1, was = "note")] pub(in super::super) text: Option<String>,
    });
    release!(back, , {
        #[store(id = 1, was = "text")] pub(in super::super) note: Option<String>,
        #[store(id = 2)] pub(in super::super) more: Option<u8>,
    });
}

#[test]
fn in_flatbuffers_nothing_comes_back() {
    let storage = Storage::in_memory().unwrap();
    let user = flat::with::User { id: 1, note: Some("old".into()) };
    flat::with::User::table(&storage).unwrap().put(&user).unwrap();
    flat::without::User::table(&storage).unwrap().put(&flat::without::User { id: 2 }).unwrap();
    let error = flat::revived::User::table(&storage).unwrap_err().to_string();
    assert!(error.contains("an id is never used again"), "{error}");
    let storage = Storage::in_memory().unwrap();
    flat::with::User::table(&storage).unwrap().put(&user).unwrap();
    flat::renamed::User::table(&storage)
        .unwrap()
        .put(&flat::renamed::User { id: 2, text: None })
        .unwrap();
    let users = flat::back::User::table(&storage).unwrap();
    assert_eq!(users.load(1).unwrap().unwrap().note.as_deref(), Some("old"));
}
