//! What the derives make of a type: `expand/*.rs` are inputs, `expand/*.expected.rs` what becomes of them.
//!
//! `BLESS=1 cargo test -p tests --test expand` writes the expected files. Each is the input without our derives and
//! attributes, and then their output, so it compiles; and it is compiled, as a module of this test.
//!
//! A crate of derives lends nothing but derives, so its modules are taken in by their paths.

#![allow(
    dead_code,
    unexpected_cfgs,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    reason = "inputs and some modules of the derive are not used; generated code is not laid out for readers"
)]

#[path = "../../storage-derive/src/ast.rs"]
mod ast;
#[path = "../../storage-derive/src/attr/mod.rs"]
mod attr;
#[path = "../../storage-derive/src/check/mod.rs"]
mod check;
#[path = "../../storage-derive/src/codec/mod.rs"]
mod codec;
#[path = "../../storage-derive/src/ctxt.rs"]
mod ctxt;
#[path = "../../storage-derive/src/debug.rs"]
mod debug;
#[path = "../../storage-derive/src/expand/mod.rs"]
mod expand;
#[path = "../../storage-derive/src/fallback.rs"]
mod fallback;
#[path = "../../storage-derive/src/foreign/mod.rs"]
mod foreign;
#[path = "../../storage-derive/src/generics.rs"]
mod generics;
#[path = "../../storage-derive/src/own_name.rs"]
mod own_name;
#[path = "../../storage-derive/src/pipeline.rs"]
mod pipeline;
#[path = "../../storage-derive/src/schema.rs"]
mod schema;
#[path = "../../storage-derive/src/tokens.rs"]
mod tokens;
#[path = "../../storage-derive/src/ty.rs"]
mod ty;

use self::pipeline::Pipeline;
use proc_macro2::TokenStream;
use quote::ToTokens as _;
use std::{
    env, fs,
    path::{Path, PathBuf},
};
use syn::{DeriveInput, Item, Token, punctuated::Punctuated};

/// `storage` by another name.
mod vault {
    pub use storage::__private;
    pub use storage::*;
}

// The cases, as they are written and as they are expected to become, laid out by `prettyplease`.
#[path = "expand/composite_key.rs"]
mod composite_key;
#[rustfmt::skip]
#[path = "expand/composite_key.expected.rs"]
mod composite_key_expected;
#[path = "expand/flatbuffers_fixed.rs"]
mod flatbuffers_fixed;
#[rustfmt::skip]
#[path = "expand/flatbuffers_fixed.expected.rs"]
mod flatbuffers_fixed_expected;
#[path = "expand/flatbuffers_generic.rs"]
mod flatbuffers_generic;
#[rustfmt::skip]
#[path = "expand/flatbuffers_generic.expected.rs"]
mod flatbuffers_generic_expected;
#[path = "expand/flatbuffers_ids.rs"]
mod flatbuffers_ids;
#[rustfmt::skip]
#[path = "expand/flatbuffers_ids.expected.rs"]
mod flatbuffers_ids_expected;
#[path = "expand/flatbuffers_record.rs"]
mod flatbuffers_record;
#[rustfmt::skip]
#[path = "expand/flatbuffers_record.expected.rs"]
mod flatbuffers_record_expected;
#[path = "expand/flatbuffers_union.rs"]
mod flatbuffers_union;
#[rustfmt::skip]
#[path = "expand/flatbuffers_union.expected.rs"]
mod flatbuffers_union_expected;
#[path = "expand/indexes.rs"]
mod indexes;
#[rustfmt::skip]
#[path = "expand/indexes.expected.rs"]
mod indexes_expected;
#[path = "expand/keys.rs"]
mod keys;
#[rustfmt::skip]
#[path = "expand/keys.expected.rs"]
mod keys_expected;
#[path = "expand/nested_enum.rs"]
mod nested_enum;
#[rustfmt::skip]
#[path = "expand/nested_enum.expected.rs"]
mod nested_enum_expected;
#[path = "expand/nested_generic.rs"]
mod nested_generic;
#[rustfmt::skip]
#[path = "expand/nested_generic.expected.rs"]
mod nested_generic_expected;
#[path = "expand/nested_struct.rs"]
mod nested_struct;
#[rustfmt::skip]
#[path = "expand/nested_struct.expected.rs"]
mod nested_struct_expected;
#[path = "expand/nothing_to_project.rs"]
mod nothing_to_project;
#[rustfmt::skip]
#[path = "expand/nothing_to_project.expected.rs"]
mod nothing_to_project_expected;
#[path = "expand/record.rs"]
mod record;
#[rustfmt::skip]
#[path = "expand/record.expected.rs"]
mod record_expected;
#[path = "expand/renamed_crate.rs"]
mod renamed_crate;
#[rustfmt::skip]
#[path = "expand/renamed_crate.expected.rs"]
mod renamed_crate_expected;
#[path = "expand/two_codecs.rs"]
mod two_codecs;
#[rustfmt::skip]
#[path = "expand/two_codecs.expected.rs"]
mod two_codecs_expected;

#[test]
fn the_derives_make_what_is_expected() {
    let mut wrong = Vec::new();
    for path in inputs() {
        let found = expansion(&fs::read_to_string(&path).unwrap());
        let expected = path.with_extension("expected.rs");
        if env::var_os("BLESS").is_some() {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}: expected is not what follows\n{found}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "`BLESS=1` writes it\n{}", wrong.join("\n"));
}

#[test]
fn every_case_is_compiled_before_and_after() {
    let this = fs::read_to_string(folder().with_extension("rs")).unwrap();
    for path in inputs() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let lines = [format!("\"expand/{name}.rs\""), format!("\"expand/{name}.expected.rs\"")];
        assert!(lines.iter().all(|line| this.contains(line)), "`{name}` is no module here");
    }
}

/// With `crate = "..."`, nothing is asked of a crate called `storage`: there may be none.
#[test]
fn generated_code_does_not_go_past_the_path_that_it_is_given() {
    let output = fs::read_to_string(folder().join("renamed_crate.expected.rs")).unwrap();
    assert!(output.contains("crate::vault::__private"));
    assert!(!output.contains("::storage"));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand")
}

/// The tests are built without the features of the derives, which say what `storage` was built with.
#[test]
fn a_type_whose_feature_is_off_says_which() {
    let errors = |codec: &str, ty: &str| {
        let input = format!("#[store(codec = {codec:?})] struct Post {{ field: {ty} }}");
        pipeline::STORED_TYPE.derive(&syn::parse_str(&input).unwrap()).to_string()
    };
    let cases = [
        (
            "rkyv",
            "indexmap::IndexMap<u8, u8>",
            "`indexmap::IndexMap<u8,u8>` needs the feature `indexmap` of `storage`",
        ),
        (
            "rkyv",
            "Option<time::Date>",
            "AsStored)]` on the field, with the feature `time` of `storage`",
        ),
        ("rkyv", "chrono::DateTime<Local>", "with the feature `chrono-clock` of `storage`"),
        (
            "flatbuffers",
            "Vec<smol_str::SmolStr>",
            "`smol_str::SmolStr` needs the feature `smol_str` of `storage`",
        ),
        (
            "flatbuffers",
            "serde_json::Value",
            "`#[store(serde)]` on the field, with the feature `serde` of `storage`",
        ),
    ];
    for (codec, ty, expected) in cases {
        let found = errors(codec, ty);
        assert!(found.contains(expected), "{ty} in {codec}: {found}");
    }
    assert!(!errors("flatbuffers", "std::time::SystemTime").contains("compile_error"));
}

/// A feature that is off is one mistake, and each of two is told.
#[test]
fn a_feature_that_is_off_is_told_once_a_type() {
    let count = |source: &str| {
        let output = pipeline::STORED_TYPE.derive(&syn::parse_str(source).unwrap());
        output.to_string().matches("compile_error").count()
    };
    for codec in ["rkyv", "flatbuffers"] {
        let with = |fields: &str| format!("#[store(codec = {codec:?})] struct Post {{ {fields} }}");
        assert_eq!(
            count(&with("a: smol_str::SmolStr, b: Vec<smol_str::SmolStr>, c: u8")),
            1,
            "{codec}"
        );
        assert_eq!(
            count(&with("a: smol_str::SmolStr, b: indexmap::IndexMap<u8, u8>")),
            2,
            "{codec}"
        );
    }
    // An attribute a field is missing beside the feature, so each is told.
    let times = "#[store(codec = \"rkyv\")] struct Post { a: time::Date, b: time::Date }";
    assert_eq!(count(times), 2);
}

fn inputs() -> Vec<PathBuf> {
    let paths = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let is_input = |path: &PathBuf| !path.to_string_lossy().ends_with(".expected.rs");
    let mut inputs: Vec<PathBuf> = paths.filter(is_input).collect();
    inputs.sort();
    inputs
}

/// `source` with our derives replaced by what they make.
fn expansion(source: &str) -> String {
    let mut file = syn::parse_file(source).unwrap();
    let mut output = TokenStream::new();
    for item in &mut file.items {
        let Ok(input) = syn::parse2::<DeriveInput>(item.to_token_stream()) else { continue };
        let derives = take_derives(item);
        output.extend(derives.iter().map(|derive| derive.derive(&input)));
    }
    let code: syn::File = syn::parse2(output).unwrap();
    file.items.retain(|item| !matches!(item, Item::Use(item) if imports_derives(item)));
    format!("{}\n{}", prettyplease::unparse(&file), prettyplease::unparse(&code))
}

/// Whether `item` brings our derives in, which are not in what they make.
fn imports_derives(item: &syn::ItemUse) -> bool {
    item.to_token_stream().to_string().starts_with("use storage ::")
}

/// Removes our derives and attributes from `item`.
fn take_derives(item: &mut Item) -> Vec<&'static Pipeline> {
    let mut derives = Vec::new();
    let (attrs, fields): (_, Vec<&mut syn::Field>) = match item {
        Item::Struct(item) => (&mut item.attrs, item.fields.iter_mut().collect()),
        Item::Enum(item) => {
            (&mut item.attrs, item.variants.iter_mut().flat_map(|v| &mut v.fields).collect())
        }
        _ => return derives,
    };
    for attr in attrs.iter_mut().filter(|attr| attr.path().is_ident("derive")) {
        let parse = Punctuated::<syn::Path, Token![,]>::parse_terminated;
        let (ours, others): (Vec<_>, Vec<_>) =
            attr.parse_args_with(parse).unwrap().into_iter().partition(|path| ours(path).is_some());
        derives.extend(ours.iter().filter_map(self::ours));
        *attr = syn::parse_quote!(#[derive(#(#others),*)]);
    }
    attrs.retain(|attr| !attr.path().is_ident("store"));
    for field in fields {
        field.attrs.retain(|attr| !attr.path().is_ident("store"));
    }
    derives
}

/// The stages of the derive at `path`, if it is ours.
fn ours(path: &syn::Path) -> Option<&'static Pipeline> {
    match path.segments.last()?.ident.to_string().as_str() {
        "StoredRecord" => Some(&pipeline::STORED_RECORD),
        "StoredType" => Some(&pipeline::STORED_TYPE),
        "StoredKey" => Some(&pipeline::STORED_KEY),
        _ => None,
    }
}
