//! Damaged FlatBuffers: no panic, no fault, and what is accepted can be read to its end.

use schemas::{
    generated::creature as flatc,
    matrix::{Creature, Everything, creatures, empty, full, imp, orc},
};
use storage::{
    Codec, StorageError, StoredRecord as _,
    codec::{FlatTable, Flatbuffers},
    error::Damage,
    schema::Description,
};
use tests::{
    Scratch,
    flat::{encode, try_view},
    frame::seal,
};

/// How many inputs were tried, and how many of them are values.
#[derive(Default)]
struct Count {
    tried: u32,
    accepted: u32,
}

impl Count {
    /// Whatever `bytes` are: an error, or a value that is printed, owned and written again, and reads nothing beyond
    /// its end: with other bytes behind it, it is the same.
    fn probe<T: FlatTable>(&mut self, bytes: &[u8]) {
        self.tried += 1;
        let Ok(view) = try_view::<T>(bytes) else { return };
        self.accepted += 1;
        let written = encode(&T::own(view).expect("a checked view can be owned"));
        let again = T::own(try_view::<T>(&written).expect("what was read can be written")).unwrap();
        assert_eq!(encode(&again), written);
        let longer = [bytes, &[0xaa; 48]].concat();
        let longer =
            T::own(try_view::<T>(&longer).expect("more bytes behind it change nothing")).unwrap();
        assert_eq!(encode(&longer), written);
        if self.accepted.is_multiple_of(64) {
            assert_eq!(format!("{view:?}"), format!("{:?}", try_view::<T>(&written).unwrap()));
        }
    }
}

/// A small generator: the same inputs every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}

fn every_byte<T: FlatTable>(count: &mut Count, good: &[u8]) {
    let mut bytes = good.to_vec();
    for place in 0..bytes.len() {
        for change in 1..=255 {
            bytes[place] = good[place] ^ change;
            count.probe::<T>(&bytes);
        }
        bytes[place] = good[place];
    }
}

#[test]
fn every_change_of_a_byte() {
    let mut count = Count::default();
    every_byte::<Creature>(&mut count, &encode(&orc()));
    every_byte::<Creature>(&mut count, &encode(&imp()));
    every_byte::<Everything>(&mut count, &encode(&empty()));
    println!("{} of {} changed values are accepted", count.accepted, count.tried);
    assert!(count.tried > 200_000, "{}", count.tried);
    assert!(count.accepted > 1000 && count.accepted < count.tried, "{}", count.accepted);
}

/// What the `flatbuffers` crate lets pass, and derived types do not.
const STRICTER: [&str; 4] = [
    "the file identifier is",
    "unknown enum variant",
    "there is a value without a variant",
    // One shorter than its own header.
    "the table has no vtable",
];

/// Whether both verifiers agree on `bytes`.
fn compare_verdicts(bytes: &[u8]) -> bool {
    let ours = try_view::<Creature>(bytes).map(drop).map_err(|error| error.to_string());
    match (ours, flatc::root_as_creature(bytes)) {
        (Ok(()), Ok(_)) | (Err(_), Err(_)) => true,
        // Views are read at any address.
        (Ok(()), Err(flatbuffers::InvalidFlatbuffer::Unaligned { .. })) => false,
        (Err(error), Ok(_)) if STRICTER.iter().any(|text| error.contains(text)) => false,
        (ours, theirs) => panic!("{ours:?} and {:?}", theirs.map(drop)),
    }
}

#[test]
fn the_verdict_is_that_of_the_flatbuffers_crate() {
    let (mut tried, mut agreed) = (0, 0);
    let mut compare = |bytes: &[u8]| {
        tried += 1;
        agreed += u32::from(compare_verdicts(bytes));
    };
    for creature in creatures() {
        let good = encode(&creature);
        let mut bytes = good.clone();
        for place in 0..good.len() {
            for value in 0..=255 {
                bytes[place] = value;
                compare(&bytes);
            }
            bytes[place] = good[place];
            compare(&good[..place]);
        }
    }
    println!("{agreed} of {tried} verdicts agree");
    assert!(tried > 200_000 && agreed > tried / 100 * 95, "{agreed} of {tried}");
}

#[test]
fn truncations_splices_and_several_changes() {
    let mut count = Count::default();
    let mut random = Random(88_172_645_463_325_252);
    let values: Vec<Vec<u8>> = creatures().iter().map(encode).chain([encode(&full())]).collect();
    for value in &values {
        for len in 0..value.len() {
            count.probe::<Creature>(&value[..len]);
            count.probe::<Everything>(&value[..len]);
            count.probe::<Creature>(&value[len..]);
        }
    }
    for _ in 0..40_000 {
        let mut bytes = values[random.below(values.len())].clone();
        let other = &values[random.below(values.len())];
        match random.below(3) {
            0 => {
                let (cut, from) = (random.below(bytes.len()), random.below(other.len()));
                bytes.truncate(cut);
                bytes.extend_from_slice(&other[from..]);
            }
            1 => {
                let (to, from) = (random.below(bytes.len()), random.below(other.len()));
                let len = random.below(24).min(bytes.len() - to).min(other.len() - from);
                bytes[to..to + len].copy_from_slice(&other[from..from + len]);
            }
            _ => {
                for _ in 0..4 {
                    let place = random.below(bytes.len());
                    bytes[place] = random.below(256) as u8;
                }
            }
        }
        count.probe::<Creature>(&bytes);
        count.probe::<Everything>(&bytes);
    }
    println!("{} of {} damaged values are accepted", count.accepted, count.tried);
    assert!(count.tried > 80_000, "{}", count.tried);
}

/// What the values of the table are sealed with.
fn fingerprint() -> u64 {
    let format = <Flatbuffers as Codec<Creature>>::format();
    Description::of_record(Creature::SCHEMA, [], &format).layout_fingerprint()
}

/// The checksum fits, the structure does not: single fields are read with the same care.
#[test]
fn sealed_rubbish_is_an_error_for_every_projection() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table = Creature::table(&store).unwrap();
    table.put(&orc()).unwrap();
    let good = encode(&orc());
    let key = 7_u64.to_be_bytes();
    let a = Creature::FIELDS;
    let (mut refused, mut read) = (0, 0);
    for place in 0..good.len() {
        for value in [0x00, 0x01, 0x7f, 0xff] {
            let mut bytes = good.clone();
            bytes[place] = value;
            let whole = try_view::<Creature>(&bytes).map(|view| Creature::own(view).unwrap()).ok();
            seal(b"creatures", fingerprint(), &key, 1, &mut bytes);
            store.backend().put("creatures", &key, &bytes).unwrap();
            let row = table.project(7, (a.name, a.hp, a.level, a.pos.y, a.color));
            let deep = table.project(7, (a.tags, a.weapon.name, a.inventory, a.action));
            for result in [row.as_ref().err(), deep.as_ref().err()].into_iter().flatten() {
                let StorageError::Corrupt(error) = result else { panic!("{result:?}") };
                assert!(matches!(error.damage(), Damage::Structure(_)), "{error}");
                refused += 1;
            }
            if let Some(whole) = whole {
                read += 1;
                let expected = (whole.name, whole.hp, whole.level, whole.pos.y, whole.color);
                assert_eq!(format!("{:?}", row.unwrap().unwrap()), format!("{expected:?}"));
                let expected = (whole.tags, whole.weapon.name, whole.inventory, whole.action);
                assert_eq!(format!("{:?}", deep.unwrap().unwrap()), format!("{expected:?}"));
            }
        }
    }
    assert!(refused > 300 && read > 100, "{refused} {read}");
}

/// Beyond the blocks that a source can name, too.
#[test]
fn damage_in_a_long_value_is_found_by_what_reads_it() {
    let scratch = Scratch::new();
    let store = scratch.open();
    let table = Creature::table(&store).unwrap();
    let long = Creature { blob: (0..150_000_u32).map(|n| n as u8).collect(), ..orc() };
    table.put(&long).unwrap();
    let key = 7_u64.to_be_bytes();
    let mut bytes = store.backend().get("creatures", &key, <[u8]>::to_vec).unwrap().unwrap();
    let a = Creature::FIELDS;
    let row = |fields| table.project(7, fields).map(Option::unwrap);
    assert_eq!(row((a.hp, a.tags, a.name, a.blob)).unwrap().3, long.blob);
    let (mut right, mut refused) = (0, 0);
    for place in (0..bytes.len()).step_by(997) {
        bytes[place] ^= 1;
        store.backend().put("creatures", &key, &bytes).unwrap();
        for outcome in [
            row((a.hp, a.tags, a.name, a.blob)).map(drop),
            table.project(7, (a.name, a.inventory)).map(drop),
            table.project(7, a.action).map(drop),
        ] {
            assert!(outcome.is_err_and(|error| error.is_corrupt()), "at byte {place}");
        }
        match table.project(7, (a.hp, a.name)) {
            Ok(row) => {
                right += 1;
                assert_eq!(row, Some((long.hp, long.name.clone())));
            }
            Err(error) => {
                refused += 1;
                assert!(error.is_corrupt(), "{error}");
            }
        }
        bytes[place] ^= 1;
    }
    assert!(right > 100 && refused > 0, "{right} {refused}");
}
