//! Engines of bytes: rkyv's bytes, checked when they are read.

use super::{
    super::pairs::{Pair, Pairs},
    ArchivedUser, FIELDS, User, Users, fields, pairs, touch,
};
use rkyv::{rancor::Error, string::ArchivedString, util::AlignedVec};
use std::path::Path;

struct Bytes(Box<dyn Pairs>);

pub(super) fn open(engine: &str, dir: &Path) -> Box<dyn Users> {
    Box::new(Bytes(pairs(engine, dir)))
}

fn encode(user: &User) -> Vec<u8> {
    rkyv::to_bytes::<Error>(user).unwrap().into_vec()
}

fn copy(bytes: &[u8]) -> AlignedVec {
    let mut copy = AlignedVec::with_capacity(bytes.len());
    copy.extend_from_slice(bytes);
    copy
}

fn sum(bytes: &[u8]) -> u64 {
    let of = |bytes: &[u8]| {
        let user = rkyv::access::<ArchivedUser, Error>(bytes).unwrap();
        let fields: [&ArchivedString; FIELDS] = fields!(user, &);
        fields.into_iter().map(|field| touch(field)).sum()
    };
    match bytes.as_ptr().align_offset(align_of::<ArchivedUser>()) {
        0 => of(bytes),
        _ => of(&copy(bytes)),
    }
}

impl Users for Bytes {
    fn load(&self, users: &[User]) {
        let pair = |user: &User| (user.key.clone().into_bytes(), encode(user));
        let pairs: Vec<Pair> = users.iter().map(pair).collect();
        self.0.put_all(&pairs);
    }

    fn read(&self, key: &str) -> u64 {
        let mut total = 0;
        self.0.read_all(&[key.as_bytes()], &mut |value| total += sum(value));
        total
    }

    fn scan(&self, key: &str, count: usize) -> u64 {
        let mut total = 0;
        self.0.ranges(&[key.as_bytes()], count, &mut |value| total += sum(value));
        total
    }

    fn update(&self, key: &str, field: usize, value: &str) {
        self.0.change(key.as_bytes(), &mut |bytes| {
            let mut user = rkyv::from_bytes::<User, Error>(&copy(bytes)).unwrap();
            value.clone_into(user.field_mut(field));
            encode(&user)
        });
    }
}
