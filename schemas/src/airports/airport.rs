//! `airports.csv`: every place where aircraft take off and land.

use super::{
    Continent,
    csv::{CsvRecord, yes_or_no},
    owned,
};
use rkyv::{Archive, Deserialize, Serialize};
use std::fmt;
use storage::{StoredRecord, StoredType};

/// An airport, heliport, seaplane base or balloon port.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "airports")]
pub struct Airport {
    /// The number that other tables refer to.
    pub id: u32,
    /// The ICAO code where there is one, one of its own otherwise (`EGLL`, `US-3546`).
    #[store(key)]
    pub ident: String,
    /// What kind of place it is.
    #[serde(rename = "type")]
    pub kind: AirportType,
    /// Its official name.
    pub name: String,
    /// Degrees north of the equator.
    pub latitude_deg: f64,
    /// Degrees east of Greenwich.
    pub longitude_deg: f64,
    /// Feet above mean sea level.
    pub elevation_ft: Option<i32>,
    /// The continent it is on.
    pub continent: Continent,
    /// Two letters of ISO 3166-1; `NA` is Namibia.
    #[serde(rename = "iso_country")]
    pub country: String,
    /// Country and subdivision as in ISO 3166-2 (`GB-ENG`).
    #[serde(rename = "iso_region")]
    pub region: String,
    /// The town it serves.
    pub municipality: Option<String>,
    /// Whether airlines fly there by timetable.
    #[serde(deserialize_with = "yes_or_no")]
    pub scheduled_service: bool,
    /// Four letters of the ICAO; no two airports share them.
    #[serde(rename = "icao_code")]
    pub icao: Option<String>,
    /// Three letters of the IATA; no two airports share them.
    #[serde(rename = "iata_code")]
    pub iata: Option<String>,
    /// The code in navigation databases.
    pub gps_code: Option<String>,
    /// The code that the country itself uses.
    pub local_code: Option<String>,
    /// The airport's own page.
    pub home_link: Option<String>,
    /// Its page in Wikipedia.
    pub wikipedia_link: Option<String>,
    /// Words by which it is also found, separated by commas.
    pub keywords: Option<String>,
}

impl CsvRecord for Airport {
    const FILE: &'static str = "airports.csv";
    const COLUMN_COUNT: usize = 19;
}

/// What kind of place an [`Airport`] is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[derive(Archive, Serialize, Deserialize, StoredType)]
#[rkyv(compare(PartialEq), derive(Debug))]
pub enum AirportType {
    /// Balloons only.
    Balloonport,
    /// No longer in use.
    Closed,
    /// Helicopters only.
    Heliport,
    /// Many airlines, long runways.
    LargeAirport,
    /// Regional traffic.
    MediumAirport,
    /// On water.
    SeaplaneBase,
    /// Everything else with a runway.
    SmallAirport,
}

/// As in the data: `large_airport`.
impl fmt::Display for AirportType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        serde::Serialize::serialize(self, f)
    }
}

/// The `AirportType` of a view.
impl From<&ArchivedAirportType> for AirportType {
    fn from(archived: &ArchivedAirportType) -> Self {
        owned(archived)
    }
}
