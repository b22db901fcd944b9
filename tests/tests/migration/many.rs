//! A table of hundreds of layouts, with rows of each: two releases of a program that take turns in migrating to theirs,
//! and neither comes to the end.

use super::{
    assert_sound, layout_count, numbers,
    plain::{first, x, z},
};
use std::ops::ControlFlow;
use storage::{Storage, StoredRecord};

const ROUNDS: u64 = 150;

#[test]
fn rows_of_three_hundred_layouts_are_read_and_migrated() {
    let storage = Storage::in_memory().unwrap();
    let firsts = (0..3 * ROUNDS).map(|id| first::A { id });
    first::A::table(&storage).unwrap().put_stream(firsts).unwrap();
    let stop = |_: &_| ControlFlow::Break(());
    let (xs, zs) = (x::A::table(&storage).unwrap(), z::A::table(&storage).unwrap());
    for round in 0..ROUNDS {
        assert!(xs.migrate().batch(1).progress(stop).run().unwrap().is_stopped);
        xs.put(&x::A { id: 3 * round + 1, x: Some(7) }).unwrap();
        assert!(zs.migrate().batch(1).progress(stop).run().unwrap().is_stopped);
        zs.put(&z::A { id: 3 * round + 2, z: Some(8) }).unwrap();
    }
    assert_eq!(layout_count(&storage), 2 * ROUNDS + 1);
    assert!(numbers(&storage).len() as u64 >= 2 * ROUNDS, "{:?}", numbers(&storage));
    assert_sound(&storage);
    // By handles that have seen all of it come, and by one that is new.
    for xs in [xs.clone(), x::A::table(&storage).unwrap()] {
        let rows: Vec<x::A> = xs.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect();
        assert_eq!(rows.len() as u64, 3 * ROUNDS);
        assert!(rows.iter().all(|row| row.x == (row.id % 3 == 1).then_some(7)));
    }
    assert_eq!(zs.load(2).unwrap(), Some(z::A { id: 2, z: Some(8) }));
    assert_eq!(xs.evolution().unwrap().layouts().len() as u64, 2 * ROUNDS + 1);
    xs.migrate().run().unwrap();
    assert_eq!((numbers(&storage).len(), layout_count(&storage)), (1, 1));
    assert_eq!(xs.load(1).unwrap(), Some(x::A { id: 1, x: Some(7) }));
    assert_sound(&storage);
}

/// Two releases that call one field by two names, as FlatBuffers find it by its id.
mod flat {
    use storage::StoredRecord;

    macro_rules! release {
        ($module:ident, $field:ident) => {
            pub(super) mod $module {
                use super::StoredRecord;

                #[derive(Clone, Debug, PartialEq, StoredRecord)]
                #[store(codec = "flatbuffers", table = "users")]
                pub(in super::super) struct A {
                    #[store(key)]
                    pub(in super::super) id: u64,
                    pub(in super::super) $field: Option<u32>,
                }
            }
        };
    }
    release!(x, x);
    release!(z, z);
}

#[test]
fn rows_of_three_hundred_layouts_are_read_as_they_are_and_migrated() {
    let storage = Storage::in_memory().unwrap();
    let (xs, zs) = (flat::x::A::table(&storage).unwrap(), flat::z::A::table(&storage).unwrap());
    xs.put_stream((0..3 * ROUNDS).map(|id| flat::x::A { id, x: None })).unwrap();
    let stop = |_: &_| ControlFlow::Break(());
    for round in 0..ROUNDS {
        assert!(zs.migrate().batch(1).progress(stop).run().unwrap().is_stopped);
        zs.put(&flat::z::A { id: 3 * round + 2, z: Some(8) }).unwrap();
        assert!(xs.migrate().batch(1).progress(stop).run().unwrap().is_stopped);
        xs.put(&flat::x::A { id: 3 * round + 1, x: Some(7) }).unwrap();
    }
    assert_eq!(layout_count(&storage), 2 * ROUNDS + 1);
    assert!(numbers(&storage).len() as u64 >= 2 * ROUNDS, "{:?}", numbers(&storage));
    assert_sound(&storage);
    let value = |id| [None, Some(7), Some(8)][(id % 3) as usize];
    for xs in [xs.clone(), flat::x::A::table(&storage).unwrap()] {
        let rows = xs.iter().unwrap().load_all().unwrap();
        let expected = (0..3 * ROUNDS).map(|id| flat::x::A { id, x: value(id) });
        assert_eq!(rows, expected.collect::<Vec<_>>());
    }
    assert_eq!(zs.load(1).unwrap(), Some(flat::z::A { id: 1, z: Some(7) }));
    assert_eq!(zs.evolution().unwrap().layouts().len() as u64, 2 * ROUNDS + 1);
    zs.migrate().run().unwrap();
    assert_eq!((numbers(&storage).len(), layout_count(&storage)), (1, 1));
    assert_eq!(zs.load(2).unwrap(), Some(flat::z::A { id: 2, z: Some(8) }));
    assert_sound(&storage);
}
