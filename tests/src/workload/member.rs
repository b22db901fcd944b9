//! A record as four releases of a program have it, in both codecs. With rkyv the first two read each other's rows; the
//! third has another name for the table and for a field, and an index less; the fourth another key.

use super::growth::{LEVEL, Member};
use rkyv::{Archive, Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::{
    Result, StoredRecord, Table,
    table::{Access, AccessMut},
};

/// What all releases can do.
pub(super) trait Released: StoredRecord + From<Member> + Into<Member> {
    /// Removes the member of this number.
    fn delete<A: AccessMut>(table: &Table<Self, A>, id: u32) -> Result<bool>;

    /// Looks every member up by its indexes, and says what is not found.
    fn check_look_ups<A: Access>(
        table: &Table<Self, A>,
        members: &BTreeMap<u32, Member>,
    ) -> Result<Option<String>>;
}

/// The releases in one codec.
pub(super) trait Releases {
    type First: Released;
    type Second: Released;
    type Third: Released;
    type Fourth: Released;
}

/// A release: its attributes, its fields with those of the member they are made of, and its indexes.
macro_rules! release {
    (
        $name:ident, [$($attr:meta),* $(,)?], $key:ty,
        { $($(#[$on:meta])* $field:ident: $ty:ty = $of:ident),* },
        $(count $count:ident by $counted:ident,)* $(find $found:ident by $unique:ident,)?
    ) => {
        #[derive(Clone, Debug, StoredRecord)]
        $(#[$attr])*
        pub(in crate::workload) struct $name { $($(#[$on])* $field: $ty),* }

        impl From<Member> for $name {
            fn from(member: Member) -> Self {
                Self { $($field: member.$of.into()),* }
            }
        }

        impl From<$name> for Member {
            #[allow(clippy::needless_update, reason = "a release may have all fields")]
            fn from(record: $name) -> Self {
                Self { $($of: record.$field.try_into().expect("it fits"),)* ..Self::default() }
            }
        }

        impl Released for $name {
            fn delete<A: AccessMut>(table: &Table<Self, A>, id: u32) -> Result<bool> {
                table.delete(<$key>::from(id))
            }

            fn check_look_ups<A: Access>(
                table: &Table<Self, A>,
                members: &BTreeMap<u32, Member>,
            ) -> Result<Option<String>> {
                $({
                    let by = table.by(Self::INDEXES.$count);
                    let mut counts = BTreeMap::new();
                    for member in members.values() {
                        *counts.entry(&member.$counted).or_insert(0_u64) += 1;
                    }
                    for (key, count) in counts {
                        let found = by.count(key)?;
                        if found != count {
                            return Ok(Some(format!("{found} of {count} members under {key:?}")));
                        }
                    }
                })*
                $(for member in members.values() {
                    let Some(key) = &member.$unique else { continue };
                    let found = table.by(Self::INDEXES.$found).load(key.as_str())?.map(Member::from);
                    if found.as_ref() != Some(member) {
                        return Ok(Some(format!("{} is not found by {key}", member.id)));
                    }
                })?
                Ok(None)
            }
        }
    };
}

/// The four releases, with the derives that the codec asks for and the table's two names.
macro_rules! releases {
    ($codec:literal, $old:literal, $new:literal, [$($derive:ident),*], [$($gone:meta),*]) => {
        release! {
            First, [derive($($derive),*), store(codec = $codec, table = $old, was = "Second"), $($gone),*], u32,
            {
                #[store(key)] id: u32 = id,
                name: String = name,
                #[store(index)] city: String = city,
                age: u16 = age
            },
            count city by city,
        }

        release! {
            Second, [derive($($derive),*), store(codec = $codec, table = $old, was = "First")], u32,
            {
                #[store(key)] id: u32 = id,
                name: String = name,
                #[store(index)] city: String = city,
                age: u16 = age,
                #[store(unique)] nick: Option<String> = nick,
                #[store(index, default = LEVEL)] level: u8 = level
            },
            count city by city,
            count level by level,
            find nick by nick,
        }

        release! {
            Third,
            [
                derive($($derive),*),
                store(codec = $codec, table = $new, table_was = $old, was("First", "Second"))
            ],
            u32,
            {
                #[store(key)] id: u32 = id,
                #[store(was = "name")] title: String = name,
                city: String = city,
                #[store(index)] age: u16 = age,
                #[store(unique)] nick: Option<String> = nick,
                #[store(index, default = LEVEL)] level: u8 = level
            },
            count age by age,
            count level by level,
            find nick by nick,
        }

        release! {
            Fourth, [derive($($derive),*), store(codec = $codec, table = $new, table_was = $old)], u64,
            {
                #[store(key)] number: u64 = id,
                title: String = name,
                #[store(index)] city: String = city,
                age: u16 = age,
                #[store(unique)] nick: Option<String> = nick,
                level: u8 = level
            },
            count city by city,
            find nick by nick,
        }
    };
}

macro_rules! codec {
    ($module:ident, $codec:ident, $name:literal, $old:literal, $new:literal, $derives:tt, $gone:tt) => {
        mod $module {
            use super::*;

            releases!($name, $old, $new, $derives, $gone);
        }

        /// The releases in this codec.
        pub(super) struct $codec;

        impl Releases for $codec {
            type First = $module::First;
            type Second = $module::Second;
            type Third = $module::Third;
            type Fourth = $module::Fourth;
        }
    };
}

codec!(
    archives,
    Archives,
    "rkyv",
    "rkyv_member_rows",
    "rkyv_crew_rows",
    [Archive, Serialize, Deserialize],
    [store(removed("nick", "level"))]
);
codec!(flat, Flat, "flatbuffers", "flat_member_rows", "flat_crew_rows", [], []);
