//! Functions and constants of the user are called as those that generated code uses.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

fn encode_key() {}
fn encode_part() {}
fn describe_key() {}
fn field_schema() {}
fn struct_shape() {}
fn push_keys() {}
const HANDLE: () = ();
const PLACE: () = ();
const NAME: () = ();
static SCHEMA: () = ();

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: String,
}

#[test]
fn works() {
    (encode_key(), encode_part(), describe_key(), field_schema(), struct_shape(), push_keys());
    (HANDLE, PLACE, NAME, SCHEMA);
    crate::keep(&User { id: 7, name: "Ada".to_owned() });
}
