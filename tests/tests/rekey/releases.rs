//! A user that is found by a number, and then by a name, in both codecs.

/// The releases of the program, with the codec `$codec` and the derives it asks for.
macro_rules! releases {
    ($codec:literal, [$($derive:ident),*]) => {
        /// The first.
        pub(crate) mod first {
            use super::*;

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "users")]
            pub(crate) struct User {
                #[store(key)]
                pub(crate) id: u32,
                pub(crate) name: String,
                #[store(index)]
                pub(crate) city: String,
            }
        }

        /// The second has a field more.
        pub(crate) mod second {
            use super::*;

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "users")]
            pub(crate) struct User {
                #[store(key)]
                pub(crate) id: u32,
                pub(crate) name: String,
                #[store(index)]
                pub(crate) city: String,
                pub(crate) mail: Option<String>,
            }
        }

        /// The third, whose key is another.
        pub(crate) mod third {
            use super::*;
            use storage::{Result, Storage};

            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "users")]
            pub(crate) struct User {
                pub(crate) id: u64,
                #[store(key)]
                pub(crate) name: String,
                #[store(index)]
                pub(crate) city: String,
                #[store(unique)]
                pub(crate) mail: Option<String>,
            }

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "users", was = "User")]
            pub(crate) struct UserV2 {
                #[store(key)]
                id: u32,
                name: String,
                city: String,
                mail: Option<String>,
            }

            impl From<UserV2> for User {
                fn from(UserV2 { id, name, city, mail }: UserV2) -> Self {
                    Self { id: id.into(), name, city, mail }
                }
            }

            /// With the key that it had.
            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "users")]
            pub(crate) struct Back {
                #[store(key)]
                pub(crate) id: u32,
                pub(crate) name: String,
                #[store(index)]
                pub(crate) city: String,
                pub(crate) mail: Option<String>,
            }

            /// With a key that is only wider.
            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "users")]
            pub(crate) struct Other {
                #[store(key)]
                pub(crate) id: u64,
                pub(crate) name: String,
            }

            /// In a table of another name.
            #[derive(Clone, Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "people")]
            pub(crate) struct Person {
                #[store(key)]
                pub(crate) user: String,
            }

            /// Converted from the second, under the same key.
            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $codec, table = "users", from = UserV2)]
            pub(crate) struct OfV2 {
                #[store(key)]
                pub(crate) id: u32,
                pub(crate) name: String,
            }

            impl From<UserV2> for OfV2 {
                fn from(UserV2 { id, name, .. }: UserV2) -> Self {
                    Self { id, name: format!("{name}!") }
                }
            }

            pub(crate) fn rekey(
                storage: &Storage,
            ) -> Rekey<UserV2, User, impl FnMut(UserV2) -> Result<User>> {
                storage.rekey(|old: UserV2| Ok(User::from(old)))
            }
        }
    };
}

pub(crate) mod archives {
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::{StoredRecord, evolution::Rekey};

    releases!("rkyv", [Archive, Serialize, Deserialize]);
}

pub(crate) mod flat {
    use storage::{StoredRecord, evolution::Rekey};

    releases!("flatbuffers", []);
}

/// What holds in both codecs, with the releases in scope.
macro_rules! in_both_codecs {
    ($($test:item)*) => {
        mod archives {
            use super::*;
            use crate::releases::archives::*;
            $($test)*
        }

        mod flat {
            use super::*;
            use crate::releases::flat::*;
            $($test)*
        }
    };
}

/// Helpers over the releases in scope.
macro_rules! helpers {
    () => {
        /// So many users of the first release, and as many of the second behind them.
        #[allow(dead_code, reason = "not every suite has both")]
        fn written(count: u32) -> Storage {
            let storage = Storage::in_memory().unwrap();
            fill(&storage, count);
            storage
        }

        #[allow(dead_code, reason = "not every suite fills its own store")]
        fn fill(storage: &Storage, count: u32) {
            let firsts = (0..count).map(|id| {
                let User { id, name, city, .. } = user(id);
                first::User { id: id.try_into().unwrap(), name, city }
            });
            first::User::table(storage).unwrap().put_stream(firsts).unwrap();
            let seconds = (count..2 * count).map(second);
            second::User::table(storage).unwrap().put_stream(seconds).unwrap();
        }

        #[allow(dead_code, reason = "not every suite has more than are filled in")]
        fn second(id: u32) -> second::User {
            let User { id, name, city, .. } = user(id);
            let mail = Some(format!("{name}@example.org"));
            second::User { id: id.try_into().unwrap(), name, city, mail }
        }

        /// What becomes of the user `id` of the first release. Names are in another order than numbers.
        fn user(id: u32) -> User {
            let name = format!("{:08x}", id.reverse_bits() ^ 0x5a5a);
            User { id: id.into(), name, city: format!("c{}", id % 7), mail: None }
        }

        #[allow(dead_code, reason = "not every suite comes to an end")]
        /// The table has the users that `written` has written, whatever way to them, and no others.
        fn assert_rekeyed(storage: &Storage, count: u32) {
            let users = User::table(storage).unwrap();
            assert_eq!(users.len().unwrap(), u64::from(2 * count));
            for id in 0..2 * count {
                let mut expected = user(id);
                if id >= count {
                    expected.mail = Some(format!("{}@example.org", expected.name));
                    let mail = &**expected.mail.as_ref().unwrap();
                    let found = users.by(User::INDEXES.mail).load(mail).unwrap();
                    assert_eq!(found, Some(expected.clone()));
                }
                assert_eq!(users.load(&*expected.name).unwrap(), Some(expected));
            }
            assert_eq!(users.by(User::INDEXES.city).len().unwrap(), u64::from(2 * count));
            assert_eq!(users.verify().unwrap(), []);
            assert!(users.evolution().unwrap().is_settled());
            crate::assert_settled(storage);
        }
    };
}

pub(crate) use {helpers, in_both_codecs};
