//! Which rows a command is about, and what of them it shows.

use crate::{
    failure::{Failure, Outcome, complain},
    filter::Filter,
};
use clap::Args;
use std::ops::Bound;
use storage::dynamic::{DynamicError, DynamicIndex, DynamicRow, DynamicRows, DynamicTable, Value};

/// Which rows.
#[derive(Args, Debug, Default)]
pub(crate) struct Selection {
    /// Only rows with this key, in the index if one is named
    #[arg(long, value_name = "KEY", conflicts_with_all = ["from", "to", "until", "prefix"])]
    pub(crate) key: Option<String>,
    /// Only rows from this key on; of a key of several parts the first will do
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    pub(crate) from: Option<String>,
    /// Only rows before this key
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    pub(crate) to: Option<String>,
    /// Only rows up to this key, itself included
    #[arg(long, value_name = "KEY", allow_hyphen_values = true, conflicts_with = "to")]
    pub(crate) until: Option<String>,
    /// Only rows whose key begins so: '(Dingling,)', or how text begins
    #[arg(long, value_name = "KEY", conflicts_with_all = ["from", "to", "until"])]
    pub(crate) prefix: Option<String>,
    /// Take rows and keys by this index
    #[arg(long, value_name = "NAME")]
    pub(crate) index: Option<String>,
    /// From the last row to the first
    #[arg(long)]
    pub(crate) reverse: bool,
    /// Only rows for which this holds
    #[arg(long = "where", value_name = "FILTER")]
    #[arg(help = "Only rows for which this holds: 'elevation_ft > 5000 && country == \"CH\"'")]
    pub(crate) filter: Option<String>,
    /// Read rows of older layouts as rows of the newest, where the schema alone says how
    #[arg(long)]
    pub(crate) upcast: bool,
}

/// Where rows come from.
enum Source<'t> {
    Table(&'t DynamicTable),
    Index(DynamicIndex),
}

/// Runs `$verb` of the table or the index.
macro_rules! of_source {
    ($source:expr, $verb:ident($($argument:expr),*)) => {
        match $source {
            Source::Table(table) => table.$verb($($argument),*),
            Source::Index(index) => index.$verb($($argument),*),
        }
    };
}

impl Selection {
    /// The table in which rows are read as they are asked for.
    pub(crate) fn prepared(&self, table: DynamicTable) -> Outcome<DynamicTable> {
        Ok(if self.upcast { table.upcast()? } else { table })
    }

    /// Whether all rows of the table are meant.
    pub(crate) const fn is_all(&self) -> bool {
        self.key.is_none()
            && self.from.is_none()
            && self.to.is_none()
            && self.until.is_none()
            && self.prefix.is_none()
            && self.index.is_none()
            && self.filter.is_none()
    }

    /// The rows in their order.
    pub(crate) fn rows(&self, table: &DynamicTable) -> Outcome<Selected> {
        let filter = self.filter.as_deref().map(|text| Filter::parse(text, table)).transpose()?;
        let source = match &self.index {
            None => Source::Table(table),
            Some(index) => Source::Index(table.index(index)?),
        };
        let bound = |text: &String| of_source!(&source, parse_prefix(text));
        let rows = match (&self.key, &self.prefix) {
            (Some(key), _) => {
                let key = of_source!(&source, parse_key(key))?;
                match &source {
                    Source::Table(table) => table.range(key.clone()..=key)?,
                    Source::Index(index) => index.all_of(&key)?,
                }
            }
            (None, Some(prefix)) => {
                let prefix = bound(prefix)?;
                of_source!(&source, prefix(&prefix))?
            }
            (None, None) => {
                let lower = self.from.as_ref().map(&bound).transpose()?;
                let lower = lower.map_or(Bound::Unbounded, Bound::Included);
                let upper = match (&self.to, &self.until) {
                    (Some(to), _) => Bound::Excluded(bound(to)?),
                    (None, Some(until)) => Bound::Included(bound(until)?),
                    (None, None) => Bound::Unbounded,
                };
                of_source!(&source, range((lower, upper)))?
            }
        };
        Ok(Selected { rows, is_reverse: self.reverse, filter, damaged: 0 })
    }
}

/// Rows under way. What cannot be read is complained of, and left out.
pub(crate) struct Selected {
    rows: DynamicRows,
    is_reverse: bool,
    filter: Option<Filter>,
    /// How many rows could not be read.
    pub(crate) damaged: u64,
}

impl Selected {
    /// The next row that passes the filter.
    pub(crate) fn next(&mut self) -> Outcome<Option<DynamicRow>> {
        loop {
            let row = if self.is_reverse { self.rows.next_back() } else { self.rows.next() };
            let Some(row) = row else { return Ok(None) };
            let passed = row.and_then(|row| {
                let passes = self.filter.as_ref().map_or(Ok(true), |filter| filter.passes(&row))?;
                Ok(passes.then_some(row))
            });
            match passed {
                Ok(Some(row)) => return Ok(Some(row)),
                Ok(None) => {}
                Err(error) => self.skip(error)?,
            }
        }
    }

    /// Goes on behind a row that cannot be read; anything else ends it.
    pub(crate) fn skip(&mut self, error: DynamicError) -> Outcome<()> {
        let is_of_one_row =
            matches!(&error, DynamicError::Storage(storage::StorageError::Corrupt(_)));
        if !is_of_one_row {
            return Err(error.into());
        }
        self.damaged = self.damaged.saturating_add(1);
        complain(&error);
        Ok(())
    }
}

/// The fields that are shown, by their paths: those that were asked for, or all of the newest layout.
#[derive(Debug)]
pub(crate) struct Columns {
    /// None: the whole value is shown where the format has no columns.
    chosen: bool,
    pub(crate) names: Vec<String>,
}

/// What the key of a pair and its value are called.
const KEY: &str = "key";
const VALUE: &str = "value";

impl Columns {
    /// Those that `fields` names, with commas between them.
    pub(crate) fn new(table: &DynamicTable, fields: Option<&str>) -> Outcome<Self> {
        let of_layouts: Vec<Vec<String>> = table
            .layouts()
            .rev()
            .map(|layout| field_names(layout.description).unwrap_or_default())
            .collect();
        let newest = of_layouts.first().cloned().unwrap_or_default();
        let known: Vec<String> = of_layouts.into_iter().flatten().collect();
        let is_pair = known.is_empty();
        let Some(fields) = fields else {
            let names = if is_pair { vec![KEY.to_owned(), VALUE.to_owned()] } else { newest };
            return Ok(Self { chosen: false, names });
        };
        let names: Vec<String> = fields.split(',').map(|name| name.trim().to_owned()).collect();
        for name in &names {
            let first = name.split('.').next().unwrap_or_default();
            let is_known = known.iter().any(|known| known == first);
            if !is_known && first != KEY && !(is_pair && first == VALUE) {
                return Err(Failure::Call(format!(
                    "table `{}` has no field `{first}`; its fields are {}",
                    table.name(),
                    if is_pair { "key, value".to_owned() } else { newest.join(", ") },
                )));
            }
        }
        Ok(Self { chosen: true, names })
    }

    /// The value of each column, in their order; nothing where the layout of the row has no such field.
    pub(crate) fn cells(&self, row: &DynamicRow) -> Result<Vec<Option<Value>>, DynamicError> {
        if !self.chosen {
            let value = row.value()?;
            return self.names.iter().map(|name| self.cell(row, &value, name)).collect();
        }
        let cell = |name: &String| match row.field(name)? {
            None if name == KEY => row.key().map(Some),
            None if name == VALUE => row.value().map(Some),
            found => Ok(found),
        };
        self.names.iter().map(cell).collect()
    }

    fn cell(
        &self,
        row: &DynamicRow,
        value: &Value,
        name: &str,
    ) -> Result<Option<Value>, DynamicError> {
        match (value.field(name), value, name) {
            (Some(found), ..) => Ok(Some(found.clone())),
            (None, Value::Struct(_), _) => Ok(None),
            (None, _, KEY) => row.key().map(Some),
            (None, value, VALUE) => Ok(Some(value.clone())),
            // A struct of one field without a name is that field.
            (None, value, _) => Ok((self.names.len() == 1).then(|| value.clone())),
        }
    }

    /// The whole row, or of it what was asked for.
    pub(crate) fn value(&self, row: &DynamicRow) -> Result<Value, DynamicError> {
        let is_pair = self.names.first().is_some_and(|name| name == KEY);
        if !self.chosen && !is_pair {
            return row.value();
        }
        let cells = self.cells(row)?;
        let found = self.names.iter().zip(cells);
        let fields = found.filter_map(|(name, cell)| Some((name.as_str().into(), cell?)));
        Ok(Value::Struct(fields.collect()))
    }
}

fn field_names(description: &storage::dynamic::Description) -> Option<Vec<String>> {
    use storage::schema::{Definition, Presence};
    let storage::schema::RowShape::Record { types, .. } = &description.rows else { return None };
    let (_, Definition::Struct(fields) | Definition::Table(fields)) = types.root()? else {
        return None;
    };
    let live = fields.iter().filter(|field| {
        !field.slot.as_ref().is_some_and(|slot| slot.presence == Presence::Removed)
    });
    Some(live.map(|field| field.name.clone()).collect())
}
