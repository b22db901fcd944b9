//! The golden file of flatc's own tests, stored and read back through a table.
//!
//! `monsterdata_test.mon` is what flatc makes of `monsterdata_test.json`, so the JSON says what has
//! to be read.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use schemas::generated::monster_test::my_game::example::{Ability, Monster, Stat, Test};
use serde_json::{Map, Value, json};
use storage::FlatbuffersTable;
use tests::Scratch;

const GOLDEN: &[u8] = include_bytes!("../../schemas/fbs/google/monsterdata_test.mon");
const GOLDEN_JSON: &str = include_str!("../../schemas/fbs/google/monsterdata_test.json");

type Monsters = FlatbuffersTable<u64, Monster<'static>>;

fn monsters(scratch: &Scratch) -> Monsters {
    scratch.open().new_flatbuffers_table("monsters")
}

#[test]
fn golden_bytes_read_as_their_json() {
    let scratch = Scratch::new();
    let table = monsters(&scratch);
    table.put_bytes(1, GOLDEN).unwrap();
    assert_eq!(table.get(1, contents).unwrap(), Some(expected()));

    drop(table);
    assert_eq!(monsters(&scratch).get(1, contents).unwrap(), Some(expected()), "after re-opening");
}

#[test]
fn object_form_of_the_golden_bytes_reads_as_their_json() {
    let scratch = Scratch::new();
    let table = monsters(&scratch);
    table.put_bytes(1, GOLDEN).unwrap();
    let owned = table.load(1).unwrap().unwrap();
    table.put(2, &owned).unwrap();

    assert_eq!(table.get(2, contents).unwrap(), Some(expected()));
    let again = table.load(2).unwrap().unwrap();
    assert_eq!(format!("{again:?}"), format!("{owned:?}"), "compared as text: a default is NaN");
}

#[test]
fn bytes_of_another_kind_are_refused() {
    let scratch = Scratch::new();
    let table = monsters(&scratch);

    let mut renamed = GOLDEN.to_vec();
    renamed.get_mut(4..8).unwrap().copy_from_slice(b"SNOM");
    let error = table.put_bytes(1, &renamed).unwrap_err().to_string();
    assert!(error.contains("`SNOM`") && error.contains("`MONS`"), "{error}");

    let padding = 2; // Behind the last value; nothing refers to it.
    for len in 0..GOLDEN.len().saturating_sub(padding) {
        let cut = GOLDEN.get(..len).unwrap();
        assert!(table.put_bytes(1, cut).is_err(), "the first {len} bytes were accepted");
    }
    assert_eq!(table.get(1, |_| ()).unwrap(), None, "something was written");
}

/// Every field of the JSON, from the stored bytes.
fn contents(monster: Monster<'_>) -> Value {
    let tests = |tests: Option<flatbuffers::Vector<'_, Test>>| {
        tests.map(|tests| tests.iter().copied().map(test).collect::<Vec<_>>())
    };
    let abilities =
        monster.testarrayofsortedstruct().map(|list| list.iter().copied().map(ability).collect());
    let stats = monster.scalar_key_sorted_tables().map(|list| list.iter().map(stat).collect());
    let doubles = monster.vector_of_doubles().map(|list| list.iter().map(number).collect());
    json!({
        "pos": monster.pos().map(|pos| json!({
            "x": number(pos.x().into()),
            "y": number(pos.y().into()),
            "z": number(pos.z().into()),
            "test1": number(pos.test1()),
            "test2": pos.test2().iter_names().map(|(name, _)| name).collect::<String>(),
            "test3": test(*pos.test3()),
        })),
        "hp": monster.hp(),
        "name": monster.name(),
        "inventory": monster.inventory().map(|list| list.iter().collect::<Vec<_>>()),
        "vector_of_longs": monster.vector_of_longs().map(|list| list.iter().collect::<Vec<_>>()),
        "vector_of_doubles": doubles.unwrap_or(Value::Null),
        "test_type": monster.test_type().variant_name(),
        "test": monster.test_as_monster().map(|monster| json!({ "name": monster.name() })),
        "test4": tests(monster.test4()),
        "test5": tests(monster.test5()),
        "testarrayofstring":
            monster.testarrayofstring().map(|list| list.iter().collect::<Vec<_>>()),
        "enemy": monster.enemy().map(|enemy| json!({ "name": enemy.name() })),
        "testarrayofbools": monster.testarrayofbools().map(|list| list.iter().collect::<Vec<_>>()),
        "testbool": monster.testbool(),
        "testhashs32_fnv1": monster.testhashs32_fnv1(),
        "testhashu32_fnv1": monster.testhashu32_fnv1(),
        "testhashs64_fnv1": monster.testhashs64_fnv1(),
        "testhashu64_fnv1": monster.testhashu64_fnv1(),
        "testhashs32_fnv1a": monster.testhashs32_fnv1a(),
        "testhashu32_fnv1a": monster.testhashu32_fnv1a(),
        "testhashs64_fnv1a": monster.testhashs64_fnv1a(),
        "testhashu64_fnv1a": monster.testhashu64_fnv1a(),
        "testarrayofsortedstruct": abilities.unwrap_or(Value::Null),
        "scalar_key_sorted_tables": stats.unwrap_or(Value::Null),
        "native_inline": monster.native_inline().copied().map(test),
    })
}

fn test(test: Test) -> Value {
    json!({ "a": test.a(), "b": test.b() })
}

fn ability(ability: Ability) -> Value {
    json!({ "id": ability.id(), "distance": ability.distance() })
}

fn stat(stat: Stat<'_>) -> Value {
    json!({ "id": stat.id(), "val": stat.val(), "count": stat.count() })
}

/// A number as the JSON has it: `1`, not `1.0`.
fn number(number: f64) -> Value {
    let text = format!("{number:?}");
    serde_json::from_str(text.strip_suffix(".0").unwrap_or(&text)).unwrap()
}

/// The JSON, with everything resolved that flatc resolves when it reads it.
fn expected() -> Value {
    let mut fields: Map<String, Value> = serde_json::from_str(&quote_names(GOLDEN_JSON)).unwrap();
    for (name, value) in &mut fields {
        let text = value.as_str().unwrap_or_default().to_owned();
        match name.strip_prefix("testhash") {
            // A text in the place of a number is hashed.
            Some("s32_fnv1") => *value = json!(fnv1_32(&text).cast_signed()),
            Some("u32_fnv1") => *value = json!(fnv1_32(&text)),
            Some("s64_fnv1") => *value = json!(fnv1_64(&text).cast_signed()),
            Some("u64_fnv1") => *value = json!(fnv1_64(&text)),
            Some("s32_fnv1a") => *value = json!(fnv1a_32(&text).cast_signed()),
            Some("u32_fnv1a") => *value = json!(fnv1a_32(&text)),
            Some("s64_fnv1a") => *value = json!(fnv1a_64(&text).cast_signed()),
            Some("u64_fnv1a") => *value = json!(fnv1a_64(&text)),
            _ => resolve(value),
        }
    }
    // A vector of structs or tables with a key is sorted by it.
    sort_by_field(&mut fields, "testarrayofsortedstruct", "id");
    sort_by_field(&mut fields, "scalar_key_sorted_tables", "count");
    Value::Object(fields)
}

/// `"2"` is a number and `null` is no field.
fn resolve(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Ok(number) = text.parse::<i64>() {
                *value = json!(number);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(resolve),
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(resolve);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn sort_by_field(fields: &mut Map<String, Value>, list: &str, field: &str) {
    let list = fields.get_mut(list).and_then(Value::as_array_mut).unwrap();
    list.sort_by_key(|element| element.get(field).and_then(Value::as_i64));
}

/// flatc's JSON has bare names: `hp: 80`. Strict JSON has `"hp": 80`.
fn quote_names(relaxed: &str) -> String {
    let mut strict = String::new();
    for (index, part) in relaxed.split('"').enumerate() {
        if index % 2 == 1 {
            strict.push('"');
            strict.push_str(part);
            strict.push('"');
            continue;
        }
        // Outside of strings, a word that ends at a colon is a name.
        for piece in part.split_inclusive(':') {
            let Some(before) = piece.strip_suffix(':') else {
                strict.push_str(piece);
                continue;
            };
            let bare = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let name = before.strip_prefix(bare).unwrap();
            strict.extend([bare, "\"", name, "\":"]);
        }
    }
    strict
}

fn fnv1_32(text: &str) -> u32 {
    text.bytes()
        .fold(0x811c_9dc5, |hash: u32, byte| hash.wrapping_mul(0x0100_0193) ^ u32::from(byte))
}

fn fnv1a_32(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Where flatc begins; the published FNV begins at `0xcbf2_9ce4_8422_2325`.
const FLATC_BASIS_64: u64 = 0xcbf2_9ce4_8422_2645;

fn fnv1_64(text: &str) -> u64 {
    text.bytes().fold(FLATC_BASIS_64, |hash: u64, byte| {
        hash.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte)
    })
}

fn fnv1a_64(text: &str) -> u64 {
    text.bytes()
        .fold(FLATC_BASIS_64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
