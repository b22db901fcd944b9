//! A record of twelve fields and some 150 bytes: what the cost of the FlatBuffers codec is measured on.

use storage::StoredRecord;

/// A player of some game.
#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "players")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Player {
    #[store(key)]
    pub id: u64,
    pub hp: i16,
    pub mana: i16,
    pub level: u32,
    pub experience: u64,
    pub gold: f64,
    pub active: bool,
    pub kind: u8,
    pub name: String,
    pub guild: Option<String>,
    pub position: [f32; 3],
    pub badges: Vec<u32>,
}

/// The player number `id`; every field differs from its default.
#[must_use]
pub fn player(id: u32) -> Player {
    let mixed = id.wrapping_mul(2_654_435_761) | 1;
    let small = i16::from_le_bytes([mixed.to_le_bytes()[0], 1]);
    Player {
        id: u64::from(id).saturating_add(1),
        hp: small,
        mana: small,
        level: 1 | (mixed % 100),
        experience: u64::from(mixed),
        gold: f64::from(mixed) + 0.5,
        active: true,
        kind: mixed.to_le_bytes()[0] | 1,
        name: format!("player-{:05}", mixed % 100_000),
        guild: Some(format!("guild-{:03}", mixed % 1000)),
        position: [1.0, 2.0, 3.5],
        badges: vec![1, 2, mixed],
    }
}
