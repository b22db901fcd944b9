//! Buffers that are nested in a field of flatc's tables: flatc's accessors follow them unchecked, so that whatever is
//! stored or read must be verified down to the innermost.

use flatbuffers::FlatBufferBuilder;
use schemas::generated::monster_test::my_game::example::{
    AnyAmbiguousAliasesT, AnyT, AnyUniqueAliasesT, MONSTER_IDENTIFIER, Monster, MonsterArgs,
    MonsterT,
};
use storage::{FlatbuffersTable, Storage, codec::FlatbuffersType};
use tests::frame::{layout_fingerprint, seal};

const NAME: &str = "the innermost";

/// A monster with a name and what `set` sets.
fn monster(name: &str, set: impl FnOnce(&mut MonsterT)) -> MonsterT {
    let mut monster = MonsterT::default();
    name.clone_into(&mut monster.name);
    set(&mut monster);
    monster
}

fn named(name: &str) -> MonsterT {
    monster(name, |_| ())
}

fn pack(monster: &MonsterT) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let root = monster.pack(&mut builder);
    builder.finish(root, Some(MONSTER_IDENTIFIER));
    builder.finished_data().to_vec()
}

fn holding(bytes: Vec<u8>) -> MonsterT {
    monster("outer", |outer| outer.testnestedflatbuffer = Some(bytes))
}

/// A monster with some text and some tables, to be nested.
fn inner() -> MonsterT {
    monster(NAME, |inner| {
        inner.testarrayoftables = Some(vec![named("first"), named("second")]);
        inner.testarrayofstring = Some(vec!["one".into(), "two".into()]);
        inner.enemy = Some(Box::new(named("foe")));
    })
}

/// The bytes of a monster whose name is not UTF-8.
fn not_text() -> Vec<u8> {
    let mut bytes = pack(&inner());
    let at = place(&bytes, NAME.as_bytes());
    bytes[at] = 0xff;
    bytes
}

fn place(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).position(|window| window == part).expect("it is there")
}

fn view(bytes: &[u8]) -> Result<Monster<'_>, storage::error::DecodeError> {
    <Monster<'static> as FlatbuffersType>::view(bytes)
}

type Place = (&'static str, fn(&mut MonsterT, Vec<u8>));

/// Every field of a monster that is, or leads to, a nested buffer.
const PLACES: [Place; 11] = [
    ("the first field", |outer, bytes| outer.testnestedflatbuffer = Some(bytes)),
    ("the other field", |outer, bytes| outer.testrequirednestedflatbuffer = Some(bytes)),
    ("a nested buffer", |outer, bytes| outer.testnestedflatbuffer = Some(pack(&holding(bytes)))),
    ("a table", |outer, bytes| outer.enemy = Some(Box::new(holding(bytes)))),
    ("a table of a table", |outer, bytes| {
        let enemy = Some(Box::new(holding(bytes)));
        outer.enemy = Some(Box::new(monster("middle", |middle| middle.enemy = enemy)));
    }),
    ("a list", |outer, bytes| outer.testarrayoftables = Some(vec![named("a"), holding(bytes)])),
    ("a union", |outer, bytes| outer.test = AnyT::Monster(Box::new(holding(bytes)))),
    ("a variant with a name", |outer, bytes| {
        outer.any_unique = AnyUniqueAliasesT::M(Box::new(holding(bytes)));
    }),
    ("the first of three names", |outer, bytes| {
        outer.any_ambiguous = AnyAmbiguousAliasesT::M1(Box::new(holding(bytes)));
    }),
    ("the second", |outer, bytes| {
        outer.any_ambiguous = AnyAmbiguousAliasesT::M2(Box::new(holding(bytes)));
    }),
    ("the third", |outer, bytes| {
        outer.any_ambiguous = AnyAmbiguousAliasesT::M3(Box::new(holding(bytes)));
    }),
];

fn monsters() -> (Storage, FlatbuffersTable<u64, Monster<'static>>) {
    let storage = Storage::in_memory().unwrap();
    let table = storage.new_flatbuffers_table("monsters");
    (storage, table)
}

#[test]
fn what_is_nested_is_refused_wherever_it_is_put_and_read() {
    let (storage, table) = monsters();
    table.put(0, &named("alone")).unwrap();
    for (place, hold) in PLACES {
        table.put(1, &monster("outer", |outer| hold(outer, pack(&inner())))).unwrap();
        let bad = monster("outer", |outer| hold(outer, not_text()));
        let bytes = pack(&bad);
        for outcome in [
            table.put(2, &bad),
            table.put_bytes(2, &bytes),
            table.put_with(2, |builder| bad.pack(builder)),
        ] {
            let error = outcome.expect_err(place).to_string();
            let is_named = error.contains("nestedflatbuffer`: ") && error.contains("tf8");
            assert!(is_named, "{place}: {error}");
        }
        assert!(!table.contains(2).unwrap(), "{place}");

        let mut sealed = bytes;
        let fingerprint = layout_fingerprint(&storage, "monsters");
        seal(b"monsters", fingerprint, &3_u64.to_be_bytes(), 1, &mut sealed);
        storage.backend().put("monsters", &3_u64.to_be_bytes(), &sealed).unwrap();
        let outcomes =
            [table.get(3, |_| ()).map(drop), table.view(3).map(drop), table.load(3).map(drop)];
        for outcome in outcomes {
            assert!(outcome.expect_err(place).is_corrupt(), "{place}");
        }
    }
}

#[test]
fn what_is_nested_is_read_through_its_accessors() {
    let (_storage, table) = monsters();
    table.put(1, &holding(pack(&holding(pack(&inner()))))).unwrap();
    let names = table.get(1, |outer| {
        let middle = outer.testnestedflatbuffer_nested_flatbuffer().unwrap();
        let inner = middle.testnestedflatbuffer_nested_flatbuffer().unwrap();
        (
            middle.name().to_owned(),
            inner.name().to_owned(),
            inner.enemy().unwrap().name().to_owned(),
        )
    });
    assert_eq!(names.unwrap(), Some(("outer".into(), NAME.into(), "foe".into())));
}

/// Reads everything that is there, down to the innermost.
fn read_all(monster: Monster<'_>) -> usize {
    let text = format!("{monster:?}");
    assert!(std::str::from_utf8(text.as_bytes()).is_ok());
    let repacked = pack(&monster.unpack());
    let nested = |nested: Option<Monster<'_>>| nested.map_or(0, read_all);
    repacked.len()
        + nested(monster.testnestedflatbuffer_nested_flatbuffer())
        + nested(monster.testrequirednestedflatbuffer_nested_flatbuffer())
}

#[test]
fn every_damaged_byte_at_every_alignment_is_an_error_or_can_be_read() {
    let inner = pack(&inner());
    let good = pack(&holding(inner.clone()));
    let start = place(&good, &inner);
    let (mut refused, mut read) = (0, 0);
    let mut memory = vec![0; good.len() + 8];
    for shift in 0..8 {
        let bytes = &mut memory[shift..shift + good.len()];
        bytes.copy_from_slice(&good);
        for at in start - 4..start + inner.len() {
            for change in [0x01, 0x04, 0x80, 0xff].into_iter().take(if shift == 0 { 4 } else { 1 })
            {
                bytes[at] ^= change;
                match view(bytes) {
                    Ok(monster) => read += read_all(monster).min(1),
                    Err(_) => refused += 1,
                }
                bytes[at] ^= change;
            }
        }
        assert!(view(bytes).is_ok());
    }
    assert!(refused > 500 && read > 500, "{refused} {read}");
}

#[test]
fn every_length_of_a_nested_buffer_is_refused_or_can_be_read() {
    let inner = pack(&inner());
    for len in 0..inner.len() {
        let outer = pack(&holding(inner[..len].to_vec()));
        if let Ok(monster) = view(&outer) {
            read_all(monster);
        }
        let behind = len.min(inner.len() - 8);
        assert!(view(&pack(&holding(inner[..behind].to_vec()))).is_err(), "{behind} bytes");
    }
}

/// Monsters in a list that share one nested buffer.
fn sharing(count: usize, nested: &[u8]) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let nested = builder.create_vector(nested);
    let name = builder.create_string("one of many");
    let mut monster = |list| {
        let args = MonsterArgs {
            name: Some(name),
            testnestedflatbuffer: Some(nested),
            testarrayoftables: list,
            ..Default::default()
        };
        Monster::create(&mut builder, &args)
    };
    let monsters: Vec<_> = (0..count).map(|_| monster(None)).collect();
    let list = builder.create_vector(&monsters);
    let args =
        MonsterArgs { name: Some(name), testarrayoftables: Some(list), ..Default::default() };
    let root = Monster::create(&mut builder, &args);
    builder.finish(root, Some(MONSTER_IDENTIFIER));
    builder.finished_data().to_vec()
}

#[test]
fn the_work_is_bounded_however_buffers_are_shared() {
    let long = Some(vec!["x".repeat(10_000)]);
    let inner = pack(&monster("inner", |inner| inner.testarrayofstring = long));
    assert!(view(&sharing(10, &inner)).is_ok());
    let error = view(&sharing(40, &inner)).unwrap_err().to_string();
    assert!(error.contains("budget"), "{error}");
    // Each of a few levels holds the one below it many times.
    let (mut bytes, mut levels) = (inner, 0);
    while levels < 5 && view(&bytes).is_ok() {
        bytes = sharing(4, &bytes);
        levels += 1;
    }
    assert!(view(&bytes).is_err());
}

#[test]
fn buffers_nested_in_one_another_take_no_stack() {
    let (mut bytes, mut depth) = (pack(&inner()), 0);
    while depth < 100 && view(&bytes).is_ok() {
        bytes = pack(&holding(bytes));
        depth += 1;
    }
    assert!((17..100).contains(&depth), "{depth}");
    for _ in 0..300 {
        bytes = pack(&holding(bytes));
    }
    let error = view(&bytes).unwrap_err().to_string();
    assert!(error.contains("budget"), "{error}");
}
