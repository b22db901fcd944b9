//! `storage compact`.

use crate::{
    failure::Outcome,
    print::{Out, bytes},
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::{fs, io::Write as _, path::PathBuf, process::ExitCode};
use storage::Storage;

/// Moves what the file holds to its front, and cuts off the rest. Writes to the file.
#[derive(Args, Debug)]
pub(crate) struct Compact {
    /// The file, which no other program may have open
    file: PathBuf,
}

impl Compact {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let storage = Storage::open_existing(&self.file)?;
        let before = fs::metadata(&self.file)?.len();
        let bar = ProgressBar::new_spinner();
        bar.set_style(
            ProgressStyle::with_template("{spinner} {msg}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        let done = storage.compact_with(|progress| {
            bar.set_message(format!(
                "{} written, {} long",
                bytes(progress.bytes_written),
                bytes(progress.file_len)
            ));
            bar.tick();
        });
        bar.finish_and_clear();
        done?;
        storage.close()?;
        let after = fs::metadata(&self.file)?.len();
        writeln!(out, "{} before, {} after", bytes(before), bytes(after))?;
        Ok(ExitCode::SUCCESS)
    }
}
