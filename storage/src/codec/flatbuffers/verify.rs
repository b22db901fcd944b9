//! The verifier: one pass over stored bytes, after which every access of a view finds what its type says.
//!
//! It is quick because it only answers yes or no; what is wrong is noted on the cold path, on the way out. The work
//! is bounded by the length of the bytes, however their offsets share and cross.

use super::bytes::{self, OFFSET_LEN, Table};
use crate::error::DecodeError;
use std::str;

/// How deeply tables may be nested; more is refused when written and when read.
pub(super) const DEPTH_MAX: u32 = 64;

/// How many times its length in bytes a value may be visited, and how much any value may.
///
/// A text that many elements share is legal; that it costs as much as a copy for each of them is what the bound is for.
const VISITS_MAX: usize = 16;
const VISITED_FREE: usize = 1024;

/// Bytes under verification.
#[derive(Debug)]
pub struct Verifier<'a> {
    bytes: &'a [u8],
    budget: usize,
    depth: u32,
    fault: Option<Fault>,
}

/// What is wrong, and the fields that lead there, innermost first.
#[derive(Debug)]
struct Fault {
    what: &'static str,
    at: usize,
    path: Vec<&'static str>,
}

impl<'a> Verifier<'a> {
    #[inline]
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let budget = bytes.len().saturating_mul(VISITS_MAX).saturating_add(VISITED_FREE);
        Self { bytes, budget, depth: 0, fault: None }
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Notes what is wrong and says no.
    #[cold]
    pub(super) fn refuse(&mut self, what: &'static str, at: usize) -> bool {
        self.fault = Some(Fault { what, at, path: Vec::new() });
        false
    }

    /// Notes the field that it is wrong in, and says no.
    #[cold]
    pub(super) fn blame(&mut self, field: &'static str) -> bool {
        if let Some(fault) = &mut self.fault {
            fault.path.push(field);
        }
        false
    }

    /// What is wrong.
    #[cold]
    pub(super) fn error(self) -> DecodeError {
        let detail = self.fault.map_or_else(String::new, |Fault { what, at, path }| {
            let path: Vec<&str> = path.into_iter().rev().collect();
            match path.as_slice() {
                [] => format!("{what}, at byte {at}"),
                path => format!("`{}`: {what}, at byte {at}", path.join(".")),
            }
        });
        DecodeError::Structure { detail }
    }

    /// Whether `len` bytes lie at `at`.
    #[inline]
    pub(super) fn range(&mut self, at: usize, len: usize) -> bool {
        match at.checked_add(len) {
            Some(end) if end <= self.bytes.len() => true,
            _ => self.refuse("it points outside", at),
        }
    }

    /// Counts `len` bytes as visited.
    #[inline]
    pub(super) fn spend(&mut self, len: usize, at: usize) -> bool {
        match self.budget.checked_sub(len) {
            Some(rest) => {
                self.budget = rest;
                true
            }
            None => self.refuse("the same bytes are used too many times", at),
        }
    }

    /// Where the offset at `at` leads, if it leads to something.
    #[inline]
    pub(super) fn target(&mut self, at: usize) -> Option<usize> {
        let target = bytes::target(self.bytes, at);
        if target.is_none() {
            self.refuse("it points outside", at);
        }
        target
    }

    /// Whether a text lies behind the offset at `at`: its length, UTF-8 and a zero.
    #[inline]
    pub(super) fn text(&mut self, at: usize) -> bool {
        let Some(rest) = bytes::target(self.bytes, at).and_then(|start| self.bytes.get(start..))
        else {
            return self.refuse("it points outside", at);
        };
        let Some((len, rest)) = rest.split_first_chunk() else {
            return self.refuse("it points outside", at);
        };
        let Some((text, [0, ..])) = rest.split_at_checked(bytes::index(u32::from_le_bytes(*len)))
        else {
            return self.refuse("the text does not end in a zero inside the value", at);
        };
        self.spend(text.len(), at) && (is_utf8(text) || self.refuse("the text is not UTF-8", at))
    }

    /// Whether a list of elements of `size` bytes lies behind the offset at `at`: where they begin, how many they are.
    #[inline]
    pub(super) fn list(&mut self, at: usize, size: usize) -> Option<(usize, usize)> {
        let start = self.target(at)?;
        let Some((first, count)) = bytes::counted(self.bytes, start) else {
            self.refuse("it points outside", at);
            return None;
        };
        let len = count.saturating_mul(size);
        (self.range(first, len) && self.spend(len.saturating_add(OFFSET_LEN), start))
            .then_some((first, count))
    }

    /// Whether the table at `at` is one whose `fields` are what they should be.
    #[inline]
    pub(super) fn table(
        &mut self,
        at: usize,
        fields: impl FnOnce(&mut Self, &Table<'a>) -> bool,
    ) -> bool {
        let Some(table) = Table::at(self.bytes, at) else {
            return self.refuse("the table has no vtable", at);
        };
        self.fields(table, fields)
    }

    /// Whether the `fields` of `table` are what they should be.
    #[inline]
    pub(super) fn fields(
        &mut self,
        table: Table<'a>,
        fields: impl FnOnce(&mut Self, &Table<'a>) -> bool,
    ) -> bool {
        let at = table.start();
        if self.depth == DEPTH_MAX {
            return self.refuse("it is nested more than 64 levels deep", at);
        }
        self.depth = self.depth.wrapping_add(1);
        let valid = self.spend(2 * OFFSET_LEN, at) && fields(self, &table);
        self.depth = self.depth.wrapping_sub(1);
        valid
    }
}

/// Whether `text` is UTF-8. Most texts are short and ASCII: that is seen eight bytes at a time.
#[inline]
fn is_utf8(text: &[u8]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = text.as_chunks::<8>();
    let words = words.iter().fold(0, |seen, word| seen | u64::from_le_bytes(*word));
    let rest = rest.iter().fold(0, |seen, byte| seen | byte);
    (words & HIGH == 0 && rest.is_ascii()) || str::from_utf8(text).is_ok()
}
