//! How values of an older layout are read by code that declares a newer one.

#[cfg(feature = "rkyv")]
use super::archive::Upcast;
use crate::error::{Change, DecodeError, Step};
use std::{borrow::Cow, cell::Cell};

/// How values of an older layout become values of the layout that the code declares.
#[derive(Clone, Debug)]
pub struct Road {
    kind: Kind,
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Kind {
    /// The code reads their bytes as they are, though it would write others.
    AsIs,
    /// Their bytes are those that the code would write.
    Same,
    /// Their bytes are made those that the code would write.
    #[cfg(feature = "rkyv")]
    Upcast(Box<Upcast>),
}

impl Road {
    /// The code reads the bytes of the old values as they are; `steps` says what has changed.
    #[must_use]
    pub const fn as_is(steps: Vec<Step>) -> Self {
        Self { kind: Kind::AsIs, steps }
    }

    /// The bytes of the old values are those that the code would write.
    pub(crate) const fn same() -> Self {
        Self { kind: Kind::Same, steps: Vec::new() }
    }

    /// The bytes of the old values are moved as `upcast` says.
    #[cfg(feature = "rkyv")]
    pub(super) fn of_upcast(upcast: Upcast) -> Self {
        let steps = upcast.steps().cloned().collect();
        let kind = if upcast.is_identity() { Kind::Same } else { Kind::Upcast(Box::new(upcast)) };
        Self { kind, steps }
    }

    /// The same as the road to values of the type `older`, which are converted at its end.
    pub(crate) fn to(mut self, older: &str) -> Self {
        self.steps.push(Step {
            subject: "record".to_owned(),
            change: Change::Converted(older.to_owned()),
        });
        self
    }

    /// What has changed, one thing each.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter()
    }

    /// Whether the code reads the bytes of the old values as they are.
    #[must_use]
    pub const fn is_as_is(&self) -> bool {
        matches!(self.kind, Kind::AsIs | Kind::Same)
    }

    /// Whether the bytes to be read for an old value may be others than the code would write for it.
    pub(crate) const fn is_written_otherwise(&self) -> bool {
        matches!(self.kind, Kind::AsIs)
    }

    /// The bytes to be read for the old value `body`, which is verified.
    #[cfg_attr(
        not(feature = "rkyv"),
        expect(clippy::unnecessary_wraps, reason = "only rkyv's values are made anew")
    )]
    pub(crate) fn body<'b>(&self, body: &'b [u8]) -> Result<Cow<'b, [u8]>, DecodeError> {
        match &self.kind {
            Kind::AsIs | Kind::Same => Ok(Cow::Borrowed(body)),
            #[cfg(feature = "rkyv")]
            Kind::Upcast(upcast) => {
                let mut made = SPARE.try_with(Cell::take).unwrap_or_default();
                made.reserve(body.len().saturating_mul(2));
                upcast.run(body, &mut made)?;
                Ok(Cow::Owned(made))
            }
        }
    }
}

/// The most memory of a body that a thread keeps for the next one.
const SPARE_LEN_MAX: usize = 4096;

thread_local! {
    /// The memory of a body that nobody reads any more: to make one is often less work than to find memory for it.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Says that nobody reads a body any more: if it was made, the next one is made in its memory.
#[inline]
pub(crate) fn reuse(body: Cow<'_, [u8]>) {
    if let Cow::Owned(mut made) = body
        && made.capacity() <= SPARE_LEN_MAX
    {
        made.clear();
        // A thread that ends makes no more.
        let _ = SPARE.try_with(|spare| spare.set(made));
    }
}
