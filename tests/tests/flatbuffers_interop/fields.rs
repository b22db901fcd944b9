//! The fields of a value as `fields.py` prints them, made without FlatBuffers.

use schemas::matrix::{Action, Creature, Everything, Level, Node, Packed, Vec3, Weapon};
use std::{collections::BTreeMap, fmt::Debug};

/// A line for each field, in the order of their names.
fn lines(fields: &[(&str, String)]) -> String {
    let sorted: BTreeMap<_, _> = fields.iter().map(|(name, text)| (name, text)).collect();
    let lines: Vec<String> =
        sorted.iter().map(|(name, text)| format!("{name} = {text}\n")).collect();
    lines.concat()
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(text).collect();
    format!("[{}]", items.join(", "))
}

fn number<T: Debug>(number: &T) -> String {
    format!("{number:?}")
}

/// Python has no single floats.
fn single(number: f32) -> String {
    format!("{:?}", f64::from(number))
}

fn maybe<T>(value: Option<&T>, text: impl Fn(&T) -> String) -> String {
    value.map_or_else(|| "none".to_owned(), text)
}

fn vec3(value: &Vec3) -> String {
    format!("{{x: {}, y: {}, z: {}}}", single(value.x), single(value.y), single(value.z))
}

fn weapon(value: &Weapon) -> String {
    format!("{{damage: {}, name: {}}}", value.damage, value.name)
}

fn action(value: Option<&Action>) -> (String, u8) {
    match value {
        None => ("none".into(), 0),
        Some(Action::Idle) => ("{}".into(), 1),
        Some(Action::Move { to, speed }) => {
            (format!("{{speed: {}, to: {}}}", single(*speed), vec3(to)), 2)
        }
        Some(Action::Attack(held)) => (weapon(held), 3),
    }
}

fn node(value: &Node) -> String {
    let next = maybe(value.next.as_deref(), node);
    format!("{{kids: {}, next: {next}, value: {}}}", list(&value.kids, node), value.value)
}

fn packed(value: &Packed) -> String {
    let Packed { kind, serial, color, code, at, live } = value;
    let (at, code) = (vec3(at), list(code, number));
    format!(
        "{{at: {at}, code: {code}, color: {}, kind: {kind}, live: {live}, serial: {serial}}}",
        *color as u8
    )
}

fn level(value: Level) -> String {
    (value as i16).to_string()
}

pub(crate) fn creature(value: &Creature) -> String {
    let (action, action_type) = action(Some(&value.action));
    lines(&[
        ("id", number(&value.id)),
        ("hp", number(&value.hp)),
        ("mana", number(&value.mana)),
        ("name", value.name.clone()),
        ("boss", number(&value.boss)),
        ("title", maybe(value.title.as_ref(), Clone::clone)),
        ("level", maybe(value.level.as_ref(), number)),
        ("color", (value.color as u8).to_string()),
        ("altColor", maybe(value.alt_color.as_ref(), |color| (*color as u8).to_string())),
        ("pos", vec3(&value.pos)),
        ("home", maybe(value.home.as_ref(), vec3)),
        ("scores", list(&value.scores, number)),
        ("tags", list(&value.tags, Clone::clone)),
        ("weapon", weapon(&value.weapon)),
        ("spare", maybe(value.spare.as_ref(), weapon)),
        ("inventory", list(&value.inventory, weapon)),
        ("blob", list(&value.blob, number)),
        ("uuid", format!("{{v: {}}}", list(&value.uuid, number))),
        ("action", action),
        ("actionType", action_type.to_string()),
    ])
}

pub(crate) fn everything(value: &Everything) -> String {
    let (action, action_type) = action(value.maybe_action.as_ref());
    let wrapped = |items: String| format!("{{v: {items}}}");
    lines(&[
        ("key", value.key.clone()),
        ("tiny", number(&value.tiny)),
        ("small", number(&value.small)),
        ("large", number(&value.large)),
        ("single", single(value.single)),
        ("double", number(&value.double)),
        ("gold", number(&value.gold)),
        ("maybeGold", maybe(value.maybe_gold.as_ref(), number)),
        ("yes", number(&value.yes)),
        ("maybeBool", maybe(value.maybe_bool.as_ref(), number)),
        ("maybeDouble", maybe(value.maybe_double.as_ref(), number)),
        ("maybeTexts", maybe(value.maybe_texts.as_ref(), |texts| list(texts, Clone::clone))),
        ("maybeBytes", maybe(value.maybe_bytes.as_ref(), |bytes| list(bytes, number))),
        ("maybeAction", action),
        ("maybeActionType", action_type.to_string()),
        ("points", list(&value.points, vec3)),
        ("colors", list(&value.colors, |color| (*color as u8).to_string())),
        ("flags", list(&value.flags, number)),
        ("triples", list(&value.triples, |triple| wrapped(list(triple, number)))),
        ("maybePair", maybe(value.maybe_pair.as_ref(), |pair| wrapped(list(pair, number)))),
        ("doubles", list(&value.doubles, number)),
        ("tree", node(&value.tree)),
        ("level", level(value.level)),
        ("roof", level(value.roof)),
        ("maybeLevel", maybe(value.maybe_level.as_ref(), |value| level(*value))),
        ("blue", (value.blue as u8).to_string()),
        ("packed", packed(&value.packed)),
        ("manyPacked", list(&value.many_packed, packed)),
        ("palette", wrapped(list(&value.palette, |color| (*color as u8).to_string()))),
        ("corners", wrapped(list(&value.corners, vec3))),
        ("boxed", weapon(&value.boxed)),
        ("longs", list(&value.longs, number)),
        ("type", number(&value.r#type)),
    ])
}
