//! What is done to a value of an old layout to make it one of the new, move by move.

use super::tree::Nodes;
use crate::schema::{ArchivedLayout, Scalar};

/// A move by its number in its upcast.
pub(super) type MoveNo = usize;

/// What is done to one value.
#[derive(Clone, Debug)]
pub(super) enum Move {
    /// So many bytes are copied; there is no padding in them, and they point to nothing.
    Copy(usize),
    /// A number is written anew, as a wider one or in another order.
    Number(Scalar, Scalar),
    /// Text: whether it lies in its place if it is short, in the old layout and in the new.
    Text(bool, bool),
    Product(Parts),
    /// By the old number of the variant: the new one, and what is done to its parts.
    Choice(Box<[Option<(u8, Parts)>]>),
    Array {
        len: usize,
        old_size: usize,
        new_size: usize,
        inner: MoveNo,
    },
    /// A value becomes an option of it.
    Wrap {
        new_at: usize,
        inner: MoveNo,
    },
    /// An option becomes a value, nothing becomes the default.
    Unwrap {
        old_at: usize,
        inner: MoveNo,
        default: MoveNo,
    },
    Boxed {
        old_size: usize,
        new: ArchivedLayout,
        inner: MoveNo,
    },
    IntoBox {
        new: ArchivedLayout,
        inner: MoveNo,
    },
    Unboxed {
        old_size: usize,
        inner: MoveNo,
    },
    List {
        old_size: usize,
        new: ArchivedLayout,
        inner: MoveNo,
    },
    Tree(Box<TreeMove>),
    /// Entries stay in their buckets: the hash of a key does not depend on its layout.
    Table {
        old_size: usize,
        new: ArchivedLayout,
        inner: MoveNo,
    },
    Indexed {
        old_size: usize,
        new: ArchivedLayout,
        inner: MoveNo,
    },
    /// A default that points to nothing.
    Constant(Box<[u8]>),
    Default(Box<DefaultValue>),
    /// An opaque value, whose bytes nobody moves: there are none in a plan that is run.
    Stays,
    /// Not worked out yet.
    Pending,
}

/// What is done to the entries of a map or a set in key order.
#[derive(Clone, Debug)]
pub(super) struct TreeMove {
    pub(super) old: Nodes,
    pub(super) new: Nodes,
    pub(super) key: MoveNo,
    pub(super) value: MoveNo,
}

/// A value that is not read from the row.
#[derive(Clone, Debug)]
pub(super) struct DefaultValue {
    /// It alone, in the new format.
    pub(super) archive: Box<[u8]>,
    /// How many of the last bytes are it and not what it points to.
    pub(super) size: usize,
    /// How it is copied.
    pub(super) moves: Box<[Move]>,
    pub(super) root: MoveNo,
}

/// What is done to the parts of a product.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// All that are not zero.
    pub(super) all: Box<[PartMove]>,
    /// Whether every part of the old product is one of the new.
    pub(super) is_complete: bool,
    /// Whether a part of the old product that is none of the new may point to something.
    pub(super) drops_pointees: bool,
}

/// What is done to one part, from where to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartMove {
    pub(super) old_at: usize,
    pub(super) new_at: usize,
    pub(super) by: MoveNo,
}
