//! A type that stands in records of both codecs.

use ::rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};
use tests::Scratch;

#[derive(Clone, Debug, Default, PartialEq, Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv, flatbuffers")]
struct Address {
    street: String,
    city: String,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv, flatbuffers", fixed)]
struct Point {
    x: f32,
    y: f64,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "people")]
struct Person {
    #[store(key)]
    id: u64,
    address: Address,
    point: Point,
}

#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "shops")]
struct Shop {
    #[store(key)]
    id: u64,
    address: Address,
    point: Point,
}

#[test]
fn a_type_of_both_codecs_is_found_at_its_place_in_each() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let address = Address { street: "Long street".into(), city: "Ulm".into() };
    let point = Point { x: 1.5, y: -2.5 };
    let people = Person::table(&storage).unwrap();
    people.put(&Person { id: 1, address: address.clone(), point: point.clone() }).unwrap();
    let shops = Shop::table(&storage).unwrap();
    shops.put(&Shop { id: 1, address: address.clone(), point: point.clone() }).unwrap();
    let (p, s) = (Person::FIELDS, Shop::FIELDS);
    let expected = Some(("Ulm".to_owned(), 1.5, -2.5));
    assert_eq!(people.project(1, (p.address.city, p.point.x, p.point.y)).unwrap(), expected);
    assert_eq!(shops.project(1, (s.address.city, s.point.x, s.point.y)).unwrap(), expected);
    assert_eq!(shops.project(1, (s.address, s.point)).unwrap(), Some((address, point)));
}
