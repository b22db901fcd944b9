//! The airports with every index that a question of the expected file asks for.

use rkyv::{Archive, Deserialize, Serialize};
use schemas::airports::Airport;
use storage::StoredRecord;

/// An airport. Type and continent are kept as text, as the files have them.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "indexed_airports")]
#[store(index(name = "by_place", fields(country, region, ident)))]
#[store(index(name = "open_by_kind", fields(kind), if = is_open))]
#[store(index(name = "by_name", with = lower_case_name, key = String))]
pub(crate) struct IndexedAirport {
    #[store(key)]
    pub(crate) ident: String,
    #[store(unique)]
    pub(crate) id: u32,
    #[store(index)]
    pub(crate) kind: String,
    pub(crate) name: String,
    #[store(index)]
    pub(crate) latitude_deg: f64,
    #[store(index)]
    pub(crate) elevation_ft: Option<i32>,
    #[store(index)]
    pub(crate) continent: String,
    pub(crate) country: String,
    #[store(index)]
    pub(crate) region: String,
    #[store(unique)]
    pub(crate) icao: Option<String>,
    #[store(unique)]
    pub(crate) iata: Option<String>,
    #[store(unique)]
    pub(crate) gps: Option<String>,
    /// One entry in the index for each.
    #[store(index)]
    pub(crate) keywords: Vec<String>,
}

fn is_open(airport: &IndexedAirport) -> bool {
    airport.kind != "closed"
}

fn lower_case_name(airport: &IndexedAirport) -> String {
    airport.name.to_lowercase()
}

impl From<Airport> for IndexedAirport {
    fn from(airport: Airport) -> Self {
        Self {
            ident: airport.ident,
            id: airport.id,
            kind: airport.kind.to_string(),
            name: airport.name,
            latitude_deg: airport.latitude_deg,
            elevation_ft: airport.elevation_ft,
            continent: airport.continent.to_string(),
            country: airport.country,
            region: airport.region,
            icao: airport.icao,
            iata: airport.iata,
            gps: airport.gps_code,
            keywords: words(airport.keywords.as_deref().unwrap_or_default()),
        }
    }
}

/// The words of a cell, which are separated by commas.
pub(crate) fn words(cell: &str) -> Vec<String> {
    cell.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
