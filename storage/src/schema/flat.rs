//! What a FlatBuffers schema says, as data: the types of a record as another language sees them.

use super::Scalar;
use std::any::TypeId;
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_64;

/// A type in a FlatBuffers schema.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlatRef {
    /// A number or a truth value.
    Scalar(Scalar),
    /// UTF-8 text.
    Text,
    /// Any number of values.
    List(Box<FlatRef>),
    /// Exactly so many values; in structs only.
    Array(Box<FlatRef>, usize),
    /// A type of the schema, by its name.
    Named(String),
}

/// What a name in a [`FlatRef`] stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlatDefinition {
    /// Named numbers, in ascending order.
    Enum {
        /// The integer they are stored as.
        base: Scalar,
        /// The names with their numbers.
        variants: Vec<(String, i128)>,
    },
    /// Fields in the order in which they lie.
    Struct(Vec<(String, FlatRef)>),
    /// Variants with their tables; the first has the number 1.
    Union(Vec<(String, FlatRef)>),
    /// Fields in declaration order.
    Table(Vec<FlatFieldShape>),
}

/// A field of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "derived code builds it")]
pub struct FlatFieldShape {
    /// Its name.
    pub name: String,
    /// Its id; that of its value, if it is a union.
    pub id: u16,
    /// Its type.
    pub ty: FlatRef,
    /// What it means that it is missing.
    pub presence: FlatPresence,
    /// What a missing one stands for, where that is not zero.
    pub default: Option<String>,
    /// Whether only its id is left.
    pub removed: bool,
}

/// What it means that a field is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlatPresence {
    /// It has its default: a number, an empty list.
    Defaulted,
    /// It is `None`.
    Optional,
    /// It must not be missing.
    Required,
}

/// Which part of a type a definition is: the type itself, or the table of a variant.
type Owner = (TypeId, Option<&'static str>);

/// The types of a record, each defined once, those that others are made of first.
#[derive(Clone, Debug, Default)]
pub struct FlatSchema {
    names: Vec<(Owner, String)>,
    definitions: Vec<(String, FlatDefinition)>,
    root: String,
    file_identifier: Option<&'static str>,
}

impl FlatSchema {
    /// Defines the type `T` under `name` unless it was defined before, and gives the name that it has.
    ///
    /// The name is taken before `define` runs, so a type may contain itself. Two types of one name are told apart by
    /// a number: `Color`, `Color_2`.
    pub fn define<T: 'static>(
        &mut self,
        name: &str,
        define: impl FnOnce(&mut Self) -> FlatDefinition,
    ) -> FlatRef {
        self.define_owned((TypeId::of::<T>(), None), name, define)
    }

    /// Defines the table of a variant of `T`.
    pub fn define_part<T: 'static>(
        &mut self,
        variant: &'static str,
        name: &str,
        define: impl FnOnce(&mut Self) -> FlatDefinition,
    ) -> FlatRef {
        self.define_owned((TypeId::of::<T>(), Some(variant)), name, define)
    }

    fn define_owned(
        &mut self,
        owner: Owner,
        name: &str,
        define: impl FnOnce(&mut Self) -> FlatDefinition,
    ) -> FlatRef {
        if let Some((_, known)) = self.names.iter().find(|(other, _)| *other == owner) {
            return FlatRef::Named(known.clone());
        }
        let is_taken = |wanted: &str| self.names.iter().any(|(_, taken)| taken == wanted);
        let mut unique = name.to_owned();
        let mut number: u32 = 1;
        while is_taken(&unique) {
            number = number.saturating_add(1);
            unique = format!("{name}_{number}");
        }
        self.names.push((owner, unique.clone()));
        let definition = define(self);
        self.definitions.push((unique.clone(), definition));
        FlatRef::Named(unique)
    }

    /// The schema of buffers whose root is `root`.
    #[must_use]
    pub(crate) fn with_root(
        mut self,
        root: FlatRef,
        file_identifier: Option<&'static str>,
    ) -> Self {
        if let FlatRef::Named(name) = root {
            self.root = name;
        }
        self.file_identifier = file_identifier;
        self
    }

    /// The definitions with their names, those that others are made of first.
    pub fn definitions(&self) -> impl Iterator<Item = (&str, &FlatDefinition)> {
        self.definitions.iter().map(|(name, definition)| (name.as_str(), definition))
    }

    /// The table at the root of a buffer.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The four bytes behind the root offset of a buffer.
    #[must_use]
    pub fn file_identifier(&self) -> Option<&'static str> {
        self.file_identifier
    }

    /// One fact a line, subject and value, for the catalogue.
    #[must_use]
    pub fn facts(&self) -> Vec<(String, String)> {
        let mut facts = Vec::new();
        if let Some(identifier) = self.file_identifier {
            facts.push(("file-identifier".to_owned(), identifier.to_owned()));
        }
        for (name, definition) in &self.definitions {
            match definition {
                FlatDefinition::Enum { base, variants } => {
                    facts.push((format!("enum {name}"), FlatRef::Scalar(*base).to_string()));
                    let of = |(variant, number): &(String, i128)| {
                        (format!("enum {name} {variant}"), number.to_string())
                    };
                    facts.extend(variants.iter().map(of));
                }
                FlatDefinition::Struct(fields) => {
                    facts.extend(
                        fields
                            .iter()
                            .map(|(field, ty)| (format!("struct {name} {field}"), ty.to_string())),
                    );
                }
                FlatDefinition::Union(variants) => {
                    let of = |(variant, ty): &(String, FlatRef)| {
                        (format!("union {name} {variant}"), ty.to_string())
                    };
                    facts.extend(variants.iter().map(of));
                }
                FlatDefinition::Table(fields) => {
                    facts.extend(
                        fields
                            .iter()
                            .map(|field| (format!("table {name} {}", field.name), field.fact())),
                    );
                }
            }
        }
        facts
    }

    /// The XXH3 hash of all that it says.
    #[must_use]
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut text = self.root.clone();
        for (subject, value) in self.facts() {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "\n{subject} = {value}");
        }
        xxh3_64(text.as_bytes())
    }
}

impl FlatFieldShape {
    /// `short, id 2, default 150`
    fn fact(&self) -> String {
        let Self { id, ty, presence, default, removed, .. } = self;
        let mut fact = format!("{ty}, id {id}");
        match (presence, default) {
            (FlatPresence::Required, _) => fact.push_str(", required"),
            (FlatPresence::Optional, _) => fact.push_str(", optional"),
            (FlatPresence::Defaulted, None) => {}
            (FlatPresence::Defaulted, Some(default)) => {
                fact.push_str(", default ");
                fact.push_str(default);
            }
        }
        if *removed {
            fact.push_str(", removed");
        }
        fact
    }
}
