//! `storage stats`.

use super::after_damage;
use crate::{
    failure::{Failure, Outcome},
    file::File,
    filter::{number, order},
    print::{Out, shown},
    select::Selection,
};
use clap::Args;
use std::{
    cmp::Ordering,
    collections::HashSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::Write as _,
    path::PathBuf,
};
use storage::dynamic::{DynamicTable, Value};

/// Shows what a column holds: how many values, the least and the greatest, and a histogram of numbers.
#[derive(Args, Debug)]
pub(crate) struct Stats {
    /// The file
    file: PathBuf,
    /// The table
    table: String,
    /// The field; a path leads into it: location.city
    #[arg(long, value_name = "FIELD")]
    column: String,
    #[command(flatten)]
    selection: Selection,
}

/// How many different values are told apart; more are only said to be more.
const DISTINCT_MAX: usize = 1_000_000;
/// How many bars a histogram has.
const BAR_COUNT: usize = 10;
/// The longest bar.
const BAR_LEN: usize = 40;

/// What a column holds.
#[derive(Debug, Default)]
struct Column {
    count: u64,
    null_count: u64,
    least: Option<Value>,
    greatest: Option<Value>,
    /// By their hashes: of two in a million one may be missed.
    distinct: HashSet<u64>,
    number_count: u64,
    sum: f64,
}

impl Stats {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let table = self.selection.prepared(file.table(&self.table)?)?;
        if table.field_type(&self.column).is_none() {
            let (table, column) = (&self.table, &self.column);
            return Err(Failure::Call(format!("table `{table}` has no field `{column}`")));
        }
        let mut column = Column::default();
        let damaged = self.each(&table, |value| column.add(value))?;
        column.print(out)?;
        let range =
            column.least.as_ref().and_then(number).zip(column.greatest.as_ref().and_then(number));
        if let Some((least, greatest)) = range.filter(|(least, greatest)| least < greatest) {
            let mut bars = [0_u64; BAR_COUNT];
            let width = (greatest - least) / to_float(BAR_COUNT);
            self.each(&table, |value| {
                if let Some(number) = value.as_ref().and_then(number) {
                    let bar = bars
                        .iter_mut()
                        .enumerate()
                        .rev()
                        .find(|(bar, _)| *bar == 0 || number >= least + width * to_float(*bar));
                    if let Some((_, count)) = bar {
                        *count = count.saturating_add(1);
                    }
                }
            })?;
            histogram(out, &bars, least, width)?;
        }
        Ok(after_damage(damaged))
    }

    /// Calls `visit` with the column of each row; how many could not be read.
    fn each(&self, table: &DynamicTable, mut visit: impl FnMut(Option<Value>)) -> Outcome<u64> {
        let mut rows = self.selection.rows(table)?;
        while let Some(row) = rows.next()? {
            let found = match row.field(&self.column) {
                Ok(None) if self.column == "key" => row.key().map(Some),
                found => found,
            };
            match found {
                Ok(value) => visit(value),
                Err(error) => rows.skip(error)?,
            }
        }
        Ok(rows.damaged)
    }
}

impl Column {
    fn add(&mut self, value: Option<Value>) {
        let value = match value {
            Some(Value::Option(Some(inner))) => *inner,
            None | Some(Value::Option(None)) => {
                self.null_count = self.null_count.saturating_add(1);
                return;
            }
            Some(value) => value,
        };
        self.count = self.count.saturating_add(1);
        if let Some(number) = number(&value) {
            self.number_count = self.number_count.saturating_add(1);
            self.sum += number;
        }
        if self.distinct.len() < DISTINCT_MAX {
            let mut hasher = DefaultHasher::new();
            value.to_string().hash(&mut hasher);
            self.distinct.insert(hasher.finish());
        }
        let is = |found: &Option<Value>, wanted| {
            found.as_ref().is_none_or(|found| order(&value, found) == Some(wanted))
        };
        if is(&self.least, Ordering::Less) {
            self.least = Some(value.clone());
        }
        if is(&self.greatest, Ordering::Greater) {
            self.greatest = Some(value);
        }
    }

    fn print(&self, out: &mut Out) -> Outcome<()> {
        writeln!(out, "values    {}", self.count)?;
        writeln!(out, "null      {}", self.null_count)?;
        let more = if self.distinct.len() == DISTINCT_MAX { " or more" } else { "" };
        writeln!(out, "distinct  {}{more}", self.distinct.len())?;
        if let Some((least, greatest)) = self.least.as_ref().zip(self.greatest.as_ref()) {
            writeln!(out, "least     {}", shown(least))?;
            writeln!(out, "greatest  {}", shown(greatest))?;
        }
        if self.number_count > 0 {
            writeln!(out, "mean      {:.4}", self.sum / to_float(self.number_count))?;
        }
        Ok(())
    }
}

fn histogram(out: &mut Out, bars: &[u64], least: f64, width: f64) -> Outcome<()> {
    let most = bars.iter().copied().max().unwrap_or(1).max(1);
    let labels: Vec<String> =
        (0..bars.len()).map(|bar| format!("{:.4}", least + width * to_float(bar))).collect();
    let label_len = labels.iter().map(String::len).max().unwrap_or_default();
    let room = out.width().map_or(BAR_LEN, |width| {
        width.saturating_sub(label_len.saturating_add(10)).clamp(1, BAR_LEN)
    });
    writeln!(out)?;
    for (label, count) in labels.iter().zip(bars) {
        let len = to_float(*count) / to_float(most) * to_float(room);
        let full = (0..room).take_while(|at| to_float(*at) + 0.5 <= len).count();
        writeln!(out, "{label:>label_len$} {} {count}", "█".repeat(full))?;
    }
    Ok(())
}

/// A count as a float, which is exact as far as anybody counts.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "the nearest is meant")]
fn to_float(count: impl TryInto<u64>) -> f64 {
    count.try_into().unwrap_or(u64::MAX) as f64
}
