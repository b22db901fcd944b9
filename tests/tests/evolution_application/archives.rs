//! What the records that are archives have in common.

use crate::{History, Program};

/// A module for each release.
macro_rules! releases {
    ($($module:ident { $($items:tt)* })*) => {
        $(mod $module {
            #[allow(unused_imports, reason = "not every release has all of it")]
            use {
                super::*,
                crate::{models::*, release},
                rkyv::{Archive, Deserialize, Serialize},
                std::collections::BTreeMap,
                storage::{StoredRecord, StoredType},
            };

            $($items)*
        })*
    };
}

/// A record that is an archive.
macro_rules! archive {
    ($(#[$head:meta])* $name:ident $($rest:tt)*) => {
        release! {
            #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
            $(#[$head])*
            $name $($rest)*
        }
    };
}

macro_rules! programs {
    ($name:ident: $($module:ident),*) => { [$(Program::of::<$module::$name>()),*] };
}

pub(crate) const fn history(forward: [Program; 9]) -> History {
    let mut back = [None; 9];
    let mut release = 1;
    while release < back.len() {
        back[release] = Some(forward[release]);
        release += 1;
    }
    History { forward, back, first_to_read: 1 }
}

pub(crate) use {archive, programs, releases};
