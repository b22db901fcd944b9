//! `storage repair`.

use crate::{
    failure::{NO, Outcome, complain},
    file::File,
    print::{Out, plain},
};
use clap::Args;
use std::{io::Write as _, path::PathBuf, process::ExitCode};
use storage::{OpenOptions, dynamic::salvage};

/// Saves every row that can be read of a damaged file to a new one, and lists the rest. Writes the new file.
#[derive(Args, Debug)]
pub(crate) struct Repair {
    /// The damaged file, which stays as it is
    file: PathBuf,
    /// The new file; nothing may be there yet
    target: PathBuf,
}

impl Repair {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let saved = salvage(&file.storage, &self.target, &OpenOptions::default())?;
        for lost in &saved.lost {
            complain(lost);
        }
        writeln!(out, "{} rows saved, {} faults", saved.row_count, saved.lost_count)?;
        for index in &saved.unbuilt_indexes {
            writeln!(out, "index {} is built when a program opens its table", plain(index))?;
        }
        Ok(if saved.lost_count == 0 { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}
