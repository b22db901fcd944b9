//! A record of one field, of which each release has another.

macro_rules! release {
    ($name:ident, [$($attr:meta),*], $($(#[$on_field:meta])* $field:ident)?) => {
        pub(crate) mod $name {
            use rkyv::{Archive, Deserialize, Serialize};
            use storage::StoredRecord;

            #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv", table = "users")]
            $(#[$attr])*
            pub(crate) struct A {
                #[store(key)]
                pub(crate) id: u64,
                $($(#[$on_field])* pub(crate) $field: Option<u32>,)?
            }
        }
    };
}

release!(first, [store(removed("x", "y", "z"))],);
release!(x, [store(removed("y", "z"))], x);
release!(y, [store(removed("x", "z"))], y);
release!(z, [store(removed("x", "y"))], z);
// What was `x` is `z` now.
release!(
    x_is_z,
    [],
    #[store(was = "x")]
    z
);
// Without a word of the past.
release!(x_alone, [], x);
release!(z_alone, [], z);
