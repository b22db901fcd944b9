//! The layouts of a table that are not the one which the code declares: how their rows are read.

use crate::{
    chain::Chain,
    codec::{Road, Seal},
    error::{SchemaTextError, Unresolved},
    schema::{Description, Hints, IndexShape, RowShape, Shape},
};

/// Works out how rows of one layout are read as rows of another.
pub(crate) type Resolve = fn(&Description, &Description, &Hints) -> Result<Road, Unresolved>;

/// What the code says of the past of its rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowPast {
    pub(crate) hints: fn() -> Hints,
    pub(crate) resolve: Resolve,
}

impl RowPast {
    /// How rows of the layout `old` are read by code that declares `declared`.
    pub(crate) fn road(
        self,
        old: &Description,
        declared: &Description,
    ) -> Result<Road, Unresolved> {
        let is_record =
            |description: &Description| matches!(description.rows, RowShape::Record { .. });
        if !is_record(old) || !is_record(declared) || old.codec != declared.codec {
            return Err(Unresolved::default());
        }
        (self.resolve)(old, declared, &(self.hints)())
    }
}

/// Another layout of a table.
#[derive(Debug)]
pub(crate) struct Older {
    number: u16,
    fingerprint: u64,
    /// What its rows are sealed with.
    pub(crate) seal: Seal,
    /// How they are read.
    pub(crate) road: Road,
    /// The indexes whose entries stay right, as their keys are made of the same values.
    kept_indexes: Vec<String>,
}

/// The other layouts that were met.
#[derive(Debug)]
pub(super) struct OlderLayouts(Chain<Older>);

/// Why a layout's rows cannot be read.
pub(super) enum Refused {
    Text(SchemaTextError),
    Unresolved(Unresolved),
}

impl OlderLayouts {
    pub(super) const fn new() -> Self {
        Self(Chain::new())
    }

    /// The layout of this number. The last that was met is meant: a number that was given in a write is free again
    /// when that is undone.
    pub(super) fn get(&self, number: u16) -> Option<&Older> {
        self.0.iter().filter(|older| older.number == number).last()
    }

    pub(super) fn knows(&self, number: u16, fingerprint: u64) -> bool {
        self.get(number).is_some_and(|older| older.fingerprint == fingerprint)
    }

    /// Works out how rows of the layout `text` are read by code that declares `declared`, and remembers it.
    pub(super) fn meet(
        &self,
        (number, fingerprint, text): (u16, u64, &str),
        seal_name: &str,
        declared: &Description,
        past: RowPast,
    ) -> Result<(), Refused> {
        let description = Description::parse(text).map_err(Refused::Text)?;
        let road = past.road(&description, declared).map_err(Refused::Unresolved)?;
        let kept = declared.indexes.iter().filter(|index| stays(index, &description, declared));
        let kept_indexes = kept.map(|index| index.name.clone()).collect();
        let seal = Seal::new(seal_name, number, fingerprint);
        self.0.push(Older { number, fingerprint, seal, road, kept_indexes });
        Ok(())
    }
}

impl Older {
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
    if index.source.starts_with("with ") || index.source.contains(" if ") {
        return false;
    }
    let (Some(old), Some(new)) = (old.rows.fields(), new.rows.fields()) else { return false };
    index.source.split(", ").all(|name| {
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
