//! The suite with the FlatBuffers codec.

use storage::{StoredRecord, StoredType};

#[derive(Clone, Copy, Debug, PartialEq, Eq, StoredType)]
#[store(codec = "flatbuffers")]
pub(crate) enum Kind {
    Small,
    Large,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
pub(crate) struct Position {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
pub(crate) enum State {
    Open,
    Closed { since: u16 },
}

#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "airports")]
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
