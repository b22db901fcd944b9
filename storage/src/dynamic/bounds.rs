//! Keys and ranges of keys as bytes, by the type that a schema has for them.

use crate::{
    error::{DynamicError, ReportedKey, ValueError},
    key::{ByteRange, KeyBuf, KeyReader, Place, decode_value, encode_value},
    schema::{Shape, Types},
    value::Value,
};
use std::ops::Bound;

/// The keys of a table or an index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys<'t> {
    /// What they are of, by name.
    pub(super) of: &'t str,
    pub(super) shape: &'t Shape,
    /// Where they stand: index keys have the primary key behind them.
    pub(super) place: Place,
}

impl Keys<'_> {
    /// The key that a person writes so.
    pub(super) fn parse(self, text: &str) -> Result<Value, DynamicError> {
        Value::parse_as(text, self.shape, &Types::default()).map_err(|reason| self.error(reason))
    }

    /// What keys begin with that a person writes so: the first parts of a key of several, or how text begins.
    pub(super) fn parse_prefix(self, text: &str) -> Result<Value, DynamicError> {
        if !matches!(self.shape, Shape::Tuple(_)) {
            return self.parse(text);
        }
        match Value::parse(text).map_err(|reason| self.error(reason))? {
            parts @ (Value::Tuple(_) | Value::List(_)) => Ok(parts),
            only => Ok(Value::Tuple(vec![only])),
        }
    }

    /// The bytes of a whole key.
    pub(super) fn encode(self, key: &Value) -> Result<KeyBuf, DynamicError> {
        let key = self.coerce(key)?;
        self.encode_coerced(&key).map_err(|reason| self.error(reason))
    }

    /// The same of a key that has its type already.
    pub(super) fn encode_coerced(self, key: &Value) -> Result<KeyBuf, ValueError> {
        let mut bytes = KeyBuf::new();
        encode_value(self.shape, key, &mut bytes, self.place)?;
        Ok(bytes)
    }

    /// The key that `bytes` begin with, as an error reports it.
    pub(super) fn report(self, bytes: &[u8]) -> ReportedKey {
        match self.decode(bytes) {
            Ok((key, _)) => ReportedKey::new(key.to_string(), bytes),
            Err(_) => ReportedKey::untyped(bytes),
        }
    }

    /// The key at the start of these bytes, and how many of them it has.
    pub(super) fn decode(self, bytes: &[u8]) -> Result<(Value, usize), crate::error::KeyError> {
        let mut input = KeyReader::new(bytes);
        let key = decode_value(self.shape, &mut input, self.place)?;
        if self.place == Place::Last {
            input.finish()?;
        }
        Ok((key, bytes.len().saturating_sub(input.rest().len())))
    }

    /// The keys that begin with the parts `prefix`, or with this text.
    pub(super) fn prefix(self, prefix: &Value) -> Result<ByteRange, DynamicError> {
        let start = match (self.shape, prefix) {
            (Shape::Text, Value::Text(text)) => self.start(&Value::Text(text.clone()))?,
            (Shape::Bytes, Value::Bytes(bytes)) => self.start(&Value::Bytes(bytes.clone()))?,
            (_, prefix) => match self.leading(prefix)? {
                Some(start) => start,
                None => return self.exactly(prefix),
            },
        };
        Ok(ByteRange::prefix(start))
    }

    /// The one key, and in an index all entries of it.
    pub(super) fn exactly(self, key: &Value) -> Result<ByteRange, DynamicError> {
        let key = self.encode(key)?;
        Ok(match self.place {
            Place::Inner => ByteRange::prefix(key),
            Place::Last => ByteRange::exact(key),
        })
    }

    /// The keys between two bounds. A bound of a composite key may be its leading parts.
    pub(super) fn range(
        self,
        lower: Bound<&Value>,
        upper: Bound<&Value>,
    ) -> Result<ByteRange, DynamicError> {
        let (lower, lower_place) = self.bound(lower)?;
        let (upper, upper_place) = self.bound(upper)?;
        let lower = ByteRange::of_keys(lower, Bound::Unbounded, lower_place);
        if lower == ByteRange::NONE {
            return Ok(lower);
        }
        let upper = ByteRange::of_keys(Bound::Unbounded, upper, upper_place);
        Ok(ByteRange { lower: lower.lower, upper: upper.upper })
    }

    fn bound(self, bound: Bound<&Value>) -> Result<(Bound<KeyBuf>, Place), DynamicError> {
        let (Bound::Included(key) | Bound::Excluded(key)) = bound else {
            return Ok((Bound::Unbounded, self.place));
        };
        let (bytes, place) = match self.leading(key)? {
            Some(bytes) => (bytes, Place::Inner),
            None => (self.encode(key)?, self.place),
        };
        Ok((bound.map(|_| bytes), place))
    }

    /// What text or bytes that start so start with.
    fn start(self, part: &Value) -> Result<KeyBuf, DynamicError> {
        let mut bytes = KeyBuf::new();
        encode_value(self.shape, part, &mut bytes, self.place)
            .map_err(|reason| self.error(reason))?;
        if self.place == Place::Inner {
            // Without the two bytes that end it.
            bytes.truncate(bytes.len().saturating_sub(2));
        }
        Ok(bytes)
    }

    /// The bytes of the leading parts of a composite key; nothing if these are all of its parts, or it has none.
    fn leading(self, key: &Value) -> Result<Option<KeyBuf>, DynamicError> {
        let (Shape::Tuple(parts), Value::Tuple(values) | Value::List(values)) = (self.shape, key)
        else {
            return Ok(None);
        };
        if values.len() >= parts.len() {
            return Ok(None);
        }
        let mut bytes = KeyBuf::new();
        for (part, value) in parts.iter().zip(values) {
            let value = value.clone().coerce(part, &Types::default());
            let encoded =
                value.and_then(|value| encode_value(part, &value, &mut bytes, Place::Inner));
            encoded.map_err(|reason| self.error(reason))?;
        }
        Ok(Some(bytes))
    }

    fn coerce(self, key: &Value) -> Result<Value, DynamicError> {
        key.clone().coerce(self.shape, &Types::default()).map_err(|reason| self.error(reason))
    }

    #[cold]
    fn error(self, reason: ValueError) -> DynamicError {
        let (of, key) = (self.of.to_owned(), self.shape.to_string());
        DynamicError::Key { of, key, reason: Box::new(reason) }
    }
}
