//! Traps that FlatBuffers writers and readers are known to fall into, and how this one does not.

use schemas::matrix::{Action, Color, Creature, Everything, Node, Weapon, empty, full, imp, orc};
use std::time::Instant;
use storage::{Codec, StoredRecord as _, codec::Flatbuffers, error::EncodeError};
use tests::{
    Scratch,
    flat::{decode, encode, try_view},
};

fn chain(depth: usize) -> Node {
    (0..depth)
        .fold(Node::default(), |next, _| Node { next: Some(Box::new(next)), ..Node::default() })
}

/// A builder that is reset after an error keeps the fields of the table that was open.
#[test]
fn a_value_that_was_given_up_leaves_nothing_behind() {
    let mut bytes = Vec::new();
    let fresh = encode(&imp());
    let too_deep = Everything { tree: chain(200), ..full() };
    for _ in 0..3 {
        let error = <Flatbuffers as Codec<Everything>>::encode(&too_deep, &mut bytes).unwrap_err();
        assert!(
            matches!(&error, EncodeError::Refused { detail } if detail.contains("64 levels")),
            "{error}"
        );
        assert_eq!(encode(&imp()), fresh);
    }
}

/// What the reader would refuse is refused when it is written.
#[test]
fn nesting_ends_where_the_reader_ends() {
    // The record is the first level.
    let deepest = Everything { tree: chain(62), ..empty() };
    assert_eq!(decode::<Everything>(&encode(&deepest)), deepest);
    let scratch = Scratch::new();
    let table = Everything::table(&scratch.open()).unwrap();
    let error = table.put(&Everything { tree: chain(63), ..empty() }).unwrap_err();
    assert!(error.to_string().contains("64 levels"), "{error}");
    assert!(table.is_empty().unwrap());
}

/// 16,000 elements that share one text: a few bytes each, and a copy of the text each when they are read.
#[test]
fn shared_offsets_cost_no_more_than_the_value_is_long() {
    let texts = Everything { maybe_texts: Some(vec!["x".repeat(60_000); 1]), ..empty() };
    let mut bytes = encode(&texts);
    let lens: Vec<usize> =
        (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == 60_000_u32.to_le_bytes()).collect();
    let [text] = lens.as_slice() else { panic!("{lens:?}") };
    // Somewhere the list has one element; a list of many, all with the same target, is put at the end.
    let list = bytes.len();
    let offset_to_list = (0..bytes.len() - 8).find(|at| {
        let target = *at + u32::from_le_bytes(bytes[*at..*at + 4].try_into().unwrap()) as usize;
        bytes.get(target..target + 4) == Some(&1_u32.to_le_bytes()[..])
            && bytes.get(target + 4..target + 8).is_some_and(|offset| {
                target + 4 + u32::from_le_bytes(offset.try_into().unwrap()) as usize == *text
            })
    });
    let at = offset_to_list.unwrap();
    bytes[at..at + 4].copy_from_slice(&((list - at) as u32).to_le_bytes());
    // Offsets lead forwards only: the text moves behind the list.
    let count = 16_000;
    bytes.extend_from_slice(&(count as u32).to_le_bytes());
    let text_at = list + 4 + 4 * count;
    for element in 0..count {
        let at = list + 4 + 4 * element;
        bytes.extend_from_slice(&((text_at - at) as u32).to_le_bytes());
    }
    bytes.extend_from_slice(&60_000_u32.to_le_bytes());
    bytes.extend_from_slice("x".repeat(60_000).as_bytes());
    bytes.push(0);
    let start = Instant::now();
    let error = try_view::<Everything>(&bytes).unwrap_err();
    assert!(
        error.to_string().contains("`maybe_texts`: the value exceeds the verification budget"),
        "{error}"
    );
    assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
}

#[test]
fn a_variant_that_is_not_known_is_refused_with_its_field() {
    let good = encode(&Creature { color: Color::Green, ..orc() });
    let changed = |value: u8, wanted: &str| {
        (0..good.len()).any(|place| {
            let mut bytes = good.clone();
            bytes[place] = value;
            try_view::<Creature>(&bytes).is_err_and(|error| error.to_string().contains(wanted))
        })
    };
    assert!(changed(9, "`color`: unknown enum variant"));
    assert!(changed(9, "`action`: unknown enum variant"));
}

#[test]
fn errors_say_where() {
    let mut bytes =
        encode(&Creature { weapon: Weapon { name: "unique text".into(), damage: 1 }, ..imp() });
    let place = bytes.windows(11).position(|text| text == b"unique text").unwrap();
    bytes[place] = 0xff;
    let error = try_view::<Creature>(&bytes).unwrap_err().to_string();
    assert!(
        error.starts_with(
            "the structure is not valid: `weapon.name`: the text is not UTF-8, at byte "
        ),
        "{error}"
    );
    let mut bytes = encode(&imp());
    bytes[4] = b'X';
    let error = try_view::<Creature>(&bytes).unwrap_err();
    assert_eq!(error.to_string(), "the file identifier is `XREA`, not `CREA`");
}

/// Traits of derived code must not hide methods of other types where everything is imported.
#[test]
fn no_trait_hides_a_method() {
    #[allow(clippy::wildcard_imports, unused_imports, reason = "that is the test")]
    use storage::*;
    struct Pen;
    trait Write {
        fn write(&self) -> &'static str {
            "mine"
        }
        fn view(&self) -> &'static str {
            "mine"
        }
    }
    impl Write for Pen {}
    impl Write for Weapon {}
    let mut list = vec![0_u8];
    list.push(1);
    let weapon = Weapon::default();
    assert_eq!(
        (Pen.write(), weapon.write(), weapon.view(), list.len()),
        ("mine", "mine", "mine", 2)
    );
    assert_eq!(Action::Idle.clone(), Action::Idle);
}
