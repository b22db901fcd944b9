use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Storage, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    age: u32,
}

fn refuse(storage: &Storage) -> Result<()> {
    let users = User::table(storage)?;
    users.update(7, |user| (user.age, user.age.checked_add(1).ok_or("too old")))?;
    Ok(())
}

fn main() {}
