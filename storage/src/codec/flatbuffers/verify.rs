//! The verifier: one pass over stored bytes, after which every access of a view finds what its type says.
//!
//! It is quick because a good value takes one straight road: the places of all fields of a table are compared with the
//! end of the value at once, and what is wrong is a pointer, made on the cold path. The work is bounded by the length
//! of the bytes, however their offsets share and cross.

use super::{
    bytes::{self, DEPTH_MAX, OFFSET_LEN, Table},
    ids::Slots,
};
use crate::error::{DecodeError, FlatFault, Refusal};

/// How many times its length in bytes a value may be visited, and how much any value may.
///
/// A text that many elements share is legal; that it costs as much as a copy for each of them is what the bound is for.
const VISITS_MAX: u64 = 16;
const VISITED_FREE: u64 = 1024;

/// What is wrong and where.
#[derive(Debug)]
pub struct Fault(Box<Found>);

#[derive(Debug)]
struct Found {
    what: What,
    /// The fields that lead there, innermost first.
    path: Vec<&'static str>,
}

#[derive(Debug)]
enum What {
    /// A rule of the format is broken at this byte.
    Broken(FlatFault, usize),
    /// The type of a field refuses the value.
    Refused(Refusal),
}

/// The result of verifying: one word, so that the good case costs nothing to return.
pub type Verdict<T = ()> = Result<T, Fault>;

/// Something is wrong at the byte `at`.
#[cold]
pub(super) fn refuse<T>(what: FlatFault, at: usize) -> Verdict<T> {
    Err(Fault(Box::new(Found { what: What::Broken(what, at), path: Vec::new() })))
}

impl Fault {
    /// The type of a field refuses the value.
    #[cold]
    pub(super) fn refused(refusal: Refusal) -> Self {
        Self(Box::new(Found { what: What::Refused(refusal), path: Vec::new() }))
    }

    /// With the field that it is in.
    #[cold]
    pub(super) fn within(mut self, field: &'static str) -> Self {
        self.0.path.push(field);
        self
    }
}

impl From<Fault> for DecodeError {
    #[cold]
    fn from(fault: Fault) -> Self {
        let Found { what, mut path } = *fault.0;
        path.reverse();
        match what {
            What::Broken(what, at) => what.found(at, &path),
            What::Refused(refusal) => refusal.in_field(&path).into(),
        }
    }
}

/// Bytes under verification.
#[derive(Debug)]
pub struct Verifier<'a> {
    bytes: &'a [u8],
    budget: u64,
    depth: u32,
}

impl<'a> Verifier<'a> {
    #[inline]
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let budget = wide(bytes.len()).wrapping_mul(VISITS_MAX).wrapping_add(VISITED_FREE);
        Self { bytes, budget, depth: 0 }
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Whether `len` bytes lie at `at`.
    #[inline]
    pub(super) fn range(&self, at: usize, len: usize) -> Verdict {
        match at.checked_add(len) {
            Some(end) if end <= self.bytes.len() => Ok(()),
            _ => refuse(FlatFault::Outside, at),
        }
    }

    /// Whether the bytes of a field in the table itself are there, under each of its ids from `id` on.
    #[inline]
    pub(super) fn slots(&self, table: &Table<'_>, id: u16, widths: &[u16]) -> Verdict {
        (id..).zip(widths).try_for_each(|(id, width)| match table.field(id) {
            Some(at) => self.range(at, usize::from(*width)),
            None => Ok(()),
        })
    }

    /// Counts `len` bytes as visited.
    #[inline]
    fn spend(&mut self, len: usize, at: usize) -> Verdict {
        match self.budget.checked_sub(wide(len)) {
            Some(rest) => {
                self.budget = rest;
                Ok(())
            }
            None => refuse(FlatFault::Budget, at),
        }
    }

    /// Where the offset at `at` leads, if it leads to something.
    #[inline]
    pub(super) fn target(&self, at: usize) -> Verdict<usize> {
        match bytes::target(self.bytes, at) {
            Some(target) => Ok(target),
            None => refuse(FlatFault::Outside, at),
        }
    }

    /// Whether a text lies behind the offset at `at`: its length, UTF-8 and a zero.
    #[inline]
    pub(super) fn text(&mut self, at: usize) -> Verdict {
        let rest = bytes::target(self.bytes, at).and_then(|start| self.bytes.get(start..));
        match rest.and_then(text_len) {
            Some(len) => self.spend(len, at),
            None => no_text(self.bytes, at),
        }
    }

    /// Whether a list of elements of `size` bytes lies behind the offset at `at`: where they begin, how many they are.
    #[inline]
    pub(super) fn list(&mut self, at: usize, size: usize) -> Verdict<(usize, usize)> {
        let start = self.target(at)?;
        let Some((first, count)) = bytes::counted(self.bytes, start) else {
            return refuse(FlatFault::Outside, at);
        };
        let len = count.saturating_mul(size);
        self.range(first, len)?;
        self.spend(len.saturating_add(OFFSET_LEN), start)?;
        Ok((first, count))
    }

    /// Whether the table at `at` is one whose `fields` are what they should be.
    #[inline]
    pub(super) fn table(
        &mut self,
        at: usize,
        slots: &'static Slots,
        fields: impl FnOnce(&mut Self, &Table<'a>) -> Verdict,
    ) -> Verdict {
        match Table::at(self.bytes, at) {
            Some(table) => self.fields(table, slots, fields),
            None => refuse(FlatFault::NoVtable, at),
        }
    }

    /// Whether the `fields` of `table` lie inside and are what they should be.
    #[inline]
    pub(super) fn fields(
        &mut self,
        table: Table<'a>,
        slots: &'static Slots,
        fields: impl FnOnce(&mut Self, &Table<'a>) -> Verdict,
    ) -> Verdict {
        let at = table.start();
        if self.depth == DEPTH_MAX {
            return refuse(FlatFault::Depth { max: DEPTH_MAX }, at);
        }
        self.spend(2 * OFFSET_LEN, at)?;
        if !table.has_room(slots.widths(), slots.widest()) {
            return outside(self.bytes, at, slots);
        }
        self.depth = self.depth.wrapping_add(1);
        fields(self, &table)?;
        self.depth = self.depth.wrapping_sub(1);
        Ok(())
    }
}

/// The length of the text that `bytes` begin with. A call of its own, with numbers in registers in and out.
#[inline(never)]
fn text_len(bytes: &[u8]) -> Option<usize> {
    let (len, rest) = bytes.split_first_chunk()?;
    let (text, [0, ..]) = rest.split_at_checked(bytes::index(u32::from_le_bytes(*len)))? else {
        return None;
    };
    bytes::utf8(text).map(str::len)
}

/// Says why there is no text behind the offset at `at`.
#[cold]
fn no_text(bytes: &[u8], at: usize) -> Verdict {
    let counted = bytes::target(bytes, at).and_then(|start| bytes::counted(bytes, start));
    let Some((first, len)) = counted else { return refuse(FlatFault::Outside, at) };
    match bytes.get(first.wrapping_add(len)) {
        Some(0) => refuse(FlatFault::NotUtf8, at),
        _ => refuse(FlatFault::Unterminated, at),
    }
}

/// Names the field of the table at `at` that does not lie inside.
#[cold]
fn outside(bytes: &[u8], at: usize, slots: &'static Slots) -> Verdict {
    let table = Table::at(bytes, at).unwrap_or(Table::EMPTY);
    let verifier = Verifier::new(bytes);
    let mut ids = (0..).zip(slots.widths());
    match ids.find(|(id, width)| verifier.slots(&table, *id, &[**width]).is_err()) {
        Some((id, _)) => refuse(FlatFault::Outside, table.field(id).unwrap_or_default())
            .map_err(|fault: Fault| fault.within(slots.owner(id))),
        // Inside the value, and yet more than an entry can say.
        None => refuse(FlatFault::Outside, at),
    }
}

/// A length in 64 bits, where no length of a slice overflows in what is reckoned here.
#[inline]
#[expect(clippy::as_conversions, reason = "widens")]
fn wide(len: usize) -> u64 {
    len as u64
}
