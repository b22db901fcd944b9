//! Releases drawn at random write, migrate in part or whole, and hold old states: no row is lost, and each is read as
//! what was written for as long as no migration has left it out.

use super::{
    assert_sound, layout_count, numbers,
    plain::{first, x, y, z},
    row,
};
use std::{collections::BTreeMap, ops::ControlFlow};
use storage::{ReadTxn, Result, Storage, StorageError, StoredRecord, evolution::MigrationProgress};
use tests::{Scratch, random::Random};

/// What a program of one release does.
#[derive(Clone, Copy)]
struct Release {
    name: &'static str,
    put: fn(&Storage, u64, u32) -> Result<()>,
    /// The value of its field.
    value: fn(&Storage, u64) -> Result<Option<Option<u32>>>,
    count_in: fn(&ReadTxn) -> Result<u64>,
    delete: fn(&Storage, u64) -> Result<bool>,
    migrate: fn(&Storage, &mut Random) -> Result<bool>,
}

macro_rules! release {
    ($name:ident $(, $field:ident)?) => {
        Release {
            name: stringify!($name),
            put: |storage, id, value| {
                let _ = value;
                $name::A::table(storage)?.put(&$name::A { id, $($field: Some(value))? }).map(drop)
            },
            value: |storage, id| {
                let row = $name::A::table(storage)?.load(id)?;
                Ok(row.map(|row| {
                    let _ = &row;
                    None::<u32>$(.or(row.$field))?
                }))
            },
            count_in: |state| {
                let rows = $name::A::table(state)?.iter()?.count()?;
                assert_eq!(rows, $name::A::table(state)?.len()?);
                Ok(rows)
            },
            delete: |storage, id| $name::A::table(storage)?.delete(id),
            migrate: |storage, random| {
                let table = $name::A::table(storage)?;
                let mut left = random.below(6);
                let progress = |_: &MigrationProgress| {
                    left = left.saturating_sub(1);
                    if left == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                };
                let migrated = table.migrate().batch(7).progress(progress).run()?;
                Ok(!migrated.is_stopped)
            },
        }
    };
}

const RELEASES: [Release; 4] = [release!(first), release!(x, x), release!(y, y), release!(z, z)];

/// The value and the release that wrote it, if no migration has left it out since.
type Rows = BTreeMap<u64, Option<(&'static str, u32)>>;

fn assert_all(storage: &Storage, rows: &Rows, what: &str) {
    for release in RELEASES {
        for (id, written) in rows {
            let found = (release.value)(storage, *id).unwrap();
            let found = found.unwrap_or_else(|| panic!("{what}: {id} is lost"));
            match written {
                Some((name, value)) if *name == release.name && release.name != "first" => {
                    assert_eq!(found, Some(*value), "{what}: {id} by {}", release.name);
                }
                Some((name, _)) if *name != release.name => assert_eq!(found, None, "{what}: {id}"),
                _ => {}
            }
        }
    }
}

#[test]
fn releases_drawn_at_random_agree() {
    for seed in 0..8 {
        let mut random = Random::new(seed);
        let scratch = Scratch::new();
        let mut storage = scratch.open();
        let (mut rows, mut states, mut whole) = (Rows::new(), Vec::new(), 0);
        for step in 0..120 {
            let release = *random.one(&RELEASES);
            let what = format!("seed {seed}, step {step}, {}", release.name);
            let id = random.below(60) as u64;
            match random.below(9) {
                0 => {
                    let was_there = (release.delete)(&storage, id).unwrap();
                    assert_eq!(was_there, rows.remove(&id).is_some(), "{what}");
                }
                1 | 2 => {
                    for written in rows.values_mut() {
                        *written = written.filter(|(name, _)| *name == release.name);
                    }
                    if (release.migrate)(&storage, &mut random).unwrap() && !rows.is_empty() {
                        assert_eq!(
                            (numbers(&storage).len(), layout_count(&storage)),
                            (1, 1),
                            "{what}"
                        );
                        assert_eq!(row(&storage, b"users\0M"), None, "{what}");
                        whole += 1;
                    }
                }
                3 => {
                    states.clear();
                    drop(storage);
                    storage = scratch.open();
                }
                4 => states.push((storage.read().unwrap(), rows.len() as u64)),
                5 => {
                    let undone = storage.write(|txn| {
                        txn.table::<x::A>()?.put(&x::A { id, x: Some(1) })?;
                        Err::<(), _>(StorageError::custom("undone"))
                    });
                    undone.unwrap_err();
                }
                _ => {
                    (release.put)(&storage, id, step).unwrap();
                    rows.insert(id, Some((release.name, step)));
                }
            }
            for (state, count) in &states {
                assert_eq!((release.count_in)(state).unwrap(), *count, "{what}");
            }
            assert_sound(&storage);
            if step % 10 == 0 {
                assert_all(&storage, &rows, &what);
            }
        }
        assert_all(&storage, &rows, &format!("seed {seed}"));
        assert!(whole > 0, "seed {seed}");
    }
}
