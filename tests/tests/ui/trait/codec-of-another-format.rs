use storage::{Codec, codec::Rkyv};

struct Plain {
    id: u64,
}

fn encode<V: 'static, C: Codec<V, Owned = V>>(value: &V) -> usize {
    let mut bytes = Vec::new();
    let _ = C::encode(value, &mut bytes);
    bytes.len()
}

fn plain(value: &Plain) -> usize {
    encode::<Plain, Rkyv>(value)
}

fn main() {}
