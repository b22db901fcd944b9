// flatc's accessors follow nested buffers unchecked: somebody has to say that there are none.
mod generated {
    pub struct Monster<'a>(pub &'a [u8]);
}

storage::flatbuffers_type!(generated::Monster);

fn main() {}
