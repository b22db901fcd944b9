//! The rows as the store has them: read from views, in the order of the keys.

use super::{
    figures::{AIRPORT_GAPS, AirportRow, RUNWAY_GAPS, Rows, RunwayRow},
    files::{Files, Row, number, thirds},
};
use rkyv::{Archive, Deserialize, Serialize};
use schemas::airports::{
    Airport, AirportType, ArchivedAirport, ArchivedNavaid, ArchivedRunway, Continent, Country,
    CsvRecord, Frequency, Navaid, NavaidType, Region, Runway, read_csv,
};
use std::path::Path;
use storage::{Storage, StoredRecord, Table, WriteTxn};

/// The airports by number.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "airports_by_id")]
struct AirportById {
    #[store(key)]
    id: u32,
    ident: String,
}

/// The airports by where they are.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "airports_by_region")]
struct AirportByRegion {
    #[store(key)]
    country: String,
    #[store(key)]
    region: String,
    #[store(key)]
    ident: String,
}

/// The tables, and two more for other orders.
pub(crate) struct Tables {
    airports: Table<Airport>,
    by_id: Table<AirportById>,
    by_region: Table<AirportByRegion>,
    runways: Table<Runway>,
    frequencies: Table<Frequency>,
    navaids: Table<Navaid>,
    regions: Table<Region>,
    countries: Table<Country>,
}

impl Tables {
    pub(crate) fn open(storage: &Storage) -> Self {
        Self {
            airports: Airport::table(storage).unwrap(),
            by_id: AirportById::table(storage).unwrap(),
            by_region: AirportByRegion::table(storage).unwrap(),
            runways: Runway::table(storage).unwrap(),
            frequencies: Frequency::table(storage).unwrap(),
            navaids: Navaid::table(storage).unwrap(),
            regions: Region::table(storage).unwrap(),
            countries: Country::table(storage).unwrap(),
        }
    }

    pub(crate) fn load(&self, source: &Path) {
        let airports = read_csv::<Airport>(source).unwrap();
        let by_id =
            |airport: &Airport| AirportById { id: airport.id, ident: airport.ident.clone() };
        let by_region = |airport: &Airport| AirportByRegion {
            country: airport.country.clone(),
            region: airport.region.clone(),
            ident: airport.ident.clone(),
        };
        self.by_id.put_stream(airports.iter().map(by_id)).unwrap();
        self.by_region.put_stream(airports.iter().map(by_region)).unwrap();
        self.airports.put_stream(airports).unwrap();
        put_file(&self.runways, source);
        put_file(&self.frequencies, source);
        put_file(&self.navaids, source);
        put_file(&self.regions, source);
        put_file(&self.countries, source);
    }

    /// Scans every table once.
    pub(crate) fn rows(&self) -> Rows {
        let frequency_types = self.frequencies.scan(|row| Some(row.kind.to_string())).unwrap();
        let place = |row: &ArchivedAirportByRegion| {
            Some(format!("{}|{}|{}", row.country, row.region, row.ident))
        };
        let navaid_type = |row: &ArchivedNavaid| Some(NavaidType::from(&row.kind).to_string());
        Rows {
            airports: self.airports.scan(|row| Some(AirportRow::of_view(row))).unwrap(),
            ids: self.by_id.scan(|row| Some(row.id.to_native())).unwrap(),
            places: self.by_region.scan(place).unwrap(),
            runways: self.runways.scan(|row| Some(RunwayRow::of_view(row))).unwrap(),
            frequency_types,
            navaid_types: self.navaids.scan(navaid_type).unwrap(),
            region_count: self.regions.iter().unwrap().map(Result::unwrap).count(),
            countries: self
                .countries
                .scan(|row| {
                    Some((row.code.to_string(), Continent::from(&row.continent).to_string()))
                })
                .unwrap(),
        }
    }
}

fn put_file<R: CsvRecord>(table: &Table<R>, source: &Path) {
    table.put_stream(read_csv::<R>(source).unwrap()).unwrap();
}

/// Deletes every third record of each file from its table, all in one transaction.
pub(crate) fn delete_every_third(storage: &Storage, files: &Files) -> storage::Result<()> {
    storage.write(|txn| {
        let airports = txn.table::<Airport>()?;
        let by_id = txn.table::<AirportById>()?;
        let by_region = txn.table::<AirportByRegion>()?;
        for row in thirds(&files.airports) {
            let [country, region, ident] =
                ["iso_country", "iso_region", "ident"].map(|column| &row[column]);
            assert!(airports.delete(ident)?);
            assert!(by_id.delete(number::<u32>(row, "id"))?);
            assert!(by_region.delete((country, region, ident))?);
        }
        delete_thirds(&txn.table::<Runway>()?, &files.runways)?;
        delete_thirds(&txn.table::<Frequency>()?, &files.frequencies)?;
        delete_thirds(&txn.table::<Navaid>()?, &files.navaids)?;
        delete_thirds(&txn.table::<Region>()?, &files.regions)?;
        delete_thirds(&txn.table::<Country>()?, &files.countries)
    })
}

fn delete_thirds<R>(table: &Table<R, WriteTxn<'_>>, rows: &[Row]) -> storage::Result<()>
where
    R: StoredRecord<Key = u32>,
{
    for row in thirds(rows) {
        assert!(table.delete(number::<u32>(row, "id"))?);
    }
    Ok(())
}

impl AirportRow {
    fn of_view(row: &ArchivedAirport) -> Self {
        let gaps = [
            row.elevation_ft.is_none(),
            row.municipality.is_none(),
            row.icao.is_none(),
            row.iata.is_none(),
            row.gps_code.is_none(),
            row.local_code.is_none(),
            row.home_link.is_none(),
            row.wikipedia_link.is_none(),
            row.keywords.is_none(),
        ];
        Self {
            ident: row.ident.to_string(),
            kind: AirportType::from(&row.kind).to_string(),
            latitude: row.latitude_deg.to_native(),
            elevation: row.elevation_ft.as_ref().map(|feet| feet.to_native().into()),
            continent: Continent::from(&row.continent).to_string(),
            country: row.country.to_string(),
            region: row.region.to_string(),
            icao: row.icao.as_ref().map(ToString::to_string),
            iata: row.iata.as_ref().map(ToString::to_string),
            gps: row.gps_code.as_ref().map(ToString::to_string),
            gaps: names_of(gaps, AIRPORT_GAPS),
        }
    }
}

impl RunwayRow {
    fn of_view(row: &ArchivedRunway) -> Self {
        let gaps = [
            row.length_ft.is_none(),
            row.width_ft.is_none(),
            row.surface.is_none(),
            row.low_end.ident.is_none(),
            row.low_end.latitude_deg.is_none(),
            row.low_end.longitude_deg.is_none(),
            row.low_end.elevation_ft.is_none(),
            row.low_end.heading_deg.is_none(),
            row.low_end.displaced_threshold_ft.is_none(),
            row.high_end.ident.is_none(),
            row.high_end.latitude_deg.is_none(),
            row.high_end.longitude_deg.is_none(),
            row.high_end.elevation_ft.is_none(),
            row.high_end.heading_deg.is_none(),
            row.high_end.displaced_threshold_ft.is_none(),
        ];
        Self {
            id: row.id.to_native(),
            airport: row.airport_ident.to_string(),
            length: row.length_ft.as_ref().map(|feet| feet.to_native().into()),
            lighted: row.lighted,
            closed: row.closed,
            gaps: names_of(gaps, RUNWAY_GAPS),
        }
    }
}

/// The names of those that are gaps.
fn names_of<const N: usize>(gaps: [bool; N], names: [&'static str; N]) -> Vec<&'static str> {
    gaps.into_iter().zip(names).filter(|(gap, _)| *gap).map(|(_, name)| name).collect()
}
