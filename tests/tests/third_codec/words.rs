//! A codec that reads in place: numbers as they lie in memory, which need an address that suits them.

use std::collections::BTreeSet;
use storage::{
    Codec, Storage, StorageError, Table, Trust,
    codec::{InPlace, InPlaceCodec, decode_in_place},
    error::{Damage, DecodeError, EncodeError},
    schema::CodecId,
    table::Pair,
};
use tests::frame::{layout_fingerprint, seal};

/// Keeps numbers in the machine's own order. [`REFUSED`] is not among them.
#[derive(Clone, Copy, Debug)]
struct Words;

const REFUSED: u64 = u64::MAX;

impl Codec<Vec<u64>> for Words {
    type Owned = Vec<u64>;
    type Reading = InPlace;

    const ID: CodecId = CodecId::Other("words");

    fn format() -> String {
        format!("words {}", if cfg!(target_endian = "little") { "little" } else { "big" })
    }

    fn type_name() -> String {
        "list of u64".to_owned()
    }

    fn encode(value: &Vec<u64>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        *out = value.iter().flat_map(|word| word.to_ne_bytes()).collect();
        Ok(())
    }

    fn decode(body: &[u8]) -> Result<Vec<u64>, DecodeError> {
        decode_in_place::<Vec<u64>, Self>(body)
    }
}

#[expect(unsafe_code, reason = "a codec outside the crate that reads in place")]
// SAFETY: `view` returns what lies between the borders of whole, aligned numbers, of which every bit pattern is one.
unsafe impl InPlaceCodec<Vec<u64>> for Words {
    type View<'a> = &'a [u64];

    const ALIGNMENT: usize = align_of::<u64>();

    fn view(body: &[u8]) -> Result<&[u64], DecodeError> {
        // SAFETY: every bit pattern is a number.
        let (before, words, after) = unsafe { body.align_to::<u64>() };
        if before.is_empty() && after.is_empty() && !words.contains(&REFUSED) {
            Ok(words)
        } else {
            Err(DecodeError::Structure { detail: "these are no words".to_owned() })
        }
    }

    unsafe fn view_unchecked(body: &[u8]) -> &[u64] {
        // SAFETY: every bit pattern is a number.
        let (before, words, after) = unsafe { body.align_to::<u64>() };
        assert!(before.is_empty() && after.is_empty(), "the contract of the trait is broken");
        words
    }

    fn own(view: &[u64]) -> Result<Vec<u64>, DecodeError> {
        Ok(view.to_vec())
    }
}

type Numbers = Table<Pair<String, Vec<u64>, Words>>;

/// With a cache and without, trusting and not.
#[expect(unsafe_code, reason = "the opt-in is tested, too")]
fn handles(numbers: &Numbers) -> [Numbers; 3] {
    // SAFETY: all values that are read under this trust were written by this test, as this type.
    let trust = unsafe { Trust::structure() };
    [numbers.clone(), numbers.clone().with_cache(1 << 20), numbers.clone().with_trust(trust)]
}

/// Keys of every length shift values to every address in their pages.
#[test]
fn values_are_read_at_every_alignment() {
    let store = Storage::in_memory().unwrap();
    let numbers: Numbers = store.pairs("numbers");
    let value = |len: usize| vec![len as u64; len * 3];
    let mut addresses = BTreeSet::new();
    for len in 0..64 {
        numbers.put("k".repeat(len), &value(len)).unwrap();
    }
    for len in 0..64 {
        let key = "k".repeat(len);
        let address = |bytes: &[u8]| bytes.as_ptr().addr() % 8;
        addresses.extend(store.backend().get("numbers", key.as_bytes(), address).unwrap());
        for table in handles(&numbers) {
            for _ in 0..3 {
                assert_eq!(table.get(&key, <[u64]>::to_vec).unwrap(), Some(value(len)));
                assert_eq!(table.load(&key).unwrap(), Some(value(len)));
            }
            let stored = table.view(&key).unwrap().unwrap();
            assert_eq!((stored.view(), stored.load().unwrap()), (&*value(len), value(len)));
        }
    }
    assert_eq!(addresses.len(), 8, "only the addresses {addresses:?} came up");
    let scanned = numbers.scan(|_, words| Some(words.to_vec())).unwrap();
    assert_eq!(scanned, (0..64).map(value).collect::<Vec<_>>());
}

#[test]
fn what_the_check_refuses_is_no_view() {
    let store = Storage::in_memory().unwrap();
    let numbers: Numbers = store.pairs("numbers");
    let error = numbers.put("a", &vec![1, REFUSED]).unwrap_err();
    assert!(matches!(error, StorageError::Serialization(_)), "{error:?}");
    numbers.put("a", &vec![1, 2]).unwrap();
    let fingerprint = layout_fingerprint(&store, "numbers");
    let bodies = [&[0; 7][..], &[0; 9], &REFUSED.to_ne_bytes()];
    for (body, key) in bodies.into_iter().flat_map(|body| ["a", "ab", "abc"].map(|key| (body, key)))
    {
        let mut bytes = body.to_vec();
        seal(b"numbers", fingerprint, key.as_bytes(), 1, &mut bytes);
        store.backend().put("numbers", key.as_bytes(), &bytes).unwrap();
        for table in &handles(&numbers)[..2] {
            let errors = [
                table.get(key, |_| ()).unwrap_err(),
                table.view(key).unwrap_err(),
                table.load(key).unwrap_err(),
            ];
            for error in errors {
                let StorageError::Corrupt(error) = error else { panic!("{error:?}") };
                assert!(matches!(error.damage(), Damage::Structure(_)), "{error}");
            }
        }
    }
}
