//! What of rkyv's format decides how numbers and pointers lie: `rkyv-0.8 little-endian pointer-32 aligned`.

use crate::{
    error::LayoutError,
    schema::{ArchivedLayout, Scalar},
};

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

/// How many bytes a number has.
pub(super) const fn width(scalar: Scalar) -> usize {
    match scalar {
        Scalar::Bool | Scalar::I8 | Scalar::U8 => 1,
        Scalar::I16 | Scalar::U16 => 2,
        Scalar::Char | Scalar::I32 | Scalar::U32 | Scalar::F32 => 4,
        Scalar::I64 | Scalar::U64 | Scalar::F64 => 8,
        Scalar::I128 | Scalar::U128 => 16,
    }
}
