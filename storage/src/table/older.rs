//! Reading a value of another layout than the declared one: its own seal, the road from its bytes to those that the
//! code reads, and the conversion of what was of an older type.
//!
//! What comes out is checked in full, also where the handle trusts: the bytes were made here, or written by other code.

use super::{Row, form::Form};
use crate::{
    backend::Bytes,
    catalog::Older,
    codec::{self, Checked, Frame, Seal, Trust, check_body, layout_number},
    error::{Damage, Result},
    project::{self, Filter},
    record::{FieldRecord, StoredRecord},
};
use std::borrow::Cow;

impl<L: Row> Form<'_, L> {
    /// The layout that a value has, which the declared seal has not opened because of `damage`.
    fn older(&self, damage: Damage) -> Result<&Older, Damage> {
        let Damage::Layout { layout } = damage else { return Err(damage) };
        self.entry.older(layout).ok_or(damage)
    }

    /// What values of the layout of this number are sealed with, if the code reads them as they are.
    #[cold]
    #[inline(never)]
    pub(super) fn seal_as_is(self, layout: u16) -> Option<Seal> {
        self.entry.older(layout)?.seal_as_is()
    }

    /// The bytes that the code reads for `value`, stored under `key`.
    #[cold]
    #[inline(never)]
    pub(super) fn older_body<'v>(
        &self,
        damage: Damage,
        key: &[u8],
        value: &'v [u8],
    ) -> Result<Cow<'v, [u8]>, Damage> {
        self.older(damage)?.body(key, value)
    }

    /// Returns what is stored under `key` for `value`, which has another layout, once it has the declared one, whose
    /// number is `number`: the bytes that the code would write for it.
    pub(super) fn rewritten(self, number: u16, key: &[u8], value: &[u8]) -> Result<Vec<u8>> {
        let layout = layout_number(value).unwrap_or_default();
        let mut body = Vec::new();
        let made = self.older(Damage::Layout { layout }).and_then(|older| {
            let read = older.body(key, value)?;
            if !older.is_written_otherwise() {
                check_body::<L::Value, L::Codec>(&read)?;
                body = read.into_owned();
                return Ok(None);
            }
            codec::decode::<L::Value, L::Codec>(&read, Trust::nothing()).map(Some)
        });
        match made.map_err(|damage| self.corrupt(key, damage))? {
            None => self.check_len(key, &body)?,
            Some(value) => self.encode_body(key, &value, &mut body)?,
        }
        self.entry.seals().of_number(number).close(key, &mut body);
        Ok(body)
    }

    /// Whether the code reads the same bytes for two values that are stored under `key`; neither is checked.
    #[cold]
    pub(super) fn is_same(&self, key: &[u8], one: &[u8], other: &[u8]) -> bool {
        let [one, other] = [one, other].map(|value| self.body(key, value));
        one.is_ok_and(|(one, _)| other.is_ok_and(|(other, _)| one == other))
    }

    #[cold]
    #[inline(never)]
    pub(super) fn older_passes(
        self,
        damage: Damage,
        key: &[u8],
        value: &[u8],
        filter: &impl Filter<L>,
    ) -> Result<bool, Damage> {
        let body = self.older_body(damage, key, value)?;
        let passes = filter.passes(|| Ok(Frame::verified(&body)));
        codec::reuse(body);
        passes
    }

    #[cold]
    #[inline(never)]
    pub(super) fn hold_older(
        self,
        damage: Damage,
        key: &[u8],
        value: &[u8],
    ) -> Result<Checked<L::Value, L::Codec>, Damage> {
        let made = self.older_body(damage, key, value)?.into_owned();
        let len = made.len();
        Ok(Checked::of_body(Bytes::made(made), len, Trust::nothing())?)
    }
}

impl<R: StoredRecord> Form<'_, R> {
    #[cold]
    #[inline(never)]
    pub(super) fn with_older_fields<T>(
        self,
        damage: Damage,
        key: &[u8],
        value: &[u8],
        read: impl FnOnce(&project::Source<'_, R>) -> Result<T, Damage>,
    ) -> Result<T, Damage>
    where
        R: FieldRecord,
    {
        let body = self.older_body(damage, key, value)?;
        let read = read(&project::open::<R>(&Frame::verified(&body)));
        codec::reuse(body);
        read
    }
}
