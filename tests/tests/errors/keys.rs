//! Programs that act on the key an error is about.

use super::every::{
    Person, existing_key, moved_to_existing_key, person, record_of_another_key, taken_email,
};
use storage::{
    Storage, StorageError, StoredRecord as _,
    key::{self, Key as _, KeyReader, Place},
};

#[test]
fn a_damaged_row_is_found_by_its_key_and_deleted() {
    let storage = Storage::in_memory().unwrap();
    let people = Person::table(&storage).unwrap();
    people.put_stream((0..10).map(|id| person(id, &format!("{id}@example.org")))).unwrap();
    let bytes = 7_u64.to_be_bytes();
    let mut row = storage.backend().get("people", &bytes, <[u8]>::to_vec).unwrap().unwrap();
    row[3] ^= 1;
    storage.backend().put("people", &bytes, &row).unwrap();

    let StorageError::Corrupt(error) = people.scan(|_| Some(())).unwrap_err() else { panic!() };
    let id = key::decode::<u64>(error.key_bytes().unwrap()).unwrap();
    assert_eq!((id, error.key()), (7, Some("7")));
    assert!(people.delete(id).unwrap());
    assert_eq!(people.scan(|person| Some(person.id.to_native())).unwrap().len(), 9);
    assert_eq!(people.verify().unwrap(), []);
}

/// The rows of an index have no type: they are found again by their bytes.
#[test]
fn a_damaged_index_entry_is_found_by_its_key_and_deleted() {
    let storage = Storage::in_memory().unwrap();
    let people = Person::table(&storage).unwrap();
    people.put(&person(7, "ada")).unwrap();
    let entry = b"ada\0\0\0\0\0\0\0\0\0\x07";
    storage.backend().put("people$email", entry, b"no seal").unwrap();

    let by_email = people.by(Person::INDEXES.email);
    let StorageError::Corrupt(error) = by_email.load("ada").unwrap_err() else { panic!() };
    assert_eq!((error.table(), error.key_bytes()), ("people$email", Some(&entry[..])));
    assert!(storage.backend().delete(error.table(), error.key_bytes().unwrap()).unwrap());
    people.rebuild().unwrap();
    assert_eq!(by_email.load("ada").unwrap(), Some(person(7, "ada")));
}

#[test]
fn a_violation_names_all_three_keys() {
    let StorageError::Unique(error) = taken_email() else { panic!() };
    let decode = |bytes| key::decode::<u64>(bytes).unwrap();
    assert_eq!((error.holder(), decode(error.holder_bytes())), ("7", 7));
    assert_eq!((error.refused(), decode(error.refused_bytes())), ("8", 8));
    let mut email = KeyReader::new(error.index_key_bytes());
    assert_eq!(String::decode(&mut email, Place::Inner).unwrap(), "ada");
    assert_eq!((error.index_key(), email.rest()), ("\"ada\"", &[][..]));

    let StorageError::AlreadyExists(error) = existing_key() else { panic!() };
    assert_eq!((error.table(), error.key(), decode(error.key_bytes())), ("people", "7", 7));
    assert_eq!(error.moved_from(), None);

    let StorageError::AlreadyExists(error) = moved_to_existing_key() else { panic!() };
    assert_eq!((error.key(), error.moved_from()), ("7", Some("8")));
    assert_eq!(
        error.to_string(),
        "table `people` already has a record with key 7; delete it first, or let the changed record keep its key 8"
    );

    let StorageError::OtherKey(error) = record_of_another_key() else { panic!() };
    assert_eq!((error.table(), error.asked(), error.returned()), ("people", "7", "8"));
    assert_eq!((decode(error.asked_bytes()), decode(error.returned_bytes())), (7, 8));
}
