//! Enums with data as keys, parts of keys, index keys and fields of records, in both codecs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use rkyv::{Archive, Deserialize, Serialize};
use storage::{Storage, StoredKey, StoredRecord, StoredType};

#[derive(
    Clone, Debug, PartialEq, PartialOrd, Archive, Serialize, Deserialize, StoredType, StoredKey,
)]
#[store(codec = "flatbuffers")]
enum Device {
    Unknown,
    Short { number: u16 },
    Long { bytes: [u8; 16] },
    Named { site: String, number: u32 },
}

fn devices() -> [Device; 6] {
    [
        Device::Unknown,
        Device::Short { number: 1 },
        Device::Short { number: 256 },
        Device::Long { bytes: [7; 16] },
        Device::Named { site: "a".to_owned(), number: u32::MAX },
        Device::Named { site: "a\0".to_owned(), number: 0 },
    ]
}

macro_rules! codec {
    ($codec:ident = $name:literal, $($derive:ident),*) => {
        mod $codec {
            use super::*;

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "seen", index(name = "both", fields(first, at)))]
            #[store(index(name = "next", with = Self::next, key = Device))]
            struct Seen {
                #[store(key)]
                device: Device,
                #[store(key)]
                at: u64,
                #[store(index)]
                first: Device,
                #[store(unique)]
                last: Option<Device>,
            }

            impl Seen {
                fn next(&self) -> Option<Device> {
                    (self.at == 9).then(|| self.device.clone())
                }
            }

            #[test]
            fn keys_and_index_keys() {
                let seen = |(at, device): (u64, Device)| Seen {
                    device: device.clone(),
                    at: 9 - at,
                    first: Device::Short { number: 7 },
                    last: (at > 0).then_some(device),
                };
                let records: Vec<Seen> = (0..).zip(devices()).map(seen).collect();
                let storage = Storage::in_memory().unwrap();
                let table = Seen::table(&storage).unwrap();
                table.put_stream(records.iter().rev().cloned()).unwrap();
                let rows = table.iter().unwrap().map(|row| row.unwrap().load().unwrap());
                assert_eq!(rows.collect::<Vec<_>>(), records, "the order of keys");

                let ix = Seen::INDEXES;
                let first = records.first().unwrap();
                for record in &records {
                    let key = (&record.device, record.at);
                    assert_eq!(table.load(key).unwrap().as_ref(), Some(record));
                    let of_device = table.prefix((&record.device,)).unwrap().count().unwrap();
                    assert_eq!(of_device, 1);
                    let last = table.by(ix.last).load(&record.device).unwrap();
                    assert_eq!(last.as_ref(), Some(record).filter(|record| *record != first));
                    let next = table.by(ix.next).count(&record.device).unwrap();
                    assert_eq!(next, u64::from(record == first));
                }
                assert_eq!(table.by(ix.first).count(Device::Short { number: 7 }).unwrap(), 6);
                let both = table.by(ix.both).prefix((Device::Short { number: 7 },)).unwrap();
                assert_eq!(both.select(Seen::FIELDS.at).next().unwrap().unwrap(), 4);
                let short = Device::Short { number: 0 }..Device::Long { bytes: [0; 16] };
                assert_eq!(table.by(ix.last).range(short).unwrap().count().unwrap(), 2);

                let f = Seen::FIELDS;
                let selected = table.iter().unwrap().select((f.device, f.last));
                let fields = selected.map(|row| row.unwrap()).collect::<Vec<_>>();
                let expected = records.iter().map(|row| (row.device.clone(), row.last.clone()));
                assert_eq!(fields, expected.collect::<Vec<_>>());
                let long = table.iter().unwrap().filter(f.device.ge(Device::Long { bytes: [7; 16] }));
                assert_eq!(long.count().unwrap(), 3);

                assert!(table.update((Device::Unknown, 9), |row| row.last = None).is_ok());
                assert!(table.delete((Device::Short { number: 1 }, 8)).unwrap());
                assert!(table.verify().unwrap().is_empty());
            }
        }
    };
}

codec! { of_rkyv = "rkyv", Archive, Serialize, Deserialize }
codec! { of_flatbuffers = "flatbuffers", }
