//! Reading stored bytes in place: numbers, texts, tables and the targets of offsets.
//!
//! ```text
//! table    soffset i32 (to its vtable, subtracted) │ fields inline
//! vtable   its length u16 │ the table's length u16 │ for each id: the field's offset in the table u16, 0 = absent
//! offset   u32, forwards from where it stands
//! ```
//!
//! All little-endian, at any address. Nothing here trusts the bytes: what lies outside reads as zero or empty. So a
//! view is sound for every input, and true for those that the verifier accepted.

/// The width of an offset, of a length and of the way to a vtable.
pub(super) const OFFSET_LEN: usize = size_of::<u32>();
/// The width of an entry of a vtable.
pub(super) const ENTRY_LEN: usize = size_of::<u16>();
/// The two lengths at the start of a vtable.
pub(super) const VTABLE_HEADER_LEN: usize = 2 * ENTRY_LEN;

/// How deeply tables may be nested; more is refused when written and when read.
pub(super) const DEPTH_MAX: u32 = 64;

/// A stored number as an index.
#[inline]
#[expect(clippy::as_conversions, reason = "an index has at least 32 bits where this crate runs")]
pub(super) const fn index(number: u32) -> usize {
    number as usize
}

/// A length as it is stored in a vtable.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a table has no room for more"
)]
pub(super) const fn narrow(len: usize) -> u16 {
    assert!(len < 0x1_0000, "a struct in FlatBuffers has less than 64 KiB");
    len as u16
}

/// The `N` bytes at `at`.
#[inline]
pub(super) fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    // Where the sum wraps, the end lies before the start. One comparison is left where it is known not to.
    bytes.get(at..at.wrapping_add(N))?.first_chunk().copied()
}

#[inline]
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    chunk(bytes, at).map(u16::from_le_bytes)
}

#[inline]
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    chunk(bytes, at).map(|bytes| index(u32::from_le_bytes(bytes)))
}

/// Where the offset at `at` leads.
#[inline]
pub(super) fn target(bytes: &[u8], at: usize) -> Option<usize> {
    at.checked_add(u32_at(bytes, at)?)
}

/// The elements, or the characters, behind the length at `at`: where they begin and how many they are.
#[inline]
pub(super) fn counted(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    Some((at.checked_add(OFFSET_LEN)?, u32_at(bytes, at)?))
}

/// The text behind the offset at `at`.
#[inline]
pub(super) fn text(bytes: &[u8], at: usize) -> Option<&str> {
    let (first, len) = counted(bytes, target(bytes, at)?)?;
    utf8(bytes.get(first..first.wrapping_add(len))?)
}

/// `text`, if it is UTF-8. Most texts are short and ASCII, for which two words are enough.
#[inline]
pub(super) fn utf8(text: &[u8]) -> Option<&str> {
    if is_short_ascii(text) {
        #[expect(unsafe_code, reason = "a text is read as often as it is verified")]
        // SAFETY: a byte below 128 is a character of its own, so that bytes below 128 are UTF-8.
        return Some(unsafe { str::from_utf8_unchecked(text) });
    }
    long_utf8(text)
}

#[inline(never)]
fn long_utf8(text: &[u8]) -> Option<&str> {
    str::from_utf8(text).ok()
}

/// Whether there are at most 16 bytes, all below 128. Two words that may overlap have all of them.
#[inline]
fn is_short_ascii(text: &[u8]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let seen = if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk()) {
        u64::from_le_bytes(*first) | u64::from_le_bytes(*last)
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk()) {
        u64::from(u32::from_le_bytes(*first) | u32::from_le_bytes(*last))
    } else {
        u64::from(text.iter().fold(0, |seen, byte| seen | byte))
    };
    text.len() <= 16 && seen & HIGH == 0
}

/// Whether the fields at `entries` have their `widths` in `room` bytes. An absent field, at 0, always has.
#[inline(never)]
fn have_room(entries: &[[u8; ENTRY_LEN]], widths: &[u16], room: u16) -> bool {
    let beyond = entries.iter().zip(widths).fold(0, |beyond, (entry, width)| {
        beyond | u16::from_le_bytes(*entry).saturating_sub(room.saturating_sub(*width))
    });
    beyond == 0
}

/// A table inside stored bytes. Reading it never fails: what is not there is absent.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    bytes: &'a [u8],
    /// Where it lies; in 32 bits, so that adding to it cannot wrap.
    at: u32,
    /// The vtable without its header: an entry for each id.
    entries: &'a [u8],
}

impl<'a> Table<'a> {
    /// A table without fields.
    pub(super) const EMPTY: Self = Self { bytes: &[], at: 0, entries: &[] };

    /// The table at `at`; `None` when it has no vtable that lies in `bytes`.
    #[inline]
    pub(super) fn at(bytes: &'a [u8], at: usize) -> Option<Self> {
        let vtable = bytes.get(Self::vtable_at(bytes, at)?..)?;
        let len = usize::from(u16_at(vtable, 0)?);
        if !len.is_multiple_of(ENTRY_LEN) {
            return None;
        }
        Some(Self {
            bytes,
            at: u32::try_from(at).ok()?,
            entries: vtable.get(VTABLE_HEADER_LEN..len)?,
        })
    }

    /// What it is made of.
    #[inline]
    pub(super) fn parts(self) -> (&'a [u8], u32, &'a [u8]) {
        (self.bytes, self.at, self.entries)
    }

    /// The table that is made of these parts.
    #[inline]
    pub(super) fn of(bytes: &'a [u8], at: u32, entries: &'a [u8]) -> Self {
        Self { bytes, at, entries }
    }

    /// The inside of a struct of fixed width at `at`, as a table whose only field is at `entry`, counted from 1.
    #[inline]
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "kept as long as the table")]
    pub(super) fn inside(bytes: &'a [u8], at: usize, entry: &'static [u8; 2]) -> Self {
        match u32::try_from(at.wrapping_sub(1)) {
            Ok(at) => Self { bytes, at, entries: entry },
            Err(_) => Self::EMPTY,
        }
    }

    /// Where the vtable of the table at `at` lies.
    #[inline]
    pub(super) fn vtable_at(bytes: &[u8], at: usize) -> Option<usize> {
        let way = i32::from_le_bytes(chunk(bytes, at)?);
        let vtable = isize::try_from(at).ok()?.checked_sub(isize::try_from(way).ok()?)?;
        usize::try_from(vtable).ok()
    }

    /// The table that the offset at `at` leads to.
    #[inline]
    pub(super) fn behind(bytes: &'a [u8], at: usize) -> Option<Self> {
        Self::at(bytes, target(bytes, at)?)
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Where it lies.
    #[inline]
    pub(super) fn start(&self) -> usize {
        index(self.at)
    }

    /// How long its vtable is.
    #[inline]
    pub(super) fn vtable_len(&self) -> usize {
        self.entries.len().saturating_add(VTABLE_HEADER_LEN)
    }

    /// Whether each field that is there has as many bytes behind its place as `widths` says for its id; none has more
    /// than `widest`.
    #[inline]
    pub(super) fn has_room(&self, widths: &[u16], widest: u16) -> bool {
        let (entries, _) = self.entries.as_chunks();
        // An entry has 16 bits: nothing beyond that is a field's.
        let room = self.bytes.len().wrapping_sub(self.start());
        let reach = |len| u16::try_from(len).unwrap_or(u16::MAX);
        // Behind the fields there mostly is room for the widest, and then one limit does for all. As many entries as
        // are known when compiled take a few wide instructions.
        if let Some(entries) = entries.get(..widths.len())
            && let Some(limit) = room.checked_sub(usize::from(widest))
        {
            let limit = reach(limit);
            let beyond = entries
                .iter()
                .fold(0, |beyond, entry| beyond | u16::from_le_bytes(*entry).saturating_sub(limit));
            if beyond == 0 {
                return true;
            }
        }
        have_room(entries, widths, reach(room))
    }

    /// Where the field `id` lies.
    #[inline]
    pub(super) fn field(&self, id: u16) -> Option<usize> {
        match u16_at(self.entries, usize::from(id).wrapping_mul(ENTRY_LEN)) {
            None | Some(0) => None,
            Some(offset) => Some(self.start().wrapping_add(usize::from(offset))),
        }
    }
}
