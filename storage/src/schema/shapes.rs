//! The walk from a type to its model: each struct and enum on the way is defined once.

use super::{ArchivedLayout, CodecId, Definition, Hints, MemberPast, Shape, Types};
use std::any::TypeId;

/// The structs and enums that were met so far.
#[derive(Clone, Debug)]
pub struct Shapes {
    codec: CodecId,
    met: Vec<Met>,
    file_identifier: Option<&'static str>,
    /// What the attributes say of the past, if that is asked for.
    hints: Option<Hints>,
}

#[derive(Clone, Debug)]
struct Met {
    name: String,
    id: TypeId,
    archived: Option<ArchivedLayout>,
    /// Nothing until its parts are defined.
    definition: Option<Definition>,
}

impl Shapes {
    /// None yet, of values in the format of `codec`.
    #[must_use]
    pub const fn new(codec: CodecId) -> Self {
        Self { codec, met: Vec::new(), file_identifier: None, hints: None }
    }

    /// The codec of the values whose types these are.
    #[must_use]
    pub const fn codec(&self) -> CodecId {
        self.codec
    }

    /// Defines the type `id` under `name` unless it was defined before, and returns the shape that names it.
    ///
    /// `archived` is what the compiler says of its archived type; only rkyv's values are made of those.
    ///
    /// The name is taken before `define` runs, so a type may contain itself. Two types of one name are told apart by a
    /// number: `Color`, `Color#2`.
    ///
    /// Not generic over the type: a copy for each type would cost every crate that declares records its time.
    pub fn define(
        &mut self,
        id: TypeId,
        name: &str,
        archived: Option<ArchivedLayout>,
        define: &mut dyn FnMut(&mut Self) -> Definition,
    ) -> Shape {
        if let Some(known) = self.met.iter().find(|met| met.id == id) {
            return Shape::Named(known.name.clone());
        }
        let unique = self.unique(name);
        let archived = archived.filter(|_| self.codec == CodecId::Rkyv);
        self.met.push(Met { name: unique.clone(), id, archived, definition: None });
        let definition = define(self);
        if let Some(met) = self.met.iter_mut().find(|met| met.id == id) {
            met.definition = Some(definition);
        }
        Shape::Named(unique)
    }

    /// `name`, with a number if another type has it.
    fn unique(&self, name: &str) -> String {
        let is_taken = |wanted: &str| self.met.iter().any(|met| met.name == wanted);
        let mut unique = name.to_owned();
        let mut number: u32 = 1;
        while is_taken(&unique) {
            number = number.saturating_add(1);
            unique = format!("{name}#{number}");
        }
        unique
    }

    /// Adds what the attributes say of the past of the type that `shape` names: it had the names `was`, if it is a
    /// record, and fields of the names `removed`.
    pub fn remember(
        &mut self,
        shape: &Shape,
        was: &[&str],
        removed: &[&str],
        members: &[MemberPast],
    ) {
        if let (Some(hints), Shape::Named(name)) = (&mut self.hints, shape) {
            *hints = std::mem::take(hints).and(name, was, removed, members);
        }
    }

    /// Adds that the fields which the record that `shape` names had may only go by a migration that works on each row.
    pub fn keep_removed(&mut self, shape: &Shape) {
        if let (Some(hints), Shape::Named(name)) = (&mut self.hints, shape) {
            *hints = std::mem::take(hints).by_migration(name);
        }
    }

    /// FlatBuffers: the four bytes behind the root offset of a value whose root is the type that is defined next.
    pub fn identify(&mut self, file_identifier: Option<&'static str>) {
        if self.met.is_empty() {
            self.file_identifier = file_identifier;
        }
    }

    /// What `name` stands for, if it is defined by now.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Definition> {
        self.met.iter().find(|met| met.name == name)?.definition.as_ref()
    }

    /// What the names stand for.
    #[must_use]
    pub fn finish(self) -> Types {
        let archived = self.met.iter().filter_map(|met| Some((met.name.clone(), met.archived?)));
        let archived = archived.collect();
        let defined = self.met.into_iter().filter_map(|met| Some((met.name, met.definition?)));
        Types::new(defined.collect(), self.file_identifier.map(str::to_owned))
            .with_archived(archived)
    }
}

impl Hints {
    /// What the attributes of a type and of the types that it is made of say of their past.
    #[must_use]
    pub fn of(codec: CodecId, shape: fn(&mut Shapes) -> Shape) -> Self {
        let mut shapes = Shapes { hints: Some(Self::new()), ..Shapes::new(codec) };
        shape(&mut shapes);
        shapes.hints.unwrap_or_default()
    }
}

impl Types {
    /// A type and the types that it is made of, by its function [`StoredType::shape`](super::StoredType::shape), as
    /// values in the format of `codec`.
    #[must_use]
    pub fn of(codec: CodecId, shape: fn(&mut Shapes) -> Shape) -> Self {
        let mut shapes = Shapes::new(codec);
        shape(&mut shapes);
        shapes.finish()
    }
}
