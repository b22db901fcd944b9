//! `storage`.

use super::{super::storage, ArchivedUser, FIELDS, User, Users, fields, touch};
use rkyv::string::ArchivedString;
use std::path::Path;
use storage::{StoredRecord, Table};

pub(super) fn open(dir: &Path) -> Box<dyn Users> {
    Box::new(User::table(&storage(&dir.join("users.storage"))).unwrap())
}

fn sum(user: &ArchivedUser) -> u64 {
    let fields: [&ArchivedString; FIELDS] = fields!(user, &);
    fields.into_iter().map(|field| touch(field)).sum()
}

impl Users for Table<User> {
    fn load(&self, users: &[User]) {
        self.put_all(users).unwrap();
    }

    fn read(&self, key: &str) -> u64 {
        self.get(key, sum).unwrap().unwrap_or(0)
    }

    fn scan(&self, key: &str, count: usize) -> u64 {
        let rows = self.range(key..).unwrap().limit(count as u64);
        rows.map(|user| sum(user.unwrap().view())).sum()
    }

    fn update(&self, key: &str, field: usize, value: &str) {
        Self::update(self, key, |user| value.clone_into(user.field_mut(field))).unwrap();
    }
}
