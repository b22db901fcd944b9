//! What is found out about two layouts while their types are compared.

use super::{
    merge,
    moves::{Move, MoveNo},
    pointees,
    types::{ArchivedKind, ArchivedTypes, Part, ROOT, TypeNo, Variant, Word},
};
use crate::{
    error::{Advice, Change, Difference, Step, Unsettled},
    schema::{Hints, Shape},
};
use std::{collections::HashMap, mem};

/// Two layouts that are compared, and what was found so far.
pub(super) struct Resolver<'t> {
    pub(super) old: &'t ArchivedTypes<'t>,
    pub(super) new: &'t ArchivedTypes<'t>,
    pub(super) hints: &'t Hints,
    pub(super) moves: Vec<Move>,
    /// Whether the two types of a move have one layout.
    pub(super) keeps: Vec<bool>,
    pub(super) numbers: HashMap<(TypeNo, TypeNo), MoveNo>,
    pub(super) queue: Vec<(TypeNo, TypeNo, MoveNo, SiteNo)>,
    sites: Vec<Site>,
    /// Where opaque types are, which stay where they are or not at all.
    pub(super) opaque: Vec<SiteNo>,
    pub(super) steps: Vec<Step>,
    pub(super) unsettled: Vec<Unsettled>,
    pub(super) depth: usize,
}

/// A field that is compared, by its number among those that were.
pub(super) type SiteNo = usize;

/// What a message about a field says: however deep in its type a difference is, it is told once, of the field.
pub(super) struct Site {
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

    /// What was found, once all is compared from the move `root` on.
    pub(super) fn finish(mut self, root: MoveNo, is_one_format: bool) -> Resolved {
        let identical = merge::identical(&self.moves, &self.keeps);
        let is_identity = is_one_format && merge::at(&identical, root);
        if !is_identity {
            for site in mem::take(&mut self.opaque) {
                self.unsettle(site, Advice::Opaque);
            }
        }
        // Padding before the record is not known to be some, so the new record must not begin before the old.
        let [old, new] = [self.old, self.new].map(|types| types.layout(ROOT).align);
        let keeps_pointees = is_one_format
            && self.new.format.is_usual()
            && new.is_multiple_of(old)
            && merge::at(&pointees::kept(&self.moves, &identical), root);
        let Self { moves, steps, unsettled, .. } = self;
        Resolved { moves, root, steps, unsettled, is_identity, keeps_pointees }
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
        if !mem::replace(is_told, true) {
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

    pub(super) fn number(&mut self, old: TypeNo, new: TypeNo) -> MoveNo {
        let number = self.add(Move::Pending);
        self.numbers.insert((old, new), number);
        self.keeps.resize(self.moves.len(), false);
        if let Some(keeps) = self.keeps.get_mut(number) {
            *keeps = self.old.layout(old) == self.new.layout(new);
        }
        number
    }
}

/// What was found.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) moves: Vec<Move>,
    pub(super) root: MoveNo,
    pub(super) steps: Vec<Step>,
    pub(super) unsettled: Vec<Unsettled>,
    /// Whether everything stays where and what it is.
    pub(super) is_identity: bool,
    /// Whether only the record itself changes, and nothing that it points to.
    pub(super) keeps_pointees: bool,
}

impl ArchivedTypes<'_> {
    /// The type as the schema calls it.
    pub(super) fn text(&self, ty: TypeNo) -> String {
        let name = || self.names.get(ty).map(|name| Shape::Named((*name).to_owned()).to_string());
        let shape = self.get(ty).shape.map(ToString::to_string);
        shape.or_else(name).unwrap_or_default()
    }
}

pub(super) fn is_option(types: &ArchivedTypes<'_>, ty: TypeNo) -> bool {
    matches!(types.get(ty).kind, ArchivedKind::Choice(Word::Option, _))
}

/// The value of an option that has one.
pub(super) fn some<'t>(variants: &[Variant<'t>]) -> Option<Part<'t>> {
    variants.last().and_then(|some| some.parts.first().copied())
}
