//! What a lock is asked to do.

use crate::error::LockReason;
use std::env;

/// What a lock is asked to do, beside checking that the code reads what was released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the words of an environment variable")]
pub enum LockMode {
    /// Writes nothing.
    Check,
    /// Writes the lock if its folder is missing, and nothing otherwise.
    Begin,
    /// Makes the draft the layout of the code, and the indexes those of the code.
    Update,
    /// The same, and then the draft a layout that a released program writes.
    Release,
}

impl LockMode {
    /// Returns what `STORAGE_LOCK` says: `check`, `update` or `release`.
    ///
    /// Where it says nothing, that is [`Begin`](Self::Begin); and [`Check`](Self::Check) where `CI` is set, as services
    /// that build pull requests do: a lock that was not committed would be made there each time, and hold nothing.
    ///
    /// # Errors
    ///
    /// [`LockReason::Mode`] if it says anything else.
    pub fn from_env() -> Result<Self, LockReason> {
        let [mode, ci] = ["STORAGE_LOCK", "CI"]
            .map(|name| env::var_os(name).unwrap_or_default().to_string_lossy().into_owned());
        match &*mode {
            "" if matches!(&*ci, "" | "false" | "0") => Ok(Self::Begin),
            "" | "check" => Ok(Self::Check),
            "update" => Ok(Self::Update),
            "release" => Ok(Self::Release),
            _ => Err(LockReason::Mode { found: mode }),
        }
    }

    /// Whether what the lock says of the code is written anew.
    pub(super) const fn is_writing(self) -> bool {
        matches!(self, Self::Update | Self::Release)
    }
}
