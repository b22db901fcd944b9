//! `storage diff`.

use crate::{
    failure::{NO, Outcome, complain},
    file::File,
    print::{Out, plain},
};
use clap::Args;
use std::{
    cmp::Ordering, collections::BTreeSet, io::Write as _, iter::Peekable, path::PathBuf,
    process::ExitCode,
};
use storage::dynamic::{DynamicError, DynamicRow, DynamicRows, DynamicTable, Value};

/// Shows the rows that two files do not have in common: behind `-` those of the first alone, behind `+` those of the
/// second alone, behind `~` those that differ.
#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The first file
    old: PathBuf,
    /// The second file
    new: PathBuf,
    /// Only these tables
    #[arg(long = "table", value_name = "TABLE")]
    tables: Vec<String>,
    /// Only the numbers of rows
    #[arg(long)]
    summary: bool,
}

#[derive(Debug, Default)]
struct Counts {
    removed: u64,
    added: u64,
    changed: u64,
    damaged: u64,
}

impl Diff {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let (old, new) = (File::open(&self.old)?, File::open(&self.new)?);
        let names = |file: &File| -> Outcome<BTreeSet<String>> {
            Ok(file.state.tables()?.into_iter().map(|table| table.name).collect())
        };
        let (in_old, in_new) = (names(&old)?, names(&new)?);
        let mut is_same = true;
        for name in in_old.union(&in_new) {
            if !self.tables.is_empty() && !self.tables.contains(name) {
                continue;
            }
            let shown = plain(name);
            match (in_old.contains(name), in_new.contains(name)) {
                (true, true) => {
                    let (old, new) = (old.table(name)?, new.table(name)?);
                    is_same &= self.table(&old, &new, out)?;
                }
                (true, false) => {
                    writeln!(out, "- table {shown}: {} rows", old.table(name)?.len()?)?;
                    is_same = false;
                }
                _ => {
                    writeln!(out, "+ table {shown}: {} rows", new.table(name)?.len()?)?;
                    is_same = false;
                }
            }
        }
        Ok(if is_same { ExitCode::SUCCESS } else { ExitCode::from(NO) })
    }

    /// Whether a table is the same in both.
    fn table(&self, old: &DynamicTable, new: &DynamicTable, out: &mut Out) -> Outcome<bool> {
        let name = plain(old.name());
        let mut is_same = true;
        if old.description() != new.description() {
            writeln!(
                out,
                "~ table {name}: its layout or its indexes differ; see `storage schema`"
            )?;
            is_same = false;
        }
        let mut counts = Counts::default();
        let (mut old, mut new) = (old.rows()?.peekable(), new.rows()?.peekable());
        loop {
            skip_damaged(&mut old, &mut counts)?;
            skip_damaged(&mut new, &mut counts)?;
            let order = match (old.peek(), new.peek()) {
                (Some(Ok(old)), Some(Ok(new))) => old.key_bytes().cmp(new.key_bytes()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                _ => break,
            };
            let old = if order.is_le() { old.next().transpose()? } else { None };
            let new = if order.is_ge() { new.next().transpose()? } else { None };
            if let Some(line) = compare(old.as_ref(), new.as_ref(), &mut counts)?
                && !self.summary
            {
                writeln!(out, "{} {name} {}", line.0, line.1)?;
            }
        }
        let Counts { removed, added, changed, damaged } = counts;
        if removed > 0 || added > 0 || changed > 0 || damaged > 0 {
            is_same = false;
            writeln!(
                out,
                "{name}: {removed} removed, {added} added, {changed} changed, {damaged} damaged"
            )?;
        }
        Ok(is_same)
    }
}

fn skip_damaged(rows: &mut Peekable<DynamicRows>, counts: &mut Counts) -> Outcome<()> {
    while let Some(Err(error)) = rows.next_if(Result::is_err) {
        if !matches!(&error, DynamicError::Storage(error) if error.is_corrupt()) {
            return Err(error.into());
        }
        counts.damaged = counts.damaged.saturating_add(1);
        complain(&error);
    }
    Ok(())
}

/// What is to be said of a row of one or of both.
fn compare(
    old: Option<&DynamicRow>,
    new: Option<&DynamicRow>,
    counts: &mut Counts,
) -> Outcome<Option<(char, String)>> {
    let (sign, count) = match (old, new) {
        (Some(_), None) => ('-', &mut counts.removed),
        (None, Some(_)) => ('+', &mut counts.added),
        (Some(old), Some(new)) if old.body() == new.body() && old.layout() == new.layout() => {
            return Ok(None);
        }
        (Some(old), Some(new)) => {
            let (before, after) = (old.value()?, new.value()?);
            if before.to_string() == after.to_string() {
                return Ok(None);
            }
            counts.changed = counts.changed.saturating_add(1);
            return Ok(Some(('~', format!("{} {}", old.key()?, changes(&before, &after)))));
        }
        (None, None) => return Ok(None),
    };
    *count = count.saturating_add(1);
    let Some(row) = old.or(new) else { return Ok(None) };
    Ok(Some((sign, format!("{} {}", row.key()?, row.value()?))))
}

/// The fields that differ, with both values.
fn changes(old: &Value, new: &Value) -> String {
    let (Value::Struct(old_fields), Value::Struct(new_fields)) = (old, new) else {
        return format!("{old} -> {new}");
    };
    let names = old_fields.iter().chain(new_fields).map(|(name, _)| name);
    let names: BTreeSet<&str> = names.map(|name| &**name).collect();
    let shown =
        |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
    let change = |name: &str| {
        let (old, new) = (shown(old.field(name)), shown(new.field(name)));
        (old != new).then(|| format!("{}: {old} -> {new}", plain(name)))
    };
    names.into_iter().filter_map(change).collect::<Vec<_>>().join(", ")
}
