//! The record as four releases of a program have it, in both codecs. The second and the third read each other's rows;
//! each of the others reads those of the releases before it.

use super::item::{Home, Item, Key, LEVEL, NICK};
use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, StoredRecord, StoredType, Table, record::EqFields, table::Access};

/// What all releases have.
pub(crate) trait Released:
    StoredRecord<Key = Key> + Clone + for<'a> EqFields<'a> + From<Item> + Into<Item> + 'static
{
    /// The keys of all with this name, by the index.
    fn of_name<A: Access>(table: &Table<Self, A>, name: &str) -> Result<Vec<Key>>;

    /// The one with this code, by the index.
    fn of_code<A: Access>(table: &Table<Self, A>, code: u32) -> Result<Option<Item>>;

    /// Single fields of the record under `key`.
    fn fields<A: Access>(
        table: &Table<Self, A>,
        key: &Key,
    ) -> Result<Option<(Option<u32>, Vec<String>)>>;

    /// The keys of all that have a code, by a filter.
    fn coded<A: Access>(table: &Table<Self, A>) -> Result<Vec<Key>>;
}

/// The releases in one codec, the oldest first.
pub(crate) trait Releases {
    type First: Released;
    type Second: Released;
    type Third: Released;
    type Fourth: Released;
}

/// A value as another release has it.
trait As<T> {
    fn to(self) -> T;
}

macro_rules! as_it_is {
    ($($ty:ty),*) => { $(impl As<$ty> for $ty { fn to(self) -> $ty { self } })* };
}
as_it_is!(String, u32, u64, Option<u32>, Vec<String>, Option<String>, Option<u64>);

macro_rules! of_another_type {
    ($($from:ty, $to:ty: |$value:ident| $converted:expr;)*) => {
        $(impl As<$to> for $from { fn to(self) -> $to { let $value = self; $converted } })*
    };
}
of_another_type! {
    u64, u16: |age| age as u16;
    u16, u64: |age| age.into();
    u64, u32: |age| age as u32;
    u32, u64: |age| age.into();
    Option<String>, String: |nick| nick.unwrap_or_else(|| NICK.to_owned());
    String, Option<String>: |nick| Some(nick);
    Option<u8>, u8: |level| level.unwrap_or(LEVEL);
    u8, Option<u8>: |level| Some(level);
}

/// A release: its attributes, its fields with those of the item they are made of, and its indexes.
macro_rules! release {
    (
        $name:ident, [$($attr:meta),*], $by_name:ident,
        { $($(#[$on:meta])* $field:ident: $ty:ty = $of:ident),* $(,)? }
    ) => {
        #[derive(Clone, Debug, PartialEq, StoredRecord)]
        $(#[$attr])*
        pub(crate) struct $name {
            #[store(key)]
            area: String,
            #[store(key)]
            number: u32,
            $($(#[$on])* $field: $ty),*
        }

        impl From<Item> for $name {
            fn from(item: Item) -> Self {
                Self { area: item.area, number: item.number, $($field: item.$of.to()),* }
            }
        }

        impl From<$name> for Item {
            #[allow(clippy::needless_update, reason = "a release may have all fields")]
            fn from(record: $name) -> Self {
                let (area, number) = (record.area, record.number);
                Item { area, number, $($of: record.$field.to(),)* ..Item::default() }
            }
        }

        impl Released for $name {
            fn of_name<A: Access>(table: &Table<Self, A>, name: &str) -> Result<Vec<Key>> {
                let found = table.by(Self::INDEXES.$by_name).get_all(name)?;
                found.select((Self::FIELDS.area, Self::FIELDS.number)).collect()
            }

            fn of_code<A: Access>(table: &Table<Self, A>, code: u32) -> Result<Option<Item>> {
                Ok(table.by(Self::INDEXES.code).load(code)?.map(Item::from))
            }

            fn fields<A: Access>(
                table: &Table<Self, A>,
                key: &Key,
            ) -> Result<Option<(Option<u32>, Vec<String>)>> {
                table.project(key, (Self::FIELDS.code, Self::FIELDS.tags))
            }

            fn coded<A: Access>(table: &Table<Self, A>) -> Result<Vec<Key>> {
                let rows = table.iter()?.filter(Self::FIELDS.code.is_some());
                rows.select((Self::FIELDS.area, Self::FIELDS.number)).collect()
            }
        }
    };
}

macro_rules! codec {
    ($module:ident, $codec:ident, { $($releases:tt)* }) => {
        mod $module {
            use super::*;

            $($releases)*
        }

        /// The releases in this codec.
        pub(crate) struct $codec;

        impl Releases for $codec {
            type First = $module::First;
            type Second = $module::Second;
            type Third = $module::Third;
            type Fourth = $module::Fourth;
        }
    };
}

codec!(archives, Archives, {
    release! {
        First,
        [derive(Archive, Serialize, Deserialize), store(codec = "rkyv", table = "items", was = "Second")],
        name,
        {
            #[store(index)] name: String = name,
            age: u16 = age,
            #[store(unique)] code: Option<u32> = code,
            #[store(index)] tags: Vec<String> = tags,
            home: Place = home,
            nick: Option<String> = nick,
        }
    }

    release! {
        Second,
        [
            derive(Archive, Serialize, Deserialize),
            store(codec = "rkyv", table = "items", was("First", "Third")),
            store(index(name = "by_age", fields(age, name)))
        ],
        name,
        {
            #[store(index, was = "full_name")] name: String = name,
            age: u32 = age,
            #[store(unique)] code: Option<u32> = code,
            tags: Vec<String> = tags,
            home: Place = home,
            nick: Option<String> = nick,
            #[store(index)] email: Option<String> = email,
            #[store(default = LEVEL)] level: u8 = level,
        }
    }

    release! {
        Third,
        [
            derive(Archive, Serialize, Deserialize),
            store(codec = "rkyv", table = "items", was("First", "Second"))
        ],
        full_name,
        {
            email: Option<String> = email,
            #[store(unique)] code: Option<u32> = code,
            #[store(index)] tags: Vec<String> = tags,
            home: Place = home,
            #[store(default = LEVEL, index)] level: u8 = level,
            #[store(index, was = "name")] full_name: String = name,
            nick: Option<String> = nick,
            age: u32 = age,
        }
    }

    release! {
        Fourth,
        [
            derive(Archive, Serialize, Deserialize),
            store(codec = "rkyv", table = "items", was("First", "Second", "Third")),
            store(removed("email"))
        ],
        title,
        {
            #[store(index, was("name", "full_name"))] title: String = name,
            #[store(unique)] code: Option<u32> = code,
            #[store(index)] age: u64 = age,
            tags: Vec<String> = tags,
            home: NewPlace = home,
            #[store(default = NICK.to_owned(), index)] nick: String = nick,
            #[store(default = LEVEL)] level: u8 = level,
        }
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) enum Place {
        House,
        Work { floor: u8 },
        Shed,
    }

    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    pub(crate) enum NewPlace {
        #[store(was("Work", "Shed"))]
        Office {
            #[store(default)]
            floor: u8,
            desk: Option<u16>,
        },
        House,
    }

    of_another_type! {
        Home, Place: |home| match home {
            Home::House => Place::House,
            Home::Work(floor) => Place::Work { floor },
            Home::Shed => Place::Shed,
        };
        Place, Home: |place| match place {
            Place::House => Home::House,
            Place::Work { floor } => Home::Work(floor),
            Place::Shed => Home::Shed,
        };
        Home, NewPlace: |home| match home {
            Home::House => NewPlace::House,
            Home::Work(floor) => NewPlace::Office { floor, desk: None },
            Home::Shed => NewPlace::Office { floor: 0, desk: None },
        };
        NewPlace, Home: |place| match place {
            NewPlace::House => Home::House,
            NewPlace::Office { floor, .. } => Home::Work(floor),
        };
    }
});

codec!(flat, Flat, {
    release! {
        First,
        [store(codec = "flatbuffers", table = "items", was = "Second")],
        name,
        {
            #[store(index)] name: String = name,
            age: u16 = age,
            #[store(unique)] code: Option<u32> = code,
            #[store(index)] tags: Vec<String> = tags,
            home: Place = home,
            nick: Option<String> = nick,
        }
    }

    release! {
        Second,
        [
            store(codec = "flatbuffers", table = "items", was("First", "Third")),
            store(index(name = "by_age", fields(age, name)))
        ],
        name,
        {
            #[store(index, was = "full_name")] name: String = name,
            age: u16 = age,
            #[store(unique)] code: Option<u32> = code,
            tags: Vec<String> = tags,
            home: Place = home,
            nick: Option<String> = nick,
            #[store(index)] email: Option<String> = email,
            #[store(default = LEVEL)] level: u8 = level,
        }
    }

    release! {
        Third,
        [store(codec = "flatbuffers", table = "items", was("First", "Second"))],
        full_name,
        {
            #[store(index, was = "name")] full_name: String = name,
            age: u16 = age,
            #[store(unique)] code: Option<u32> = code,
            #[store(index)] tags: Vec<String> = tags,
            home: Place = home,
            nick: Option<String> = nick,
            email: Option<String> = email,
            #[store(default = LEVEL, index)] level: u8 = level,
        }
    }

    release! {
        Fourth,
        [
            store(codec = "flatbuffers", table = "items", was("First", "Second", "Third"))
        ],
        title,
        {
            #[store(index, was("name", "full_name"))] title: String = name,
            #[store(index)] age: u16 = age,
            #[store(unique)] code: Option<u32> = code,
            tags: Vec<String> = tags,
            home: NewPlace = home,
            #[store(index)] nick: Option<String> = nick,
            email: Option<String> = email,
            #[store(default = LEVEL)] level: u8 = level,
            seen: Option<u64> = seen,
        }
    }

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers")]
    pub(crate) enum Place {
        House,
        Work { floor: u8 },
    }

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers")]
    pub(crate) enum NewPlace {
        House,
        #[store(was = "Work")]
        Office {
            floor: u8,
            desk: Option<u16>,
        },
        Shed {
            height: u8,
        },
    }

    of_another_type! {
        Home, Place: |home| match home {
            Home::House | Home::Shed => Place::House,
            Home::Work(floor) => Place::Work { floor },
        };
        Place, Home: |place| match place {
            Place::House => Home::House,
            Place::Work { floor } => Home::Work(floor),
        };
        Home, NewPlace: |home| match home {
            Home::House => NewPlace::House,
            Home::Work(floor) => NewPlace::Office { floor, desk: None },
            Home::Shed => NewPlace::Shed { height: 2 },
        };
        NewPlace, Home: |place| match place {
            NewPlace::House => Home::House,
            NewPlace::Office { floor, .. } => Home::Work(floor),
            NewPlace::Shed { .. } => Home::Shed,
        };
    }
});
