//! What of rkyv's format decides how numbers and pointers lie: `rkyv-0.8 little-endian pointer-32 aligned`.

use crate::{error::LayoutError, schema::ArchivedLayout};

/// The format of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    /// Whether the first byte of a number is its highest.
    pub(super) is_big_endian: bool,
    /// How many bytes a relative pointer or a length has.
    pub(super) pointer: usize,
    /// Whether numbers lie at multiples of their size.
    is_aligned: bool,
}

impl Format {
    pub(super) fn parse(format: &str) -> Result<Self, LayoutError> {
        let unknown = || LayoutError::Format { format: format.to_owned() };
        let words: Vec<&str> = format.split(' ').collect();
        let &["rkyv-0.8", endian, pointer, aligned] = words.as_slice() else {
            return Err(unknown());
        };
        let is_big_endian = match endian {
            "little-endian" => false,
            "big-endian" => true,
            _ => return Err(unknown()),
        };
        let pointer = match pointer {
            "pointer-16" => 2,
            "pointer-32" => 4,
            "pointer-64" => 8,
            _ => return Err(unknown()),
        };
        let is_aligned = match aligned {
            "aligned" => true,
            "unaligned" => false,
            _ => return Err(unknown()),
        };
        Ok(Self { is_big_endian, pointer, is_aligned })
    }

    /// Whether words are those of rkyv's usual format: four bytes, the lowest first. What is done often has a shorter
    /// way there.
    pub(super) const fn is_usual(self) -> bool {
        self.pointer == 4 && !self.is_big_endian
    }

    /// A number of `size` bytes.
    pub(super) const fn number(self, size: usize) -> ArchivedLayout {
        ArchivedLayout { size, align: if self.is_aligned { size } else { 1 } }
    }

    /// So many pointers or lengths.
    pub(super) const fn pointers(self, count: usize) -> ArchivedLayout {
        let ArchivedLayout { size, align } = self.number(self.pointer);
        ArchivedLayout { size: size.saturating_mul(count), align }
    }
}

/// Whether text in the usual format, of which `form` are the eight bytes, lies in them.
pub(super) const fn is_in_place(form: u64) -> bool {
    form & 0xc0 != 0x80
}

/// How long text in the usual format is that lies elsewhere.
pub(super) const fn apart_len(form: u64) -> u64 {
    let low = form & 0xffff_ffff;
    (low & 0x3f) | ((low & !0xff) >> 2)
}

/// How many of eight bytes stand before the first that is 0xff.
pub(super) fn first_filler(form: u64) -> usize {
    usize::try_from(filler_bit(form) >> 3).unwrap_or(8)
}

/// The eight bytes of text that lies in them, with all behind its end 0xff.
#[inline]
pub(super) const fn filled(form: u64) -> u64 {
    match u64::MAX.checked_shl(filler_bit(form) & !7) {
        Some(fillers) => form | fillers,
        None => form,
    }
}

/// The bit that ends the first byte that is 0xff, seen in all eight at once.
#[inline]
const fn filler_bit(form: u64) -> u32 {
    // The top bit of each byte that is zero in the inverse; those behind the first may be wrong.
    let ones = u64::MAX / 0xff;
    let hits = (!form).wrapping_sub(ones) & form & (ones << 7);
    hits.trailing_zeros()
}
