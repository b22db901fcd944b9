//! Keys and values in memory, given back in the order of their keys.
//!
//! ```text
//! push ─▶ recent: as they come ─▶ sort ─▶ runs, one behind the other ─▶ merge
//! ```
//!
//! What is sorted at a time fits the processor's cache, and a merge reads each run from its beginning to its end:
//! everything sorted at once would be written in an order that waits for the memory at each item.
//!
//! An item, in the order of its bytes; numbers are little-endian:
//!
//! ```text
//! key length u32 │ value length u32 │ order u32 │ key │ value
//! ```

use crate::invariant::Invariant;
use std::cmp::Ordering;

/// How many bytes are sorted at a time. Less would make more runs, whose merge then waits for the memory.
const RECENT_LEN: usize = 2 * 1024 * 1024;

/// The three numbers before an item.
const HEAD_LEN: usize = 12;

/// Gathers items and sorts them; those of one key keep the order they came in.
#[derive(Debug, Default)]
pub(super) struct Sorter {
    /// The items that came last, as they came.
    recent: Vec<u8>,
    slots: Vec<Slot>,
    is_recent_sorted: bool,
    /// Items in runs, each of them sorted.
    sorted: Vec<u8>,
    /// Where each run ends.
    ends: Vec<usize>,
}

/// Where an item lies in `recent`.
#[derive(Clone, Copy, Debug)]
struct Slot {
    prefix: u128,
    start: usize,
}

/// What was pushed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SortedItem<'a> {
    pub(super) key: &'a [u8],
    pub(super) value: &'a [u8],
    /// The number it was pushed with.
    pub(super) order: u32,
}

impl Sorter {
    /// Takes an item, whose key may consist of parts, and a number that it is returned with; `true` when it is time to
    /// [`store`](Self::store).
    pub(super) fn push(&mut self, key: [&[u8]; 2], order: u32, value: &[u8]) -> bool {
        let start = self.recent.len();
        let key_len = key.iter().map(|part| part.len()).sum();
        self.recent.extend_from_slice(&head(key_len, value.len(), order));
        for bytes in key.into_iter().chain([value]) {
            self.recent.extend_from_slice(bytes);
        }
        let item = item_at(&self.recent, start).key;
        let slot = Slot { prefix: prefix(item), start };
        let is_behind = |last: &Slot| match last.prefix.cmp(&slot.prefix) {
            Ordering::Equal => item_at(&self.recent, last.start).key < item,
            order => order == Ordering::Less,
        };
        let last = self.slots.last();
        self.is_recent_sorted = last.is_none_or(|last| self.is_recent_sorted && is_behind(last));
        self.slots.push(slot);
        self.recent.len() >= RECENT_LEN
    }

    /// How many bytes of memory it fills.
    pub(super) const fn len(&self) -> usize {
        self.recent.len().saturating_add(self.sorted.len())
    }

    /// The items that came last, when they are all there are and came in order, each key once.
    pub(super) fn ascending(&self) -> Option<Ascending<'_>> {
        let is_all = self.sorted.is_empty() && !self.recent.is_empty();
        (is_all && self.is_recent_sorted).then_some(Ascending { rest: &self.recent })
    }

    /// Makes a run of the items that came last.
    pub(super) fn store(&mut self) {
        let recent = &self.recent;
        if self.is_recent_sorted {
            self.sorted.extend_from_slice(recent);
        } else {
            self.slots.sort_unstable_by(|a, b| {
                let keys = || item_at(recent, a.start).key.cmp(item_at(recent, b.start).key);
                a.prefix.cmp(&b.prefix).then_with(keys).then(a.start.cmp(&b.start))
            });
            for slot in &self.slots {
                let bytes = recent.get(slot.start..).invariant("an item begins at its slot");
                let (_, rest) = split_item(bytes);
                let len = bytes.len().checked_sub(rest.len()).invariant("the rest is a part");
                let item = bytes.get(..len).invariant("an item is a part of what follows it");
                self.sorted.extend_from_slice(item);
            }
        }
        if !recent.is_empty() {
            self.ends.push(self.sorted.len());
        }
        self.recent.clear();
        self.slots.clear();
    }

    /// All items that were made runs of, in the order of their keys.
    pub(super) fn merge(&self) -> Merge<'_> {
        let mut start = 0;
        let runs = self.ends.iter().map(|end| {
            let run = self.sorted.get(start..*end).invariant("a run ends where the next begins");
            start = *end;
            run
        });
        Merge::new(runs)
    }

    /// Forgets all items, and keeps the memory for others.
    pub(super) fn clear(&mut self) {
        self.recent.clear();
        self.slots.clear();
        self.sorted.clear();
        self.ends.clear();
    }
}

/// The items of several runs in the order of their keys; of one key, those of the earlier run come first.
#[derive(Debug)]
pub(super) struct Merge<'a> {
    runs: Vec<Run<'a>>,
    /// A tournament of the runs by their first items: who lost each match, and before them who won the last one.
    players: Vec<Option<usize>>,
}

#[derive(Debug)]
struct Run<'a> {
    prefix: u128,
    first: Option<SortedItem<'a>>,
    rest: Ascending<'a>,
}

/// Items as they lie one behind the other, which is in the order of their keys.
#[derive(Debug)]
pub(super) struct Ascending<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Ascending<'a> {
    type Item = SortedItem<'a>;

    #[inline]
    fn next(&mut self) -> Option<SortedItem<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (item, rest) = split_item(self.rest);
        self.rest = rest;
        Some(item)
    }
}

impl<'a> Merge<'a> {
    fn new(runs: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let begun = |rest| {
            let mut run = Run { prefix: 0, first: None, rest: Ascending { rest } };
            run.advance();
            run
        };
        let runs: Vec<Run<'a>> = runs.into_iter().map(begun).collect();
        let mut merge = Self { players: vec![None; runs.len()], runs };
        (0..merge.runs.len()).for_each(|run| merge.play(run));
        merge
    }

    /// Lets `run` play its matches from the leaf upwards. Whoever comes first to a match waits there.
    fn play(&mut self, run: usize) {
        let mut winner = run;
        let mut place = run.saturating_add(self.runs.len()) / 2;
        while let Some(player) = self.players.get_mut(place).filter(|_| place > 0) {
            match *player {
                None => {
                    *player = Some(winner);
                    return;
                }
                Some(other) if is_before(&self.runs, other, winner) => {
                    *player = Some(winner);
                    winner = other;
                }
                Some(_) => {}
            }
            place /= 2;
        }
        if let Some(first) = self.players.first_mut() {
            *first = Some(winner);
        }
    }
}

impl<'a> Iterator for Merge<'a> {
    type Item = SortedItem<'a>;

    fn next(&mut self) -> Option<SortedItem<'a>> {
        let winner = self.players.first().copied().flatten()?;
        let run = self.runs.get_mut(winner)?;
        let item = run.first?;
        run.advance();
        self.play(winner);
        Some(item)
    }
}

/// Whether the first item of run `a` comes before that of run `b`.
fn is_before(runs: &[Run<'_>], a: usize, b: usize) -> bool {
    debug_assert!(a.max(b) < runs.len(), "only runs are players");
    let (Some(run_a), Some(run_b)) = (runs.get(a), runs.get(b)) else { return false };
    match (run_a.first, run_b.first) {
        (Some(item_a), Some(item_b)) => {
            let keys = || item_a.key.cmp(item_b.key);
            let order = run_a.prefix.cmp(&run_b.prefix).then_with(keys).then(a.cmp(&b));
            order == Ordering::Less
        }
        (first, _) => first.is_some(),
    }
}

impl Run<'_> {
    fn advance(&mut self) {
        self.first = self.rest.next();
        self.prefix = self.first.map_or(0, |item| prefix(item.key));
    }
}

fn item_at(bytes: &[u8], start: usize) -> SortedItem<'_> {
    split_item(bytes.get(start..).invariant("an item begins at its slot")).0
}

/// The numbers before an item.
fn head(key_len: usize, value_len: usize, order: u32) -> [u8; HEAD_LEN] {
    // A key has at most 64 KiB, a value 2 GiB.
    let bytes = |len: usize| u32::try_from(len).invariant("both are shorter").to_le_bytes();
    let ([k0, k1, k2, k3], [v0, v1, v2, v3]) = (bytes(key_len), bytes(value_len));
    let [o0, o1, o2, o3] = order.to_le_bytes();
    [k0, k1, k2, k3, v0, v1, v2, v3, o0, o1, o2, o3]
}

/// The first item of `bytes`, and what lies behind it.
fn split_item(bytes: &[u8]) -> (SortedItem<'_>, &[u8]) {
    const IS_WHOLE: &str = "items are whole";
    debug_assert!(bytes.len() >= HEAD_LEN, "{IS_WHOLE}");
    let Some((head, rest)) = bytes.split_first_chunk::<HEAD_LEN>() else {
        return Default::default();
    };
    let [k0, k1, k2, k3, v0, v1, v2, v3, o0, o1, o2, o3] = *head;
    let len = |bytes| usize::try_from(u32::from_le_bytes(bytes)).invariant("it was a length");
    let (key, rest) = rest.split_at_checked(len([k0, k1, k2, k3])).invariant(IS_WHOLE);
    let (value, rest) = rest.split_at_checked(len([v0, v1, v2, v3])).invariant(IS_WHOLE);
    (SortedItem { key, value, order: u32::from_le_bytes([o0, o1, o2, o3]) }, rest)
}

/// The first bytes of a key as a number, which decides most comparisons.
fn prefix(key: &[u8]) -> u128 {
    let (high, rest) = first_word(key);
    (u128::from(high) << 64) | u128::from(first_word(rest).0)
}

/// The first eight bytes, filled up with zeros, and what lies behind them.
pub(super) fn first_word(bytes: &[u8]) -> (u64, &[u8]) {
    if let Some((word, rest)) = bytes.split_first_chunk() {
        return (u64::from_be_bytes(*word), rest);
    }
    let mut word = [0; 8];
    word.iter_mut().zip(bytes).for_each(|(to, byte)| *to = *byte);
    (u64::from_be_bytes(word), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys and values that come out when `keys` went in, each with its number for a value.
    fn sorted(keys: &[&[u8]], run_len: usize) -> Vec<(Vec<u8>, u8)> {
        let mut sorter = Sorter::default();
        for (number, key) in (0..).zip(keys) {
            sorter.push(key.split_at(key.len() / 2).into(), number.into(), &[number]);
            if usize::from(number).is_multiple_of(run_len) {
                sorter.store();
            }
        }
        sorter.store();
        let items: Vec<_> = sorter.merge().collect();
        assert!(items.iter().all(|item| item.order == u32::from(item.value[0])));
        items.into_iter().map(|item| (item.key.to_vec(), item.value[0])).collect()
    }

    #[test]
    fn keys_come_out_in_order_and_those_of_one_key_as_they_came() {
        let keys: [&[u8]; 12] = [
            b"long key, b",
            b"",
            b"z",
            b"long key, a",
            b"a\0",
            b"long key, b",
            b"a",
            b"z",
            b"\xff",
            b"long key",
            b"",
            b"long key, b",
        ];
        let numbered = keys.iter().map(|key| key.to_vec()).zip(0..);
        let mut expected: Vec<_> = numbered.collect();
        expected.sort();
        for run_len in 1..=13 {
            assert_eq!(sorted(&keys, run_len), expected, "runs of {run_len}");
        }
        assert_eq!(sorted(&[], 1), []);
    }

    #[test]
    fn only_what_is_all_and_in_order_ascends() {
        let mut sorter = Sorter::default();
        assert!(sorter.ascending().is_none(), "nothing");
        for key in [b"a", b"b"] {
            sorter.push([key, b""], 0, b"");
        }
        assert_eq!(sorter.ascending().unwrap().count(), 2);
        sorter.push([b"b", b""], 0, b"");
        assert!(sorter.ascending().is_none(), "a key twice");
        sorter.clear();
        sorter.push([b"a", b""], 0, b"");
        assert!(sorter.ascending().is_some());
        sorter.store();
        sorter.push([b"b", b""], 0, b"");
        assert!(sorter.ascending().is_none(), "others before");
    }
}
