//! Where the codecs of a struct find its fields.

use super::Presence;

/// Where the codecs of a struct find one of its fields.
#[derive(Clone, Copy, Debug)]
pub struct FieldPlace {
    pub(super) offset: usize,
    pub(super) flat: FlatPlace,
}

/// Where FlatBuffers finds a field.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum FlatPlace {
    /// Nowhere: the struct is of another codec.
    None,
    /// In a table, by its id; a declared default is the function that returns its bits.
    Slot(u16, Presence<fn() -> u64>),
    /// In a struct of fixed width: its offset, counted from 1, as two bytes in little-endian order.
    Inside(&'static [u8; 2]),
}

impl FieldPlace {
    /// No place: the struct is of no codec.
    pub const NONE: Self = Self { offset: 0, flat: FlatPlace::None };

    /// rkyv: so many bytes from the start of the archived struct.
    #[must_use]
    pub const fn with_offset(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// FlatBuffers: its place.
    #[must_use]
    pub const fn with_flat(mut self, flat: FlatPlace) -> Self {
        self.flat = flat;
        self
    }

    /// rkyv: its offset in bytes from the start of the archived struct.
    #[must_use]
    pub const fn offset(self) -> usize {
        self.offset
    }

    /// FlatBuffers: its place.
    #[must_use]
    pub const fn flat(self) -> FlatPlace {
        self.flat
    }
}
