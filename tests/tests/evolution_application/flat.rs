//! The records that are FlatBuffers, as each release has them.

use crate::{
    History, Program,
    archives::{programs, releases},
};

/// A record in FlatBuffers.
macro_rules! flat {
    ($(#[$head:meta])* $name:ident $($rest:tt)*) => {
        release! {
            #[derive(Debug, PartialEq, StoredRecord)]
            $(#[$head])*
            $name $($rest)*
        }
    };
}

/// The ids of what later releases have stay taken where a program goes back; one that has them does not go on.
const fn history(forward: [Program; 9], first: [Program; 3]) -> History {
    let mut back = [None; 9];
    let mut release = 0;
    while release < back.len() {
        let is_first = release < first.len();
        back[release] = Some(if is_first { first[release] } else { forward[release] });
        release += 1;
    }
    History { forward, back, first_to_read: 3 }
}

pub(crate) const LINES: History =
    history(programs!(Line: l0, l1, l2, l3, l4, l5, l6, l7, l8), programs!(Line: b0, b1, b2));
pub(crate) const EVENTS: History =
    history(programs!(Event: e0, e1, e2, e3, e4, e5, e6, e7, e8), programs!(Event: f0, f1, f2));

releases! {
    // The first.
    l0 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(id = 2)] product: String = product,
                #[store(id = 3)] count: u16 = count,
            }
        }
    }
    // An optional field more.
    l1 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(id = 2)] product: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
            }
        }
    }
    // A list more.
    l2 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(id = 2)] product: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
                #[store(id = 5)] notes: Vec<String> = notes,
            }
        }
    }
    // A field with a default.
    l3 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(was = "sku", id = 2)] product: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
                #[store(id = 5)] notes: Vec<String> = notes,
                #[store(default = 3, id = 6)] level: u8 = level,
            }
        }
    }
    // Another name.
    l4 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(was = "product", id = 2)] sku: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
                #[store(id = 5)] notes: Vec<String> = notes,
                #[store(default = 3, id = 6)] level: u8 = level,
            }
        }
    }
    // An index.
    l5 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(index, was = "product", id = 2)] sku: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
                #[store(id = 5)] notes: Vec<String> = notes,
                #[store(default = 3, id = 6)] level: u8 = level,
            }
        }
    }
    // An index with an entry for each of a list.
    l6 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(index, was = "product", id = 2)] sku: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
                #[store(index, id = 5)] notes: Vec<String> = notes,
                #[store(default = 3, id = 6)] level: u8 = level,
            }
        }
    }
    // The same with a condition.
    l7 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            #[store(index(name = "many", fields(notes), if = is_many))]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(index, was = "product", id = 2)] sku: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
                #[store(id = 5)] notes: Vec<String> = notes,
                #[store(default = 3, id = 6)] level: u8 = level,
            }
        }
        fn is_many(line: &Line) -> bool {
            line.count > 1
        }
    }
    // An index over two fields, one of which had one of its own.
    l8 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            #[store(index(name = "both", fields(level, sku)))]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(was = "product", id = 2)] sku: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
                #[store(id = 5)] notes: Vec<String> = notes,
                #[store(default = 3, id = 6)] level: u8 = level,
            }
        }
    }
    // Back: what newer rows have is removed.
    b0 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            #[store(removed(id = 4, name = "discount", ty = "Option<u16>"))]
            #[store(removed(id = 5, name = "notes", ty = "Vec<String>"))]
            #[store(removed(id = 6, name = "level", ty = "u8"))]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(was = "sku", id = 2)] product: String = product,
                #[store(id = 3)] count: u16 = count,
            }
        }
    }
    // The same.
    b1 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            #[store(removed(id = 5, name = "notes", ty = "Vec<String>"))]
            #[store(removed(id = 6, name = "level", ty = "u8"))]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(was = "sku", id = 2)] product: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
            }
        }
    }
    // The same.
    b2 {
        flat! {
            #[store(codec = "flatbuffers", table = "lines")]
            #[store(removed(id = 6, name = "level", ty = "u8"))]
            Line of LineModel {
                #[store(key, id = 0)] order: u32 = order,
                #[store(key, id = 1)] line: u16 = line,
                #[store(was = "sku", id = 2)] product: String = product,
                #[store(id = 3)] count: u16 = count,
                #[store(id = 4)] discount: Option<u16> = discount,
                #[store(id = 5)] notes: Vec<String> = notes,
            }
        }
    }
    // The first.
    e0 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(id = 2)] who: u64 = user,
                #[store(unique, id = 3)] code: String = code,
            }
        }
    }
    // An optional field more.
    e1 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(id = 2)] who: u64 = user,
                #[store(unique, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
            }
        }
    }
    // A list more.
    e2 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(id = 2)] who: u64 = user,
                #[store(unique, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
                #[store(id = 5)] tags: Vec<String> = tags,
            }
        }
    }
    // One more.
    e3 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(was = "user", id = 2)] who: u64 = user,
                #[store(unique, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
                #[store(id = 5)] tags: Vec<String> = tags,
                #[store(id = 6)] agent: Option<u32> = agent,
            }
        }
    }
    // Another name.
    e4 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(was = "who", id = 2)] user: u64 = user,
                #[store(unique, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
                #[store(id = 5)] tags: Vec<String> = tags,
                #[store(id = 6)] agent: Option<u32> = agent,
            }
        }
    }
    // An index.
    e5 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(index, was = "who", id = 2)] user: u64 = user,
                #[store(unique, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
                #[store(id = 5)] tags: Vec<String> = tags,
                #[store(id = 6)] agent: Option<u32> = agent,
            }
        }
    }
    // An index that a function makes.
    e6 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            #[store(index(name = "net", with = net, key = u8))]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(index, was = "who", id = 2)] user: u64 = user,
                #[store(unique, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
                #[store(id = 5)] tags: Vec<String> = tags,
                #[store(id = 6)] agent: Option<u32> = agent,
            }
        }
        fn net(event: &Event) -> Vec<u8> {
            event.tags.iter().map(|tag| tag.len() as u8).collect()
        }
    }
    // No longer unique.
    e7 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            #[store(index(name = "net", with = net, key = u8))]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(index, was = "who", id = 2)] user: u64 = user,
                #[store(index, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
                #[store(id = 5)] tags: Vec<String> = tags,
                #[store(id = 6)] agent: Option<u32> = agent,
            }
        }
        fn net(event: &Event) -> Vec<u8> {
            event.tags.iter().map(|tag| tag.len() as u8).collect()
        }
    }
    // An index less.
    e8 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            #[store(index(name = "net", with = net, key = u8))]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(was = "who", id = 2)] user: u64 = user,
                #[store(index, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
                #[store(id = 5)] tags: Vec<String> = tags,
                #[store(id = 6)] agent: Option<u32> = agent,
            }
        }
        fn net(event: &Event) -> Vec<u8> {
            event.tags.iter().map(|tag| tag.len() as u8).collect()
        }
    }
    // Back: what newer rows have is removed.
    f0 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            #[store(removed(id = 4, name = "address", ty = "Option<String>"))]
            #[store(removed(id = 5, name = "tags", ty = "Vec<String>"))]
            #[store(removed(id = 6, name = "agent", ty = "Option<u32>"))]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(was = "user", id = 2)] who: u64 = user,
                #[store(unique, id = 3)] code: String = code,
            }
        }
    }
    // The same.
    f1 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            #[store(removed(id = 5, name = "tags", ty = "Vec<String>"))]
            #[store(removed(id = 6, name = "agent", ty = "Option<u32>"))]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(was = "user", id = 2)] who: u64 = user,
                #[store(unique, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
            }
        }
    }
    // The same.
    f2 {
        flat! {
            #[store(codec = "flatbuffers", table = "events")]
            #[store(removed(id = 6, name = "agent", ty = "Option<u32>"))]
            Event of EventModel {
                #[store(key, id = 0)] day: u32 = day,
                #[store(key, id = 1)] sequence: u32 = sequence,
                #[store(was = "user", id = 2)] who: u64 = user,
                #[store(unique, id = 3)] code: String = code,
                #[store(id = 4)] address: Option<String> = address,
                #[store(id = 5)] tags: Vec<String> = tags,
            }
        }
    }
}
