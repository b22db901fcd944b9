use rkyv::{Archive, Deserialize, Serialize};
use std::net::IpAddr;
use storage::{AsText, Result, Storage, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "hosts")]
struct Host {
    #[store(key)]
    id: u64,
    #[rkyv(with = AsText)]
    address: IpAddr,
}

fn local(storage: &Storage) -> Result<()> {
    Host::table(storage)?.iter()?.filter(Host::FIELDS.address.eq("127.0.0.1")).count()?;
    Ok(())
}

fn main() {}
