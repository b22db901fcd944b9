//! The message of a record with another key has the code to paste: word for word, and it compiles.

use storage::{Storage, StorageError, StoredRecord};

/// The tests of one codec.
macro_rules! pasted {
    ($codec:ident, $name:literal, $file:literal, [$($derive:ident),*]) => {
        mod $codec {
            use super::*;

            mod first {
                #[allow(unused_imports, reason = "not every codec derives of its own")]
                use rkyv::{Archive, Deserialize, Serialize};
                use storage::StoredRecord;

                #[derive($($derive,)* StoredRecord)]
                #[store(codec = $name, table = "users")]
                pub(super) struct User {
                    #[store(key)]
                    pub(super) id: u32,
                    pub(super) name: String,
                    pub(super) gone: Option<u8>,
                }
            }

            /// With what the message has said, to the letter.
            #[allow(
                unreachable_code,
                dead_code,
                unused_variables,
                clippy::todo,
                reason = "what is left to do is not done"
            )]
            mod second {
                #[allow(unused_imports, reason = "not every codec derives of its own")]
                use rkyv::{Archive, Deserialize, Serialize};
                use storage::{Result, Storage, StoredRecord};

                #[derive($($derive,)* StoredRecord)]
                #[store(codec = $name, table = "users")]
                pub(super) struct User {
                    #[store(key)]
                    id: u64,
                    name: String,
                    cents: i64,
                }

                include!($file);

                pub(super) fn rekey(storage: &Storage) -> Result<()> {
                    storage.rekey(|old: UserV1| Ok(User::from(old))).run()?;
                    Ok(())
                }
            }

            #[test]
            fn the_code_is_that_of_the_file() {
                let storage = Storage::in_memory().unwrap();
                let firsts = first::User::table(&storage).unwrap();
                firsts.put(&first::User { id: 1, name: "Ada".into(), gone: None }).unwrap();
                let error = match second::User::table(&storage).map(drop).unwrap_err() {
                    StorageError::Schema(mismatch) => mismatch,
                    other => panic!("{other:?}"),
                };
                let code = include_str!($file);
                assert_eq!(error.unresolved().conversion(), Some(code), "{error}");
                let told = "table `users` was written with another schema:\n\
                            key is `u32` in the file and `u64` in the code\n  \
                            the key decides where a row lies: write the rows under their new keys with \
                            `Storage::rekey`\n\
                            rekeyed?  storage.rekey(|old: UserV1| Ok(User::from(old))).run()? before the table is \
                            opened; `UserV1` is the struct that the file has:\n\n";
                assert_eq!(error.to_string(), format!("{told}{code}"));
                // It runs, up to what is left to do.
                firsts.delete(1).unwrap();
                second::rekey(&storage).unwrap();
                assert!(second::User::table(&storage).unwrap().is_empty().unwrap());
            }
        }
    };
}

pasted!(archives, "rkyv", "pasted/rkyv.txt", [Archive, Serialize, Deserialize]);
pasted!(flat, "flatbuffers", "pasted/flatbuffers.txt", []);
