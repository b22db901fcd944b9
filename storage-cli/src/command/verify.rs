//! `storage verify`.

use crate::{
    failure::{NO, Outcome, complain},
    file::File,
    print::{Out, plain},
};
use clap::Args;
use std::{io::Write as _, path::PathBuf, process::ExitCode};

/// Compares every index with the rows of its table, in both directions.
#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// The file
    file: PathBuf,
    /// Only these tables
    #[arg(long = "table", value_name = "TABLE")]
    tables: Vec<String>,
}

impl Verify {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let mut is_right = true;
        for known in file.state.tables()? {
            if !self.tables.is_empty() && !self.tables.contains(&known.name) {
                continue;
            }
            let table = file.table(&known.name)?.upcast()?;
            let indexes: Vec<(String, bool)> =
                table.indexes().map(|(shape, is_ready)| (shape.name.clone(), is_ready)).collect();
            for (name, is_ready) in indexes {
                let shown = plain(&format!("{}.{name}", known.name));
                if !is_ready {
                    writeln!(out, "{shown}: building")?;
                    continue;
                }
                let Some(found) = table.index(&name)?.verify()? else {
                    writeln!(out, "{shown}: only the program knows its keys")?;
                    continue;
                };
                for unread in &found.unread {
                    complain(unread);
                }
                if found.is_right() {
                    writeln!(out, "{shown}: {} entries, all right", found.expected)?;
                    continue;
                }
                is_right = false;
                let (missing, extra) = (found.missing_count, found.extra_count);
                writeln!(out, "{shown}: {missing} missing, {extra} of no row that can be read")?;
                for key in &found.missing {
                    writeln!(out, "  {key} has no entry")?;
                }
            }
        }
        Ok(if is_right { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }
}
