//! What two layouts have in common, line by line.

use crate::failure::{Failure, Outcome};
use storage::dynamic::DynamicTable;

/// The lines of two layouts: those of the first alone behind `-`, those of the second alone behind `+`.
pub(super) fn diff(table: &DynamicTable, from: u16, to: u16) -> Outcome<String> {
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
