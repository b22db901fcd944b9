//! `storage get`.

use crate::{
    failure::{Failure, Outcome},
    file::File,
    print::Out,
    select::Columns,
};
use clap::Args;
use std::{io::Write as _, path::PathBuf, process::ExitCode};

/// Shows the row under a key.
#[derive(Args, Debug)]
pub(crate) struct Get {
    /// The file
    file: PathBuf,
    /// The table
    table: String,
    /// The key: 7, EGLL, 2024-05-01, '(Dingling, 7)'
    #[arg(allow_hyphen_values = true)]
    key: String,
    /// Find it by this index, which may have several rows under a key
    #[arg(long, value_name = "NAME")]
    index: Option<String>,
    /// Only these fields, with commas between them
    #[arg(long, value_name = "FIELDS")]
    fields: Option<String>,
    /// Read a row of an older layout as one of the newest, where the schema alone says how
    #[arg(long)]
    upcast: bool,
    /// On one line
    #[arg(long)]
    compact: bool,
}

impl Get {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let table = file.table(&self.table)?;
        let table = if self.upcast { table.upcast()? } else { table };
        let columns = Columns::new(&table, self.fields.as_deref())?;
        let mut found = 0_usize;
        let mut show = |row| -> Outcome<()> {
            let value = columns.value(&row)?;
            found = found.saturating_add(1);
            if self.compact {
                writeln!(out, "{value}")?;
            } else {
                writeln!(out, "{value:#}")?;
            }
            Ok(())
        };
        match &self.index {
            None => {
                let row = table.get(&table.parse_key(&self.key)?)?;
                row.into_iter().try_for_each(&mut show)?;
            }
            Some(index) => {
                let index = table.index(index)?;
                for row in index.all_of(&index.parse_key(&self.key)?)? {
                    show(row?)?;
                }
            }
        }
        match found {
            0 => Err(Failure::Nothing(format!(
                "table `{}` has no row under `{}`",
                self.table, self.key
            ))),
            _ => Ok(ExitCode::SUCCESS),
        }
    }
}
