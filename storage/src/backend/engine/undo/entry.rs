//! An entry of the undo log: what was there before a change, as bytes that are read from their end.
//!
//! ```text
//! first │ second │ length of first: u32 │ length of second: u32 │ number of the table: u32 │ kind: u8
//! ```

use crate::invariant::Invariant;

/// The length of what follows the two texts of an entry.
pub(super) const TAIL_LEN: usize = 13;

/// What was there before a change of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::backend::engine) enum Before<'a> {
    /// Nothing under `key`.
    Absent { key: &'a [u8] },
    /// Nothing from `first` to `last`: all that lies there was written in one go.
    AbsentRun { first: &'a [u8], last: &'a [u8] },
    /// `value` under `key`.
    Value { key: &'a [u8], value: &'a [u8] },
    /// The rows that are now in the table `to`, all of them.
    Moved { to: &'a str },
}

/// An entry, with the number of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UndoEntry<'a> {
    pub(super) table: u32,
    pub(super) before: Before<'a>,
}

impl<'a> Before<'a> {
    /// Its kind, and its two texts.
    const fn texts(self) -> (u8, &'a [u8], &'a [u8]) {
        match self {
            Self::Absent { key } => (0, key, &[]),
            Self::AbsentRun { first, last } => (1, first, last),
            Self::Value { key, value } => (2, key, value),
            Self::Moved { to } => (3, to.as_bytes(), &[]),
        }
    }

    fn new(kind: u8, first: &'a [u8], second: &'a [u8]) -> Option<Self> {
        match kind {
            0 => Some(Self::Absent { key: first }),
            1 => Some(Self::AbsentRun { first, last: second }),
            2 => Some(Self::Value { key: first, value: second }),
            3 => Some(Self::Moved { to: str::from_utf8(first).ok()? }),
            _ => None,
        }
    }
}

impl<'a> UndoEntry<'a> {
    /// Appends it to `log`.
    pub(super) fn write(self, log: &mut Vec<u8>) {
        let (kind, first, second) = self.before.texts();
        log.extend_from_slice(first);
        log.extend_from_slice(second);
        for text in [first, second] {
            let len = u32::try_from(text.len()).invariant("the engine takes 3 GiB at most");
            log.extend_from_slice(&len.to_le_bytes());
        }
        log.extend_from_slice(&self.table.to_le_bytes());
        log.push(kind);
    }

    /// The length of the last entry of `log`, of which the last [`TAIL_LEN`] bytes are there; `None` when it is empty.
    pub(super) fn last_len(log: &[u8]) -> Option<usize> {
        let Tail { lens: (first, second), .. } = Tail::of(log)?;
        Some(first.saturating_add(second).saturating_add(TAIL_LEN))
    }

    /// The last entry of `log`, which is there whole; `None` when there is none.
    pub(super) fn last(log: &'a [u8]) -> Option<Self> {
        let tail = Tail::of(log)?;
        let texts = log.get(log.len().checked_sub(Self::last_len(log)?)?..)?;
        let (first, rest) = texts.split_at_checked(tail.lens.0)?;
        let before = Before::new(tail.kind, first, rest.get(..tail.lens.1)?)?;
        Some(Self { table: tail.table, before })
    }
}

/// What follows the texts.
struct Tail {
    lens: (usize, usize),
    table: u32,
    kind: u8,
}

impl Tail {
    fn of(log: &[u8]) -> Option<Self> {
        let [first @ .., _, _, _, _, _, _, _, _, _] = log.last_chunk::<TAIL_LEN>()?;
        let [.., s0, s1, s2, s3, t0, t1, t2, t3, kind] = *log.last_chunk::<TAIL_LEN>()?;
        let len = |bytes| usize::try_from(u32::from_le_bytes(bytes)).ok();
        let lens = (len(*first)?, len([s0, s1, s2, s3])?);
        Some(Self { lens, table: u32::from_le_bytes([t0, t1, t2, t3]), kind })
    }
}

#[cfg(test)]
mod tests {
    use super::{Before, UndoEntry};

    #[test]
    fn entries_are_read_back_from_the_last() {
        let befores = [
            Before::Absent { key: b"" },
            Before::Absent { key: b"a key" },
            Before::AbsentRun { first: b"a", last: b"other" },
            Before::Value { key: b"key", value: b"" },
            Before::Value { key: b"", value: &[7; 1000] },
            Before::Moved { to: "other" },
        ];
        let entries =
            befores.into_iter().zip(0..6).map(|(before, table)| UndoEntry { table, before });
        let mut log = Vec::new();
        entries.clone().for_each(|entry| entry.write(&mut log));
        for entry in entries.rev() {
            assert_eq!(UndoEntry::last(&log), Some(entry));
            log.truncate(log.len() - UndoEntry::last_len(&log).unwrap());
        }
        assert_eq!((log.len(), UndoEntry::last(&log), UndoEntry::last_len(&log)), (0, None, None));
    }
}
