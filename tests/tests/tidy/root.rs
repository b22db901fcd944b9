//! What stands at the root of the crate is what `ARCHITECTURE.md` gives a reason for.

use std::{collections::BTreeSet, fs};
use syn::{Item, UseTree, Visibility};

fn names(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => names(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
        UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(found.insert(name.rename.to_string())),
        UseTree::Glob(_) => drop(found.insert("*".to_owned())),
    }
}

#[test]
fn the_root_has_what_has_a_reason() {
    let text = fs::read_to_string(super::root().join("storage/src/lib.rs")).unwrap();
    let mut at_root = BTreeSet::new();
    for item in syn::parse_file(&text).unwrap().items {
        match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                names(&item.tree, &mut at_root);
            }
            _ => {}
        }
    }
    let text = fs::read_to_string(super::root().join("ARCHITECTURE.md")).unwrap();
    let (_, table) = text.split_once("| at the root | why |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let first_cells = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let with_reason: BTreeSet<String> = first_cells
        .flat_map(|cell| cell.split(", "))
        .map(|name| name.trim_matches('`').to_owned())
        .collect();
    assert_eq!(at_root, with_reason);
}
