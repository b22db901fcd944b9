//! Whether rows of an old layout are read by the code of today as they are.
//!
//! FlatBuffers were made for this: a field is found by its id, a missing one has a meaning, a variant is a number. So
//! nothing is ever written anew, and what would need it is refused. Types are compared from the record down, whatever
//! they are called.

use super::{
    slot_pairs::{SlotBefore, SlotNow, SlotPairs},
    slots::{SlotOwner, Slotted, is_same_presence, removed, without_option},
};
use crate::{
    error::{Advice, Change, Difference, FlatAdvice, Step, Unresolved, Unsettled},
    schema::{
        Definition, Description, FieldShape, Hints, Presence, RowShape, Scalar, Shape, Slot, Types,
        VariantShape, differences_of_heads,
    },
};
use std::collections::HashSet;

/// What has changed between rows of the layout `old` and those of the layout `new`, which the code reads as they are.
///
/// # Errors
///
/// [`Unresolved`] with every difference that stands against it.
pub fn reads(old: &Description, new: &Description, hints: &Hints) -> Result<Vec<Step>, Unresolved> {
    let mut found = Comparing {
        hints,
        steps: Vec::new(),
        unsettled: differences_of_heads(old, new, hints),
        open: Vec::new(),
        seen: HashSet::new(),
    };
    found.equal("format", Some(&old.format), Some(&new.format), || Advice::Codec);
    if let (RowShape::Record { types: old, .. }, RowShape::Record { types: new, .. }) =
        (&old.rows, &new.rows)
    {
        let (identifier, expected) = (old.file_identifier(), new.file_identifier());
        found.equal("file identifier", identifier, expected, || {
            Advice::Flat(FlatAdvice::FileIdentifier)
        });
        found.compare(old, new);
    } else {
        found.unsettle("the record", None, None, vec![Advice::Codec]);
    }
    let Comparing { steps, unsettled, .. } = found;
    if unsettled.is_empty() { Ok(steps) } else { Err(Unresolved::of(unsettled)) }
}

struct Comparing<'t> {
    hints: &'t Hints,
    steps: Vec<Step>,
    unsettled: Vec<Unsettled>,
    /// Types that are still to be compared, by their names on both sides.
    open: Vec<(&'t str, &'t str)>,
    seen: HashSet<(&'t str, &'t str)>,
}

impl<'t> Comparing<'t> {
    fn compare(&mut self, old: &'t Types, new: &'t Types) {
        let (Some((old_root, _)), Some((new_root, _))) = (old.root(), new.root()) else { return };
        self.open.push((old_root, new_root));
        while let Some(pair @ (old_name, new_name)) = self.open.pop() {
            if !self.seen.insert(pair) {
                continue;
            }
            let is_record = pair == (old_root, new_root);
            match (old.get(old_name), new.get(new_name)) {
                (Some(Definition::Table(a)), Some(Definition::Table(b))) => {
                    self.table(
                        &SlotOwner { name: new_name, variant: None, is_record },
                        a,
                        b,
                        (old, new),
                    );
                }
                (Some(Definition::Struct(a)), Some(Definition::Struct(b))) => {
                    self.fixed(new_name, a, b);
                }
                (
                    Some(Definition::Enum { repr: a_repr, variants: a }),
                    Some(Definition::Enum { repr: b_repr, variants: b }),
                ) => {
                    let [stored, expected] = [a_repr, b_repr].map(|repr| repr.map(Scalar::name));
                    self.equal(&format!("enum {new_name}"), stored, expected, || {
                        Advice::Flat(FlatAdvice::Number)
                    });
                    self.numbers(new_name, a, b);
                }
                (Some(Definition::Union(a)), Some(Definition::Union(b))) => {
                    self.union(new_name, a, b, (old, new));
                }
                (a, b) => {
                    let kind = vec![Advice::Flat(FlatAdvice::Kind)];
                    let [stored, expected] = [a, b].map(|definition| definition.map(kind_of));
                    self.unsettle(&format!("type {new_name}"), stored, expected, kind);
                }
            }
        }
    }

    fn equal(
        &mut self,
        subject: &str,
        stored: Option<&str>,
        expected: Option<&str>,
        advice: impl FnOnce() -> Advice,
    ) {
        if stored != expected {
            self.unsettle(subject, stored, expected, vec![advice()]);
        }
    }

    fn unsettle(
        &mut self,
        subject: &str,
        stored: Option<&str>,
        expected: Option<&str>,
        advice: Vec<Advice>,
    ) {
        let difference = Difference::new(subject, stored, expected);
        self.unsettled.push(Unsettled { difference, advice });
    }

    fn step(&mut self, subject: String, change: Change) {
        self.steps.push(Step { subject, change });
    }

    fn table(
        &mut self,
        owner: &SlotOwner<'_>,
        old: &'t [FieldShape],
        new: &'t [FieldShape],
        types: (&'t Types, &'t Types),
    ) {
        let slots = SlotPairs { hints: self.hints, owner: &owner.name(), old, new };
        for (field, slot) in slots.all_before() {
            match slots.now(field, slot) {
                SlotNow::Field(other) => self.field(owner, ((field, slot), other), types),
                SlotNow::Moved => {}
                SlotNow::Gone => self.gone(owner, field, slot),
            }
        }
        for (field, slot) in slots.all_now() {
            match slots.before(field, slot) {
                SlotBefore::Field => {}
                SlotBefore::Moved(id) => self.moved(owner, field, slot, id),
                SlotBefore::Taken(next) => self.taken(owner, field, next),
                SlotBefore::None => self.added(owner, field, slot),
            }
        }
        // What a variant holds alone has no id where it is a table.
        let whole = |fields: &'t [FieldShape]| fields.iter().find(|field| field.slot.is_none());
        match (whole(old), whole(new)) {
            (None, None) => {}
            (Some(old), Some(new)) => {
                if !self.same(&old.shape, &new.shape) {
                    self.retyped(owner, old, None, new);
                }
            }
            _ => {
                let kind = vec![Advice::Flat(FlatAdvice::Kind)];
                self.unsettle(&owner.subject(), None, None, kind);
            }
        }
    }

    fn field(
        &mut self,
        owner: &SlotOwner<'_>,
        ((old, old_slot), (new, new_slot)): (Slotted<'t>, Slotted<'t>),
        types: (&'t Types, &'t Types),
    ) {
        let subject = owner.field(&new.name);
        match (&old_slot.presence, &new_slot.presence) {
            (Presence::Removed, Presence::Removed) => {}
            (Presence::Removed, _) => {
                let advice = vec![Advice::Flat(FlatAdvice::IdFreed(removed(old, old_slot)))];
                let expected = format!("id {}", new_slot.id);
                self.unsettle(&subject, Some("removed"), Some(&expected), advice);
            }
            (_, Presence::Removed) => self.step(owner.field(&old.name), Change::Removed),
            (stored, expected) => {
                if old.name != new.name {
                    self.step(subject, Change::Was(old.name.clone()));
                }
                if !self.same(without_option(&old.shape), without_option(&new.shape))
                    || !is_same_presence(stored, expected, without_option(&new.shape), types)
                {
                    self.retyped(owner, old, Some(old_slot), new);
                }
            }
        }
    }

    /// The field has the id of another one: ids are counted where they are not written.
    fn moved(&mut self, owner: &SlotOwner<'_>, new: &FieldShape, slot: &Slot, before: u16) {
        let advice = FlatAdvice::IdMoved { id: before, name: new.name.clone() };
        let [stored, expected] = [before, slot.id].map(|id| format!("id {id}"));
        let subject = owner.field(&new.name);
        self.unsettle(&subject, Some(&stored), Some(&expected), vec![Advice::Flat(advice)]);
    }

    /// The field is new, with the id of one that has moved.
    fn taken(&mut self, owner: &SlotOwner<'_>, new: &FieldShape, next: u16) {
        let advice = FlatAdvice::IdTaken { id: next, name: new.name.clone() };
        let subject = owner.field(&new.name);
        self.unsettle(&subject, None, Some(&new.text()), vec![Advice::Flat(advice)]);
    }

    fn retyped(
        &mut self,
        owner: &SlotOwner<'_>,
        old: &'t FieldShape,
        slot: Option<&Slot>,
        new: &'t FieldShape,
    ) {
        let is_same = self.same(without_option(&old.shape), without_option(&new.shape));
        let advice = match slot {
            None => FlatAdvice::Kind,
            Some(slot)
                if is_same
                    && new.slot.as_ref().is_some_and(|new| new.presence == Presence::Required)
                    && slot.presence != Presence::Required =>
            {
                FlatAdvice::Required { name: new.name.clone() }
            }
            Some(slot) => FlatAdvice::Retyped(removed(old, slot)),
        };
        let [stored, expected] = [old, new].map(FieldShape::text);
        let subject = owner.field(&new.name);
        self.unsettle(&subject, Some(&stored), Some(&expected), vec![Advice::Flat(advice)]);
    }

    fn gone(&mut self, owner: &SlotOwner<'_>, old: &FieldShape, slot: &Slot) {
        if self.hints.is_lossy() {
            if !slot.is_removed() {
                self.step(owner.field(&old.name), Change::Removed);
            }
            return;
        }
        let removed = removed(old, slot);
        let advice = match slot.presence {
            Presence::Removed => FlatAdvice::IdFreed(removed),
            _ => FlatAdvice::Removed { field: removed, is_of_record: owner.is_record },
        };
        let stored = old.text();
        self.unsettle(&owner.field(&old.name), Some(&stored), None, vec![Advice::Flat(advice)]);
    }

    fn added(&mut self, owner: &SlotOwner<'_>, new: &FieldShape, slot: &Slot) {
        let subject = owner.field(&new.name);
        match slot.presence {
            Presence::Removed => {}
            Presence::Required => {
                let advice = vec![Advice::Flat(FlatAdvice::Required { name: new.name.clone() })];
                self.unsettle(&subject, None, Some(&new.text()), advice);
            }
            Presence::Optional => self.step(subject, Change::AddedNone),
            Presence::Defaulted(_) => self.step(subject, Change::AddedDefault),
        }
    }

    /// The fields of a struct of fixed width are told by their places.
    fn fixed(&mut self, name: &str, old: &'t [FieldShape], new: &'t [FieldShape]) {
        let mut is_same = old.len() == new.len();
        let owner = SlotOwner { name, variant: None, is_record: false };
        for (old, new) in old.iter().zip(new) {
            is_same &= self.same(&old.shape, &new.shape);
            if old.name != new.name {
                self.step(owner.field(&new.name), Change::Was(old.name.clone()));
            }
        }
        let names = |fields: &[FieldShape]| -> Vec<String> {
            fields.iter().map(|field| format!("{}: {}", field.name, field.shape)).collect()
        };
        // Two that have changed places are not two that were renamed.
        let is_mixed = old.iter().zip(new).any(|(old_field, new_field)| {
            old_field.name != new_field.name && old.iter().any(|field| field.name == new_field.name)
        });
        if !is_same || is_mixed {
            let [stored, expected] = [old, new].map(|fields| names(fields).join(", "));
            let advice = vec![Advice::Flat(FlatAdvice::Fixed)];
            self.unsettle(&format!("struct {name}"), Some(&stored), Some(&expected), advice);
        }
    }

    /// The variants of an enum are told by their numbers.
    fn numbers(&mut self, name: &str, old: &[VariantShape], new: &[VariantShape]) {
        for variant in old {
            let subject = |variant: &VariantShape| format!("variant {} of {name}", variant.name);
            let number = |variant: &VariantShape| variant.number.unwrap_or_default();
            let same_name = new.iter().find(|other| other.name == variant.name);
            let same_number = new.iter().find(|other| other.number == variant.number);
            match (same_name, same_number) {
                (Some(named), _) if named.number == variant.number => {}
                (None, Some(renamed)) if old.iter().all(|other| other.name != renamed.name) => {
                    self.step(subject(renamed), Change::Was(variant.name.clone()));
                }
                (named, _) => {
                    let stored = number(variant).to_string();
                    let expected = named.map(|variant| number(variant).to_string());
                    let advice = match named {
                        Some(_) => FlatAdvice::Number,
                        None => FlatAdvice::VariantGone,
                    };
                    let advice = vec![Advice::Flat(advice)];
                    self.unsettle(&subject(variant), Some(&stored), expected.as_deref(), advice);
                }
            }
        }
        for variant in new {
            if old.iter().all(|other| other.number != variant.number && other.name != variant.name)
            {
                self.step(format!("variant {} of {name}", variant.name), Change::Added);
            }
        }
    }

    /// The variants of a union are told by their places.
    fn union(
        &mut self,
        name: &str,
        old: &'t [VariantShape],
        new: &'t [VariantShape],
        types: (&'t Types, &'t Types),
    ) {
        let is_mixed = old.iter().zip(new).any(|(old_one, new_one)| {
            old_one.name != new_one.name && old.iter().any(|other| other.name == new_one.name)
        });
        if old.len() > new.len() || is_mixed {
            let names = |variants: &[VariantShape]| -> Vec<String> {
                variants.iter().map(|variant| variant.name.clone()).collect()
            };
            let [stored, expected] = [old, new].map(|variants| names(variants).join(", "));
            let advice = vec![Advice::Flat(FlatAdvice::UnionOrder)];
            return self.unsettle(&format!("union {name}"), Some(&stored), Some(&expected), advice);
        }
        for (old, new) in old.iter().zip(new) {
            if old.name != new.name {
                let subject = format!("variant {} of {name}", new.name);
                self.step(subject, Change::Was(old.name.clone()));
            }
            let owner = SlotOwner { name, variant: Some(&new.name), is_record: false };
            self.table(&owner, &old.fields, &new.fields, types);
        }
        for variant in new.iter().skip(old.len()) {
            self.step(format!("variant {} of {name}", variant.name), Change::Added);
        }
    }

    /// Whether two types have the same bytes, if those do that are named in them.
    fn same(&mut self, old: &'t Shape, new: &'t Shape) -> bool {
        match (old, new) {
            (Shape::Named(old), Shape::Named(new)) => {
                self.open.push((old, new));
                true
            }
            (Shape::Option(old), Shape::Option(new)) | (Shape::List(old), Shape::List(new)) => {
                self.same(old, new)
            }
            // A box is where its content is.
            (Shape::Boxed(old), new) => self.same(old, new),
            (old, Shape::Boxed(new)) => self.same(old, new),
            (Shape::Array(old, old_len), Shape::Array(new, new_len)) => {
                old_len == new_len && self.same(old, new)
            }
            (Shape::Tuple(old), Shape::Tuple(new)) => self.all_same(old, new),
            (Shape::Map(old_key, old), Shape::Map(new_key, new)) => {
                self.same(old_key, new_key) && self.same(old, new)
            }
            (Shape::Generic(old_word, old), Shape::Generic(new_word, new)) => {
                old_word == new_word && self.all_same(old, new)
            }
            (old, new) => old == new,
        }
    }

    fn all_same(&mut self, old: &'t [Shape], new: &'t [Shape]) -> bool {
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.same(old, new))
    }
}

/// What FlatBuffers call such a type.
const fn kind_of(definition: &Definition) -> &'static str {
    match definition {
        Definition::Struct(_) => "struct",
        Definition::Table(_) => "table",
        Definition::Enum { .. } => "enum",
        Definition::Union(_) => "union",
    }
}
