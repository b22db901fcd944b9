//! Runs `rustc` on a case, with the libraries that this test was built with.

use serde_json::Value;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;

/// `rustc`, and where the libraries are.
pub struct Compiler {
    deps: PathBuf,
    storage: PathBuf,
    rkyv: PathBuf,
    out: TempDir,
}

/// One error.
pub struct Complaint {
    pub code: Option<String>,
    pub message: String,
    /// The line it points at.
    pub line: u64,
    /// What is said at that place.
    pub label: String,
    pub notes: Vec<String>,
}

/// Compiles only if both libraries know the same `rkyv`.
const PROBE: &str = "fn main() { \
     let _ = |same: storage::rkyv::util::AlignedVec| -> rkyv::util::AlignedVec { same }; }";

impl Compiler {
    /// Cargo does not tell a test where its libraries are, and older builds may lie beside them: the newest that go
    /// together are taken.
    pub fn find() -> Self {
        let deps = env::current_exe().unwrap().parent().unwrap().to_owned();
        let out = tempfile::tempdir().unwrap();
        let probe = out.path().join("probe.rs");
        fs::write(&probe, PROBE).unwrap();
        for storage in newest(&deps, "libstorage-") {
            for rkyv in newest(&deps, "librkyv-") {
                let (deps, storage) = (deps.clone(), storage.clone());
                let out = tempfile::tempdir().unwrap();
                let compiler = Self { deps, storage, rkyv, out };
                if compiler.run(&probe).status.success() {
                    return compiler;
                }
            }
        }
        panic!("no `storage` and `rkyv` in {} go together", deps.display());
    }

    /// Every error of `case`, in the order of the compiler.
    pub fn complaints(&self, case: &Path) -> Vec<Complaint> {
        let output = self.run(case);
        let stderr = String::from_utf8(output.stderr).unwrap();
        let messages = stderr.lines().filter_map(|line| serde_json::from_str(line).ok());
        messages.filter_map(|message: Value| complaint(&message)).collect()
    }

    fn run(&self, file: &Path) -> Output {
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let with = |name: &str, path: &Path| format!("{name}={}", path.display());
        let out = self.out.path().join(file.with_extension("rmeta").file_name().unwrap());
        Command::new(rustc)
            // So that messages have the name of the file and not its path.
            .current_dir(file.parent().unwrap())
            .args(["--edition=2024", "--crate-type=bin", "--emit=metadata"])
            .args(["--error-format=json", "-Awarnings", "-L"])
            .arg(with("dependency", &self.deps))
            .args(["--extern", &with("storage", &self.storage)])
            .args(["--extern", &with("rkyv", &self.rkyv)])
            .arg("-o")
            .arg(out)
            .arg(file.file_name().unwrap())
            .output()
            .unwrap()
    }
}

/// The libraries whose file names begin with `prefix`, the newest first.
fn newest(deps: &Path, prefix: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(deps).unwrap().map(|entry| entry.unwrap().path());
    let is_wanted = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with(prefix) && name.ends_with(".rlib")
    };
    let mut found: Vec<PathBuf> = paths.filter(is_wanted).collect();
    found.sort_by_key(|path| fs::metadata(path).and_then(|data| data.modified()).ok());
    found.reverse();
    found
}

/// The complaint in a message of `rustc`; `None` for warnings and for the summary at the end.
fn complaint(message: &Value) -> Option<Complaint> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let spans = message["spans"].as_array()?;
    let primary = spans.iter().find(|span| span["is_primary"] == true)?;
    if message["level"] != "error" {
        return None;
    }
    let notes = message["children"].as_array()?.iter().filter(|child| child["level"] == "note");
    Some(Complaint {
        code: message["code"]["code"].as_str().map(str::to_owned),
        message: text(&message["message"]),
        line: primary["line_start"].as_u64()?,
        label: text(&primary["label"]),
        notes: notes.map(|note| text(&note["message"])).collect(),
    })
}
