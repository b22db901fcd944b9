use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Action {
    Idle,
    Move {
        to: Point,
        #[store(default = 3)]
        speed: u16,
    },
    Attack(Target),
}

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Point {
    x: i32,
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Target {
    name: String,
}
