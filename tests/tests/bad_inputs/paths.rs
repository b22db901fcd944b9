//! Paths, permissions, limits, and what others do to a file while it is open.

#![cfg(unix)]

use super::files::refusal;
use std::{
    fs::{self, File},
    io::{self, Write as _},
    os::unix::{
        fs::{PermissionsExt as _, symlink},
        process::{CommandExt as _, ExitStatusExt as _},
    },
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use storage::{OpenOptions, RkyvTable, Storage, StorageError, error::OpenReason};
use tests::{
    Scratch, child,
    guarded::{Change, GuardedFiles},
};

fn numbers(storage: &Storage) -> RkyvTable<u64, u64> {
    storage.new_rkyv_table("numbers")
}

#[test]
fn what_is_not_a_file_is_refused_and_nothing_blocks() {
    let scratch = Scratch::new();
    let pipe = scratch.dir().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let socket = scratch.dir().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let devices = ["/dev/null", "/dev/full", "/dev/zero"].map(Path::new);
    for path in [scratch.dir(), &pipe, &socket].into_iter().chain(devices) {
        assert_eq!(refusal(path), OpenReason::NotAFile);
    }
}

#[test]
fn a_link_is_followed_and_one_to_nothing_is_refused() {
    let scratch = Scratch::new();
    let (link, nowhere) = (scratch.dir().join("link"), scratch.dir().join("nowhere"));
    symlink(scratch.path(), &link).unwrap();
    assert_eq!(refusal(&link), OpenReason::DanglingLink);
    assert!(!scratch.path().exists(), "nothing was created behind the link");
    numbers(&scratch.open()).put(1, &1).unwrap();
    let storage = Storage::open(&link).unwrap();
    assert_eq!(numbers(&storage).load(1).unwrap(), Some(1));
    assert_eq!(refusal(&scratch.path()), OpenReason::Locked, "one file, whatever its name");
    drop(storage);
    symlink(&nowhere, scratch.dir().join("dangling")).unwrap();
    assert_eq!(refusal(&scratch.dir().join("dangling")), OpenReason::DanglingLink);
    assert_eq!(fs::read_dir(scratch.dir()).unwrap().count(), 3, "a draft was left behind");
}

/// Run as a user who is not let in, which the user who runs the tests may not be.
#[test]
fn a_file_and_a_folder_without_permission_are_refused() {
    const NAME: &str = "paths::a_file_and_a_folder_without_permission_are_refused";
    if let Some(folder) = child::role() {
        return refused_without_permission(Path::new(&folder));
    }
    let scratch = Scratch::new();
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    for name in ["secret", "fixed"] {
        numbers(&Storage::open(scratch.dir().join(name)).unwrap()).put(1, &1).unwrap();
    }
    mode(&scratch.dir().join("secret"), 0o000);
    mode(&scratch.dir().join("fixed"), 0o444);
    mode(scratch.dir(), 0o555);
    let mut command = child::again(NAME, &scratch.dir().to_string_lossy());
    if File::open(scratch.dir().join("secret")).is_ok() {
        // This is root, who reads everything: somebody else is asked, if this program is within their reach.
        command.uid(65_534).gid(65_534);
        if !matches!(command.output(), Ok(output) if output.status.success() || output.status.code() == Some(101))
        {
            eprintln!("skipped: another user cannot run this program");
            return;
        }
    }
    let said = child::said(&mut command);
    mode(scratch.dir(), 0o755);
    assert_eq!(said, ["all refused"]);
    drop(Storage::open(scratch.dir().join("fixed")));
}

fn refused_without_permission(folder: &Path) {
    for name in ["secret", "fixed", "new"] {
        let error = Storage::open(folder.join(name)).unwrap_err();
        let is_denied = matches!(&error, StorageError::Open(error)
            if *error.reason() == OpenReason::Io(io::ErrorKind::PermissionDenied));
        assert!(is_denied, "{name}: {error:?}");
        assert!(error.to_string().contains("must be readable and writable"), "{error}");
        assert!(error.to_string().contains(name), "{error}");
    }
    child::say("all refused");
}

#[test]
fn a_store_that_another_process_has_open_is_refused_until_it_ends() {
    const NAME: &str = "paths::a_store_that_another_process_has_open_is_refused_until_it_ends";
    if let Some(path) = child::role() {
        let storage = Storage::open(path).unwrap();
        numbers(&storage).put(1, &1).unwrap();
        child::say("open");
        // Until it is killed, or the pipe is closed.
        io::stdin().read_line(&mut String::new()).unwrap();
        return;
    }
    let scratch = Scratch::new();
    let mut other = child::start(&mut child::again(NAME, &scratch.path().to_string_lossy()));
    assert_eq!(child::lines(&mut other).next().as_deref(), Some("open"));
    assert_eq!(refusal(&scratch.path()), OpenReason::Locked);
    other.kill().unwrap();
    other.wait().unwrap();
    assert_eq!(numbers(&scratch.open()).load(1).unwrap(), Some(1));
}

#[test]
fn a_full_disk_is_an_error_with_the_way_out() {
    let room = Arc::new(AtomicU64::new(10_000));
    let left = Arc::clone(&room);
    let files = GuardedFiles::new(move |change| match change {
        Change::UpTo(end) | Change::Length(end) if end > left.load(Ordering::SeqCst) => {
            Err(io::ErrorKind::StorageFull.into())
        }
        _ => Ok(()),
    });
    let options = OpenOptions::default().file_system(Arc::new(files));
    let error = Storage::open_with("full.redb", &options).unwrap_err();
    let StorageError::Open(refused) = &error else { panic!("{error:?}") };
    assert_eq!(*refused.reason(), OpenReason::Io(io::ErrorKind::StorageFull));
    assert!(error.to_string().contains("make room"), "{error}");
    room.store(u64::MAX, Ordering::SeqCst);
    let storage = Storage::open_with("full.redb", &options).unwrap();
    let table: RkyvTable<u64, Vec<u8>> = storage.new_rkyv_table("blobs");
    table.put(1, &vec![1; 1000]).unwrap();
    room.store(storage.stats().unwrap().file_len, Ordering::SeqCst);
    let mut written = 1;
    let error = loop {
        match table.put(written + 1, &vec![1; 100_000]) {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
    };
    assert!(error.to_string().contains("make room on the disk"), "{error}");
    let error = table.put(0, &vec![1]).unwrap_err();
    assert!(error.to_string().contains("`Storage::reopen`"), "{error}");
    room.store(u64::MAX, Ordering::SeqCst);
    storage.reopen().unwrap();
    // The one that failed is there whole or not at all.
    let len = table.len().unwrap();
    assert!(len == written || len == written + 1, "{written} acknowledged, {len} found");
    table.put(1000, &vec![1; 100_000]).unwrap();
    assert!(storage.check().unwrap().is_sound());
}

#[test]
fn a_limit_on_the_length_of_files_is_an_error_or_a_kill_that_loses_nothing() {
    const NAME: &str =
        "paths::a_limit_on_the_length_of_files_is_an_error_or_a_kill_that_loses_nothing";
    if let Some(path) = child::role() {
        let storage = Storage::open(path).unwrap();
        let blobs: RkyvTable<u64, Vec<u8>> = storage.new_rkyv_table("blobs");
        for n in 0..200 {
            match blobs.put(n, &vec![n as u8; 100_000]) {
                Ok(_) => child::say(&format!("{n}")),
                Err(error) => return child::say(&format!("refused {error}")),
            }
        }
        panic!("the limit was not felt");
    }
    // The signal of the limit kills a process that does not ignore it, as `kill -9` does.
    for (ignored, is_killed) in [("trap '' XFSZ; ", false), ("", true)] {
        let scratch = Scratch::new();
        let limit = format!("{ignored}ulimit -f 8192");
        let path = scratch.path();
        let mut run = child::again_in_shell(&limit, NAME, &path.to_string_lossy());
        let mut run = child::start(&mut run);
        let mut said: Vec<String> = child::lines(&mut run).collect();
        let status = run.wait().unwrap();
        assert_eq!(status.signal().is_some(), is_killed, "{status}");
        if !is_killed {
            let refused = said.pop().unwrap();
            assert!(refused.starts_with("refused "), "{refused}");
            assert!(
                refused.contains("`Storage::reopen`") || refused.contains("open the store again"),
                "{refused}"
            );
        }
        assert!(said.len() > 3, "{said:?}");
        let storage = scratch.open();
        let blobs: RkyvTable<u64, Vec<u8>> = storage.new_rkyv_table("blobs");
        let found = blobs.len().unwrap() as usize;
        assert!(found == said.len() || found == said.len() + 1, "{} {found}", said.len());
        assert!(storage.check().unwrap().is_sound());
    }
}

#[test]
fn a_limit_on_open_files_is_an_error_that_says_so() {
    const NAME: &str = "paths::a_limit_on_open_files_is_an_error_that_says_so";
    if let Some(path) = child::role() {
        let mut held: Vec<File> = std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
        for free in 0..3 {
            if let Err(error) = Storage::open(&path) {
                child::say(&format!("{free} free: {error}"));
            }
            held.pop();
        }
        drop(held);
        let storage = Storage::open(&path).unwrap();
        return child::say(&format!("{:?}", numbers(&storage).load(1).unwrap()));
    }
    let scratch = Scratch::new();
    numbers(&scratch.open()).put(1, &1).unwrap();
    let path = scratch.path().to_string_lossy().into_owned();
    let said = child::said(&mut child::again_in_shell("ulimit -n 32", NAME, &path));
    let (last, refused) = said.split_last().unwrap();
    assert!(!refused.is_empty());
    for error in refused {
        assert!(error.contains("Too many open files") && error.contains(&path), "{error}");
    }
    assert_eq!(last, "Some(1)");
}

#[test]
fn a_file_that_is_moved_or_replaced_while_open_refuses_writes() {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = numbers(&storage);
    table.put(1, &1).unwrap();
    let away = scratch.dir().join("away.redb");
    let assert_refused = |what: &str| {
        let error = table.put(2, &2).unwrap_err();
        assert!(matches!(error, StorageError::FileReplaced { .. }), "{what}: {error:?}");
        assert!(error.to_string().contains("put the file back"), "{error}");
        assert_eq!(table.load(1).unwrap(), Some(1), "{what}: what was written can be read");
    };
    fs::rename(scratch.path(), &away).unwrap();
    assert_refused("moved");
    fs::write(scratch.path(), b"another file").unwrap();
    assert_refused("replaced");
    fs::remove_file(scratch.path()).unwrap();
    fs::rename(&away, scratch.path()).unwrap();
    table.put(2, &2).unwrap();
    fs::remove_file(scratch.path()).unwrap();
    assert_refused("removed");
    assert!(matches!(storage.reopen().unwrap_err(), StorageError::Open(_)));
}

#[test]
fn a_file_that_is_cut_off_while_open_is_an_error() {
    let scratch = Scratch::new();
    let options = OpenOptions::default().cache_size(0);
    let storage = Storage::open_with(scratch.path(), &options).unwrap();
    let table: RkyvTable<u64, Vec<u8>> = storage.new_rkyv_table("blobs");
    table.put_stream((0..100).map(|n| (n, vec![n as u8; 4000]))).unwrap();
    let file = File::options().write(true).open(scratch.path()).unwrap();
    let len = file.metadata().unwrap().len();
    file.set_len(4096).unwrap();
    let errors = (0..100).filter(|n| table.load(n).is_err()).count();
    assert!(errors > 90, "{errors} of 100 reads failed");
    let error = table.put(7, &vec![]).unwrap_err();
    assert!(matches!(error, StorageError::FileReplaced { .. }), "{error:?}");
    assert!(error.to_string().contains("cut short"), "{error}");
    let error = storage.reopen().unwrap_err();
    assert!(
        matches!(&error, StorageError::Open(e) if matches!(e.reason(), OpenReason::Damaged { .. })),
        "{error}"
    );
    // Nothing of it is lost for the program: it can be told to go on elsewhere, and does not hang.
    assert!(table.load(1).is_err());
    file.set_len(len).unwrap();
    (&file).flush().unwrap();
}
