//! Key decoders: whatever the bytes, a key or an error; and a key is written as the bytes it was read from.
//!
//! Built and run as `flatbuffers` is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use storage::key::{self, Key, Lookup, Reverse};

fn probe<K: Key>(bytes: &[u8])
where
    for<'k> K::Ref<'k>: Lookup<K>,
{
    if let Ok(found) = key::decode::<K>(bytes) {
        assert_eq!(&*key::encode::<K>(&found), bytes, "{}", key::describe::<K>());
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    match choice % 22 {
        0 => probe::<u64>(bytes),
        1 => probe::<i128>(bytes),
        2 => probe::<f64>(bytes),
        3 => probe::<bool>(bytes),
        4 => probe::<char>(bytes),
        5 => probe::<String>(bytes),
        6 => probe::<Vec<u8>>(bytes),
        7 => probe::<Option<String>>(bytes),
        8 => probe::<(String, u8)>(bytes),
        9 => probe::<(Vec<u8>, Option<i16>, String)>(bytes),
        10 => probe::<Reverse<String>>(bytes),
        11 => probe::<((String, bool), (char, Option<String>))>(bytes),
        12 => probe::<[u16; 3]>(bytes),
        13 => probe::<std::net::IpAddr>(bytes),
        14 => probe::<std::time::Duration>(bytes),
        15 => probe::<usize>(bytes),
        16 => probe::<std::num::NonZero<i64>>(bytes),
        17 => probe::<uuid::Uuid>(bytes),
        18 => probe::<jiff::Timestamp>(bytes),
        19 => probe::<(jiff::civil::Date, jiff::civil::Time)>(bytes),
        20 => probe::<Reverse<jiff::SignedDuration>>(bytes),
        _ => probe::<(Reverse<String>, Reverse<u32>, f32)>(bytes),
    }
});
