//! The fields of two layouts, as they are found by their ids and named in messages.

use crate::schema::{Definition, FieldShape, Presence, RustType, Shape, Slot, Types};

/// Whose fields are compared.
pub(super) struct SlotOwner<'n> {
    pub(super) name: &'n str,
    pub(super) variant: Option<&'n str>,
    pub(super) is_record: bool,
}

impl SlotOwner<'_> {
    pub(super) fn name(&self) -> String {
        match self.variant {
            None => self.name.to_owned(),
            Some(variant) => format!("{}::{variant}", self.name),
        }
    }

    pub(super) fn subject(&self) -> String {
        match self.variant {
            None => self.name.to_owned(),
            Some(variant) => format!("variant {variant} of {}", self.name),
        }
    }

    pub(super) fn field(&self, name: &str) -> String {
        match self.is_record {
            true => format!("field {name}"),
            false => format!("field {name} of {}", self.name()),
        }
    }
}

pub(super) type Slotted<'t> = (&'t FieldShape, &'t Slot);

pub(super) fn slots(fields: &[FieldShape]) -> impl Iterator<Item = Slotted<'_>> {
    fields.iter().filter_map(|field| Some((field, field.slot.as_ref()?)))
}

/// The fields that are not removed.
pub(super) fn live(fields: &[FieldShape]) -> impl Iterator<Item = Slotted<'_>> {
    slots(fields).filter(|(_, slot)| !slot.is_removed())
}

/// The field as the attribute writes it that says it is gone.
pub(super) fn removed(field: &FieldShape, slot: &Slot) -> (u16, String, String) {
    (slot.id, field.name.clone(), RustType(without_option(&field.shape)).to_string())
}

pub(super) fn without_option(shape: &Shape) -> &Shape {
    match shape {
        Shape::Option(inner) => inner,
        other => other,
    }
}

/// Whether a missing field means the same, and a row that lacks it is one.
pub(super) fn is_same_presence(
    old: &Presence<String>,
    new: &Presence<String>,
    shape: &Shape,
    (old_types, new_types): (&Types, &Types),
) -> bool {
    match (old, new) {
        (Presence::Required, Presence::Required | Presence::Optional)
        | (Presence::Optional, Presence::Optional) => true,
        (Presence::Defaulted(Some(old)), Presence::Defaulted(Some(new))) => {
            // A variant by its name, which may have changed.
            let number = |types: &Types, word: &str| {
                let Shape::Named(name) = shape else { return None };
                let Some(Definition::Enum { variants, .. }) = types.get(name) else { return None };
                variants.iter().find(|variant| variant.name == word)?.number
            };
            let numbers = (number(old_types, old), number(new_types, new));
            old == new || matches!(numbers, (Some(old), Some(new)) if old == new)
        }
        (Presence::Defaulted(old), Presence::Defaulted(new)) => old == new,
        _ => false,
    }
}
