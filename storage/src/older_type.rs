//! What a record says of the type that its rows were of before: `#[store(from = OrderV1)]`.
//!
//! Data and functions, so that what reads rows knows neither type. `conversion.rs` makes them.

use crate::{
    codec::Road,
    error::{DecodeError, Offer, OlderTypeError, OlderTypeReason, Result, Unresolved},
    schema::{Description, Hints, KeySchema, OlderNames, differences_of_heads, older_struct},
};
use std::{any::TypeId, fmt, iter};

/// Works out how rows of one layout are read as rows of another.
pub(crate) type Resolve = fn(&Description, &Description, &Hints) -> Result<Road, Unresolved>;

/// The type that records `R` were of before.
#[derive(Clone, Copy)]
pub struct OlderType<R> {
    pub(crate) past: fn() -> RowPast,
    /// Makes a record of a body of the type so many older types before `R`, at least one.
    pub(crate) make: fn(&[u8], usize) -> Result<R, DecodeError>,
}

impl<R> fmt::Debug for OlderType<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OlderType").field(&(self.past)().name).finish()
    }
}

/// What the code says of the past of its rows.
#[derive(Clone, Copy, Debug)]
#[expect(unnameable_types, reason = "only hidden methods return it")]
pub struct RowPast {
    pub(crate) name: &'static str,
    pub(crate) table: &'static str,
    pub(crate) type_id: TypeId,
    pub(crate) key: KeySchema,
    pub(crate) describe: fn() -> Description,
    pub(crate) hints: fn() -> Hints,
    pub(crate) resolve: Resolve,
    pub(crate) older: Option<OlderRows>,
}

/// The rows of an older type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OlderRows {
    pub(crate) past: fn() -> RowPast,
    pub(crate) convert: Convert,
}

/// Converts a body, stored under a key, of the type so many older types before the one of the code.
type Convert = fn(&[u8], &[u8], usize) -> Result<Vec<u8>, DecodeError>;

/// How rows of an older type become rows of the type that the code has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FromOlder {
    convert: Convert,
    /// How many types the way begins before the one of the code.
    distance: usize,
}

impl FromOlder {
    /// The body that the code would write for the old one, which is stored under `key`.
    pub(crate) fn run(&self, key: &[u8], body: &[u8]) -> Result<Vec<u8>, DecodeError> {
        (self.convert)(key, body, self.distance)
    }
}

impl RowPast {
    /// How rows of the layout `old` are read: as rows of the layout `declared`, or else of the latest older type whose
    /// rows they can be read as.
    pub(crate) fn road(
        &self,
        old: &Description,
        declared: &Description,
    ) -> Result<(Road, Option<FromOlder>), Unresolved> {
        let mut unresolved = match self.resolve(old, declared) {
            Ok(road) => return Ok((road, None)),
            Err(unresolved) => unresolved,
        };
        for (older, conversion) in self.older_types() {
            match older.resolve(old, &(older.describe)()) {
                Ok(road) => return Ok((road.to(older.name), Some(conversion))),
                Err(of_older) => unresolved.older.push((older.name, of_older)),
            }
        }
        Err(unresolved)
    }

    /// How rows of the layout `old` are read as rows of the layout `declared` by code that does not write them: what it
    /// does not have of them is left out.
    pub(crate) fn lossy_road(
        &self,
        old: &Description,
        declared: &Description,
    ) -> Result<Road, Unresolved> {
        self.resolve_with(old, declared, &(self.hints)().lossy())
    }

    /// The struct of the layout `old`, which has this number and is not read, as an older type. The `newest` layout of
    /// a file is what records were of just before; others are older than all types that the code knows.
    pub(crate) fn offer(
        &self,
        old: &Description,
        declared: &Description,
        (number, newest): (u16, u16),
        is_rekeyed: bool,
    ) -> Option<Offer> {
        // All older types have the key of today.
        let latest = self.older_types().next().filter(|_| number == newest && !is_rekeyed);
        let oldest = self.older_types().last().filter(|_| number != newest && !is_rekeyed);
        let (into, into_layout) = match oldest {
            Some((oldest, _)) => (oldest.name, &(oldest.describe)()),
            None => (self.name, declared),
        };
        let latest = latest.map(|(latest, _)| latest.name);
        let names = OlderNames { table: self.table, number, into, from: latest };
        let (name, code) = older_struct(old, into_layout, &names)?;
        let is_taken = |taken: &str| taken == name;
        if is_taken(self.name) || self.older_types().any(|(older, _)| is_taken(older.name)) {
            return None;
        }
        Some(Offer { name, into, is_rekeyed, in_place_of: latest, code })
    }

    /// How rows of the layout `old` are read as rows of the layout `new`, which is that of the type itself.
    fn resolve(&self, old: &Description, new: &Description) -> Result<Road, Unresolved> {
        self.resolve_with(old, new, &(self.hints)())
    }

    fn resolve_with(
        &self,
        old: &Description,
        new: &Description,
        hints: &Hints,
    ) -> Result<Road, Unresolved> {
        if old.rows.types().is_none() || new.rows.types().is_none() {
            return Err(Unresolved::default());
        }
        if old.codec != new.codec {
            return Err(Unresolved::of(differences_of_heads(old, new, hints)));
        }
        (self.resolve)(old, new, hints)
    }

    /// The past of the older types, the latest first, and how rows of each are converted. None comes twice.
    fn older_types(&self) -> impl Iterator<Item = (Self, FromOlder)> + use<> {
        let convert = self.older.map(|older| older.convert);
        let mut seen = vec![self.type_id];
        let is_new = move |(past, _): &(Self, usize)| {
            let is_new = !seen.contains(&past.type_id);
            seen.push(past.type_id);
            is_new
        };
        self.line().zip(1..).take_while(is_new).filter_map(move |(past, distance)| {
            Some((past, FromOlder { convert: convert?, distance }))
        })
    }

    /// The past of the older types, without an end if they are made of one another.
    fn line(&self) -> impl Iterator<Item = Self> + use<> {
        let older = |past: &Self| past.older.map(|older| (older.past)());
        iter::successors(older(self), older)
    }

    /// Checks that the older types come to an end, and that all have the same keys.
    pub(crate) fn check(&self, table: &str) -> Result<()> {
        let refuse = |reason| {
            let (table, type_name) = (table.to_owned(), self.name);
            Err(OlderTypeError { table, type_name, reason }.into())
        };
        let mut seen = vec![self.type_id];
        for older in self.line() {
            if seen.contains(&older.type_id) {
                return refuse(OlderTypeReason::Circle { older: older.name });
            }
            seen.push(older.type_id);
            let [ours, theirs] = [self.key, older.key].map(|key| (key.shape(), key.encoding()));
            if ours != theirs {
                let [key, older_key] = [ours, theirs].map(|(shape, _)| shape.to_string());
                return refuse(OlderTypeReason::Key { older: older.name, older_key, key });
            }
        }
        Ok(())
    }
}
