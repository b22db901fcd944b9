//! What a row of an old layout costs beside one that is read as it is: a user of about 100 bytes with a field renamed,
//! one widened and one added.
//!
//! `cargo bench -p bench --bench upcast`
//!
//! Bytes to bytes, without a table: what a table adds is the same for both.

use bench::{Variant, compare};
use rkyv::{Archive, Deserialize, Serialize};
use std::hint::black_box;
use storage::{
    Codec,
    codec::{
        InPlaceCodec, Rkyv,
        archive::{ArchivedTypes, Upcast},
    },
    schema::{Hints, Past},
    table::Row,
};

mod old {
    use super::{Archive, Deserialize, Serialize};
    use storage::StoredRecord;

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) name: String,
        pub(crate) email: String,
        pub(crate) age: u16,
        pub(crate) score: f64,
        pub(crate) tags: Vec<String>,
    }
}

mod new {
    use super::{Archive, Deserialize, Serialize};
    use storage::StoredRecord;

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    pub(crate) struct User {
        #[store(key)]
        pub(crate) id: u64,
        pub(crate) full_name: String,
        pub(crate) email: String,
        pub(crate) age: u64,
        pub(crate) score: f64,
        pub(crate) tags: Vec<String>,
        pub(crate) nick: Option<String>,
    }
}

impl From<old::User> for new::User {
    fn from(old: old::User) -> Self {
        let old::User { id, name, email, age, score, tags } = old;
        Self { id, full_name: name, email, age: age.into(), score, tags, nick: None }
    }
}

const ROWS: u64 = 1000;

/// A row at an address that suits it.
fn aligned(body: &[u8]) -> rkyv::util::AlignedVec<16> {
    let mut aligned = rkyv::util::AlignedVec::new();
    aligned.extend_from_slice(body);
    aligned
}

/// Rows of the old layout.
fn old_rows() -> Vec<rkyv::util::AlignedVec<16>> {
    let user = |id: u64| old::User {
        id,
        name: format!("User number {id}"),
        email: format!("user.{id}@example.org"),
        age: 44,
        score: 0.5,
        tags: vec!["early".to_owned(), "a tag that is longer".to_owned()],
    };
    let row = |id| {
        let mut body = Vec::new();
        Rkyv::encode(&user(id), &mut body).unwrap();
        aligned(&body)
    };
    (0..ROWS).map(row).collect()
}

/// Does `work` to each of `rows`.
fn each<'r>(
    rows: &'r [rkyv::util::AlignedVec<16>],
    mut work: impl FnMut(&[u8]) + 'r,
) -> Box<dyn FnMut() + 'r> {
    Box::new(move || rows.iter().for_each(|row| work(row)))
}

fn main() {
    let rows = old_rows();
    let len: usize = rows.iter().map(rkyv::util::AlignedVec::len).sum();
    println!("{} bytes a row; times are those of {ROWS} rows", len / rows.len());
    let was = Past { was: vec!["name".to_owned()], default: None };
    let hints = Hints::new().member("User", "full_name", was);
    let (old, new) = (old::User::describe(), new::User::describe());
    let upcast = Upcast::new(&old, &new, &hints).unwrap();
    let types = ArchivedTypes::new(&old).unwrap();
    let mut out = Vec::with_capacity(4096);
    let mut made = rkyv::util::AlignedVec::<16>::with_capacity(4096);
    let (mut encoded, mut buffer) = (Vec::new(), Vec::new());
    let variants: Vec<Variant<'_>> = vec![
        (
            "a view of a row that is read as it is",
            each(&rows, |row| {
                let view = <Rkyv as InPlaceCodec<old::User>>::view(row).unwrap();
                black_box(view.age);
            }),
        ),
        (
            "upcast",
            each(&rows, |row| {
                out.clear();
                upcast.run(row, &mut out).unwrap();
                black_box(out.len());
            }),
        ),
        (
            "upcast, view",
            each(&rows, |row| {
                buffer.clear();
                upcast.run(row, &mut buffer).unwrap();
                made.clear();
                made.extend_from_slice(&buffer);
                let view = <Rkyv as InPlaceCodec<new::User>>::view(&made).unwrap();
                black_box(view.age);
            }),
        ),
        (
            "decode, convert, encode",
            each(&rows, |row| {
                let old = <Rkyv as Codec<old::User>>::decode(row).unwrap();
                Rkyv::encode(&new::User::from(old), &mut encoded).unwrap();
                black_box(encoded.len());
            }),
        ),
        (
            "read without the type",
            each(&rows, |row| {
                black_box(types.read(row).unwrap());
            }),
        ),
        (
            "an upcast is worked out (once)",
            Box::new(|| drop(black_box(Upcast::new(&old, &new, &hints)))),
        ),
    ];
    compare("Old rows", 61, variants);
}
