//! The layouts of a table: how their rows are read as those of the one which the code declares.

use crate::{
    backend::Evolution,
    chain::Chain,
    codec::{Road, Seal},
    error::{Damage, SchemaTextError, Unresolved},
    older_type::{FromOlder, RowPast},
    schema::{Description, IndexShape, Shape, kept_fields},
};
use std::{
    borrow::Cow,
    sync::atomic::{AtomicBool, Ordering},
};

/// A layout of a table.
#[derive(Debug)]
pub(crate) struct Older {
    number: u16,
    fingerprint: u64,
    /// What its rows are sealed with.
    seal: Seal,
    /// How they are read: as rows of the type that the code has, or of an older one,
    road: Road,
    /// and then how those are converted.
    conversion: Option<FromOlder>,
    /// Whether something of them is left out that is not meant to be gone.
    is_lossy: bool,
    /// Of one that is read as rows of the declared layout, and is another: what it is.
    description: Option<Box<Description>>,
    /// The fields that only a migration's work may take out of its rows.
    kept_fields: Vec<String>,
    /// The indexes whose entries stay right, as their keys are made of the same values.
    kept_indexes: Vec<String>,
}

/// The layouts that were met.
#[derive(Debug)]
pub(super) struct OlderLayouts {
    met: Chain<Older>,
    /// Whether one has fields that only a migration's work may take out of rows.
    has_kept: AtomicBool,
}

/// Why a layout's rows cannot be read.
pub(super) enum Refused {
    Text(SchemaTextError),
    Unresolved(Unresolved),
}

impl OlderLayouts {
    pub(super) const fn new() -> Self {
        Self { met: Chain::new(), has_kept: AtomicBool::new(false) }
    }

    /// The layout of this number. The last that was met is meant: a number that was given in a write is free again
    /// when that is undone.
    pub(super) fn get(&self, number: u16) -> Option<&Older> {
        self.met.iter().filter(|older| older.number == number).last()
    }

    /// Whether one of them has fields that only a migration's work may take out of rows.
    pub(super) fn has_kept(&self) -> bool {
        self.has_kept.load(Ordering::Acquire)
    }

    pub(super) fn knows(&self, number: u16, fingerprint: u64) -> bool {
        self.get(number).is_some_and(|older| older.fingerprint == fingerprint)
    }

    /// Remembers a number of the declared layout, which has `indexes`.
    pub(super) fn meet_own(
        &self,
        number: u16,
        fingerprint: u64,
        seal_name: &str,
        indexes: impl FnOnce() -> Vec<String>,
    ) {
        if !self.knows(number, fingerprint) {
            let (seal, road) = (Seal::new(seal_name, number, fingerprint), Road::same());
            let kept_indexes = indexes();
            let (conversion, is_lossy, description, kept_fields) = (None, false, None, Vec::new());
            let older = Older {
                number,
                fingerprint,
                seal,
                road,
                conversion,
                is_lossy,
                description,
                kept_fields,
                kept_indexes,
            };
            self.met.push(older);
        }
    }

    /// Works out how rows of the layout `text` are read by code that declares `declared`, and remembers it.
    pub(super) fn meet(
        &self,
        (number, fingerprint, text): (u16, u64, &str),
        seal_name: &str,
        declared: &Description,
        past: RowPast,
        evolution: Evolution,
    ) -> Result<(), Refused> {
        let description = Description::parse(text).map_err(Refused::Text)?;
        let found = past.road(&description, declared).map(|(road, from)| (road, from, false));
        let found = found.or_else(|unresolved| {
            // What is missing where nothing may be is told, not what is found where it may.
            let road = match evolution {
                Evolution::ReadNewer => past.lossy_road(&description, declared).ok(),
                _ => None,
            };
            road.map(|road| (road, None, true)).ok_or(unresolved)
        });
        let (road, conversion, is_lossy) = found.map_err(Refused::Unresolved)?;
        let stays =
            |index: &&IndexShape| conversion.is_none() && stays(index, &description, declared);
        let kept = declared.indexes.iter().filter(stays);
        let kept_indexes = kept.map(|index| index.name.clone()).collect();
        let kept_fields = kept_fields(&description, declared, &(past.hints)());
        if !kept_fields.is_empty() {
            self.has_kept.store(true, Ordering::Release);
        }
        let seal = Seal::new(seal_name, number, fingerprint);
        let description = conversion.is_none().then(|| Box::new(description));
        let older = Older {
            number,
            fingerprint,
            seal,
            road,
            conversion,
            is_lossy,
            description,
            kept_fields,
            kept_indexes,
        };
        self.met.push(older);
        Ok(())
    }
}

impl Older {
    /// The bytes that the code reads for `value`, stored under `key`; the only way to them.
    pub(crate) fn body<'v>(&self, key: &[u8], value: &'v [u8]) -> Result<Cow<'v, [u8]>, Damage> {
        let body = self.road.body(self.seal.verified(key, value)?)?;
        match self.conversion {
            None => Ok(body),
            Some(conversion) => Ok(Cow::Owned(conversion.run(key, &body)?)),
        }
    }

    /// What its values are sealed with, if the code reads them as they are.
    pub(crate) fn seal_as_is(&self) -> Option<Seal> {
        let is_as_is = self.road.is_as_is() && self.conversion.is_none();
        is_as_is.then_some(self.seal)
    }

    /// Whether these bytes may be others than the code would write.
    pub(crate) const fn is_written_otherwise(&self) -> bool {
        self.road.is_written_otherwise() && self.conversion.is_none()
    }

    /// How its rows are read, before they are converted.
    pub(crate) const fn road(&self) -> &Road {
        &self.road
    }

    /// What it is, if it is read as rows of the declared layout and is another.
    pub(super) fn description(&self) -> Option<&Description> {
        self.description.as_deref()
    }

    /// Whether something of its rows is left out that is not meant to be gone, so that they may only be read.
    pub(super) const fn is_lossy(&self) -> bool {
        self.is_lossy
    }

    /// The fields that only a migration's work may take out of its rows.
    pub(crate) fn kept_fields(&self) -> &[String] {
        &self.kept_fields
    }

    /// Whether its rows are converted by the user's code.
    pub(crate) const fn is_converted(&self) -> bool {
        self.conversion.is_some()
    }

    /// Whether the entries of the index that its code has made are those of the declared one.
    pub(super) fn keeps(&self, index: &str) -> bool {
        self.kept_indexes.iter().any(|kept| kept == index)
    }
}

/// Whether the code of both layouts makes the same entries of a row: what the index is over has not changed. What a
/// function reads is not known, so it must be the whole record that has not.
fn stays(index: &IndexShape, old: &Description, new: &Description) -> bool {
    if old.rows == new.rows {
        return true;
    }
    let Some(mut names) = index.field_names() else { return false };
    let (Some(old), Some(new)) = (old.rows.fields(), new.rows.fields()) else { return false };
    names.all(|name| {
        let [old, new] = [old, new].map(|fields| fields.iter().find(|field| field.name == name));
        old == new && new.is_some_and(|field| is_closed(&field.shape))
    })
}

/// Whether a type is all that its words say: it has no name, behind which something may have changed.
fn is_closed(shape: &Shape) -> bool {
    match shape {
        Shape::Named(_) | Shape::Opaque(..) => false,
        Shape::Option(inner)
        | Shape::Boxed(inner)
        | Shape::Reverse(inner)
        | Shape::List(inner)
        | Shape::Array(inner, _) => is_closed(inner),
        Shape::Tuple(parts) | Shape::Generic(_, parts) => parts.iter().all(is_closed),
        Shape::Map(key, value) => is_closed(key) && is_closed(value),
        _ => true,
    }
}
