//! What is known of a table that is open: how its keys and rows are read.

use super::{bounds::Keys, form::LayoutForm};
use crate::{
    backend::ByteReader,
    catalog::{self, KnownLayout, KnownTable},
    codec::layout_number,
    error::{Damage, DynamicError},
    key::Place,
};

/// What is known of a table.
#[derive(Debug)]
pub(super) struct OpenTable {
    pub(super) known: KnownTable,
    /// Of the layouts, in their order.
    pub(super) forms: Vec<LayoutForm>,
}

/// One of its layouts, which rows are written in.
#[derive(Debug)]
pub(super) struct OpenLayout<'o> {
    pub(super) known: &'o KnownLayout,
    pub(super) form: &'o LayoutForm,
}

impl OpenTable {
    /// Reads what the catalogue knows of the table `name`.
    pub(super) fn read(reader: &dyn ByteReader, name: &str) -> Result<Self, DynamicError> {
        let Some(known) = KnownTable::read(reader, name)? else {
            let known = catalog::tables(reader)?.into_iter().map(|table| table.name).collect();
            return Err(DynamicError::NoTable { table: name.to_owned(), known });
        };
        let forms = known.layouts.iter().map(LayoutForm::new).collect();
        Ok(Self { known, forms })
    }

    /// The layout of this number.
    pub(super) fn layout(&self, number: u16) -> Result<OpenLayout<'_>, DynamicError> {
        let mut layouts = self.known.layouts.iter().zip(&self.forms);
        let found = layouts.find(|(layout, _)| layout.number == number);
        let no_layout = || DynamicError::NoLayout { table: self.name().to_owned(), layout: number };
        found.map(|(known, form)| OpenLayout { known, form }).ok_or_else(no_layout)
    }

    pub(super) fn name(&self) -> &str {
        self.known.table.name()
    }

    /// Its keys.
    pub(super) fn keys(&self) -> Keys<'_> {
        Keys { of: self.name(), shape: &self.known.description.key, place: Place::Last }
    }

    /// Those of its index of this number.
    pub(super) fn index_keys(&self, index: usize) -> Option<Keys<'_>> {
        let index = self.known.indexes.get(index)?;
        Some(Keys { of: &index.shape.name, shape: &index.shape.key, place: Place::Inner })
    }

    /// Which layout `value` has, stored under `key`, and how long its body is.
    pub(super) fn open_value(&self, key: &[u8], value: &[u8]) -> Result<(usize, usize), Damage> {
        let number = layout_number(value).ok_or(Damage::Length { len: value.len() })?;
        let found = self.forms.iter().position(|form| form.number == number);
        let form = found.and_then(|at| Some((at, self.forms.get(at)?)));
        let (at, form) = form.ok_or(Damage::Layout { layout: number })?;
        Ok((at, form.body(key, value)?.len()))
    }
}
