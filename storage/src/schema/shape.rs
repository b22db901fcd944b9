//! The model of a type: what it is made of, down to the scalars.
//!
//! A [`Shape`] refers to structs and enums by name; [`Types`](super::Types) has what the names stand for. The model is
//! one for every codec. What only FlatBuffers needs is there when the codec is FlatBuffers: the [`Slot`] of a table's
//! field, the integer of an enum.

use super::{ArchivedLayout, Generic, Scalar, Standard};

/// The type of a field, a list element or a part of a key, without names that Rust may change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// `()`, no bytes at all.
    Unit,
    /// A number, a truth value or a character.
    Scalar(Scalar),
    /// An integer that is not zero.
    NonZero(Scalar),
    /// UTF-8 text.
    Text,
    /// Bytes of a key; in a field they are a list of `u8`.
    Bytes,
    /// A type that is not this crate's.
    Standard(Standard),
    /// A value or nothing.
    Option(Box<Shape>),
    /// A value kept apart from its owner.
    Boxed(Box<Shape>),
    /// A key in descending order.
    Reverse(Box<Shape>),
    /// Any number of values.
    List(Box<Shape>),
    /// Exactly so many values.
    Array(Box<Shape>, usize),
    /// Several values side by side, one at least.
    Tuple(Vec<Shape>),
    /// Values by key, in key order.
    Map(Box<Shape>, Box<Shape>),
    /// A generic type of the standard library, and the types it takes.
    Generic(Generic, Vec<Shape>),
    /// A key that is one of these variants: its ordinal, and its parts if it has some.
    Choice(Vec<(String, Vec<Shape>)>),
    /// A struct or enum, by its name in [`Types`](super::Types).
    Named(String),
    /// A type whose author vouches for its layout, by a name of their choice; with rkyv, also the size and the
    /// alignment of what it is archived as.
    Opaque(String, Option<ArchivedLayout>),
}

/// What the name of a type stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Definition {
    /// Fields in declaration order; in FlatBuffers, of fixed width and fixed for good.
    Struct(Vec<FieldShape>),
    /// In FlatBuffers: fields in declaration order, each found by its id.
    Table(Vec<FieldShape>),
    /// Variants in declaration order.
    Enum {
        /// The integer that they are stored as, where the declaration chooses it.
        repr: Option<Scalar>,
        /// Its variants.
        variants: Vec<VariantShape>,
    },
    /// In FlatBuffers: variants in declaration order, each with a table. The first has the number 1.
    Union(Vec<VariantShape>),
}

/// A field of a struct, a table or a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "plain data")]
pub struct FieldShape {
    /// Its name; `0`, `1`, … in tuples.
    pub name: String,
    /// Its type.
    pub shape: Shape,
    /// Its place among the fields of a table; `None` in a struct.
    pub slot: Option<Slot>,
}

impl FieldShape {
    /// Whether it is gone, and only its place is kept.
    pub(crate) fn is_removed(&self) -> bool {
        self.slot.as_ref().is_some_and(Slot::is_removed)
    }
}

/// The place of a field among the fields of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "plain data")]
pub struct Slot {
    /// Its id; the first of its two, if it is a union.
    pub id: u16,
    /// Whether it may be missing, and what that means. A default is a number, or a variant's name.
    pub presence: Presence<String>,
}

impl Slot {
    /// Whether its field is gone, and only the place is kept.
    pub(crate) fn is_removed(&self) -> bool {
        self.presence == Presence::Removed
    }
}

/// Whether a field of a table may be missing, and what that means; `D` is a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "derived code matches it")]
pub enum Presence<D> {
    /// It must be there.
    Required,
    /// A missing one is `None`.
    Optional,
    /// A missing one has the default of its type (zero, or an empty list), or one that the field declares.
    Defaulted(Option<D>),
    /// The field was removed, and only its id is left.
    Removed,
}

/// A variant of an enum or a union.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "plain data")]
pub struct VariantShape {
    /// Its name.
    pub name: String,
    /// The number that is stored for it, where the declaration chooses it.
    pub number: Option<i128>,
    /// Its fields; none for a unit variant.
    pub fields: Vec<FieldShape>,
}
