//! TypeScript reads what Rust wrote, field by field, and writes what Rust reads.

use super::{VALUES, fields, flatc, folder, path_from, program, run};
use schemas::matrix::{Creature, Everything};
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};
use tests::flat::decode;

/// Node, the compiler, and the folder of npm's modules.
fn node() -> Option<(PathBuf, PathBuf, PathBuf)> {
    let variable = "STORAGE_NODE_MODULES";
    let modules = path_from(variable, "node_modules");
    let compiler = modules.join("typescript/bin/tsc");
    let probe = [compiler.to_str()?, "--version"];
    let node = program("node".into(), &probe, variable, "STORAGE_REQUIRE_TYPESCRIPT")?;
    Some((node, compiler, modules))
}

/// A number without a fraction has no point there.
fn without_points(text: &str) -> String {
    let ends = [",", "}", "]", "\n"];
    ends.iter().fold(text.to_owned(), |text, end| text.replace(&format!(".0{end}"), end))
}

#[test]
fn typescript_reads_what_rust_wrote_and_writes_what_rust_reads() {
    let (Some(flatc), Some((node, compiler, modules))) = (flatc(), node()) else { return };
    let folder = folder();
    let folder = folder.path();
    for schema in ["creature.fbs", "everything.fbs"] {
        // An entry point would be named as the schema is, which is the name of its table.
        let arguments = ["--ts", "--gen-object-api", "--ts-omit-entrypoint", schema];
        run(&flatc, folder, &arguments);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flatbuffers_interop/fields.ts");
    fs::copy(script, folder.join("fields.ts")).unwrap();
    fs::write(folder.join("package.json"), r#"{"type": "module"}"#).unwrap();
    symlink(&modules, folder.join("node_modules")).unwrap();
    let options = ["--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"];
    run(&node, folder, &[&[compiler.to_str().unwrap()], &options[..], &["fields.ts"]].concat());
    for (schema, value) in VALUES {
        let bin = format!("{value}.bin");
        let bytes = fs::read(folder.join(&bin)).unwrap();
        let found = run(&node, folder, &["fields.js", schema, &bin, "again.bin"]);
        let again = fs::read(folder.join("again.bin")).unwrap();
        if schema == "creature" {
            let creature: Creature = decode(&bytes);
            assert_eq!(found, without_points(&fields::creature(&creature)));
            assert_eq!(decode::<Creature>(&again), creature);
        } else {
            let mut everything: Everything = decode(&bytes);
            // What flatc makes for TypeScript knows no difference between no list and an empty one.
            everything.maybe_texts.get_or_insert_default();
            everything.maybe_bytes.get_or_insert_default();
            assert_eq!(found, without_points(&fields::everything(&everything)));
            assert_eq!(decode::<Everything>(&again), everything);
        }
    }
}
