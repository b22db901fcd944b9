use storage::{StoredType, codec::FlatbuffersSchema};

#[derive(StoredType)]
struct Plain {
    x: f32,
}

fn schema() -> String {
    <Plain as FlatbuffersSchema>::fbs()
}

fn main() {}
