//! Messages as they are in the source: text with places for values.

use std::{
    fs,
    path::{Path, PathBuf},
};
use syn::{
    Attribute, Expr, ExprLit, Lit, MetaNameValue, Token, punctuated::Punctuated, visit::Visit,
};

/// `` unknown codec {name:?}; expected "rkyv" ``, without the braces.
pub struct Template {
    /// What stands between the values.
    texts: Vec<String>,
}

impl Template {
    /// What `format!` makes of `source`.
    pub fn new(source: &str) -> Self {
        let mut texts = vec![String::new()];
        let mut rest = source.chars().peekable();
        while let Some(c) = rest.next() {
            let is_doubled = (c == '{' || c == '}') && rest.peek() == Some(&c);
            if is_doubled {
                rest.next();
            } else if c == '{' {
                rest.by_ref().find(|c| *c == '}');
                texts.push(String::new());
                continue;
            }
            texts.last_mut().unwrap().push(c);
        }
        Self { texts }
    }

    /// Whether `text` can be this message.
    pub fn matches(&self, text: &str) -> bool {
        let [first, .., last] = self.texts.as_slice() else { return self.texts[0] == text };
        text.len() >= first.len() + last.len()
            && text.starts_with(first.as_str())
            && text.ends_with(last.as_str())
            && self.is_in(text)
    }

    /// Whether `text` contains this message.
    pub fn is_in(&self, text: &str) -> bool {
        let mut rest = text;
        self.texts.iter().all(|part| match rest.split_once(part.as_str()) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }
}

/// The Rust files below `folder`, a path from the workspace's root.
pub fn sources(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    walk(&root.join(folder), &mut found);
    found.sort();
    found
}

/// The texts of every `#[diagnostic::on_unimplemented]` in `storage`: the trait, then `message`, `label` or `note`.
pub fn of_the_traits() -> Vec<(String, String, String)> {
    let mut found = OnUnimplemented(Vec::new());
    for path in sources("storage/src") {
        found.visit_file(&syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap());
    }
    found.0
}

struct OnUnimplemented(Vec<(String, String, String)>);

impl<'ast> Visit<'ast> for OnUnimplemented {
    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        let is_wanted = |attr: &&Attribute| {
            attr.path().segments.last().is_some_and(|word| word.ident == "on_unimplemented")
        };
        for attr in item.attrs.iter().filter(is_wanted) {
            let parse = Punctuated::<MetaNameValue, Token![,]>::parse_terminated;
            for pair in attr.parse_args_with(parse).unwrap() {
                let kind = pair.path.get_ident().unwrap().to_string();
                let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = pair.value else { continue };
                self.0.push((item.ident.to_string(), kind, text.value()));
            }
        }
    }
}
