//! The value types of the quickstart: one for each codec, neither of them a record; and the monster of flatc's tests.

pub use crate::generated::monster::{Monster, MonsterArgs, MonsterT};
use crate::generated::monster_test::my_game::example;
use flatbuffers::{FlatBufferBuilder, WIPOffset};
use rkyv::{Archive, Deserialize, Serialize};
use storage::codec::NestedBuffers;

/// A value of an `RkyvTable`: rkyv's derives are all it needs.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize)]
#[rkyv(derive(Debug))]
pub struct RkyvData {
    /// A number.
    pub id: u64,
    /// A name.
    pub name: String,
    /// What the quickstart scans by.
    pub value: f64,
}

/// Writes a monster into `builder`, for `FlatbuffersTable::put_with`.
pub fn create_monster<'a>(
    builder: &mut FlatBufferBuilder<'a>,
    hp: i16,
    mana: i16,
    name: &str,
) -> WIPOffset<Monster<'a>> {
    let name = Some(builder.create_string(name));
    Monster::create(builder, &MonsterArgs { hp, mana, name })
}

// One line makes a type of flatc a value of `FlatbuffersTable`, in the crate that holds the type.

// SAFETY: no field in `fbs/monster.fbs` has `nested_flatbuffer`.
storage::flatbuffers_type!(unsafe Monster, owned = MonsterT);

// SAFETY: in `fbs/google/monster_test.fbs` the two fields of a monster that `push_nested` pushes have
// `nested_flatbuffer`, as monsters, and no others have. It follows every field of a monster that leads to monsters.
storage::flatbuffers_type!(
    unsafe example::Monster,
    owned = example::MonsterT,
    file_identifier = example::MONSTER_IDENTIFIER,
    nested = push_nested,
);

/// Pushes the buffers that are nested in a monster and in the monsters it leads to.
fn push_nested<'a>(monster: example::Monster<'a>, nested: &mut NestedBuffers<'a>) {
    for (field, bytes) in [
        ("testnestedflatbuffer", monster.testnestedflatbuffer()),
        ("testrequirednestedflatbuffer", monster.testrequirednestedflatbuffer()),
    ] {
        if let Some(bytes) = bytes {
            nested.push::<example::Monster<'static>>(field, bytes.bytes());
        }
    }
    let others = [
        monster.enemy(),
        monster.test_as_monster(),
        monster.any_unique_as_m(),
        monster.any_ambiguous_as_m1(),
        monster.any_ambiguous_as_m2(),
        monster.any_ambiguous_as_m3(),
    ];
    let listed = monster.testarrayoftables().into_iter().flatten();
    others.into_iter().flatten().chain(listed).for_each(|other| push_nested(other, nested));
}
