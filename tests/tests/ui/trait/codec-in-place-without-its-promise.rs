use storage::{Codec, codec::InPlace, error::{DecodeError, EncodeError}, schema::CodecId};

struct Plain;

impl Codec<u8> for Plain {
    type Owned = u8;
    type Reading = InPlace;

    const ID: CodecId = CodecId::Other("plain");

    fn format() -> String {
        "plain".to_owned()
    }

    fn type_name() -> String {
        "u8".to_owned()
    }

    fn encode(value: &u8, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        *out = vec![*value];
        Ok(())
    }

    fn decode(body: &[u8]) -> Result<u8, DecodeError> {
        Ok(body[0])
    }
}

fn main() {}
