//! From a text to its model. Any text is a model or an error: the work and the memory are bounded by its length.

use super::{
    DEPTH_MAX, TEXT_LEN_MAX,
    cursor::{Cursor, Parsed},
    parse_shape::{archived, scalar, shape},
};
use crate::{
    error::{SchemaTextError, SchemaTextReason},
    schema::{
        ArchivedLayout, Definition, Description, FieldShape, IndexShape, Presence, RowShape,
        Scalar, Slot, Types, VariantShape,
    },
};
use std::collections::HashSet;

/// How lines begin.
const LINES: [&str; 15] = [
    "archived ",
    "codec = ",
    "enum ",
    "field ",
    "file identifier = ",
    "format = ",
    "index ",
    "key = ",
    "key encoding = ",
    "key fields = ",
    "record = ",
    "struct ",
    "table ",
    "union ",
    "value = ",
];

impl Description {
    /// Returns the description that has `text`.
    ///
    /// # Errors
    ///
    /// [`SchemaTextError`] when `text` is not that of a description; with
    /// [`UnknownLine`](SchemaTextReason::UnknownLine) when it has a line of a kind that a later release has added.
    pub fn parse(text: &str) -> Result<Self, SchemaTextError> {
        let mut cursor = Cursor::new(text);
        if text.len() > TEXT_LEN_MAX {
            let reason = SchemaTextReason::TooLong { len: text.len(), max: TEXT_LEN_MAX };
            return Err(cursor.error(reason));
        }
        whole(&mut cursor).map_err(|error| or_unknown_line(error, text))
    }
}

fn whole(cursor: &mut Cursor<'_>) -> Parsed<Description> {
    let start = *cursor;
    let description = description(cursor)?;
    if !cursor.is_at_end() {
        return cursor.expected("an index, or the end");
    }
    check_is_plain(start, &description.text())?;
    Ok(description)
}

/// The same error, or that nothing in its line is known.
#[cold]
fn or_unknown_line(error: SchemaTextError, text: &str) -> SchemaTextError {
    let line = text.split('\n').nth(error.line.saturating_sub(1)).unwrap_or_default();
    match line.split_once(" = ") {
        Some((subject, _)) if !LINES.iter().any(|start| line.starts_with(start)) => {
            let reason = SchemaTextReason::UnknownLine { subject: subject.to_owned() };
            SchemaTextError { column: 1, reason, ..error }
        }
        _ => error,
    }
}

/// A model has one text.
fn check_is_plain(mut place: Cursor<'_>, plain: &str) -> Parsed<()> {
    for line in plain.split_inclusive('\n') {
        if !place.eat(line) {
            return place.expected(&format!("`{}`", line.trim_end_matches('\n')));
        }
    }
    Ok(())
}

fn description(cursor: &mut Cursor<'_>) -> Parsed<Description> {
    let head = if cursor.eat("record = ") {
        let name = cursor.type_name()?;
        cursor.end_line()?;
        Head::Record(name, file_identifier(cursor)?)
    } else if cursor.eat("value = ") {
        Head::Value(cursor.text_line()?)
    } else {
        return cursor.expected("`record = ` or `value = `");
    };
    cursor.expect("codec = ")?;
    let codec = cursor.text_line()?;
    cursor.expect("format = ")?;
    let format = cursor.text_line()?;
    cursor.expect("key encoding = ")?;
    let key_encoding = cursor.number("the number of a version")?;
    cursor.end_line()?;
    cursor.expect("key = ")?;
    let key = shape(cursor, DEPTH_MAX)?;
    cursor.end_line()?;
    let rows = match head {
        Head::Record(name, file_identifier) => {
            let key_fields = key_fields(cursor)?;
            let definitions = definitions(cursor, name.clone())?;
            let types = Types::new(definitions, file_identifier)
                .with_archived(archived_types(cursor, &name)?);
            RowShape::Record { types, key_fields }
        }
        Head::Value(name) => RowShape::Value(name),
    };
    Ok(Description { rows, codec, format, key_encoding, key, indexes: indexes(cursor)? })
}

/// What the first line says.
enum Head {
    Record(String, Option<String>),
    Value(String),
}

fn file_identifier(cursor: &mut Cursor<'_>) -> Parsed<Option<String>> {
    if !cursor.eat("file identifier = ") {
        return Ok(None);
    }
    let identifier = cursor.word()?;
    cursor.end_line()?;
    Ok(Some(identifier))
}

fn key_fields(cursor: &mut Cursor<'_>) -> Parsed<Vec<String>> {
    cursor.expect("key fields = ")?;
    let mut key_fields = Vec::new();
    if !cursor.eat("\n") {
        key_fields = words(cursor)?;
        cursor.end_line()?;
    }
    Ok(key_fields)
}

/// The record `name`, whose fields come next, and the types that it is made of.
fn definitions(cursor: &mut Cursor<'_>, name: String) -> Parsed<Vec<(String, Definition)>> {
    let mut fields = Vec::new();
    while cursor.eat("field ") {
        // The first field says whether the record is a table.
        let slots = match fields.first() {
            None => Slots::Any,
            Some(FieldShape { slot: None, .. }) => Slots::None,
            Some(FieldShape { slot: Some(_), .. }) => Slots::Each,
        };
        fields.push(field(cursor, slots)?);
    }
    let is_table = fields.first().is_some_and(|field| field.slot.is_some());
    let record = if is_table { Definition::Table(fields) } else { Definition::Struct(fields) };
    let mut names = HashSet::from([name.clone()]);
    let mut types = vec![(name, record)];
    loop {
        let start = *cursor;
        let Some((name, definition)) = definition(cursor)? else { break };
        if !names.insert(name.clone()) {
            return Err(start.error(SchemaTextReason::Twice { name }));
        }
        types.push((name, definition));
    }
    Ok(types)
}

/// What the compiler said of archived types; of the record's without its name.
fn archived_types(cursor: &mut Cursor<'_>, root: &str) -> Parsed<Vec<(String, ArchivedLayout)>> {
    let mut archived_types: Vec<(String, ArchivedLayout)> = Vec::new();
    let mut names = HashSet::new();
    loop {
        let start = *cursor;
        if !cursor.eat("archived ") {
            return Ok(archived_types);
        }
        let name = if cursor.eat("= ") {
            root.to_owned()
        } else {
            let name = cursor.type_name()?;
            cursor.expect(" = ")?;
            name
        };
        if !names.insert(name.clone()) {
            return Err(start.error(SchemaTextReason::Twice { name }));
        }
        archived_types.push((name, archived(cursor)?));
        cursor.end_line()?;
    }
}

fn indexes(cursor: &mut Cursor<'_>) -> Parsed<Vec<IndexShape>> {
    let mut indexes = Vec::new();
    while cursor.eat("index ") {
        let name = cursor.word()?;
        cursor.expect(" = ")?;
        let is_unique = cursor.eat("unique ");
        let key = shape(cursor, DEPTH_MAX)?;
        cursor.expect(" over ")?;
        indexes.push(IndexShape { name, is_unique, key, source: cursor.text_line()? });
    }
    Ok(indexes)
}

/// The definition of a type, if one comes next.
fn definition(cursor: &mut Cursor<'_>) -> Parsed<Option<(String, Definition)>> {
    let start = *cursor;
    let kinds = ["struct ", "table ", "enum ", "union "];
    let Some(kind) = kinds.into_iter().find(|kind| cursor.eat(kind)) else { return Ok(None) };
    let name = cursor.type_name()?;
    let subject = start.up_to(cursor);
    let definition = match kind {
        "struct " => Definition::Struct(fields(cursor, subject, Slots::None)?),
        "table " => Definition::Table(fields(cursor, subject, Slots::Each)?),
        "enum " => {
            let repr = repr(cursor)?;
            Definition::Enum { repr, variants: variants(cursor, subject, repr.is_some())? }
        }
        _ => Definition::Union(variants(cursor, subject, false)?),
    };
    Ok(Some((name, definition)))
}

/// The integer of an enum, if one comes next.
fn repr(cursor: &mut Cursor<'_>) -> Parsed<Option<Scalar>> {
    let mut ahead = *cursor;
    if !ahead.eat(" = ") || ahead.eat("()") {
        return Ok(None);
    }
    let scalar = scalar(&mut ahead)?;
    ahead.end_line()?;
    *cursor = ahead;
    Ok(Some(scalar))
}

/// The variants of `subject`, which stands at the start of the line, or of the next one if there is a line before.
fn variants(cursor: &mut Cursor<'_>, subject: &str, has_line: bool) -> Parsed<Vec<VariantShape>> {
    let mut variants = Vec::new();
    if has_line {
        if !cursor.eat_both(subject, " variant ") {
            return Ok(variants);
        }
    } else if cursor.eat(" = ()") {
        cursor.end_line()?;
        return Ok(variants);
    } else {
        cursor.expect(" variant ")?;
    }
    let mut names = HashSet::new();
    loop {
        let start = *cursor;
        let variant = variant(cursor, subject)?;
        if !names.insert(variant.name.clone()) {
            return Err(start.error(SchemaTextReason::Twice { name: variant.name }));
        }
        variants.push(variant);
        if !cursor.eat_both(subject, " variant ") {
            return Ok(variants);
        }
    }
}

fn variant(cursor: &mut Cursor<'_>, owner: &str) -> Parsed<VariantShape> {
    let start = *cursor;
    let name = cursor.word()?;
    let subject = format!("{owner} variant {}", start.up_to(cursor));
    let mut ahead = *cursor;
    if !ahead.eat(" = ") || ahead.eat("()") {
        let fields = fields(cursor, &subject, Slots::Any)?;
        return Ok(VariantShape { name, number: None, fields });
    }
    let number = Some(ahead.number("`()` or the number of the variant")?);
    ahead.end_line()?;
    *cursor = ahead;
    let mut fields = Vec::new();
    while cursor.eat_both(&subject, " field ") {
        fields.push(field(cursor, Slots::Any)?);
    }
    Ok(VariantShape { name, number, fields })
}

/// Which fields have a slot.
#[derive(Clone, Copy, Debug)]
enum Slots {
    None,
    Each,
    Any,
}

/// The fields of `subject`, which was read from the line of the first.
fn fields(cursor: &mut Cursor<'_>, subject: &str, slots: Slots) -> Parsed<Vec<FieldShape>> {
    let mut fields = Vec::new();
    if cursor.eat(" = ()") {
        cursor.end_line()?;
        return Ok(fields);
    }
    cursor.expect(" field ")?;
    loop {
        fields.push(field(cursor, slots)?);
        if !cursor.eat_both(subject, " field ") {
            return Ok(fields);
        }
    }
}

fn field(cursor: &mut Cursor<'_>, slots: Slots) -> Parsed<FieldShape> {
    let name = cursor.word()?;
    cursor.expect(" = ")?;
    let shape = shape(cursor, DEPTH_MAX)?;
    let has_slot = match slots {
        Slots::None => false,
        Slots::Any => cursor.eat(", id "),
        Slots::Each => cursor.expect(", id ").map(|()| true)?,
    };
    let slot = if has_slot { Some(slot(cursor)?) } else { None };
    cursor.end_line()?;
    Ok(FieldShape { name, shape, slot })
}

fn slot(cursor: &mut Cursor<'_>) -> Parsed<Slot> {
    let id = cursor.number("the id of a field")?;
    let presence = if cursor.eat(", required") {
        Presence::Required
    } else if cursor.eat(", optional") {
        Presence::Optional
    } else if cursor.eat(", removed") {
        Presence::Removed
    } else if cursor.eat(", default ") {
        Presence::Defaulted(Some(cursor.word()?))
    } else {
        Presence::Defaulted(None)
    };
    Ok(Slot { id, presence })
}

fn words(cursor: &mut Cursor<'_>) -> Parsed<Vec<String>> {
    let mut words = vec![cursor.word()?];
    while cursor.eat(", ") {
        words.push(cursor.word()?);
    }
    Ok(words)
}
