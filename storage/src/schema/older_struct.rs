//! The struct of a layout as code, with the conversion of its rows: what a message offers to paste.

use super::{
    Definition, Description, FieldShape, Generic, Presence, RowShape, RustType, Shape, Slot,
    Standard, Types, VariantShape,
};
use std::{collections::BTreeSet, fmt::Write as _};

/// A schema of more types is not offered.
const TYPES_MAX: usize = 64;

/// A part of the code that is left to the user; in two parts, as nothing is left for later in this crate.
const HOLE: &str = concat!("todo", "!()");
/// A type that the schema does not know.
const UNKNOWN_TYPE: &str = "_ /* the type that it had */";

/// Words that no field of Rust can be called without `r#`.
const KEYWORDS: &str = " abstract as async await become box break const continue do dyn else enum extern false final \
    fn for gen if impl in let loop macro match mod move mut override priv pub ref return static struct trait true try \
    type typeof unsafe unsized use virtual where while yield ";

/// What the code around the struct is called.
pub(crate) struct OlderNames<'a> {
    /// Its table.
    pub(crate) table: &'a str,
    /// The number of its layout.
    pub(crate) number: u16,
    /// The type that is made of it.
    pub(crate) into: &'a str,
    /// The type that it is made of itself, if there is one.
    pub(crate) from: Option<&'a str>,
}

/// The name of the struct of the layout `old`, and the code of it and of its conversion to the type whose layout is
/// `new`; `None` if there is none.
pub(crate) fn older_struct(
    old: &Description,
    new: &Description,
    names: &OlderNames<'_>,
) -> Option<(String, String)> {
    let (RowShape::Record { types, key_fields }, RowShape::Record { types: new_types, .. }) =
        (&old.rows, &new.rows)
    else {
        return None;
    };
    if types.iter().count() > TYPES_MAX || new_types.iter().count() > TYPES_MAX {
        return None;
    }
    let is_one_codec = old.codec == new.codec;
    let code = Code {
        types,
        changed: changed(types, new_types, is_one_codec),
        is_flat: old.codec == "flatbuffers",
        suffix: format!("V{}", names.number),
    };
    let (was, root) = types.root()?;
    let name = code.name(was);
    let mut text = code.record(&name, was, root, key_fields, names);
    for (other, definition) in types.iter().skip(1).filter(|(name, _)| code.is_changed(name)) {
        text.push('\n');
        text.push_str(&code.definition(other, definition));
    }
    text.push('\n');
    text.push_str(&code.conversion(&name, old.rows.fields()?, new.rows.fields()?, names.into));
    Some((name, text))
}

/// The code of a program that has the layout `description` of `table`: the struct with its indexes, and the types that
/// it is made of; `None` of values that have no schema.
#[cfg(feature = "dynamic")]
pub(crate) fn struct_of(description: &Description, table: &str) -> Option<String> {
    let RowShape::Record { types, key_fields } = &description.rows else { return None };
    let (was, root) = types.root()?;
    // Namesakes are told apart by a number, which is no part of a name in Rust.
    let changed = types.iter().map(|(name, _)| name).collect();
    let is_flat = description.codec == "flatbuffers";
    let code = Code { types, changed, is_flat, suffix: String::new() };
    let name = code.name(was);
    let names = OlderNames { table, number: 0, into: "", from: None };
    let record = code.record(&name, was, root, key_fields, &names);
    let (derives, rest) = record.split_once('\n')?;
    let rest = rest.replacen(&format!(", was = {was:?}"), "", usize::from(name == was));
    let mut text = format!("{derives}\n");
    for index in &description.indexes {
        let (source, condition) =
            index.source.split_once(" if ").map_or((&*index.source, None), |(a, b)| (a, Some(b)));
        let mut said = match source.strip_prefix("with ") {
            Some(function) => format!("with = {function}, key = {}", code.rust_type(&index.key)),
            None => format!("fields({source})"),
        };
        said.extend(condition.map(|condition| format!(", if = {condition}")));
        said.extend(index.is_unique.then_some(", unique".to_owned()));
        let _ = writeln!(text, "#[store(index(name = {:?}, {said}))]", index.name);
    }
    text.push_str(&rest);
    for (other, definition) in types.iter().skip(1) {
        text.push('\n');
        text.push_str(&code.definition(other, definition));
    }
    Some(text)
}

/// The types that the code does not have as they are, themselves or in what they are made of; the root is one.
fn changed<'t>(old: &'t Types, new: &Types, is_one_codec: bool) -> BTreeSet<&'t str> {
    let root = old.root().map(|(name, _)| name);
    let is_other = |name: &str, definition: &Definition| {
        Some(name) == root || !is_one_codec || new.get(name) != Some(definition)
    };
    let mut changed: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = changed.len();
        for (name, definition) in old.iter() {
            let mut is_changed = is_other(name, definition);
            each_name(definition, &mut |part| is_changed |= changed.contains(part));
            if is_changed {
                changed.insert(name);
            }
        }
        if changed.len() == before {
            return changed;
        }
    }
}

/// Calls `each` with the names of the types that `definition` is made of.
fn each_name(definition: &Definition, each: &mut dyn FnMut(&str)) {
    let fields: Vec<&FieldShape> = match definition {
        Definition::Struct(fields) | Definition::Table(fields) => fields.iter().collect(),
        Definition::Enum { variants, .. } | Definition::Union(variants) => {
            variants.iter().flat_map(|variant| &variant.fields).collect()
        }
    };
    for field in fields {
        let _ = with_names(&field.shape, &mut |name| {
            each(name);
            name.to_owned()
        });
    }
}

/// The same shape with other names.
fn with_names(shape: &Shape, rename: &mut dyn FnMut(&str) -> String) -> Shape {
    let mut boxed = |inner: &Shape| Box::new(with_names(inner, rename));
    match shape {
        Shape::Option(inner) => Shape::Option(boxed(inner)),
        Shape::Boxed(inner) => Shape::Boxed(boxed(inner)),
        Shape::Reverse(inner) => Shape::Reverse(boxed(inner)),
        Shape::List(inner) => Shape::List(boxed(inner)),
        Shape::Array(inner, len) => Shape::Array(boxed(inner), *len),
        Shape::Map(key, value) => Shape::Map(boxed(key), boxed(value)),
        Shape::Tuple(parts) => {
            Shape::Tuple(parts.iter().map(|part| with_names(part, rename)).collect())
        }
        Shape::Generic(generic, parts) => {
            let parts = parts.iter().map(|part| with_names(part, rename)).collect();
            Shape::Generic(*generic, parts)
        }
        Shape::Named(name) => Shape::Named(rename(name)),
        other => other.clone(),
    }
}

/// The types of a layout, and how their code is written.
struct Code<'t> {
    types: &'t Types,
    changed: BTreeSet<&'t str>,
    is_flat: bool,
    suffix: String,
}

impl Code<'_> {
    fn is_changed(&self, name: &str) -> bool {
        self.changed.contains(name)
    }

    /// What the type of this name is called in the code.
    fn name(&self, name: &str) -> String {
        if !self.is_changed(name) {
            return name.to_owned();
        }
        let plain: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
        format!("{plain}{}", self.suffix)
    }

    fn rust_type(&self, shape: &Shape) -> String {
        RustType(&with_names(shape, &mut |name| self.name(name))).to_string()
    }

    fn derives(&self, derive: &str) -> String {
        let rkyv = match self.is_flat {
            true => "",
            false => "Archive, Serialize, Deserialize, ",
        };
        format!("#[derive({rkyv}{derive})]\n")
    }

    fn record(
        &self,
        name: &str,
        was: &str,
        root: &Definition,
        key_fields: &[String],
        OlderNames { table, from, .. }: &OlderNames<'_>,
    ) -> String {
        let codec = if self.is_flat { "flatbuffers" } else { "rkyv" };
        let mut said = vec![format!("codec = {codec:?}"), format!("table = {table:?}")];
        said.push(format!("was = {was:?}"));
        said.extend(from.map(|from| format!("from = {from}")));
        let identifier = self.types.file_identifier();
        said.extend(identifier.map(|identifier| format!("file_identifier = {identifier:?}")));
        let mut text = self.derives("StoredRecord");
        let _ = writeln!(text, "#[store({})]", said.join(", "));
        text.push_str(&self.structure(name, root, key_fields));
        text
    }

    /// A type that is nested in the record.
    fn definition(&self, name: &str, definition: &Definition) -> String {
        let mut said = Vec::new();
        said.extend(self.is_flat.then_some("codec = \"flatbuffers\""));
        let is_fixed = self.is_flat && matches!(definition, Definition::Struct(_));
        said.extend(is_fixed.then_some("fixed"));
        let mut text = self.derives("StoredType");
        if !said.is_empty() {
            let _ = writeln!(text, "#[store({})]", said.join(", "));
        }
        text.push_str(&self.structure(&self.name(name), definition, &[]));
        text
    }

    fn structure(&self, name: &str, definition: &Definition, key_fields: &[String]) -> String {
        match definition {
            Definition::Struct(fields) | Definition::Table(fields) => {
                let removed: String =
                    fields.iter().filter_map(|field| self.removed(field)).collect();
                let end = if is_tuple(fields) { ";" } else { "" };
                format!("{removed}struct {name}{}{end}\n", self.fields(fields, key_fields, 0))
            }
            Definition::Enum { repr, variants } => {
                let repr = repr.map(|repr| format!("#[repr({repr})]\n")).unwrap_or_default();
                format!("{repr}enum {name} {{\n{}}}\n", self.variants(variants))
            }
            Definition::Union(variants) => {
                format!("enum {name} {{\n{}}}\n", self.variants(variants))
            }
        }
    }

    fn variants(&self, variants: &[VariantShape]) -> String {
        let mut text = String::new();
        let mut next = 0;
        for VariantShape { name, number, fields } in variants {
            let number = number.filter(|number| *number != next || !self.is_flat);
            next = number.unwrap_or(next).saturating_add(1);
            let number = number.map(|number| format!(" = {number}")).unwrap_or_default();
            let fields =
                if fields.is_empty() { String::new() } else { self.fields(fields, &[], 1) };
            let _ = writeln!(text, "    {}{fields}{number},", word(name));
        }
        text
    }

    /// ` { … }`, or `( … )` if they have no names.
    fn fields(&self, fields: &[FieldShape], key_fields: &[String], depth: usize) -> String {
        let indent = "    ".repeat(depth.saturating_add(1));
        let has_ids = self.has_ids(fields);
        let is_tuple = is_tuple(fields);
        let mut lines = String::new();
        for field in fields.iter().filter(|field| !field.is_removed()) {
            for attribute in self.attributes(field, key_fields, has_ids) {
                let _ = writeln!(lines, "{indent}{attribute}");
            }
            let ty = match unknown(&field.shape) {
                Some(_) if matches!(field.shape, Shape::Option(_)) => {
                    format!("Option<{UNKNOWN_TYPE}>")
                }
                Some(_) => UNKNOWN_TYPE.to_owned(),
                None => self.rust_type(&field.shape),
            };
            let name = if is_tuple { String::new() } else { format!("{}: ", word(&field.name)) };
            let _ = writeln!(lines, "{indent}{name}{ty},");
        }
        let end = "    ".repeat(depth);
        if is_tuple { format!("(\n{lines}{end})") } else { format!(" {{\n{lines}{end}}}") }
    }

    fn attributes(&self, field: &FieldShape, key_fields: &[String], has_ids: bool) -> Vec<String> {
        let FieldShape { name, shape, slot } = field;
        let mut said = Vec::new();
        said.extend(key_fields.contains(name).then(|| "key".to_owned()));
        let Slot { id, presence } = match slot {
            Some(slot) => slot,
            None => &Slot { id: 0, presence: Presence::Required },
        };
        said.extend(has_ids.then(|| format!("id = {id}")));
        if let Presence::Defaulted(Some(default)) = presence {
            said.push(format!("default = {}", self.default(shape, default)));
        }
        let mut with = None;
        match unknown(shape) {
            Some(Unknown::Opaque(name)) => said.push(format!("opaque = {name:?}")),
            Some(Unknown::By(word, _)) if self.is_flat => said.push(word.to_owned()),
            Some(Unknown::By(_, adapter)) => with = Some(adapter),
            None if !self.is_flat && is_foreign(shape) => with = Some("AsStored"),
            None => {}
        }
        let store = (!said.is_empty()).then(|| format!("#[store({})]", said.join(", ")));
        let with = with.map(|adapter| format!("#[rkyv(with = storage::{adapter})]"));
        store.into_iter().chain(with).collect()
    }

    fn default(&self, shape: &Shape, default: &str) -> String {
        match shape {
            Shape::Named(name) => format!("{}::{default}", self.name(name)),
            Shape::Scalar(scalar) if matches!(scalar.name(), "f32" | "f64") => {
                let is_whole = default.chars().all(|c| c.is_ascii_digit() || c == '-');
                format!("{default}{}", if is_whole { ".0" } else { "" })
            }
            _ => default.to_owned(),
        }
    }

    /// Whether the ids of `fields` are not those that they have by their order.
    fn has_ids(&self, fields: &[FieldShape]) -> bool {
        let mut next = 0_u16;
        fields.iter().filter_map(|field| Some((field, field.slot.as_ref()?))).any(
            |(field, slot)| {
                let is_due = slot.id == next && !slot.is_removed();
                let is_union = matches!(inner(&field.shape), Shape::Named(name)
                if matches!(self.types.get(name), Some(Definition::Union(_))));
                next = next.saturating_add(if is_union { 2 } else { 1 });
                !is_due
            },
        )
    }

    fn removed(&self, field: &FieldShape) -> Option<String> {
        let slot = field.slot.as_ref().filter(|slot| slot.is_removed())?;
        let ty = self.rust_type(inner(&field.shape));
        let (id, name) = (slot.id, &field.name);
        Some(format!("#[store(removed(id = {id}, name = {name:?}, ty = {ty:?}))]\n"))
    }

    fn conversion(&self, name: &str, old: &[FieldShape], new: &[FieldShape], into: &str) -> String {
        let is_same = |shape: &Shape, other: &Shape| {
            shape == other && with_names(shape, &mut |name| self.name(name)) == *shape
        };
        let mut lines = String::new();
        for field in new.iter().filter(|field| !field.is_removed()) {
            let kept = old.iter().filter(|field| !field.is_removed());
            let kept = kept.filter(|other| is_same(&other.shape, &field.shape));
            let is_kept = kept.map(|other| &other.name).any(|name| *name == field.name);
            let member = word(&field.name);
            let value = if is_kept { format!("old.{member}") } else { HOLE.to_owned() };
            let _ = writeln!(lines, "            {member}: {value},");
        }
        format!(
            "impl From<{name}> for {into} {{\n    fn from(old: {name}) -> Self {{\n        Self {{\n{lines}        \
             }}\n    }}\n}}\n"
        )
    }
}

/// A type that the schema knows by a name or a way of storing alone.
enum Unknown<'s> {
    Opaque(&'s str),
    /// The attribute in FlatBuffers, and the adapter of rkyv.
    By(&'static str, &'static str),
}

fn unknown(shape: &Shape) -> Option<Unknown<'_>> {
    match inner(shape) {
        Shape::Opaque(name, _) => Some(Unknown::Opaque(name)),
        Shape::Standard(Standard::Serde) => Some(Unknown::By("serde", "AsSerde")),
        Shape::Standard(Standard::Text) => Some(Unknown::By("text", "AsText")),
        _ => None,
    }
}

fn inner(shape: &Shape) -> &Shape {
    if let Shape::Option(inner) = shape { inner } else { shape }
}

/// Whether rkyv itself has no form for the type.
fn is_foreign(shape: &Shape) -> bool {
    match shape {
        Shape::Standard(standard) => matches!(
            standard,
            Standard::SignedDuration
                | Standard::Timestamp
                | Standard::Datetime
                | Standard::OffsetTimestamp
                | Standard::Zoned
                | Standard::Date
                | Standard::Time
                | Standard::Offset
        ),
        Shape::Option(inner)
        | Shape::Boxed(inner)
        | Shape::List(inner)
        | Shape::Array(inner, _) => is_foreign(inner),
        Shape::Tuple(parts) | Shape::Generic(Generic::Set | Generic::HashMap, parts) => {
            parts.iter().any(is_foreign)
        }
        Shape::Map(key, value) => is_foreign(key) || is_foreign(value),
        _ => false,
    }
}

/// Whether the fields have numbers for names.
fn is_tuple(fields: &[FieldShape]) -> bool {
    fields.first().is_some_and(|field| field.name.starts_with(|c: char| c.is_ascii_digit()))
}

/// A name as Rust writes it.
fn word(name: &str) -> String {
    let is_keyword = KEYWORDS.split(' ').any(|keyword| keyword == name);
    if is_keyword { format!("r#{name}") } else { name.to_owned() }
}
