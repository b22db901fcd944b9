use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_place", fields(country, city)))]
#[store(index(name = "adult", fields(age), unique, if = is_adult))]
#[store(index(name = "initial", with = initial, key = char))]
pub struct User {
    #[store(key)]
    id: u64,
    #[store(unique)]
    email: String,
    #[store(index)]
    country: String,
    city: Option<String>,
    age: u8,
}

fn is_adult(user: &User) -> bool {
    user.age >= 18
}

fn initial(user: &User) -> Option<char> {
    user.email.chars().next()
}
