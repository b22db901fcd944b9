//! `storage check`.

use crate::{
    failure::{NO, Outcome, complain},
    file::File,
    print::Out,
};
use clap::Args;
use std::{io::Write as _, path::PathBuf, process::ExitCode};

/// Compares every row with its checksum, and every table's count with its rows.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The file
    file: PathBuf,
}

impl Check {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let report = file.storage.check()?;
        for fault in &report.faults {
            complain(fault);
        }
        writeln!(
            out,
            "{} tables, {} rows, {} faults",
            report.table_count, report.row_count, report.fault_count
        )?;
        Ok(if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}
