//! Names are not ASCII.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "größen")]
#[store(index(name = "nach_größe", fields(größe)))]
struct Maß {
    #[store(key)]
    schlüssel: u64,
    #[store(index)]
    größe: Größe,
}

#[derive(Debug, Archive, Serialize, Deserialize, storage::StoredType, storage::StoredKey)]
enum Größe {
    Kürzer,
    Länger,
}

#[test]
fn works() {
    for größe in [Größe::Kürzer, Größe::Länger] {
        crate::keep(&Maß { schlüssel: 7, größe });
    }
    let _ = (Maß::FIELDS.größe, Maß::INDEXES.nach_größe);
}
