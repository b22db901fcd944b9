//! When a commit is safe from a power cut.

/// What a commit waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Durability {
    /// The disk: what was acknowledged is there after a crash. The default.
    #[default]
    Immediate,
    /// Nothing: the commit is seen by every later read, and is on the disk after a later
    /// [`Immediate`](Self::Immediate) commit. A crash before that loses it whole, never by half.
    ///
    /// A verb that finds nothing to change may commit nothing: [`delete`](crate::Table::delete) in a table that was
    /// never written, for one.
    None,
}
