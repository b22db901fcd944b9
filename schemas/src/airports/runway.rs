//! `runways.csv`: runways and helipads, with both their ends.

use super::csv::{CsvRecord, zero_or_one};
use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};

/// A runway or helipad.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(from = "Row")]
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "runways")]
pub struct Runway {
    /// Its number.
    #[store(key)]
    pub id: u32,
    /// The number of its airport.
    pub airport_ref: u32,
    /// The ident of its airport.
    pub airport_ident: String,
    /// Its length in feet.
    pub length_ft: Option<u32>,
    /// Its width in feet; some are `-1`.
    pub width_ft: Option<i32>,
    /// What it is made of (`ASP`, `TURF`); an open set.
    pub surface: Option<String>,
    /// Whether it has lights.
    pub lighted: bool,
    /// Whether it is out of use.
    pub closed: bool,
    /// The end with the lower number.
    pub low_end: RunwayEnd,
    /// The end with the higher number.
    pub high_end: RunwayEnd,
}

/// One end of a runway.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
pub struct RunwayEnd {
    /// What is painted on it (`09L`).
    pub ident: Option<String>,
    /// Degrees north of the equator.
    pub latitude_deg: Option<f64>,
    /// Degrees east of Greenwich.
    pub longitude_deg: Option<f64>,
    /// Feet above mean sea level.
    pub elevation_ft: Option<i32>,
    /// Where it points, in degrees from true north.
    pub heading_deg: Option<f64>,
    /// How many feet behind the end one may land.
    pub displaced_threshold_ft: Option<u32>,
}

impl CsvRecord for Runway {
    const FILE: &'static str = "runways.csv";
    const COLUMN_COUNT: usize = 20;
}

/// A row of the file, which has the ends side by side.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: u32,
    airport_ref: u32,
    airport_ident: String,
    length_ft: Option<u32>,
    width_ft: Option<i32>,
    surface: Option<String>,
    #[serde(deserialize_with = "zero_or_one")]
    lighted: bool,
    #[serde(deserialize_with = "zero_or_one")]
    closed: bool,
    le_ident: Option<String>,
    le_latitude_deg: Option<f64>,
    le_longitude_deg: Option<f64>,
    le_elevation_ft: Option<i32>,
    #[serde(rename = "le_heading_degT")]
    le_heading_deg: Option<f64>,
    le_displaced_threshold_ft: Option<u32>,
    he_ident: Option<String>,
    he_latitude_deg: Option<f64>,
    he_longitude_deg: Option<f64>,
    he_elevation_ft: Option<i32>,
    #[serde(rename = "he_heading_degT")]
    he_heading_deg: Option<f64>,
    he_displaced_threshold_ft: Option<u32>,
}

impl From<Row> for Runway {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            airport_ref: row.airport_ref,
            airport_ident: row.airport_ident,
            length_ft: row.length_ft,
            width_ft: row.width_ft,
            surface: row.surface,
            lighted: row.lighted,
            closed: row.closed,
            low_end: RunwayEnd {
                ident: row.le_ident,
                latitude_deg: row.le_latitude_deg,
                longitude_deg: row.le_longitude_deg,
                elevation_ft: row.le_elevation_ft,
                heading_deg: row.le_heading_deg,
                displaced_threshold_ft: row.le_displaced_threshold_ft,
            },
            high_end: RunwayEnd {
                ident: row.he_ident,
                latitude_deg: row.he_latitude_deg,
                longitude_deg: row.he_longitude_deg,
                elevation_ft: row.he_elevation_ft,
                heading_deg: row.he_heading_deg,
                displaced_threshold_ft: row.he_displaced_threshold_ft,
            },
        }
    }
}
