//! The rows as the files have them: text by column name, without the record type, sorted and counted by Rust.

use super::figures::{Figures, GAPS, Hour};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

/// A row: its cells by the names of their columns.
pub(crate) type Row = HashMap<String, String>;

/// The rows of all files, in their order.
#[derive(Clone)]
pub(crate) struct Files {
    pub(crate) rows: Vec<Row>,
}

impl Files {
    pub(crate) fn read(paths: &[impl AsRef<Path>]) -> Self {
        let mut rows = Vec::new();
        for path in paths {
            let mut file = csv::Reader::from_path(path).unwrap();
            rows.extend(file.deserialize::<Row>().map(Result::unwrap));
        }
        Self { rows }
    }

    pub(crate) fn without_every_third(mut self) -> Self {
        let mut index = 0;
        self.rows.retain(|_| {
            index += 1;
            index % 3 != 0
        });
        self
    }

    pub(crate) fn figures(&self) -> Figures {
        let mut hours: Vec<Hour> = self.rows.iter().map(hour).collect();
        hours.sort();
        let mut hours_by_time = hours.clone();
        hours_by_time.sort_by(|a, b| (a.1, a.2, a.3, a.4, &a.0).cmp(&(b.1, b.2, b.3, b.4, &b.0)));
        let mut stations = BTreeMap::new();
        let mut by_wind = BTreeMap::new();
        for row in &self.rows {
            *stations.entry(row["station"].clone()).or_default() += 1;
            if row["wd"] != "NA" {
                *by_wind.entry(row["wd"].clone()).or_default() += 1;
            }
        }
        let gaps = |name| (name, count(&self.rows, |row| row[name] == "NA"));
        let june = |row: &&Row| {
            row["station"] == "Changping" && row["year"] == "2014" && row["month"] == "6"
        };
        let mut june: Vec<&Row> = self.rows.iter().filter(june).collect();
        june.sort_by_key(|row| hour(row));
        Figures {
            rows: count(&self.rows, |_| true),
            stations,
            hours,
            hours_by_time,
            nulls: GAPS.into_iter().map(gaps).collect(),
            by_wind,
            june: june.iter().map(|row| (number(row, "PM2.5"), number(row, "TEMP"))).collect(),
            pm25_from_500: self.numbers("PM2.5").filter(|value| *value >= 500.0).count(),
            cold: self.numbers("TEMP").filter(|value| (-10.0..-5.0).contains(value)).count(),
            co_sum: self.rows.iter().filter_map(|row| row["CO"].parse::<u64>().ok()).sum(),
        }
    }

    fn numbers(&self, column: &str) -> impl Iterator<Item = f64> {
        self.rows.iter().filter_map(move |row| number(row, column))
    }
}

/// The key of a row.
pub(crate) fn hour(row: &Row) -> Hour {
    let cell = |column: &str| row[column].parse().unwrap();
    let year = row["year"].parse().unwrap();
    (row["station"].clone(), year, cell("month"), cell("day"), cell("hour"))
}

fn number(row: &Row, column: &str) -> Option<f64> {
    match row[column].as_str() {
        "NA" => None,
        digits => Some(digits.parse().unwrap()),
    }
}

fn count(rows: &[Row], predicate: impl Fn(&Row) -> bool) -> u64 {
    rows.iter().filter(|row| predicate(row)).count().try_into().unwrap()
}
