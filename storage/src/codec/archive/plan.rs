//! What is done to a value of an old layout to make it one of the new: worked out once, and run for each value.

use super::{
    format::Format,
    resolve::Resolver,
    tree::Nodes,
    types::{ArchivedTypes, ROOT},
};
use crate::{
    error::{Advice, Difference, Step, Unresolved, Unsettled},
    schema::{ArchivedLayout, Description, Hints, Scalar},
};

/// A move by its number in its plan.
pub(super) type MoveNo = usize;

/// How values of one layout become values of another.
///
/// *Law*: of a value that was written, [`run`](Self::run) makes the bytes that the new code would write for it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) moves: Vec<Move>,
    pub(super) root: MoveNo,
    pub(super) old: Side,
    pub(super) new: Side,
    pub(super) steps: Vec<Step>,
    pub(super) is_identity: bool,
}

/// One of the two layouts, as far as a run needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) format: Format,
    pub(super) record: ArchivedLayout,
}

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
    Tree {
        old: Nodes,
        new: Nodes,
        key: MoveNo,
        value: MoveNo,
    },
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
    Default(Box<Default>),
    /// An opaque value, whose bytes nobody moves: there are none in a plan that is run.
    Stays,
    /// Not worked out yet.
    Pending,
}

/// A value that is not read from the row.
#[derive(Clone, Debug)]
pub(super) struct Default {
    /// It alone, in the new format.
    pub(super) archive: Box<[u8]>,
    /// How many of the last bytes are it and not what it points to.
    pub(super) size: usize,
    /// How it is copied.
    pub(super) moves: Box<[Move]>,
    pub(super) root: MoveNo,
}

/// What is done to the parts of a product.
#[derive(Clone, Debug, std::default::Default)]
pub(super) struct Parts {
    /// All that are not zero.
    pub(super) all: Box<[PartMove]>,
    /// Those that point to something.
    pub(super) owning: Box<[PartMove]>,
    /// Whether every part of the old product is one of the new.
    pub(super) is_complete: bool,
}

/// What is done to one part, from where to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartMove {
    pub(super) old_at: usize,
    pub(super) new_at: usize,
    pub(super) by: MoveNo,
}

impl Plan {
    /// Works out how rows of the layout `old` are read as rows of the layout `new`.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] with every difference that neither the rules nor `hints` settle.
    pub fn new(old: &Description, new: &Description, hints: &Hints) -> Result<Self, Unresolved> {
        let types = |description| ArchivedTypes::new(description);
        let (old_types, new_types) = match (types(old), types(new)) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(error), _) | (_, Err(error)) => {
                return Err(Unresolved { differences: vec![unknown_layout(error)] });
            }
        };
        let side =
            |types: &ArchivedTypes<'_>| Side { format: types.format, record: types.layout(ROOT) };
        let (old_side, new_side) = (side(&old_types), side(&new_types));
        Resolver::new(&old_types, &new_types, hints).resolve(old, new, old_side, new_side)
    }

    /// Whether rows of the old layout are rows of the new as they are.
    #[must_use]
    pub const fn is_identity(&self) -> bool {
        self.is_identity
    }

    /// What has changed, one thing each.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter()
    }
}

fn unknown_layout(error: crate::error::LayoutError) -> Unsettled {
    let difference = Difference::new("the layout", None, None);
    Unsettled { difference, advice: vec![Advice::Layout(Box::new(error))] }
}
