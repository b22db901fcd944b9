//! Where rkyv 0.8 puts what: sizes, alignments and offsets.
//!
//! A struct or tuple is archived as `repr(C)`, a variant as `repr(C)` of a byte and its fields, an enum as the largest
//! of its variants, an option as an enum of nothing and its value. A box is a relative pointer; text, lists, maps and
//! sets in order, and boxes of text and slices, are two of its size, maps and sets in no order three, those in the
//! order they came in four. A range is a tuple of its bounds. Numbers are aligned to their size, or not at all. The
//! format says how wide a pointer is, and whether anything is aligned.

use super::types::{ArchivedKind, ArchivedTypes, LayoutState, Part, TypeNo};
use crate::{
    error::LayoutError,
    schema::{ArchivedLayout, Description},
};
use std::{collections::HashMap, mem};

/// How deeply types may lie inside one another; more would exhaust the stack.
const DEPTH_MAX: usize = 256;

const BYTE: ArchivedLayout = ArchivedLayout { size: 1, align: 1 };

/// The error is in a box, because each level of a type has several of these on the stack.
type Computed<T> = Result<T, Box<LayoutError>>;

impl<'t> ArchivedTypes<'t> {
    /// The types of the records that `description` describes, with all of their layouts.
    ///
    /// # Errors
    ///
    /// [`LayoutError`] when one cannot be computed, or is not what the description says of an archived type.
    pub fn new(description: &'t Description) -> Result<Self, LayoutError> {
        let mut types = Self::of_definitions(description)?;
        for ty in 0..types.types.len() {
            types.lay_out(ty, 0).map_err(|error| *error)?;
        }
        Ok(types)
    }

    /// The same with the layouts of structs and enums, and of what lies in these. Those of what a pointer points to
    /// may not be known.
    pub(in crate::codec) fn of_definitions(
        description: &'t Description,
    ) -> Result<Self, LayoutError> {
        let mut types = Self::without_layouts(description)?;
        types.check(description).map_err(|error| *error)?;
        Ok(types)
    }

    /// Computes the layout of each struct and enum, and compares it with what the compiler has said of it.
    fn check(&mut self, description: &'t Description) -> Computed<()> {
        for ty in 0..self.names.len() {
            self.lay_out(ty, 0)?;
        }
        let Some(types) = description.rows.types() else { return Ok(()) };
        let numbers = self.names.iter().enumerate().map(|(number, name)| (*name, number));
        let numbers: HashMap<&str, TypeNo> = numbers.collect();
        for (name, compiled) in types.archived() {
            let Some(&ty) = numbers.get(name) else {
                return Err(LayoutError::Unknown { shape: name.to_owned() }.into());
            };
            let computed = self.layout(ty);
            if computed != compiled {
                return Err(LayoutError::Archived {
                    type_name: name.to_owned(),
                    computed: computed.to_string(),
                    compiled: compiled.to_string(),
                }
                .into());
            }
        }
        Ok(())
    }

    fn set(&mut self, ty: TypeNo, state: LayoutState) {
        if let Some(layout) = self.layouts.get_mut(ty) {
            *layout = state;
        }
    }

    /// Computes the layout of `ty`, and the places of its parts.
    fn lay_out(&mut self, ty: TypeNo, depth: usize) -> Computed<ArchivedLayout> {
        match self.layouts.get(ty) {
            Some(LayoutState::Known(layout)) => return Ok(*layout),
            Some(LayoutState::Begun) => return Err(self.infinite(ty).into()),
            _ => {}
        }
        if depth >= DEPTH_MAX {
            return Err(LayoutError::TooDeep { max: DEPTH_MAX }.into());
        }
        self.set(ty, LayoutState::Begun);
        let Some(found) = self.types.get_mut(ty) else { return Ok(BYTE) };
        let mut kind = mem::take(&mut found.kind);
        let layout = self.of_kind(&mut kind, ty, depth.saturating_add(1));
        if let Some(found) = self.types.get_mut(ty) {
            found.kind = kind;
        }
        let layout = layout?;
        self.set(ty, LayoutState::Known(layout));
        Ok(layout)
    }

    #[cold]
    fn infinite(&self, ty: TypeNo) -> LayoutError {
        let type_name = self.names.get(ty).map_or_else(String::new, |name| (*name).to_owned());
        LayoutError::Infinite { type_name }
    }

    fn of_kind(
        &mut self,
        kind: &mut ArchivedKind<'t>,
        ty: TypeNo,
        depth: usize,
    ) -> Computed<ArchivedLayout> {
        Ok(match kind {
            ArchivedKind::Number(scalar) | ArchivedKind::NonZero(scalar) => {
                self.format.number(scalar.width())
            }
            ArchivedKind::Octets(len) => ArchivedLayout { size: *len, align: 1 },
            ArchivedKind::Boxed(_) => self.format.pointers(1),
            ArchivedKind::Text
            | ArchivedKind::Str
            | ArchivedKind::List(_)
            | ArchivedKind::Tree(_) => self.format.pointers(2),
            ArchivedKind::Table(_) => self.format.pointers(3),
            ArchivedKind::Indexed(_) => self.format.pointers(4),
            ArchivedKind::Array(inner, len) => {
                let ArchivedLayout { size, align } = self.lay_out(*inner, depth)?;
                let size = size.checked_mul(*len).ok_or(LayoutError::TooLarge)?;
                ArchivedLayout { size, align }
            }
            ArchivedKind::Product(_, parts) => {
                self.side_by_side(ArchivedLayout { size: 0, align: 1 }, parts, depth)?
            }
            ArchivedKind::Choice(_, variants) => {
                let mut whole = BYTE;
                for variant in variants {
                    let ArchivedLayout { size, align } =
                        self.side_by_side(BYTE, &mut variant.parts, depth)?;
                    whole.size = whole.size.max(size);
                    whole.align = whole.align.max(align);
                }
                ArchivedLayout { size: round_up(whole.size, whole.align)?, ..whole }
            }
            ArchivedKind::Opaque(_, Some(archived)) => *archived,
            ArchivedKind::Opaque(name, None) => {
                return Err(LayoutError::Opaque { name: (*name).to_owned() }.into());
            }
            ArchivedKind::Unknown => return Err(self.unknown(ty).into()),
        })
    }

    #[cold]
    fn unknown(&self, ty: TypeNo) -> LayoutError {
        let name = || self.names.get(ty).map(|name| (*name).to_owned());
        let shape = self.get(ty).shape.map(ToString::to_string).or_else(name);
        LayoutError::Unknown { shape: shape.unwrap_or_default() }
    }

    /// Puts `parts` behind `first`, as `repr(C)` does; the layout of them all.
    fn side_by_side(
        &mut self,
        first: ArchivedLayout,
        parts: &mut [Part<'t>],
        depth: usize,
    ) -> Computed<ArchivedLayout> {
        let mut whole = first;
        for part in parts {
            let layout = self.lay_out(part.ty, depth)?;
            part.offset = append(&mut whole, layout)?;
        }
        whole.size = round_up(whole.size, whole.align)?;
        Ok(whole)
    }
}

/// Puts `part` behind `whole`: where.
pub(super) fn append(whole: &mut ArchivedLayout, part: ArchivedLayout) -> Computed<usize> {
    let offset = round_up(whole.size, part.align)?;
    whole.size = offset.checked_add(part.size).ok_or(LayoutError::TooLarge)?;
    whole.align = whole.align.max(part.align);
    Ok(offset)
}

pub(super) fn round_up(size: usize, align: usize) -> Computed<usize> {
    Ok(size.checked_next_multiple_of(align).ok_or(LayoutError::TooLarge)?)
}
