//! Types as other crates have them: without rkyv's derives, and without this crate's.

use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    net::IpAddr,
    str::FromStr,
};

/// A document with everything that serde has words for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Everything {
    pub unit: (),
    pub numbers: (u8, i64, u128, i128, f32, f64),
    pub letter: char,
    pub text: String,
    pub maybe: Option<Box<Everything>>,
    pub list: Vec<Choice>,
    pub names: BTreeMap<String, u32>,
    pub counts: HashMap<u16, Vec<u8>>,
    pub address: IpAddr,
    #[serde(flatten)]
    pub rest: BTreeMap<String, serde_json::Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Choice {
    Nothing,
    Wrapped(String),
    Pair(u8, u8),
    Named { left: i32, right: Option<i32> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Tagged {
    Circle { radius: f64 },
    Group { parts: Vec<Tagged> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Untagged {
    Number(u64),
    Text(String),
    List(Vec<Untagged>),
}

impl Everything {
    pub fn empty() -> Self {
        Self {
            unit: (),
            numbers: (0, 0, 0, 0, 0.0, 0.0),
            letter: '\0',
            text: String::new(),
            maybe: None,
            list: Vec::new(),
            names: BTreeMap::new(),
            counts: HashMap::new(),
            address: IpAddr::from([0, 0, 0, 0]),
            rest: BTreeMap::new(),
        }
    }

    pub fn full() -> Self {
        Self {
            unit: (),
            numbers: (u8::MAX, i64::MIN, u128::MAX, i128::MIN, f32::MIN_POSITIVE / 2.0, -0.0),
            letter: char::MAX,
            text: "x".repeat(70_000),
            maybe: Some(Box::new(Self { text: "ü\0".into(), ..Self::empty() })),
            list: vec![
                Choice::Nothing,
                Choice::Wrapped("wrapped".into()),
                Choice::Pair(1, 2),
                Choice::Named { left: i32::MIN, right: None },
            ],
            names: (0..1000).map(|number| (format!("name {number}"), number)).collect(),
            counts: (0..20).map(|number| (number, vec![7; usize::from(number)])).collect(),
            address: IpAddr::from([u16::MAX; 8]),
            rest: [("extra".into(), serde_json::json!({"a": [1, -2.5, null, "b"]}))].into(),
        }
    }
}

/// A number that is printed as hexadecimal digits; it has no text beyond a million.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Hex(pub u32);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 1_000_000 { Err(fmt::Error) } else { write!(f, "{:x}", self.0) }
    }
}

impl FromStr for Hex {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u32::from_str_radix(text, 16).map(Self)
    }
}
