use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
pub struct Pair<T, const N: usize>
where
    T: Clone,
{
    left: T,
    right: [T; N],
}
