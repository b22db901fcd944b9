use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(default = fn)]
    hp: i16,
}

fn main() {}
