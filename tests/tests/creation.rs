//! Creating a file: under names of every length, on every file system, and without a step on what others have there.

#![cfg(unix)]

use std::{
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use storage::{
    OpenOptions, RkyvTable, Storage, StorageError,
    backend::{Disk, FileStat, FileSystem, OsFiles},
    error::OpenReason,
};
use tests::{Scratch, draft::draft_of};

fn numbers(storage: &Storage) -> RkyvTable<u64, u64> {
    storage.new_rkyv_table("numbers")
}

/// Creates a store at `path`, writes to it, and finds it again.
fn assert_holds_a_store(path: &Path, options: &OpenOptions) {
    numbers(&Storage::open_with(path, options).unwrap()).put(1, &1).unwrap();
    let storage = Storage::open_with(path, &options.clone().create(false)).unwrap();
    assert_eq!(numbers(&storage).load(1).unwrap(), Some(1));
}

fn reason<T>(result: Result<T, StorageError>) -> OpenReason {
    match result.map(drop).unwrap_err() {
        StorageError::Open(error) => error.reason().clone(),
        other => panic!("not an open error: {other:?}"),
    }
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_others_have_in_the_folder_stays() {
    let scratch = Scratch::new();
    let at = |name: &str| scratch.dir().join(name);
    let theirs = [
        ".test.redb.notes.new",
        ".test.redb.0123456789abcdef.new",
        ".storage-0123456789abcdef.new",
        ".storage-.new",
        "test.redb.new",
        ".test.redb.new",
    ];
    for name in theirs {
        fs::write(at(name), "a text of the user's").unwrap();
    }
    numbers(&scratch.open()).put(1, &1).unwrap();
    scratch.open().backup(at(".test.redb.2026-11-28.new")).unwrap();
    drop(scratch.open());
    drop(Storage::open(at(".test.redb.2026-11-28.new")).unwrap());
    let mut expected: Vec<_> = theirs.map(str::to_owned).into();
    expected.extend([".test.redb.2026-11-28.new".to_owned(), "test.redb".to_owned()]);
    expected.sort();
    assert_eq!(names(scratch.dir()), expected);
}

/// What a killed process leaves: a file in which nothing or not all is written, or a whole one.
#[test]
fn a_stray_draft_goes_and_nothing_else_of_its_name_does() {
    let whole = {
        let scratch = Scratch::new();
        drop(scratch.open());
        fs::read(scratch.path()).unwrap()
    };
    let zeros = vec![0; 20_000];
    for content in [&b""[..], &zeros[..3], &zeros, &whole, &whole[..5], &whole[..4000]] {
        for exists in [false, true] {
            let scratch = Scratch::new();
            let draft = draft_of(&scratch.path());
            if exists {
                numbers(&scratch.open()).put(1, &1).unwrap();
            }
            fs::write(&draft, content).unwrap();
            drop(scratch.open());
            assert_eq!(names(scratch.dir()), ["test.redb"], "{} bytes", content.len());
        }
    }

    // A second name of the store itself: killed before the first one was taken away.
    let scratch = Scratch::new();
    numbers(&scratch.open()).put(1, &1).unwrap();
    fs::hard_link(scratch.path(), draft_of(&scratch.path())).unwrap();
    assert_eq!(numbers(&scratch.open()).load(1).unwrap(), Some(1));
    assert_eq!(names(scratch.dir()), ["test.redb"]);
}

#[test]
fn what_has_the_name_of_a_draft_and_is_none_is_in_the_way_and_stays() {
    let scratch = Scratch::new();
    let (draft, elsewhere) = (draft_of(&scratch.path()), scratch.dir().join("elsewhere"));
    fs::write(&elsewhere, b"").unwrap();
    let put: [&dyn Fn(); 5] = [
        &|| fs::write(&draft, "a text of the user's").unwrap(),
        &|| fs::create_dir(&draft).unwrap(),
        &|| symlink(&elsewhere, &draft).unwrap(),
        &|| symlink("/nowhere/at/all", &draft).unwrap(),
        &|| assert!(Command::new("mkfifo").arg(&draft).status().unwrap().success()),
    ];
    for put in put {
        put();
        let before = fs::symlink_metadata(&draft).unwrap().file_type();
        let error = Storage::open(scratch.path()).unwrap_err();
        assert!(error.to_string().contains(&*draft.to_string_lossy()), "{error}");
        assert!(error.to_string().contains("move it away"), "{error}");
        assert_eq!(reason::<()>(Err(error)), OpenReason::DraftNameTaken { by: draft.clone() });
        assert!(!scratch.path().exists());

        // It is in the way of nothing else.
        let other = scratch.dir().join("other.redb");
        let storage = Storage::open(&other).unwrap();
        assert!(matches!(
            reason(storage.backup(scratch.path())),
            OpenReason::DraftNameTaken { .. }
        ));
        drop(storage);
        // A store that is there opens, whatever there is beside it.
        fs::rename(&other, scratch.path()).unwrap();
        drop(scratch.open());
        fs::remove_file(scratch.path()).unwrap();

        assert_eq!(fs::symlink_metadata(&draft).unwrap().file_type(), before);
        if before.is_dir() {
            fs::remove_dir(&draft).unwrap();
        } else {
            fs::remove_file(&draft).unwrap();
        }
    }
    assert!(elsewhere.exists());
}

#[test]
fn whoever_works_on_a_draft_is_not_disturbed() {
    let scratch = Scratch::new();
    let draft = draft_of(&scratch.path());
    let disk = OsFiles::default().create(&draft).unwrap();
    assert!(disk.try_lock().unwrap());
    assert_eq!(reason(Storage::open(scratch.path())), OpenReason::Locked);
    assert!(draft.exists());
    drop(disk);
    drop(scratch.open());
    assert_eq!(names(scratch.dir()), ["test.redb"]);
}

#[test]
fn a_file_has_any_name_that_the_file_system_allows() {
    let scratch = Scratch::new();
    for len in [1, 200, 233, 234, 250, 255] {
        let path = scratch.dir().join("n".repeat(len));
        assert_holds_a_store(&path, &OpenOptions::default());
        let copy = scratch.dir().join("c".repeat(len));
        Storage::open(&path).unwrap().backup(&copy).unwrap();
        assert_holds_a_store(&copy, &OpenOptions::default());
    }
    let error = Storage::open(scratch.dir().join("n".repeat(256))).unwrap_err();
    assert!(error.to_string().contains("name too long"), "{error}");
    assert_eq!(names(scratch.dir()).len(), 12);
}

#[test]
fn a_path_that_names_no_file_is_refused_with_its_reason() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let within = |end: &str| format!("{}/{end}", scratch.dir().display());
    for path in
        ["", &within("folder/"), &within("folder//"), &within("folder/."), &within("test.redb/")]
    {
        let error = Storage::open(path).unwrap_err();
        assert!(error.to_string().contains("does not name a file"), "{path:?}: {error}");
        assert_eq!(reason::<()>(Err(error)), OpenReason::NoFileName, "{path:?}");
        assert_eq!(reason(Storage::open_existing(path)), OpenReason::NoFileName, "{path:?}");
        assert_eq!(reason(storage.backup(path)), OpenReason::NoFileName, "{path:?}");
    }
    for folder in [within(""), within("."), "/".into(), ".".into(), "..".into()] {
        assert_eq!(reason(Storage::open(&folder)), OpenReason::NotAFile, "{folder}");
    }
    assert_eq!(names(scratch.dir()), ["test.redb"]);
}

/// The operating system's files, in a folder that cannot have links.
#[derive(Debug)]
struct WithoutLinks(io::ErrorKind);

impl FileSystem for WithoutLinks {
    fn stat(&self, path: &Path) -> io::Result<FileStat> {
        OsFiles::default().stat(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        OsFiles::default().open(path)
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        OsFiles::default().open_read_only(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        OsFiles::default().create(path)
    }

    fn link(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(self.0.into())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        OsFiles::default().rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        OsFiles::default().remove(path)
    }

    fn has_folder(&self, path: &Path) -> bool {
        OsFiles::default().has_folder(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        OsFiles::default().sync_folder(folder)
    }
}

#[test]
fn a_folder_that_cannot_have_links_holds_stores() {
    // FAT and exFAT on Linux, and others.
    for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::Unsupported] {
        let scratch = Scratch::new();
        let options = OpenOptions::default().file_system(Arc::new(WithoutLinks(kind)));
        assert_holds_a_store(&scratch.path(), &options);
        let copy = scratch.dir().join("copy.redb");
        let storage = Storage::open_with(scratch.path(), &options).unwrap();
        storage.backup(&copy).unwrap();
        assert_eq!(reason(storage.backup(&copy)), OpenReason::Exists);
        drop(storage);
        assert_holds_a_store(&copy, &options);
        assert_eq!(names(scratch.dir()), ["copy.redb", "test.redb"]);
    }
}

#[test]
fn a_rename_replaces_nothing() {
    let scratch = Scratch::new();
    let [from, file, link]: [PathBuf; 3] = ["from", "file", "link"].map(|n| scratch.dir().join(n));
    fs::write(&from, "new").unwrap();
    fs::write(&file, "old").unwrap();
    symlink("/nowhere/at/all", &link).unwrap();
    for to in [&file, &link] {
        let refused = OsFiles::default().rename(&from, to).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
    }
    assert_eq!(fs::read(&file).unwrap(), b"old");
    OsFiles::default().rename(&from, &scratch.dir().join("to")).unwrap();
    assert_eq!(names(scratch.dir()), ["file", "link", "to"]);
}

/// A child process has every file of its parent until it runs its own program, and with them their locks.
#[test]
fn a_child_process_that_starts_meanwhile_keeps_no_file_locked() {
    let scratch = Scratch::new();
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done.load(Ordering::Relaxed) {
                assert!(Command::new("true").status().unwrap().success());
            }
        });
        let open_often = || -> Result<(), StorageError> {
            for number in 0..60 {
                let path = scratch.dir().join(number.to_string());
                drop(Storage::open(&path)?);
                drop(Storage::open_existing(&path)?);
            }
            Ok(())
        };
        let opened = open_often();
        is_done.store(true, Ordering::Relaxed);
        opened.unwrap();
    });
}
