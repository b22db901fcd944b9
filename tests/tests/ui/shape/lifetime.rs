use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User<'a> {
    #[store(key)]
    id: u64,
    name: &'a str,
}

fn main() {}
