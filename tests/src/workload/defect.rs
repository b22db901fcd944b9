//! What can be wrong with a store after a crash.

use std::fmt;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// A file that was acknowledged is not there.
    Absent {
        /// Which.
        file: String,
    },
    /// A file is there and cannot be opened.
    Dead {
        /// Which.
        file: String,
        /// What the store says.
        error: String,
    },
    /// The content is older than what was acknowledged.
    Lost {
        /// The number of the state it is.
        found: usize,
        /// The oldest that it may be.
        oldest: usize,
    },
    /// The content is none that ever was.
    Mixed,
    /// Rows, checksums and indexes do not fit together.
    Unsound(String),
    /// The recovered store does not go on.
    Stuck(String),
    /// A file that was not finished is left for ever.
    Litter(String),
    /// There was a panic.
    Panicked(String),
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent { file } => write!(f, "{file} was acknowledged and is not there"),
            Self::Dead { file, error } => write!(f, "{file} is dead: {error}"),
            Self::Lost { found, oldest } => {
                write!(f, "lost: state {found}, although {oldest} was acknowledged")
            }
            Self::Mixed => f.write_str("mixed: a state that never was"),
            Self::Unsound(detail) => write!(f, "unsound: {detail}"),
            Self::Stuck(detail) => write!(f, "does not go on: {detail}"),
            Self::Litter(file) => write!(f, "{file} is left over"),
            Self::Panicked(message) => write!(f, "panic: {message}"),
        }
    }
}
