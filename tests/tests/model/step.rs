//! One random write, done to the table and to the model, and what both say to it.

use super::{
    item::{Item, ItemKey, Rng},
    oracle::{Bounds, Oracle, Outcome, Refusal},
};
use std::{
    fmt::Debug,
    ops::Bound,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};
use storage::{Table, table::AccessMut};

/// The last operations, shown when the test fails.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    lines: Vec<String>,
    pub(crate) count: usize,
}

impl Trace {
    pub(crate) fn add(&mut self, line: impl Into<String>) {
        if self.lines.len() == 40 {
            self.lines.remove(0);
        }
        let mut line = line.into();
        if let Some((end, _)) = line.char_indices().nth(300) {
            line.truncate(end);
        }
        self.lines.push(line);
    }
}

impl Drop for Trace {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("after {} operations, the last of them:", self.count);
            self.lines.iter().for_each(|line| eprintln!("  {line}"));
        }
    }
}

/// What a deliberate panic carries; it is raised without the panic hook's message.
pub(crate) struct Deliberate;

/// Runs `body`, which must panic deliberately.
pub(crate) fn caught<T>(body: impl FnOnce() -> T) {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(_) => panic!("a panic was swallowed"),
        Err(payload) if payload.is::<Deliberate>() => {}
        Err(payload) => resume_unwind(payload),
    }
}

/// A write succeeds with what the model says, or is refused for a reason that the model has.
pub(super) fn agree<T: PartialEq + Debug>(
    actual: storage::Result<T>,
    expected: Outcome<T>,
    what: &str,
) {
    match (actual, expected) {
        (Ok(actual), Ok(expected)) => assert_eq!(actual, expected, "{what}"),
        (Err(error), Err(refusals)) => {
            let refusal = Refusal::of(&error);
            assert!(refusals.contains(&refusal), "{what}: {refusal:?}, expected {refusals:?}");
        }
        (Ok(actual), Err(refusals)) => {
            panic!("{what}: gave {actual:?}, expected a refusal: {refusals:?}")
        }
        (Err(error), Ok(expected)) => {
            panic!("{what}: was refused ({error}), expected {expected:?}")
        }
    }
}

/// A key that is there, three times out of four.
pub(crate) fn some_key(oracle: &Oracle, rng: &mut Rng) -> ItemKey {
    if oracle.rows.is_empty() || rng.percent(25) {
        return rng.key();
    }
    let at = rng.below(oracle.rows.len());
    oracle.rows.keys().nth(at).unwrap().clone()
}

/// Two bounds, in any order.
pub(crate) fn bounds<K>(rng: &mut Rng, mut key: impl FnMut(&mut Rng) -> K) -> Bounds<K> {
    let mut bound = |rng: &mut Rng| match rng.below(5) {
        0 => Bound::Unbounded,
        1 | 2 => Bound::Included(key(rng)),
        _ => Bound::Excluded(key(rng)),
    };
    (bound(rng), bound(rng))
}

/// Where the writes go: a table, and the model of it.
pub(crate) struct Pair<'a, A> {
    pub(crate) table: &'a Table<Item, A>,
    pub(crate) oracle: &'a mut Oracle,
    pub(crate) rng: &'a mut Rng,
    pub(crate) trace: &'a mut Trace,
}

impl<A: AccessMut> Pair<'_, A> {
    /// One random write.
    pub(crate) fn step(&mut self) {
        self.trace.count += 1;
        match self.rng.below(112) {
            100..102 => self.delete_rows(),
            102..104 => self.update_rows(),
            104..106 => self.delete_many(),
            106..108 => self.remove(),
            108..110 => self.insert_stream(),
            110..112 => self.get_or_insert(),
            0..24 => self.put(),
            24..34 => self.insert(),
            34..54 => self.update(),
            54..63 => self.upsert(),
            63..71 => self.compare_and_set(),
            71..81 => self.delete(),
            81..83 => self.delete_range(),
            83 => self.clear(),
            84..93 => self.put_stream(),
            93..96 => self.put_stream_that_panics(),
            96..98 => self.update_that_panics(),
            _ => self.rebuild(),
        }
    }

    fn put(&mut self) {
        let key = self.rng.key();
        let item = self.rng.item(key);
        self.trace.add(format!("put {item:?}"));
        agree(self.table.put(&item), self.oracle.put(&item), "put");
        self.look_at(&item.key());
    }

    fn insert(&mut self) {
        let key = self.rng.key();
        let item = self.rng.item(key);
        self.trace.add(format!("insert {item:?}"));
        agree(self.table.insert(&item), self.oracle.insert(&item), "insert");
        self.look_at(&item.key());
    }

    fn update(&mut self) {
        let key = some_key(self.oracle, self.rng);
        self.trace.add(format!("update {key:?}"));
        let mut changed = None;
        let rng = &mut *self.rng;
        let outcome = self.table.update((key.0.as_str(), key.1), |item| {
            rng.change(item);
            changed = Some(item.clone());
            item.level
        });
        let expected = match &changed {
            None => Ok(None),
            Some(item) => self.oracle.write_back(&key, item).map(|()| Some(item.level)),
        };
        self.trace.add(format!("  to {changed:?}"));
        agree(outcome, expected, "update");
        self.look_at(&key);
        if let Some(item) = changed {
            self.look_at(&item.key());
        }
    }

    fn upsert(&mut self) {
        let key = some_key(self.oracle, self.rng);
        self.trace.add(format!("upsert {key:?}"));
        let expected_old = self.oracle.rows.get(&key).cloned();
        let mut new = None;
        let rng = &mut *self.rng;
        let outcome = self.table.upsert(&key, |old| {
            assert_eq!(old, expected_old, "upsert of {key:?} sees what is there");
            let mut item = old.unwrap_or_else(|| rng.item(key.clone()));
            rng.change(&mut item);
            new.insert(item).clone()
        });
        let new = new.unwrap();
        self.trace.add(format!("  to {new:?}"));
        let expected = self.oracle.upsert(&key, &new).map(|()| new.clone());
        agree(outcome, expected, "upsert");
        self.look_at(&key);
        self.look_at(&new.key());
    }

    fn compare_and_set(&mut self) {
        let key = some_key(self.oracle, self.rng);
        let present = self.oracle.rows.get(&key).cloned();
        let mut expected = present.unwrap_or_else(|| self.rng.item(key.clone()));
        let mut new = expected.clone();
        self.rng.change(&mut new);
        if self.rng.percent(30) {
            self.rng.change(&mut expected);
        }
        self.trace.add(format!("compare_and_set {expected:?} to {new:?}"));
        let outcome = self.table.compare_and_set(&expected, &new);
        agree(outcome, self.oracle.compare_and_set(&expected, &new), "compare_and_set");
        self.look_at(&expected.key());
        self.look_at(&new.key());
    }

    fn delete(&mut self) {
        let key = some_key(self.oracle, self.rng);
        self.trace.add(format!("delete {key:?}"));
        let was_there = self.oracle.rows.remove(&key).is_some();
        assert_eq!(self.table.delete(&key).unwrap(), was_there, "delete {key:?}");
        self.look_at(&key);
    }

    fn delete_range(&mut self) {
        let (area, number) = some_key(self.oracle, self.rng);
        // Most of the time a few rows, now and then whatever it is.
        let range = if self.rng.percent(85) {
            let start = Bound::Included((area.clone(), number));
            (start, Bound::Excluded((area, number.saturating_add(3))))
        } else {
            bounds(self.rng, Rng::key)
        };
        self.trace.add(format!("delete_range {range:?}"));
        let count = self.oracle.delete_range(&range);
        assert_eq!(self.table.delete_range(range).unwrap(), count, "delete_range");
    }

    /// Seldom, or the table stays small.
    fn clear(&mut self) {
        if self.rng.percent(10) {
            self.trace.add("clear");
            let count = self.oracle.delete_range(&(Bound::Unbounded, Bound::Unbounded));
            assert_eq!(self.table.clear().unwrap(), count, "clear");
        }
    }

    pub(super) fn stream(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for _ in 0..self.rng.below(7) {
            let key = self.rng.key();
            items.push(self.rng.item(key));
        }
        if items.len() > 1 && self.rng.percent(25) {
            // Two of one batch may want the same unique key, or the same primary key.
            let (first, last) = (items[0].clone(), items.last_mut().unwrap());
            (last.code, last.aliases) = (first.code, first.aliases);
            if self.rng.percent(30) {
                (last.area, last.number) = (first.area, first.number);
            }
        }
        items
    }

    fn put_stream(&mut self) {
        let items = self.stream();
        self.trace.add(format!("put_stream {items:?}"));
        agree(self.table.put_stream(items.clone()), self.oracle.put_stream(&items), "put_stream");
    }

    fn put_stream_that_panics(&mut self) {
        let items = self.stream();
        self.trace.add(format!("put_stream, then a panic, {items:?}"));
        let then_panic = std::iter::once_with(|| resume_unwind(Box::new(Deliberate)));
        if self.oracle.clone().put_stream(&items).is_ok() {
            caught(|| self.table.put_stream(items.iter().cloned().chain(then_panic)));
        }
        for item in &items {
            self.look_at(&item.key());
        }
    }

    fn update_that_panics(&mut self) {
        let key = some_key(self.oracle, self.rng);
        self.trace.add(format!("update that panics {key:?}"));
        if !self.oracle.rows.contains_key(&key) {
            return;
        }
        let rng = &mut *self.rng;
        caught(|| {
            self.table.update(&key, |item| {
                rng.change(item);
                resume_unwind(Box::new(Deliberate))
            })
        });
        self.look_at(&key);
    }

    fn rebuild(&mut self) {
        self.trace.add("rebuild");
        let count = self.table.rebuild().unwrap();
        let counts = super::check::entry_counts(self.oracle);
        assert_eq!(count, counts, "rebuild counts the entries");
    }

    /// The row under `key` is what the model has.
    pub(super) fn look_at(&self, key: &ItemKey) {
        let expected = self.oracle.rows.get(key);
        assert_eq!(self.table.load(key).unwrap().as_ref(), expected, "the row under {key:?}");
    }
}
