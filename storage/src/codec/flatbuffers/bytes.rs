//! Reading stored bytes in place, without `unsafe`: numbers, tables and the targets of offsets.
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

/// A stored number as an index.
#[inline]
#[expect(clippy::as_conversions, reason = "an index has at least 32 bits where this crate runs")]
pub(super) const fn index(number: u32) -> usize {
    number as usize
}

/// The `N` bytes at `at`.
#[inline]
pub(super) fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
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

/// A table inside stored bytes. Reading it never fails: what is not there is absent.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
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
        Some(Self { bytes, at, entries: vtable.get(VTABLE_HEADER_LEN..len)? })
    }

    /// The inside of a struct of fixed width at `at`, as a table whose only field is at `entry`, counted from 1.
    #[inline]
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "kept as long as the table")]
    pub(super) fn inside(bytes: &'a [u8], at: usize, entry: &'static [u8; 2]) -> Self {
        Self { bytes, at: at.wrapping_sub(1), entries: entry }
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
        self.at
    }

    /// How long its vtable is.
    #[inline]
    pub(super) fn vtable_len(&self) -> usize {
        self.entries.len().saturating_add(VTABLE_HEADER_LEN)
    }

    /// Where the field `id` lies.
    #[inline]
    pub(super) fn field(&self, id: u16) -> Option<usize> {
        match u16_at(self.entries, usize::from(id).wrapping_mul(ENTRY_LEN)) {
            None | Some(0) => None,
            Some(offset) => Some(self.at.wrapping_add(usize::from(offset))),
        }
    }
}
