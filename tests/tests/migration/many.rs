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
