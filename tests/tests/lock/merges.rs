//! What version control makes of a lock that two branches have changed.

use crate::{
    Check, Locked, Project, Release, Update,
    releases::{user1, user2, user2_draft, user3},
};

/// The lines of `text` between `from` and `to`.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let text = text.split_once(from).unwrap().1;
    text.split_once(to).unwrap().0
}

/// The lines of the draft that `record` makes of the lock, with its head.
fn draft(record: Locked) -> String {
    let project = Project::released(&[Locked::of::<user1::User>()]);
    project.run(&[record], Update).unwrap();
    let draft = between(&project.text("users.schema"), "--- layout 2   draft\n", "---").to_owned();
    format!("--- layout 2   draft\n{draft}")
}

#[test]
fn two_drafts_become_the_one_of_the_code() {
    let project = Project::released(&[Locked::of::<user1::User>()]);
    let [ours, theirs] =
        [draft(Locked::of::<user2::User>()), draft(Locked::of::<user2_draft::User>())];
    let text = project.text("users.schema");
    project
        .write("users.schema", text.replace("--- indexes", &format!("{ours}{theirs}--- indexes")));
    let merged = [Locked::of::<user3::User>()];
    let expected = "users.schema: it has 2 drafts, of branches that were merged: run this test with \
        STORAGE_LOCK=update";
    // Even if the code is that of one of the branches.
    for record in [merged[0], Locked::of::<user2::User>()] {
        let told = project.run(&[record], Check).unwrap_err();
        assert!(told.starts_with(expected), "{told}");
    }
    project.run(&merged, Update).unwrap();
    project.run(&merged, Check).unwrap();
    let text = project.text("users.schema");
    assert_eq!(
        (text.matches("draft\n").count(), text.matches("released 2").count()),
        (1, 1),
        "{text}"
    );
}

#[test]
fn the_marks_of_a_conflict_are_told_and_an_update_clears_them() {
    let [ours, theirs] =
        [draft(Locked::of::<user2::User>()), draft(Locked::of::<user2_draft::User>())];
    let conflict =
        format!("<<<<<<< HEAD\n{ours}||||||| base\n=======\n{theirs}>>>>>>> other\n--- indexes");
    let project = Project::released(&[Locked::of::<user1::User>()]);
    let whole = project.text("users.schema");
    let text = whole.replace("--- indexes", &conflict);
    project.write("users.schema", &text);
    let user = [Locked::of::<user2::User>()];
    let line = text.lines().position(|line| line.starts_with('<')).unwrap() + 1;
    let told = project.run(&user, Check).unwrap_err();
    let expected = format!(
        "users.schema: line {line} is a mark of a merge conflict: keep the lines of both sides"
    );
    assert!(told.starts_with(&expected), "{told}");
    project.run(&user, Update).unwrap();
    project.run(&user, Check).unwrap();
    assert!(project.text("users.schema").starts_with(whole.split_once("--- indexes").unwrap().0));
}

#[test]
fn what_both_branches_have_released_stays() {
    let released = |record| {
        let project = Project::released(&[Locked::of::<user1::User>()]);
        project.run(&[record], Release).unwrap();
        let text = project.text("users.schema");
        let at = text.find("--- layout 2").unwrap();
        text[at..text.find("--- indexes").unwrap()].to_owned()
    };
    let sides = [released(Locked::of::<user2::User>()), released(Locked::of::<user3::User>())];
    let [ours, theirs] = &sides;
    let project = Project::released(&[Locked::of::<user1::User>()]);
    let first = project.text("users.schema");
    let conflict = format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n--- indexes");
    project.write("users.schema", first.replace("--- indexes", &conflict));
    let user = [Locked::of::<user3::User>()];
    assert!(project.run(&user, Check).unwrap_err().contains("a mark of a merge conflict"));
    project.run(&user, Update).unwrap();
    project.run(&user, Check).unwrap();
    let text = project.text("users.schema");
    let numbers: Vec<_> =
        text.lines().filter(|line| line.starts_with("--- l")).map(|l| &l[..12]).collect();
    assert_eq!(numbers, ["--- layout 1", "--- layout 2", "--- layout 3"], "{text}");
}

#[test]
fn lines_may_end_as_another_system_ends_them() {
    let project = Project::released(&[Locked::of::<user1::User>()]);
    let text = project.text("users.schema").replace('\n', "\r\n");
    project.write("users.schema", text);
    project.run(&[Locked::of::<user1::User>()], Check).unwrap();
}
