//! An application with five records goes through forty changes, one after the other, and back; after each the new
//! program and the old one take turns on the file. Both read every row as their own, or the one is refused and changes
//! nothing; and `verify` and `check` find nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod archives;
mod customers;
mod flat;
mod models;
mod orders;
mod products;

use self::models::{Model, Shadows};
use std::{collections::BTreeMap, fmt::Debug, path::Path};
use storage::{
    Key as _, Storage, StorageError, StoredRecord,
    key::{self, KeyBuf},
};

/// Declares a record as one release has it. Behind each field is the field of the model that it is made of.
macro_rules! release {
    (
        $(#[$($head:tt)*])*
        $name:ident of $model:ident { $($(#[$($attr:tt)*])* $field:ident: $ty:ty = $from:ident),* $(,)? }
    ) => {
        $(#[$($head)*])*
        #[allow(clippy::struct_field_names, reason = "the names say what it is about")]
        pub struct $name {
            $($(#[$($attr)*])* pub $field: $ty),*
        }

        impl crate::Release for $name {
            type Model = $model;

            fn of(model: &$model) -> Self {
                Self { $($field: crate::models::Fits::of(&model.$from)),* }
            }

            #[allow(clippy::needless_update, reason = "a release may have all that the model has")]
            fn into_model(self) -> $model {
                $model { $($from: crate::models::Fits::into_model(self.$field),)* ..$model::default() }
            }
        }
    };
}
pub(crate) use release;

/// A record as one release has it. The model of the record has all that any release has.
pub(crate) trait Release: StoredRecord + PartialEq + Debug {
    type Model: Model;

    /// What this release writes of it.
    fn of(model: &Self::Model) -> Self;

    /// What is known of it; the rest is as the attributes of the other releases say.
    fn into_model(self) -> Self::Model;
}

/// The part of a release that has to do with one record.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    /// Opens the file, reads all rows and writes some.
    run: fn(&Path, &mut Shadows, u64),
    /// Opens the file, and is refused.
    is_refused: fn(&Path),
}

impl Program {
    pub(crate) const fn of<R: Release>() -> Self {
        Self { run: run::<R>, is_refused: is_refused::<R> }
    }
}

/// The releases of one record.
pub(crate) struct History {
    pub(crate) forward: [Program; 9],
    /// What the program goes back to, which knows what it had meanwhile; nothing where a way back does not exist.
    pub(crate) back: [Option<Program>; 9],
    /// The first release that reads what later ones have written.
    pub(crate) first_to_read: usize,
}

fn key_of<R: Release>(record: &R) -> KeyBuf {
    let mut key = KeyBuf::new();
    record.encode_key(&mut key);
    key
}

fn run<R: Release>(path: &Path, shadows: &mut Shadows, step: u64) {
    let storage = Storage::open(path).unwrap();
    let table = R::table(&storage).unwrap();
    let rows = R::Model::rows(shadows);
    let expected: BTreeMap<_, R> =
        rows.values().map(R::of).map(|record| (key_of(&record).to_vec(), record)).collect();
    let read: Vec<R> = table.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect();
    assert!(read.iter().eq(expected.values()), "step {step}: {read:#?}\n{expected:#?}");
    // Some new, some changed, some gone.
    for number in [100 + 2 * step, 101 + 2 * step, step * 7 % 40, step * 11 % 40] {
        let record = R::of(&R::Model::new(number, step));
        table.put(&record).unwrap();
        rows.insert(number, record.into_model());
    }
    while rows.len() > 30 {
        let (_, gone) = rows.pop_first().unwrap();
        let gone = key_of(&R::of(&gone));
        let gone = R::Key::from_ref(key::decode::<R::Key>(&gone).unwrap());
        assert!(table.delete(gone).unwrap());
    }
    assert_eq!(table.verify().unwrap(), [], "step {step}");
    drop(table);
    let report = storage.check().unwrap();
    assert!(report.is_sound(), "step {step}: {report:?}");
}

fn is_refused<R: Release>(path: &Path) {
    let state = |storage: &Storage| {
        let rows = storage.check().unwrap();
        assert!(rows.is_sound());
        (rows.row_count, format!("{:?}", storage.tables().unwrap()))
    };
    let storage = Storage::open(path).unwrap();
    let before = state(&storage);
    let error = R::table(&storage).map(drop).unwrap_err();
    assert!(matches!(error, StorageError::Schema(_)), "{error}");
    assert_eq!(state(&storage), before);
}

const HISTORIES: [History; 5] =
    [customers::CUSTOMERS, products::PRODUCTS, orders::ORDERS, flat::LINES, flat::EVENTS];
const CHANGES: usize = 8 * HISTORIES.len();

#[test]
fn forty_changes_forward_and_back() {
    let dir = tempfile::tempdir().unwrap();
    let (path, mut shadows, mut step) = (dir.path().join("app.redb"), Shadows::default(), 0);
    let mut run = |program: Program| {
        step += 1;
        (program.run)(&path, &mut shadows, step);
    };
    for history in HISTORIES {
        (0..6).for_each(|_| run(history.forward[0]));
    }
    for change in 0..CHANGES {
        let (history, release) = (&HISTORIES[change % 5], change / 5 + 1);
        let (new, old) = (history.forward[release], history.forward[release - 1]);
        run(new);
        if release > history.first_to_read {
            run(old);
        } else {
            (old.is_refused)(&path);
        }
        run(new);
    }
    for change in (0..CHANGES).rev() {
        let (history, release) = (&HISTORIES[change % 5], change / 5);
        let Some(old) = history.back[release] else {
            (history.forward[release].is_refused)(&path);
            continue;
        };
        let new = history.back[release + 1].unwrap_or(history.forward[release + 1]);
        run(old);
        if release >= history.first_to_read {
            run(new);
        } else {
            (new.is_refused)(&path);
        }
        run(old);
    }
}
