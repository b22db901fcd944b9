//! The bytes and the schemas of derived types against flatc's own Rust code, made of those schemas.

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use schemas::{
    generated::{creature as flatc_creature, everything as flatc_everything},
    matrix::{Action, Creature, Everything, Weapon, creatures, empty, full, imp, orc},
};
use std::{fs, path::Path};
use tests::flat::{decode, encode, view};

fn finish<T>(
    identifier: Option<&str>,
    pack: impl FnOnce(&mut FlatBufferBuilder<'static>) -> WIPOffset<T>,
) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let root = pack(&mut builder);
    builder.finish(root, identifier);
    builder.finished_data().to_vec()
}

/// flatc reads `bytes` into its own type and writes that.
fn repacked_creature(bytes: &[u8]) -> Vec<u8> {
    let object = flatc_creature::root_as_creature(bytes).unwrap().unpack();
    finish(Some(flatc_creature::CREATURE_IDENTIFIER), |builder| object.pack(builder))
}

fn repacked_everything(bytes: &[u8]) -> Vec<u8> {
    let object = flatc_everything::root_as_everything(bytes).unwrap().unpack();
    finish(None, |builder| object.pack(builder))
}

#[test]
fn the_bytes_are_those_that_flatc_packs() {
    for creature in creatures() {
        let bytes = encode(&creature);
        assert!(flatc_creature::creature_buffer_has_identifier(&bytes));
        assert_eq!(repacked_creature(&bytes), bytes, "{creature:?}");
    }
    for everything in [full(), empty()] {
        let bytes = encode(&everything);
        assert_eq!(repacked_everything(&bytes), bytes, "{everything:?}");
    }
}

#[test]
fn the_values_are_those_that_flatc_reads() {
    let bytes = encode(&orc());
    let flatc = flatc_creature::root_as_creature(&bytes).unwrap();
    assert_eq!((flatc.id(), flatc.hp(), flatc.mana(), flatc.name()), (7, 80, 150, "Orc"));
    assert_eq!((flatc.title(), flatc.level(), flatc.color().0), (Some("Sir"), Some(0), 2));
    assert_eq!(
        (flatc.pos().y(), flatc.home().map(schemas::generated::creature::Vec3::x)),
        (2.0, Some(0.0))
    );
    assert_eq!(flatc.inventory().unwrap().get(1).name(), "fork");
    assert_eq!(flatc.action_as_move().unwrap().to().z(), 7.0);
    assert_eq!(flatc.uuid().v().get(15), b'f');
    let bytes = encode(&full());
    let flatc = flatc_everything::root_as_everything(&bytes).unwrap();
    assert_eq!((flatc.level().0, flatc.roof().0, flatc.maybe_level().unwrap().0), (-2, 1, 300));
    assert_eq!((flatc.packed().serial(), flatc.packed().code().get(2)), (u64::MAX, 65_535));
    assert_eq!(flatc.many_packed().unwrap().get(1).kind(), 9);
    assert_eq!(flatc.tree().kids().unwrap().get(1).value(), 3);
    assert_eq!((flatc.maybe_bytes().unwrap().len(), flatc.type_()), (0, 200));
}

#[test]
fn tables_of_flatc_are_read_as_records() {
    let mut weapon = flatc_creature::WeaponT::default();
    weapon.name = "axe".to_owned();
    weapon.damage = 9;
    let mut object = flatc_creature::CreatureT::default();
    object.id = 5;
    object.name = "made by flatc".to_owned();
    *object.weapon = weapon;
    object.action = flatc_creature::ActionT::Idle(Box::default());
    let bytes = finish(Some("CREA"), |builder| object.pack(builder));
    let creature: Creature = decode(&bytes);
    assert_eq!((creature.id, creature.mana, creature.name.as_str()), (5, 150, "made by flatc"));
    assert_eq!(creature.weapon, Weapon { name: "axe".into(), damage: 9 });
    // Lists that are not there are empty.
    assert_eq!(
        (creature.tags, creature.inventory, creature.action),
        (vec![], vec![], Action::Idle)
    );
}

/// flatc compares with `==`, and `-0.0 == 0.0`: its sign would be lost.
#[test]
fn minus_zero_keeps_its_sign() {
    let action = Action::Move { to: schemas::matrix::Vec3::default(), speed: -0.0 };
    let bytes = encode(&Creature { action, ..imp() });
    let Action::Move { speed, .. } = decode::<Creature>(&bytes).action else { panic!() };
    assert!(speed.is_sign_negative());
    assert_ne!(
        repacked_creature(&bytes),
        bytes,
        "flatc keeps the sign now: say so in the documentation"
    );
    let bytes = encode(&Everything { single: -0.0, maybe_double: Some(-0.0), ..empty() });
    let view = view::<Everything>(&bytes);
    assert!(view.single().is_sign_negative());
    assert!(view.maybe_double().unwrap().is_sign_negative());
}

#[test]
fn the_schemas_beside_the_generated_code_are_the_emitted_ones() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/fbs");
    for (file, text) in [("creature.fbs", Creature::fbs()), ("everything.fbs", Everything::fbs())] {
        let kept = fs::read_to_string(folder.join(file)).unwrap();
        assert_eq!(
            kept, text,
            "run `cargo run -p examples --example fbs -- schemas/fbs` and flatc"
        );
    }
}
