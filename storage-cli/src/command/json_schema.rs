//! The layout of a table as JSON Schema: of what a row is as JSON.

use serde_json::{Map, Value as Json, json};
use storage::{
    dynamic::{Description, Shape, Types},
    schema::{Definition, FieldShape, Generic, Presence, RowShape, Scalar, Standard, VariantShape},
};

/// The schema of the rows that `description` describes; nothing of values that have no schema.
pub(super) fn json_schema(description: &Description) -> Option<Json> {
    let RowShape::Record { types, .. } = &description.rows else { return None };
    let (root, _) = types.root()?;
    let definitions: Map<String, Json> = types
        .iter()
        .map(|(name, definition)| (name.to_owned(), of_definition(definition, types)))
        .collect();
    Some(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": reference(root),
        "$defs": definitions,
    }))
}

fn reference(name: &str) -> String {
    // A JSON pointer in a URI: both have signs of their own.
    let name = name.replace('~', "~0").replace('/', "~1").replace('%', "%25").replace('#', "%23");
    format!("#/$defs/{name}")
}

fn of_definition(definition: &Definition, types: &Types) -> Json {
    match definition {
        Definition::Struct(fields) | Definition::Table(fields) => of_fields(fields, types),
        Definition::Enum { variants, .. } | Definition::Union(variants) => {
            let variant = |VariantShape { name, fields, .. }: &VariantShape| match fields.is_empty()
            {
                true => json!({ "const": name }),
                false => object([(name.clone(), of_fields(fields, types), true)]),
            };
            json!({ "oneOf": variants.iter().map(variant).collect::<Vec<_>>() })
        }
        _ => json!({}),
    }
}

/// Fields without names are an array; one of them is itself.
fn of_fields(fields: &[FieldShape], types: &Types) -> Json {
    let is_live = |field: &&FieldShape| {
        field.slot.as_ref().is_none_or(|slot| slot.presence != Presence::Removed)
    };
    let live: Vec<&FieldShape> = fields.iter().filter(is_live).collect();
    let is_tuple =
        live.first().is_some_and(|field| field.name.starts_with(|c: char| c.is_ascii_digit()));
    match live.as_slice() {
        [] => json!({ "type": "null" }),
        [only] if is_tuple => of_shape(&only.shape, types),
        parts if is_tuple => tuple(parts.iter().map(|part| of_shape(&part.shape, types)).collect()),
        named => object(named.iter().map(|field| {
            let is_option = matches!(field.shape, Shape::Option(_));
            (field.name.clone(), of_shape(&field.shape, types), !is_option)
        })),
    }
}

/// An object of these members; those that must be there are marked.
fn object(members: impl IntoIterator<Item = (String, Json, bool)>) -> Json {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (name, schema, is_required) in members {
        if is_required {
            required.push(name.clone());
        }
        properties.insert(name, schema);
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn tuple(parts: Vec<Json>) -> Json {
    let len = parts.len();
    json!({ "type": "array", "prefixItems": parts, "minItems": len, "maxItems": len })
}

fn of_shape(shape: &Shape, types: &Types) -> Json {
    let bytes = || json!({ "type": "string", "pattern": "^0x([0-9a-f]{2})*$" });
    let list = |item: &Shape| match item {
        Shape::Scalar(Scalar::U8) => bytes(),
        item => json!({ "type": "array", "items": of_shape(item, types) }),
    };
    match shape {
        Shape::Unit => json!({ "type": "null" }),
        Shape::Scalar(scalar) | Shape::NonZero(scalar) => number(*scalar),
        Shape::Text => json!({ "type": "string" }),
        Shape::Bytes | Shape::Opaque(..) => bytes(),
        Shape::Standard(standard) => of_standard(*standard),
        Shape::Option(inner) => json!({ "anyOf": [of_shape(inner, types), { "type": "null" }] }),
        Shape::Boxed(inner) | Shape::Reverse(inner) => of_shape(inner, types),
        Shape::List(item) => list(item),
        Shape::Array(item, len) => match &**item {
            Shape::Scalar(Scalar::U8) => bytes(),
            item => json!({
                "type": "array", "items": of_shape(item, types), "minItems": len, "maxItems": len,
            }),
        },
        Shape::Tuple(parts) => tuple(parts.iter().map(|part| of_shape(part, types)).collect()),
        Shape::Map(key, value) => map(key, value, types),
        Shape::Generic(generic, parts) => of_generic(*generic, parts, types),
        Shape::Named(name) => json!({ "$ref": reference(name) }),
        _ => json!({}),
    }
}

fn of_generic(generic: Generic, parts: &[Shape], types: &Types) -> Json {
    let bound = |name: &str, shape| (name.to_owned(), of_shape(shape, types), true);
    match (generic, parts) {
        (Generic::HashMap | Generic::IndexMap, [key, value]) => map(key, value, types),
        (Generic::Result, [ok, err]) => {
            json!({ "oneOf": [object([bound("Ok", ok)]), object([bound("Err", err)])] })
        }
        (Generic::Range | Generic::RangeInclusive, [of]) => {
            object([bound("start", of), bound("end", of)])
        }
        (Generic::RangeFrom, [of]) => object([bound("start", of)]),
        (Generic::RangeTo | Generic::RangeToInclusive, [of]) => object([bound("end", of)]),
        (Generic::Slice, [item]) => of_shape(&Shape::List(Box::new(item.clone())), types),
        (_, [item]) => json!({ "type": "array", "items": of_shape(item, types) }),
        _ => json!({}),
    }
}

/// An object, if keys are text; else an array of pairs.
fn map(key: &Shape, value: &Shape, types: &Types) -> Json {
    match key {
        Shape::Text => json!({ "type": "object", "additionalProperties": of_shape(value, types) }),
        key => {
            json!({ "type": "array", "items": tuple(vec![of_shape(key, types), of_shape(value, types)]) })
        }
    }
}

fn number(scalar: Scalar) -> Json {
    match scalar {
        Scalar::Bool => json!({ "type": "boolean" }),
        Scalar::Char => json!({ "type": "string", "minLength": 1, "maxLength": 1 }),
        Scalar::F32 | Scalar::F64 => {
            json!({ "anyOf": [{ "type": "number" }, { "enum": ["NaN", "inf", "-inf"] }] })
        }
        Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64 | Scalar::U128 => {
            json!({ "type": "integer", "minimum": 0 })
        }
        _ => json!({ "type": "integer" }),
    }
}

fn of_standard(standard: Standard) -> Json {
    match standard {
        Standard::Serde => json!({}),
        Standard::Date => json!({ "type": "string", "format": "date" }),
        Standard::Timestamp | Standard::OffsetTimestamp => {
            json!({ "type": "string", "format": "date-time" })
        }
        Standard::Duration => json!({ "type": "string", "format": "duration" }),
        Standard::Uuid => json!({ "type": "string", "format": "uuid" }),
        Standard::Ipv4 => json!({ "type": "string", "format": "ipv4" }),
        Standard::Ipv6 => json!({ "type": "string", "format": "ipv6" }),
        _ => json!({ "type": "string" }),
    }
}
