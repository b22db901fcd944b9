//! Fields and variants of two layouts, found by name: today's, or one that they had.

use super::{
    merge::{self, Variants},
    moves::{DefaultValue, Move, MoveNo, PartMove, Parts},
    resolver::{Resolved, Resolver, is_option, some},
    run,
    types::{ArchivedKind, Part, TypeNo, Variant, Word},
    widen::widens,
};
use crate::{
    error::{Advice, Change, Difference},
    schema::{Hints, Past, RustType, Shape},
};
use std::{collections::HashMap, iter};

/// How deeply two types are looked at before one is offered as another's name.
const LIKENESS_DEPTH: usize = 8;
/// How many names are offered.
const OFFERED_MAX: usize = 4;

/// Whose fields or variants are compared.
pub(super) struct Owner {
    /// Its name among the attributes: `Location`, `ArchivedKind::Closed`.
    name: String,
    is_record: bool,
}

impl Owner {
    pub(super) fn of_struct(name: &str, is_record: bool) -> Self {
        Self { name: name.to_owned(), is_record }
    }

    fn of_variant(of: &str, variant: &str) -> Self {
        Self { name: format!("{of}::{variant}"), is_record: false }
    }

    /// What a message calls all its fields.
    fn fields(&self) -> String {
        match self.is_record {
            true => "fields".to_owned(),
            false => format!("fields of {}", self.name),
        }
    }

    /// What a message calls a field.
    fn field(&self, name: &str) -> String {
        match self.is_record {
            true => format!("field {name}"),
            false => format!("field {name} of {}", self.name),
        }
    }
}

impl<'t> Resolver<'t> {
    /// The fields of a struct or a variant.
    pub(super) fn fields(&mut self, owner: &Owner, old: &[Part<'t>], new: &[Part<'t>]) -> Parts {
        let old_names: HashMap<&str, usize> = numbered(old.iter().map(|part| part.name));
        let new_names: HashMap<&str, usize> = numbered(new.iter().map(|part| part.name));
        let mut is_taken = vec![false; old.len()];
        let (mut origins, mut order) = (Vec::new(), Vec::new());
        for part in new {
            let past = self.hints.past(&owner.name, part.name);
            let was = past.into_iter().flat_map(|past| &past.was).map(String::as_str);
            let was = was.filter(|name| !new_names.contains_key(name));
            let found = iter::once(part.name).chain(was).find_map(|name| {
                let number = *old_names.get(name)?;
                (!is_taken.get(number)?).then_some(number)
            });
            if let Some(taken) = found.and_then(|number| is_taken.get_mut(number)) {
                *taken = true;
            }
            origins.push(found.and_then(|number| old.get(number)));
            order.extend(found);
        }
        if !order.is_sorted() {
            self.step(owner.fields(), Change::Reordered);
        }
        let gone: Vec<&Part<'t>> =
            old.iter().zip(&is_taken).filter(|(_, taken)| !**taken).map(|(part, _)| part).collect();
        let come: Vec<&Part<'t>> = new
            .iter()
            .zip(&origins)
            .filter(|(_, from)| from.is_none())
            .map(|(part, _)| part)
            .collect();
        let mut parts = Vec::new();
        for (part, origin) in new.iter().zip(&origins) {
            match origin {
                Some(from) => parts.push(self.field(owner, from, part)),
                None => parts.extend(self.added(owner, part, &gone)),
            }
        }
        for part in &gone {
            self.gone(owner, part, &come);
        }
        let is_complete = gone.is_empty() && come.is_empty();
        let drops_pointees = gone.iter().any(|part| self.old.may_point(part.ty));
        Parts { drops_pointees, ..merge::parts(&mut self.moves, parts, is_complete) }
    }

    fn field(&mut self, owner: &Owner, old: &Part<'t>, new: &Part<'t>) -> PartMove {
        let subject = owner.field(new.name);
        if old.name != new.name {
            self.step(subject.clone(), Change::Was(old.name.to_owned()));
        }
        if !is_same_type(self.old.get(old.ty).shape, self.new.get(new.ty).shape) {
            let change =
                Change::Becomes { stored: self.old.text(old.ty), expected: self.new.text(new.ty) };
            self.step(subject.clone(), change);
        }
        let site = self.site(subject, old.ty, new.ty);
        let by = match self.unwrapped(old.ty, new.ty) {
            None => self.pair(old.ty, new.ty, site),
            Some(inside) => {
                let past = self.hints.past(&owner.name, new.name);
                match past.and_then(|past| past.default.as_ref()) {
                    None => {
                        let advice = Advice::NoLongerOptional { name: new.name.to_owned() };
                        let movement = self.unsettle(site, advice);
                        self.add(movement)
                    }
                    Some(default) => {
                        let default = self.default(&owner.field(new.name), new, default);
                        let inner = self.pair(inside.ty, new.ty, site);
                        self.add(Move::Unwrap { old_at: inside.offset, inner, default })
                    }
                }
            }
        };
        merge::part(old.offset, new.offset, by)
    }

    /// The value of the old option, where the new type is none and no box of one.
    fn unwrapped(&self, old: TypeNo, new: TypeNo) -> Option<Part<'t>> {
        let ArchivedKind::Choice(Word::Option, variants) = &self.old.get(old).kind else {
            return None;
        };
        let stays = match self.new.get(new).kind {
            ArchivedKind::Boxed(inner) => is_option(self.new, inner),
            _ => is_option(self.new, new),
        };
        some(variants).filter(|_| !stays)
    }

    /// A field that the file does not have; nothing if it is zero.
    fn added(&mut self, owner: &Owner, new: &Part<'t>, gone: &[&Part<'t>]) -> Option<PartMove> {
        let subject = owner.field(new.name);
        let default = self.hints.past(&owner.name, new.name).and_then(|past| past.default.as_ref());
        if let Some(default) = default {
            self.step(subject.clone(), Change::AddedDefault);
            let by = self.default(&subject, new, default);
            return Some(merge::part(0, new.offset, by));
        }
        if is_option(self.new, new.ty) {
            self.step(subject, Change::AddedNone);
            return None;
        }
        let is_free = |part: &&&Part<'t>| !self.hints.is_removed(&owner.name, part.name);
        let like = gone.iter().filter(is_free).filter(|part| self.is_like(part.ty, new.ty));
        let renamed = like.take(OFFERED_MAX).map(|part| renamed(part.name, new.name));
        let rust = match self.new.get(new.ty).shape {
            Some(shape) => RustType(shape).to_string(),
            None => self.new.text(new.ty),
        };
        let advice = renamed.chain([Advice::New { name: new.name.to_owned(), rust }]).collect();
        let difference = Difference::new(&subject, None, Some(&self.new.text(new.ty)));
        self.tell(difference, advice);
        None
    }

    /// A field that the code does not have.
    fn gone(&mut self, owner: &Owner, old: &Part<'t>, come: &[&Part<'t>]) {
        let subject = owner.field(old.name);
        if self.hints.is_removed(&owner.name, old.name) {
            return self.step(subject, Change::Removed);
        }
        let is_free = |part: &&&Part<'t>| self.hints.past(&owner.name, part.name).is_none();
        let like = come.iter().filter(is_free).filter(|part| self.is_like(old.ty, part.ty));
        let renamed = like.take(OFFERED_MAX).map(|part| renamed(old.name, part.name));
        let (name, is_of_record) = (old.name.to_owned(), owner.is_record);
        let advice = renamed.chain([Advice::Removed { name, is_of_record }]).collect();
        self.tell(Difference::new(&subject, Some(&self.old.text(old.ty)), None), advice);
    }

    /// The move that puts a default, once it is seen to be of its type.
    fn default(&mut self, subject: &str, new: &Part<'t>, archive: &[u8]) -> MoveNo {
        let size = self.new.layout(new.ty).size;
        let none = Hints::new();
        let moves = Resolver::copy_of(self.new, new.ty, &none);
        let default = moves.and_then(|Resolved { moves, root, .. }| {
            let archive = Box::from(archive);
            let default = DefaultValue { archive, size, moves: moves.into(), root };
            run::fits(&default, self.new.format, self.new.layout(new.ty)).then_some(default)
        });
        match default {
            Some(default) => {
                let movement = merge::default(default);
                self.add(movement)
            }
            None => {
                let difference = Difference::new(subject, None, Some(&self.new.text(new.ty)));
                self.tell(difference, vec![Advice::Default { name: new.name.to_owned() }]);
                self.add(Move::Pending)
            }
        }
    }

    pub(super) fn variants(
        &mut self,
        name: &str,
        old: &[Variant<'t>],
        new: &[Variant<'t>],
    ) -> Variants {
        let numbers = numbered(new.iter().map(|variant| variant.name));
        let mut was = HashMap::new();
        for (number, variant) in new.iter().enumerate() {
            let past = self.hints.past(name, variant.name);
            for name in past.into_iter().flat_map(|past: &Past| &past.was) {
                was.entry(name.as_str()).or_insert(number);
            }
        }
        let old_names = numbered(old.iter().map(|variant| variant.name));
        let come = new.iter().map(|variant| variant.name);
        let come: Vec<&str> = come.filter(|name| !old_names.contains_key(name)).collect();
        let mut is_taken = vec![false; new.len()];
        let mut choice = Variants::default();
        for variant in old {
            let number = numbers.get(variant.name).or_else(|| was.get(variant.name)).copied();
            let Some(into) = number.and_then(|number| new.get(number)) else {
                self.variant_gone(name, variant, &come);
                continue;
            };
            if let Some(taken) = number.and_then(|number| is_taken.get_mut(number)) {
                *taken = true;
            }
            if into.name != variant.name {
                let subject = format!("variant {} of {name}", into.name);
                self.step(subject, Change::Was(variant.name.to_owned()));
            }
            let owner = Owner::of_variant(name, into.name);
            let parts = self.fields(&owner, &variant.parts, &into.parts);
            choice.set(variant.tag, into.tag, parts);
        }
        for (variant, _) in new.iter().zip(is_taken).filter(|(_, taken)| !taken) {
            self.step(format!("variant {} of {name}", variant.name), Change::Added);
        }
        choice
    }

    /// A variant that the code does not have; those that `come` are ones that the file does not have.
    fn variant_gone(&mut self, name: &str, gone: &Variant<'t>, come: &[&str]) {
        let advice = come.iter().take(OFFERED_MAX).map(|come| renamed(gone.name, come));
        let advice = advice.chain([Advice::VariantGone]).collect();
        let parts: Vec<String> = gone
            .parts
            .iter()
            .take(OFFERED_MAX)
            .map(|part| format!("{}: {}", part.name, self.old.text(part.ty)))
            .collect();
        let subject = format!("variant {} of {name}", gone.name);
        let stored = format!("({})", parts.join(", "));
        self.tell(Difference::new(&subject, Some(&stored), None), advice);
    }

    /// Whether a value of the old type may have become one of the new.
    fn is_like(&self, old: TypeNo, new: TypeNo) -> bool {
        self.is_like_to(old, new, LIKENESS_DEPTH)
    }

    fn is_like_to(&self, old: TypeNo, new: TypeNo, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        match (&self.old.get(old).kind, &self.new.get(new).kind) {
            (ArchivedKind::Number(a), ArchivedKind::Number(b))
            | (ArchivedKind::NonZero(a), ArchivedKind::NonZero(b) | ArchivedKind::Number(b)) => {
                a == b || widens(*a, *b)
            }
            (ArchivedKind::Text | ArchivedKind::Str, ArchivedKind::Text | ArchivedKind::Str)
            | (
                ArchivedKind::Product(Word::Struct(_), _),
                ArchivedKind::Product(Word::Struct(_), _),
            )
            | (ArchivedKind::Choice(Word::Enum(_), _), ArchivedKind::Choice(Word::Enum(_), _)) => {
                true
            }
            (ArchivedKind::Choice(Word::Option, a), ArchivedKind::Choice(Word::Option, b)) => {
                let inner = some(a).zip(some(b));
                inner.is_some_and(|(a, b)| self.is_like_to(a.ty, b.ty, depth))
            }
            (_, ArchivedKind::Choice(Word::Option, b)) => {
                some(b).is_some_and(|b| self.is_like_to(old, b.ty, depth))
            }
            (
                ArchivedKind::Boxed(a) | ArchivedKind::List(a),
                ArchivedKind::Boxed(b) | ArchivedKind::List(b),
            ) => {
                let kinds = [&self.old.get(old).kind, &self.new.get(new).kind];
                let [a_boxed, b_boxed] = kinds.map(|kind| matches!(kind, ArchivedKind::Boxed(_)));
                a_boxed == b_boxed && self.is_like_to(*a, *b, depth)
            }
            (_, ArchivedKind::Boxed(b)) => self.is_like_to(old, *b, depth),
            (ArchivedKind::Boxed(a), _) => self.is_like_to(*a, new, depth),
            (ArchivedKind::Array(a, a_len), ArchivedKind::Array(b, b_len)) => {
                a_len == b_len && self.is_like_to(*a, *b, depth)
            }
            _ => self.old.text(old) == self.new.text(new),
        }
    }
}

fn renamed(was: &str, name: &str) -> Advice {
    Advice::Renamed { was: was.to_owned(), name: name.to_owned() }
}

fn numbered<'t>(names: impl Iterator<Item = &'t str>) -> HashMap<&'t str, usize> {
    names.enumerate().map(|(number, name)| (name, number)).collect()
}

/// Whether two types differ in the names of structs and enums at most, which are compared by themselves.
fn is_same_type(old: Option<&Shape>, new: Option<&Shape>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => is_same_shape(old, new),
        // A struct or an enum.
        (None, None) => true,
        _ => false,
    }
}

fn is_same_shape(old: &Shape, new: &Shape) -> bool {
    match (old, new) {
        (Shape::Named(_), Shape::Named(_)) => true,
        (Shape::Option(old), Shape::Option(new))
        | (Shape::Boxed(old), Shape::Boxed(new))
        | (Shape::List(old), Shape::List(new)) => is_same_shape(old, new),
        (Shape::Array(old, old_len), Shape::Array(new, new_len)) => {
            old_len == new_len && is_same_shape(old, new)
        }
        (Shape::Map(old_key, old), Shape::Map(new_key, new)) => {
            is_same_shape(old_key, new_key) && is_same_shape(old, new)
        }
        (Shape::Tuple(old), Shape::Tuple(new)) => are_same_shapes(old, new),
        (Shape::Generic(old_word, old), Shape::Generic(new_word, new)) => {
            old_word == new_word && are_same_shapes(old, new)
        }
        _ => old == new,
    }
}

fn are_same_shapes(old: &[Shape], new: &[Shape]) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same_shape(old, new))
}
