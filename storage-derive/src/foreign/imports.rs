//! What a source file imports, as far as its text says.
//!
//! A derive is not told what names mean. The file that its item stands in says it in plain words: `use time::Date;`.
//! Where that leaves a doubt, nothing is known.

use proc_macro2::Ident;
use std::fs;

/// What makes types of flags.
const FLAGS: &str = "bitflags!";

/// The text of a source file; empty where it is not known.
#[derive(Debug)]
pub(super) struct Imports {
    text: String,
    /// Where in it the first flags are made. Each field is looked up among them, and few files have any.
    flags: Option<usize>,
}

impl Imports {
    /// Those of the file that `ident` stands in.
    pub(super) fn near(ident: &Ident) -> Self {
        let file = ident.span().local_file();
        let text = file.and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        Self { flags: text.find(FLAGS), text }
    }

    /// The crate that `name` is imported from: by every import of that name in the file, and none defines it.
    pub(super) fn krate(&self, name: &Ident) -> Option<String> {
        let name = name.to_string();
        let mut crates =
            self.uses().filter(|(_, path)| imports(path, &name)).map(|(krate, _)| krate);
        let first = crates.next()?;
        let is_one = crates.all(|krate| krate == first) && !self.defines(&name);
        is_one.then(|| if matches!(first, "core" | "alloc") { "std" } else { first }.to_owned())
    }

    /// The crate and the rest of each `use`.
    fn uses(&self) -> impl Iterator<Item = (&str, &str)> {
        let starts = self.text.match_indices("use ");
        let statements = starts.filter_map(|(at, word)| {
            let (before, after) =
                (self.text.get(..at)?, self.text.get(at.checked_add(word.len())?..)?);
            let line = before.rsplit('\n').next()?.trim_end();
            let is_start =
                line.is_empty() || line.ends_with([';', '{', '}', ')']) || line.ends_with("pub");
            is_start.then_some(after)?.split(';').next()
        });
        statements.filter_map(|path| path.trim_start_matches("::").split_once("::"))
    }

    /// The integer of the flags that `bitflags!` makes a type of this name for.
    pub(super) fn flags(&self, name: &Ident) -> Option<&str> {
        let (_, after) = self.text.get(self.flags?..)?.split_once(&format!("struct {name}:"))?;
        after.split_once('{').map(|(bits, _)| bits.trim())
    }

    /// What `#[rkyv(derive(...))]` is told to derive on the struct or enum of this name; nothing if the file does not
    /// have it once, or implements something for what rkyv makes of it.
    pub(super) fn rkyv_derives(&self, name: &str) -> Option<Vec<&str>> {
        let [at] = self.definitions(&["struct", "enum"], name).collect::<Vec<_>>()[..] else {
            return None;
        };
        if self.text.contains(&format!("for Archived{name}")) {
            return None;
        }
        let before = self.text.get(..at)?;
        let is_comment = before.rsplit('\n').next()?.contains("//");
        let attributes =
            before.rfind("\n\n").and_then(|blank| before.get(blank..)).unwrap_or(before);
        let told = attributes
            .match_indices("rkyv(")
            .filter_map(|(at, _)| attributes.get(at..)?.split(']').next());
        let words = told.flat_map(|told| told.split(|letter| !is_of_word(letter)));
        let words: Vec<_> = words.collect();
        let is_named = words.contains(&"archived") || words.contains(&"as");
        (!is_named && !is_comment).then_some(words)
    }

    /// Where the file defines a type of this name, by one of these keywords.
    fn definitions<'s>(
        &'s self,
        keywords: &'s [&str],
        name: &'s str,
    ) -> impl Iterator<Item = usize> + 's {
        keywords.iter().flat_map(move |keyword| {
            let definition = format!("{keyword} {name}");
            let found = self.text.match_indices(&definition).filter_map(|(at, word)| {
                let next = self.text.get(at.checked_add(word.len())?..)?.chars().next()?;
                (!is_of_word(next)).then_some(at)
            });
            found.collect::<Vec<_>>()
        })
    }

    /// Whether the file has a type of this name.
    fn defines(&self, name: &str) -> bool {
        self.definitions(&["struct", "enum", "union", "type"], name).next().is_some()
    }
}

/// Whether the path of a `use` has `name` at its end, or at the end of one of its branches.
fn imports(path: &str, name: &str) -> bool {
    path.match_indices(name).any(|(at, word)| {
        let before = path.get(..at).and_then(|before| before.chars().next_back());
        let after = at.checked_add(word.len()).and_then(|end| path.get(end..)).unwrap_or_default();
        let is_word = !before.is_some_and(is_of_word) && !after.starts_with(is_of_word);
        let after = after.trim_start();
        is_word && !after.starts_with("::") && !after.starts_with("as ")
    })
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
