use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Action {
    Move {
        #[store(id = 0)]
        speed: f32,
        name: String,
    },
}

fn main() {}
