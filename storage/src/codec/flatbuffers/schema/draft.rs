//! A schema in the making: what was defined under which name.

use crate::schema::Types;
use std::fmt::Write as _;

/// A schema in the making.
pub(in super::super) struct Fbs<'a> {
    pub(super) types: &'a Types,
    /// Who has which name.
    names: Vec<(NameOwner, String)>,
    pub(super) text: String,
}

/// What has a name in the schema.
#[derive(PartialEq, Eq)]
pub(super) enum NameOwner {
    Type(String),
    /// The table of a variant of a union.
    Variant(String, String),
    /// The struct around an array of so many of these.
    Array(String, usize),
    /// The table around one of these.
    Wrapper(String),
    /// A struct that stands for a type of others.
    Known(&'static str),
    /// A table of parts: a tuple, a range.
    Compound(String),
    /// A key of a map, and its value.
    Entry(String),
}

impl<'a> Fbs<'a> {
    pub(in super::super) fn new(types: &'a Types) -> Self {
        Self { types, names: Vec::new(), text: String::new() }
    }

    /// The name of what `owner` is, which `define` writes if it has none yet.
    ///
    /// The name is taken before `define` runs, so a type may contain itself. Two of one name are told apart by a
    /// number: `Color`, `Color_2`.
    pub(super) fn define(
        &mut self,
        owner: NameOwner,
        name: &str,
        define: impl FnOnce(&mut Self, &str),
    ) -> String {
        if let Some((_, known)) = self.names.iter().find(|(other, _)| *other == owner) {
            return known.clone();
        }
        let is_taken = |wanted: &str| self.names.iter().any(|(_, taken)| taken == wanted);
        let mut unique = name.to_owned();
        let mut number: u32 = 1;
        while is_taken(&unique) {
            number = number.saturating_add(1);
            unique = format!("{name}_{number}");
        }
        self.names.push((owner, unique.clone()));
        define(self, &unique);
        unique
    }

    /// A definition: `table Weapon {`, its lines, `}`.
    pub(super) fn block(&mut self, head: &str, lines: &[String]) {
        let _ = writeln!(self.text, "{head} {{\n{}}}\n", lines.concat());
    }
}
