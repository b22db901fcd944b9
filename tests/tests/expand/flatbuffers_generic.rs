use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Page<T, const N: usize> {
    items: Vec<T>,
    few: [u8; N],
    next: Option<Box<Self>>,
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Answer<T> {
    Nothing,
    One(T),
    Many { items: Vec<T> },
}
