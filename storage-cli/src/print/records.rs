//! Rows one below the other, where a table has no room.

use super::{
    plain,
    table::{cut, shown},
};
use storage::dynamic::Value;
use unicode_width::UnicodeWidthStr as _;

/// `rows` as lines of a name and a value, with an empty line between two.
pub(super) fn records(
    names: &[String],
    rows: &[Vec<Option<Value>>],
    width: Option<usize>,
) -> String {
    let width = width.unwrap_or(usize::MAX);
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or_default();
    // A value has as much room as its name, at least.
    let name_width = widest.min(width / 2);
    let value_width = width.saturating_sub(name_width.saturating_add(1)).max(1);
    let record = |row: &Vec<Option<Value>>| {
        let line = |(name, cell): (&String, &Option<Value>)| {
            let name = cut(name, name_width);
            let gap = " ".repeat(name_width.saturating_sub(name.width()));
            let value = cell.as_ref().map(shown).unwrap_or_default();
            format!("{name}{gap} {}", cut(&value, value_width)).trim_end().to_owned()
        };
        names.iter().zip(row).map(line).collect::<Vec<_>>().join("\n")
    };
    rows.iter().map(record).collect::<Vec<_>>().join("\n\n")
}
