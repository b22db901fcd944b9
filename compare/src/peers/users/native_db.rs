//! `native_db`.

use super::{super::CACHE_LEN, FIELDS, User, Users, fields, touch};
use native_db::{Builder, Database, Models, ToKey, native_db};
use native_model::{Model, native_model};
use serde::{Deserialize, Serialize};
use std::{path::Path, sync::LazyLock};

#[derive(Clone, Serialize, Deserialize)]
#[native_model(id = 1, version = 1)]
#[native_db]
struct NativeUser {
    #[primary_key]
    key: String,
    field0: String,
    field1: String,
    field2: String,
    field3: String,
    field4: String,
    field5: String,
    field6: String,
    field7: String,
    field8: String,
    field9: String,
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let mut models = Models::new();
    models.define::<NativeUser>().unwrap();
    models
});

struct Native(Database<'static>);

pub(super) fn open(dir: &Path) -> Box<dyn Users> {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_LEN);
    Box::new(Native(builder.create(&MODELS, dir.join("users.native")).unwrap()))
}

impl From<&User> for NativeUser {
    fn from(user: &User) -> Self {
        let key = user.key.clone();
        let [field0, field1, field2, field3, field4, field5, field6, field7, field8, field9] =
            fields!(user, &).map(String::clone);
        Self { key, field0, field1, field2, field3, field4, field5, field6, field7, field8, field9 }
    }
}

impl NativeUser {
    fn sum(&self) -> u64 {
        let fields: [&String; FIELDS] = fields!(self, &);
        fields.into_iter().map(|field| touch(field)).sum()
    }

    fn field_mut(&mut self, index: usize) -> &mut String {
        let fields: [&mut String; FIELDS] = fields!(self, &mut);
        fields.into_iter().nth(index).unwrap()
    }
}

impl Users for Native {
    fn load(&self, users: &[User]) {
        let txn = self.0.rw_transaction().unwrap();
        for user in users {
            txn.insert(NativeUser::from(user)).unwrap();
        }
        txn.commit().unwrap();
    }

    fn read(&self, key: &str) -> u64 {
        let txn = self.0.r_transaction().unwrap();
        let user: Option<NativeUser> = txn.get().primary(key).unwrap();
        user.map_or(0, |user| user.sum())
    }

    fn scan(&self, key: &str, count: usize) -> u64 {
        let txn = self.0.r_transaction().unwrap();
        let scan = txn.scan().primary::<NativeUser>().unwrap();
        let rows = scan.range(key.to_owned()..).unwrap();
        rows.take(count).map(|user| user.unwrap().sum()).sum()
    }

    fn update(&self, key: &str, field: usize, value: &str) {
        let txn = self.0.rw_transaction().unwrap();
        let old: NativeUser = txn.get().primary(key).unwrap().unwrap();
        let mut new = old.clone();
        value.clone_into(new.field_mut(field));
        txn.update(old, new).unwrap();
        txn.commit().unwrap();
    }
}
