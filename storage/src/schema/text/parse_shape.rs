//! Types in a text: how each is spelled, down to the scalars.

use super::{
    DEPTH_MAX,
    cursor::{Cursor, Parsed},
};
use crate::{
    error::SchemaTextReason,
    schema::{ArchivedLayout, Generic, Scalar, Shape, Standard},
};

/// A type that is nested at most `depth` levels deep.
pub(super) fn shape(cursor: &mut Cursor<'_>, depth: usize) -> Parsed<Shape> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(cursor.error(SchemaTextReason::TooDeep { max: DEPTH_MAX }));
    };
    let start = *cursor;
    if cursor.eat("()") {
        return Ok(Shape::Unit);
    }
    if cursor.eat("(") {
        return tuple(cursor, depth).map(Shape::Tuple);
    }
    if cursor.eat("[") {
        let inner = Box::new(shape(cursor, depth)?);
        cursor.expect("; ")?;
        let len = cursor.number("the length of an array")?;
        cursor.expect("]")?;
        return Ok(Shape::Array(inner, len));
    }
    let word = cursor.take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let plain = match word {
        "" => return cursor.type_name().map(Shape::Named).or_else(|_| start.expected("a type")),
        "string" => Shape::Text,
        "bytes" => Shape::Bytes,
        "enum" => return choice(cursor, depth),
        _ => match (Scalar::called(word), Standard::called(word)) {
            (Some(scalar), _) => Shape::Scalar(scalar),
            (_, Some(standard)) => Shape::Standard(standard),
            _ if cursor.eat("<") => return generic(cursor, start, word, depth),
            _ => return start.expected("a type"),
        },
    };
    Ok(plain)
}

/// The parts of a tuple, behind the parenthesis that opens it.
fn tuple(cursor: &mut Cursor<'_>, depth: usize) -> Parsed<Vec<Shape>> {
    let mut parts = vec![shape(cursor, depth)?];
    while cursor.eat(", ") {
        parts.push(shape(cursor, depth)?);
    }
    cursor.expect(")")?;
    Ok(parts)
}

/// The variants of a key, behind their word.
fn choice(cursor: &mut Cursor<'_>, depth: usize) -> Parsed<Shape> {
    cursor.expect("(")?;
    let mut variants = Vec::new();
    if cursor.eat(")") {
        return Ok(Shape::Choice(variants));
    }
    loop {
        let name = cursor.word()?;
        let parts = if cursor.eat("(") { tuple(cursor, depth)? } else { Vec::new() };
        variants.push((name, parts));
        if !cursor.eat(", ") {
            break;
        }
    }
    cursor.expect(")")?;
    Ok(Shape::Choice(variants))
}

/// The type `word<…>` that begins at `start`, behind the bracket that opens it.
fn generic(cursor: &mut Cursor<'_>, start: Cursor<'_>, word: &str, depth: usize) -> Parsed<Shape> {
    let inner = |cursor: &mut Cursor<'_>| shape(cursor, depth).map(Box::new);
    let shape = match word {
        "option" => Shape::Option(inner(cursor)?),
        "box" => Shape::Boxed(inner(cursor)?),
        "reverse" => Shape::Reverse(inner(cursor)?),
        "list" => Shape::List(inner(cursor)?),
        "nonzero" => Shape::NonZero(scalar(cursor)?),
        "opaque" => {
            let name = cursor.quoted()?;
            let archived = if cursor.eat("; ") { Some(archived(cursor)?) } else { None };
            Shape::Opaque(name, archived)
        }
        "map" => {
            let key = inner(cursor)?;
            cursor.expect(", ")?;
            Shape::Map(key, inner(cursor)?)
        }
        _ => match Generic::called(word) {
            Some(generic) => Shape::Generic(generic, parts(cursor, generic.arity(), depth)?),
            None => return start.expected("a type"),
        },
    };
    cursor.expect(">")?;
    Ok(shape)
}

/// So many types, with commas between them.
fn parts(cursor: &mut Cursor<'_>, count: usize, depth: usize) -> Parsed<Vec<Shape>> {
    let part = |index| {
        if index > 0 {
            cursor.expect(", ")?;
        }
        shape(cursor, depth)
    };
    (0..count).map(part).collect()
}

pub(super) fn archived(cursor: &mut Cursor<'_>) -> Parsed<ArchivedLayout> {
    let size = cursor.number("the size of an archived type")?;
    cursor.expect(" bytes, aligned ")?;
    Ok(ArchivedLayout { size, align: cursor.number("the alignment of an archived type")? })
}

pub(super) fn scalar(cursor: &mut Cursor<'_>) -> Parsed<Scalar> {
    let start = *cursor;
    let word = cursor.take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    Scalar::called(word).map_or_else(|| start.expected("the name of a number"), Ok)
}
