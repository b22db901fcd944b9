//! How the types of one layout become those of another: by name, as the rules and the attributes of the code say.
//!
//! Types that lie inside one another are compared by calls, types behind pointers are put in a queue: so the depth of
//! the calls is that of one value in its place, whatever the schema in the file says.

use super::{
    fields::Owner,
    format::width,
    merge,
    plan::{Move, MoveNo, Parts, Plan, Side},
    tree::Nodes,
    types::{ArchivedTypes, Entry, Kind, Part, ROOT, TypeNo, Variant, Word},
};
use crate::{
    error::{Advice, Change, Difference, LayoutError, Step, Unresolved, Unsettled},
    schema::{Description, Hints, Scalar, Shape, differences_of_heads},
};
use std::collections::{HashMap, HashSet};

/// How deeply the types of two layouts may lie inside one another; more would exhaust the stack.
const DEPTH_MAX: usize = 128;

/// Two layouts that are compared, and what was found so far.
pub(super) struct Resolver<'t> {
    pub(super) old: &'t ArchivedTypes<'t>,
    pub(super) new: &'t ArchivedTypes<'t>,
    pub(super) hints: &'t Hints,
    pub(super) moves: Vec<Move>,
    /// Whether the two types of a move have one layout.
    keeps: Vec<bool>,
    numbers: HashMap<(TypeNo, TypeNo), MoveNo>,
    queue: Vec<(TypeNo, TypeNo, MoveNo, SiteNo)>,
    sites: Vec<Site>,
    /// Where opaque types are, which stay where they are or not at all.
    opaque: Vec<SiteNo>,
    pub(super) steps: Vec<Step>,
    unsettled: Vec<Unsettled>,
    depth: usize,
}

/// A field that is compared, by its number among those that were.
pub(super) type SiteNo = usize;

/// What a message about a field says: however deep in its type a difference is, it is told once, of the field.
struct Site {
    subject: String,
    old: TypeNo,
    new: TypeNo,
    is_told: bool,
}

impl<'t> Resolver<'t> {
    pub(super) fn new(
        old: &'t ArchivedTypes<'t>,
        new: &'t ArchivedTypes<'t>,
        hints: &'t Hints,
    ) -> Self {
        Self {
            old,
            new,
            hints,
            moves: Vec::new(),
            keeps: Vec::new(),
            numbers: HashMap::new(),
            queue: Vec::new(),
            sites: Vec::new(),
            opaque: Vec::new(),
            steps: Vec::new(),
            unsettled: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn resolve(
        mut self,
        old: &Description,
        new: &Description,
        old_side: Side,
        new_side: Side,
    ) -> Result<Plan, Unresolved> {
        self.unsettled = differences_of_heads(old, new, self.hints);
        if old.format != new.format {
            let change =
                Change::Becomes { stored: old.format.clone(), expected: new.format.clone() };
            self.steps.push(Step { subject: "format".to_owned(), change });
        }
        let site = self.site("record".to_owned(), ROOT, ROOT);
        let root = self.all(ROOT, ROOT, site);
        let identical = merge::identical(&self.moves, &self.keeps);
        let is_identity = old_side == new_side && identical.get(root).copied().unwrap_or_default();
        if !is_identity {
            for site in std::mem::take(&mut self.opaque) {
                self.unsettle(site, Advice::Opaque);
            }
        }
        let Self { moves, steps, unsettled, .. } = self;
        if !unsettled.is_empty() {
            return Err(Unresolved { differences: unsettled });
        }
        let moves = merge::with_owning(moves);
        Ok(Plan { moves, root, old: old_side, new: new_side, steps, is_identity })
    }

    /// The moves of a type of the new layout to itself; `None` if there are none.
    pub(super) fn copy_of(
        types: &'t ArchivedTypes<'t>,
        ty: TypeNo,
        hints: &'t Hints,
    ) -> Option<(Vec<Move>, MoveNo)> {
        let mut copy = Self::new(types, types, hints);
        let site = copy.site(String::new(), ty, ty);
        let root = copy.all(ty, ty, site);
        let is_known = copy.unsettled.is_empty() && copy.opaque.is_empty();
        is_known.then(|| (merge::with_owning(copy.moves), root))
    }

    /// Compares two types, and all that they point to.
    fn all(&mut self, old: TypeNo, new: TypeNo, site: SiteNo) -> MoveNo {
        let root = self.pair(old, new, site);
        while let Some((old, new, number, site)) = self.queue.pop() {
            self.fill(number, old, new, site);
        }
        root
    }

    pub(super) fn site(&mut self, subject: String, old: TypeNo, new: TypeNo) -> SiteNo {
        self.sites.push(Site { subject, old, new, is_told: false });
        self.sites.len().saturating_sub(1)
    }

    /// Says once that the field of `site` is not settled.
    pub(super) fn unsettle(&mut self, site: SiteNo, advice: Advice) -> Move {
        let Some(Site { subject, old, new, is_told }) = self.sites.get_mut(site) else {
            return Move::Pending;
        };
        if !std::mem::replace(is_told, true) {
            let (old, new) = (self.old.text(*old), self.new.text(*new));
            let difference = Difference::new(subject, Some(&old), Some(&new));
            self.unsettled.push(Unsettled { difference, advice: vec![advice] });
        }
        Move::Pending
    }

    /// Says that something that only one side has is not settled.
    pub(super) fn tell(&mut self, difference: Difference, advice: Vec<Advice>) {
        self.unsettled.push(Unsettled { difference, advice });
    }

    pub(super) fn step(&mut self, subject: String, change: Change) {
        self.steps.push(Step { subject, change });
    }

    pub(super) fn add(&mut self, movement: Move) -> MoveNo {
        self.moves.push(movement);
        self.moves.len().saturating_sub(1)
    }

    fn number(&mut self, old: TypeNo, new: TypeNo) -> MoveNo {
        let number = self.add(Move::Pending);
        self.numbers.insert((old, new), number);
        self.keeps.resize(self.moves.len(), false);
        if let Some(keeps) = self.keeps.get_mut(number) {
            *keeps = self.old.layout(old) == self.new.layout(new);
        }
        number
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
            (Kind::Number(a), Kind::Number(b))
            | (Kind::NonZero(a), Kind::NonZero(b) | Kind::Number(b))
                if a == b || widens(*a, *b) =>
            {
                self.scalar(*a, *b)
            }
            (a @ (Kind::Text | Kind::Str), b @ (Kind::Text | Kind::Str)) => {
                Move::Text(matches!(a, Kind::Text), matches!(b, Kind::Text))
            }
            (Kind::Octets(a), Kind::Octets(b))
                if old_types.get(old).shape == new_types.get(new).shape =>
            {
                debug_assert_eq!(a, b, "one type has one length");
                Move::Copy(*a)
            }
            (Kind::Product(Word::Struct(_), a), Kind::Product(Word::Struct(name), b)) => {
                let owner = Owner::of_struct(name, new == ROOT);
                let parts = self.fields(&owner, a, b);
                self.product(old, new, parts)
            }
            (Kind::Product(word, parts), _) if newtype(*word, parts).is_some() => {
                self.inside(newtype(*word, parts).unwrap_or(old), new, site)
            }
            (_, Kind::Product(word, parts)) if newtype(*word, parts).is_some() => {
                self.inside(old, newtype(*word, parts).unwrap_or(new), site)
            }
            (Kind::Product(a, a_parts), Kind::Product(b, b_parts))
                if a == b && a_parts.len() == b_parts.len() =>
            {
                let parts = self.side_by_side(a_parts, b_parts, site);
                self.product(old, new, parts)
            }
            (Kind::Choice(Word::Enum(_), a), Kind::Choice(Word::Enum(name), b)) => {
                let choice = self.variants(name, a, b);
                merge::choice(choice, self.old.layout(old), self.new.layout(new))
            }
            (Kind::Choice(a, a_variants), Kind::Choice(b, b_variants)) if a == b => {
                self.choice(a_variants, b_variants, site)
            }
            (Kind::Array(a, a_len), Kind::Array(b, b_len)) if a_len == b_len => {
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
        (old, old_kind): (TypeNo, &Kind<'t>),
        (new, new_kind): (TypeNo, &Kind<'t>),
        site: SiteNo,
    ) -> Move {
        match (old_kind, new_kind) {
            (Kind::Boxed(a), Kind::Boxed(b)) => {
                let (old_size, new) = (self.old.layout(*a).size, self.new.layout(*b));
                Move::Boxed { old_size, new, inner: self.apart(*a, *b, site) }
            }
            (Kind::Boxed(a), Kind::Choice(Word::Option, _)) if is_option(self.old, *a) => {
                self.unboxed(*a, new, site)
            }
            (_, Kind::Choice(Word::Option, variants)) => match some(variants) {
                Some(Part { offset, ty, .. }) => {
                    Move::Wrap { new_at: offset, inner: self.pair(old, ty, site) }
                }
                None => self.unsettle(site, self.converted()),
            },
            (_, Kind::Boxed(b)) => {
                Move::IntoBox { new: self.new.layout(*b), inner: self.apart(old, *b, site) }
            }
            (Kind::Boxed(a), _) => self.unboxed(*a, new, site),
            (Kind::List(a), Kind::List(b)) => {
                let (old_size, new) = (self.old.layout(*a).size, self.new.layout(*b));
                Move::List { old_size, new, inner: self.apart(*a, *b, site) }
            }
            (Kind::Tree(a), Kind::Tree(b)) if self.is_same_entry(*a, *b, site) => {
                self.tree(*a, *b, site)
            }
            (Kind::Table(a), Kind::Table(b)) if self.is_same_entry(*a, *b, site) => {
                let (old_size, new) = (self.old.layout(a.ty).size, self.new.layout(b.ty));
                Move::Table { old_size, new, inner: self.apart(a.ty, b.ty, site) }
            }
            (Kind::Indexed(a), Kind::Indexed(b)) if self.is_same_entry(*a, *b, site) => {
                let (old_size, new) = (self.old.layout(a.ty).size, self.new.layout(b.ty));
                Move::Indexed { old_size, new, inner: self.apart(a.ty, b.ty, site) }
            }
            (Kind::Opaque(a, a_layout), Kind::Opaque(b, b_layout))
                if a == b && a_layout == b_layout =>
            {
                self.opaque.push(site);
                Move::Stays
            }
            (Kind::Opaque(..), _) | (_, Kind::Opaque(..)) => self.unsettle(site, Advice::Opaque),
            _ => self.unsettle(site, self.converted()),
        }
    }

    fn converted(&self) -> Advice {
        let record = self.new.names.first().map_or("", |name| name);
        Advice::Converted { record: record.to_owned() }
    }

    fn scalar(&self, old: Scalar, new: Scalar) -> Move {
        let is_same = self.old.format == self.new.format || width(old) == 1;
        if old == new && is_same { Move::Copy(width(old)) } else { Move::Number(old, new) }
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

    fn tree(&mut self, old: Entry, new: Entry, site: SiteNo) -> Move {
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
        Move::Tree { old: old_nodes, new: new_nodes, key, value }
    }

    /// Whether both are maps or both are sets, and the keys are in one order and have one hash.
    fn is_same_entry(&mut self, old: Entry, new: Entry, site: SiteNo) -> bool {
        let is_same = old.value.is_some() == new.value.is_some();
        if is_same && !self.is_same(old.key, new.key) {
            self.unsettle(site, Advice::MapKey);
        }
        is_same
    }

    /// Whether two types are the same but for their names, down to the last: fields and variants in their order.
    fn is_same(&self, old: TypeNo, new: TypeNo) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![(old, new)];
        while let Some((old, new)) = open.pop() {
            if !seen.insert((old, new)) {
                continue;
            }
            let (a, b) = (self.old.get(old), self.new.get(new));
            let is_same = match (&a.kind, &b.kind) {
                (Kind::Number(a), Kind::Number(b)) | (Kind::NonZero(a), Kind::NonZero(b)) => a == b,
                (Kind::Text, Kind::Text) | (Kind::Str, Kind::Str) => true,
                (Kind::Octets(_), Kind::Octets(_)) => a.shape == b.shape,
                (Kind::Product(a, a_parts), Kind::Product(b, b_parts)) => {
                    is_same_word(*a, *b) && add_parts(&mut open, a_parts, b_parts)
                }
                (Kind::Choice(a, a_variants), Kind::Choice(b, b_variants)) => {
                    let mut variants = a_variants.iter().zip(b_variants);
                    is_same_word(*a, *b)
                        && a_variants.len() == b_variants.len()
                        && variants.all(|(a, b)| {
                            a.name == b.name && add_parts(&mut open, &a.parts, &b.parts)
                        })
                }
                (Kind::Array(a, a_len), Kind::Array(b, b_len)) => {
                    open.push((*a, *b));
                    a_len == b_len
                }
                (Kind::Boxed(a), Kind::Boxed(b)) | (Kind::List(a), Kind::List(b)) => {
                    open.push((*a, *b));
                    true
                }
                (Kind::Tree(a), Kind::Tree(b))
                | (Kind::Table(a), Kind::Table(b))
                | (Kind::Indexed(a), Kind::Indexed(b)) => {
                    open.push((a.ty, b.ty));
                    true
                }
                _ => false,
            };
            if !is_same {
                return false;
            }
        }
        true
    }
}

impl ArchivedTypes<'_> {
    /// The type as the schema calls it.
    pub(super) fn text(&self, ty: TypeNo) -> String {
        let name = || self.names.get(ty).map(|name| Shape::Named((*name).to_owned()).to_string());
        let shape = self.get(ty).shape.map(ToString::to_string);
        shape.or_else(name).unwrap_or_default()
    }
}

fn add_parts(open: &mut Vec<(TypeNo, TypeNo)>, old: &[Part<'_>], new: &[Part<'_>]) -> bool {
    let pairs = old.iter().zip(new);
    open.extend(pairs.clone().map(|(old, new)| (old.ty, new.ty)));
    old.len() == new.len() && { pairs }.all(|(old, new)| old.name == new.name)
}

/// Whether both mean the same; what they are called does not matter.
fn is_same_word(old: Word<'_>, new: Word<'_>) -> bool {
    match (old, new) {
        (Word::Struct(_), Word::Struct(_)) | (Word::Enum(_), Word::Enum(_)) => true,
        _ => old == new,
    }
}

/// What is in a struct of one field without a name.
fn newtype(word: Word<'_>, parts: &[Part<'_>]) -> Option<TypeNo> {
    match (word, parts) {
        (Word::Struct(_), [Part { name: "0", ty, .. }]) => Some(*ty),
        _ => None,
    }
}

pub(super) fn is_option(types: &ArchivedTypes<'_>, ty: TypeNo) -> bool {
    matches!(types.get(ty).kind, Kind::Choice(Word::Option, _))
}

/// The value of an option that has one.
pub(super) fn some<'t>(variants: &[Variant<'t>]) -> Option<Part<'t>> {
    variants.last().and_then(|some| some.parts.first().copied())
}

/// Whether every value of the old type is one of the new, which is another.
pub(super) fn widens(old: Scalar, new: Scalar) -> bool {
    let is_wider = width(old) < width(new);
    match (old, new) {
        (Scalar::F32, Scalar::F64) => true,
        (
            Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64,
            Scalar::U16 | Scalar::U32 | Scalar::U64 | Scalar::U128,
        )
        | (
            Scalar::U8
            | Scalar::U16
            | Scalar::U32
            | Scalar::U64
            | Scalar::I8
            | Scalar::I16
            | Scalar::I32
            | Scalar::I64,
            Scalar::I16 | Scalar::I32 | Scalar::I64 | Scalar::I128,
        ) => is_wider,
        _ => false,
    }
}
