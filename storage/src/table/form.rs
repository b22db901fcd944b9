//! What the bytes of a table's rows are made of: the one door through which a stored value is read or made.
//!
//! ```text
//! stored ─▶ seal: verified ─▶ codec: checked ─▶ view, guard, owned value, single fields
//! value  ─▶ codec: encoded, checked ─▶ seal ─▶ stored
//! ```
//!
//! A value of an older layout takes a road in between (see `older.rs`).

use super::{Row, Stored, View, row::Owned};
use crate::{
    backend::Bytes,
    catalog::Entry,
    codec::{self, Checked, Codec, Kept, Seal, Trust, VALUE_LEN_MAX, check_body, layout_number},
    error::{Damage, EncodeError, Result, SerializationError, StorageError},
    key::{self, Key},
    project::{self, Filter},
    record::{FieldRecord, StoredRecord},
};
use std::{borrow::Cow, marker::PhantomData};

/// How rows of one table become bytes, and bytes become rows again.
pub(super) struct Form<'t, L> {
    pub(super) entry: &'t Entry,
    trust: Trust,
    row: PhantomData<fn() -> L>,
}

/// A value that was found and is not read yet.
pub(super) enum StoredValue<'v, L: Row> {
    /// As it is in the file.
    InFile(&'v [u8]),
    /// As it was kept in the cache after its checks.
    InCache(CachedRow<L>),
}

/// A checked row of a cache.
pub(super) type CachedRow<L> = Kept<<L as Row>::Value, <L as Row>::Codec>;

impl<'t, L> Form<'t, L> {
    #[inline]
    pub(super) const fn new(entry: &'t Entry, trust: Trust) -> Self {
        Self { entry, trust, row: PhantomData }
    }
}

/// Reading.
impl<L: Row> Form<'_, L> {
    /// Calls `accessor` with the view of `value`, stored under `key`, after its checks.
    #[inline]
    pub(super) fn with_view<T>(
        self,
        key: &[u8],
        value: StoredValue<'_, L>,
        accessor: impl FnOnce(View<'_, L>) -> T,
    ) -> Result<T> {
        let bytes = match value {
            StoredValue::InFile(bytes) => bytes,
            StoredValue::InCache(row) => {
                return row.with_view(accessor).map_err(|error| self.corrupt(key, error.into()));
            }
        };
        let (body, trust) = self.body(key, bytes).map_err(|damage| self.corrupt(key, damage))?;
        let read = codec::with_view::<L::Value, L::Codec, T>(&body, trust, accessor);
        codec::reuse(body);
        read.map_err(|damage| self.corrupt(key, damage))
    }

    /// Whether `filter` lets the row pass whose stored bytes under `key` are `value`.
    #[inline]
    pub(super) fn passes(self, key: &[u8], value: &[u8], filter: &impl Filter<L>) -> Result<bool> {
        let passes = match filter.passes(|| self.seal_of(value).0.open(key, value)) {
            Err(damage) => self.older_passes(damage, key, value, filter),
            passes => passes,
        };
        passes.map_err(|damage| self.corrupt(key, damage))
    }

    /// Returns the owned form of `value`, stored under `key`, after its checks.
    #[inline]
    pub(super) fn decode(self, key: &[u8], value: StoredValue<'_, L>) -> Result<Owned<L>> {
        let decoded = match value {
            StoredValue::InFile(bytes) => self.body(key, bytes).and_then(|(body, trust)| {
                let decoded = codec::decode::<L::Value, L::Codec>(&body, trust);
                let decoded = decoded.map_err(|damage| {
                    damage.in_field_of(|| {
                        let nothing = Trust::nothing();
                        codec::with_view::<L::Value, L::Codec, _>(&body, nothing, L::not_restored)
                    })
                });
                codec::reuse(body);
                decoded
            }),
            StoredValue::InCache(row) => row.decode().map_err(|error| {
                Damage::from(error).in_field_of(|| row.with_view(L::not_restored))
            }),
        };
        decoded.map_err(|damage| self.corrupt(key, damage))
    }

    /// Returns a guard over `value`, stored under `key`, after its checks.
    pub(super) fn hold(self, key: &[u8], value: Bytes) -> Result<Stored<L>> {
        let (seal, trust) = self.seal_of(&value);
        let held = match seal.verified(key, &value).map(<[u8]>::len) {
            Ok(len) => Checked::of_body(value, len, trust).map_err(Damage::from),
            Err(damage) => self.hold_older(damage, key, &value),
        };
        held.map(|checked| Stored::new(key, checked)).map_err(|damage| self.corrupt(key, damage))
    }

    /// Returns what iterators return for `value`, stored under `key`, after its checks.
    pub(super) fn item(self, key: &[u8], value: Bytes) -> Result<L::Keyed<Stored<L>>> {
        let row = self.hold(key, value)?;
        L::keyed(key, row).map_err(|error| self.corrupt(key, error.into()))
    }

    /// The same as an owned value.
    pub(super) fn owned_item(self, key: &[u8], value: &[u8]) -> Result<L::Keyed<Owned<L>>> {
        let row = self.decode(key, StoredValue::InFile(value))?;
        L::keyed(key, row).map_err(|error| self.corrupt(key, error.into()))
    }

    /// Returns a copy of `value`, stored under `key`, for the cache. It is checked in full, also where this handle
    /// trusts: other handles share it.
    pub(super) fn keep(self, key: &[u8], value: &[u8]) -> Result<CachedRow<L>, Damage> {
        let (body, _) = self.body(key, value)?;
        let kept = Kept::of_body(&body, key);
        codec::reuse(body);
        Ok(kept?)
    }

    /// Returns the key that `bytes` are the encoding of.
    pub(super) fn decode_key(self, bytes: &[u8]) -> Result<<L::Key as Key>::Ref<'_>> {
        key::decode::<L::Key>(bytes).map_err(|error| self.corrupt(bytes, error.into()))
    }

    /// Returns the bytes that the code reads for `value`, stored under `key`, and how far they are trusted. Those of an
    /// older layout were made here, or written by other code, so they are checked in full.
    #[inline]
    pub(super) fn body<'v>(
        self,
        key: &[u8],
        value: &'v [u8],
    ) -> Result<(Cow<'v, [u8]>, Trust), Damage> {
        let (seal, trust) = self.seal_of(value);
        match seal.verified(key, value) {
            Ok(body) => Ok((Cow::Borrowed(body), trust)),
            Err(damage) => Ok((self.older_body(damage, key, value)?, Trust::nothing())),
        }
    }

    /// What values of the declared layout are sealed with.
    #[inline]
    pub(super) fn seal(self) -> Seal {
        self.entry.seals().values()
    }

    /// What `value` is sealed with, and how far it is trusted, if the code reads its bytes as they are; otherwise the
    /// seal does not open it.
    #[inline]
    fn seal_of(self, value: &[u8]) -> (Seal, Trust) {
        let seal = self.seal();
        match layout_number(value) {
            Some(number) if number != seal.layout() => {
                let older = self.seal_as_is(number);
                older.map_or((seal, self.trust), |older| (older, Trust::nothing()))
            }
            _ => (seal, self.trust),
        }
    }

    #[cold]
    pub(super) fn corrupt(self, key: &[u8], damage: Damage) -> StorageError {
        StorageError::corrupt_row(self.entry.name(), key::report::<L::Key>(key), damage)
    }
}

impl<R: StoredRecord> Form<'_, R> {
    /// Calls `read` with the fields of `value`, stored under `key`. What it reads of them is verified and checked.
    #[inline]
    pub(super) fn with_fields<T>(
        self,
        key: &[u8],
        value: StoredValue<'_, R>,
        read: impl FnOnce(&project::Source<'_, R>) -> Result<T, Damage>,
    ) -> Result<T>
    where
        R: FieldRecord,
    {
        let read = match value {
            StoredValue::InFile(bytes) => match self.seal_of(bytes).0.open(key, bytes) {
                Ok(frame) => read(&project::open::<R>(&frame)),
                Err(damage) => self.with_older_fields(damage, key, bytes, read),
            },
            StoredValue::InCache(row) => read(&project::open::<R>(&row.frame())),
        };
        read.map_err(|damage| self.corrupt(key, damage))
    }
}

/// Writing.
impl<L: Row> Form<'_, L> {
    /// Replaces the content of `out` with what is stored for `value` under `key`.
    pub(super) fn encode(self, key: &[u8], value: &Owned<L>, out: &mut Vec<u8>) -> Result<()> {
        self.encode_body(key, value, out)?;
        self.seal().close(key, out);
        Ok(())
    }

    /// Replaces the content of `out` with the encoded `value`, checked as a read would: nothing is written that cannot
    /// be read.
    pub(super) fn encode_body(self, key: &[u8], value: &Owned<L>, out: &mut Vec<u8>) -> Result<()> {
        let encoded = <L::Codec as Codec<L::Value>>::encode(value, out);
        encoded.map_err(|cause| self.refused(key, cause.in_field_of(|| L::not_written(value))))?;
        self.check_encoded(key, out)
    }

    /// Makes an encoded value what is stored under `key`, after the same checks.
    pub(super) fn close(self, key: &[u8], value: &mut Vec<u8>) -> Result<()> {
        self.check_encoded(key, value)?;
        self.seal().close(key, value);
        Ok(())
    }

    fn check_encoded(self, key: &[u8], value: &[u8]) -> Result<()> {
        self.check_len(key, value)?;
        check_body::<L::Value, L::Codec>(value)
            .map_err(|error| self.refused(key, EncodeError::Unreadable(error)))
    }

    /// Returns `stored`, which this form has made for `key`, as a write stores it in which the declared layout has
    /// this number: it may have got another one since.
    #[inline]
    pub(super) fn numbered<'v>(self, number: u16, key: &[u8], stored: &'v [u8]) -> Cow<'v, [u8]> {
        match layout_number(stored) == Some(number) {
            true => Cow::Borrowed(stored),
            false => Cow::Owned(self.entry.seals().of_number(number).close_again(key, stored)),
        }
    }

    /// Checks that an encoded value is short enough.
    pub(super) fn check_len(self, key: &[u8], value: &[u8]) -> Result<()> {
        match value.len() {
            0..=VALUE_LEN_MAX => Ok(()),
            len => Err(self.refused(key, EncodeError::TooLarge { len, max: VALUE_LEN_MAX })),
        }
    }

    /// What page tokens of the table are sealed with.
    pub(super) fn token_seal(self) -> Seal {
        self.entry.seals().tokens()
    }

    #[cold]
    fn refused(self, key: &[u8], cause: EncodeError) -> StorageError {
        let (table, key) = (self.entry.name().to_owned(), key::report::<L::Key>(key));
        SerializationError { table, key, cause }.into()
    }
}

/// Checks that an encoded key of `table` is short enough.
#[inline]
pub(super) fn check_key_len(table: &str, key: &[u8]) -> Result<()> {
    key::check_len(key).map_err(|reason| StorageError::Key { table: table.to_owned(), reason })
}

impl<L> Clone for Form<'_, L> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<L> Copy for Form<'_, L> {}
