//! A codec that decodes: JSON by way of serde.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::any;
use storage::{
    Codec, Table,
    codec::Decoded,
    error::{DecodeError, EncodeError},
    schema::CodecId,
    table::{Autocommit, Pair},
};

/// Keeps values as JSON.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Json;

impl<V: Serialize + DeserializeOwned + 'static> Codec<V> for Json {
    type Owned = V;
    type Reading = Decoded;

    const ID: CodecId = CodecId::Other("json");

    fn format() -> String {
        "json".to_owned()
    }

    fn type_name() -> String {
        any::type_name::<V>().to_owned()
    }

    fn encode(value: &V, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.clear();
        serde_json::to_writer(out, value)
            .map_err(|error| EncodeError::Refused { detail: error.to_string() })
    }

    fn decode(body: &[u8]) -> Result<V, DecodeError> {
        serde_json::from_slice(body)
            .map_err(|error| DecodeError::Structure { detail: error.to_string() })
    }
}

/// A value of a type that knows neither rkyv nor FlatBuffers, and is no `Clone`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Note {
    pub(crate) title: String,
    pub(crate) tags: Vec<String>,
    pub(crate) score: Option<f64>,
}

impl Note {
    pub(crate) fn new(number: u64) -> Self {
        let tags = (0..number % 4).map(|tag| format!("tag {tag}")).collect();
        let score = (!number.is_multiple_of(3)).then_some(number as f64 / 2.0);
        Self { title: format!("note {number}"), tags, score }
    }
}

pub(crate) type Notes<A = Autocommit> = Table<Pair<u64, Note, Json>, A>;
