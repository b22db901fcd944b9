//! Tables with borders.

use super::plain;
use comfy_table::{CellAlignment, ContentArrangement, Row, Table, presets::UTF8_FULL_CONDENSED};
use storage::dynamic::Value;
use unicode_width::UnicodeWidthStr as _;

/// The widest that a cell is shown where lines may be of any length.
const CELL_WIDTH_MAX: usize = 60;
/// The narrowest column that still says something.
const COLUMN_WIDTH_MIN: usize = 6;
/// A border and the spaces beside a cell.
const AROUND: usize = 3;

/// What a cell shows, and on which side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    text: String,
    is_number: bool,
}

impl Cell {
    /// Of a value; empty if there is none.
    pub(crate) fn of(value: Option<&Value>) -> Self {
        value.map_or_else(Self::default, |value| Self {
            text: shown(value),
            is_number: is_number(value),
        })
    }

    /// Of a text.
    pub(crate) fn text(text: &str) -> Self {
        Self { text: plain(text), is_number: false }
    }

    /// Of a number.
    pub(crate) fn number(number: impl ToString) -> Self {
        Self { text: number.to_string(), is_number: true }
    }
}

/// A value as a cell has it: text without quotes, nothing for `null`.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Option(None) | Value::Unit => String::new(),
        Value::Option(Some(inner)) => shown(inner),
        Value::Text(text) => plain(text),
        Value::Variant(name, None) => plain(name),
        Value::Char(c) => plain(c.encode_utf8(&mut [0; 4])),
        Value::Time(time) => time.to_string(),
        Value::List(_) | Value::Map(_) | Value::Tuple(_) | Value::Struct(_) => value.to_string(),
        other => other.to_string().trim_matches('"').to_owned(),
    }
}

fn is_number(value: &Value) -> bool {
    match value {
        Value::Signed(_) | Value::Unsigned(_) | Value::F32(_) | Value::F64(_) => true,
        Value::Option(Some(inner)) => is_number(inner),
        _ => false,
    }
}

/// Whether the columns have room beside each other.
pub(super) fn fits(names: &[String], _: &[Vec<Option<Value>>], width: Option<usize>) -> bool {
    let least = |name: &String| name.width().min(COLUMN_WIDTH_MIN).saturating_add(AROUND);
    let needed = names.iter().map(least).fold(1_usize, usize::saturating_add);
    width.is_none_or(|width| needed <= width)
}

/// A table of `rows` under `names`. What has no room in a cell is cut off.
pub(crate) fn grid(names: &[String], rows: Vec<Vec<Cell>>, width: Option<usize>) -> String {
    let mut table = Table::new();
    table.load_preset(UTF8_FULL_CONDENSED).set_truncation_indicator("…");
    match width {
        Some(width) => {
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        }
        None => {
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    let mut head = Row::from(names.iter().map(|name| plain(name)).collect::<Vec<_>>());
    head.max_height(1);
    table.set_header(head);
    for row in rows {
        let cells = row.into_iter().map(|Cell { text, is_number }| {
            let text = if width.is_none() { cut(&text, CELL_WIDTH_MAX) } else { text };
            let side = if is_number { CellAlignment::Right } else { CellAlignment::Left };
            comfy_table::Cell::new(text).set_alignment(side)
        });
        let mut row = Row::from(cells.collect::<Vec<_>>());
        row.max_height(1);
        table.add_row(row);
    }
    table.to_string()
}

/// `text`, or as much of it as has room in so many columns.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if kept.width() >= width {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}
