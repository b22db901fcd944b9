//! A lock fails for a change that does not read what released programs have written, says what to write, and is written
//! when it is asked to be, and only then.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bad_files;
mod called;
mod evolved;
mod merges;
mod releases;

use self::releases::{
    capital, order1, order2, order2_wrong, path, user1, user1_unique, user2, user2_bare,
    user2_draft, user3, user4, user5,
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use storage::lock::{
    self,
    LockMode::{self, Begin, Check, Release, Update},
    Locked,
};
use tempfile::TempDir;

/// A folder in which the lock of a program is.
pub(crate) struct Project(TempDir);

impl Project {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// One whose first release, of `records`, is locked.
    fn released(records: &[Locked]) -> Self {
        let project = Self::new();
        project.run(records, Release).unwrap();
        project
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("the/schemas")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.folder()).unwrap();
        fs::write(self.file(name), text).unwrap();
    }

    /// Runs the test of the lock; its message without the folder.
    fn run(&self, records: &[Locked], mode: LockMode) -> Result<(), String> {
        let before = self.files();
        let result = lock::check(&self.folder(), records, mode);
        let is_first = before.is_empty() && mode == Begin;
        if result.is_err() || mode == Check || mode == Begin && !is_first {
            assert_eq!(self.files(), before, "nothing is written");
        }
        let folder = format!("{}/", self.folder().display());
        result.map_err(|error| error.to_string().replace(&folder, ""))
    }

    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let Ok(entries) = fs::read_dir(self.folder()) else { return Vec::new() };
        let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let mut files: Vec<_> = paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
        files.sort();
        files
    }
}

/// `text` with another date in place of each day of a release.
fn dated(text: &str) -> String {
    let line = |line: &str| match line.split_once("released ") {
        Some((before, rest)) => format!("{before}released DATE{}", rest.get(10..).unwrap()),
        None => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

const ORDER: &str = "record = Order\ncodec = flatbuffers\nformat = flatbuffers\nkey encoding = 1\nkey = u32\n\
    key fields = id\nfield id = u32, id 0\nfield price = f64, id 1\nfield note = string, id 2, required\n";

#[test]
fn the_first_run_writes_what_later_ones_hold_to() {
    let records = [Locked::of::<user1::User>(), Locked::of::<order1::Order>()];
    let project = Project::new();
    assert_eq!(
        project.run(&records, Check).unwrap_err(),
        format!(
            "{}: it is missing: restore it, or, if it is new, run this test with STORAGE_LOCK=update, and commit it",
            project.folder().display()
        )
    );
    project.run(&records, Begin).unwrap();
    assert_eq!(project.files().len(), 2);
    let indexes = "--- indexes\nindex price = f64 over price\n";
    let text = project.text("orders.schema");
    let (head, rest) = text.split_at(text.find("table =").unwrap());
    assert!(head.starts_with("# storage lock 1\n#"), "{head}");
    assert_eq!(rest, format!("table = orders\n--- layout 1   draft\n{ORDER}{indexes}"));
    for mode in [Check, Begin, Update] {
        let before = project.files();
        project.run(&records, mode).unwrap();
        assert_eq!(project.files(), before);
    }
    project.run(&records, Release).unwrap();
    let print = tests::frame::hash(ORDER.as_bytes(), 0);
    assert_eq!(
        dated(&project.text("orders.schema")),
        dated(&format!(
            "{head}table = orders\n--- layout 1   released 2026-01-01   {print:016x}\n{ORDER}{indexes}"
        ))
    );
    project.run(&records, Check).unwrap();
}

#[test]
fn a_change_that_released_files_do_not_survive_is_told_with_the_attributes() {
    let project = Project::released(&[Locked::of::<user1::User>(), Locked::of::<order1::Order>()]);
    let next = [Locked::of::<user2_bare::User>(), Locked::of::<order2_wrong::Order>()];
    let expected = "\
users.schema: layout 1, which was released, is not read by this code:
field full_name is missing in the file and `string` in the code
  renamed?  #[store(was = \"name\")] on `full_name`
  new?      #[store(default = ...)] on `full_name`, or make it an `Option<String>`
field level is missing in the file and `u8` in the code
  new?      #[store(default = ...)] on `level`, or make it an `Option<u8>`
field name is `string` in the file and missing in the code
  renamed?  #[store(was = \"name\")] on `full_name`
  removed?  #[store(removed(\"name\"))] on the struct; its values are dropped, unless `by_migration` beside it keeps \
     them for `table.migrate().with(..)`

orders.schema: layout 1, which was released, is not read by this code:
";
    for mode in [Check, Begin, Update, Release] {
        let told = project.run(&next, mode).unwrap_err();
        assert!(told.starts_with(expected), "{mode:?}: {told}");
        // Who rekeys the orders converts their prices, too.
        assert!(told.contains("\nkey is `u32` in the file and `u64` in the code\n"), "{told}");
        assert!(!told.contains("field price"), "{mode:?}: {told}");
    }
}

#[test]
fn a_change_that_they_survive_asks_for_an_update_and_adds_one_draft() {
    let first = [Locked::of::<user1::User>(), Locked::of::<order1::Order>()];
    let project = Project::released(&first);
    let next = [Locked::of::<user2::User>(), Locked::of::<order2::Order>()];
    let expected = "\
users.schema: the code has changed:
field full_name: was `name`
field level: added, its default in old rows
index name is `string over name` in the file and missing in the code
is it meant? run this test with STORAGE_LOCK=update, and commit the file

orders.schema: the code has changed:
field tags: added, its default in old rows
is it meant? run this test with STORAGE_LOCK=update, and commit the file";
    for mode in [Check, Begin] {
        assert_eq!(project.run(&next, mode).unwrap_err(), expected);
    }
    for _ in 0..2 {
        project.run(&next, Update).unwrap();
        project.run(&next, Check).unwrap();
        let heads = |text: &str| dated(text).lines().filter(|line| line.starts_with("---")).count();
        assert_eq!(heads(&project.text("users.schema")), 3);
    }
    // Back to the release: the draft goes, and nothing else.
    assert!(project.run(&first, Check).is_err());
    project.run(&first, Update).unwrap();
    assert!(!project.text("users.schema").contains("draft"));
    project.run(&first, Check).unwrap();
}

#[test]
fn each_layout_that_was_released_is_read_or_told() {
    let project = Project::released(&[Locked::of::<user1::User>()]);
    project.run(&[Locked::of::<user2::User>()], Release).unwrap();
    project.run(&[Locked::of::<user3::User>()], Release).unwrap();
    let text = project.text("users.schema");
    assert_eq!(text.matches(" released ").count(), 3 + 1, "{text}");
    let told = project.run(&[Locked::of::<user4::User>()], Check).unwrap_err();
    for layout in [1, 2, 3] {
        assert!(
            told.contains(&format!("layout {layout}, which was released, is not read by")),
            "{told}"
        );
    }
    // Layouts that the same stands against are told together.
    let told = project.run(&[Locked::of::<user5::User>()], Check).unwrap_err();
    let together = "layouts 3, 2 and 1, which were released, are not read by this code:\nfield email is missing";
    assert!(told.contains(together), "{told}");
    // A program that goes back to a layout must read what was released since.
    project.run(&[Locked::of::<user3::User>()], Check).unwrap();
    let told = project.run(&[Locked::of::<user2::User>()], Check).unwrap_err();
    let newer = "layout 3, which was released, is not read by this code:\nfield age is `u32` in the file and `u16`";
    assert!(told.contains(newer), "{told}");
}

#[test]
fn a_draft_that_nothing_was_released_with_may_be_replaced_by_anything() {
    let project = Project::new();
    project.run(&[Locked::of::<user1::User>()], Begin).unwrap();
    let told = project.run(&[Locked::of::<user2_bare::User>()], Check).unwrap_err();
    let [expected, end] = [
        "users.schema: the code has changed, and does not read the draft:\nfield full_name is missing",
        "\nwas a program with the draft released? write these attributes; was none? run this test with \
         STORAGE_LOCK=update, and commit the file",
    ];
    assert!(told.starts_with(expected) && told.ends_with(end), "{told}");
    project.run(&[Locked::of::<user2_bare::User>()], Update).unwrap();
    project.run(&[Locked::of::<user2_bare::User>()], Check).unwrap();
    assert_eq!(project.text("users.schema").matches("--- layout").count(), 1);
}

#[test]
fn a_changed_index_is_seen_and_refused_by_no_file() {
    let project = Project::released(&[Locked::of::<user1::User>()]);
    let unique = [Locked::of::<user1_unique::User>()];
    assert_eq!(
        project.run(&unique, Check).unwrap_err(),
        "users.schema: the code has changed:\n\
         index name is `string over name` in the file and `unique string over name` in the code\n\
         is it meant? run this test with STORAGE_LOCK=update, and commit the file"
    );
    project.run(&unique, Update).unwrap();
    assert!(!project.text("users.schema").contains("draft"));
    project.run(&unique, Check).unwrap();
}

#[test]
fn files_and_records_belong_together() {
    let user = Locked::of::<user1::User>();
    let project = Project::released(&[user]);
    let told = project.run(&[user, Locked::of::<order1::Order>()], Begin).unwrap_err();
    assert!(told.starts_with("orders.schema: it is missing: restore it, or, if"), "{told}");
    project.run(&[user, Locked::of::<order1::Order>()], Update).unwrap();
    for mode in [Check, Begin, Update, Release] {
        let told = project.run(&[user], mode).unwrap_err();
        assert!(told.starts_with("orders.schema: no record of this test has its table"), "{told}");
    }
    for other in [Locked::of::<capital::User>(), Locked::of::<user2::User>()] {
        let told = Project::new().run(&[user, other], Begin).unwrap_err();
        assert!(
            told.contains("it would be the file of two records, with the tables `users`"),
            "{told}"
        );
    }
    // Other files are none of a lock's.
    fs::remove_file(project.file("orders.schema")).unwrap();
    project.write("README.md", "what is here");
    project.run(&[user], Check).unwrap();
    // A copied file is that of another table.
    let text = project.text("users.schema");
    project.write("orders.schema", text);
    let told = project.run(&[user, Locked::of::<order1::Order>()], Update).unwrap_err();
    assert!(
        told.contains("orders.schema: line 3: expected the name of the record's table"),
        "{told}"
    );
}

#[test]
fn a_table_with_any_name_has_a_file_in_the_folder() {
    let project = Project::released(&[Locked::of::<path::User>()]);
    project.run(&[Locked::of::<path::User>()], Check).unwrap();
    let names: Vec<_> = project.files().into_iter().map(|(path, _)| path).collect();
    assert_eq!(names, [project.file("%2e%2e%2fUsers%20of%20%c3%bc.schema")]);
    assert_eq!(fs::read_dir(project.0.path()).unwrap().count(), 1);
}

#[test]
fn what_the_disk_refuses_is_told_with_its_place() {
    let user = Locked::of::<user1::User>();
    let project = Project::new();
    fs::write(project.0.path().join("the"), "a file").unwrap();
    let told = project.run(&[user], Update).unwrap_err();
    assert!(told.contains("the/schemas: "), "{told}");
    let project = Project::new();
    fs::create_dir_all(project.file("users.schema")).unwrap();
    let told = project.run(&[user], Update).unwrap_err();
    assert!(told.starts_with("users.schema: "), "{told}");
    assert!(Path::new(&project.file("users.schema")).is_dir());
}

#[test]
fn a_draft_in_a_branch_of_many_steps_stays_one() {
    let project = Project::released(&[Locked::of::<user1::User>()]);
    for next in [
        Locked::of::<user2_draft::User>(),
        Locked::of::<user2::User>(),
        Locked::of::<user3::User>(),
    ] {
        // `user3` does not know the age of the draft, which no file has.
        project.run(&[next], Update).unwrap();
        project.run(&[next], Check).unwrap();
        assert_eq!(project.text("users.schema").matches("--- layout").count(), 2);
    }
}
