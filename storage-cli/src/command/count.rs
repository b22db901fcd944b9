//! `storage count`.

use super::after_damage;
use crate::{failure::Outcome, file::File, print::Out, select::Selection};
use clap::Args;
use std::{io::Write as _, path::PathBuf, process::ExitCode};

/// Counts rows.
#[derive(Args, Debug)]
pub(crate) struct Count {
    /// The file
    file: PathBuf,
    /// The table
    table: String,
    #[command(flatten)]
    selection: Selection,
}

impl Count {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let table = self.selection.prepared(file.table(&self.table)?)?;
        if self.selection.is_all() {
            writeln!(out, "{}", table.len()?)?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut rows = self.selection.rows(&table)?;
        let mut count = 0_u64;
        while rows.next()?.is_some() {
            count = count.saturating_add(1);
        }
        writeln!(out, "{count}")?;
        Ok(after_damage(rows.damaged))
    }
}
