//! `storage import`.

use super::folder::{BODY, DEFINITION, KEY, LAYOUT, ROWS, cannot_write, table_name};
use crate::{
    failure::{Failure, Outcome},
    print::{Out, plain},
};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    collections::{BTreeMap, btree_map::Entry},
    fs,
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{self, ExitCode},
};
use storage::{
    Storage, WriteTxn,
    dynamic::{DynamicError, DynamicTable, DynamicTableMut, Value},
};

/// Makes a file of what `storage export` has written as JSON lines, with every row and index entry. Writes the file.
///
/// An index whose keys a program computes, or that has only some of the rows, is built when that program opens its
/// table.
#[derive(Args, Debug)]
pub(crate) struct Import {
    /// The folder that was exported to
    folder: PathBuf,
    /// The new file
    file: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

/// How many rows are written in one transaction.
const BATCH: usize = 10_000;

impl Import {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let tables = exported(&self.folder)?;
        let draft = Draft::beside(&self.file, self.force)?;
        let storage = Storage::open(&draft.path)?;
        let mut counts = Vec::new();
        for (name, stem) in tables {
            let count = self.table(&storage, &name, &stem)?;
            counts.push((name, count));
        }
        let state = storage.read()?;
        for (name, count) in counts {
            writeln!(out, "{}: {count} rows", plain(&name))?;
            for (index, is_ready) in DynamicTable::open(&state, &name)?.indexes() {
                if !is_ready {
                    let index = plain(&format!("{name}.{}", index.name));
                    writeln!(out, "index {index} is built when a program opens its table")?;
                }
            }
        }
        drop(state);
        storage.close()?;
        draft.keep(&self.file, self.force)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Makes the table `name` of the files that begin with `stem`: how many rows it has.
    fn table(&self, storage: &Storage, name: &str, stem: &str) -> Outcome<u64> {
        let path = self.folder.join(format!("{stem}{DEFINITION}"));
        let definition = fs::read_to_string(&path).map_err(|error| cannot_read(&path, &error))?;
        let made =
            storage.try_write(|txn| DynamicTableMut::create(txn, name, &definition).map(drop));
        made.map_err(|error| Failure::Call(format!("{}: {error}", path.display())))?;
        let mut rows = Rows::open(self.folder.join(format!("{stem}{ROWS}")))?;
        rows.bar.set_message(plain(name));
        let mut count = 0_u64;
        loop {
            let written = storage.try_write(|txn| rows.write_batch(txn, name))?;
            count = count.saturating_add(written);
            if written == 0 {
                rows.bar.finish_and_clear();
                return Ok(count);
            }
        }
    }
}

/// The tables that were exported to `folder`, by their names, and what their files are called.
fn exported(folder: &Path) -> Outcome<BTreeMap<String, String>> {
    let mut tables = BTreeMap::new();
    for file in fs::read_dir(folder).map_err(|error| cannot_read(folder, &error))? {
        let file = file.map_err(|error| cannot_read(folder, &error))?.file_name();
        let Some(stem) = file.to_str().and_then(|file| file.strip_suffix(DEFINITION)) else {
            continue;
        };
        if let Some(name) = table_name(stem) {
            tables.insert(name, stem.to_owned());
        }
    }
    match tables.is_empty() {
        true => Err(Failure::Call(format!(
            "`{}` has no table; `storage export FILE DIR` writes some",
            folder.display()
        ))),
        false => Ok(tables),
    }
}

/// The lines of a table's rows.
struct Rows {
    path: PathBuf,
    lines: io::Lines<BufReader<fs::File>>,
    number: u64,
    bar: ProgressBar,
}

impl Rows {
    fn open(path: PathBuf) -> Outcome<Self> {
        let file = fs::File::open(&path).map_err(|error| cannot_read(&path, &error))?;
        let len = file.metadata().map_err(|error| cannot_read(&path, &error))?.len();
        let bar = ProgressBar::new(len);
        let style = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Ok(Self { path, lines: BufReader::new(file).lines(), number: 0, bar })
    }

    /// Writes the next rows to the table `name`: how many.
    fn write_batch(&mut self, txn: &WriteTxn<'_>, name: &str) -> Outcome<u64> {
        let table = DynamicTableMut::open(txn, name)?;
        let mut of_layouts = BTreeMap::new();
        let mut count = 0_u64;
        for line in self.lines.by_ref().take(BATCH) {
            self.number = self.number.saturating_add(1);
            let path = self.path.display();
            let refused = |said: String| Failure::Call(format!("{path}:{}: {said}", self.number));
            let line = line.map_err(|error| refused(error.to_string()))?;
            self.bar.inc(u64::try_from(line.len()).unwrap_or_default().saturating_add(1));
            write_row(&table, &mut of_layouts, &line).map_err(refused)?;
            count = count.saturating_add(1);
        }
        Ok(count)
    }
}

/// Writes the row that `line` says; or what is wrong with it.
fn write_row<'txn>(
    table: &DynamicTableMut<'txn>,
    of_layouts: &mut BTreeMap<u16, DynamicTableMut<'txn>>,
    line: &str,
) -> Result<(), String> {
    let said = |error: DynamicError| error.to_string();
    let mut row = Value::parse(line).map_err(|error| error.to_string())?;
    let [layout, key, body] = [LAYOUT, KEY, BODY].map(|name| taken(&mut row, name));
    let table = match layout {
        None => table,
        Some(number) => {
            let number: u16 = number.to_string().parse().map_err(|_| {
                format!("`{LAYOUT}`: expected the number of a layout, found {number}")
            })?;
            match of_layouts.entry(number) {
                Entry::Occupied(opened) => opened.into_mut(),
                Entry::Vacant(place) => place.insert(table.in_layout(number).map_err(said)?),
            }
        }
    };
    let (key, body) = match (key, body, table.is_pair().map_err(said)?) {
        (Some(key), Some(body), _) => (key, body),
        (_, _, true) => match [KEY, "key"].map(|name| taken(&mut row, name)) {
            [None, Some(key)] => (key, taken(&mut row, "value").unwrap_or(Value::Unit)),
            _ => return Err("expected an object with `key` and `value`".to_owned()),
        },
        (None, None, false) => return table.insert(&row).map_err(said),
        _ => return Err(format!("`{KEY}` and `{BODY}` go together")),
    };
    let body = bytes(&body).ok_or_else(|| format!("expected bytes, found {body}"))?;
    let key = table.parse_key(&key.to_string()).map_err(said)?;
    if table.put_bytes(&key, &body).map_err(said)? {
        return Err(format!("the key {key} comes twice"));
    }
    // What is beside the bytes says the same to people.
    let is_empty = matches!(&row, Value::Struct(fields) if fields.is_empty());
    let found = table.get(&key).map_err(said)?.map(|row| row.value()).transpose().map_err(said)?;
    match found {
        Some(found) if !is_empty && found.to_string() != row.to_string() => Err(format!(
            "the fields are not those of `{BODY}`; take it and `{KEY}` out where a row was changed"
        )),
        _ => Ok(()),
    }
}

/// The field `name`, which is no more there then.
fn taken(row: &mut Value, name: &str) -> Option<Value> {
    let Value::Struct(fields) = row else { return None };
    let at = fields.iter().position(|(field, _)| **field == *name)?;
    Some(fields.remove(at).1)
}

/// The bytes that are written as hexadecimal digits behind `0x`.
fn bytes(value: &Value) -> Option<Vec<u8>> {
    let Value::Text(text) = value else { return None };
    let (pairs, []) = text.strip_prefix("0x")?.as_bytes().as_chunks::<2>() else { return None };
    let pair = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    pairs.iter().map(pair).collect()
}

/// A file that is gone when it was not kept.
struct Draft {
    path: PathBuf,
}

impl Draft {
    /// A draft beside `file`, which must not be there unless it is to be replaced.
    fn beside(file: &Path, is_forced: bool) -> Outcome<Self> {
        if !is_forced && file.symlink_metadata().is_ok() {
            return Err(cannot_write(file, &io::ErrorKind::AlreadyExists.into()));
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let path = file.with_file_name(format!(".{name}.{}.import", process::id()));
        // What a process of this number has left behind is no part of the file.
        let _ = fs::remove_file(&path);
        Ok(Self { path })
    }

    /// Gives it its name.
    fn keep(self, file: &Path, is_forced: bool) -> Outcome<()> {
        // A link does not replace what has come there meanwhile, and a name is given whole or not at all.
        let named = match is_forced {
            true => fs::rename(&self.path, file),
            false => fs::hard_link(&self.path, file),
        };
        named.map_err(|error| cannot_write(file, &error))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    Failure::Disk(format!("cannot read `{}`: {error}", path.display()))
}
