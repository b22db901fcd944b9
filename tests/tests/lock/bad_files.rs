//! Files that are none of a lock, or were changed: each is told, and stays as it is.

use crate::{
    Begin, Check, Locked, Project, Release, Update,
    releases::{order1, order2, user1, user2},
};
use std::fmt::Write as _;

const MODES: [storage::lock::LockMode; 4] = [Check, Begin, Update, Release];

/// What every mode says of this file.
fn told(text: impl AsRef<[u8]>) -> String {
    let project = Project::new();
    project.write("users.schema", text);
    let [first, others @ ..] =
        MODES.map(|mode| project.run(&[Locked::of::<user1::User>()], mode).unwrap_err());
    assert!(others.iter().all(|other| *other == first), "{first}\n{others:?}");
    first
}

fn released(text: &str) -> String {
    let print = tests::frame::hash(text.as_bytes(), 0);
    format!(
        "# storage lock 1\ntable = users\n--- layout 1   released 2026-01-01   {print:016x}\n{text}--- indexes\n"
    )
}

#[test]
fn a_file_of_another_kind_is_told() {
    let foreign = "users.schema: it is not the file of a lock, which begins with `# storage lock 1`: \
        restore it, or use another folder";
    for text in [
        "",
        "\n",
        "{}",
        "# storage lock",
        "# storage lock one",
        "# storage lock -1",
        "table = users\n",
    ] {
        assert_eq!(told(text), foreign, "{text:?}");
    }
    assert_eq!(told([0xff, 0xfe, b'a']), foreign);
    assert_eq!(
        told("# storage lock 2\nwhatever\n"),
        "users.schema: it has version 2, and this release of `storage` reads version 1: use the newer release"
    );
    let long = told("# storage lock 1\n".repeat(1_100_000));
    assert_eq!(
        long,
        "users.schema: it has more than 16777216 bytes: restore it from version control"
    );
}

#[test]
fn a_line_in_the_wrong_place_is_told() {
    let sections = "the layout of a release, a draft, or the indexes";
    for (line, text, expected) in [
        (2, "# storage lock 1\n", "`--- indexes`"),
        (3, "# storage lock 1\ntable = users\n", "`--- indexes`"),
        (2, "# storage lock 1\nrecord = User\n", "`table = ` and its name, then layouts"),
        (3, "# storage lock 1\ntable = users\n--- layout 1   release\n", sections),
        (3, "# storage lock 1\ntable = users\n--- layout 1   released 2026-01-01\n", sections),
        (
            3,
            "# storage lock 1\ntable = users\n--- layout x   released 2026-01-01   0123456789abcdef\n",
            sections,
        ),
        (
            3,
            "# storage lock 1\ntable = users\n--- layout 1   released 2026-01-01   0123456789abcdeg\n",
            sections,
        ),
        (3, "# storage lock 1\ntable = users\n--- \n", sections),
    ] {
        let restore = "restore the file from version control";
        assert_eq!(
            told(text),
            format!("users.schema: line {line}: expected {expected}; {restore}"),
            "{text}"
        );
    }
}

#[test]
fn a_released_layout_that_was_changed_is_told() {
    let project = Project::released(&[Locked::of::<user1::User>()]);
    let text = project.text("users.schema");
    for (from, to) in
        [("field age = u16\n", "field age = u32\n"), ("field age = u16\n", ""), ("rkyv", "rkyw")]
    {
        let edited = "users.schema: layout 1 was changed after its release: restore the file from version control";
        assert_eq!(told(text.replace(from, to)), edited);
    }
}

#[test]
fn a_file_that_was_cut_off_is_told_wherever_that_was() {
    let project = Project::released(&[Locked::of::<user1::User>(), Locked::of::<order1::Order>()]);
    let records = [Locked::of::<user2::User>(), Locked::of::<order2::Order>()];
    project.run(&records, Release).unwrap();
    for name in ["users.schema", "orders.schema"] {
        let whole = project.text(name);
        for len in 0..whole.len() - 1 {
            let cut = &whole[..len];
            project.write(name, cut);
            project.run(&records, Check).expect_err(cut);
            // An update makes it whole where it can, and leaves it where it cannot.
            let is_made = project.run(&records, Update).is_ok();
            assert_eq!(project.text(name), if is_made { &whole } else { cut });
        }
        project.write(name, &whole);
    }
}

#[test]
fn no_damage_makes_it_panic_or_hold_to_another_layout() {
    let project = Project::released(&[Locked::of::<user1::User>()]);
    let user = [Locked::of::<user2::User>()];
    project.run(&user, Release).unwrap();
    let whole = project.text("users.schema");
    let layouts = whole.find("--- layout 1").unwrap();
    for at in 0..whole.len() {
        for byte in [b'\n', whole.as_bytes()[at] ^ 1] {
            let mut damaged = whole.clone().into_bytes();
            damaged[at] = byte;
            project.write("users.schema", &damaged);
            let is_held = project.run(&user, Check).is_ok();
            // What is for people may be anything.
            let line = whole[..at].rfind('\n').map_or(0, |end| end + 1);
            let is_for_people = at < layouts || whole[line..].starts_with("--- layout");
            let is_empty_line = byte == b'\n' && (whole[at..].starts_with('\n') || at == line);
            assert!(
                !is_held || is_for_people || is_empty_line || damaged == whole.as_bytes(),
                "{at} {byte}"
            );
        }
    }
}

#[test]
fn a_forged_text_is_told_and_costs_little() {
    let head = "record = User\ncodec = rkyv\nformat = rkyv-0.8 little-endian pointer-32 aligned\nkey encoding = 1\n\
        key = u64\nkey fields = id\nfield id = u64\n";
    let deep = format!("{head}field a = {}u8{}\n", "option<".repeat(5000), ">".repeat(5000));
    let deep = told(released(&deep));
    assert!(deep.contains("layout 1 is not understood: line 8, column"), "{deep}");
    assert!(deep.contains("types are nested more than 64 levels deep"), "{deep}");

    let mut wide = head.to_owned();
    for field in 0..40_000 {
        writeln!(wide, "field f{field} = u8").unwrap();
    }
    let wide = told(released(&wide));
    assert!(wide.lines().count() < 100 && wide.contains("more differences"), "{wide}");

    let long = format!("{head}field a = \"{}\"\n", "T".repeat(2 << 20));
    assert!(told(released(&long)).contains("bytes, at most 1048576 are allowed"));

    // Types that contain themselves, and such that double at each level.
    let circle =
        format!("{head}field a = A\nstruct A field a = A\narchived = 8 bytes, aligned 8\n");
    assert!(told(released(&circle)).contains("layout 1"));
    let mut doubled = format!("{head}field a = T0\n");
    for level in 0..60 {
        writeln!(
            doubled,
            "struct T{level} field a = T{0}\nstruct T{level} field b = T{0}",
            level + 1
        )
        .unwrap();
    }
    doubled.push_str("struct T60 field a = u8\n");
    assert!(told(released(&doubled)).contains("layout 1"));

    assert!(told(released("frozen = yes\n")).contains("layout 1 is not understood"));
    assert!(told(released("")).contains("layout 1 is not understood"));
}
