//! Migrations beside threads that read, write, load streams and delete ranges.

use super::{
    assert_sound, layout_count, numbers,
    plain::{first, x, y},
    releases::{middle, new, old, v1, v3},
};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};
use storage::{Storage, StoredRecord};
use tests::random::Random;

#[test]
fn readers_see_no_difference_and_writers_lose_nothing() {
    let storage = Storage::in_memory().unwrap();
    v1::User::table(&storage).unwrap().put_stream((0..3000).map(old)).unwrap();
    let people = v3::Person::table(&storage).unwrap();
    let is_done = AtomicBool::new(false);
    let is_done = &is_done;
    thread::scope(|scope| {
        for cache in [0, 1 << 20] {
            let people = people.clone().with_cache(cache);
            scope.spawn(move || {
                let mut random = Random::new(7);
                while !is_done.load(Ordering::Acquire) {
                    let id = random.below(1500) as u64;
                    assert_eq!(people.load(id).unwrap(), Some(new(middle(old(id), None))));
                    let by_name = people.by(v3::Person::INDEXES.full_name);
                    let found = by_name.get(&*format!("user {id:04}"), |row| row.id.to_native());
                    assert_eq!(found.unwrap(), Some(id));
                }
            });
        }
        let writer = people.clone();
        let writes = scope.spawn(move || {
            let (mut random, mut levels) = (Random::new(8), vec![7_u8; 500]);
            while !is_done.load(Ordering::Acquire) {
                let id = random.below(500);
                levels[id] = random.below(200) as u8;
                let key = 1500 + id as u64;
                writer.update(key, |row| row.level = levels[id]).unwrap();
                let at = 2000 + random.below(900) as u64;
                writer.delete_range(at..at + 5).unwrap();
                let rows = (at..at + 5).map(|id| new(middle(old(id), None)));
                writer.put_stream(rows).unwrap();
            }
            levels
        });
        let other = people.clone();
        let second = scope.spawn(move || other.migrate().batch(70).run().unwrap());
        let first = people.migrate().batch(70).run().unwrap();
        let second = second.join().unwrap();
        assert!(first.rewritten + second.rewritten <= 3000, "{first:?} {second:?}");
        is_done.store(true, Ordering::Release);
        let levels = writes.join().unwrap();
        for (id, level) in (1500..).zip(levels) {
            assert_eq!(people.load(id).unwrap().unwrap().level, level);
        }
    });
    assert_eq!((people.len().unwrap(), layout_count(&storage)), (3000, 1));
    assert_eq!(numbers(&storage), [2]);
    assert_eq!(people.verify().unwrap(), []);
    assert_sound(&storage);
}

/// Handles of other releases write all the time: whatever the migration says, no row is lost or left without a layout.
#[test]
fn handles_of_other_releases_disturb_and_lose_nothing() {
    for seed in 0..4 {
        let storage = Storage::in_memory().unwrap();
        let firsts = first::A::table(&storage).unwrap();
        firsts.put_stream((0..400).map(|id| first::A { id })).unwrap();
        let xs = x::A::table(&storage).unwrap();
        let ys = y::A::table(&storage).unwrap();
        thread::scope(|scope| {
            let writer = ys.clone();
            scope.spawn(move || {
                let mut random = Random::new(seed);
                for _ in 0..40 {
                    let id = random.below(400) as u64;
                    writer.put(&y::A { id, y: Some(1) }).unwrap();
                }
            });
            scope.spawn(move || {
                let mut random = Random::new(seed + 100);
                for _ in 0..40 {
                    firsts.put(&first::A { id: random.below(400) as u64 }).unwrap();
                }
            });
            for _ in 0..3 {
                drop(xs.migrate().batch(30).run());
                assert_sound(&storage);
            }
        });
        xs.migrate().run().unwrap();
        assert_eq!((numbers(&storage).len(), layout_count(&storage)), (1, 1));
        assert_eq!((xs.len().unwrap(), ys.len().unwrap()), (400, 400));
        assert_sound(&storage);
    }
}
