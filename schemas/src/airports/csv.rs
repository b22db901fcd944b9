//! Reading the CSV files: strict, so that a changed file is an error and not a table full of gaps.
//!
//! An empty cell is a gap. Nothing else is: `NA` is North America in one column and Namibia in
//! another.

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, Unexpected},
};
use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};
use storage::StoredRecord;

/// A record that is read from a CSV file.
pub trait CsvRecord: StoredRecord + DeserializeOwned {
    /// The name of the file.
    const FILE: &'static str;
    /// How many columns it has; their names are those that `Deserialize` knows.
    const COLUMN_COUNT: usize;
}

/// A CSV file that cannot be read as the records it should hold.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CsvError {
    /// The file cannot be opened.
    #[error("cannot open {}", path.display())]
    Open {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no CSV at all, or cannot be read to its end.
    #[error("cannot read {}", path.display())]
    Read {
        /// Its path.
        path: PathBuf,
        /// What the reader says.
        source: csv::Error,
    },
    /// The file has another number of columns.
    #[error("{} line 1: {found} columns, expected {expected}", path.display())]
    Columns {
        /// Its path.
        path: PathBuf,
        /// How many columns it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A row is not a record.
    #[error("{} line {line}{}: {reason}", path.display(), in_column(column.as_deref()))]
    Row {
        /// Its path.
        path: PathBuf,
        /// The line on which the row begins.
        line: u64,
        /// The name of the column, where one can be named.
        column: Option<String>,
        /// What is wrong with it.
        reason: String,
    },
}

fn in_column(column: Option<&str>) -> String {
    column.map_or_else(String::new, |column| format!(", column `{column}`"))
}

/// Reads the file of `R` in `dir`.
///
/// # Errors
///
/// [`CsvError`] names the file and, where a row is wrong, its line and column.
pub fn read_csv<R: CsvRecord>(dir: &Path) -> Result<Vec<R>, CsvError> {
    let path = dir.join(R::FILE);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(source) => return Err(CsvError::Open { path, source }),
    };
    let mut reader = csv::Reader::from_reader(file);
    let columns = match reader.headers() {
        Ok(columns) => columns.clone(),
        Err(source) => return Err(CsvError::Read { path, source }),
    };
    if columns.len() != R::COLUMN_COUNT {
        let (found, expected) = (columns.len(), R::COLUMN_COUNT);
        return Err(CsvError::Columns { path, found, expected });
    }
    let rows = reader.into_deserialize();
    rows.collect::<Result<_, _>>().map_err(|error| row_error(path, &columns, error))
}

/// Says where in the file the error is.
fn row_error(path: PathBuf, columns: &csv::StringRecord, source: csv::Error) -> CsvError {
    match source.kind() {
        csv::ErrorKind::Deserialize { pos, err } => {
            let index = err.field().and_then(|index| usize::try_from(index).ok());
            let column = index.and_then(|index| columns.get(index)).map(str::to_owned);
            let line = pos.as_ref().map_or(0, csv::Position::line);
            CsvError::Row { path, line, column, reason: err.kind().to_string() }
        }
        _ => CsvError::Read { path, source },
    }
}

/// A truth value written `yes` or `no`.
pub(super) fn yes_or_no<'de, D: Deserializer<'de>>(cell: D) -> Result<bool, D::Error> {
    match String::deserialize(cell)?.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(D::Error::invalid_value(Unexpected::Str(other), &"`yes` or `no`")),
    }
}

/// A truth value written `1` or `0`.
pub(super) fn zero_or_one<'de, D: Deserializer<'de>>(cell: D) -> Result<bool, D::Error> {
    match u8::deserialize(cell)? {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(D::Error::invalid_value(Unexpected::Unsigned(other.into()), &"0 or 1")),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Country, CsvError, read_csv};
    use std::fs;

    const HEADER: &str = "id,code,name,continent,wikipedia_link,keywords\n";

    fn read(content: &str) -> Result<Vec<Country>, CsvError> {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("countries.csv"), content).unwrap();
        read_csv(dir.path())
    }

    fn error(content: &str) -> String {
        read(content).unwrap_err().to_string()
    }

    #[test]
    fn empty_cells_are_gaps_and_na_is_a_value() {
        let rows =
            read(&format!("{HEADER}1,NA,Namibia,AF,link,\n2,CA,Canada,NA,link,NA\n")).unwrap();
        let rows: Vec<_> =
            rows.iter().map(|row| (row.code.as_str(), row.keywords.as_deref())).collect();
        assert_eq!(rows, [("NA", None), ("CA", Some("NA"))]);
    }

    #[test]
    fn wrong_cells_are_named_by_line_and_column() {
        let text = error(&format!("{HEADER}1,AT,Austria,EU,link,\nx,BE,Belgium,EU,link,\n"));
        assert!(text.contains("countries.csv line 3, column `id`: invalid digit"), "{text}");
        let text = error(&format!("{HEADER}1,AT,Austria,XX,link,\n"));
        assert!(text.contains("countries.csv line 2: unknown variant `XX`"), "{text}");
    }

    #[test]
    fn changed_columns_are_errors() {
        let text = error("id,code,name,continent,wikipedia_link\n1,AT,Austria,EU,link\n");
        assert!(text.contains("countries.csv line 1: 5 columns, expected 6"), "{text}");
        let text = error("id,code,name,continent,wikipedia_link,words\n1,AT,Austria,EU,link,\n");
        assert!(text.contains("unknown field `words`"), "{text}");
    }

    #[test]
    fn missing_files_are_named() {
        let dir = tempfile::tempdir().unwrap();
        let text = read_csv::<Country>(dir.path()).unwrap_err().to_string();
        assert!(text.starts_with("cannot open ") && text.ends_with("countries.csv"), "{text}");
    }
}
