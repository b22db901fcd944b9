//! The value types of the quickstart: one for each codec, neither of them a record.

pub use crate::generated::monster::{Monster, MonsterArgs, MonsterT};
use crate::generated::monster_test::my_game::example;
use flatbuffers::{FlatBufferBuilder, WIPOffset};
use rkyv::{Archive, Deserialize, Serialize};

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
storage::flatbuffers_type!(Monster, owned = MonsterT);
storage::flatbuffers_type!(
    example::Monster,
    owned = example::MonsterT,
    file_identifier = example::MONSTER_IDENTIFIER
);
