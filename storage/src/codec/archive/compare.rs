//! How the types of one layout become those of another: by name, as the rules and the attributes of the code say.
//!
//! Types that lie inside one another are compared by calls, types behind pointers are put in a queue: so the depth of
//! the calls is that of one value in its place, whatever the schema in the file says.

use super::{
    fields::Owner,
    merge,
    moves::{Move, MoveNo, Parts, TreeMove},
    resolver::{Resolved, Resolver, SiteNo, is_option, some},
    tree::Nodes,
    types::{ArchivedKind, ArchivedTypes, EntryType, Part, ROOT, TypeNo, Variant, Word},
    widen::widens,
};
use crate::{
    error::{Advice, LayoutError, Step, Unsettled},
    schema::{Hints, Scalar},
};

/// How deeply the types of two layouts may lie inside one another; more would exhaust the stack.
const DEPTH_MAX: usize = 128;

impl<'t> Resolver<'t> {
    /// Compares two records, of which `unsettled` and `steps` are known already.
    pub(super) fn records(mut self, unsettled: Vec<Unsettled>, steps: Vec<Step>) -> Resolved {
        self.unsettled = unsettled;
        self.steps = steps;
        let site = self.site("record".to_owned(), ROOT, ROOT);
        let is_one_format = self.old.format == self.new.format;
        let root = self.all(ROOT, ROOT, site);
        self.finish(root, is_one_format)
    }

    /// The moves of a type to itself; `None` if there are none.
    pub(super) fn copy_of(
        types: &'t ArchivedTypes<'t>,
        ty: TypeNo,
        hints: &'t Hints,
    ) -> Option<Resolved> {
        let mut copy = Self::new(types, types, hints);
        let site = copy.site(String::new(), ty, ty);
        let root = copy.all(ty, ty, site);
        let is_known = copy.unsettled.is_empty() && copy.opaque.is_empty();
        is_known.then(|| copy.finish(root, true))
    }

    /// Compares two types, and all that they point to.
    fn all(&mut self, old: TypeNo, new: TypeNo, site: SiteNo) -> MoveNo {
        let root = self.pair(old, new, site);
        while let Some((old, new, number, site)) = self.queue.pop() {
            self.fill(number, old, new, site);
        }
        root
    }

    /// The move of two types of which neither lies behind a pointer.
    pub(super) fn pair(&mut self, old: TypeNo, new: TypeNo, site: SiteNo) -> MoveNo {
        let number = match self.numbers.get(&(old, new)) {
            Some(known) => *known,
            None => self.number(old, new),
        };
        self.fill(number, old, new, site);
        number
    }

    /// The move of two types of which one lies behind a pointer.
    fn apart(&mut self, old: TypeNo, new: TypeNo, site: SiteNo) -> MoveNo {
        if let Some(known) = self.numbers.get(&(old, new)) {
            return *known;
        }
        let number = self.number(old, new);
        self.queue.push((old, new, number, site));
        number
    }

    /// Works out a move, if that was not done before.
    fn fill(&mut self, number: MoveNo, old: TypeNo, new: TypeNo, site: SiteNo) {
        if !matches!(self.moves.get(number), Some(Move::Pending)) {
            return;
        }
        self.depth = self.depth.saturating_add(1);
        let movement = if self.depth > DEPTH_MAX {
            let error = LayoutError::TooDeep { max: DEPTH_MAX };
            self.unsettle(site, Advice::Layout(Box::new(error)))
        } else {
            self.compare(old, new, site)
        };
        self.depth = self.depth.saturating_sub(1);
        if let Some(place) = self.moves.get_mut(number) {
            *place = movement;
        }
    }

    fn compare(&mut self, old: TypeNo, new: TypeNo, site: SiteNo) -> Move {
        let (old_types, new_types) = (self.old, self.new);
        match (&old_types.get(old).kind, &new_types.get(new).kind) {
            (ArchivedKind::Number(a), ArchivedKind::Number(b))
            | (ArchivedKind::NonZero(a), ArchivedKind::NonZero(b) | ArchivedKind::Number(b))
                if a == b || widens(*a, *b) =>
            {
                self.scalar(*a, *b)
            }
            (
                a @ (ArchivedKind::Text | ArchivedKind::Str),
                b @ (ArchivedKind::Text | ArchivedKind::Str),
            ) => Move::Text(matches!(a, ArchivedKind::Text), matches!(b, ArchivedKind::Text)),
            (ArchivedKind::Octets(a), ArchivedKind::Octets(b))
                if old_types.get(old).shape == new_types.get(new).shape =>
            {
                debug_assert_eq!(a, b, "one type has one length");
                Move::Copy(*a)
            }
            (
                ArchivedKind::Product(Word::Struct(_), a),
                ArchivedKind::Product(Word::Struct(name), b),
            ) => {
                let owner = Owner::of_struct(name, new == ROOT);
                let parts = self.fields(&owner, a, b);
                self.product(old, new, parts)
            }
            (ArchivedKind::Product(word, parts), _) if newtype(*word, parts).is_some() => {
                self.inside(newtype(*word, parts).unwrap_or(old), new, site)
            }
            (_, ArchivedKind::Product(word, parts)) if newtype(*word, parts).is_some() => {
                self.inside(old, newtype(*word, parts).unwrap_or(new), site)
            }
            (ArchivedKind::Product(a, a_parts), ArchivedKind::Product(b, b_parts))
                if a == b && a_parts.len() == b_parts.len() =>
            {
                let parts = self.side_by_side(a_parts, b_parts, site);
                self.product(old, new, parts)
            }
            (ArchivedKind::Choice(Word::Enum(_), a), ArchivedKind::Choice(Word::Enum(name), b)) => {
                let choice = self.variants(name, a, b);
                merge::choice(choice, self.old.layout(old), self.new.layout(new))
            }
            (ArchivedKind::Choice(a, a_variants), ArchivedKind::Choice(b, b_variants))
                if a == b =>
            {
                self.choice(a_variants, b_variants, site)
            }
            (ArchivedKind::Array(a, a_len), ArchivedKind::Array(b, b_len)) if a_len == b_len => {
                let inner = self.pair(*a, *b, site);
                let [old_size, new_size] =
                    [self.old.layout(*a), self.new.layout(*b)].map(|l| l.size);
                merge::array(&self.moves, inner, *a_len, old_size, new_size)
            }
            (a, b) => self.compare_apart((old, a), (new, b), site),
        }
    }

    /// Of two types of which one at least is more than bytes in their place.
    fn compare_apart(
        &mut self,
        (old, old_kind): (TypeNo, &ArchivedKind<'t>),
        (new, new_kind): (TypeNo, &ArchivedKind<'t>),
        site: SiteNo,
    ) -> Move {
        match (old_kind, new_kind) {
            (ArchivedKind::Boxed(a), ArchivedKind::Boxed(b)) => {
                let (old_size, new) = (self.old.layout(*a).size, self.new.layout(*b));
                Move::Boxed { old_size, new, inner: self.apart(*a, *b, site) }
            }
            (ArchivedKind::Boxed(a), ArchivedKind::Choice(Word::Option, _))
                if is_option(self.old, *a) =>
            {
                self.unboxed(*a, new, site)
            }
            (_, ArchivedKind::Choice(Word::Option, variants)) => match some(variants) {
                Some(Part { offset, ty, .. }) => {
                    Move::Wrap { new_at: offset, inner: self.pair(old, ty, site) }
                }
                None => self.unsettle(site, Advice::Converted),
            },
            (_, ArchivedKind::Boxed(b)) => {
                Move::IntoBox { new: self.new.layout(*b), inner: self.apart(old, *b, site) }
            }
            (ArchivedKind::Boxed(a), _) => self.unboxed(*a, new, site),
            (ArchivedKind::List(a), ArchivedKind::List(b)) => {
                let (old_size, new) = (self.old.layout(*a).size, self.new.layout(*b));
                Move::List { old_size, new, inner: self.apart(*a, *b, site) }
            }
            (ArchivedKind::Tree(a), ArchivedKind::Tree(b)) if self.is_same_entry(*a, *b, site) => {
                self.tree(*a, *b, site)
            }
            (ArchivedKind::Table(a), ArchivedKind::Table(b))
                if self.is_same_entry(*a, *b, site) =>
            {
                let (old_size, new) = (self.old.layout(a.ty).size, self.new.layout(b.ty));
                Move::Table { old_size, new, inner: self.apart(a.ty, b.ty, site) }
            }
            (ArchivedKind::Indexed(a), ArchivedKind::Indexed(b))
                if self.is_same_entry(*a, *b, site) =>
            {
                let (old_size, new) = (self.old.layout(a.ty).size, self.new.layout(b.ty));
                Move::Indexed { old_size, new, inner: self.apart(a.ty, b.ty, site) }
            }
            (ArchivedKind::Opaque(a, a_layout), ArchivedKind::Opaque(b, b_layout))
                if a == b && a_layout == b_layout =>
            {
                self.opaque.push(site);
                Move::Stays
            }
            (ArchivedKind::Opaque(..), _) | (_, ArchivedKind::Opaque(..)) => {
                self.unsettle(site, Advice::Opaque)
            }
            _ => self.unsettle(site, Advice::Converted),
        }
    }

    fn scalar(&self, old: Scalar, new: Scalar) -> Move {
        let is_same = self.old.format == self.new.format || old.width() == 1;
        if old == new && is_same { Move::Copy(old.width()) } else { Move::Number(old, new) }
    }

    /// A struct of one field without a name is what is in it.
    fn inside(&mut self, old: TypeNo, new: TypeNo, site: SiteNo) -> Move {
        let inner = self.pair(old, new, site);
        self.moves.get(inner).cloned().unwrap_or(Move::Pending)
    }

    fn unboxed(&mut self, old: TypeNo, new: TypeNo, site: SiteNo) -> Move {
        let old_size = self.old.layout(old).size;
        Move::Unboxed { old_size, inner: self.apart(old, new, site) }
    }

    fn side_by_side(&mut self, old: &[Part<'t>], new: &[Part<'t>], site: SiteNo) -> Parts {
        let pairs = old.iter().zip(new);
        let part = |(old, new): (&Part<'t>, &Part<'t>)| {
            merge::part(old.offset, new.offset, self.pair(old.ty, new.ty, site))
        };
        let parts = pairs.map(part).collect();
        merge::parts(&mut self.moves, parts, true)
    }

    fn product(&self, old: TypeNo, new: TypeNo, parts: Parts) -> Move {
        merge::product(&self.moves, parts, self.old.layout(old), self.new.layout(new))
    }

    /// Options, results and addresses: the variants are those that they are.
    fn choice(&mut self, old: &[Variant<'t>], new: &[Variant<'t>], site: SiteNo) -> Move {
        let mut choice = merge::Variants::default();
        for (old, new) in old.iter().zip(new) {
            let parts = self.side_by_side(&old.parts, &new.parts, site);
            choice.set(old.tag, new.tag, parts);
        }
        choice.finish()
    }

    fn tree(&mut self, old: EntryType, new: EntryType, site: SiteNo) -> Move {
        let nodes = (Nodes::new(self.old, old), Nodes::new(self.new, new));
        let (old_nodes, new_nodes) = match nodes {
            (Ok(old), Ok(new)) => (old, new),
            (Err(error), _) | (_, Err(error)) => {
                return self.unsettle(site, Advice::Layout(error));
            }
        };
        let key = self.apart(old.key, new.key, site);
        let value = match (old.value, new.value) {
            (Some(old), Some(new)) => self.apart(old, new, site),
            _ => self.add(Move::Copy(0)),
        };
        Move::Tree(Box::new(TreeMove { old: old_nodes, new: new_nodes, key, value }))
    }

    /// Whether both are maps or both are sets, and the keys are in one order and have one hash.
    fn is_same_entry(&mut self, old: EntryType, new: EntryType, site: SiteNo) -> bool {
        let is_same = old.value.is_some() == new.value.is_some();
        if is_same && !self.is_same(old.key, new.key) {
            self.unsettle(site, Advice::MapKey);
        }
        is_same
    }
}

/// What is in a struct of one field without a name.
fn newtype(word: Word<'_>, parts: &[Part<'_>]) -> Option<TypeNo> {
    match (word, parts) {
        (Word::Struct(_), [Part { name: "0", ty, .. }]) => Some(*ty),
        _ => None,
    }
}
