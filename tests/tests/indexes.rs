//! Secondary indexes, kind by kind: what is found, in which order, what is refused, and what damage does to them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use std::ops::Bound::{Excluded, Included, Unbounded};
use storage::{
    PageToken, Rows, Storage, StorageError, StoredRecord, Table,
    error::{Damage, PageTokenError, UniqueViolation},
    index::{HasIndex, Index},
    maintenance::IndexFault,
    table::{Access, AccessMut},
};
use tests::{
    Scratch,
    frame::{index_fingerprint, seal},
};

#[derive(Clone, Debug, Default, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "people")]
#[store(index(name = "by_home", fields(country, city)))]
#[store(index(name = "adult_email", fields(email), unique, if = is_adult))]
#[store(index(name = "name_len", with = name_len, key = u32))]
#[store(index(name = "words", with = Person::words, key = String))]
struct Person {
    #[store(key)]
    id: u32,
    name: String,
    #[store(unique)]
    passport: Option<String>,
    email: String,
    #[store(index)]
    country: String,
    city: Option<String>,
    #[store(index)]
    balance: i64,
    #[store(index)]
    nickname: Option<String>,
    #[store(index)]
    tags: Vec<String>,
    #[store(unique)]
    phones: Vec<u32>,
    age: u8,
}

fn is_adult(person: &Person) -> bool {
    person.age >= 18
}

fn name_len(person: &Person) -> u32 {
    u32::try_from(person.name.len()).unwrap()
}

impl Person {
    fn words(&self) -> Vec<String> {
        self.name.split(' ').map(str::to_lowercase).collect()
    }

    fn new(id: u32) -> Self {
        Self { id, name: format!("Person {id}"), email: format!("{id}@x"), ..Self::default() }
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A store with `people` in it.
fn store_of(people: impl IntoIterator<Item = Person>) -> (Scratch, Storage, Table<Person>) {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = Person::table(&storage).unwrap();
    table.put_stream(people.into_iter().collect::<Vec<_>>()).unwrap();
    (scratch, storage, table)
}

fn ids<A: Access>(rows: storage::Result<Rows<Person, A>>) -> Vec<u32> {
    rows.unwrap().map(|row| row.unwrap().view().id.to_native()).collect()
}

fn all<A: Access, const N: usize>(table: &Table<Person, A>, index: Index<Person, N>) -> Vec<u32>
where
    Person: HasIndex<N>,
{
    ids(table.by(index).iter())
}

fn people<A: Access>(table: &Table<Person, A>) -> Vec<Person> {
    table.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect()
}

fn violation<T>(outcome: storage::Result<T>) -> UniqueViolation {
    match outcome.map(drop) {
        Err(StorageError::Unique(violation)) => *violation,
        other => panic!("expected a unique violation: {other:?}"),
    }
}

fn holder(id: u32, passport: &str) -> Person {
    Person { passport: Some(passport.to_owned()), ..Person::new(id) }
}

#[test]
fn a_unique_violation_names_table_index_and_both_keys_and_changes_nothing() {
    let (_scratch, _storage, table) = store_of([holder(1, "P1"), holder(2, "P2")]);
    let before = people(&table);
    let verbs: [(&str, storage::Result<()>); 6] = [
        ("put", table.put(&holder(3, "P1")).map(drop)),
        ("insert", table.insert(&holder(3, "P1"))),
        ("put over another", table.put(&holder(2, "P1")).map(drop)),
        ("update", table.update(2, |person| person.passport = Some("P1".into())).map(drop)),
        ("upsert", table.upsert(3, |_| holder(3, "P1")).map(drop)),
        ("compare_and_set", table.compare_and_set(&holder(2, "P2"), &holder(2, "P1")).map(drop)),
    ];
    for (verb, outcome) in verbs {
        let violation = violation(outcome);
        let refused = if matches!(verb, "put" | "insert" | "upsert") { "3" } else { "2" };
        assert_eq!((violation.table(), violation.index()), ("people", "passport"), "{verb}");
        assert_eq!((violation.holder(), violation.refused()), ("1", refused), "{verb}");
        assert_eq!(violation.index_key(), "\"P1\"", "{verb}");
        let text = violation.to_string();
        for part in ["people", "passport", "\"P1\"", "record 1", &format!("record {refused}")] {
            assert!(text.contains(part), "{verb}: {text}");
        }
        assert_eq!(people(&table), before, "{verb}");
        assert_eq!(table.verify().unwrap(), [], "{verb}");
    }
}

#[test]
fn a_record_keeps_its_own_unique_key() {
    let (_scratch, _storage, table) = store_of([holder(1, "P1")]);
    assert!(table.put(&Person { age: 9, ..holder(1, "P1") }).unwrap());
    table.update(1, |person| person.age = 10).unwrap();
    // A changed primary key takes the unique key along.
    table.update(1, |person| person.id = 7).unwrap();
    assert_eq!(
        table.by(Person::INDEXES.passport).get("P1", |p| p.id.to_native()).unwrap(),
        Some(7)
    );
    assert_eq!(table.len().unwrap(), 1);
    // What is given up can be taken at once.
    table.update(7, |person| person.passport = None).unwrap();
    table.put(&holder(2, "P1")).unwrap();
    assert!(table.delete(2).unwrap());
    table.put(&holder(3, "P1")).unwrap();
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn two_records_of_one_batch_cannot_share_a_unique_key() {
    let (_scratch, _storage, table) = store_of([holder(1, "P1")]);
    let before = people(&table);
    let violation = violation(table.put_stream([Person::new(5), holder(6, "P6"), holder(7, "P6")]));
    assert_eq!((violation.holder(), violation.refused()), ("6", "7"));
    assert_eq!(people(&table), before);
    // A later record of the batch may take what an earlier one of it has given up.
    table.put_stream([Person::new(1), holder(2, "P1")]).unwrap();
    assert_eq!(ids(table.by(Person::INDEXES.passport).get_all("P1")), [2]);
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn a_transaction_goes_on_behind_a_refused_batch() {
    let (_scratch, storage, table) = store_of([holder(1, "P1")]);
    storage
        .write(|txn| {
            let people = txn.table::<Person>()?;
            people.put(&holder(2, "P2"))?;
            violation(people.put_stream([holder(3, "P3"), Person::new(4), holder(5, "P2")]));
            violation(people.put(&holder(6, "P1")));
            // The record moves away before its new unique key turns out to be taken.
            violation(people.update(2, |person| *person = holder(9, "P1")));
            assert_eq!(all(&people, Person::INDEXES.passport), [1, 2]);
            people.put(&holder(7, "P3"))?;
            Ok(())
        })
        .unwrap();
    assert_eq!(all(&table, Person::INDEXES.passport), [1, 2, 7]);
    assert_eq!(ids(table.iter()), [1, 2, 7]);
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn none_is_not_indexed_and_no_range_finds_it() {
    let nick =
        |id, name: Option<&str>| Person { nickname: name.map(Into::into), ..Person::new(id) };
    let (_scratch, _storage, table) =
        store_of([nick(1, None), nick(2, Some("")), nick(3, None), nick(4, Some("Bo"))]);
    let by = table.by(Person::INDEXES.nickname);
    assert_eq!(ids(by.iter()), [2, 4]);
    assert_eq!(ids(by.range(..)), [2, 4]);
    assert_eq!(ids(by.range(..="")), [2]);
    assert_eq!(ids(by.range(""..)), [2, 4]);
    assert_eq!(ids(by.prefix("")), [2, 4]);
    assert_eq!((by.len().unwrap(), by.count("").unwrap()), (2, 1));
    table.update(4, |person| person.nickname = None).unwrap();
    table.update(1, |person| person.nickname = Some("Al".into())).unwrap();
    assert_eq!(ids(by.iter()), [2, 1]);
}

#[test]
fn a_compound_index_needs_all_its_parts() {
    let home = |id, country: &str, city: Option<&str>| Person {
        country: country.into(),
        city: city.map(Into::into),
        ..Person::new(id)
    };
    let (_scratch, _storage, table) = store_of([
        home(1, "GB", Some("York")),
        home(2, "G", Some("BYork")),
        home(3, "GB", None),
        home(4, "DE", Some("Ulm")),
        home(5, "GB", Some("Bath")),
        home(6, "GB\0", Some("Bath")),
    ]);
    let by = table.by(Person::INDEXES.by_home);
    assert_eq!(ids(by.iter()), [4, 2, 5, 1, 6]);
    assert_eq!(ids(by.get_all(("GB", "York"))), [1]);
    assert_eq!(ids(by.prefix(("GB",))), [5, 1]);
    assert_eq!(ids(by.prefix(("GB", storage::key::StartsWith("B")))), [5]);
    assert_eq!(ids(by.range(("G", "")..("GB", "C"))), [2, 5]);
    assert_eq!(ids(by.prefix(("GB",)).map(Rows::rev)), [1, 5]);
}

#[test]
fn each_element_of_a_vector_is_an_entry_and_twice_the_same_is_one() {
    let tagged = |id, tags: &[&str]| Person { tags: texts(tags), ..Person::new(id) };
    let (_scratch, _storage, table) =
        store_of([tagged(1, &["red", "blue", "red"]), tagged(2, &[]), tagged(3, &["red", ""])]);
    let by = table.by(Person::INDEXES.tags);
    assert_eq!(ids(by.get_all("red")), [1, 3]);
    assert_eq!((by.count("red").unwrap(), by.len().unwrap()), (2, 4));
    assert_eq!(ids(by.iter()), [3, 1, 1, 3]);
    table.update(1, |person| person.tags = texts(&["green", "blue"])).unwrap();
    assert_eq!(ids(by.get_all("red")), [3]);
    assert_eq!(ids(by.get_all("green")), [1]);
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn a_unique_vector_index_guards_each_element() {
    let phones = |id, phones: &[u32]| Person { phones: phones.to_vec(), ..Person::new(id) };
    let (_scratch, _storage, table) = store_of([phones(1, &[10, 11, 10]), phones(2, &[20])]);
    let violation = violation(table.put(&phones(3, &[30, 20])));
    assert_eq!((violation.index(), violation.index_key()), ("phones", "20"));
    assert_eq!(table.by(Person::INDEXES.phones).load(11).unwrap(), Some(phones(1, &[10, 11, 10])));
    assert_eq!(table.by(Person::INDEXES.phones).load(30).unwrap(), None);
    table.put(&phones(2, &[])).unwrap();
    table.put(&phones(3, &[30, 20])).unwrap();
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn a_partial_index_has_the_records_for_which_its_condition_holds() {
    let mail = |id, age, email: &str| Person { age, email: email.into(), ..Person::new(id) };
    let (_scratch, _storage, table) =
        store_of([mail(1, 17, "a@x"), mail(2, 12, "a@x"), mail(3, 18, "a@x")]);
    let by = table.by(Person::INDEXES.adult_email);
    assert_eq!(ids(by.iter()), [3]);
    let refused = violation(table.update(1, |person| person.age = 18));
    assert_eq!((refused.index(), refused.refused()), ("adult_email", "1"));
    table.update(3, |person| person.age = 17).unwrap();
    table.update(1, |person| person.age = 18).unwrap();
    assert_eq!(ids(by.get_all("a@x")), [1]);
}

#[test]
fn a_computed_index_has_what_its_function_gives() {
    let named = |id, name: &str| Person { name: name.into(), ..Person::new(id) };
    let (_scratch, _storage, table) =
        store_of([named(1, "Ada Lovelace"), named(2, "ada"), named(3, "Grace Hopper")]);
    assert_eq!(ids(table.by(Person::INDEXES.words).get_all("ada")), [1, 2]);
    assert_eq!(ids(table.by(Person::INDEXES.words).prefix("lo")), [1]);
    assert_eq!(all(&table, Person::INDEXES.name_len), [2, 1, 3]);
    assert_eq!(ids(table.by(Person::INDEXES.name_len).range(4..)), [1, 3]);
    table.update(1, |person| person.name = "Al".into()).unwrap();
    assert_eq!(ids(table.by(Person::INDEXES.words).get_all("ada")), [2]);
    assert_eq!(all(&table, Person::INDEXES.name_len), [1, 2, 3]);
}

fn balances(values: &[i64]) -> Vec<Person> {
    (1..).zip(values).map(|(id, balance)| Person { balance: *balance, ..Person::new(id) }).collect()
}

#[test]
fn bounds_of_a_non_unique_index_take_all_records_of_a_key_or_none() {
    let (_scratch, _storage, table) = store_of(balances(&[10, 20, 10, 30, 20, 30]));
    let by = table.by(Person::INDEXES.balance);
    assert_eq!(ids(by.range(10..20)), [1, 3]);
    assert_eq!(ids(by.range(10..=20)), [1, 3, 2, 5]);
    assert_eq!(ids(by.range((Excluded(10), Excluded(30)))), [2, 5]);
    assert_eq!(ids(by.range((Excluded(10), Included(30)))), [2, 5, 4, 6]);
    assert_eq!(ids(by.range((Excluded(10), Unbounded))), [2, 5, 4, 6]);
    assert_eq!(ids(by.range(..20)), [1, 3]);
    assert_eq!(ids(by.range(..=20).map(Rows::rev)), [5, 2, 3, 1]);
    assert_eq!(ids(by.range((Excluded(20), Excluded(20)))), [0_u32; 0]);
    #[expect(clippy::reversed_empty_ranges, reason = "it is what is tested")]
    let none = by.range(30..10);
    assert_eq!(ids(none), [0_u32; 0]);
}

#[test]
fn negative_numbers_come_before_zero() {
    let (_scratch, _storage, table) =
        store_of(balances(&[0, -1, 1, i64::MIN, i64::MAX, -256, 256, -255]));
    let by = table.by(Person::INDEXES.balance);
    assert_eq!(ids(by.iter()), [4, 6, 8, 2, 1, 3, 7, 5]);
    assert_eq!(ids(by.range(-256..=1)), [6, 8, 2, 1, 3]);
    assert_eq!(ids(by.range((Excluded(-256), Excluded(1)))), [8, 2, 1]);
}

#[test]
fn an_index_key_that_is_too_long_is_refused_before_anything_is_written() {
    let (_scratch, storage, table) = store_of([Person::new(1)]);
    let long = "x".repeat(storage::key::MAX_KEY_LEN + 1);
    let refuse = |outcome: storage::Result<bool>| match outcome.unwrap_err() {
        StorageError::Key { table, reason, .. } => {
            assert!(table.contains("people") && table.contains("country"), "{table}");
            assert!(matches!(reason, storage::error::KeyError::TooLong { .. }), "{reason:?}");
        }
        other => panic!("{other:?}"),
    };
    let too_long = Person { country: long, nickname: Some("Bo".into()), ..Person::new(1) };
    refuse(table.put(&too_long));
    storage
        .write(|txn| {
            refuse(txn.table::<Person>()?.put(&too_long));
            Ok(())
        })
        .unwrap();
    assert_eq!(people(&table), [Person::new(1)]);
    assert_eq!(table.verify().unwrap(), []);
    // The longest that is accepted: the two bytes that end a part belong to it.
    let longest = "x".repeat(storage::key::MAX_KEY_LEN - 2);
    table.put(&Person { country: longest.clone(), ..Person::new(2) }).unwrap();
    assert_eq!(ids(table.by(Person::INDEXES.country).get_all(&longest)), [2]);
}

/// Reads everything by the index on balances; the first error.
fn read_by_balance(table: &Table<Person>) -> StorageError {
    let by = table.by(Person::INDEXES.balance);
    by.iter().unwrap().find_map(Result::err).expect("the damage is reported")
}

fn entries(storage: &Storage, index: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut entries = Vec::new();
    storage
        .backend()
        .scan(&format!("people${index}"), |key, value| {
            entries.push((key.to_vec(), value.to_vec()));
            true
        })
        .unwrap();
    entries
}

#[test]
fn a_missing_entry_is_found_and_mended() {
    let (_scratch, storage, table) = store_of(balances(&[5, 6, 7]));
    let (entry, _) = entries(&storage, "balance").swap_remove(1);
    assert!(storage.backend().delete("people$balance", &entry).unwrap());
    let missing = IndexFault::Missing { index: "balance".into(), key: "2".into() };
    assert_eq!(table.verify().unwrap(), [missing]);
    table.rebuild().unwrap();
    assert_eq!(table.verify().unwrap(), []);
    assert_eq!(all(&table, Person::INDEXES.balance), [1, 2, 3]);
}

#[test]
fn a_dangling_entry_is_found_reported_and_mended() {
    let (_scratch, storage, table) = store_of(balances(&[5, 6, 7]));
    // An entry as it should be, but for record 9, which is not there.
    let (mut entry, _) = entries(&storage, "balance").swap_remove(1);
    *entry.last_mut().unwrap() = 9;
    let mut value = Vec::new();
    let fingerprint = index_fingerprint(&storage, "people", "balance");
    seal(b"people", fingerprint, &entry, 1, &mut value);
    storage.backend().put("people$balance", &entry, &value).unwrap();

    let dangling = IndexFault::Dangling { index: "balance".into(), entry };
    assert_eq!(table.verify().unwrap(), [dangling]);
    match read_by_balance(&table) {
        StorageError::Corrupt(error) => {
            assert_eq!(error.table(), "people$balance");
            assert_eq!(*error.damage(), Damage::DanglingEntry);
            assert!(error.to_string().contains("rebuild"), "{error}");
        }
        other => panic!("{other:?}"),
    }
    // Country, balance, length of the name, and the two words of the name.
    assert_eq!(table.rebuild().unwrap(), 3 * 5);
    assert_eq!(table.verify().unwrap(), []);
    assert_eq!(all(&table, Person::INDEXES.balance), [1, 2, 3]);
}

#[test]
fn every_damaged_bit_of_an_entry_is_found_reported_and_mended() {
    let (_scratch, storage, table) = store_of(balances(&[5, 6, 7]));
    let (entry, value) = entries(&storage, "balance").swap_remove(1);
    for bit in 0..(entry.len() + value.len()) * 8 {
        let mut bytes = [entry.as_slice(), &value].concat();
        *bytes.get_mut(bit / 8).unwrap() ^= 1 << (bit % 8);
        let (bad_entry, bad_value) = bytes.split_at(entry.len());
        storage.backend().delete("people$balance", &entry).unwrap();
        storage.backend().put("people$balance", bad_entry, bad_value).unwrap();

        let damaged = IndexFault::Damaged { index: "balance".into(), entry: bad_entry.to_vec() };
        assert!(table.verify().unwrap().contains(&damaged), "bit {bit}");
        assert!(read_by_balance(&table).is_corrupt(), "bit {bit}");
        let counted = table.by(Person::INDEXES.balance).count_range(i64::MIN..);
        assert!(counted.unwrap_err().is_corrupt(), "bit {bit}");
        table.rebuild().unwrap();
        assert_eq!(table.verify().unwrap(), [], "bit {bit}");
    }
}

#[test]
fn rebuild_refuses_records_that_share_a_unique_key_and_leaves_the_indexes() {
    let (_scratch, storage, table) = store_of([holder(1, "P1"), holder(2, "P2")]);
    // The entry of record 1 is lost, so that a third record can take its key.
    let (entry, value) = entries(&storage, "passport").swap_remove(0);
    storage.backend().delete("people$passport", &entry).unwrap();
    table.put(&holder(3, "P1")).unwrap();
    let before = entries(&storage, "passport");
    let violation = violation(table.rebuild());
    assert_eq!((violation.holder(), violation.refused()), ("1", "3"));
    assert_eq!(entries(&storage, "passport"), before);
    assert_eq!(value.len(), 6, "an entry's value is a seal and nothing else");
}

#[test]
fn page_tokens_walk_an_index_and_know_it() {
    let (_scratch, _storage, table) = store_of(balances(&[3, 1, 2, 1, 2, 1, 3, 2]));
    let by = table.by(Person::INDEXES.balance);
    let mut found = Vec::new();
    let mut token: Option<PageToken> = None;
    loop {
        let rows = by.range(1..=2).unwrap().limit(2);
        let mut rows = match &token {
            Some(token) => rows.after(token).unwrap(),
            None => rows,
        };
        let page: Vec<u32> = rows.by_ref().map(|row| row.unwrap().view().id.to_native()).collect();
        if page.is_empty() {
            break;
        }
        found.extend(page);
        token = rows.page_token();
    }
    assert_eq!(found, [2, 4, 6, 3, 5, 8]);

    let token = token.unwrap();
    let refused = |rows: storage::Result<Rows<Person, _>>| match rows
        .unwrap()
        .after(&token)
        .map(drop)
        .unwrap_err()
    {
        StorageError::PageToken { reason, .. } => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(table.iter()), PageTokenError::Foreign);
    assert_eq!(refused(table.by(Person::INDEXES.name_len).iter()), PageTokenError::Foreign);
    assert_eq!(refused(by.iter()), PageTokenError::Foreign);
    assert_eq!(refused(by.range(1..=2).map(Rows::rev)), PageTokenError::Direction);
}

fn assert_reads_own_writes<A: AccessMut>(table: &Table<Person, A>) {
    let by = table.by(Person::INDEXES.passport);
    table.put(&holder(2, "P2")).unwrap();
    assert_eq!(by.load("P2").unwrap(), Some(holder(2, "P2")));
    table.update(2, |person| person.passport = Some("P3".into())).unwrap();
    assert_eq!(by.load("P2").unwrap(), None);
    assert_eq!(by.project("P3", Person::FIELDS.id).unwrap(), Some(2));
    assert_eq!(by.project_with("P3", Person::FIELDS.id, |id| id + 1).unwrap(), Some(3));
    assert_eq!(by.project_with("P4", Person::FIELDS.id, |_| ()).unwrap(), None);
    assert_eq!(ids(by.range("P".."Q")), [1, 2]);
    table.delete(2).unwrap();
    assert_eq!((by.count("P3").unwrap(), by.len().unwrap()), (0, 1));
}

#[test]
fn an_index_shows_the_writes_of_its_own_transaction() {
    let (_scratch, storage, table) = store_of([holder(1, "P1")]);
    assert_reads_own_writes(&table);
    storage
        .write(|txn| {
            assert_reads_own_writes(&txn.table::<Person>()?);
            Ok(())
        })
        .unwrap();
}
