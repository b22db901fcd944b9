//! Every type that FlatBuffers can hold, in two records; the shared language of the interop tests.
//!
//! `fbs/creature.fbs` and `fbs/everything.fbs` are what the derives say of them, and `generated/` what flatc made of
//! those.

use storage::{StoredRecord, StoredType};

/// An enum without data, stored as a `u8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, StoredType)]
#[store(codec = "flatbuffers")]
pub enum Color {
    #[default]
    /// 0.
    Red,
    /// 1.
    Green,
    /// 2.
    Blue,
}

/// An enum that is stored as an `i16`, without the number 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, StoredType)]
#[store(codec = "flatbuffers")]
#[repr(i16)]
pub enum Level {
    /// Above ground.
    Roof = 300,
    /// Below ground.
    Cellar = -2,
    /// At ground.
    Hall = 1,
}

/// A struct of fixed width.
#[derive(Clone, Copy, Debug, PartialEq, Default, StoredType)]
#[store(codec = "flatbuffers", fixed)]
pub struct Vec3 {
    /// Eastwards.
    pub x: f32,
    /// Northwards.
    pub y: f32,
    /// Upwards.
    pub z: f32,
}

/// A struct of fixed width with padding, an enum, an array and another struct inside.
#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
pub struct Packed {
    /// One byte, then padding.
    pub kind: u8,
    /// Aligned to eight bytes.
    pub serial: u64,
    /// An enum.
    pub color: Color,
    /// An array.
    pub code: [u16; 3],
    /// A struct.
    pub at: Vec3,
    /// A truth value.
    pub live: bool,
}

/// A table in a table.
#[derive(Clone, Debug, PartialEq, Eq, Default, StoredType)]
#[store(codec = "flatbuffers")]
pub struct Weapon {
    /// What it is called.
    pub name: String,
    /// How much it hurts.
    pub damage: i16,
}

/// An enum with data: a union.
#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
pub enum Action {
    /// Without data.
    Idle,
    /// With fields.
    Move {
        /// Whereto.
        to: Vec3,
        /// How fast.
        speed: f32,
    },
    /// With a table.
    Attack(Weapon),
}

/// A table that contains itself.
#[derive(Clone, Debug, PartialEq, Eq, Default, StoredType)]
#[store(codec = "flatbuffers")]
pub struct Node {
    /// A number.
    pub value: u32,
    /// One of its kind.
    pub next: Option<Box<Node>>,
    /// Some of its kind.
    pub kids: Vec<Node>,
}

/// A record with the fields that records have.
#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "creatures", file_identifier = "CREA")]
#[store(index(name = "by_name_level", fields(name, level)))]
pub struct Creature {
    /// Its number.
    #[store(key)]
    pub id: u64,
    /// Health.
    #[store(index)]
    pub hp: i16,
    /// A number whose default is not 0.
    #[store(default = 150)]
    pub mana: i16,
    /// Text.
    #[store(unique)]
    pub name: String,
    /// A truth value.
    pub boss: bool,
    /// Text that may be missing.
    pub title: Option<String>,
    /// A number that may be missing.
    pub level: Option<u32>,
    /// An enum.
    pub color: Color,
    /// An enum that may be missing.
    pub alt_color: Option<Color>,
    /// A struct.
    pub pos: Vec3,
    /// A struct that may be missing.
    pub home: Option<Vec3>,
    /// Numbers.
    pub scores: Vec<i32>,
    /// Texts.
    #[store(index)]
    pub tags: Vec<String>,
    /// A table.
    pub weapon: Weapon,
    /// A table that may be missing.
    pub spare: Option<Weapon>,
    /// Tables.
    pub inventory: Vec<Weapon>,
    /// Bytes.
    pub blob: Vec<u8>,
    /// An array.
    pub uuid: [u8; 16],
    /// A union.
    pub action: Action,
}

/// The macro does not see through it, and need not.
pub type Gold = u32;

/// A record with everything else; the ids are given, and one field was removed.
#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "everything")]
#[store(removed(id = 9, name = "old", ty = "Option<u64>"))]
#[expect(missing_docs, reason = "the types say it")]
pub struct Everything {
    #[store(key, id = 1)]
    pub key: String,
    #[store(id = 0)]
    pub tiny: i8,
    #[store(id = 2)]
    pub small: u16,
    #[store(id = 3)]
    pub large: i64,
    #[store(id = 4)]
    pub single: f32,
    #[store(id = 5, default = 0.5)]
    pub double: f64,
    #[store(id = 6)]
    pub gold: Gold,
    #[store(id = 7)]
    pub maybe_gold: Option<Gold>,
    #[store(id = 8, default = true)]
    pub yes: bool,
    #[store(id = 10)]
    pub maybe_bool: Option<bool>,
    #[store(id = 11)]
    pub maybe_double: Option<f64>,
    #[store(id = 12)]
    pub maybe_texts: Option<Vec<String>>,
    #[store(id = 13)]
    pub maybe_bytes: Option<Vec<u8>>,
    #[store(id = 14)]
    pub maybe_action: Option<Action>,
    #[store(id = 16)]
    pub points: Vec<Vec3>,
    #[store(id = 17)]
    pub colors: Vec<Color>,
    #[store(id = 18)]
    pub flags: Vec<bool>,
    #[store(id = 19)]
    pub triples: Vec<[u16; 3]>,
    #[store(id = 20)]
    pub maybe_pair: Option<[f64; 2]>,
    #[store(id = 21)]
    pub doubles: Vec<f64>,
    #[store(id = 22)]
    pub tree: Node,
    #[store(id = 23)]
    pub level: Level,
    #[store(id = 24, default = Level::Roof)]
    pub roof: Level,
    #[store(id = 25)]
    pub maybe_level: Option<Level>,
    #[store(id = 26, default = Color::Blue)]
    pub blue: Color,
    #[store(id = 27)]
    pub packed: Packed,
    #[store(id = 28)]
    pub many_packed: Vec<Packed>,
    #[store(id = 29)]
    pub palette: [Color; 3],
    #[store(id = 30)]
    pub corners: [Vec3; 2],
    #[store(id = 31)]
    pub boxed: Box<Weapon>,
    #[store(id = 32)]
    pub longs: Vec<i64>,
    #[store(id = 33)]
    pub r#type: u8,
}

/// A creature with every field set.
#[must_use]
pub fn orc() -> Creature {
    Creature {
        id: 7,
        hp: 80,
        mana: 150,
        name: "Orc".into(),
        boss: true,
        title: Some("Sir".into()),
        level: Some(0),
        color: Color::Blue,
        alt_color: Some(Color::Red),
        pos: Vec3 { x: 1.0, y: 2.0, z: -3.5 },
        home: Some(Vec3::default()),
        scores: vec![1, -2, 3],
        tags: vec!["fire".into(), "ünïcode".into()],
        weapon: Weapon { name: "axe".into(), damage: 9 },
        spare: Some(Weapon::default()),
        inventory: vec![
            Weapon { name: "bow".into(), damage: 3 },
            Weapon { name: "fork".into(), damage: 0 },
            Weapon { name: "spoon".into(), damage: 1 },
        ],
        blob: vec![0, 255, 7],
        uuid: *b"0123456789abcdef",
        action: Action::Move { to: Vec3 { x: 9.0, y: 8.0, z: 7.0 }, speed: 0.5 },
    }
}

/// A creature with as little as there can be.
#[must_use]
pub fn imp() -> Creature {
    Creature {
        id: 0,
        hp: 0,
        mana: 0,
        name: String::new(),
        boss: false,
        title: None,
        level: None,
        color: Color::Red,
        alt_color: None,
        pos: Vec3::default(),
        home: None,
        scores: vec![],
        tags: vec![],
        weapon: Weapon::default(),
        spare: None,
        inventory: vec![],
        blob: vec![],
        uuid: [0; 16],
        action: Action::Idle,
    }
}

/// Everything, with every field set.
#[must_use]
pub fn full() -> Everything {
    let packed = Packed {
        kind: 1,
        serial: u64::MAX,
        color: Color::Green,
        code: [1, 2, 65_535],
        at: Vec3 { x: 0.25, y: -1.0, z: 1e9 },
        live: true,
    };
    let leaf = Node { value: 3, ..Node::default() };
    Everything {
        key: "full".into(),
        tiny: -1,
        small: 65_535,
        large: i64::MIN,
        single: f32::MAX,
        double: -1.5,
        gold: 5,
        maybe_gold: Some(0),
        yes: false,
        maybe_bool: Some(false),
        maybe_double: Some(0.0),
        maybe_texts: Some(vec!["a".into(), String::new()]),
        maybe_bytes: Some(vec![]),
        maybe_action: Some(Action::Attack(Weapon { name: "w".into(), damage: -1 })),
        points: vec![Vec3 { x: 1.0, y: 2.0, z: 3.0 }; 3],
        colors: vec![Color::Blue, Color::Red],
        flags: vec![true, false, true],
        triples: vec![[1, 2, 3], [4, 5, 6]],
        maybe_pair: Some([1.5, -2.5]),
        doubles: vec![0.125, -4.0],
        tree: Node { value: 1, next: Some(Box::new(leaf.clone())), kids: vec![leaf.clone(), leaf] },
        level: Level::Cellar,
        roof: Level::Hall,
        maybe_level: Some(Level::Roof),
        blue: Color::Red,
        many_packed: vec![packed.clone(), Packed { kind: 9, live: false, ..packed.clone() }],
        packed,
        palette: [Color::Blue, Color::Green, Color::Red],
        corners: [Vec3 { x: 1.0, y: 1.0, z: 1.0 }, Vec3::default()],
        boxed: Box::new(Weapon { name: "boxed".into(), damage: 1 }),
        longs: vec![1, -1],
        r#type: 200,
    }
}

/// Everything, with as little as there can be.
#[must_use]
pub fn empty() -> Everything {
    Everything {
        key: String::new(),
        tiny: 0,
        small: 0,
        large: 0,
        single: 0.0,
        double: 0.5,
        gold: 0,
        maybe_gold: None,
        yes: true,
        maybe_bool: None,
        maybe_double: None,
        maybe_texts: None,
        maybe_bytes: None,
        maybe_action: None,
        points: vec![],
        colors: vec![],
        flags: vec![],
        triples: vec![],
        maybe_pair: None,
        doubles: vec![],
        tree: Node::default(),
        level: Level::Cellar,
        roof: Level::Roof,
        maybe_level: None,
        blue: Color::Blue,
        many_packed: vec![],
        packed: Packed {
            kind: 0,
            serial: 0,
            color: Color::Red,
            code: [0; 3],
            at: Vec3::default(),
            live: false,
        },
        palette: [Color::Red; 3],
        corners: [Vec3::default(); 2],
        boxed: Box::default(),
        longs: vec![],
        r#type: 0,
    }
}

/// Creatures that differ in what is there.
#[must_use]
pub fn creatures() -> Vec<Creature> {
    let attack = Action::Attack(Weapon { name: "claw".into(), damage: i16::MIN });
    vec![
        orc(),
        imp(),
        Creature { id: 8, name: "Half".into(), level: None, home: None, action: attack, ..orc() },
        Creature { id: 9, name: "Idle".into(), action: Action::Idle, spare: None, ..orc() },
    ]
}
