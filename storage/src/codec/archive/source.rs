//! Bytes of an archive that are read, and what that may cost.
//!
//! Every access stays inside, and every byte behind a pointer is paid for once: rkyv's values own what they point to,
//! so pointers to more bytes than there are were forged. No forged pointer makes the work more than the value is long.

use super::format::{Format, apart_len, first_filler, is_in_place};
use crate::error::ArchiveError;

/// How many pointers may lie behind one another, as in rkyv's own check; and how many levels of types there may be on
/// the way, because each is a call.
const POINTERS_MAX: usize = 64;
const LEVELS_MAX: usize = 512;
/// How many elements without bytes there may be, beside one for each byte of the value.
const WEIGHTLESS_MAX: usize = 1 << 16;

/// Entries of a hash table take up to this many of its control bytes at once.
pub(super) const GROUP: usize = 16;

pub(super) type Read<T> = Result<T, ArchiveError>;

/// An archive that is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct ArchiveSource<'b> {
    body: &'b [u8],
    format: Format,
    /// Bytes that no pointer has claimed.
    unclaimed: usize,
    /// Elements without bytes that there may still be.
    weightless: usize,
    pointers: usize,
    levels: usize,
}

/// Text: where it lies, and whether that is elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextPlace {
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) is_apart: bool,
}

/// A hash table: buckets from the last to the first, then a control byte for each and some more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Buckets {
    pub(super) at: usize,
    pub(super) controls_at: usize,
    pub(super) len: usize,
    pub(super) capacity: usize,
    pub(super) controls_len: usize,
}

impl Buckets {
    /// Where the bucket of this number is, if each has `size` bytes.
    pub(super) const fn bucket(&self, number: usize, size: usize) -> usize {
        let behind = self.capacity.saturating_sub(number.saturating_add(1));
        self.at.saturating_add(behind.saturating_mul(size))
    }
}

impl<'b> ArchiveSource<'b> {
    /// The archive `body`, whose last `root` bytes are the record.
    pub(super) fn new(body: &'b [u8], format: Format, root: usize) -> Read<(Self, usize)> {
        let at = body.len().checked_sub(root).ok_or(ArchiveError::OutOfBounds)?;
        let weightless = at.saturating_add(WEIGHTLESS_MAX);
        Ok((Self { body, format, unclaimed: at, weightless, pointers: 0, levels: 0 }, at))
    }

    #[inline]
    pub(super) const fn format(&self) -> Format {
        self.format
    }

    #[inline]
    pub(super) fn bytes(&self, at: usize, len: usize) -> Read<&'b [u8]> {
        self.body.get(at..).and_then(|rest| rest.get(..len)).ok_or(ArchiveError::OutOfBounds)
    }

    #[inline]
    pub(super) fn byte(&self, at: usize) -> Read<u8> {
        self.body.get(at).copied().ok_or(ArchiveError::OutOfBounds)
    }

    /// The number of `size` bytes at `at`.
    #[inline]
    pub(super) fn number(&self, at: usize, size: usize) -> Read<u128> {
        let is_turned = self.format.is_big_endian;
        Ok(match size {
            1 => self.byte(at)?.into(),
            2 => turned(u16::from_le_bytes(self.array(at)?), is_turned, u16::swap_bytes).into(),
            4 => turned(u32::from_le_bytes(self.array(at)?), is_turned, u32::swap_bytes).into(),
            8 => turned(u64::from_le_bytes(self.array(at)?), is_turned, u64::swap_bytes).into(),
            _ => turned(u128::from_le_bytes(self.array(at)?), is_turned, u128::swap_bytes),
        })
    }

    #[inline]
    fn array<const N: usize>(&self, at: usize) -> Read<[u8; N]> {
        let rest = self.body.get(at..).and_then(|rest| rest.first_chunk());
        rest.copied().ok_or(ArchiveError::OutOfBounds)
    }

    /// A number of a pointer's width.
    #[inline]
    fn raw_word(&self, at: usize) -> Read<u64> {
        let bytes = self.bytes(at, self.format.pointer)?;
        if let (&[a, b, c, d], false) = (bytes, self.format.is_big_endian) {
            return Ok(u32::from_le_bytes([a, b, c, d]).into());
        }
        let wide = self.number(at, self.format.pointer)?;
        u64::try_from(wide).map_err(|_| ArchiveError::OutOfBounds)
    }

    /// A length.
    #[inline]
    pub(super) fn word(&self, at: usize) -> Read<usize> {
        usize::try_from(self.raw_word(at)?).map_err(|_| ArchiveError::OutOfBounds)
    }

    /// What the pointer at `at` points to, counted from `base`.
    #[inline]
    pub(super) fn target(&self, at: usize, base: usize) -> Read<usize> {
        if self.format.is_usual() {
            return Ok(moved(base, i32::from_le_bytes(self.array(at)?)));
        }
        let raw = self.raw_word(at)?;
        let offset = match self.format.pointer {
            2 => u16::try_from(raw).ok().map(|raw| i64::from(raw.cast_signed())),
            4 => u32::try_from(raw).ok().map(|raw| i64::from(raw.cast_signed())),
            _ => Some(raw.cast_signed()),
        };
        let offset = offset.and_then(|offset| isize::try_from(offset).ok());
        offset.and_then(|offset| base.checked_add_signed(offset)).ok_or(ArchiveError::OutOfBounds)
    }

    /// Pays for `len` bytes behind a pointer, which must be there.
    #[inline]
    fn claim(&mut self, at: usize, len: usize) -> Read<()> {
        self.unclaimed = self.unclaimed.checked_sub(len).ok_or(ArchiveError::Shared)?;
        self.bytes(at, len).map(drop)
    }

    /// The eight bytes of text, in the usual format.
    #[inline]
    pub(super) fn text_form(&self, at: usize) -> Read<u64> {
        self.array(at).map(u64::from_le_bytes)
    }

    /// Pays for the text of the usual format at `at`, of which `form` are the eight bytes and which lies elsewhere.
    #[inline]
    pub(super) fn text_apart(&mut self, at: usize, form: u64) -> Read<TextPlace> {
        self.claim_text(usual_apart(at, form)?)
    }

    /// Text in the form that lies in its place if it is short.
    #[inline]
    pub(super) fn text(&self, at: usize) -> Read<TextPlace> {
        if !self.format.is_usual() {
            return self.unusual_text(at);
        }
        let form = self.text_form(at)?;
        if is_in_place(form) {
            return Ok(TextPlace { at, len: first_filler(form), is_apart: false });
        }
        usual_apart(at, form)
    }

    fn unusual_text(&self, at: usize) -> Read<TextPlace> {
        let room = self.format.pointer.saturating_mul(2);
        let form = self.bytes(at, room)?;
        if form.first().is_some_and(|first| first & 0xc0 != 0x80) {
            let len = form.iter().position(|byte| *byte == 0xff).unwrap_or(room);
            return Ok(TextPlace { at, len, is_apart: false });
        }
        let raw = self.raw_word(at)?;
        let len = match self.format.is_big_endian {
            false => (raw & 0x3f) | ((raw & !0xff) >> 2),
            true => raw & (u64::MAX >> 2 >> self.spare_bits()),
        };
        let len = usize::try_from(len).map_err(|_| ArchiveError::OutOfBounds)?;
        if len <= room {
            return Err(ArchiveError::Length);
        }
        let target = self.target(at.saturating_add(self.format.pointer), at)?;
        Ok(TextPlace { at: target, len, is_apart: true })
    }

    /// How many bits of a `u64` a pointer does not have.
    fn spare_bits(&self) -> u32 {
        let bits = u32::try_from(self.format.pointer).unwrap_or(8).saturating_mul(8);
        u64::BITS.saturating_sub(bits)
    }

    /// Pays for text that was found.
    #[inline]
    pub(super) fn claim_text(&mut self, text: TextPlace) -> Read<TextPlace> {
        if text.is_apart {
            self.claim(text.at, text.len)?;
        }
        Ok(text)
    }

    /// Text in the form that a list of its bytes has.
    pub(super) fn str(&self, at: usize) -> Read<TextPlace> {
        let len = self.word(at.saturating_add(self.format.pointer))?;
        let at = if len == 0 { 0 } else { self.target(at, at)? };
        Ok(TextPlace { at, len, is_apart: true })
    }

    /// A list whose elements have `size` bytes: where these are, and how many.
    #[inline]
    pub(super) fn list(&mut self, at: usize, size: usize) -> Read<(usize, usize)> {
        let len = self.word(at.saturating_add(self.format.pointer))?;
        let target = if len == 0 { 0 } else { self.target(at, at)? };
        self.elements(target, size, len)?;
        Ok((target, len))
    }

    /// Pays for so many elements without bytes.
    pub(super) fn pay(&mut self, len: usize) -> Read<()> {
        self.weightless = self.weightless.checked_sub(len).ok_or(ArchiveError::Shared)?;
        Ok(())
    }

    /// Pays for so many elements at `at`.
    pub(super) fn elements(&mut self, at: usize, size: usize, len: usize) -> Read<()> {
        if size == 0 {
            return self.pay(len);
        }
        let bytes = size.checked_mul(len).ok_or(ArchiveError::OutOfBounds)?;
        if len == 0 { Ok(()) } else { self.claim(at, bytes) }
    }

    /// What the box at `at` points to, which has `size` bytes.
    #[inline]
    pub(super) fn boxed(&mut self, at: usize, size: usize) -> Read<usize> {
        let target = self.target(at, at)?;
        self.claim(target, size)?;
        Ok(target)
    }

    /// A part of something, `size` bytes behind a pointer.
    #[inline]
    pub(super) fn node(&mut self, at: usize, size: usize) -> Read<()> {
        self.claim(at, size)
    }

    /// The hash table at `at`, whose buckets have `size` bytes.
    pub(super) fn buckets(&mut self, at: usize, size: usize) -> Read<Buckets> {
        let pointer = self.format.pointer;
        let len = self.word(at.saturating_add(pointer))?;
        let capacity = self.word(at.saturating_add(pointer.saturating_mul(2)))?;
        if len == 0 {
            return Ok(Buckets { at: 0, controls_at: 0, len, capacity: 0, controls_len: 0 });
        }
        if len >= capacity {
            return Err(ArchiveError::Length);
        }
        let controls_at = self.target(at, at)?;
        let bytes = size.checked_mul(capacity).ok_or(ArchiveError::OutOfBounds)?;
        let buckets_at = controls_at.checked_sub(bytes).ok_or(ArchiveError::OutOfBounds)?;
        let probed = capacity.checked_next_multiple_of(GROUP).ok_or(ArchiveError::OutOfBounds)?;
        let controls_len = probed.checked_add(GROUP.saturating_sub(1));
        let controls_len = controls_len.ok_or(ArchiveError::OutOfBounds)?;
        self.claim(buckets_at, bytes)?;
        self.claim(controls_at, controls_len)?;
        let table = Buckets { at: buckets_at, controls_at, len, capacity, controls_len };
        let full = self.full(&table)?.count();
        if full == len { Ok(table) } else { Err(ArchiveError::Length) }
    }

    /// The numbers of the buckets that have something in them.
    pub(super) fn full(&self, table: &Buckets) -> Read<impl Iterator<Item = usize> + use<'b>> {
        let controls = self.bytes(table.controls_at, table.capacity)?;
        let is_full = |(number, control): (usize, &u8)| (control & 0x80 == 0).then_some(number);
        Ok(controls.iter().enumerate().filter_map(is_full))
    }

    /// Goes down a level; behind a pointer if that `is_apart`.
    #[inline]
    pub(super) fn enter(&mut self, is_apart: bool) -> Read<()> {
        self.levels = self.levels.saturating_add(1);
        self.pointers = self.pointers.saturating_add(usize::from(is_apart));
        if self.levels > LEVELS_MAX || self.pointers > POINTERS_MAX {
            return Err(ArchiveError::TooDeep);
        }
        Ok(())
    }

    /// And up again.
    #[inline]
    pub(super) const fn leave(&mut self, is_apart: bool) {
        self.levels = self.levels.saturating_sub(1);
        if is_apart {
            self.pointers = self.pointers.saturating_sub(1);
        }
    }
}

/// Text of the usual format at `at`, of which `form` are the eight bytes and which lies elsewhere.
#[inline]
fn usual_apart(at: usize, form: u64) -> Read<TextPlace> {
    let len = usize::try_from(apart_len(form)).map_err(|_| ArchiveError::OutOfBounds)?;
    if len <= size_of::<u64>() {
        return Err(ArchiveError::Length);
    }
    let [.., a, b, c, d] = form.to_le_bytes();
    let at = moved(at, i32::from_le_bytes([a, b, c, d]));
    Ok(TextPlace { at, len, is_apart: true })
}

/// The place so many bytes behind `base`, or before it: what lies before the first byte is a place that no body has.
#[inline]
fn moved(base: usize, offset: i32) -> usize {
    base.wrapping_add_signed(isize::try_from(offset).unwrap_or(isize::MIN))
}

#[inline]
fn turned<T>(number: T, is_turned: bool, turn: impl FnOnce(T) -> T) -> T {
    if is_turned { turn(number) } else { number }
}
