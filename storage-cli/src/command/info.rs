//! `storage info`.

use crate::{
    failure::Outcome,
    file::File,
    print::{Cell, Out, bytes, grid, plain},
};
use clap::Args;
use serde::Serialize;
use std::{collections::BTreeMap, fs, io::Write as _, path::PathBuf, process::ExitCode};
use storage::{backend::ByteReader as _, dynamic::DynamicTable, maintenance::FORMAT_VERSION};

/// Shows what the file is.
#[derive(Args, Debug)]
pub(crate) struct Info {
    /// The file
    file: PathBuf,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// Measure tables and count the rows of each layout, which reads the whole file. Files of up to 64 MiB are measured
    /// anyway
    #[arg(long)]
    full: bool,
}

/// Files up to so many bytes are measured without being asked to.
const SMALL_LEN: u64 = 64 << 20;

/// What is known of a file.
#[derive(Debug, Serialize)]
struct Report {
    path: String,
    bytes: u64,
    format: u32,
    /// Whether another program has it open, and this is a copy of its state.
    open_elsewhere: bool,
    tables: Vec<TableReport>,
    /// Tables that the catalogue does not know: of another program, or written around it.
    unknown_tables: Vec<String>,
}

#[derive(Debug, Serialize)]
struct TableReport {
    name: String,
    record: String,
    codec: String,
    key: String,
    rows: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Size>,
    layouts: Vec<LayoutReport>,
    indexes: Vec<IndexReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed: Option<FeedReport>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Size {
    /// Bytes of keys and values.
    stored: u64,
    /// Bytes of the tree over them.
    tree: u64,
    /// Bytes of pages that hold nothing.
    unused: u64,
}

#[derive(Debug, Serialize)]
struct LayoutReport {
    number: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
}

#[derive(Debug, Serialize)]
struct IndexReport {
    name: String,
    key: String,
    over: String,
    unique: bool,
    ready: bool,
    entries: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Size>,
}

/// The log of a table's changes.
#[derive(Debug, Serialize)]
struct FeedReport {
    changes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Size>,
}

impl Info {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let report = self.report()?;
        if self.json {
            let json = serde_json::to_string_pretty(&report).map_err(std::io::Error::from)?;
            writeln!(out, "{json}")?;
        } else {
            print(&report, out)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn report(&self) -> Outcome<Report> {
        let file = File::open(&self.file)?;
        let bytes = fs::metadata(&self.file)?.len();
        let is_measured = self.full || bytes <= SMALL_LEN;
        let sizes = if is_measured { sizes(&file)? } else { BTreeMap::new() };
        let mut tables = Vec::new();
        for table in file.state.tables()? {
            let open = file.table(&table.name)?;
            tables.push(TableReport {
                key: open.key_shape().to_string(),
                size: sizes.get(&table.name).copied(),
                layouts: layouts(&open, is_measured)?,
                indexes: indexes(&file, &open, &sizes)?,
                feed: feed(&file, &table.name, &sizes)?,
                name: table.name,
                record: table.row_type,
                codec: table.codec,
                rows: table.row_count,
            });
        }
        let known = |name: &str| {
            let table = name.split('$').next().unwrap_or_default();
            name == "$catalog" || tables.iter().any(|known| known.name == table)
        };
        let mut unknown_tables = file.storage.backend().snapshot()?.table_names()?;
        unknown_tables.retain(|name| !known(name));
        let path = self.file.display().to_string();
        let (format, open_elsewhere) = (FORMAT_VERSION, file.is_copy);
        Ok(Report { path, bytes, format, open_elsewhere, tables, unknown_tables })
    }
}

fn sizes(file: &File) -> Outcome<BTreeMap<String, Size>> {
    let stats = file.storage.table_stats()?.into_iter().map(|stats| {
        let (stored, tree, unused) = (stats.stored_len, stats.metadata_len, stats.unused_len);
        (stats.table, Size { stored, tree, unused })
    });
    Ok(stats.collect())
}

/// The layouts of a table, each with its rows if all of these are read. Where there is one, all rows have it.
fn layouts(table: &DynamicTable, is_counted: bool) -> Outcome<Vec<LayoutReport>> {
    let numbers: Vec<u16> = table.layouts().map(|layout| layout.number).collect();
    let counts = match numbers.as_slice() {
        [only] => Some(BTreeMap::from([(*only, table.len()?)])),
        _ if is_counted => {
            let mut counts = BTreeMap::new();
            // What cannot be read is told by `storage check`.
            for row in table.rows()?.flatten() {
                let count = counts.entry(row.layout()).or_insert(0_u64);
                *count = count.saturating_add(1);
            }
            Some(counts)
        }
        _ => None,
    };
    let rows = |number: &u16| {
        counts.as_ref().map(|counts| counts.get(number).copied().unwrap_or_default())
    };
    Ok(numbers.iter().map(|number| LayoutReport { number: *number, rows: rows(number) }).collect())
}

fn indexes(
    file: &File,
    table: &DynamicTable,
    sizes: &BTreeMap<String, Size>,
) -> Outcome<Vec<IndexReport>> {
    let snapshot = file.storage.backend().snapshot()?;
    let mut reports = Vec::new();
    for (shape, is_ready) in table.indexes() {
        let name = format!("{}${}", table.name(), shape.name);
        reports.push(IndexReport {
            name: shape.name.clone(),
            key: shape.key.to_string(),
            over: shape.source.clone(),
            unique: shape.is_unique,
            ready: is_ready,
            entries: snapshot.len(&(*name).into())?,
            size: sizes.get(&name).copied(),
        });
    }
    Ok(reports)
}

/// The feed of a table, if changes were logged.
fn feed(file: &File, table: &str, sizes: &BTreeMap<String, Size>) -> Outcome<Option<FeedReport>> {
    let (name, snapshot) = (format!("{table}$$feed"), file.storage.backend().snapshot()?);
    if !snapshot.table_names()?.contains(&name) {
        return Ok(None);
    }
    let (changes, size) = (snapshot.len(&(*name).into())?, sizes.get(&name).copied());
    Ok(Some(FeedReport { changes, size }))
}

fn print(report: &Report, out: &mut Out) -> Outcome<()> {
    writeln!(out, "{}", plain(&report.path))?;
    let elsewhere =
        if report.open_elsewhere { ", open in another program: a copy of its state" } else { "" };
    writeln!(out, "{}, format {}{elsewhere}", bytes(report.bytes), report.format)?;
    if report.tables.is_empty() {
        writeln!(out, "no tables")?;
    }
    let names =
        ["table", "rows", "bytes", "record", "codec", "key", "layouts (rows)"].map(String::from);
    let row = |table: &TableReport| {
        let layout = |layout: &LayoutReport| match layout.rows {
            Some(rows) if table.layouts.len() > 1 => format!("{} ({rows})", layout.number),
            _ => layout.number.to_string(),
        };
        let layouts: Vec<String> = table.layouts.iter().map(layout).collect();
        vec![
            Cell::text(&table.name),
            Cell::number(table.rows),
            Cell::number(size(table.size)),
            Cell::text(&table.record),
            Cell::text(&table.codec),
            Cell::text(&table.key),
            Cell::text(&layouts.join(", ")),
        ]
    };
    if !report.tables.is_empty() {
        let rows = report.tables.iter().map(row).collect();
        writeln!(out, "{}", grid(&names, rows, out.width()))?;
    }
    let names = ["index", "entries", "bytes", "key", "over", "state"].map(String::from);
    let mut rows = Vec::new();
    for (table, index) in
        report.tables.iter().flat_map(|table| table.indexes.iter().map(move |index| (table, index)))
    {
        let unique = if index.unique { "unique, " } else { "" };
        rows.push(vec![
            Cell::text(&format!("{}.{}", table.name, index.name)),
            Cell::number(index.entries),
            Cell::number(size(index.size)),
            Cell::text(&index.key),
            Cell::text(&index.over),
            Cell::text(&format!("{unique}{}", if index.ready { "ready" } else { "building" })),
        ]);
    }
    if !rows.is_empty() {
        writeln!(out, "{}", grid(&names, rows, out.width()))?;
    }
    let names = ["feed", "changes", "bytes"].map(String::from);
    let feed = |table: &TableReport| {
        let feed = table.feed.as_ref()?;
        Some(vec![
            Cell::text(&table.name),
            Cell::number(feed.changes),
            Cell::number(size(feed.size)),
        ])
    };
    let rows: Vec<_> = report.tables.iter().filter_map(feed).collect();
    if !rows.is_empty() {
        writeln!(out, "{}", grid(&names, rows, out.width()))?;
    }
    if !report.unknown_tables.is_empty() {
        writeln!(out, "tables of no catalogue: {}", plain(&report.unknown_tables.join(", ")))?;
    }
    Ok(())
}

fn size(size: Option<Size>) -> String {
    let whole = size.map(|size| size.stored.saturating_add(size.tree).saturating_add(size.unused));
    whole.map_or_else(|| "?".to_owned(), bytes)
}
