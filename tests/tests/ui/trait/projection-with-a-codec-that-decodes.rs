use storage::{
    Codec, Storage, StoredRecord, StoredType,
    codec::Decoded,
    error::{DecodeError, EncodeError},
    index::IndexSet,
    key::{KeyBuf, Lookup, Place},
    project::FieldSet,
    schema::{CodecId, RecordSchema, Shape, Shapes},
};

struct Note(u8);

struct Plain;

impl Codec<Note> for Plain {
    type Owned = Note;
    type Reading = Decoded;

    const ID: CodecId = CodecId::Other("plain");

    fn format() -> String {
        "plain".to_owned()
    }

    fn type_name() -> String {
        "note".to_owned()
    }

    fn encode(value: &Note, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        *out = vec![value.0];
        Ok(())
    }

    fn decode(body: &[u8]) -> Result<Note, DecodeError> {
        Ok(Note(body[0]))
    }
}

impl StoredType for Note {
    fn shape(_: &mut Shapes) -> Shape {
        Shape::Opaque("note".to_owned(), None)
    }
}

impl<P: 'static> FieldSet<P> for Note {
    type Fields = ();
    const FIELDS: &'static () = &();
}

impl IndexSet for Note {
    type Indexes = ();
}

impl StoredRecord for Note {
    type Key = u8;
    type Codec = Plain;

    const SCHEMA: &'static RecordSchema = &RecordSchema::new("Note", "notes", Plain::ID);

    fn encode_key(&self, out: &mut KeyBuf) {
        self.0.encode(out, Place::Last);
    }
}

fn project(storage: &Storage) -> storage::Result<()> {
    Note::table(storage)?.project(7, ())?;
    Ok(())
}

fn main() {}
