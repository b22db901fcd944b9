//! `storage backup`.

use crate::{
    failure::Outcome,
    file::File,
    print::{Out, bytes},
};
use clap::Args;
use std::{fs, io::Write as _, path::PathBuf, process::ExitCode};
use storage::OpenOptions;

/// Copies the latest committed state to a new file, every row compared with its checksum. Writes the new file.
#[derive(Args, Debug)]
pub(crate) struct Backup {
    /// The file, which another program may have open
    file: PathBuf,
    /// The new file; nothing may be there yet
    target: PathBuf,
}

impl Backup {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        file.storage.backup_with(&self.target, &OpenOptions::default())?;
        writeln!(out, "{}", bytes(fs::metadata(&self.target)?.len()))?;
        Ok(ExitCode::SUCCESS)
    }
}
