use storage::StoredKey;

#[derive(Debug, StoredKey)]
pub struct StationId(u32);

#[derive(Debug, StoredKey)]
pub struct Slot {
    station: StationId,
    hour: u32,
}

#[derive(Debug, StoredKey)]
pub enum Pollutant {
    Pm25,
    r#Pm10,
    No2 = 7,
}

#[derive(Debug, StoredKey)]
pub enum Sender {
    Nobody,
    Short(u16),
    Named { site: String, r#number: u32 },
}
