//! All verbs, over rows of several layouts.

use super::{flat_new, flat_old, flat1, flat2, middle, new, old, v1, v2, v3};
use std::{collections::BTreeMap, ops::ControlFlow};
use storage::{Storage, Stored, StoredRecord};
use tests::Scratch;

/// Rows of three layouts, under 300 keys.
fn mixed(storage: &Storage) -> BTreeMap<u64, v3::Person> {
    let mut all = BTreeMap::new();
    v1::User::table(storage).unwrap().put_stream((0..300).map(old)).unwrap();
    all.extend((0..300).map(|id| (id, new(middle(old(id), None)))));
    let users = v2::User::table(storage).unwrap();
    for id in (0..300).step_by(3) {
        let user = middle(old(id), Some(format!("{id}@example.org")));
        users.put(&user).unwrap();
        all.insert(id, new(user));
    }
    let people = v3::Person::table(storage).unwrap();
    for id in (0..300).step_by(5) {
        let person = v3::Person { level: 9, tags: vec!["x".to_owned()], ..all[&id].clone() };
        people.put(&person).unwrap();
        all.insert(id, person);
    }
    all
}

/// Compares every verb that reads with `all`.
macro_rules! assert_reads {
    ($Record:ty, $name:ident, $storage:expr, $all:expr) => {{
        let (storage, all): (&Storage, &BTreeMap<u64, $Record>) = ($storage, $all);
        let rows: Vec<$Record> = all.values().cloned().collect();
        let table = <$Record>::table(storage).unwrap();
        let f = <$Record>::FIELDS;
        let cached = <$Record>::table(storage).unwrap().with_cache(1 << 20);
        for handle in [&table, &cached, &cached] {
            for (id, row) in all {
                assert_eq!(handle.load(*id).unwrap().as_ref(), Some(row));
                assert_eq!(handle.get(*id, |view| u64::from(view.id())).unwrap(), Some(*id));
                let view = handle.view(*id).unwrap().unwrap();
                assert_eq!(&view.load().unwrap(), row);
                let projected = handle.project(*id, (f.$name, f.level, f.email)).unwrap();
                assert_eq!(projected, Some((row.$name.clone(), row.level, row.email.clone())));
                assert!(handle.contains(*id).unwrap());
            }
        }
        let loaded = |rows: storage::Rows<$Record, _>| -> Vec<$Record> {
            rows.map(|row| row.unwrap().load().unwrap()).collect()
        };
        assert_eq!(loaded(table.iter().unwrap()), rows);
        assert_eq!(loaded(table.range(10..20).unwrap()), rows[10..20]);
        assert_eq!(table.iter().unwrap().rev().count().unwrap(), 300);
        assert_eq!(table.first().unwrap().unwrap().load().unwrap(), rows[0]);
        assert_eq!(table.scan(|view| Some(view.id())).unwrap().len(), 300);
        assert_eq!(table.par_scan(|view| Some(view.id())).unwrap().len(), 300);
        let nines = rows.iter().filter(|row| row.level == 9).count();
        let filtered = || table.iter().unwrap().filter(f.level.eq(9));
        assert_eq!(filtered().count().unwrap(), nines as u64);
        assert_eq!(filtered().select(f.id).collect::<Result<Vec<_>, _>>().unwrap().len(), nines);
        assert_eq!(filtered().map(Result::unwrap).count(), nines);
        assert_eq!(table.par_select(f.level.eq(9), f.$name).unwrap().len(), nines);
        let names: Vec<_> = rows.iter().map(|row| Some(row.$name.clone())).collect();
        assert_eq!(table.project_many(0..300_u64, f.$name).unwrap(), names);
        assert_eq!(
            table.get_many(0..301_u64, |view| view.id()).unwrap().iter().flatten().count(),
            300
        );
        // Page after page.
        let (mut found, mut token) = (Vec::new(), None);
        loop {
            let mut page = table.iter().unwrap().limit(7);
            if let Some(token) = &token {
                page = page.after(token).unwrap();
            }
            let before = found.len();
            found.extend(page.by_ref().map(|row| row.unwrap().load().unwrap()));
            if found.len() == before {
                break;
            }
            token = page.page_token();
        }
        assert_eq!(found, rows);
        // By each index.
        assert_eq!(table.verify().unwrap(), vec![]);
        let by_name = table.by(<$Record>::INDEXES.$name);
        assert_eq!(loaded(by_name.get_all("user 0007").unwrap()), rows[7..8]);
        let by_age = table.by(<$Record>::INDEXES.age);
        assert_eq!(by_age.get_all(7).unwrap().count().unwrap(), 4);
        let emails = rows.iter().filter(|row| row.email.is_some()).count();
        assert_eq!(table.by(<$Record>::INDEXES.email).len().unwrap(), emails as u64);
        assert!(storage.check().unwrap().is_sound());
    }};
}

impl v3::ArchivedPerson {
    fn id(&self) -> u64 {
        self.id.to_native()
    }
}

#[test]
fn every_verb_reads_archives_of_several_layouts() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let all = mixed(&storage);
    assert_reads!(v3::Person, full_name, &storage, &all);
    let people = v3::Person::table(&storage).unwrap();
    assert_eq!(people.by(v3::Person::INDEXES.old).len().unwrap(), {
        all.values().filter(|row| row.age >= 50).count() as u64
    });
    assert_eq!(people.by(v3::Person::INDEXES.nick).get_all("nick 8").unwrap().count().unwrap(), 1);
    drop((people, storage));
    // Nothing of it was only in memory.
    assert_reads!(v3::Person, full_name, &scratch.open(), &all);
}

#[test]
fn every_verb_writes_over_rows_of_older_layouts() {
    let storage = Storage::in_memory().unwrap();
    let mut all = mixed(&storage);
    let people = v3::Person::table(&storage).unwrap();
    for id in [1, 2, 3, 5] {
        let before = all[&id].clone();
        let after = v3::Person { age: before.age + 1, ..before.clone() };
        assert!(!people.compare_and_set(&after, &before).unwrap(), "{id}");
        assert!(people.compare_and_set(&before, &after).unwrap(), "{id}");
        all.insert(id, after);
    }
    for id in [6, 7, 8, 10] {
        assert_eq!(people.update(id, |person| person.nick.push('!')).unwrap(), Some(()));
        all.get_mut(&id).unwrap().nick.push('!');
    }
    people.upsert(9, |old| v3::Person { level: 1, ..old.unwrap() }).unwrap();
    all.get_mut(&9).unwrap().level = 1;
    assert!(people.compare_and_set(&all[&9], &all[&9]).unwrap());
    assert_reads!(v3::Person, full_name, &storage, &all);
    assert!(people.delete(11).unwrap());
    assert_eq!(people.delete_range(20..40).unwrap(), 20);
    assert_eq!(people.verify().unwrap(), vec![]);
    assert_eq!(people.len().unwrap(), 279);
    assert_eq!(people.rebuild().unwrap(), {
        let (emails, olds) = people
            .scan(|person| Some((person.email.is_some(), person.age.to_native() >= 50)))
            .unwrap()
            .into_iter()
            .fold((0, 0), |(a, b), (x, y)| (a + u64::from(x), b + u64::from(y)));
        279 * 4 + emails + olds
    });
    assert_eq!(people.clear().unwrap(), 279);
}

/// A NaN equals itself where all bytes are equal, and so it does in a row of an older layout.
#[test]
fn equal_bytes_are_equal_in_whatever_layout() {
    let storage = Storage::in_memory().unwrap();
    let user = v1::User { score: f32::NAN, ..old(2) };
    v1::User::table(&storage).unwrap().put(&user).unwrap();
    let users = v2::User::table(&storage).unwrap();
    let user = middle(user, None);
    assert!(users.compare_and_set(&user, &user).unwrap());
}

#[test]
fn every_verb_reads_flatbuffers_as_they_are() {
    let storage = Storage::in_memory().unwrap();
    flat1::User::table(&storage).unwrap().put_stream((0..300).map(flat_old)).unwrap();
    let mut all: BTreeMap<_, _> = (0..300).map(|id| (id, flat_new(flat_old(id)))).collect();
    let before = all.clone();
    assert_reads!(flat2::Person, full_name, &storage, &before);
    let people = flat2::Person::table(&storage).unwrap();
    for id in (0..300).step_by(4) {
        let email = Some(format!("{id}@example.org"));
        let person = flat2::Person { email, level: 9, ..all[&id].clone() };
        if id % 8 == 0 {
            people.put(&person).unwrap();
        } else {
            assert!(people.compare_and_set(&all[&id], &person).unwrap());
        }
        all.insert(id, person);
    }
    assert_reads!(flat2::Person, full_name, &storage, &all);
}

/// Rows of two layouts in FlatBuffers, under 300 keys.
fn flat_mixed(storage: &Storage) -> BTreeMap<u64, flat2::Person> {
    flat1::User::table(storage).unwrap().put_stream((0..300).map(flat_old)).unwrap();
    let mut all: BTreeMap<_, _> = (0..300).map(|id| (id, flat_new(flat_old(id)))).collect();
    let people = flat2::Person::table(storage).unwrap();
    for id in (0..300).step_by(3) {
        let email = Some(format!("{id}@example.org"));
        let person = flat2::Person { email, level: 9, ..all[&id].clone() };
        people.put(&person).unwrap();
        all.insert(id, person);
    }
    all
}

#[test]
fn every_verb_writes_over_flatbuffers_of_older_layouts() {
    let storage = Storage::in_memory().unwrap();
    let mut all = flat_mixed(&storage);
    let people = flat2::Person::table(&storage).unwrap();
    for id in [1, 2, 3, 6] {
        let before = all[&id].clone();
        let after = flat2::Person { age: before.age + 1, ..before.clone() };
        assert!(!people.compare_and_set(&after, &before).unwrap(), "{id}");
        // Equal values are equal, also where an old row has a field that is gone.
        assert!(people.compare_and_set(&before, &before).unwrap(), "{id}");
        assert!(people.compare_and_set(&before, &after).unwrap(), "{id}");
        all.insert(id, after);
    }
    for id in [7, 8, 9, 10] {
        assert_eq!(people.update(id, |person| person.age += 1).unwrap(), Some(()));
        all.get_mut(&id).unwrap().age += 1;
    }
    people.upsert(11, |old| flat2::Person { level: 1, ..old.unwrap() }).unwrap();
    all.get_mut(&11).unwrap().level = 1;
    // Those are four of each age still.
    for id in [1, 2, 3, 6, 7, 8, 9, 10] {
        all.get_mut(&id).unwrap().age -= 1;
        people.put(&all[&id]).unwrap();
    }
    assert_reads!(flat2::Person, full_name, &storage, &all);
    assert!(people.delete(12).unwrap());
    assert_eq!(people.delete_range(20..40).unwrap(), 20);
    let f = flat2::Person::FIELDS;
    let sevens = people.iter().unwrap().filter(f.level.eq(7)).count().unwrap();
    assert_eq!(people.iter().unwrap().filter(f.level.eq(7)).delete().unwrap(), sevens);
    assert_eq!(people.verify().unwrap(), vec![]);
    assert_eq!(people.len().unwrap(), 279 - sevens);
    assert!(people.rebuild().unwrap() > 0);
    assert_eq!(people.verify().unwrap(), vec![]);
    assert_eq!(people.clear().unwrap(), 279 - sevens);
    assert!(storage.check().unwrap().is_sound());
}

#[test]
fn flatbuffers_of_several_layouts_are_copied_compacted_and_migrated() {
    let scratch = Scratch::new();
    let mut storage = scratch.open();
    let all = flat_mixed(&storage);
    let backup = scratch.dir().join("backup.redb");
    storage.backup(&backup).unwrap();
    storage.compact().unwrap();
    assert_reads!(flat2::Person, full_name, &storage, &all);
    drop(storage);
    for path in [scratch.path(), backup] {
        storage = Storage::open(path).unwrap();
        assert_reads!(flat2::Person, full_name, &storage, &all);
        let people = flat2::Person::table(&storage).unwrap();
        assert_eq!(people.migrate().run().unwrap().rewritten, 200);
        assert_reads!(flat2::Person, full_name, &storage, &all);
    }
}

/// A page that one release has begun is gone on with by the next, whatever is rewritten in between.
macro_rules! assert_pages_go_on {
    ($storage:expr, $old:ty, $new:ty, [$($index:ident),*]) => {{
        let storage: &Storage = $storage;
        let olds = <$old>::table(storage).unwrap();
        let mut first = olds.iter().unwrap().limit(10);
        assert_eq!(first.by_ref().count(), 10);
        let forth = first.page_token().unwrap();
        let mut last = olds.iter().unwrap().rev().limit(10);
        assert_eq!(last.by_ref().count(), 10);
        let back = last.page_token().unwrap();
        $(
            let mut page = olds.by(<$old>::INDEXES.$index).iter().unwrap().limit(10);
            assert_eq!(page.by_ref().count(), 10);
            let $index = page.page_token().unwrap();
        )*
        drop((first, last, olds));
        let news = <$new>::table(storage).unwrap();
        let stop = |_: &_| ControlFlow::Break(());
        for round in 0..3 {
            let next = |row: Option<storage::Result<Stored<$new>>>| row.unwrap().unwrap().load().unwrap().id;
            assert_eq!(next(news.iter().unwrap().after(&forth).unwrap().next()), 10, "{round}");
            assert_eq!(next(news.iter().unwrap().rev().after(&back).unwrap().next()), 289);
            $(
                let page = news.by(<$new>::INDEXES.$index).iter().unwrap();
                assert_eq!(page.after(&$index).unwrap().count().unwrap(), 290);
            )*
            match round {
                0 => drop(news.migrate().batch(5).progress(stop).run().unwrap()),
                _ => drop(news.migrate().run().unwrap()),
            }
        }
    }};
}

#[test]
fn pages_go_on_from_release_to_release() {
    let storage = Storage::in_memory().unwrap();
    v1::User::table(&storage).unwrap().put_stream((0..300).map(old)).unwrap();
    assert_pages_go_on!(&storage, v1::User, v3::Person, []);
    let storage = Storage::in_memory().unwrap();
    flat1::User::table(&storage).unwrap().put_stream((0..300).map(flat_old)).unwrap();
    assert_pages_go_on!(&storage, flat1::User, flat2::Person, [age]);
}
