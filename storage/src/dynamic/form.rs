//! How the rows of one layout are read as values.

use crate::{
    catalog::KnownLayout,
    codec::Seal,
    error::{Damage, LayoutError},
    schema::{CodecId, Description},
    value::Value,
};
#[cfg(feature = "rkyv")]
use crate::{
    codec::archive::{ArchiveValues, Upcast},
    error::DecodeError,
};
#[cfg(feature = "flatbuffers")]
use crate::{
    codec::{read_field, read_value},
    schema::Types,
};
use std::borrow::Cow;

/// A layout: what its rows are sealed with, and how they are read.
#[derive(Debug)]
pub(super) struct LayoutForm {
    pub(super) number: u16,
    seal: Seal,
    /// The names of the fields, in their order; none where rows have no fields.
    fields: Vec<String>,
    reading: Result<BodyReading, LayoutError>,
    #[cfg(feature = "rkyv")]
    upcast: Option<Upcast>,
}

#[derive(Debug)]
enum BodyReading {
    /// Of a type that is known by its name only: the bytes themselves.
    Bytes,
    #[cfg(feature = "rkyv")]
    Archive(ArchiveValues),
    #[cfg(feature = "flatbuffers")]
    Flatbuffers(Types),
}

impl LayoutForm {
    pub(super) fn new(layout: &KnownLayout) -> Self {
        Self {
            number: layout.number,
            seal: layout.seal,
            fields: fields(&layout.description),
            reading: BodyReading::new(&layout.description),
            #[cfg(feature = "rkyv")]
            upcast: None,
        }
    }

    /// The same, read as rows of the layout `newest` where these can become such rows by the schema alone.
    #[cfg(feature = "rkyv")]
    pub(super) fn upcast(layout: &KnownLayout, newest: &KnownLayout) -> Self {
        let own = Self::new(layout);
        if layout.description.codec != CodecId::Rkyv.to_string() || layout.number == newest.number {
            return own;
        }
        let hints = crate::schema::Hints::new().lossy();
        match Upcast::new(&layout.description, &newest.description, &hints) {
            Ok(upcast) => Self {
                fields: fields(&newest.description),
                reading: BodyReading::new(&newest.description),
                upcast: Some(upcast),
                ..own
            },
            Err(_) => own,
        }
    }

    /// The bytes of a row, compared with its checksum.
    pub(super) fn body<'v>(&self, key: &[u8], value: &'v [u8]) -> Result<&'v [u8], Damage> {
        self.seal.verified(key, value)
    }

    /// Whether its rows can be read.
    pub(super) fn reading(&self) -> Result<(), LayoutError> {
        self.reading.as_ref().map(|_| ()).map_err(Clone::clone)
    }

    /// The value that `body` is.
    pub(super) fn value(&self, body: &[u8]) -> Result<Value, Damage> {
        let body = self.upcasted(body)?;
        match &self.reading {
            Err(_) | Ok(BodyReading::Bytes) => Ok(Value::Bytes(body.into_owned())),
            #[cfg(feature = "rkyv")]
            Ok(BodyReading::Archive(values)) => {
                Ok(values.read(&body).map_err(DecodeError::from)?)
            }
            #[cfg(feature = "flatbuffers")]
            Ok(BodyReading::Flatbuffers(types)) => Ok(read_value(types, &body)?),
        }
    }

    /// The field `name` of the record that `body` is; `None` if it has none.
    pub(super) fn field(&self, body: &[u8], name: &str) -> Result<Option<Value>, Damage> {
        let Some(number) = self.fields.iter().position(|field| field == name) else {
            return Ok(None);
        };
        let body = self.upcasted(body)?;
        match &self.reading {
            Err(_) | Ok(BodyReading::Bytes) => Ok(None),
            #[cfg(feature = "rkyv")]
            Ok(BodyReading::Archive(values)) => {
                let value = values.read_field(&body, number).map_err(DecodeError::from)?;
                Ok(Some(value))
            }
            #[cfg(feature = "flatbuffers")]
            Ok(BodyReading::Flatbuffers(types)) => Ok(Some(read_field(types, &body, number)?)),
        }
    }

    #[cfg(feature = "rkyv")]
    fn upcasted<'b>(&self, body: &'b [u8]) -> Result<Cow<'b, [u8]>, Damage> {
        let Some(upcast) = &self.upcast else { return Ok(Cow::Borrowed(body)) };
        let mut made = Vec::new();
        upcast.run(body, &mut made).map_err(DecodeError::from)?;
        Ok(Cow::Owned(made))
    }

    #[cfg(not(feature = "rkyv"))]
    fn upcasted<'b>(&self, body: &'b [u8]) -> Result<Cow<'b, [u8]>, Damage> {
        Ok(Cow::Borrowed(body))
    }
}

impl BodyReading {
    fn new(description: &Description) -> Result<Self, LayoutError> {
        let Some(types) = description.rows.types() else { return Ok(Self::Bytes) };
        #[cfg(feature = "rkyv")]
        if description.codec == CodecId::Rkyv.to_string() {
            return ArchiveValues::new(description).map(Self::Archive);
        }
        #[cfg(feature = "flatbuffers")]
        if description.codec == CodecId::Flatbuffers.to_string() {
            return Ok(Self::Flatbuffers(types.clone()));
        }
        let _ = types;
        Ok(Self::Bytes)
    }
}

fn fields(description: &Description) -> Vec<String> {
    let fields = description.rows.fields().unwrap_or_default();
    fields.iter().map(|field| field.name.clone()).collect()
}
