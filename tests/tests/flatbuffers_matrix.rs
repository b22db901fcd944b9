//! Every type that FlatBuffers can hold: written, read in place, owned again; through tables like any record.

use schemas::matrix::{
    Action, Color, Creature, Everything, Level, Node, Vec3, Weapon, creatures, empty, full, imp,
    orc,
};
use storage::{Predicate as _, StoredRecord as _, schema::Description};
use tests::{
    Scratch,
    flat::{decode, encode, view},
};

#[test]
fn what_was_written_is_read() {
    for creature in creatures() {
        assert_eq!(decode::<Creature>(&encode(&creature)), creature);
    }
    for everything in [full(), empty()] {
        assert_eq!(decode::<Everything>(&encode(&everything)), everything);
    }
}

#[test]
fn a_view_reads_every_field_where_it_lies() {
    let orc = orc();
    let bytes = encode(&orc);
    let view = view::<Creature>(&bytes);
    assert_eq!((view.id(), view.hp(), view.mana(), view.boss()), (7, 80, 150, true));
    assert_eq!((view.name(), view.title(), view.level()), ("Orc", Some("Sir"), Some(0)));
    assert!(bytes.as_ptr_range().contains(&view.name().as_ptr()));
    assert_eq!((view.color(), view.alt_color()), (Color::Blue, Some(Color::Red)));
    assert_eq!((view.pos(), view.home()), (orc.pos, orc.home));
    assert_eq!(view.scores().iter().collect::<Vec<_>>(), [1, -2, 3]);
    assert_eq!(view.scores().iter().next_back(), Some(3));
    assert_eq!((view.tags().get(1), view.tags().get(2)), (Some("ünïcode"), None));
    assert_eq!((view.weapon().name(), view.weapon().damage()), ("axe", 9));
    assert_eq!(view.spare().map(|weapon| weapon.name()), Some(""));
    let inventory: Vec<_> = view.inventory().iter().map(|w| (w.name(), w.damage())).collect();
    assert_eq!(inventory, [("bow", 3), ("fork", 0), ("spoon", 1)]);
    assert_eq!((view.blob().as_bytes(), view.blob().len()), (&[0, 255, 7][..], 3));
    assert_eq!(view.uuid(), orc.uuid);
    let text = format!("{:?}", view.action());
    assert_eq!(text, "Move { to: Vec3 { x: 9.0, y: 8.0, z: 7.0 }, speed: 0.5 }");
    let copy = view;
    assert!(
        format!("{copy:?}").contains("inventory: [Weapon { name: \"bow\", damage: 3 }"),
        "{copy:?}"
    );
}

#[test]
fn a_value_is_read_at_every_address() {
    let bytes = encode(&full());
    for offset in 0..16 {
        let mut shifted = vec![0; offset];
        shifted.extend_from_slice(&bytes);
        assert_eq!(decode::<Everything>(&shifted[offset..]), full());
    }
}

#[test]
fn some_zero_is_there_and_a_default_is_not() {
    let none = encode(&imp());
    let zero = encode(&Creature { level: Some(0), ..imp() });
    assert!(zero.len() > none.len());
    assert_eq!((decode::<Creature>(&none).level, decode::<Creature>(&zero).level), (None, Some(0)));
    // The default of `mana` is 150, so 150 is left out and 0 is written.
    let default = encode(&Creature { mana: 150, ..imp() });
    let is_150 = |pair: &[u8]| pair == 150_i16.to_le_bytes();
    assert!(!default.windows(2).any(is_150));
    assert!(encode(&Creature { hp: 150, ..imp() }).windows(2).any(is_150));
    assert_eq!((view::<Creature>(&default).mana(), view::<Creature>(&none).mana()), (150, 0));
    let bytes = encode(&empty());
    let everything = view::<Everything>(&bytes);
    assert_eq!(
        (everything.double(), everything.yes(), everything.roof()),
        (0.5, true, Level::Roof)
    );
}

#[test]
fn records_go_through_a_table_like_any_other() {
    let scratch = Scratch::new();
    let table = Creature::table(&scratch.open()).unwrap();
    let all = creatures();
    assert_eq!(table.put_stream(all.clone()).unwrap(), 4);
    assert_eq!(table.load(7).unwrap(), Some(orc()));
    assert_eq!(table.get(8, |view| view.name().to_owned()).unwrap().as_deref(), Some("Half"));
    let held = table.view(7).unwrap().unwrap();
    assert_eq!((held.view().hp(), held.load().unwrap()), (80, orc()));
    let a = Creature::FIELDS;
    let row = table.project(7, (a.name, a.level, a.mana, a.tags, a.color)).unwrap().unwrap();
    let tags = vec!["fire".to_owned(), "ünïcode".to_owned()];
    assert_eq!(row, ("Orc".to_owned(), Some(0), 150, tags, Color::Blue));
    assert_eq!(
        table.project(7, (a.weapon.name, a.pos.z, a.uuid)).unwrap(),
        Some(("axe".into(), -3.5, orc().uuid))
    );
    assert_eq!(table.project(8, a.action).unwrap(), Some(all[2].action.clone()));
    assert_eq!(table.project(0, (a.title, a.home, a.spare)).unwrap(), Some((None, None, None)));
    let by_hp = table.by(Creature::INDEXES.hp);
    assert_eq!(by_hp.count(80).unwrap(), 3);
    let hit = table.by(Creature::INDEXES.name).get("Idle", |view| view.id()).unwrap();
    assert_eq!(hit, Some(9));
    assert_eq!(table.verify().unwrap(), []);
    assert!(table.delete(7).unwrap());
    assert_eq!(table.len().unwrap(), 3);
}

#[test]
fn fields_of_nested_structs_are_filtered_by() {
    let scratch = Scratch::new();
    let table = Creature::table(&scratch.open()).unwrap();
    table.put_stream(creatures()).unwrap();
    let a = Creature::FIELDS;
    let names: Vec<String> = table
        .iter()
        .unwrap()
        .filter(a.weapon.damage.gt(0_i16).and(a.pos.x.eq(1.0_f32)).and(a.level.is_none()))
        .select(a.name)
        .collect::<storage::Result<_>>()
        .unwrap();
    assert_eq!(names, ["Half"]);
}

#[test]
fn a_type_that_is_no_record_is_a_value() {
    let scratch = Scratch::new();
    let table = scratch.open().new_flatbuffers_table::<u64, Node>("nodes");
    let node = full().tree;
    table.put(1, &node).unwrap();
    assert_eq!(table.get(1, |view| view.kids().len()).unwrap(), Some(2));
    assert_eq!(table.load(1).unwrap(), Some(node));
}

#[test]
fn the_schema_says_what_other_languages_need() {
    let text = Creature::fbs();
    for line in [
        "enum Color : ubyte {\n  Red = 0,\n  Green = 1,\n  Blue = 2,\n}",
        "struct Vec3 {\n  x:float;\n  y:float;\n  z:float;\n}",
        "struct U8x16 {\n  v:[ubyte:16];\n}",
        "  mana:short = 150 (id: 2);",
        "  level:uint = null (id: 6);",
        "  alt_color:Color = null (id: 8);",
        "  weapon:Weapon (id: 13, required);",
        "  action:Action (id: 19, required);",
        "union Action {\n  Idle:ActionIdle,\n  Move:ActionMove,\n  Attack:Weapon,\n}",
        "root_type Creature;\nfile_identifier \"CREA\";",
    ] {
        assert!(text.contains(line), "{line}\nis not in\n{text}");
    }
    let text = Everything::fbs();
    for line in [
        "  old:ulong (id: 9, deprecated);",
        "  level:Level = Cellar (id: 23);",
        "enum Level : short {\n  Cellar = -2,\n  Hall = 1,\n  Roof = 300,\n}",
        "  roof:Level = Roof (id: 24);",
        "  double:double = 0.5 (id: 5);",
        "  code:[ushort:3];",
        "  maybe_texts:[string] (id: 12);",
        "  type:ubyte (id: 33);",
    ] {
        assert!(text.contains(line), "{line}\nis not in\n{text}");
    }
}

/// What decides how the bytes are read is in the catalogue: another id, default or identifier is another schema.
#[test]
fn the_catalogue_knows_ids_defaults_and_the_file_identifier() {
    let creature = Description::of_record(Creature::SCHEMA, [], "flatbuffers");
    let everything = Description::of_record(Everything::SCHEMA, [], "flatbuffers");
    let text = format!("{}{}", creature.text(), everything.text());
    for line in [
        "file identifier = CREA",
        "field mana = i16, id 2, default 150",
        "field title = option<string>, id 5, optional",
        "field action = Action, id 18, required",
        "union Action variant Attack field 0 = Weapon",
        "union Action variant Move field speed = f32, id 1",
        "struct Packed field code = [u16; 3]",
        "enum Level = i16",
        "enum Level variant Cellar = -2",
        "field level = Level, id 23, default Cellar",
        "field old = option<u64>, id 9, removed",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\nis not in\n{text}");
    }
}

#[test]
fn what_is_in_an_action_is_matched() {
    let bytes = encode(&Creature {
        action: Action::Attack(Weapon { name: "w".into(), damage: 2 }),
        ..imp()
    });
    let text = format!("{:?}", view::<Creature>(&bytes).action());
    assert_eq!(text, "Attack(Weapon { name: \"w\", damage: 2 })");
    assert_eq!(Vec3::default(), decode::<Creature>(&bytes).pos);
}
