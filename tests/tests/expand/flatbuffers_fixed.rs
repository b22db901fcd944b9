use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Vec3 {
    x: f32,
    y: f32,
    color: Color,
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
#[repr(i16)]
enum Color {
    Red = -1,
    Green = 4,
    Blue,
}
