use rkyv::{Archive, Deserialize, Serialize};
use storage::{
    Result, Storage, StoredRecord, StoredType,
    schema::{Shape, Shapes},
};

#[derive(Archive, Serialize, Deserialize)]
struct Color(u32);

impl StoredType for Color {
    fn shape(shapes: &mut Shapes) -> Shape {
        u32::shape(shapes)
    }
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "pens")]
struct Pen {
    #[store(key)]
    id: u64,
    color: Color,
}

fn color(storage: &Storage) -> Result<Option<Color>> {
    Pen::table(storage)?.project(7, Pen::FIELDS.color)
}

fn main() {}
