use rkyv::{Archive, Archived, Place, Portable, boxed::ArchivedBox};
use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "rkyv")]
struct Point {
    x: u32,
    y: u32,
}

#[derive(Portable)]
#[repr(C)]
struct ArchivedPoint {
    x: ArchivedBox<Archived<u32>>,
    y: Archived<i32>,
}

impl Archive for Point {
    type Archived = ArchivedPoint;
    type Resolver = ();

    fn resolve(&self, (): (), _: Place<ArchivedPoint>) {}
}

fn main() {}
