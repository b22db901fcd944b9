//! Public structs have private fields of private types.

#![deny(private_bounds, private_interfaces)]

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_both", fields(level, id)))]
pub struct User {
    #[store(key)]
    pub id: u64,
    #[store(index)]
    level: Level,
    home: Home,
    pub name: String,
}

#[derive(Debug, Archive, Serialize, Deserialize, storage::StoredType, storage::StoredKey)]
pub enum Level {
    Low,
    High,
}

#[derive(Archive, Serialize, Deserialize, storage::StoredType)]
#[store(codec = "rkyv")]
struct Home {
    town: Town,
}

#[derive(Archive, Serialize, Deserialize, storage::StoredType)]
struct Town(u16);

#[derive(Debug, storage::StoredKey)]
pub struct Slot {
    room: Room,
    hour: u8,
}

#[derive(Debug, storage::StoredKey)]
struct Room(u8);

#[test]
fn works() {
    for level in [Level::Low, Level::High] {
        let home = Home { town: Town(7) };
        crate::keep(&User { id: 7, level, home, name: "Ada".to_owned() });
    }
    let _ = User::FIELDS.home.town;
    crate::is_key(&Slot { room: Room(1), hour: 1 }, &Slot { room: Room(1), hour: 2 });
}
