//! A lock, the files that keep the layouts of released programs, which the code does not hold to.

use super::{SchemaTextError, Unresolved, Unsettled};
use std::{
    fmt, io,
    path::{Path, PathBuf},
};
use thiserror::Error;

/// Everything that stands between a lock and the code. Nothing was written.
#[derive(Debug)]
pub struct LockError {
    pub(crate) faults: Vec<LockFault>,
}

impl LockError {
    pub(crate) fn one(path: &Path, reason: LockReason) -> Self {
        Self { faults: vec![LockFault { path: path.to_owned(), reason }] }
    }

    /// What is wrong, one thing each.
    pub fn faults(&self) -> impl Iterator<Item = &LockFault> {
        self.faults.iter()
    }
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            let between = if index > 0 { "\n\n" } else { "" };
            write!(f, "{between}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LockError {}

/// What is wrong with one file of a lock.
#[derive(Debug, Error)]
#[error("{}: {reason}", path.display())]
pub struct LockFault {
    pub(crate) path: PathBuf,
    pub(crate) reason: LockReason,
}

impl LockFault {
    /// The file, or the folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong.
    #[must_use]
    pub const fn reason(&self) -> &LockReason {
        &self.reason
    }
}

/// Why a lock does not hold, and the way out.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LockReason {
    /// Layouts of released programs that the code does not read.
    #[error("{} not read by this code:\n{unresolved}{}", Layouts(layouts), Rekeyed(unresolved))]
    #[non_exhaustive]
    Unresolved {
        /// The layouts by number, the newest first.
        layouts: Vec<u32>,
        /// What the attributes of the code do not settle, with those to write.
        unresolved: Unresolved,
    },
    /// The code has another layout, or other indexes, than the lock says.
    #[error(
        "the code has changed:\n{changes}\nis it meant? run this test with STORAGE_LOCK=update, and commit the file"
    )]
    #[non_exhaustive]
    Stale {
        /// What has changed, a line each.
        changes: String,
    },
    /// The code has another layout than the draft, and does not read it.
    #[error(
        "the code has changed, and does not read the draft:\n{unresolved}\nwas a program with the draft released? \
         write these attributes; was none? run this test with STORAGE_LOCK=update, and commit the file"
    )]
    #[non_exhaustive]
    Draft {
        /// What the attributes of the code do not settle, with those to write.
        unresolved: Unresolved,
    },
    /// Several drafts, as merged branches have them.
    #[error(
        "it has {count} drafts, of branches that were merged: run this test with STORAGE_LOCK=update, which leaves \
         one, and commit the file"
    )]
    #[non_exhaustive]
    Drafts {
        /// How many.
        count: usize,
    },
    /// A mark of a merge conflict.
    #[error(
        "line {line} is a mark of a merge conflict: keep the lines of both sides and run this test with \
         STORAGE_LOCK=update, which keeps what was released and makes one draft, and commit the file"
    )]
    #[non_exhaustive]
    Conflict {
        /// The line, from 1.
        line: usize,
    },
    /// A released layout that is not what it was when it was released.
    #[error("layout {layout} was changed after its release: restore the file from version control")]
    #[non_exhaustive]
    Edited {
        /// The layout's number.
        layout: u32,
    },
    /// A released layout that is not understood.
    #[error(
        "layout {layout} is not understood: {reason}; was it written by a newer release of `storage`? use that one"
    )]
    #[non_exhaustive]
    Text {
        /// The layout's number.
        layout: u32,
        /// Where its text is not one of a schema; the line is counted from that of its number.
        reason: SchemaTextError,
    },
    /// The layout of the code cannot be kept in a file.
    #[error(
        "the layout of the code cannot be stored: {reason}; make its types simpler or their names shorter"
    )]
    #[non_exhaustive]
    Code {
        /// Where its text breaks a rule.
        reason: SchemaTextError,
    },
    /// A file that is none of a lock.
    #[error(
        "it is not the file of a lock, which begins with `# storage lock 1`: restore it, or use another folder"
    )]
    Foreign,
    /// A file that a later release has written.
    #[error(
        "it has version {version}, and this release of `storage` reads version 1: use the newer release"
    )]
    #[non_exhaustive]
    Newer {
        /// Its version.
        version: u32,
    },
    /// A file that was cut off, or changed by hand.
    #[error("line {line}: expected {expected}; restore the file from version control")]
    #[non_exhaustive]
    Damaged {
        /// The line, from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// A file of more bytes than any lock has.
    #[error("it has more than {max} bytes: restore it from version control")]
    #[non_exhaustive]
    TooLong {
        /// The most that is read.
        max: u64,
    },
    /// There is no such file or folder.
    #[error(
        "it is missing: restore it, or, if it is new, run this test with STORAGE_LOCK=update, and commit it"
    )]
    Missing,
    /// The file of a table that no record of the lock has.
    #[error(
        "no record of this test has its table: name the record in `storage::lock!`, or remove the file if the table is \
         no longer used; two tests need a folder each"
    )]
    Stray,
    /// Two records whose tables would have one file.
    #[error(
        "it would be the file of two records, with the tables `{first}` and `{second}`: give each a table of its own, \
         and names that differ in more than capital letters"
    )]
    #[non_exhaustive]
    Shared {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// A file or folder that the operating system does not read or write.
    #[error("{0}")]
    Io(io::Error),
    /// The environment variable asks for something else.
    #[error("STORAGE_LOCK is `{found}`: it may be `check`, `update` or `release`")]
    #[non_exhaustive]
    Mode {
        /// What it is.
        found: String,
    },
}

/// What to do for layouts whose records have got other keys.
struct Rekeyed<'u>(&'u Unresolved);

impl fmt::Display for Rekeyed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.differences().any(Unsettled::is_of_key) {
            true => f.write_str(
                "\nrekeyed?  name the old type in this test, too, behind the new: `storage::lock!(\"schemas\": User, \
                 UserV1)`",
            ),
            false => Ok(()),
        }
    }
}

/// `layouts 3, 2 and 1 are`.
struct Layouts<'l>(&'l [u32]);

impl fmt::Display for Layouts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (last, others) = match self.0 {
            [] => return f.write_str("nothing is"),
            [one] => return write!(f, "layout {one}, which was released, is"),
            [others @ .., last] => (last, others),
        };
        let others: Vec<_> = others.iter().map(u32::to_string).collect();
        write!(f, "layouts {} and {last}, which were released, are", others.join(", "))
    }
}
