//! Indexes of bytes: a byte string is one key of an index, as it is one primary key, whatever stands round it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::duplicated_attributes, reason = "several indexes over fields of one name")]

use rkyv::{Archive, Deserialize, Serialize};
use std::ops::Bound;
use storage::{
    Rows, Storage, StorageError, StoredKey, StoredRecord, StoredType, Table, table::Access,
};

/// A list of these is indexed one by one, though each is a byte.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    PartialOrd,
    Archive,
    Serialize,
    Deserialize,
    StoredKey,
    StoredType,
)]
struct Level(u8);

#[derive(Clone, Debug, Default, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "blobs")]
#[store(index(name = "sha_and_part", fields(sha, part)))]
#[store(index(name = "chunk_and_part", fields(chunks, part)))]
#[store(index(name = "reversed", with = reversed, key = Vec<u8>))]
#[store(index(name = "halves", with = halves, key = Vec<u8>))]
#[store(index(name = "head", with = head, key = Vec<u8>, unique))]
#[store(index(name = "numbers", with = numbers, key = u16))]
struct Blob {
    #[store(key)]
    id: u32,
    #[store(unique)]
    sha: Vec<u8>,
    part: u8,
    #[store(index)]
    parent: Option<Vec<u8>>,
    #[store(index)]
    chunks: Vec<Vec<u8>>,
    #[store(index)]
    fixed: [u8; 2],
    #[store(index)]
    fixed_parent: Option<[u8; 2]>,
    #[store(index)]
    fixed_chunks: Vec<[u8; 2]>,
    #[store(index)]
    levels: Vec<Level>,
}

fn reversed(blob: &Blob) -> Vec<u8> {
    blob.sha.iter().rev().copied().collect()
}

fn halves(blob: &Blob) -> Vec<Vec<u8>> {
    let (left, right) = blob.sha.split_at(blob.sha.len() / 2);
    vec![left.to_vec(), right.to_vec()]
}

fn head(blob: &Blob) -> Option<Vec<u8>> {
    blob.sha.first_chunk::<3>().map(|head| head.to_vec())
}

fn numbers(blob: &Blob) -> Vec<u16> {
    blob.sha.iter().copied().map(u16::from).collect()
}

/// The same field with the other codec.
#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "flat_blobs")]
#[store(index(name = "sha_and_part", fields(sha, part)))]
struct FlatBlob {
    #[store(key)]
    id: u32,
    #[store(unique)]
    sha: Vec<u8>,
    #[store(index)]
    parent: Option<Vec<u8>>,
    part: u8,
}

fn blob(id: u32, sha: &[u8]) -> Blob {
    Blob { id, sha: sha.to_vec(), ..Blob::default() }
}

fn ids<A: Access>(rows: storage::Result<Rows<Blob, A>>) -> Vec<u32> {
    rows.unwrap().map(|row| row.unwrap().view().id.to_native()).collect()
}

fn table(storage: &Storage, blobs: impl IntoIterator<Item = Blob>) -> Table<Blob> {
    let table = Blob::table(storage).unwrap();
    table.put_stream(blobs).unwrap();
    table
}

#[test]
fn two_digests_that_share_bytes_are_two_keys_with_both_codecs() {
    let storage = Storage::in_memory().unwrap();
    let blobs = table(&storage, [blob(1, &[1, 2]), blob(2, &[2, 3])]);
    assert_eq!(blobs.by(Blob::INDEXES.sha).len().unwrap(), 2);
    match blobs.put(&blob(3, &[2, 3])).unwrap_err() {
        StorageError::Unique(taken) => assert_eq!(taken.index_key(), "[2, 3]"),
        other => panic!("{other}"),
    }

    let flat = FlatBlob::table(&storage).unwrap();
    let flat_blob = |id, sha: &[u8]| FlatBlob {
        id,
        sha: sha.to_vec(),
        parent: Some(vec![9, sha[0]]),
        part: sha[1],
    };
    flat.put_all(&[flat_blob(1, &[1, 2]), flat_blob(2, &[2, 3])]).unwrap();
    assert!(matches!(flat.put(&flat_blob(3, &[2, 3])), Err(StorageError::Unique(_))));
    let by = FlatBlob::INDEXES;
    assert_eq!(flat.by(by.sha).load(&[2, 3][..]).unwrap(), Some(flat_blob(2, &[2, 3])));
    assert_eq!(flat.by(by.parent).count([9, 1]).unwrap(), 1);
    assert_eq!(flat.by(by.parent).len().unwrap(), 2);
    assert_eq!(flat.by(by.sha_and_part).count(([1, 2], 2)).unwrap(), 1);
    assert_eq!(flat.by(by.sha_and_part).len().unwrap(), 2);
    assert_eq!(flat.verify().unwrap(), []);
}

#[test]
fn bytes_are_looked_up_in_every_form_that_finds_a_primary_key() {
    let storage = Storage::in_memory().unwrap();
    let shas: [&[u8]; 5] = [&[], &[0], &[1, 2], &[1, 2, 0], &[2]];
    let blobs = table(&storage, (0_u32..).zip(shas).map(|(id, sha)| blob(id, sha)));
    let by_sha = blobs.by(Blob::INDEXES.sha);
    let id = |found: Option<Blob>| found.map(|blob| blob.id);
    assert_eq!(id(by_sha.load(&[1, 2][..]).unwrap()), Some(2));
    assert_eq!(id(by_sha.load(vec![1, 2]).unwrap()), Some(2));
    assert_eq!(id(by_sha.load(vec![1, 2]).unwrap()), Some(2));
    assert_eq!(id(by_sha.load([1, 2]).unwrap()), Some(2));
    assert_eq!(id(by_sha.load([1, 2]).unwrap()), Some(2));
    assert_eq!(id(by_sha.load(&[][..]).unwrap()), Some(0));
    assert_eq!(id(by_sha.load([1]).unwrap()), None);

    assert_eq!(ids(by_sha.iter()), [0, 1, 2, 3, 4]);
    assert_eq!(ids(by_sha.get_all(&[1, 2][..])), [2]);
    assert_eq!(ids(by_sha.prefix(&[1][..])), [2, 3]);
    assert_eq!(ids(by_sha.prefix([1, 2])), [2, 3]);
    assert_eq!(ids(by_sha.prefix(vec![1, 2, 0])), [3]);
    assert_eq!(ids(by_sha.range(vec![0]..=vec![1, 2])), [1, 2]);
    assert_eq!(ids(by_sha.range(&[1, 2][..]..&[2][..])), [2, 3]);
    assert_eq!(ids(by_sha.range((Bound::Excluded([1, 2]), Bound::Unbounded))), [3, 4]);
    assert_eq!(by_sha.count_range([1]..[3]).unwrap(), 3);
    assert_eq!(by_sha.get_many([[1, 2], [9, 9]], |_| ()).unwrap(), [Some(()), None]);
}

#[test]
fn bytes_inside_an_option_a_list_an_array_or_several_fields_stay_whole() {
    let storage = Storage::in_memory().unwrap();
    let first = Blob {
        part: 7,
        parent: Some(vec![1, 2]),
        chunks: vec![vec![1, 2], vec![2, 3], vec![1, 2]],
        fixed: [1, 2],
        fixed_parent: Some([3, 4]),
        fixed_chunks: vec![[5, 6], [6, 7]],
        levels: vec![Level(1), Level(2), Level(1)],
        ..blob(1, &[1, 2])
    };
    let second = Blob { parent: Some(vec![2]), chunks: vec![vec![3]], ..blob(2, &[1, 2, 7]) };
    let blobs = table(&storage, [first, second]);
    let by = Blob::INDEXES;

    assert_eq!(blobs.by(by.parent).len().unwrap(), 2);
    assert_eq!(ids(blobs.by(by.parent).get_all([1, 2])), [1]);
    assert_eq!(ids(blobs.by(by.chunks).iter()), [1, 1, 2]);
    assert_eq!(ids(blobs.by(by.chunks).get_all(&[2, 3][..])), [1]);
    assert_eq!(ids(blobs.by(by.chunks).prefix(&[2][..])), [1]);
    assert_eq!(ids(blobs.by(by.fixed).get_all([1, 2])), [1]);
    assert_eq!(ids(blobs.by(by.fixed_parent).get_all([3, 4])), [1]);
    assert_eq!(ids(blobs.by(by.fixed_chunks).range([5, 7]..)), [1]);
    assert_eq!(blobs.by(by.fixed_chunks).len().unwrap(), 2);

    assert_eq!(ids(blobs.by(by.sha_and_part).prefix(([1, 2],))), [1]);
    assert_eq!(ids(blobs.by(by.sha_and_part).get_all((&[1, 2, 7][..], 0))), [2]);
    assert_eq!(ids(blobs.by(by.chunk_and_part).get_all((vec![2, 3], 7))), [1]);
    assert_eq!(blobs.by(by.chunk_and_part).len().unwrap(), 3);

    assert_eq!(ids(blobs.by(by.reversed).get_all([7, 2, 1])), [2]);
    assert_eq!(ids(blobs.by(by.halves).get_all([2, 7])), [2]);
    assert_eq!(blobs.by(by.halves).len().unwrap(), 4);
    assert_eq!(blobs.by(by.head).get([1, 2, 7], |blob| blob.id.to_native()).unwrap(), Some(2));
    assert_eq!(blobs.verify().unwrap(), []);
}

#[test]
fn a_list_of_small_numbers_is_indexed_one_by_one_by_a_newtype_or_a_function() {
    let storage = Storage::in_memory().unwrap();
    let levels = |id, levels: &[u8]| Blob {
        levels: levels.iter().copied().map(Level).collect(),
        ..blob(id, levels)
    };
    let blobs = table(&storage, [levels(1, &[1, 2]), levels(2, &[2, 3])]);
    let by = Blob::INDEXES;
    assert_eq!(ids(blobs.by(by.levels).get_all(Level(2))), [1, 2]);
    assert_eq!(ids(blobs.by(by.levels).get_all(Level(3))), [2]);
    assert_eq!(ids(blobs.by(by.numbers).get_all(2)), [1, 2]);
    assert_eq!(ids(blobs.by(by.numbers).range(3..)), [2]);
}
