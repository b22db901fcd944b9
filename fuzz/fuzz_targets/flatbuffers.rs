//! Damaged FlatBuffers: what is accepted is printed, owned and written again.
//!
//! With `cargo-fuzz`: `cargo +nightly fuzz run flatbuffers -- -max_total_time=60`. Without it:
//! `fuzz/run flatbuffers -max_total_time=60`.
//!
//! Aware of the structure: an input is a list of edits of a good value, so that most of what is tried is nearly right.
//! An edit is four bytes: what to do, where (two), and with what.

#![no_main]

use libfuzzer_sys::fuzz_target;
use schemas::matrix::{Creature, Everything, creatures, empty, full};
use std::{
    collections::{BTreeMap, HashSet},
    net::{IpAddr, SocketAddr},
    num::NonZeroU16,
    path::PathBuf,
    sync::LazyLock,
    time::{Duration, SystemTime},
};
use storage::{Codec, StoredType, codec::{FlatTable, Flatbuffers, InPlaceCodec}};
use uuid::Uuid;

fn encode<T: FlatTable>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    <Flatbuffers as Codec<T>>::encode(value, &mut bytes).expect("the value can be written");
    bytes
}

/// Types that have a form of their own, and those whose bytes are not all a value of theirs.
#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Foreign {
    word: usize,
    letter: char,
    path: Option<PathBuf>,
    seen: SystemTime,
    moments: Vec<(jiff::Timestamp, jiff::civil::Date)>,
    zoned: jiff::Zoned,
    result: Result<NonZeroU16, (IpAddr, Duration)>,
    twice: Option<Option<bool>>,
    ids: HashSet<Uuid>,
    map: BTreeMap<String, Vec<u128>>,
    sockets: Vec<SocketAddr>,
    array: [Option<String>; 2],
}

fn foreign() -> Foreign {
    Foreign {
        word: 1 << 40,
        letter: 'ß',
        path: Some("a/path".into()),
        seen: SystemTime::UNIX_EPOCH,
        moments: vec![(jiff::Timestamp::MAX, jiff::civil::Date::MIN)],
        zoned: jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC),
        result: Err(([127, 0, 0, 1].into(), Duration::MAX)),
        twice: Some(None),
        ids: [Uuid::max(), Uuid::nil()].into(),
        map: [("left".into(), vec![u128::MAX]), ("right".into(), vec![])].into(),
        sockets: vec!["[::1]:80".parse().expect("an address")],
        array: [None, Some("text".into())],
    }
}

static VALUES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let everythings = [full(), empty()];
    let creatures = creatures();
    let values = creatures.iter().map(encode).chain(everythings.iter().map(encode));
    values.chain([encode(&foreign())]).collect()
});

fn edit(bytes: &mut Vec<u8>, [what, low, high, with]: [u8; 4]) {
    let place = usize::from(u16::from_le_bytes([low, high])) % bytes.len().max(1);
    match what % 6 {
        0 => bytes.iter_mut().skip(place).take(1).for_each(|byte| *byte = with),
        1 => bytes.iter_mut().skip(place).take(1).for_each(|byte| *byte ^= 1 << (with % 8)),
        // Offsets, lengths and vtables stand at even places.
        2 => bytes
            .iter_mut()
            .skip(place & !1)
            .take(2)
            .for_each(|byte| *byte = byte.wrapping_add(with)),
        3 => bytes.iter_mut().skip(place & !3).take(4).for_each(|byte| *byte = with),
        4 => bytes.truncate(bytes.len().saturating_sub(usize::from(with))),
        _ => {
            let from = place.saturating_add(usize::from(with)).min(bytes.len());
            let copied = bytes[from..].iter().copied().take(8).collect::<Vec<_>>();
            bytes.splice(place.min(bytes.len())..from, copied);
        }
    }
}

fn probe<T: FlatTable>(bytes: &[u8]) {
    let Ok(view) = <Flatbuffers as InPlaceCodec<T>>::view(bytes) else { return };
    let printed = format!("{view:?}");
    let written = encode(&T::own(view).expect("a checked view can be owned"));
    let again =
        <Flatbuffers as InPlaceCodec<T>>::view(&written).expect("what was read can be written");
    assert_eq!(format!("{again:?}"), printed);
}

/// Of a value that is sound, an owned one may be refused: a time zone that nobody knows.
fn owned<T: FlatTable>(bytes: &[u8]) {
    let Ok(view) = <Flatbuffers as InPlaceCodec<T>>::view(bytes) else { return };
    assert!(!format!("{view:?}").is_empty());
    let Ok(value) = T::own(view) else { return };
    let written = encode(&value);
    assert!(<Flatbuffers as InPlaceCodec<T>>::view(&written).is_ok());
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, edits)) = data.split_first() else { return };
    let mut bytes = VALUES[usize::from(*choice) % VALUES.len()].clone();
    let (edits, rest) = edits.as_chunks::<4>();
    edits.iter().for_each(|one| edit(&mut bytes, *one));
    probe::<Creature>(&bytes);
    probe::<Everything>(&bytes);
    owned::<Foreign>(&bytes);
    probe::<Creature>(rest);
});
