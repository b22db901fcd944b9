//! The works, one file a group. A new group is a file and a line here.

mod airports;
mod get;
mod index;
mod load;
pub mod memory;
mod native_bench;
mod project;
mod put;
mod redb_bench;
mod scan;
mod size;
mod ycsb;

use crate::bench::Bench;

/// A group's name and what it does.
type Group = (&'static str, fn(&mut Bench));

/// In the order they run.
pub const GROUPS: &[Group] = &[
    ("get", get::run),
    ("project", project::run),
    ("scan", scan::run),
    ("load", load::run),
    ("index", index::run),
    ("put", put::run),
    ("size", size::run),
    ("memory", memory::run),
    ("redb-bench", redb_bench::run),
    ("ycsb", ycsb::run),
    ("native-bench", native_bench::run),
    ("airports", airports::run),
];
