//! What a rekey is refused for: the table is as it was, and nothing is left of the run.

use crate::{
    assert_settled,
    releases::{helpers, in_both_codecs},
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use storage::{Storage, StorageError, StoredRecord, error::Blame};

in_both_codecs! {
    use third::{User, UserV2, rekey};
    helpers!();

    /// The users of the first release are there, by their numbers, and can be written.
    fn assert_as_it_was(storage: &Storage, count: u64) {
        assert_settled(storage);
        let seconds = second::User::table(storage).unwrap();
        assert_eq!(seconds.len().unwrap(), count);
        assert_eq!(seconds.verify().unwrap(), []);
        seconds.update(1, |user| user.city.push('!')).unwrap();
    }

    #[test]
    fn two_records_with_one_key_are_both_named() {
        for batch in [3, 1000] {
            let storage = written(20);
            let seconds = second::User::table(&storage).unwrap();
            seconds.put(&second::User { id: 31, ..second(4) }).unwrap();
            let error = rekey(&storage).batch(batch).run().unwrap_err();
            let name = user(4).name;
            assert_eq!(
                error.to_string(),
                format!(
                    "the records of table `users` cannot get their new keys: 4 and 31 would both have the key \
                     {name:?}; change one of them, or delete it"
                )
            );
            assert_eq!((error.blame(), error.is_conflict()), (Blame::Violation, true));
            let StorageError::KeyCollision(collision) = &error else { panic!("{error:?}") };
            assert_eq!((collision.table(), collision.key()), ("users", &*format!("{name:?}")));
            assert_eq!(storage::key::decode::<u32>(collision.first_bytes()), Ok(4));
            assert_eq!(storage::key::decode::<u32>(collision.second_bytes()), Ok(31));
            assert_eq!((collision.first(), collision.second()), ("4", "31"));
            assert_as_it_was(&storage, 40);
            seconds.put(&second(31)).unwrap();
            second::User::table(&storage).unwrap().put(&second::User { mail: None, ..second(1) }).unwrap();
            assert_eq!(rekey(&storage).run().unwrap().seen, 40);
        }
    }

    #[test]
    fn a_unique_index_names_both_new_keys() {
        let storage = written(20);
        let seconds = second::User::table(&storage).unwrap();
        let mail = second(30).mail;
        seconds.put(&second::User { mail, ..second(35) }).unwrap();
        let error = rekey(&storage).batch(3).run().unwrap_err();
        let StorageError::Unique(violation) = &error else { panic!("{error:?}") };
        assert_eq!((violation.table(), violation.index()), ("users", "mail"));
        assert_eq!(violation.holder(), format!("{:?}", user(30).name));
        assert_eq!(violation.refused(), format!("{:?}", user(35).name));
        assert_as_it_was(&storage, 40);
    }

    #[test]
    fn the_error_of_a_conversion_ends_it() {
        let storage = written(20);
        let convert = |old: UserV2| {
            let user = User::from(old);
            if user.id == 33 { Err(StorageError::custom("33 is not wanted")) } else { Ok(user) }
        };
        let error = storage.rekey(convert).batch(3).run().unwrap_err();
        assert_eq!(error.to_string(), "33 is not wanted");
        assert_as_it_was(&storage, 40);
        // A panic is one of the call, and what was written before it is gone on with.
        let convert = |old: UserV2| {
            let user = User::from(old);
            assert_ne!(user.id, 33, "33 is not wanted");
            Ok(user)
        };
        let run = || storage.rekey(convert).batch(3).run();
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
        crate::assert_sound(&storage);
        assert!(rekey(&storage).run().unwrap().seen < 20);
    }

    /// A record that is neither of the old type nor of the new.
    #[test]
    fn another_record_is_refused() {
        let storage = Storage::in_memory().unwrap();
        let stranger = Stranger { id: 1, size: 2 };
        Stranger::table(&storage).unwrap().put(&stranger).unwrap();
        let error = rekey(&storage).run().unwrap_err();
        assert!(matches!(error, StorageError::Schema(_)), "{error}");
        assert_eq!(Stranger::table(&storage).unwrap().load(1).unwrap(), Some(stranger));
        assert_settled(&storage);
    }

    /// A key that is too long.
    #[test]
    fn a_key_that_cannot_be_is_refused() {
        let storage = written(20);
        let convert = |old: UserV2| {
            let name = "n".repeat(70_000);
            Ok(User { name, ..User::from(old) })
        };
        let error = storage.rekey(convert).run().unwrap_err();
        assert!(matches!(&error, StorageError::Key { table, .. } if table == "users"), "{error}");
        assert_as_it_was(&storage, 40);
    }

    #[derive(Clone, Debug, PartialEq, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users")]
    struct Stranger {
        #[store(key)]
        id: i16,
        size: u8,
    }
}
