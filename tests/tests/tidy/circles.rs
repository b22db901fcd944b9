//! Circles of imports: files of a crate that need one another.
//!
//! A file needs the file in which a name that it imports is defined: re-exports are followed to the definition, and are
//! no need themselves, unless the file that re-exports a name also uses it. Modules for tests do not count.

use proc_macro2::{TokenStream, TokenTree};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};
use syn::{Attribute, Item, UseTree, Visibility, spanned::Spanned, visit::Visit};

/// That one file needs another, and by which path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    pub from: String,
    pub to: String,
    line: usize,
    pub path: String,
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} needs {} by `{}`", self.from, self.line, self.to, self.path)
    }
}

/// Every need between the files of a crate; `files` are paths below its `src`, with their texts.
pub fn needs(files: &BTreeMap<String, String>) -> BTreeSet<Need> {
    let mut modules = Modules::default();
    modules.add(files, "lib.rs", Vec::new());
    let mut needs = BTreeSet::new();
    for module in modules.0.values() {
        for (path, line) in module.uses() {
            let target = modules.resolve(module, &path, 0);
            if let Some(to) = target.filter(|to| *to != module.file) {
                let (from, path) = (module.file.clone(), path.join("::"));
                needs.insert(Need { from, to: to.to_owned(), line, path });
            }
        }
    }
    needs
}

/// What `needs` are left without the excused ones, and the excuses that none of them needs.
pub fn without<'e>(
    needs: &BTreeSet<Need>,
    excused: &[(&'e str, &'e str, &'e str)],
) -> (BTreeSet<Need>, Vec<String>) {
    let is = |need: &Need, (from, to, _): &(&str, &str, &str)| need.from == *from && need.to == *to;
    let left = needs.iter().filter(|need| !excused.iter().any(|excuse| is(need, excuse)));
    let idle = excused.iter().filter(|excuse| !needs.iter().any(|need| is(need, excuse)));
    let idle = idle.map(|(from, to, _)| format!("{from} no longer needs {to}: remove the excuse"));
    (left.cloned().collect(), idle.collect())
}

/// The needs within each set of files that all need one another, directly or through others of the set.
pub fn circles(needs: &BTreeSet<Need>) -> Vec<Vec<&Need>> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for need in needs {
        next.entry(&need.from).or_default().push(&need.to);
    }
    let reached_from = |start: &str| {
        let mut reached = BTreeSet::new();
        let mut open = vec![start];
        while let Some(file) = open.pop() {
            let new = next.get(file).into_iter().flatten().filter(|to| reached.insert(**to));
            open.extend(new.copied().collect::<Vec<_>>());
        }
        reached
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        next.keys().map(|file| (*file, reached_from(file))).collect();
    let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|files| files.contains(to));
    // All files of a circle reach the same files, among them themselves: these name it.
    let mut circles: BTreeMap<&BTreeSet<&str>, Vec<&Need>> = BTreeMap::new();
    for need in needs.iter().filter(|need| reaches(&need.to, &need.from)) {
        circles.entry(&reached[need.from.as_str()]).or_default().push(need);
    }
    circles.into_values().collect()
}

/// The modules of a crate by their paths; the crate itself is the empty path.
#[derive(Default)]
struct Modules(BTreeMap<Vec<String>, Module>);

/// A module, inline or with a file of its own.
#[derive(Default)]
struct Module {
    path: Vec<String>,
    file: String,
    /// The names that are defined here.
    defined: BTreeSet<String>,
    /// The names that are imported here.
    imports: Vec<Import>,
    /// The paths in code and the names at the beginning of each, with their lines.
    mentions: Vec<(Vec<String>, usize)>,
}

/// A leaf of a `use`.
struct Import {
    /// What the path is called here; `*` for all that is in it, `_` for a trait without a name.
    name: String,
    path: Vec<String>,
    line: usize,
    is_public: bool,
}

impl Modules {
    /// Adds the module `path` in `file`, and the modules that it declares.
    fn add(&mut self, files: &BTreeMap<String, String>, file: &str, path: Vec<String>) {
        let text = files.get(file).unwrap_or_else(|| panic!("{file} is missing"));
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.add_items(files, file, path, &parsed.items);
    }

    fn add_items(
        &mut self,
        files: &BTreeMap<String, String>,
        file: &str,
        path: Vec<String>,
        items: &[Item],
    ) {
        let mut module = Module { path: path.clone(), file: file.to_owned(), ..Module::default() };
        for item in items.iter().filter(|item| !is_for_tests(item)) {
            module.add(item);
            let Item::Mod(item) = item else { continue };
            let mut path = path.clone();
            path.push(item.ident.to_string());
            match &item.content {
                Some((_, items)) => self.add_items(files, file, path, items),
                None => {
                    let file = file_of(files, file, &path, &item.attrs);
                    self.add(files, &file, path);
                }
            }
        }
        self.0.insert(path, module);
    }

    /// The file in which what `path` leads to from `from` is defined; nothing for other crates.
    fn resolve<'a>(&'a self, from: &'a Module, path: &[String], depth: usize) -> Option<&'a str> {
        let mut at = from;
        let mut rest = path;
        while let [first, after @ ..] = rest {
            let is_start = rest.len() == path.len();
            let next = match first.as_str() {
                "crate" if is_start => self.0.get(&Vec::new()),
                "self" => Some(at),
                "super" => self.0.get(&at.path[..at.path.len().checked_sub(1)?]),
                name => {
                    let mut child = at.path.clone();
                    child.push(name.to_owned());
                    self.0.get(&child)
                }
            };
            match next {
                Some(module) => (at, rest) = (module, after),
                None if at.defined.contains(first) => return Some(&at.file),
                None => return self.resolve_import(at, rest, is_start, depth),
            }
        }
        Some(&at.file)
    }

    /// The same for a path whose first name is imported into `at`, or is another crate's.
    fn resolve_import<'a>(
        &'a self,
        at: &'a Module,
        path: &[String],
        is_start: bool,
        depth: usize,
    ) -> Option<&'a str> {
        const DEPTH_MAX: usize = 16;
        if depth == DEPTH_MAX {
            return None;
        }
        let named = at.imports.iter().find(|import| import.name == path[0]);
        if let Some(import) = named.filter(|import| import.path != path) {
            let whole: Vec<String> = import.path.iter().chain(&path[1..]).cloned().collect();
            return self.resolve(at, &whole, depth + 1);
        }
        let globs = at.imports.iter().filter(|import| import.name == "*");
        let found = globs.filter_map(|glob| {
            let whole: Vec<String> = glob.path.iter().chain(path).cloned().collect();
            self.resolve(at, &whole, depth + 1)
        });
        // What a macro defines is not seen here; what no path of this crate leads to is another's.
        found.max().or((!is_start && path.len() == 1).then_some(at.file.as_str()))
    }
}

/// The file of the module `path`, which is declared in the file `parent`.
fn file_of(
    files: &BTreeMap<String, String>,
    parent: &str,
    path: &[String],
    attrs: &[Attribute],
) -> String {
    let given = attrs.iter().find(|attr| attr.path().is_ident("path")).map(|attr| {
        let syn::Meta::NameValue(pair) = &attr.meta else { panic!("`path` has a value") };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else {
            panic!("`path` is text")
        };
        match parent.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{}", text.value()),
            None => text.value(),
        }
    });
    let whole = path.join("/");
    given
        .into_iter()
        .chain([format!("{whole}.rs"), format!("{whole}/mod.rs")])
        .find(|file| files.contains_key(file))
        .unwrap_or_else(|| panic!("the module `{whole}` has no file"))
}

impl Module {
    fn add(&mut self, item: &Item) {
        if let Item::Use(item) = item {
            let is_public = !matches!(item.vis, Visibility::Inherited);
            self.add_use(&item.tree, Vec::new(), is_public);
            return;
        }
        self.defined.extend(name_of(item));
        if !matches!(item, Item::Mod(_)) {
            let mut mentions = Mentions(Vec::new());
            mentions.visit_item(item);
            self.mentions.append(&mut mentions.0);
        }
    }

    fn add_use(&mut self, tree: &UseTree, mut path: Vec<String>, is_public: bool) {
        let line = tree.span().start().line;
        let name = match tree {
            UseTree::Path(tree) => {
                path.push(tree.ident.to_string());
                return self.add_use(&tree.tree, path, is_public);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_use(tree, path.clone(), is_public);
                }
                return;
            }
            UseTree::Glob(_) => "*".to_owned(),
            UseTree::Rename(tree) => {
                path.push(tree.ident.to_string());
                tree.rename.to_string()
            }
            UseTree::Name(tree) => {
                path.push(tree.ident.to_string());
                tree.ident.to_string()
            }
        };
        let name = match path.last() {
            Some(last) if last == "self" && name == "self" => {
                path.pop();
                path.last().cloned().unwrap_or_default()
            }
            _ => name,
        };
        self.imports.push(Import { name, path, line, is_public });
    }

    /// The paths by which this module needs others: what it imports for itself, and what it names in full.
    fn uses(&self) -> Vec<(Vec<String>, usize)> {
        let is_mentioned = |name: &str| {
            self.mentions.iter().any(|(path, _)| path.first().is_some_and(|n| n == name))
        };
        let imports =
            self.imports.iter().filter(|import| !import.is_public || is_mentioned(&import.name));
        let imports = imports.map(|import| (import.path.clone(), import.line));
        let paths = self.mentions.iter().filter(|(path, _)| path.len() > 1).cloned();
        imports.chain(paths).collect()
    }
}

/// The name that `item` defines.
fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Whether `item` is there for tests only.
fn is_for_tests(item: &Item) -> bool {
    let attrs = match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => return false,
    };
    attrs.iter().any(|attr| {
        attr.path().is_ident("cfg")
            && attr.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

/// The paths of an item, those in the tokens of macros included.
struct Mentions(Vec<(Vec<String>, usize)>);

impl Mentions {
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path = Vec::new();
        let mut line = 0;
        // How many colons came since the last name; a path that begins with two is another crate's.
        let mut colons = 0;
        // Whether what follows is a variable of `quote!` or `macro_rules!`, a lifetime, a field or a method.
        let mut is_marked = false;
        let mut is_foreign = false;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 || path.is_empty() {
                        self.add(std::mem::take(&mut path), line, is_foreign);
                        is_foreign = is_marked || colons == 2;
                        line = ident.span().start().line;
                    }
                    path.push(ident.to_string());
                    (colons, is_marked) = (0, false);
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.add(std::mem::take(&mut path), line, is_foreign);
                    (colons, is_marked) = (0, is_mark(&other));
                    if let TokenTree::Group(group) = other {
                        self.add_tokens(group.stream());
                    }
                }
            }
        }
        self.add(path, line, is_foreign);
    }

    fn add(&mut self, path: Vec<String>, line: usize, is_foreign: bool) {
        if !path.is_empty() && !is_foreign {
            self.0.push((path, line));
        }
    }
}

fn is_mark(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if "#$'.".contains(punct.as_char()))
}

impl<'ast> Visit<'ast> for Mentions {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.0.push((names, path.span().start().line));
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.add_tokens(call.tokens.clone());
    }

    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

#[cfg(test)]
mod tests {
    use super::{circles, needs, without};
    use std::collections::BTreeMap;

    /// The files of every circle in a crate of `files`, each with its text.
    fn found(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let files: BTreeMap<String, String> =
            files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
        let needs = needs(&files);
        let names = |circle: &Vec<&super::Need>| {
            let mut names: Vec<String> = circle.iter().map(|need| need.from.clone()).collect();
            names.dedup();
            names
        };
        circles(&needs).iter().map(names).collect()
    }

    /// A crate of the files `a.rs` and `b.rs`, in which `b` needs `a`.
    fn found_if_a_is(a: &str) -> bool {
        let crate_of = |a: &str| {
            found(&[
                ("lib.rs", "mod a; mod b; pub use self::b::B;"),
                ("a.rs", a),
                ("b.rs", "use crate::a::A; pub struct B(A); pub trait T { const N: u8; }"),
            ])
        };
        assert_eq!(crate_of("pub struct A;"), [[""; 0]; 0], "the crate has no circle of its own");
        let circles = crate_of(&format!("pub struct A; {a}"));
        assert!(circles.is_empty() || circles == [["a.rs", "b.rs"]], "{circles:?}");
        !circles.is_empty()
    }

    #[test]
    fn every_way_to_name_a_file_is_seen() {
        for way in [
            "use crate::b::B;",
            "use super::b::B;",
            "use crate::B;",
            "use super::B as C;",
            "use super::{b::{B as C, T as _}};",
            "use crate::b::{self};",
            "use crate::b; fn f() { b::f(); }",
            "use super::b::*;",
            "pub use super::b::B; fn f(_: B) {}",
            "fn f(_: crate::b::B) {}",
            "fn f() -> usize { size_of::<super::b::B>() }",
            "fn f(b: &super::b::B) { println!(\"{}\", crate::b::f(b)); }",
            "mod inner { use super::super::b::B; }",
        ] {
            assert!(found_if_a_is(way), "not seen: {way}");
        }
    }

    #[test]
    fn what_is_no_need_is_none() {
        for way in [
            "",
            "pub use super::b::B;",
            "pub use super::b::B; fn f() { let _ = other::B; x.B(); }",
            "use ::b::B;",
            "use b::B;",
            "#[cfg(test)] mod tests { use crate::b::B; }",
            "#[cfg(test)] use crate::b::B;",
            "macro_rules! m { () => { $crate::b::B; ::crate_b::b::B } }",
            "/// See [`crate::b::B`].\nfn f() {}",
            "use self::inner::B; mod inner { pub struct B; }",
        ] {
            assert!(!found_if_a_is(way), "seen as a need: {way}");
        }
    }

    #[test]
    fn a_circle_may_have_many_files_and_several_are_told_apart() {
        let circles = found(&[
            ("lib.rs", "mod a; mod b; mod c; mod d; mod e;"),
            ("a.rs", "use crate::b::B; pub struct A;"),
            ("b/mod.rs", "mod inner; pub use inner::B;"),
            ("b/inner.rs", "use crate::c::C; pub struct B;"),
            ("c.rs", "use crate::a::A; pub struct C;"),
            ("d.rs", "use crate::{a::A, e::E}; pub struct D;"),
            ("e.rs", "use crate::d::D; pub struct E;"),
        ]);
        let expected = [vec!["a.rs", "b/inner.rs", "c.rs"], vec!["d.rs", "e.rs"]];
        assert_eq!(circles.len(), 2, "{circles:?}");
        for circle in expected {
            assert!(circles.iter().any(|found| *found == circle), "{circle:?} in {circles:?}");
        }
    }

    #[test]
    fn a_module_may_have_a_file_of_another_name() {
        let circles = found(&[
            ("lib.rs", "#[path = \"other.rs\"] mod a; mod b;"),
            ("other.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "use super::a::A; pub struct B;"),
        ]);
        assert_eq!(circles, [["b.rs", "other.rs"]]);
    }

    #[test]
    fn an_excuse_opens_a_circle_as_long_as_it_is_needed() {
        let files =
            [("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b;"), ("b.rs", "use crate::a;")];
        let files = files.map(|(file, text)| (file.to_owned(), text.to_owned())).into();
        let (left, idle) = without(&needs(&files), &[("a.rs", "b.rs", "")]);
        assert!(circles(&left).is_empty() && idle.is_empty());
        let (left, idle) = without(&needs(&files), &[("a.rs", "c.rs", "")]);
        assert_eq!(circles(&left).len(), 1);
        assert_eq!(idle, ["a.rs no longer needs c.rs: remove the excuse"]);
    }
}
