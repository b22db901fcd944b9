//! Real records: the airports of OurAirports, with a unique index of optional codes and an index of regions.

mod native_db;
mod ours;
mod sqlite;

use super::{NATIVE_DB, OURS, SQLITE};
use rkyv::{Archive, Deserialize, Serialize};
use std::path::Path;
use storage::StoredRecord;

#[derive(Clone, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "places")]
pub struct Place {
    #[store(key)]
    pub ident: String,
    pub name: String,
    pub country: String,
    #[store(index)]
    pub region: String,
    #[store(unique)]
    pub iata: Option<String>,
    pub municipality: Option<String>,
    pub elevation_ft: Option<i32>,
    pub latitude_deg: f64,
    pub longitude_deg: f64,
}

/// Places this high are looked for, in feet.
pub const HIGH: i32 = 8_000;

/// A table of places.
pub trait Places: Send + Sync {
    /// Writes `places` in one durable transaction.
    fn load(&self, places: &[Place]);

    /// The sum of the lengths of the names under `codes`.
    fn by_iata(&self, codes: &[&str]) -> u64;

    /// The sum of the lengths of the names in `regions`.
    fn by_region(&self, regions: &[&str]) -> u64;

    /// The sum of the lengths of the keys of all high places.
    fn high(&self) -> u64;
}

/// An engine's name and how a table of places is opened in a folder.
pub type PlacesEngine = (&'static str, fn(&Path) -> Box<dyn Places>);

/// All that keep indexes; the first is the base of the ratios.
pub const PLACES: &[PlacesEngine] =
    &[(OURS, ours::open), (NATIVE_DB, native_db::open), (SQLITE, sqlite::open)];
