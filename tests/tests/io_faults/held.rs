//! What readers hold when the disk fails and the store is re-opened.

use std::{path::Path, sync::Arc};
use storage::{OpenOptions, Storage, StorageError};
use tests::simulated::{Fault, Image, Plan, SimulatedFiles};

#[test]
fn a_store_with_readers_is_re_opened() {
    let files = SimulatedFiles::on(Image::default());
    let options = OpenOptions::default().file_system(Arc::new(files.clone()));
    let storage = Storage::open_with(Path::new("/simulated/held.redb"), &options).unwrap();
    let names = storage.new_rkyv_table::<u64, String>("names");
    names.put(1, &"Ada".to_owned()).unwrap();
    let txn = storage.read().unwrap();
    let (held, guard) = (txn.new_rkyv_table::<u64, String>("names"), names.view(1).unwrap());

    files.fail(Plan { fault: Fault::ForEver, at: 1 });
    let error = names.put(2, &"Grace".to_owned()).unwrap_err();
    assert!(matches!(error, StorageError::CommitUnknown(_)), "{error}");
    // The disk is still dead: the store stays closed, says so, and this can be tried again.
    assert!(matches!(storage.reopen(), Err(StorageError::Open(_))));
    let error = names.load(1).unwrap_err().to_string();
    assert!(error.contains("Storage::reopen"), "{error}");
    assert!(matches!(storage.reopen(), Err(StorageError::Open(_))));
    let _ = files.heal();
    storage.reopen().unwrap();

    // A guard has its value; a state that is held is not taken for the new one.
    assert_eq!(guard.unwrap().load().unwrap(), "Ada");
    assert!(held.load(1).is_err());
    assert_eq!(names.load(1).unwrap().as_deref(), Some("Ada"));
    names.put(3, &"Mary".to_owned()).unwrap();
    drop((txn, held));
    drop((names, storage));
    let storage = Storage::open_with(Path::new("/simulated/held.redb"), &options).unwrap();
    let names = storage.new_rkyv_table::<u64, String>("names");
    assert_eq!(names.load(3).unwrap().as_deref(), Some("Mary"));
}
