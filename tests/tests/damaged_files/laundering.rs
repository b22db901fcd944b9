//! A damaged value that is copied must not become right by it: not by the engine, which gives each page that it writes
//! a fresh checksum, and not by a backup.

use super::store::{PATH, Part, Sample, files_of, image_of};
use storage::{OpenOptions, Storage, StorageError, StoredRecord as _, Verify, error::Damage};

/// The one place in the file whose damage the row feels.
fn damage_body(sample: &Sample, part: &Part) -> Option<Vec<u8>> {
    let needle = &part.body[..40];
    let places = sample.image.windows(needle.len()).enumerate().filter(|(_, w)| *w == needle);
    places.map(|(place, _)| place).find_map(|place| {
        let mut file = sample.image.clone();
        file[place + 20] ^= 0x10;
        let options = OpenOptions::default().file_system(files_of(&file));
        let storage = Storage::open_with(PATH, &options).unwrap();
        let is_felt = Part::table(&storage).unwrap().load(part.id).is_err();
        is_felt.then_some(file)
    })
}

fn assert_damaged(result: storage::Result<()>, id: u64) {
    match result.unwrap_err() {
        StorageError::Corrupt(error) => {
            assert_eq!((error.table(), error.damage()), ("parts", &Damage::Checksum));
            let key = [id.to_string(), format!("0x{id:016x}")];
            assert!(key.contains(&error.key().unwrap().to_owned()), "{error}");
            assert_eq!(error.key_bytes(), Some(&id.to_be_bytes()[..]));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_damaged_value_is_never_made_right_by_copying_it() {
    let sample = Sample::new();
    let ids: Vec<u64> = sample.parts.rows.keys().copied().collect();
    let mut count = 0;
    for window in ids.windows(3).step_by(3).take(60) {
        let [left, id, right] = window else { continue };
        let Some(file) = damage_body(&sample, &sample.parts.rows[id]) else { continue };
        let files = files_of(&file);
        let options = OpenOptions::default().file_system(files.clone());
        let storage = Storage::open_with(PATH, &options).unwrap();
        let table = Part::table(&storage).unwrap();
        assert_damaged(storage.backup("copy.redb"), *id);
        assert!(Storage::open_with("copy.redb", &options.clone().create(false)).is_err());
        for neighbour in [left, right] {
            table.update(neighbour, |part| part.body = vec![0; 10]).unwrap().unwrap();
            assert_damaged(table.load(id).map(drop), *id);
        }
        drop(table);
        storage.compact().unwrap();
        storage.close().unwrap();
        // The page was written again: its own checksum is a fresh one, and the engine finds nothing wrong.
        let fresh = options.verify(Verify::Always).file_system(files_of(&image_of(&files)));
        let Ok(storage) = Storage::open_with(PATH, &fresh) else { continue };
        let table = Part::table(&storage).unwrap();
        assert_damaged(table.load(id).map(drop), *id);
        assert_damaged(storage.backup("copy.redb"), *id);
        let report = storage.check().unwrap();
        assert_eq!(report.fault_count, 1, "{report:?}");
        // A new value is the way out.
        table.put(&sample.parts.rows[id]).unwrap();
        assert!(storage.check().unwrap().is_sound());
        storage.backup("copy.redb").unwrap();
        count += 1;
    }
    assert!(count >= 40, "only {count} values were laundered by the engine");
}
