//! The rules of the house that can be executed. `ARCHITECTURE.md` and `CONTRIBUTING.md` give the reasons.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use syn::{spanned::Spanned, visit::Visit};

#[path = "tidy/circles.rs"]
mod circles;
#[path = "tidy/root.rs"]
mod root_names;

use circles::Need;

/// The layers of `storage`, lowest first. A module may import from lower layers and from its own.
const LAYERS: &[&[&str]] = &[
    &["hash", "invariant", "sealed"],
    &["error"],
    &["schema", "backend"],
    &["value"],
    &["key"],
    &["codec"],
    &["index", "field", "older_type"],
    &["record"],
    &["project", "catalog", "conversion"],
    &["table"],
    &["txn", "lock"],
    &["store"],
    &["opens", "transact"],
    &["whole_tables"],
    &["dynamic"],
];

/// Imports that point up, each with its reason.
const UPWARD: &[(&str, &str, &str)] = &[];

/// Imports between files of `storage` that close a circle, each with its reason.
const CIRCLES: &[(&str, &str, &str)] = &[(
    "codec/reading.rs",
    "codec/mod.rs",
    "a codec names how it is read, and that is generic over codecs",
)];

/// What FlatBuffers' part of the derive takes from the rest of it.
const FLATBUFFERS_NEEDS: &[&str] = &[
    "ast.rs",
    "attr/foreign.rs",
    "attr/past.rs",
    "attr/symbol.rs",
    "codec/row.rs",
    "codec/trials.rs",
    "ctxt.rs",
    "foreign/mod.rs",
    "generics.rs",
    "schema.rs",
    "tokens.rs",
];

/// What FlatBuffers takes from the rest of the crate.
const WING_NEEDS: &[&str] = &[
    "codec/converted.rs",
    "codec/fields.rs",
    "codec/frame.rs",
    "codec/in_place.rs",
    "codec/message_pack/mod.rs",
    "codec/mod.rs",
    "codec/plain_text.rs",
    "codec/road.rs",
    "codec/stored_as/mod.rs",
    "error/",
    "invariant.rs",
    "key/kept_as.rs",
    "schema/",
    "sealed.rs",
    "value/",
];

/// Names that two types have on purpose, each with the reason.
const HOMONYMS: &[(&str, &str)] =
    &[("Table", "FlatBuffers has this word for a struct; its wing is a world of its own")];

const FILE_LINES_MAX: usize = 450;
/// Tests of one subject stay together.
const TEST_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;
const COLUMNS_MAX: usize = 120;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every Rust file below the workspace's members, but for generated code.
fn rust_files() -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !["target", "generated", ".git"].contains(&&*name) {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !name.contains(".expected.")
            {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    for member in ["storage", "storage-derive", "storage-cli", "schemas", "examples", "tests"] {
        walk(&root().join(member), &mut paths);
    }
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// Fails with every line of `problems`.
fn assert_none(rule: &str, problems: &[String]) {
    assert!(problems.is_empty(), "{rule}:\n  {}", problems.join("\n  "));
}

/// The files of `storage` with the module each belongs to: `codec` for `storage/src/codec/frame.rs`.
fn modules() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (path, text) in rust_files() {
        let name = relative(&path);
        if let Some(inner) = name.strip_prefix("storage/src/") {
            let module = inner.split(['/', '.']).next().unwrap();
            found.push((name.clone(), module.to_owned(), text));
        }
    }
    found
}

/// Lines of code: without comments, with their number from 1.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn imports_point_one_way() {
    let layer = |module: &str| LAYERS.iter().position(|names| names.contains(&module));
    let mut problems = Vec::new();
    for (file, module, text) in modules() {
        let Some(own) = layer(&module) else { continue };
        for (target, line) in imported_modules(&text) {
            let Some(other) = layer(&target) else { continue };
            let excused = UPWARD.iter().any(|(from, to, _)| *from == module && *to == target);
            if target != module && other >= own && !excused {
                problems.push(format!("{file}:{line}: `{module}` imports from `{target}`"));
            }
        }
    }
    assert_none("a module imports from lower layers only", &problems);
}

#[test]
fn no_file_imports_one_that_imports_it() {
    let mut problems = Vec::new();
    for (member, excused) in [("storage", CIRCLES), ("storage-derive", &[])] {
        let (needs, idle) = circles::without(&needs_within(member), excused);
        problems.extend(idle);
        for circle in circles::circles(&needs) {
            let needs: Vec<String> = circle.iter().map(ToString::to_string).collect();
            problems.push(format!("a circle in {member}/src/:\n    {}", needs.join("\n    ")));
        }
    }
    assert_none("imports between files run one way", &problems);
}

#[test]
fn flatbuffers_in_the_derive_takes_little_from_the_rest() {
    let is_inside = |file: &str| file.starts_with("codec/flatbuffers/");
    let is_allowed = |need: &Need| match (is_inside(&need.from), is_inside(&need.to)) {
        (true, false) => FLATBUFFERS_NEEDS.contains(&need.to.as_str()),
        (false, true) => need.from == "codec/mod.rs" && need.to == "codec/flatbuffers/mod.rs",
        _ => true,
    };
    let needs = needs_within("storage-derive");
    let problems = needs.iter().filter(|need| !is_allowed(need)).map(ToString::to_string);
    assert_none("FlatBuffers' part could be a crate", &problems.collect::<Vec<_>>());
    let taken: BTreeSet<&str> =
        needs.iter().filter(|need| is_inside(&need.from)).map(|need| need.to.as_str()).collect();
    let idle: Vec<_> = FLATBUFFERS_NEEDS.iter().filter(|file| !taken.contains(**file)).collect();
    assert!(idle.is_empty(), "it does not take these any more: {idle:?}");
}

#[test]
fn flatbuffers_takes_little_from_the_rest() {
    let is_inside = |file: &str| file.starts_with("codec/flatbuffers/");
    let is_listed = |file: &str| WING_NEEDS.iter().any(|listed| file.starts_with(listed));
    let is_allowed = |need: &Need| match (is_inside(&need.from), is_inside(&need.to)) {
        (true, false) => is_listed(&need.to),
        (false, true) => need.from == "private.rs" || !need.path.contains("flatbuffers::"),
        _ => true,
    };
    let needs = needs_within("storage");
    let problems = needs.iter().filter(|need| !is_allowed(need)).map(ToString::to_string);
    assert_none("FlatBuffers could be a crate", &problems.collect::<Vec<_>>());
    let is_taken = |listed: &&&str| {
        needs.iter().any(|need| is_inside(&need.from) && need.to.starts_with(**listed))
    };
    let idle: Vec<_> = WING_NEEDS.iter().filter(|listed| !is_taken(listed)).collect();
    assert!(idle.is_empty(), "it does not take these any more: {idle:?}");
}

/// Which file of a member of the workspace needs which.
fn needs_within(member: &str) -> BTreeSet<Need> {
    let prefix = format!("{member}/src/");
    let inner = |path: &Path| relative(path).strip_prefix(&prefix).map(str::to_owned);
    let files = rust_files().into_iter();
    circles::needs(&files.filter_map(|(path, text)| Some((inner(&path)?, text))).collect())
}

/// The top-level modules that `use crate::...` and `crate::...` paths name, with their lines.
fn imported_modules(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let numbered = code_lines(text).map(|(number, line)| format!("{line}\u{1}{number}"));
    let code = numbered.collect::<Vec<_>>().join("\n");
    for (start, _) in code.match_indices("crate::") {
        if code[..start].ends_with('$') {
            continue;
        }
        let rest = &code[start + "crate::".len()..];
        let line_at = |offset: usize| {
            let line = code[offset..].split('\u{1}').nth(1).unwrap_or_default();
            line.split('\n').next().unwrap_or_default().parse().unwrap_or(0)
        };
        let line = line_at(start);
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                if depth == 1 && (c.is_alphanumeric() || c == '_') {
                    name.push(c);
                } else {
                    found.push((std::mem::take(&mut name), line));
                }
            }
        } else {
            let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.push((name, line));
        }
    }
    found
}

#[test]
fn the_engine_and_the_formats_are_named_in_their_own_rooms_only() {
    let rooms: &[(&str, &[&str])] = &[
        ("redb::", &["storage/src/backend/engine/"]),
        ("rkyv::", &["storage/src/codec/rkyv", "storage/src/private.rs", "storage/src/lib.rs"]),
        ("flatbuffers::Flat", &["storage/src/codec/flatbuffers"]),
    ];
    let mut problems = Vec::new();
    for (file, _, text) in modules() {
        for (number, line) in code_lines(&text) {
            for (name, allowed) in rooms {
                let local = line.contains(&format!("self::{name}"))
                    || line.trim_start().starts_with("note = ");
                if line.contains(name)
                    && !local
                    && !allowed.iter().any(|room| file.starts_with(room))
                {
                    problems.push(format!("{file}:{number}: {}", line.trim()));
                }
            }
        }
    }
    assert_none("`redb` is named in `backend/engine/`, the formats in their codecs", &problems);
}

#[test]
fn unsafe_code_is_in_the_codecs_and_proven() {
    let mut problems = Vec::new();
    for (path, text) in rust_files() {
        let file = relative(&path);
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in code_lines(&text) {
            if !line.contains("unsafe {")
                && !line.contains("unsafe impl")
                && !line.contains("unsafe fn ")
            {
                continue;
            }
            if file == "tests/tests/tidy.rs" {
                continue;
            }
            if file.starts_with("storage/src/") && !file.starts_with("storage/src/codec/") {
                problems.push(format!("{file}:{number}: unsafe code outside the codecs"));
            }
            let before = &lines[number.saturating_sub(12)..number - 1];
            let word = if line.contains("unsafe fn ") { "Safety" } else { "SAFETY:" };
            let contract = line.contains("unsafe fn ")
                && before.iter().any(|l| l.contains("the trait's contract"));
            let macro_contract = line.contains("unsafe fn view_unchecked");
            if !contract && !macro_contract && !before.iter().any(|l| l.contains(word)) {
                problems.push(format!("{file}:{number}: no {word} above"));
            }
        }
    }
    assert_none("every piece of unsafe code has its proof", &problems);
}

#[test]
fn files_and_functions_are_short() {
    let mut problems = Vec::new();
    for (path, text) in rust_files() {
        let file = relative(&path);
        let count = text.lines().count();
        let max = if file.starts_with("tests/") { TEST_LINES_MAX } else { FILE_LINES_MAX };
        if count > max {
            problems.push(format!("{file}: {count} lines, at most {max}"));
        }
        for (index, line) in text.lines().enumerate() {
            let columns = line.chars().count();
            if columns > COLUMNS_MAX {
                problems.push(format!(
                    "{file}:{}: {columns} columns, at most {COLUMNS_MAX}",
                    index + 1
                ));
            }
        }
        if file.contains("/ui/") {
            continue;
        }
        let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
        let mut functions = Functions(Vec::new());
        functions.visit_file(&parsed);
        for (name, line, count) in functions.0 {
            if count > FUNCTION_LINES_MAX {
                problems.push(format!(
                    "{file}:{line}: `{name}` has {count} lines, at most {FUNCTION_LINES_MAX}"
                ));
            }
        }
    }
    assert_none("files, functions and lines are short", &problems);
}

/// Name, first line and length of every function.
struct Functions(Vec<(String, usize, usize)>);

impl Functions {
    fn add(&mut self, name: &syn::Ident, block: &syn::Block) {
        let span = block.span();
        let count = span.end().line - span.start().line + 1;
        self.0.push((name.to_string(), span.start().line, count));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.add(&node.sig.ident, &node.block);
        syn::visit::visit_item_fn(self, node);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.add(&node.sig.ident, &node.block);
        syn::visit::visit_impl_item_fn(self, node);
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut problems = Vec::new();
    for (path, text) in rust_files() {
        let file = relative(&path);
        let exempt = file.contains("/ui/") || file.contains("/expand/");
        if !exempt && !text.starts_with("//!") {
            problems.push(format!("{file}: does not begin with `//!`"));
        }
    }
    assert_none("a file begins with its purpose", &problems);
}

#[test]
fn no_markers_are_left() {
    // Spelled in two parts, so that this file does not find itself.
    let markers = [
        ("TO", "DO"),
        ("FIX", "ME"),
        ("XX", "X"),
        ("todo", "!("),
        ("unimplemented", "!("),
        ("dbg", "!("),
    ];
    let mut problems = Vec::new();
    for (path, text) in rust_files() {
        for (index, line) in text.lines().enumerate() {
            for (first, second) in markers {
                if line.contains(&format!("{first}{second}")) {
                    problems.push(format!("{}:{}: {}", relative(&path), index + 1, line.trim()));
                }
            }
        }
    }
    assert_none("nothing is left for later without a word", &problems);
}

#[test]
fn every_expected_message_belongs_to_a_case() {
    let ui = root().join("tests/tests/ui");
    let mut problems = Vec::new();
    for folder in fs::read_dir(&ui).into_iter().flatten() {
        for entry in fs::read_dir(folder.unwrap().path()).into_iter().flatten() {
            let path = entry.unwrap().path();
            let other = match path.extension().and_then(|e| e.to_str()) {
                Some("stderr") => path.with_extension("rs"),
                Some("rs") => path.with_extension("stderr"),
                _ => continue,
            };
            if !other.exists() {
                problems.push(format!("{} has no {}", relative(&path), relative(&other)));
            }
        }
    }
    assert_none("a compile-fail case is a `.rs` and a `.stderr`", &problems);
}

#[test]
fn no_two_types_share_a_name() {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, _, text) in modules() {
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut types = Types(Vec::new());
        types.visit_file(&parsed);
        for name in types.0 {
            places.entry(name).or_default().insert(file.clone());
        }
    }
    assert!(places.len() > 200, "{} types were found", places.len());
    for (name, reason) in HOMONYMS {
        let is_needed = places.get(*name).is_some_and(|files| files.len() > 1);
        assert!(is_needed, "no two types are called `{name}`: {reason}");
    }
    let is_excused = |name: &str| HOMONYMS.iter().any(|(excused, _)| *excused == name);
    let shared = places.into_iter().filter(|(name, files)| files.len() > 1 && !is_excused(name));
    let problems: Vec<String> =
        shared.map(|(name, files)| format!("`{name}`: {files:?}")).collect();
    assert_none("a type that others can see has a name of its own", &problems);
}

/// The types that more than their file can see.
struct Types(Vec<String>);

impl Types {
    fn add(&mut self, vis: &syn::Visibility, name: &syn::Ident) {
        if !matches!(vis, syn::Visibility::Inherited) {
            self.0.push(name.to_string());
        }
    }
}

impl<'ast> Visit<'ast> for Types {
    fn visit_item_struct(&mut self, node: &'ast syn::ItemStruct) {
        self.add(&node.vis, &node.ident);
    }

    fn visit_item_enum(&mut self, node: &'ast syn::ItemEnum) {
        self.add(&node.vis, &node.ident);
    }

    fn visit_item_trait(&mut self, node: &'ast syn::ItemTrait) {
        self.add(&node.vis, &node.ident);
    }

    fn visit_item_type(&mut self, node: &'ast syn::ItemType) {
        self.add(&node.vis, &node.ident);
    }
}
