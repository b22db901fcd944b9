//! Values of no length and of every length, and bytes that are no value.

use rkyv::{Archive, Deserialize, Serialize};
use schemas::monster::Monster;
use std::thread;
use storage::{FlatbuffersTable, RkyvTable, Storage, StorageError, error::Damage};
use tests::frame::{layout_fingerprint, seal};

#[derive(Clone, Copy, Debug, PartialEq, Archive, Serialize, Deserialize)]
struct Nothing;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize)]
enum Choice {
    None,
    Text(String),
    List(Vec<u32>),
}

/// A value that nests as often as it is long.
#[derive(Debug, PartialEq, Archive, Serialize, Deserialize)]
#[rkyv(serialize_bounds(__S: rkyv::ser::Writer))]
#[rkyv(deserialize_bounds(__D::Error: rkyv::rancor::Source))]
#[rkyv(bytecheck(bounds(__C: rkyv::validation::ArchiveContext, __C::Error: rkyv::rancor::Source)))]
struct Nested {
    #[rkyv(omit_bounds)]
    inner: Option<Box<Nested>>,
}

impl Nested {
    fn of(depth: usize) -> Self {
        (0..depth).fold(Self { inner: None }, |inner, _| Self { inner: Some(Box::new(inner)) })
    }
}

/// A store with a value under key 1 of the table `values`, and the value's bytes.
struct Sample {
    storage: Storage,
    table: RkyvTable<u64, Choice>,
    good: Vec<u8>,
}

impl Sample {
    fn new(value: &Choice) -> Self {
        let storage = Storage::in_memory().unwrap();
        let table = storage.new_rkyv_table("values");
        table.put(1, value).unwrap();
        let good = storage.backend().get("values", &1_u64.to_be_bytes(), <[u8]>::to_vec);
        Self { table, good: good.unwrap().unwrap(), storage }
    }

    fn body(&self) -> Vec<u8> {
        self.good[..self.good.len() - 6].to_vec()
    }

    /// What is said of `bytes` in place of the value.
    fn damage(&self, bytes: &[u8]) -> Damage {
        self.storage.backend().put("values", &1_u64.to_be_bytes(), bytes).unwrap();
        let error = self.table.get(1, |_| ()).unwrap_err();
        assert!(error.to_string().starts_with("table `values`, key 1: "), "{error}");
        match error {
            StorageError::Corrupt(error) => error.damage().clone(),
            other => panic!("{other:?}"),
        }
    }

    /// The same for a body with a checksum that fits, as a hostile writer would make it.
    fn damage_of_sealed(&self, mut body: Vec<u8>) -> Damage {
        seal(
            b"values",
            layout_fingerprint(&self.storage, "values"),
            &1_u64.to_be_bytes(),
            1,
            &mut body,
        );
        self.damage(&body)
    }
}

fn long_text() -> Choice {
    Choice::Text("a text that does not fit into its place".into())
}

#[test]
fn values_of_no_bytes_and_of_100_mib_are_kept() {
    let storage = Storage::in_memory().unwrap();
    let nothing: RkyvTable<u64, Nothing> = storage.new_rkyv_table("nothing");
    nothing.put(1, &Nothing).unwrap();
    assert_eq!(nothing.load(1).unwrap(), Some(Nothing));
    let blobs: RkyvTable<u64, Vec<u8>> = storage.new_rkyv_table("blobs");
    for len in [1 << 20, 100 << 20] {
        let blob: Vec<u8> = (0..len).map(|n: usize| n.wrapping_mul(31) as u8).collect();
        blobs.put(1, &blob).unwrap();
        assert!(blobs.get(1, |found| found.as_slice() == blob).unwrap().unwrap(), "{len} bytes");
    }
}

#[test]
fn a_value_beyond_the_limit_is_refused_unwritten() {
    let storage = Storage::in_memory().unwrap();
    let table: FlatbuffersTable<u64, Monster<'static>> = storage.new_flatbuffers_table("monsters");
    // Never touched, so it takes no memory: the length is looked at first.
    let beyond = vec![0; (2 << 30) + 1];
    match table.put_bytes(1, &beyond).unwrap_err() {
        StorageError::Serialization(error) => {
            let expected = "cannot write key 1 of table `monsters`: the value has 2147483649 bytes, at most \
                            2147483648 are allowed; split it into several records";
            assert_eq!(error.to_string(), expected);
        }
        other => panic!("{other:?}"),
    }
    assert!(table.is_empty().unwrap());
    // Around the limit, by way of the engine: it has one of its own.
    let beyond = vec![0; (3 << 30) + 1];
    let error = storage.backend().put("raw", b"key", &beyond).unwrap_err();
    assert!(matches!(error, StorageError::Database(_)), "{error:?}");
    assert!(error.to_string().contains("write a value of table `raw`"), "{error}");
    storage.backend().put("raw", b"key", b"value").unwrap();
}

#[test]
fn a_depth_of_100_000_is_refused_both_ways() {
    let storage = Storage::in_memory().unwrap();
    let table: RkyvTable<u64, Nested> = storage.new_rkyv_table("nested");
    table.put(1, &Nested::of(1)).unwrap();
    let writer = table.clone();
    // To build, to encode and to drop such a value takes the stack of whoever has one.
    let deep = thread::Builder::new().stack_size(1 << 30).spawn(move || {
        let deep = Nested::of(100_000);
        let error = writer.put(2, &deep).unwrap_err();
        assert!(matches!(error, StorageError::Serialization(_)), "{error:?}");
        assert!(error.to_string().contains("would not be readable again"), "{error}");
        rkyv::to_bytes::<rkyv::rancor::Error>(&deep).unwrap().to_vec()
    });
    let mut bytes = deep.unwrap().join().unwrap();
    let fingerprint = layout_fingerprint(&storage, "nested");
    seal(b"nested", fingerprint, &1_u64.to_be_bytes(), 1, &mut bytes);
    storage.backend().put("nested", &1_u64.to_be_bytes(), &bytes).unwrap();
    match table.get(1, |_| ()).unwrap_err() {
        StorageError::Corrupt(error) => {
            assert!(matches!(error.damage(), Damage::Structure(_)), "{error}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(table.len().unwrap(), 1);
}

#[test]
fn a_forged_length_is_refused() {
    let sample = Sample::new(&Choice::List(vec![7; 100]));
    let body = sample.body();
    let places: Vec<usize> =
        (0..body.len() - 3).filter(|at| body[*at..*at + 4] == 100_u32.to_le_bytes()).collect();
    assert_eq!(places.len(), 1, "the list's length is found");
    for forged in [101, 1 << 16, u32::MAX - 1, u32::MAX] {
        let mut bad = body.clone();
        bad[places[0]..places[0] + 4].copy_from_slice(&forged.to_le_bytes());
        let damage = sample.damage_of_sealed(bad);
        assert!(matches!(damage, Damage::Structure(_)), "{forged}: {damage:?}");
    }
}

#[test]
fn short_and_empty_values_are_refused() {
    let sample = Sample::new(&long_text());
    for len in 0..6 {
        assert_eq!(sample.damage(&sample.good[..len]), Damage::Length { len });
    }
    for len in 6..sample.good.len() {
        // What stands where the number of the layout should be is rarely a layout.
        let damage = sample.damage(&sample.good[..len]);
        assert!(matches!(damage, Damage::Layout { .. } | Damage::Checksum), "{len}: {damage:?}");
    }
    let one_short = sample.body()[1..].to_vec();
    for body in [vec![], vec![0], one_short] {
        let damage = sample.damage_of_sealed(body);
        assert!(matches!(damage, Damage::Structure(_)), "{damage:?}");
    }
}

#[test]
fn uniform_bytes_and_junk_before_a_value_are_refused() {
    let sample = Sample::new(&long_text());
    for byte in [0, 0xff] {
        for len in [6, 7, 64, 511, 512, 513, 1024, 1025, 5000] {
            let damage = sample.damage(&vec![byte; len]);
            assert!(
                matches!(damage, Damage::Layout { .. } | Damage::Length { .. }),
                "{len}: {damage:?}"
            );
        }
    }
    let ones = sample.damage_of_sealed(vec![0xff; sample.good.len() - 6]);
    assert!(matches!(ones, Damage::Structure(_)), "{ones:?}");
    for junk in [1, 40, 1000] {
        let bad = [vec![b'j'; junk], sample.good.clone()].concat();
        assert_eq!(sample.damage(&bad), Damage::Checksum, "{junk} bytes of junk");
    }
}

#[test]
fn a_value_of_another_type_of_the_same_size_is_refused() {
    let storage = Storage::in_memory().unwrap();
    let whole: RkyvTable<u64, (u64, [u32; 4])> = storage.new_rkyv_table("whole");
    let parts: RkyvTable<u64, (f64, [u16; 8])> = storage.new_rkyv_table("parts");
    whole.put(1, &(1, [2; 4])).unwrap();
    parts.put(1, &(1.0, [2; 8])).unwrap();
    let stored = |table: &str| {
        storage.backend().get(table, &1_u64.to_be_bytes(), <[u8]>::to_vec).unwrap().unwrap()
    };
    assert_eq!(stored("whole").len(), stored("parts").len());
    storage.backend().put("parts", &1_u64.to_be_bytes(), &stored("whole")).unwrap();
    let error = parts.load(1).unwrap_err();
    assert!(error.is_corrupt() && error.to_string().contains("the checksum does not match"));
    // And the table itself is opened as what it is, or not at all.
    let confused: RkyvTable<u64, (f64, [u16; 8])> = storage.new_rkyv_table("whole");
    let error = confused.load(1).unwrap_err();
    assert!(matches!(error, StorageError::Schema(_)), "{error:?}");
}

#[test]
fn a_variant_that_does_not_exist_is_refused() {
    let sample = Sample::new(&Choice::None);
    let body = sample.body();
    let mut refused = 0;
    for tag in 3..=u8::MAX {
        let mut bad = body.clone();
        bad[0] = tag;
        let damage = sample.damage_of_sealed(bad);
        assert!(matches!(damage, Damage::Structure(_)), "{tag}: {damage:?}");
        refused += 1;
    }
    assert_eq!(refused, 253);
}
