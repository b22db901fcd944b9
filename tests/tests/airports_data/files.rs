//! The rows as the files have them: by column name, without the record types, sorted by Rust.

use super::figures::{AIRPORT_GAPS, AirportRow, RUNWAY_GAPS, Rows, RunwayRow};
use csv::StringRecord;
use std::{fmt::Debug, ops::Index, path::Path, rc::Rc, str::FromStr};

/// A row; `row["name"]` is a cell.
pub(crate) struct Row {
    columns: Rc<StringRecord>,
    cells: StringRecord,
}

impl Index<&str> for Row {
    type Output = str;

    fn index(&self, column: &str) -> &str {
        &self.cells[self.columns.iter().position(|name| name == column).unwrap()]
    }
}

/// The files in their own order.
pub(crate) struct Files {
    pub(crate) airports: Vec<Row>,
    pub(crate) runways: Vec<Row>,
    pub(crate) frequencies: Vec<Row>,
    pub(crate) navaids: Vec<Row>,
    pub(crate) regions: Vec<Row>,
    pub(crate) countries: Vec<Row>,
}

impl Files {
    pub(crate) fn read(source: &Path) -> Self {
        let read = |name: &str| -> Vec<Row> {
            let mut file = csv::Reader::from_path(source.join(name)).unwrap();
            let columns = Rc::new(file.headers().unwrap().clone());
            let row = |cells| Row { columns: Rc::clone(&columns), cells };
            file.records().map(Result::unwrap).map(row).collect()
        };
        Self {
            airports: read("airports.csv"),
            runways: read("runways.csv"),
            frequencies: read("airport-frequencies.csv"),
            navaids: read("navaids.csv"),
            regions: read("regions.csv"),
            countries: read("countries.csv"),
        }
    }

    pub(crate) fn without_every_third(mut self) -> Self {
        let Self { airports, runways, frequencies, navaids, regions, countries } = &mut self;
        for rows in [airports, runways, frequencies, navaids, regions, countries] {
            let mut index = 0;
            rows.retain(|_| {
                index += 1;
                index % 3 != 0
            });
        }
        self
    }

    pub(crate) fn rows(&self) -> Rows {
        let mut airports: Vec<_> = self.airports.iter().map(AirportRow::of_file).collect();
        airports.sort_by(|a, b| a.ident.cmp(&b.ident));
        let mut runways: Vec<_> = self.runways.iter().map(RunwayRow::of_file).collect();
        runways.sort_by_key(|runway| runway.id);
        let mut ids: Vec<u32> = self.airports.iter().map(|row| number(row, "id")).collect();
        ids.sort_unstable();
        let mut places: Vec<_> =
            airports.iter().map(|row| (&row.country, &row.region, &row.ident)).collect();
        places.sort_unstable();
        let places = places.into_iter().map(|(c, r, i)| format!("{c}|{r}|{i}")).collect();
        let column = |rows: &[Row], name| rows.iter().map(|row| row[name].to_owned()).collect();
        Rows {
            ids,
            places,
            airports,
            runways,
            frequency_types: column(&self.frequencies, "type"),
            navaid_types: column(&self.navaids, "type"),
            region_count: self.regions.len(),
            countries: self
                .countries
                .iter()
                .map(|row| (row["code"].to_owned(), row["continent"].to_owned()))
                .collect(),
        }
    }
}

impl AirportRow {
    fn of_file(row: &Row) -> Self {
        Self {
            ident: row["ident"].to_owned(),
            kind: row["type"].to_owned(),
            latitude: number(row, "latitude_deg"),
            elevation: text(row, "elevation_ft").map(|_| number(row, "elevation_ft")),
            continent: row["continent"].to_owned(),
            country: row["iso_country"].to_owned(),
            region: row["iso_region"].to_owned(),
            icao: text(row, "icao_code"),
            iata: text(row, "iata_code"),
            gps: text(row, "gps_code"),
            gaps: AIRPORT_GAPS.into_iter().filter(|name| row[name].is_empty()).collect(),
        }
    }
}

impl RunwayRow {
    fn of_file(row: &Row) -> Self {
        Self {
            id: number(row, "id"),
            airport: row["airport_ident"].to_owned(),
            length: text(row, "length_ft").map(|_| number(row, "length_ft")),
            lighted: &row["lighted"] == "1",
            closed: &row["closed"] == "1",
            gaps: RUNWAY_GAPS.into_iter().filter(|name| row[name].is_empty()).collect(),
        }
    }
}

/// Every third row, in the order of the file.
pub(crate) fn thirds(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().skip(2).step_by(3)
}

pub(crate) fn number<T: FromStr<Err: Debug>>(row: &Row, column: &str) -> T {
    row[column].parse().unwrap()
}

fn text(row: &Row, column: &str) -> Option<String> {
    Some(row[column].to_owned()).filter(|text| !text.is_empty())
}
