//! Every field has a handle, and so have the parts of a tuple; every key is an index key, and a field.

use rkyv::{Archive, Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::{AsStored, Storage, StoredRecord, StoredType, Table, key::Reverse};

#[derive(Archive, Serialize, Deserialize, StoredType, Clone, Debug, PartialEq)]
#[store(codec = "rkyv")]
struct Place {
    town: String,
    at: (f64, f64),
}

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "newest", fields(changed, id)))]
#[store(index(name = "by_age", with = age, key = Option<u32>))]
#[store(index(name = "by_town", with = town, key = (Option<String>, u32)))]
#[store(index(name = "by_ages", with = ages, key = Option<u32>))]
#[store(index(name = "by_letters", with = letters, key = char))]
struct User {
    #[store(key)]
    id: u32,
    home: (u8, String, Place),
    pair: (u16, (Option<i64>, char)),
    one: (u64,),
    #[rkyv(with = AsStored)]
    changed: Reverse<u64>,
    #[rkyv(with = AsStored)]
    #[store(index)]
    named: Reverse<String>,
    grid: Vec<Vec<u8>>,
    counts: BTreeMap<String, u32>,
}

fn age(user: &User) -> Option<u32> {
    (user.id > 1).then_some(user.id)
}

fn ages(user: &User) -> Vec<Option<u32>> {
    vec![age(user), Some(0)]
}

fn town(user: &User) -> (Option<String>, u32) {
    (Some(user.home.2.town.clone()), user.id)
}

fn letters(user: &User) -> Option<Vec<char>> {
    (user.id > 1).then(|| user.home.2.town.chars().collect())
}

fn user(id: u32) -> User {
    let town = if id == 1 { "Oslo" } else { "Bonn" };
    User {
        id,
        home: (7, "é".repeat(900), Place { town: town.to_owned(), at: (0.5, f64::from(id)) }),
        pair: (3, (Some(-5), 'x')),
        one: (u64::MAX,),
        changed: Reverse(u64::from(id)),
        named: Reverse(format!("user {id}")),
        grid: vec![vec![1, 2], vec![]],
        counts: [("a".to_owned(), id)].into(),
    }
}

fn filled(storage: &Storage) -> Table<User> {
    let users = User::table(storage).unwrap();
    users.put_stream((1..=3).map(user)).unwrap();
    users
}

#[test]
fn parts_of_tuples_are_projected_and_filtered() {
    let storage = Storage::in_memory().unwrap();
    let users = filled(&storage);
    let f = User::FIELDS;
    let found = users.project(2, (f.home.0, f.home.2.town, f.home.2.at.1, f.one.0)).unwrap();
    assert_eq!(found, Some((7, "Bonn".to_owned(), 2.0, u64::MAX)));
    let found = users.project(2, (f.home.1, f.pair.0, f.pair.1.0, f.pair.1.1)).unwrap();
    assert_eq!(found, Some(("é".repeat(900), 3, Some(-5), 'x')));
    let count = |filter: Box<dyn storage::Predicate<User>>| {
        users.iter().unwrap().filter(filter).count().unwrap()
    };
    assert_eq!(count(Box::new(f.home.2.at.1.gt(1.5))), 2);
    assert_eq!(count(Box::new(f.home.2.town.starts_with("Os"))), 1);
    assert_eq!(count(Box::new(f.pair.1.0.is_some() & f.pair.1.1.eq('x'))), 3);
    let towns: Vec<String> =
        users.iter().unwrap().select(f.home.2.town).collect::<Result<_, _>>().unwrap();
    assert_eq!(towns, ["Oslo", "Bonn", "Bonn"]);
}

#[test]
fn a_computed_key_may_be_any_key() {
    let storage = Storage::in_memory().unwrap();
    let users = filled(&storage);
    let by = User::INDEXES;
    assert_eq!(users.by(by.by_age).count(None::<u32>).unwrap(), 1);
    assert_eq!(users.by(by.by_age).count(Some(2)).unwrap(), 1);
    assert_eq!(users.by(by.by_town).count((Some("Bonn"), 3)).unwrap(), 1);
    assert_eq!(users.by(by.by_ages).count(Some(0)).unwrap(), 3);
    assert_eq!(users.by(by.by_letters).count('n').unwrap(), 2);
    assert!(users.verify().unwrap().is_empty());
}

#[test]
fn what_is_turned_around_is_a_field_and_an_index_key() {
    let storage = Storage::in_memory().unwrap();
    let users = filled(&storage);
    let by = User::INDEXES;
    let newest: Vec<u32> =
        users.by(by.newest).iter().unwrap().map(|row| row.unwrap().load().unwrap().id).collect();
    assert_eq!(newest, [3, 2, 1]);
    assert_eq!(users.by(by.named).count(Reverse("user 2")).unwrap(), 1);
    assert_eq!(users.load(2).unwrap(), Some(user(2)));
    let f = User::FIELDS;
    assert_eq!(users.project(2, f.changed).unwrap(), Some(Reverse(2)));
    let later = users.iter().unwrap().filter(f.changed.lt(Reverse(1)));
    assert_eq!(later.count().unwrap(), 2, "2 and 3 come before 1");
}

#[test]
fn parts_of_tuples_in_flatbuffers_are_projected_and_filtered() {
    #[derive(StoredType, Clone, Debug, PartialEq)]
    #[store(codec = "flatbuffers")]
    struct Town {
        name: String,
    }
    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "guests")]
    struct Guest {
        #[store(key)]
        id: u32,
        home: (u8, String, Town),
        pair: (Option<i8>, (u64, Vec<u16>)),
    }
    let storage = Storage::in_memory().unwrap();
    let guests = Guest::table(&storage).unwrap();
    let guest = |id: u32| Guest {
        id,
        home: (7, "é".repeat(900), Town { name: format!("town {id}") }),
        pair: ((id > 1).then_some(0), (u64::from(id), vec![1, 2])),
    };
    guests.put_stream((1..=3).map(guest)).unwrap();
    let f = Guest::FIELDS;
    let found = guests.project(2, (f.home.0, f.home.1, f.home.2.name, f.pair.1.0, f.pair.1.1));
    let expected = (7, "é".repeat(900), "town 2".to_owned(), 2, vec![1, 2]);
    assert_eq!(found.unwrap(), Some(expected));
    assert_eq!(guests.project(1, f.pair.0).unwrap(), Some(None));
    let found = guests.iter().unwrap().filter(f.pair.1.0.ge(2) & f.home.2.name.ends_with("3"));
    assert_eq!(found.count().unwrap(), 1);
}
