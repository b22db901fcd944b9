//! `navaids.csv`: radio navigation aids.

use super::{csv::CsvRecord, owned};
use rkyv::{Archive, Deserialize, Serialize};
use std::fmt;
use storage::{StoredRecord, StoredType};

/// A radio navigation aid.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "navaids")]
pub struct Navaid {
    /// Its number.
    #[store(key)]
    pub id: u32,
    /// A name for files; several navaids may share one.
    pub filename: String,
    /// What it sends; several navaids may share one.
    pub ident: String,
    /// Its name.
    pub name: String,
    /// How it works.
    #[serde(rename = "type")]
    pub kind: NavaidType,
    /// The frequency in kilohertz; `-1` where nobody knows it.
    pub frequency_khz: i32,
    /// Degrees north of the equator.
    pub latitude_deg: f64,
    /// Degrees east of Greenwich.
    pub longitude_deg: f64,
    /// Feet above mean sea level.
    pub elevation_ft: Option<i32>,
    /// Two letters of ISO 3166-1; `NA` is Namibia.
    #[serde(rename = "iso_country")]
    pub country: String,
    /// The frequency of its distance measuring equipment in kilohertz.
    pub dme_frequency_khz: Option<u32>,
    /// The channel of that equipment (`070X`).
    pub dme_channel: Option<String>,
    /// Where that equipment stands, if elsewhere: degrees north.
    pub dme_latitude_deg: Option<f64>,
    /// Degrees east.
    pub dme_longitude_deg: Option<f64>,
    /// Feet above mean sea level.
    pub dme_elevation_ft: Option<i32>,
    /// How far its own north is from true north, in degrees.
    pub slaved_variation_deg: Option<f64>,
    /// How far magnetic north is from true north there, in degrees.
    pub magnetic_variation_deg: Option<f64>,
    /// Who uses it.
    #[serde(rename = "usageType")]
    pub usage: Option<NavaidUsage>,
    /// How far it reaches.
    pub power: Option<NavaidPower>,
    /// The ident of the airport it belongs to.
    pub associated_airport: Option<String>,
}

impl CsvRecord for Navaid {
    const FILE: &'static str = "navaids.csv";
    const COLUMN_COUNT: usize = 20;
}

/// How a [`Navaid`] works.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
#[derive(Archive, Serialize, Deserialize, StoredType)]
#[rkyv(compare(PartialEq), derive(Debug))]
pub enum NavaidType {
    /// Distance only.
    Dme,
    /// A non-directional beacon.
    Ndb,
    /// A beacon with distance.
    NdbDme,
    /// Military: bearing and distance.
    Tacan,
    /// Bearing.
    Vor,
    /// Bearing and distance.
    VorDme,
    /// A civil and a military one in one place.
    Vortac,
}

/// As in the data: `VOR-DME`.
impl fmt::Display for NavaidType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        serde::Serialize::serialize(self, f)
    }
}

/// The `NavaidType` of a view.
impl From<&ArchivedNavaidType> for NavaidType {
    fn from(archived: &ArchivedNavaidType) -> Self {
        owned(archived)
    }
}

/// Who uses a [`Navaid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[derive(Archive, Serialize, Deserialize, StoredType)]
pub enum NavaidUsage {
    /// Aircraft high and low.
    Both,
    /// Aircraft high up.
    Hi,
    /// Aircraft low down.
    Lo,
    /// Area navigation.
    Rnav,
    /// Aircraft near an airport.
    Terminal,
}

/// How far a [`Navaid`] reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[derive(Archive, Serialize, Deserialize, StoredType)]
pub enum NavaidPower {
    /// Far.
    High,
    /// Near.
    Low,
    /// In between.
    Medium,
    /// Not stated.
    Unknown,
}
