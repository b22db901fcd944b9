//! How a record is made of a row of the type that it was before: decoded, converted by the user's `From` or `TryFrom`,
//! and encoded as the record of today.

use crate::{
    backend::guarded,
    codec::Codec,
    error::DecodeError,
    key::{self, KeyBuf},
    older_type::{OlderRows, OlderType, RowPast},
    record::StoredRecord,
    schema::Description,
};
use std::{
    any::TypeId,
    fmt::Display,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Says that records `R` were of the type `O` before.
#[must_use]
pub const fn from_older<O: StoredRecord, R: StoredRecord + From<O>>() -> OlderType<R> {
    OlderType {
        past: past::<O>,
        make: |body, distance| {
            let older = read::<O>(body, distance.saturating_sub(1))?;
            made::<O, R, _>(|| R::from(older))
        },
    }
}

/// The same where not every `O` becomes an `R`.
#[must_use]
pub const fn try_from_older<O, R>() -> OlderType<R>
where
    O: StoredRecord,
    R: StoredRecord + TryFrom<O, Error: Display>,
{
    OlderType {
        past: past::<O>,
        make: |body, distance| {
            let older = read::<O>(body, distance.saturating_sub(1))?;
            made::<O, R, _>(|| R::try_from(older))?.map_err(|error| DecodeError::NotConverted {
                from: O::SCHEMA.name(),
                into: R::SCHEMA.name(),
                detail: error.to_string(),
            })
        },
    }
}

/// What the user's conversion returns; its panic, which the panic hook has reported, is an error of the row alone.
fn made<O: StoredRecord, R: StoredRecord, T>(
    convert: impl FnOnce() -> T,
) -> Result<T, DecodeError> {
    catch_unwind(AssertUnwindSafe(convert)).map_err(|payload| {
        let (from, into) = (O::SCHEMA.name(), R::SCHEMA.name());
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
        let detail = text.unwrap_or_default().to_owned();
        guarded(|| drop(payload));
        DecodeError::ConversionPanicked { from, into, detail }
    })
}

/// What the type `R` says of its past.
pub(crate) fn past<R: StoredRecord>() -> RowPast {
    RowPast {
        name: R::SCHEMA.name(),
        table: R::SCHEMA.table(),
        type_id: TypeId::of::<R>(),
        key: R::SCHEMA.key(),
        describe: || Description::of_record(R::SCHEMA, [], &<R::Codec as Codec<R>>::format()),
        hints: || R::SCHEMA.hints(),
        resolve: <R::Codec as Codec<R>>::road,
        older: R::OLDER.map(|older| OlderRows { past: older.past, convert: convert::<R> }),
    }
}

/// Reads `body`, which is a value of the type so many older types before `R`, as an `R`.
fn read<R: StoredRecord>(body: &[u8], distance: usize) -> Result<R, DecodeError> {
    match R::OLDER {
        Some(older) if distance > 0 => (older.make)(body, distance),
        _ => <R::Codec as Codec<R>>::decode(body),
    }
}

/// The body of the `R` that is made of `body`, which is stored under `key`.
fn convert<R: StoredRecord>(
    key: &[u8],
    body: &[u8],
    distance: usize,
) -> Result<Vec<u8>, DecodeError> {
    let record = read::<R>(body, distance)?;
    let into = R::SCHEMA.name();
    let mut converted = KeyBuf::new();
    record.encode_key(&mut converted);
    if *converted != *key {
        let key = key::report::<R::Key>(&converted).into_text();
        return Err(DecodeError::KeyConverted { into, key });
    }
    let mut out = Vec::new();
    let encoded = <R::Codec as Codec<R>>::encode(&record, &mut out);
    encoded.map_err(|error| DecodeError::NotEncoded { into, detail: error.to_string() })?;
    Ok(out)
}
