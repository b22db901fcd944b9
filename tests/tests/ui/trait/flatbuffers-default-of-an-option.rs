use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(default = Some(1))]
    hp: Option<i16>,
}

fn main() {}
