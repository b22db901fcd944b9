//! Maintenance of a whole file: its pages verified, and moved together.

use super::{error::refusal, slot::EngineSlot};
use crate::error::{Action, FileDamage, OpenError, OpenReason, Result};
use std::{path::Path, thread, time::Duration};

/// How often, and how long each time, a compaction waits for reads to end.
const PATIENCE: u32 = 200;
const PAUSE: Duration = Duration::from_millis(5);

impl EngineSlot {
    /// Verifies the checksum of every page of the file at `path`.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`](crate::StorageError::Open) when one does not match.
    pub(crate) fn verify_pages(&self, path: &Path) -> Result<()> {
        self.with_mut(path, |engine| {
            let (db, health) = (&mut engine.db, &engine.health);
            let verify = || db.check_integrity().map_err(|error| refusal(path, error));
            if health.contain(Action::VerifyPages, None, verify)? {
                return Ok(());
            }
            Err(OpenError::new(path, OpenReason::Damaged(FileDamage::Page)).into())
        })
    }

    /// Compacts the file at `path` once no reader holds a state; `false` when there was nothing to gain.
    pub(crate) fn compact(&self, path: &Path) -> Result<bool> {
        self.with_mut(path, |engine| {
            let (db, health) = (&mut engine.db, &engine.health);
            let compact = || {
                // A read that is about to end needs a moment.
                let mut compacted = db.compact();
                for _ in 0..PATIENCE {
                    let Err(redb::CompactionError::TransactionInProgress) = compacted else {
                        break;
                    };
                    thread::sleep(PAUSE);
                    compacted = db.compact();
                }
                compacted
            };
            health.call(Action::Compact, None, compact)
        })
    }
}
