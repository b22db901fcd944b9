//! Stored types have parameters, called as ours are.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Pair<__P, T>
where
    T: Clone,
{
    left: __P,
    right: T,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
enum Either<R, K> {
    Left(R),
    Right { key: K },
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Row<T, const N: usize>([T; N]);

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Defaulted<Self_ = u8>(Self_);

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "all")]
struct All {
    #[store(key)]
    id: u64,
    pair: Pair<u8, String>,
    either: Either<Row<u8, 3>, Defaulted>,
    other: Either<Defaulted<bool>, Option<Pair<char, u16>>>,
}

#[test]
fn works() {
    let pair = Pair { left: 1, right: "a".to_owned() };
    let other = Either::Right { key: Some(Pair { left: 'x', right: 5 }) };
    crate::keep(&All { id: 7, pair, either: Either::Left(Row([1, 2, 3])), other });
    let pair = Pair { left: 1, right: "a".to_owned() };
    let either = Either::Right { key: Defaulted(7) };
    crate::keep(&All { id: 7, pair, either, other: Either::Left(Defaulted(true)) });
}
