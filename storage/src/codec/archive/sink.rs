//! Bytes of an archive that are written.
//!
//! What a value points to is written before it, and it needs to know where: the places of parts wait in a line until
//! their owner is written, which asks for them in the same order.

use super::format::Format;
use crate::{error::ArchiveError, schema::ArchivedLayout};
use smallvec::SmallVec;

/// Text of so many bytes is too long for the usual format.
const USUAL_TEXT_MAX: u32 = 1 << 30;

pub(super) type Written<T> = Result<T, ArchiveError>;

/// An archive that is written behind what is in `out`.
#[derive(Debug)]
pub(super) struct ArchiveSink<'o> {
    out: &'o mut Vec<u8>,
    start: usize,
    format: Format,
    places: SmallVec<[usize; 32]>,
}

/// What of the places in line belongs to the owner that is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    mark: usize,
    next: usize,
}

impl<'o> ArchiveSink<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>, format: Format) -> Self {
        let start = out.len();
        Self { out, start, format, places: SmallVec::new() }
    }

    #[inline]
    pub(super) const fn format(&self) -> Format {
        self.format
    }

    /// How many bytes the archive has.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.out.len().saturating_sub(self.start)
    }

    /// Zeros up to a multiple of `align`: where that is.
    #[inline]
    pub(super) fn align(&mut self, align: usize) -> usize {
        let at = round_up(self.len(), align);
        self.out.resize(self.start.saturating_add(at), 0);
        at
    }

    /// Zeros for a value of this layout: where.
    #[inline]
    pub(super) fn room(&mut self, layout: ArchivedLayout) -> usize {
        let at = round_up(self.len(), layout.align);
        self.out.resize(self.start.saturating_add(at).saturating_add(layout.size), 0);
        at
    }

    /// Appends bytes: where.
    #[inline]
    pub(super) fn append(&mut self, bytes: &[u8]) -> usize {
        let at = self.len();
        self.out.extend_from_slice(bytes);
        at
    }

    /// Puts bytes where room was made for them.
    #[inline]
    pub(super) fn put(&mut self, at: usize, bytes: &[u8]) -> Written<()> {
        let at = self.start.saturating_add(at);
        let room = self.out.get_mut(at..at.saturating_add(bytes.len()));
        room.map(|room| room.copy_from_slice(bytes)).ok_or(ArchiveError::OutOfBounds)
    }

    /// Puts the low `size` bytes of a number.
    #[inline]
    pub(super) fn put_number(&mut self, at: usize, size: usize, number: u128) -> Written<()> {
        let bytes = number.to_le_bytes();
        if !self.format.is_big_endian {
            // Lengths that the compiler knows are stores and not calls.
            return match size {
                1 => self.put_low::<1>(at, &bytes),
                2 => self.put_low::<2>(at, &bytes),
                4 => self.put_low::<4>(at, &bytes),
                8 => self.put_low::<8>(at, &bytes),
                _ => self.put(at, bytes.get(..size).ok_or(ArchiveError::OutOfBounds)?),
            };
        }
        let bytes = number.to_be_bytes();
        let low = bytes.len().checked_sub(size).and_then(|start| bytes.get(start..));
        self.put(at, low.ok_or(ArchiveError::OutOfBounds)?)
    }

    #[inline]
    fn put_low<const N: usize>(&mut self, at: usize, bytes: &[u8; 16]) -> Written<()> {
        self.put(at, bytes.first_chunk::<N>().ok_or(ArchiveError::OutOfBounds)?)
    }

    /// Puts a number of a pointer's width.
    #[inline]
    fn put_raw_word(&mut self, at: usize, word: u64) -> Written<()> {
        let is_usual = self.format.pointer == 4 && !self.format.is_big_endian;
        match u32::try_from(word) {
            Ok(word) if is_usual => self.put(at, &word.to_le_bytes()),
            _ if word > u64::MAX >> self.spare_bits() => Err(ArchiveError::TooLong),
            _ => self.put_number(at, self.format.pointer, word.into()),
        }
    }

    /// How many bits of a `u64` a pointer does not have.
    fn spare_bits(&self) -> u32 {
        let bits = u32::try_from(self.format.pointer).unwrap_or(8).saturating_mul(8);
        u64::BITS.saturating_sub(bits)
    }

    /// Puts a length.
    #[inline]
    pub(super) fn put_word(&mut self, at: usize, word: usize) -> Written<()> {
        self.put_raw_word(at, u64::try_from(word).map_err(|_| ArchiveError::TooLong)?)
    }

    /// Puts a pointer to `target`, counted from `base`.
    #[inline]
    pub(super) fn put_pointer(&mut self, at: usize, base: usize, target: usize) -> Written<()> {
        if self.format.is_usual() {
            return self.put(at, &usual_offset(base, target)?.to_le_bytes());
        }
        let [base, target] = [base, target].map(|place| i64::try_from(place).unwrap_or(i64::MAX));
        let offset = target.saturating_sub(base);
        let spare = self.spare_bits();
        // What the narrower number has is what comes back of it.
        let bits = offset.cast_unsigned() & (u64::MAX >> spare);
        let back = bits.wrapping_shl(spare).cast_signed().wrapping_shr(spare);
        if back != offset {
            return Err(ArchiveError::TooLong);
        }
        self.put_raw_word(at, bits)
    }

    /// Puts a pointer to nothing.
    pub(super) fn put_no_pointer(&mut self, at: usize) -> Written<()> {
        self.put_pointer(at, at, at.saturating_add(1))
    }

    /// Puts two words of the usual format.
    #[inline]
    fn put_usual(&mut self, [low, high]: [u32; 2], at: usize) -> Written<()> {
        let both = u64::from(low) | u64::from(high) << u32::BITS;
        self.put(at, &both.to_le_bytes())
    }

    /// Puts text of the usual format that lies in its eight bytes, of which it has `len`.
    #[inline]
    pub(super) fn put_short_form(&mut self, at: usize, form: u64, len: usize) -> Written<()> {
        let bits = u32::try_from(len).ok().and_then(|len| len.checked_mul(u8::BITS));
        let fillers = bits.and_then(|bits| u64::MAX.checked_shl(bits)).unwrap_or_default();
        self.put(at, &(form | fillers).to_le_bytes())
    }

    /// Puts a pointer and a length.
    #[inline]
    pub(super) fn put_span(&mut self, at: usize, target: usize, len: usize) -> Written<()> {
        if self.format.is_usual() {
            let len = u32::try_from(len).map_err(|_| ArchiveError::TooLong)?;
            return self.put_usual([usual_offset(at, target)?.cast_unsigned(), len], at);
        }
        self.put_pointer(at, at, target)?;
        self.put_word(at.saturating_add(self.format.pointer), len)
    }

    /// Whether text of this length lies in its place.
    #[inline]
    pub(super) const fn is_short(&self, len: usize) -> bool {
        len <= self.format.pointer.saturating_mul(2)
    }

    /// Puts text that lies in its place.
    #[inline]
    pub(super) fn put_short_text(&mut self, at: usize, text: &[u8]) -> Written<()> {
        let start = self.start.saturating_add(at);
        let end = start.saturating_add(self.format.pointer.saturating_mul(2));
        if let Some(room) = self.out.get_mut(start..end) {
            room.fill(0xff);
        }
        self.put(at, text)
    }

    /// Puts where long text lies.
    #[inline]
    pub(super) fn put_long_text(&mut self, at: usize, len: usize, target: usize) -> Written<()> {
        if self.format.is_usual() {
            let len = u32::try_from(len).ok().filter(|len| *len < USUAL_TEXT_MAX);
            let len = len.ok_or(ArchiveError::TooLong)?;
            let marked = (len & 0x3f) | 0x80 | ((len & !0x3f) << 2);
            return self.put_usual([marked, usual_offset(at, target)?.cast_unsigned()], at);
        }
        let len = u64::try_from(len).map_err(|_| ArchiveError::TooLong)?;
        let top = (u64::MAX >> self.spare_bits()) ^ (u64::MAX >> self.spare_bits() >> 1);
        if len >= top >> 1 {
            return Err(ArchiveError::TooLong);
        }
        let marked = match self.format.is_big_endian {
            false => (len & 0x3f) | 0x80 | ((len & !0x3f) << 2),
            true => len | top,
        };
        self.put_raw_word(at, marked)?;
        self.put_pointer(at.saturating_add(self.format.pointer), at, target)
    }

    /// Writes long text, and puts its place in line.
    #[inline]
    pub(super) fn append_text(&mut self, text: &[u8]) {
        let at = self.append(text);
        self.places.push(at);
    }

    /// Puts a place in line.
    #[inline]
    pub(super) fn queue(&mut self, place: usize) {
        self.places.push(place);
    }

    /// Those places that are put in line from now on.
    #[inline]
    pub(super) fn line(&self) -> Line {
        Line { mark: self.places.len(), next: self.places.len() }
    }

    /// Takes the next place of a line.
    #[inline]
    pub(super) fn next(&self, line: &mut Line) -> Written<usize> {
        let place = self.places.get(line.next).copied().ok_or(ArchiveError::OtherType)?;
        line.next = line.next.saturating_add(1);
        Ok(place)
    }

    /// Their owner is written: the places of the line are of no use any more.
    #[inline]
    pub(super) fn close(&mut self, line: Line) {
        self.places.truncate(line.mark);
    }
}

/// How far `target` is from `base`, in the usual format.
#[inline]
fn usual_offset(base: usize, target: usize) -> Written<i32> {
    let [base, target] = [base, target].map(|place| i64::try_from(place).unwrap_or(i64::MAX));
    i32::try_from(target.saturating_sub(base)).map_err(|_| ArchiveError::TooLong)
}

/// The next multiple of `align`, which is a power of two but for forged types.
#[inline]
fn round_up(len: usize, align: usize) -> usize {
    if align.is_power_of_two() {
        let mask = align.wrapping_sub(1);
        return len.saturating_add(mask) & !mask;
    }
    len.checked_next_multiple_of(align).unwrap_or(len)
}
