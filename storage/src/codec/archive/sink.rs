//! Bytes of an archive that are written.
//!
//! What a value points to is written before it, and pointers are relative: where it will lie is known only when all of
//! that is written. Until then it is a draft, and its pointers are kept as the places that they point to.

use super::format::{Format, filled};
use crate::error::ArchiveError;
use std::{cell::Cell, mem};

/// The most memory for drafts that a thread keeps for the next archive.
const KEPT_MAX: usize = 64 * 1024;

pub(super) type Written<T> = Result<T, ArchiveError>;

/// An archive that is written behind what is in `out`.
#[derive(Debug)]
pub(super) struct ArchiveSink<'o> {
    out: &'o mut Vec<u8>,
    start: usize,
    format: Format,
    drafts: ValueDrafts,
}

/// The values that are drafts, each behind the one that it belongs to.
#[derive(Debug, Default)]
struct ValueDrafts {
    bytes: Vec<u8>,
    pointers: Vec<DraftPointer>,
}

/// A pointer in a draft.
#[derive(Clone, Copy, Debug)]
struct DraftPointer {
    /// Where it is among the drafts.
    at: usize,
    /// How far what it points to in the archive is from where it counts among the drafts.
    offset: isize,
}

/// A value that is a draft, which everything that is begun after it belongs to.
#[derive(Debug)]
pub(super) struct ValueDraft {
    /// Where it is among the drafts.
    pub(super) at: usize,
    pointers: usize,
}

thread_local! {
    static DRAFTS: Cell<ValueDrafts> = const { Cell::new(ValueDrafts::new()) };
}

impl ValueDrafts {
    const fn new() -> Self {
        Self { bytes: Vec::new(), pointers: Vec::new() }
    }
}

impl<'o> ArchiveSink<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>, format: Format) -> Self {
        let start = out.len();
        Self { out, start, format, drafts: DRAFTS.try_with(Cell::take).unwrap_or_default() }
    }

    #[inline]
    pub(super) const fn format(&self) -> Format {
        self.format
    }

    /// How many bytes the archive has.
    #[inline]
    fn len(&self) -> usize {
        self.out.len().saturating_sub(self.start)
    }

    /// Zeros up to a multiple of `align`: where that is.
    #[inline]
    pub(super) fn align(&mut self, align: usize) -> usize {
        let (len, at) = (self.len(), round_up(self.len(), align));
        if at > len {
            self.out.resize(self.start.saturating_add(at), 0);
        }
        at
    }

    /// Appends bytes: where.
    #[inline]
    pub(super) fn append(&mut self, bytes: &[u8]) -> usize {
        let at = self.len();
        self.out.extend_from_slice(bytes);
        at
    }

    /// Begins a value of `size` bytes, which are zero.
    #[inline]
    pub(super) fn draft(&mut self, size: usize) -> ValueDraft {
        let ValueDrafts { bytes, pointers } = &mut self.drafts;
        let at = bytes.len();
        bytes.resize(at.saturating_add(size), 0);
        ValueDraft { at, pointers: pointers.len() }
    }

    /// Appends a value that is a draft, as what it points to is written: where.
    #[inline]
    pub(super) fn settle(&mut self, draft: ValueDraft, align: usize) -> Written<usize> {
        let (place, is_usual) = (self.align(align), self.format.is_usual());
        let moved = place.wrapping_sub(draft.at).cast_signed();
        let ValueDrafts { bytes, pointers } = &mut self.drafts;
        let written = bytes.get_mut(draft.at..).unwrap_or_default();
        for pointer in pointers.get(draft.pointers..).unwrap_or_default() {
            let at = pointer.at.wrapping_sub(draft.at);
            // Both are places in memory, so the difference is no more than a pointer's width holds.
            let offset = pointer.offset.wrapping_sub(moved);
            match i32::try_from(offset) {
                Ok(offset) if is_usual => put(written, at, &offset.to_le_bytes())?,
                _ => put_word(written, at, self.format, offset_bits(self.format, offset)?)?,
            }
        }
        pointers.truncate(draft.pointers);
        self.out.extend_from_slice(written);
        bytes.truncate(draft.at);
        Ok(place)
    }

    /// Puts a pointer that counts from `base` to what is in the archive at `target`.
    #[inline]
    pub(super) fn point(&mut self, at: usize, base: usize, target: usize) {
        let offset = target.wrapping_sub(base).cast_signed();
        self.drafts.pointers.push(DraftPointer { at, offset });
    }

    /// Puts bytes into a draft.
    #[inline]
    pub(super) fn put(&mut self, at: usize, bytes: &[u8]) -> Written<()> {
        put(&mut self.drafts.bytes, at, bytes)
    }

    /// Puts the low `size` bytes of a number.
    #[inline]
    pub(super) fn put_number(&mut self, at: usize, size: usize, number: u128) -> Written<()> {
        put_number(&mut self.drafts.bytes, at, (size, self.format.is_big_endian), number)
    }

    /// Puts a length.
    #[inline]
    pub(super) fn put_word(&mut self, at: usize, word: usize) -> Written<()> {
        let word = u64::try_from(word).map_err(|_| ArchiveError::TooLong)?;
        put_word(&mut self.drafts.bytes, at, self.format, word)
    }

    /// Puts a pointer to nothing, whose offset is 1.
    pub(super) fn point_nowhere(&mut self, at: usize) -> Written<()> {
        put_word(&mut self.drafts.bytes, at, self.format, 1)
    }

    /// Puts text of the usual format that lies in its eight bytes.
    #[inline]
    pub(super) fn put_short_form(&mut self, at: usize, form: u64) -> Written<()> {
        self.put(at, &filled(form).to_le_bytes())
    }

    /// Puts a pointer to what is in the archive at `target`, and a length.
    #[inline]
    pub(super) fn put_span(&mut self, at: usize, target: usize, len: usize) -> Written<()> {
        self.point(at, at, target);
        self.put_word(at.saturating_add(self.format.pointer), len)
    }

    /// Puts a pointer to nothing, and that this is so long.
    pub(super) fn put_no_span(&mut self, at: usize) -> Written<()> {
        self.point_nowhere(at)?;
        self.put_word(at.saturating_add(self.format.pointer), 0)
    }

    /// Whether text of this length lies in its place.
    #[inline]
    pub(super) const fn is_short(&self, len: usize) -> bool {
        len <= self.format.pointer.saturating_mul(2)
    }

    /// Puts text that lies in its place.
    #[inline]
    pub(super) fn put_short_text(&mut self, at: usize, text: &[u8]) -> Written<()> {
        let end = at.saturating_add(self.format.pointer.saturating_mul(2));
        if let Some(room) = self.drafts.bytes.get_mut(at..end) {
            room.fill(0xff);
        }
        self.put(at, text)
    }

    /// Puts text of the usual format that is in the archive at `target`: `form` are its eight bytes where it was.
    #[inline]
    pub(super) fn put_apart_form(&mut self, at: usize, form: u64, target: usize) -> Written<()> {
        self.point(at.saturating_add(self.format.pointer), at, target);
        self.put(at, &form.to_le_bytes())
    }

    /// Appends long text, and puts where it lies.
    pub(super) fn put_long_text(&mut self, at: usize, text: &[u8]) -> Written<()> {
        let target = self.append(text);
        self.point(at.saturating_add(self.format.pointer), at, target);
        let len = u64::try_from(text.len()).map_err(|_| ArchiveError::TooLong)?;
        let spare = spare_bits(self.format);
        let top = (u64::MAX >> spare) ^ (u64::MAX >> spare >> 1);
        if len >= top >> 1 {
            return Err(ArchiveError::TooLong);
        }
        let marked = match self.format.is_big_endian {
            false => (len & 0x3f) | 0x80 | ((len & !0x3f) << 2),
            true => len | top,
        };
        put_word(&mut self.drafts.bytes, at, self.format, marked)
    }
}

impl Drop for ArchiveSink<'_> {
    fn drop(&mut self) {
        let ValueDrafts { bytes, pointers } = &mut self.drafts;
        let kept = pointers.capacity().saturating_mul(size_of::<DraftPointer>());
        if kept.saturating_add(bytes.capacity()) <= KEPT_MAX {
            // What an error has left of drafts is of no use.
            bytes.clear();
            pointers.clear();
            let drafts = mem::take(&mut self.drafts);
            // A thread that ends has no use for them.
            let _ = DRAFTS.try_with(|kept| kept.set(drafts));
        }
    }
}

#[inline]
fn put(room: &mut [u8], at: usize, bytes: &[u8]) -> Written<()> {
    let room = room.get_mut(at..).and_then(|room| room.get_mut(..bytes.len()));
    room.map(|room| room.copy_from_slice(bytes)).ok_or(ArchiveError::OutOfBounds)
}

/// Puts the low `size` bytes of a number, the highest first or last.
#[inline]
fn put_number(
    room: &mut [u8],
    at: usize,
    (size, is_big_endian): (usize, bool),
    number: u128,
) -> Written<()> {
    let bytes = number.to_le_bytes();
    if !is_big_endian {
        // Lengths that the compiler knows are stores and not calls.
        return match size {
            1 => put_low::<1>(room, at, &bytes),
            2 => put_low::<2>(room, at, &bytes),
            4 => put_low::<4>(room, at, &bytes),
            8 => put_low::<8>(room, at, &bytes),
            _ => put(room, at, bytes.get(..size).ok_or(ArchiveError::OutOfBounds)?),
        };
    }
    let bytes = number.to_be_bytes();
    let low = bytes.len().checked_sub(size).and_then(|start| bytes.get(start..));
    put(room, at, low.ok_or(ArchiveError::OutOfBounds)?)
}

#[inline]
fn put_low<const N: usize>(room: &mut [u8], at: usize, bytes: &[u8; 16]) -> Written<()> {
    put(room, at, bytes.first_chunk::<N>().ok_or(ArchiveError::OutOfBounds)?)
}

/// Puts a number of a pointer's width.
#[inline]
fn put_word(room: &mut [u8], at: usize, format: Format, word: u64) -> Written<()> {
    match u32::try_from(word) {
        Ok(word) if format.is_usual() => put(room, at, &word.to_le_bytes()),
        _ if word > u64::MAX >> spare_bits(format) => Err(ArchiveError::TooLong),
        _ => put_number(room, at, (format.pointer, format.is_big_endian), word.into()),
    }
}

/// How many bits of a `u64` a pointer does not have.
fn spare_bits(format: Format) -> u32 {
    let bits = u32::try_from(format.pointer).unwrap_or(8).saturating_mul(8);
    u64::BITS.saturating_sub(bits)
}

/// The bits of an offset as a pointer has them.
fn offset_bits(format: Format, offset: isize) -> Written<u64> {
    let offset = i64::try_from(offset).map_err(|_| ArchiveError::TooLong)?;
    let spare = spare_bits(format);
    // What the narrower number has is what comes back of it.
    let bits = offset.cast_unsigned() & (u64::MAX >> spare);
    let back = bits.wrapping_shl(spare).cast_signed().wrapping_shr(spare);
    if back == offset { Ok(bits) } else { Err(ArchiveError::TooLong) }
}

/// The next multiple of `align`, which is a power of two but for forged types.
#[inline]
fn round_up(len: usize, align: usize) -> usize {
    let mask = align.wrapping_sub(1);
    if align & mask == 0 && align > 0 {
        return len.saturating_add(mask) & !mask;
    }
    len.checked_next_multiple_of(align).unwrap_or(len)
}
