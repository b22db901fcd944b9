//! A part of a cache, under one lock: which rows it holds, which one goes next, and which may come in.

use crate::backend::table::HashMade;
use crate::invariant::Invariant;
use std::{collections::HashMap, hash::BuildHasherDefault};

/// Rows by the hash of their key, with a clock's hand that takes out those nobody asked for since it passed.
///
/// Only a row that is asked for a second time comes in: reads all over a long table would push out what is read often.
pub(crate) struct Shard<T> {
    rows: HashMap<u64, ClockEntry<T>, BuildHasherDefault<HashMade>>,
    /// The hashes of all rows, round which the hand goes.
    clock: Vec<u64>,
    hand: usize,
    len: usize,
    len_max: usize,
    /// What was asked for in vain: a part of each hash, at the position that another part of it says.
    asked: Box<[u16]>,
    pub(crate) hit_count: u64,
    pub(crate) miss_count: u64,
}

struct ClockEntry<T> {
    row: T,
    /// Where on the clock its hash is.
    position: usize,
    is_used: bool,
}

/// A row that is held, or would be if there were room.
pub(crate) trait CacheRow: Clone {
    /// Its key.
    fn key(&self) -> &[u8];

    /// How many bytes it holds beside its own, with its key.
    fn heap_len(&self) -> usize;
}

/// For about so many bytes of rows, one position in `asked`.
const LEN_PER_ASKED: usize = 512;
const ASKED_MAX: usize = 1 << 16;

impl<T: CacheRow> Shard<T> {
    /// What a row takes beside what it holds: its places in a map and on a clock, both of which may be half empty.
    const OVERHEAD: usize = 2 * (size_of::<(u64, ClockEntry<T>)>() + 1 + size_of::<u64>());

    pub(crate) fn new(len_max: usize) -> Self {
        let mut shard = Self {
            rows: HashMap::default(),
            clock: Vec::new(),
            hand: 0,
            len: 0,
            len_max: 0,
            asked: Box::default(),
            hit_count: 0,
            miss_count: 0,
        };
        shard.raise(len_max);
        shard
    }

    /// Makes room for `len_max` bytes, if that is more than before.
    pub(crate) fn raise(&mut self, len_max: usize) {
        if self.asked.is_empty() || len_max > self.len_max {
            self.len_max = len_max;
            let count = (len_max / LEN_PER_ASKED).clamp(16, ASKED_MAX).next_power_of_two();
            self.asked = vec![0; count].into();
        }
    }

    /// How many bytes its rows take.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn row_count(&self) -> usize {
        self.rows.len()
    }

    #[inline]
    pub(crate) fn get(&mut self, hash: u64, key: &[u8]) -> Option<T> {
        // Two keys may have one hash.
        if let Some(entry) = self.rows.get_mut(&hash).filter(|entry| entry.row.key() == key) {
            entry.is_used = true;
            self.hit_count = self.hit_count.saturating_add(1);
            return Some(entry.row.clone());
        }
        self.miss_count = self.miss_count.saturating_add(1);
        None
    }

    pub(crate) fn holds(&self, hash: u64, key: &[u8]) -> bool {
        self.rows.get(&hash).is_some_and(|entry| entry.row.key() == key)
    }

    /// Whether what is not here should be: it is asked for again. Remembers that it was.
    pub(crate) fn is_wanted(&mut self, hash: u64) -> bool {
        let [a, b, ..] = hash.to_le_bytes();
        let mark = u16::from_le_bytes([a, b]);
        // Bits that choose neither the shard nor the mark. The length is a power of two.
        let position =
            usize::try_from(hash >> 40).invariant("24 bits fit") & self.asked.len().wrapping_sub(1);
        let asked = self.asked.get_mut(position);
        asked.is_some_and(|asked| std::mem::replace(asked, mark) == mark)
    }

    /// Takes in a row and, while there is too little room, takes others out.
    pub(crate) fn insert(&mut self, hash: u64, row: T) {
        self.remove(hash);
        let len = Self::len_of(&row);
        if len > self.len_max {
            return;
        }
        while self.len.saturating_add(len) > self.len_max {
            self.evict();
        }
        self.len = self.len.saturating_add(len);
        // Used already: what comes in last may lie where the hand is next.
        self.rows.insert(hash, ClockEntry { row, position: self.clock.len(), is_used: true });
        self.clock.push(hash);
    }

    /// Takes out the first row from the hand on that was not used since it passed.
    fn evict(&mut self) {
        loop {
            if self.hand >= self.clock.len() {
                self.hand = 0;
            }
            let Some(hash) = self.clock.get(self.hand).copied() else {
                debug_assert_eq!(self.len, 0, "what takes room is on the clock");
                self.len = 0;
                return;
            };
            match self.rows.get_mut(&hash) {
                Some(entry) if entry.is_used => {
                    entry.is_used = false;
                    self.hand = self.hand.saturating_add(1);
                }
                _ => return self.remove(hash),
            }
        }
    }

    /// Takes out what has this hash.
    pub(crate) fn remove(&mut self, hash: u64) {
        let Some(gone) = self.rows.remove(&hash) else { return };
        self.clock.swap_remove(gone.position);
        let rest = self.len.checked_sub(Self::len_of(&gone.row));
        self.len = rest.invariant("its length was added when it came in");
        let moved = self.clock.get(gone.position).and_then(|moved| self.rows.get_mut(moved));
        if let Some(moved) = moved {
            moved.position = gone.position;
        }
    }

    /// How many bytes a row takes, with all that it takes to find it.
    fn len_of(row: &T) -> usize {
        Self::OVERHEAD.saturating_add(row.heap_len())
    }

    /// Takes out everything.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.clock.clear();
        self.len = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many bytes each row of the tests takes.
    const LEN: usize = Shard::<Row>::OVERHEAD + 10;

    #[derive(Clone)]
    struct Row {
        key: [u8; 1],
        heap_len: usize,
    }

    impl CacheRow for Row {
        fn key(&self) -> &[u8] {
            &self.key
        }

        fn heap_len(&self) -> usize {
            self.heap_len
        }
    }

    fn row(number: u8) -> Row {
        Row { key: [number], heap_len: 10 }
    }

    fn held(shard: &Shard<Row>) -> Vec<u8> {
        let mut held: Vec<_> = shard.rows.values().map(|entry| entry.row.key[0]).collect();
        held.sort_unstable();
        held
    }

    #[test]
    fn what_is_used_stays_and_the_bound_holds() {
        let mut shard = Shard::new(4 * LEN);
        for number in 0..4 {
            shard.insert(number.into(), row(number));
        }
        // The hand passes all once, and takes out the first.
        shard.insert(4, row(4));
        assert_eq!((held(&shard), shard.len()), (vec![1, 2, 3, 4], 4 * LEN));
        assert!(shard.get(2, &[2]).is_some() && shard.get(0, &[0]).is_none());
        for number in 5..8 {
            shard.insert(number.into(), row(number));
        }
        assert!(shard.get(2, &[2]).is_some(), "{:?}", held(&shard));
        assert_eq!((shard.row_count(), shard.len()), (4, 4 * LEN));
    }

    #[test]
    fn places_are_right_whatever_is_taken_out() {
        let mut shard = Shard::new(100 * LEN);
        for step in 0..2000_u64 {
            let number = u8::try_from(step.wrapping_mul(step) % 97).unwrap();
            if step % 3 == 0 {
                shard.remove(number.into());
            } else {
                shard.insert(number.into(), row(number));
            }
            assert_eq!(shard.len(), shard.row_count() * LEN);
            for number in held(&shard) {
                assert_eq!(shard.get(number.into(), &[number]).map(|row| row.key), Some([number]));
            }
        }
        shard.clear();
        assert!(held(&shard).is_empty() && shard.get(1, &[1]).is_none());
    }

    #[test]
    fn another_key_with_the_same_hash_is_not_taken_for_it() {
        let mut shard = Shard::new(100 * LEN);
        shard.insert(7, row(1));
        assert!(shard.get(7, &[2]).is_none());
        assert!(shard.get(7, &[1]).is_some());
        shard.insert(7, row(2));
        assert_eq!(held(&shard), [2]);
    }

    #[test]
    fn what_is_too_long_does_not_come_in_and_pushes_nothing_out() {
        let mut shard = Shard::new(LEN);
        shard.insert(1, row(1));
        shard.insert(2, Row { key: [2], heap_len: 11 });
        assert_eq!(held(&shard), [1]);
    }

    #[test]
    fn the_second_time_something_is_asked_for_it_is_wanted() {
        let mut shard = Shard::<Row>::new(1000);
        let hash = 0x1234_5678_9abc_def0;
        assert!(!shard.is_wanted(hash) && shard.is_wanted(hash));
    }
}
