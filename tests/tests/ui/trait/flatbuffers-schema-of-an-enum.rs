use storage::{StoredType, codec::FlatbuffersSchema};

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Color {
    Red,
}

fn schema() -> String {
    <Color as FlatbuffersSchema>::fbs()
}

fn main() {}
