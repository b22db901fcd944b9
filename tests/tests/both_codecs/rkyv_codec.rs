//! The suite with the rkyv codec.

use ::rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Archive, Serialize, Deserialize, StoredType)]
pub(crate) enum Kind {
    Small,
    Large,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv")]
pub(crate) struct Position {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
pub(crate) enum State {
    Open,
    Closed { since: u16 },
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "airports")]
#[store(index(name = "by_region", fields(country, region)))]
pub(crate) struct Airport {
    #[store(key)]
    pub(crate) ident: String,
    #[store(index)]
    pub(crate) country: String,
    pub(crate) region: String,
    #[store(unique)]
    pub(crate) iata: Option<String>,
    pub(crate) elevation_ft: Option<i32>,
    #[store(index)]
    pub(crate) keywords: Vec<String>,
    pub(crate) position: Position,
    pub(crate) kind: Kind,
    pub(crate) state: State,
    pub(crate) code: [u8; 4],
    pub(crate) runways: u16,
}

#[path = "suite.rs"]
mod suite;
