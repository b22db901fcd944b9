//! What must hold of lengths and bytes, whatever the codec.

use super::{Blob, Inner, Picture, old};
use storage::{
    Durability, Predicate, Storage, StorageError, StoredRecord as _, Table, error::Damage,
    project::Projection,
};
use tests::frame::{BLOCK_LEN, layout_fingerprint, seal};

const TABLE: &str = "blobs";

fn bytes(len: usize) -> Vec<u8> {
    (0..=250_u8).cycle().skip(len % 250).take(len).collect()
}

fn numbers(len: usize) -> std::ops::Range<u32> {
    0..u32::try_from(len).unwrap()
}

fn stored(storage: &Storage) -> Vec<u8> {
    let found = storage.backend().get(TABLE, &1_u32.to_be_bytes(), <[u8]>::to_vec);
    found.unwrap().unwrap()
}

fn store(storage: &Storage, value: &[u8]) {
    let write = storage.backend().write_with(Durability::None, |writer| {
        writer.put(&TABLE.into(), &1_u32.to_be_bytes(), value).map(drop)
    });
    write.unwrap();
}

/// A blob whose fields all have `len` elements.
fn blob(id: u32, len: usize) -> Blob {
    let text = "é".repeat(len / 2) + &"x".repeat(len % 2);
    let words: Vec<String> = numbers(len).map(|word| format!("word {word}")).collect();
    Blob {
        id,
        content: bytes(len),
        boxed: bytes(len).into(),
        shared: bytes(len).into(),
        cheap: bytes(len).into(),
        digest: [1, 2, 3, 4, 255],
        flag: true,
        some: Some(bytes(len)),
        some_boxed: Some(bytes(len).into()),
        some_shared: Some(bytes(len).into()),
        some_digest: Some([6, 7, 8, 9, 10]),
        none: None,
        no_digest: None,
        inner: Inner { number: 7, content: bytes(len), tag: *b"tag" },
        text: text.clone(),
        some_text: Some(text.clone()),
        no_text: None,
        boxed_text: text.as_str().into(),
        shared_text: text.as_str().into(),
        small_text: text.as_str().into(),
        words: words.clone(),
        some_words: Some(words),
        line: numbers(len).collect(),
        numbers: numbers(len).map(u64::from).collect(),
        small: (0..len).map(|number| number as u16).collect(),
        set: numbers(len).collect(),
        hashed: numbers(len).collect(),
        map: numbers(len).map(|key| (key, "value".to_owned())).collect(),
        hash_map: numbers(len).map(|key| (key, 1)).collect(),
        index_set: numbers(len).collect(),
        index_map: numbers(len).map(|key| (key, 1)).collect(),
        twice: Some(Some(bytes(len))),
    }
}

fn table_of(len: usize) -> (Storage, Table<Blob>) {
    let storage = Storage::in_memory().unwrap();
    let table = Blob::table(&storage).unwrap();
    table.put(&blob(1, len)).unwrap();
    (storage, table)
}

fn holds(table: &Table<Blob>, question: impl Predicate<Blob>) -> storage::Result<bool> {
    Ok(table.iter()?.filter(question).count()? == 1)
}

/// Every length by every way to ask for it: whether what was found is right.
fn lengths(table: &Table<Blob>, len: usize) -> Vec<storage::Result<bool>> {
    let f = Blob::FIELDS;
    let mut found = Vec::new();
    macro_rules! selected {
        ($($field:expr),*) => {$(
            found.push(table.project(1, $field.len()).map(|found| found == Some(len)));
            found.push(holds(table, $field.len().eq(len)));
            found.push(holds(table, $field.is_empty()).map(|is| is == (len == 0)));
        )*};
    }
    selected!(f.content, f.boxed, f.shared, f.cheap, f.inner.content);
    selected!(f.text, f.boxed_text, f.shared_text, f.small_text);
    selected!(f.words, f.line, f.numbers, f.small, f.set, f.hashed, f.map, f.hash_map);
    selected!(f.index_set, f.index_map);
    for asked in [
        holds(table, f.some.len().eq(len)),
        holds(table, f.some_boxed.len().eq(len)),
        holds(table, f.some_shared.len().eq(len)),
        holds(table, f.some_text.len().eq(len)),
        holds(table, f.some_words.len().eq(len)),
        holds(table, f.twice.len().eq(len)),
        holds(table, f.digest.len().eq(5)),
        holds(table, f.some_digest.len().eq(5)),
        holds(table, !f.none.len().ge(0)),
        holds(table, !f.no_digest.len().ge(0)),
        holds(table, !f.no_text.len().ge(0)),
        holds(table, !f.none.is_empty()),
        table.project(1, f.digest.len()).map(|found| found == Some(5)),
    ] {
        found.push(asked);
    }
    found
}

/// The bytes of every field that has some, through every door: whether what was found is right.
fn contents(table: &Table<Blob>, len: usize) -> Vec<storage::Result<bool>> {
    type Row = (u32, Vec<u8>);
    fn is<P>(table: &Table<Blob>, field: P, expected: &[u8]) -> storage::Result<bool>
    where
        P: for<'a> Projection<Blob, Output<'a> = &'a [u8], Owned = Vec<u8>> + Copy,
    {
        let lent = table.project_with(1, field, |found: &[u8]| found == expected)?;
        let owned = table.project(1, field)?;
        let rows = table.iter()?.select((Blob::FIELDS.id, field));
        let rows = rows.collect::<Result<Vec<Row>, _>>()?;
        Ok(lent == Some(true)
            && owned.as_deref() == Some(expected)
            && rows == [(1, expected.to_vec())])
    }
    fn may_be<P>(table: &Table<Blob>, field: P, expected: Option<&[u8]>) -> storage::Result<bool>
    where
        P: for<'a> Projection<Blob, Output<'a> = Option<&'a [u8]>> + Copy,
    {
        let lent = |found: Option<&[u8]>| found == expected;
        Ok(table.project_with(1, field, lent)? == Some(true))
    }
    let (f, bytes) = (Blob::FIELDS, bytes(len));
    vec![
        is(table, f.content.as_bytes(), &bytes),
        is(table, f.boxed.as_bytes(), &bytes),
        is(table, f.shared.as_bytes(), &bytes),
        is(table, f.cheap.as_bytes(), &bytes),
        is(table, f.inner.content.as_bytes(), &bytes),
        is(table, f.digest.as_bytes(), &[1, 2, 3, 4, 255]),
        is(table, f.inner.tag.as_bytes(), b"tag"),
        may_be(table, f.some.as_bytes(), Some(&bytes)),
        may_be(table, f.some_boxed.as_bytes(), Some(&bytes)),
        may_be(table, f.some_shared.as_bytes(), Some(&bytes)),
        may_be(table, f.some_digest.as_bytes(), Some(&[6, 7, 8, 9, 10])),
        may_be(table, f.none.as_bytes(), None),
        may_be(table, f.no_digest.as_bytes(), None),
    ]
}

#[test]
fn lengths_and_bytes_are_those_of_the_record() {
    for len in [0, 1, 2, 7, 8, 9, 63, 200, 600, 5000] {
        let (storage, table) = table_of(len);
        for (number, is_right) in lengths(&table, len).into_iter().enumerate() {
            assert!(is_right.unwrap(), "length {number} of {len}");
        }
        for (number, is_right) in contents(&table, len).into_iter().enumerate() {
            assert!(is_right.unwrap(), "bytes {number} of {len}");
        }
        let in_snapshot = storage.read().unwrap();
        let content = Blob::FIELDS.content;
        let both = (content.len(), content.as_bytes());
        let seen = in_snapshot.table::<Blob>().unwrap().project(1, both).unwrap();
        assert_eq!(seen, Some((len, bytes(len))));
        let written = storage.write(|txn| txn.table::<Blob>()?.project(1, both));
        assert_eq!(written.unwrap(), Some((len, bytes(len))));
    }
}

#[test]
fn bytes_are_compared_with_whatever_owns_some() {
    let (_storage, table) = table_of(600);
    let (f, content) = (Blob::FIELDS, bytes(600));
    let c = f.content.as_bytes();
    let yes = |question| assert!(holds(&table, question).unwrap());
    let yes: &dyn Fn(Box<dyn Predicate<Blob>>) = &yes;
    yes(Box::new(c.eq(content.clone()) & c.eq(&content) & c.eq(&content[..])));
    yes(Box::new(!c.eq(b"x") & c.ne([1, 2]) & !c.ne(content.clone())));
    yes(Box::new(c.gt(&content[..599]) & c.le(&content[..]) & c.lt(&[255])));
    yes(Box::new(c.starts_with(&content[..40]) & c.starts_with(Vec::new())));
    yes(Box::new(!c.starts_with(b"GIF8") & !c.starts_with([&content[..], &[0]].concat())));
    let (some, none) = (f.some.as_bytes(), f.none.as_bytes());
    yes(Box::new(some.is_some() & none.is_none() & some.ge(&[0])));
    yes(Box::new(!none.eq(&[]) & !none.ne(&[]) & !none.starts_with([])));
    yes(Box::new(f.digest.as_bytes().eq([1, 2, 3, 4, 255])));
    yes(Box::new(f.some_digest.as_bytes().starts_with([6, 7])));
}

/// What is not read cannot be seen to be damaged: so this holds the lengths to reading no content.
#[test]
fn a_length_reads_nothing_of_the_content() {
    let len = 5000;
    let (storage, table) = table_of(len);
    let good = stored(&storage);
    let text = "é".repeat(len / 2);
    let mut bad = good.clone();
    let mut damaged = 0;
    for content in [&bytes(len)[..], text.as_bytes()] {
        let found = good.windows(content.len()).enumerate();
        for (at, _) in found.filter(|(_, window)| *window == content) {
            bad[at + len / 2] ^= 1;
            damaged += 1;
        }
    }
    assert!(damaged >= 12, "{damaged}");
    store(&storage, &bad);
    let f = Blob::FIELDS;
    macro_rules! length {
        ($($field:ident)*) => {$(
            assert!(holds(&table, f.$field.len().eq(len)).unwrap(), stringify!($field));
            assert!(!holds(&table, f.$field.is_empty()).unwrap());
            assert!(table.project(1, f.$field).unwrap_err().is_corrupt());
        )*};
    }
    length!(content boxed shared cheap some some_boxed some_shared);
    length!(text some_text boxed_text shared_text small_text);
    let lengths = (f.content.len(), f.text.len(), f.inner.content.len());
    assert_eq!(table.project(1, lengths).unwrap(), Some((len, len, len)));
    assert_eq!(table.project(1, f.digest.as_bytes()).unwrap().unwrap(), [1, 2, 3, 4, 255]);
    match table.project(1, f.content.as_bytes()) {
        Err(StorageError::Corrupt(error)) => {
            assert_eq!((error.table(), error.key()), (TABLE, Some("1")));
            assert_eq!(*error.damage(), Damage::Checksum);
        }
        other => panic!("{other:?}"),
    }
    assert!(table.project(1, f.some_shared.as_bytes()).unwrap_err().is_corrupt());
}

#[test]
fn what_is_read_of_a_damaged_row_is_right_or_an_error() {
    let len = 9;
    let (storage, table) = table_of(len);
    let good = stored(&storage);
    let (mut right, mut refused) = (0, 0);
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        store(&storage, &bad);
        for found in lengths(&table, len).into_iter().chain(contents(&table, len)) {
            match found {
                Ok(is_right) => {
                    assert!(is_right, "byte {at}");
                    right += 1;
                }
                Err(error) => {
                    assert!(error.is_corrupt(), "byte {at}: {error}");
                    refused += 1;
                }
            }
        }
    }
    assert!(right > 0 && refused > 0, "{right} right, {refused} refused");
}

#[test]
fn a_lie_with_the_right_checksum_is_an_error_or_some_value_and_never_a_crash() {
    let (storage, table) = table_of(3);
    let fingerprint = layout_fingerprint(&storage, TABLE);
    let body = tests::frame::body(&stored(&storage)).to_vec();
    for at in 0..body.len() {
        for change in [0x01, 0xff] {
            let mut bad = body.clone();
            bad[at] ^= change;
            seal(TABLE.as_bytes(), fingerprint, &1_u32.to_be_bytes(), 1, &mut bad);
            store(&storage, &bad);
            drop((lengths(&table, 3), contents(&table, 3)));
        }
    }
    assert!(body.len() > BLOCK_LEN);
}

#[test]
fn rows_of_an_older_layout_lend_their_bytes() {
    let storage = Storage::in_memory().unwrap();
    let old = old::Picture::table(&storage).unwrap();
    old.put(&old::Picture { id: 1, content: bytes(3000), digest: *b"abcd" }).unwrap();
    let table = Picture::table(&storage).unwrap();
    let (content, digest) = (bytes(20), *b"efgh");
    let (thumbnail, extra) = (Some(bytes(2)), bytes(9));
    table.put(&Picture { id: 2, content, digest, thumbnail, extra }).unwrap();
    let f = Picture::FIELDS;
    let bytes_of = (f.content.as_bytes(), f.digest.as_bytes(), f.thumbnail.as_bytes());
    let all = (bytes_of, f.extra.as_bytes(), f.content.len(), f.extra.len());
    let rows = table.iter().unwrap().select(all).collect::<Result<Vec<_>, _>>().unwrap();
    let first = ((bytes(3000), b"abcd".to_vec(), None), vec![], 3000, 0);
    let second = ((bytes(20), b"efgh".to_vec(), Some(bytes(2))), bytes(9), 20, 9);
    assert_eq!(rows, [first, second]);
    let empty = table.iter().unwrap().filter(f.extra.is_empty() & f.thumbnail.is_none());
    assert_eq!(empty.keys().unwrap(), [1]);
    let begins = f.extra.as_bytes().starts_with(Vec::new());
    assert_eq!(table.iter().unwrap().filter(begins).count().unwrap(), 2);
}
