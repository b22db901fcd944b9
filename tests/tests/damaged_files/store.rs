//! The store that is damaged: two tables, with indexes, of either codec, and what is in them.

use rkyv::{Archive, Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};
use storage::{
    OpenOptions, Storage, StoredRecord,
    backend::{FileSystem as _, MemoryFiles},
};
use tests::random::Random;

pub(crate) const PATH: &str = "damaged.redb";
pub(crate) const PAGE: usize = 4096;
const KEYS: u64 = 200;

#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Archive, Serialize, Deserialize, StoredRecord,
)]
#[store(codec = "rkyv", table = "parts")]
pub(crate) struct Part {
    #[store(key)]
    pub(crate) id: u64,
    #[store(index)]
    pub(crate) group: u32,
    #[store(unique)]
    pub(crate) code: String,
    pub(crate) body: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, StoredRecord)]
#[store(codec = "flatbuffers", table = "notes")]
pub(crate) struct Note {
    #[store(key)]
    pub(crate) id: u64,
    #[store(index)]
    pub(crate) group: u32,
    #[store(unique)]
    pub(crate) code: String,
    pub(crate) body: Vec<u8>,
}

/// What a table holds, and every other value that its keys ever had.
#[derive(Clone, Debug)]
pub(crate) struct Content<R> {
    pub(crate) rows: BTreeMap<u64, R>,
    older: BTreeSet<R>,
}

impl<R: Ord> Content<R> {
    const fn new() -> Self {
        Self { rows: BTreeMap::new(), older: BTreeSet::new() }
    }

    fn put(&mut self, id: u64, row: R) {
        self.older.extend(self.rows.insert(id, row));
    }

    /// Whether the key had this value once, and has another now.
    pub(crate) fn was(&self, row: &R) -> bool {
        self.older.contains(row)
    }
}

/// A store as it was closed, and as it was one commit before.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) image: Vec<u8>,
    pub(crate) older_image: Vec<u8>,
    pub(crate) parts: Content<Part>,
    pub(crate) notes: Content<Note>,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let mut random = Random::new(5);
        let files = Arc::new(MemoryFiles::default());
        let options = OpenOptions::default().file_system(files.clone());
        let storage = Storage::open_with(PATH, &options).unwrap();
        let (mut parts, mut notes) = (Content::new(), Content::new());
        let mut older_image = Vec::new();
        for round in 0..6 {
            if round == 5 {
                older_image = image_of(&files);
            }
            storage
                .write(|txn| {
                    for _ in 0..60 {
                        let (id, group) = (random.next() % KEYS, random.below(20) as u32);
                        let code = format!("CODE-{id:06}-{round}");
                        let len = if random.below(60) == 0 { 5000 } else { 100 } + random.below(40);
                        let mut body = vec![0; len];
                        random.fill(&mut body);
                        let part = Part { id, group, code: code.clone(), body: body.clone() };
                        txn.table::<Part>()?.put(&part)?;
                        parts.put(id, part);
                        let note = Note { id, group, code, body };
                        txn.table::<Note>()?.put(&note)?;
                        notes.put(id, note);
                    }
                    Ok(())
                })
                .unwrap();
        }
        storage.close().unwrap();
        Self { image: image_of(&files), older_image, parts, notes }
    }
}

/// The bytes of the file.
pub(crate) fn image_of(files: &MemoryFiles) -> Vec<u8> {
    let disk = files.open(Path::new(PATH)).unwrap();
    let mut bytes = vec![0; disk.len().unwrap() as usize];
    disk.read(0, &mut bytes).unwrap();
    bytes
}

/// A file system with one file of these bytes.
pub(crate) fn files_of(image: &[u8]) -> Arc<MemoryFiles> {
    let files = MemoryFiles::default();
    files.create(Path::new(PATH)).unwrap().write(0, image).unwrap();
    Arc::new(files)
}
