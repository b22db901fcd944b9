//! The fields of a record are of types that are called as those that the derives make for it.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredKey, StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredType, StoredKey, Clone, Debug)]
struct CityFields(u8);

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct CityIndexes {
    number: u32,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "cities")]
struct City {
    #[store(key)]
    id: u64,
    #[store(index)]
    fields: CityFields,
    indexes: Option<CityIndexes>,
}

#[derive(StoredType, StoredKey, Clone, Debug)]
#[store(codec = "flatbuffers")]
struct TownFields(u8);

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct TownIndexes {
    number: u32,
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum TownView {
    Nothing,
    Wide { view: Box<TownIndexes> },
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "towns")]
struct Town {
    #[store(key)]
    id: u64,
    #[store(index)]
    fields: TownFields,
    indexes: Option<TownIndexes>,
    views: Vec<TownView>,
}

#[test]
fn works() {
    crate::keep(&City { id: 7, fields: CityFields(1), indexes: Some(CityIndexes { number: 2 }) });
    let wide = TownView::Wide { view: Box::new(TownIndexes { number: 1 }) };
    let views = vec![TownView::Nothing, wide];
    crate::keep(&Town { id: 7, fields: TownFields(1), indexes: None, views });
}
