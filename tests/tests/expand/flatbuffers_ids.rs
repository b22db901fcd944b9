use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
#[store(removed(id = 1, name = "mana", ty = "i16"))]
#[store(removed(id = 3, name = "title", ty = "Option<String>"))]
struct Stats {
    #[store(id = 4, default = 150)]
    hp: i16,
    #[store(id = 0)]
    level: u8,
    #[store(id = 2)]
    nick: Option<String>,
}
