//! Commits told to those who watch tables: what each has changed, in the order of the commits.
//!
//! ```text
//! row ─▶ capture ─▶ commit ─▶ queue of each watcher ─▶ a thread that waits, or a task
//! ```
//!
//! *Invariants*: no code of a watcher's runs before its commit has ended, nobody waits for a watcher, and a watcher
//! that was not told of a commit is told that.

mod capture;
mod changes;
mod queue;
mod watchers;
mod watching;
mod wishes;

pub(super) use self::{
    capture::{Capture, TableCapture},
    watchers::{Watchers, Woken},
};
pub(crate) use self::{
    changes::{CommitChanges, Image, NetChange},
    watching::{Wait, Watching},
    wishes::Scope,
};
