//! The six tables of [OurAirports](https://ourairports.com/data/) as records, one file a table.
//!
//! The data is in the public domain.
//! Every column has the type that its values have: `Option` where the data has gaps, an enum where
//! it has a closed set. Airports are found by their ident, all others by their number.

mod airport;
mod country;
mod csv;
mod frequency;
mod navaid;
mod region;
mod runway;

pub use self::{
    airport::{Airport, AirportType, ArchivedAirport, ArchivedAirportType},
    country::{ArchivedContinent, ArchivedCountry, Continent, Country},
    csv::{CsvError, CsvRecord, read_csv},
    frequency::{ArchivedFrequency, Frequency},
    navaid::{ArchivedNavaid, ArchivedNavaidType, Navaid, NavaidPower, NavaidType, NavaidUsage},
    region::{ArchivedRegion, Region},
    runway::{ArchivedRunway, ArchivedRunwayEnd, Runway, RunwayEnd},
};
use rkyv::{
    Deserialize,
    api::deserialize_using,
    rancor::{Infallible, Strategy},
};

/// The value of a view that is no more than a number or an enum: that cannot fail.
fn owned<T>(archived: &impl Deserialize<T, Strategy<(), Infallible>>) -> T {
    let Ok(value) = deserialize_using(archived, &mut ());
    value
}
