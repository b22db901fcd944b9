//! The catalogue: a table is what it was written as, and opening it as something else says what differs.

use rkyv::{Archive, Deserialize, Serialize};
use schemas::monster::Monster;
use storage::{Storage, StorageError, StoredRecord, StoredType, error::SchemaMismatch};
use tests::Scratch;

/// Record types of one name and table, as several releases of a program would have them.
macro_rules! release {
    ($name:ident { $($body:tt)* }) => {
        mod $name {
            use super::*;
            $($body)*
        }
    };
}

release!(first {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) name: String,
        pub(crate) home: Address,
    }

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Address {
        pub(crate) city: String,
        pub(crate) kind: Kind,
    }

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(crate) enum Kind {
        Home,
        Work { floor: u8 },
    }
});

/// Another release of the same record; each differs in one thing.
macro_rules! changed {
    (
        $name:ident, { $($field:ident : $ty:ty),* } key $key:ident : $key_ty:ty,
        $city:ident : $city_ty:ty, $variant:ident : $floor:ty
    ) => {
        release!($name {
            #[derive(Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv", table = "users")]
            pub(crate) struct User {
                #[store(key)]
                $key: $key_ty,
                $(pub(crate) $field: $ty,)*
                pub(crate) home: Address,
            }

            #[derive(Archive, Serialize, Deserialize, StoredType)]
            pub(crate) struct Address {
                pub(crate) $city: $city_ty,
                kind: Kind,
            }

            #[derive(Archive, Serialize, Deserialize, StoredType)]
            pub(crate) enum Kind {
                Home,
                $variant { floor: $floor },
            }
        });
    };
}
changed!(same, { name: String } key id: u64, city: String, Work: u8);
changed!(field_added, { name: String, age: u8 } key id: u64, city: String, Work: u8);
changed!(field_removed, { } key id: u64, city: String, Work: u8);
changed!(field_renamed, { title: String } key id: u64, city: String, Work: u8);
changed!(field_retyped, { name: Option<String> } key id: u64, city: String, Work: u8);
changed!(key_retyped, { name: String } key id: i64, city: String, Work: u8);
changed!(key_renamed, { name: String } key number: u64, city: String, Work: u8);
changed!(nested_renamed, { name: String } key id: u64, town: String, Work: u8);
changed!(nested_retyped, { name: String } key id: u64, city: Box<str_in_a_box::Text>, Work: u8);
changed!(variant_renamed, { name: String } key id: u64, city: String, Office: u8);
changed!(variant_retyped, { name: String } key id: u64, city: String, Work: i8);

release!(str_in_a_box {
    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Text(pub(crate) String);
});

fn written() -> (Scratch, Storage) {
    let scratch = Scratch::new();
    let store = scratch.open();
    let home = first::Address { city: "Zürich".into(), kind: first::Kind::Work { floor: 3 } };
    let user = first::User { id: 1, name: "Ada".into(), home };
    first::User::table(&store).unwrap().put(&user).unwrap();
    (scratch, store)
}

fn mismatch<R: StoredRecord>(store: &Storage) -> SchemaMismatch {
    match R::table(store).expect_err("the table must be refused") {
        StorageError::Schema(mismatch) => {
            assert_eq!(mismatch.table(), "users");
            *mismatch
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_same_shape_opens() {
    let (_scratch, store) = written();
    assert_eq!(same::User::table(&store).unwrap().len().unwrap(), 1);
}

#[test]
fn what_no_attribute_settles_is_refused_with_the_first_difference() {
    let (_scratch, store) = written();
    let found = [
        mismatch::<field_added::User>(&store),
        mismatch::<field_removed::User>(&store),
        mismatch::<field_renamed::User>(&store),
        mismatch::<key_retyped::User>(&store),
        mismatch::<key_renamed::User>(&store),
        mismatch::<nested_renamed::User>(&store),
        mismatch::<variant_renamed::User>(&store),
        mismatch::<variant_retyped::User>(&store),
    ];
    let found: Vec<String> = found.iter().map(|m| m.difference().to_string()).collect();
    let expected = [
        "field age is missing in the file and `u8` in the code",
        "field name is `string` in the file and missing in the code",
        "field title is missing in the file and `string` in the code",
        "key is `u64` in the file and `i64` in the code",
        "key fields is `id` in the file and `number` in the code",
        "field town of Address is missing in the file and `string` in the code",
        "variant Work of Kind is `(floor: u8)` in the file and missing in the code",
        "field floor of Kind::Work is `u8` in the file and `i8` in the code",
    ];
    assert_eq!(found, expected);
}

/// An option of what was there, and a box of a struct of it.
#[test]
fn what_says_the_same_in_another_type_is_read() {
    let (_scratch, store) = written();
    let users = field_retyped::User::table(&store).unwrap();
    let name = users.get(1, |user| user.name.as_ref().map(ToString::to_string)).unwrap();
    assert_eq!(name, Some(Some("Ada".to_owned())));
    let users = nested_retyped::User::table(&store).unwrap();
    let city = users.get(1, |user| user.home.city.0.to_string()).unwrap();
    assert_eq!(city.as_deref(), Some("Zürich"));
}

#[test]
fn the_file_is_checked_again_after_it_was_closed() {
    let (scratch, store) = written();
    drop(store);
    let store = scratch.open();
    mismatch::<field_added::User>(&store);
    let name = first::User::table(&store).unwrap().get(1, |user| user.name.to_string()).unwrap();
    assert_eq!(name.as_deref(), Some("Ada"));
}

#[test]
fn raw_tables_are_checked_at_first_use() {
    let scratch = Scratch::new();
    let store = scratch.open();
    store.new_rkyv_table::<u64, String>("data").put(1, &"one".to_owned()).unwrap();
    let differences = [
        store.new_rkyv_table::<u64, u64>("data").get(1, |_| ()).map(drop),
        store.new_rkyv_table::<u64, u64>("data").put(1, &1).map(drop),
        store.new_rkyv_table::<u32, String>("data").len().map(drop),
        store.new_flatbuffers_table::<u64, Monster<'static>>("data").delete(1).map(drop),
    ];
    let subjects = differences.map(|result| match result.unwrap_err() {
        StorageError::Schema(mismatch) => mismatch.difference().subject().to_owned(),
        other => panic!("{other:?}"),
    });
    assert_eq!(subjects, ["value", "value", "key", "codec"]);
    let kept = store.new_rkyv_table::<u64, String>("data").load(1).unwrap();
    assert_eq!(kept.as_deref(), Some("one"));
}

#[test]
fn sizes_of_another_format_are_refused() {
    let (_scratch, store) = written();
    let row = store.backend().get("$catalog", b"users", <[u8]>::to_vec).unwrap().unwrap();
    let text = std::str::from_utf8(&row[..row.len() - 6]).unwrap();
    assert!(text.contains("format = rkyv-0.8 little-endian pointer-32 "), "{text}");
    let mut other = text.replace("pointer-32", "pointer-64").into_bytes();
    tests::frame::seal(b"$catalog", 0, b"users", 1, &mut other);
    store.backend().put("$catalog", b"users", &other).unwrap();
    // The sizes that it states are those of another format.
    let error = mismatch::<first::User>(&store);
    assert_eq!(error.difference().subject(), "the layout");
    assert!(error.to_string().contains("the bytes of the rows cannot be moved"), "{error}");
}

#[test]
fn a_record_table_is_no_raw_table() {
    let (_scratch, store) = written();
    let error = store.new_rkyv_table::<u64, String>("users").get(1, |_| ()).unwrap_err();
    assert!(error.to_string().contains("table `users` was written with another schema"), "{error}");
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "places")]
struct Town {
    #[store(key)]
    id: u64,
}

/// The table's name was copied with the attribute; the compiler sees each record alone.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "places")]
struct River {
    #[store(key)]
    id: u64,
}

#[test]
fn two_records_with_one_table_name_do_not_share_it() {
    let storage = Storage::in_memory().unwrap();
    // Nothing is written yet, so both may be opened; the first that writes has the table.
    let (towns, rivers) = (Town::table(&storage).unwrap(), River::table(&storage).unwrap());
    towns.put(&Town { id: 7 }).unwrap();
    let refusals = [
        rivers.put(&River { id: 7 }).map(drop).unwrap_err(),
        rivers.load(7).map(drop).unwrap_err(),
        River::table(&storage).map(drop).unwrap_err(),
    ];
    for refusal in refusals {
        let text = refusal.to_string();
        let StorageError::Schema(mismatch) = refusal else { panic!("{text}") };
        assert_eq!((mismatch.table(), mismatch.difference().subject()), ("places", "record"));
        assert_eq!(mismatch.difference().stored(), Some("Town"));
        assert_eq!(mismatch.difference().expected(), Some("River"));
        assert!(text.contains("#[store(was = \"Town\")] on `River`; another type?"), "{text}");
    }
    assert_eq!(towns.load(7).unwrap(), Some(Town { id: 7 }));
}
