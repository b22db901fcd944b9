//! How rows of one layout are read as rows of another: worked out once, and run for each row.

use super::{
    format::Format,
    moves::{Move, MoveNo},
    resolver::{Resolved, Resolver},
    run::Run,
    sink::ArchiveSink,
    source::ArchiveSource,
    types::{ArchivedTypes, ROOT},
};
use crate::{
    error::{Advice, ArchiveError, Change, Difference, LayoutError, Step, Unresolved, Unsettled},
    schema::{ArchivedLayout, Description, Hints, differences_of_heads},
};

/// How rows of one layout become rows of another.
///
/// *Law*: of a row that was written, [`run`](Self::run) makes the bytes that the new code would write for it. It is
/// as good as them, and no more, in what no schema says: in which order a hash map was filled, and that rkyv writes a
/// byte for an `Arc` or `Rc` of nothing.
#[derive(Clone, Debug)]
pub struct Upcast {
    moves: Vec<Move>,
    root: MoveNo,
    old: Side,
    new: Side,
    steps: Vec<Step>,
    is_identity: bool,
    keeps_pointees: bool,
}

/// One of the two layouts, as far as a run needs it.
#[derive(Clone, Copy, Debug)]
struct Side {
    format: Format,
    record: ArchivedLayout,
}

impl Side {
    fn of(types: &ArchivedTypes<'_>) -> Self {
        Self { format: types.format, record: types.layout(ROOT) }
    }
}

impl Upcast {
    /// Works out how rows of the layout `old` are read as rows of the layout `new`.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] with every difference that neither the rules nor `hints` settle.
    pub fn new(old: &Description, new: &Description, hints: &Hints) -> Result<Self, Unresolved> {
        let mut unsettled = differences_of_heads(old, new, hints);
        let (old_types, new_types) = match (ArchivedTypes::new(old), ArchivedTypes::new(new)) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(error), _) | (_, Err(error)) => {
                unsettled.push(unknown_layout(error));
                return Err(Unresolved::of(unsettled));
            }
        };
        let steps = (old.format != new.format).then(|| Step {
            subject: "format".to_owned(),
            change: Change::Becomes { stored: old.format.clone(), expected: new.format.clone() },
        });
        let found = Resolver::new(&old_types, &new_types, hints)
            .records(unsettled, steps.into_iter().collect());
        let Resolved { moves, root, steps, unsettled, is_identity, keeps_pointees } = found;
        if !unsettled.is_empty() {
            return Err(Unresolved::of(unsettled));
        }
        let (old, new) = (Side::of(&old_types), Side::of(&new_types));
        Ok(Self { moves, root, old, new, steps, is_identity, keeps_pointees })
    }

    /// Appends to `out` what the row `body` is in the new layout. Places in it are counted from where `out` ended; to
    /// be read in place, that should be at an address that suits the new type.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] when `body` is damaged, or too long for the new format. `out` may have been appended to.
    pub fn run(&self, body: &[u8], out: &mut Vec<u8>) -> Result<(), ArchiveError> {
        let (source, at) = ArchiveSource::new(body, self.old.format, self.old.record.size)?;
        let mut sink = ArchiveSink::new(out, self.new.format);
        let mut run = Run::new(&self.moves, source, &mut sink);
        match self.keeps_pointees {
            true => run.record(self.root, at, self.new.record),
            false => run.whole(self.root, at, self.new.record).map(drop),
        }
    }

    /// Whether rows of the old layout are rows of the new as they are.
    #[must_use]
    pub const fn is_identity(&self) -> bool {
        self.is_identity
    }

    /// Whether only the record itself changes, and nothing that it points to, which is then copied at once.
    #[must_use]
    pub const fn keeps_pointees(&self) -> bool {
        self.keeps_pointees
    }

    /// What has changed, one thing each.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter()
    }
}

fn unknown_layout(error: LayoutError) -> Unsettled {
    let difference = Difference::new("the layout", None, None);
    Unsettled { difference, advice: vec![Advice::Layout(Box::new(error))] }
}
