//! `storage schema`.

use crate::{
    failure::{Failure, Outcome},
    file::File,
    print::{Out, plain},
};
use clap::Args;
use std::{io::Write as _, path::PathBuf, process::ExitCode};
use storage::dynamic::DynamicTable;

/// Shows the layouts of tables.
#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// The file
    file: PathBuf,
    /// The table; all of them if there is none
    table: Option<String>,
    /// The layout of this number, instead of the newest
    #[arg(long, value_name = "N", requires = "table")]
    layout: Option<u16>,
    /// What differs between the layouts of two numbers
    #[arg(long, num_args = 2, value_names = ["N", "M"], requires = "table", conflicts_with = "layout")]
    diff: Option<Vec<u16>>,
}

impl Schema {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let names = match &self.table {
            Some(name) => vec![name.clone()],
            None => file.state.tables()?.into_iter().map(|table| table.name).collect(),
        };
        for (number, name) in names.iter().enumerate() {
            let table = file.table(name)?;
            if self.table.is_none() {
                let before = if number == 0 { "" } else { "\n" };
                writeln!(out, "{before}# {}", plain(name))?;
            }
            match self.diff.as_deref() {
                Some([from, to]) => write!(out, "{}", diff(&table, *from, *to)?)?,
                _ => self.text(&table, out)?,
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn text(&self, table: &DynamicTable, out: &mut Out) -> Outcome<()> {
        match self.layout {
            Some(number) => write!(out, "{}", table.layout(number)?.text)?,
            None => write!(out, "{}", table.description().text())?,
        }
        Ok(())
    }
}

/// The lines of two layouts: those of the first alone behind `-`, those of the second alone behind `+`.
fn diff(table: &DynamicTable, from: u16, to: u16) -> Outcome<String> {
    let (from, to) = (table.layout(from)?.text, table.layout(to)?.text);
    let (from, to): (Vec<&str>, Vec<&str>) = (from.lines().collect(), to.lines().collect());
    let table = common_lengths(&from, &to);
    let length = |i: usize, j: usize| table.get(i).and_then(|row| row.get(j)).copied();
    let (mut i, mut j) = (0_usize, 0_usize);
    let mut lines = Vec::new();
    loop {
        let next = (i.saturating_add(1), j.saturating_add(1));
        match (from.get(i), to.get(j)) {
            (None, None) => break,
            (Some(old), Some(new)) if old == new => {
                lines.push(format!("  {old}\n"));
                (i, j) = next;
            }
            (Some(old), new) if new.is_none() || length(next.0, j) >= length(i, next.1) => {
                lines.push(format!("- {old}\n"));
                i = next.0;
            }
            (_, Some(new)) => {
                lines.push(format!("+ {new}\n"));
                j = next.1;
            }
            (Some(_), None) => return Err(Failure::Call("layouts without end".to_owned())),
        }
    }
    Ok(lines.concat())
}

/// How many lines the rest of both have in common, from each line of one and of the other on.
fn common_lengths(from: &[&str], to: &[&str]) -> Vec<Vec<usize>> {
    let mut below = vec![0_usize; to.len().saturating_add(1)];
    let mut table = vec![below.clone()];
    for old in from.iter().rev() {
        let mut row = vec![0_usize];
        for (new, behind) in to.iter().zip(below.windows(2)).rev() {
            let right = row.last().copied().unwrap_or_default();
            let (diagonal, down) = match behind {
                [down, diagonal] => (*diagonal, *down),
                _ => (0, 0),
            };
            row.push(if old == new { diagonal.saturating_add(1) } else { right.max(down) });
        }
        row.reverse();
        below.clone_from(&row);
        table.push(row);
    }
    table.reverse();
    table
}
