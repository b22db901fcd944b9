//! The layout that rkyv's rules make of a schema is the one that the compiler has made, or the record is not opened.
//!
//! Whatever the description, the answer is a layout or an error: descriptions come from files, too.

use super::{ArchivedOf, ArchivedWith, archive::ArchivedTypes};
use crate::{
    error::LayoutError,
    schema::{ArchivedLayout, Description, RecordSchema},
};
use ::rkyv::{Archive, with::ArchiveWith};

impl<T: Archive> ArchivedOf<T> {
    /// The layout of what `T` is archived as.
    pub const LAYOUT: Option<ArchivedLayout> = Some(ArchivedLayout::of::<T::Archived>());
}

impl<W: ArchiveWith<T>, T> ArchivedWith<W, T> {
    /// The layout of what `T` is archived as with `W`.
    pub const LAYOUT: Option<ArchivedLayout> = Some(ArchivedLayout::of::<W::Archived>());
}

/// Where the fields of an archived record are, by rkyv's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RkyvLayout {
    /// Its size and alignment.
    pub archived: ArchivedLayout,
    /// How many bytes from its start each field is, in declaration order.
    pub offsets: Vec<usize>,
}

impl RkyvLayout {
    /// Computes the layout of the records that `description` describes, and that of every type they are made of.
    ///
    /// # Errors
    ///
    /// [`LayoutError`] when it cannot be computed, or is not what the description says of an archived type.
    pub fn of(description: &Description) -> Result<Self, LayoutError> {
        let (offsets, archived) = ArchivedTypes::of_definitions(description)?.record();
        Ok(Self { archived, offsets })
    }

    /// Checks that the compiler has put each field where the rules do.
    pub(super) fn check(&self, schema: &RecordSchema) -> Result<(), LayoutError> {
        for (field, computed) in schema.fields().iter().zip(&self.offsets) {
            let compiled = field.place().offset();
            if compiled != *computed {
                return Err(LayoutError::Offset {
                    type_name: schema.name().to_owned(),
                    field: field.name().to_owned(),
                    computed: *computed,
                    compiled,
                });
            }
        }
        Ok(())
    }
}
