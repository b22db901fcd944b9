//! Every message of the derives, and every one of the traits, is given by a case in `ui`; and the guide quotes them,
//! and lists the attributes, as they are.

#[path = "ui/templates.rs"]
mod templates;

use proc_macro2::{TokenStream, TokenTree};
use std::{
    fs,
    path::{Path, PathBuf},
};
use syn::{Expr, ExprLit, ItemConst, Lit, LitStr, Member, visit::Visit};
use templates::Template;

/// Traits whose message no case can show, each with the reason.
const NEVER_SHOWN: &[(&str, &str)] = &[
    (
        "ReadField",
        "what lacks it lacks `FieldType` as well, or what its codec asks for: they are reported",
    ),
    (
        "TupleCodec",
        "a tuple whose part cannot be read alone is no field of that codec: that is reported",
    ),
    ("Item", "an array of what lacks it is no FlatBuffers type: that is reported"),
    (
        "FlatKey",
        "a map with keys that lack it is no FlatBuffers field: that is reported, and what keys may be",
    ),
];

/// Messages of the derives that no case can show, because the cases have every feature; a test of `expand` has them.
const OF_FEATURES: &str = "the feature `";

/// The files and folders of the derive that write messages.
const WRITERS: [&str; 5] =
    ["attr/", "check/", "codec/flatbuffers/check.rs", "codec/flatbuffers/foreign.rs", "codec/rkyv"];

#[test]
fn every_message_of_the_derives_has_a_case() {
    let errors = errors();
    let mut missing = Vec::new();
    for (name, text) in derive_files() {
        let mut texts = Texts(Vec::new());
        texts.visit_file(&syn::parse_file(&text).unwrap());
        let shown = texts.0.into_iter().filter(|text| !text.contains(OF_FEATURES));
        for text in shown.filter(|_| is_writer(&name)) {
            let template = Template::new(&text);
            if !errors.iter().any(|error| template.is_in(error)) {
                missing.push(format!("{name}: {text}"));
            }
        }
    }
    assert!(missing.is_empty(), "no case gives\n  {}", missing.join("\n  "));
}

#[test]
fn only_the_writers_report_errors() {
    for (name, text) in derive_files() {
        let reports = text.contains("cx.error(") || text.contains("compile_error");
        let is_known = is_writer(&name) || name == "pipeline.rs";
        assert!(!reports || is_known, "{name} reports errors that no test looks for");
    }
}

/// The files of the derive: path below its `src`, and text.
fn derive_files() -> Vec<(String, String)> {
    let folder = root().join("storage-derive/src");
    let relative =
        |path: &Path| path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
    let paths = templates::sources("storage-derive/src");
    paths.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

fn is_writer(name: &str) -> bool {
    WRITERS.iter().any(|writer| name.starts_with(writer))
}

#[test]
fn every_message_of_the_traits_has_a_case() {
    let errors = errors();
    let texts = templates::of_the_traits();
    let messages = texts.iter().filter(|(_, kind, _)| kind == "message");
    for (name, _, text) in messages {
        let template = Template::new(text);
        let is_shown = errors.iter().any(|error| template.matches(error));
        let is_excused = NEVER_SHOWN.iter().any(|(excused, _)| excused == name);
        assert!(is_shown != is_excused, "`{name}`: no case gives, or one that is excused: {text}");
    }
}

#[test]
fn messages_are_written_as_the_house_writes_them() {
    for error in errors() {
        let first = error.chars().next().unwrap();
        assert!(!first.is_uppercase(), "begins with a capital: {error}");
        assert!(!error.ends_with(['.', '!']), "ends with a stop: {error}");
    }
}

#[test]
fn the_guide_lists_every_attribute_and_no_other() {
    let rules = constant("attr/legal.rs", "RULES");
    let expected: Vec<String> = rules.iter().map(row_of_rule).collect();
    assert_eq!(rows("## `#[store(...)]`", 2), expected);

    let keys = constant("attr/index.rs", "KEYS");
    let expected: Vec<String> =
        keys.iter().map(|key| format!("| `{}` |", strings(key)[0])).collect();
    assert_eq!(rows("## `#[store(index(...))]`", 1), expected);

    let keys = constant("attr/removed.rs", "KEYS");
    let expected: Vec<String> =
        keys.iter().map(|key| format!("| `{}` |", strings(key)[0])).collect();
    assert_eq!(rows("## `#[store(removed(...))]`", 1), expected);
}

#[test]
fn every_synonym_leads_to_a_word_of_ours() {
    let text = fs::read_to_string(root().join("storage-derive/src/attr/symbol.rs")).unwrap();
    let words: Vec<String> =
        syn::parse_file(&text).unwrap().items.iter().filter_map(word).collect();
    let synonyms = constant("attr/suggest.rs", "SYNONYMS");
    for (other, own) in synonyms.iter().map(strings).map(|pair| (pair[0].clone(), pair[1].clone()))
    {
        assert!(words.contains(&own), "`{other}` leads to `{own}`, which is no word");
        assert!(!words.contains(&other) || other == "name", "`{other}` is a word itself");
    }
}

/// The word that `item` spells, in the list of them.
fn word(item: &syn::Item) -> Option<String> {
    let syn::Item::Const(item) = item else { return None };
    strings(&item.expr).pop()
}

#[test]
fn the_guide_quotes_messages_that_are_given() {
    let errors = errors();
    let guide = guide();
    let quotes: Vec<&str> = guide.split("``").skip(1).step_by(2).map(str::trim).collect();
    assert!(quotes.len() > 30, "{} quotes", quotes.len());
    for quote in quotes {
        assert!(errors.iter().any(|error| error.contains(quote)), "no case gives `{quote}`");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn guide() -> String {
    fs::read_to_string(root().join("storage/src/guide/attributes.md")).unwrap()
}

/// What follows `error: ` and `error[...]: ` in the expected messages.
fn errors() -> Vec<String> {
    let mut errors = Vec::new();
    for case in templates::sources("tests/tests/ui") {
        let text = fs::read_to_string(case.with_extension("stderr")).unwrap_or_default();
        let lines = text.lines().filter(|line| line.starts_with("error"));
        errors.extend(lines.filter_map(|line| Some(line.split_once(": ")?.1.to_owned())));
    }
    errors
}

/// The first `count` cells of each row of the table below `heading`, without its head.
fn rows(heading: &str, count: usize) -> Vec<String> {
    let guide = guide();
    let section = guide.split(heading).nth(1).unwrap();
    let rows = section.lines().skip_while(|line| !line.starts_with('|'));
    let rows = rows.take_while(|line| line.starts_with('|')).skip(2);
    rows.map(|row| {
        let end = row.match_indices(" |").nth(count - 1).unwrap().0;
        row[..end + " |".len()].to_owned()
    })
    .collect()
}

/// How the guide's row of a rule begins: its form, and where it is legal.
fn row_of_rule(rule: &Expr) -> String {
    let Expr::Struct(rule) = rule else { panic!("`RULES` is a list of structs") };
    let value = |name: &str| {
        let is_wanted = |member: &Member| matches!(member, Member::Named(ident) if ident == name);
        &rule.fields.iter().find(|field| is_wanted(&field.member)).unwrap().expr
    };
    let form = strings(value("form")).remove(0);
    let mut spots = Spots(Vec::new());
    spots.visit_expr(value("spots"));
    format!("| `{form}` | {} |", spots.0.join(", "))
}

/// The elements of the constant list `name` in a file of the derive.
fn constant(file: &str, name: &str) -> Vec<Expr> {
    let text = fs::read_to_string(root().join("storage-derive/src").join(file)).unwrap();
    let file = syn::parse_file(&text).unwrap();
    let list = file.items.into_iter().find_map(|item| match item {
        syn::Item::Const(ItemConst { ident, expr, .. }) if ident == name => Some(*expr),
        _ => None,
    });
    let Some(Expr::Array(list)) = list else { panic!("`{name}` is no list") };
    list.elems.into_iter().collect()
}

fn strings(expr: &Expr) -> Vec<String> {
    struct Strings(Vec<String>);
    impl<'ast> Visit<'ast> for Strings {
        fn visit_lit_str(&mut self, text: &'ast LitStr) {
            self.0.push(text.value());
        }
    }
    let mut strings = Strings(Vec::new());
    strings.visit_expr(expr);
    strings.0
}

/// The places of a rule, in the guide's words.
struct Spots(Vec<&'static str>);

impl<'ast> Visit<'ast> for Spots {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0.push(match path.segments.last().unwrap().ident.to_string().as_str() {
            "Record" => "record",
            "RecordField" => "field of a record",
            "Type" => "type",
            "TypeField" => "field of a type",
            "Variant" => "variant",
            other => panic!("the guide has no word for `{other}`"),
        });
    }
}

/// The texts of a file that are made of words: literals, and what is given to `format!`.
struct Texts(Vec<String>);

impl Texts {
    fn add(&mut self, text: &str) {
        if text.trim().contains(' ') {
            self.0.push(text.to_owned());
        }
    }

    fn add_tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse2::<LitStr>(TokenTree::from(literal).into()) {
                        self.add(&text.value());
                    }
                }
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Texts {
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_expr_lit(&mut self, expr: &'ast ExprLit) {
        if let Lit::Str(text) = &expr.lit {
            self.add(&text.value());
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if call.path.is_ident("format") {
            self.add_tokens(call.tokens.clone());
        }
    }
}
