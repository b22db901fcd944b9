use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

struct Foreign {
    x: f64,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[rkyv(remote = Foreign)]
struct Point {
    x: f64,
}

impl From<Point> for Foreign {
    fn from(point: Point) -> Self {
        Self { x: point.x }
    }
}

fn main() {}
