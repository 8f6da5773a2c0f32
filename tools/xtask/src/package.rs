//! `cargo xtask package`: the npm tarball, made of `pkg-template/`, the built element and the licence; with `--app` the app as
//! files for any web server instead.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;

use crate::{
    dist,
    process::{npm, run as run_to_end, step},
    size,
    workspace::Workspace,
};

/// From `pkg-template/`, as they are; the manifest comes from there too, with its version filled in.
const TEMPLATES: [&str; 4] = ["README.md", "element.d.ts", "index.d.ts", "index.js"];
const MANIFEST: &str = "package.json";
const NO_VERSION: &str = r#""version": "0.0.0""#;

/// The class without the call that registers it: `www/meet-recordings.js`.
const SHELL: &str = "element.js";

/// From `target/dist/element/`: of its files, those that the manifest may name.
const BUILT: [&str; 4] = [
    "meet_recordings.d.ts",
    "meet_recordings.js",
    "meet_recordings_bg.wasm",
    "meet_recordings_bg.wasm.d.ts",
];

/// What a server-side renderer does with the package.
const IMPORT_IN_NODE: &str = r#"
    const { MeetRecordings } = await import("meet-recordings");
    const element = await import("meet-recordings/element");
    if (element.MeetRecordings !== MeetRecordings) throw new Error("two classes");
    if (MeetRecordings.define() !== MeetRecordings) throw new Error("define() returns something else");
    import.meta.resolve("meet-recordings/wasm");
"#;

#[derive(Args)]
pub struct Options {
    /// Not the npm package: the app as files for any web server, in target/app
    #[arg(long)]
    app: bool,
    /// Where on its host the app will be, such as /recordings/
    #[arg(long, value_name = "PATH", default_value = "/", requires = "app", value_parser = parse_base)]
    base_path: String,
}

/// With a slash at its end, because addresses are relative to what is before the last one.
fn parse_base(text: &str) -> Result<String, String> {
    let inner = text.trim_matches('/');
    let is_harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let is_name = |it: &str| !matches!(it, "" | "." | "..") && it.bytes().all(is_harmless);
    match inner {
        _ if !text.starts_with('/') => Err("expected a path that begins with /".to_owned()),
        "" => Ok("/".to_owned()),
        _ if inner.split('/').all(is_name) => Ok(format!("/{inner}/")),
        _ => Err("expected a path of letters, digits and -._~".to_owned()),
    }
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if options.app {
        let app = dist::build_app(workspace, &options.base_path)?;
        eprintln!("[xtask] {} is to be served at {}", app.display(), options.base_path);
        return Ok(());
    }
    check(workspace)?;
    let dist = dist::build(workspace)?;
    let output = workspace.target.join("npm");
    let folder = output.join("package");
    step("assemble the package", || {
        let _ = fs::remove_dir_all(&output);
        fs::create_dir_all(&folder)?;
        assemble(workspace, &dist, &folder)
    })?;
    step("import it in Node.js", || import_in_node(&folder))?;
    step("npm pack", || {
        let mut pack = npm();
        pack.current_dir(&folder).args(["pack", "--pack-destination"]).arg(&output);
        run_to_end(&mut pack)
    })?;
    size::print_table(&dist)
}

/// Whether the manifest names only files that the package has.
pub fn check(workspace: &Workspace) -> Result<()> {
    let manifest = read_manifest(workspace)?;
    let shipped: Vec<&str> =
        TEMPLATES.iter().chain(&BUILT).copied().chain([MANIFEST, SHELL]).collect();
    let dangling = dangling_paths(&manifest, &shipped);
    ensure!(
        dangling.is_empty(),
        "pkg-template/{MANIFEST} names files that the package does not have: {}",
        dangling.join(", ")
    );
    for name in TEMPLATES {
        let file = workspace.root.join("pkg-template").join(name);
        ensure!(file.is_file(), "{} is missing", file.display());
    }
    Ok(())
}

fn read_manifest(workspace: &Workspace) -> Result<Value> {
    let file = workspace.root.join("pkg-template").join(MANIFEST);
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))
}

/// Every relative path in the manifest, wherever it stands, that is not shipped.
fn dangling_paths(manifest: &Value, shipped: &[&str]) -> Vec<String> {
    match manifest {
        Value::String(text) => {
            let dangling = text.strip_prefix("./").filter(|path| !shipped.contains(path));
            dangling.map(str::to_owned).into_iter().collect()
        }
        Value::Array(values) => {
            values.iter().flat_map(|value| dangling_paths(value, shipped)).collect()
        }
        Value::Object(entries) => {
            entries.values().flat_map(|value| dangling_paths(value, shipped)).collect()
        }
        _ => Vec::new(),
    }
}

fn assemble(workspace: &Workspace, dist: &Path, folder: &Path) -> Result<()> {
    let template = workspace.root.join("pkg-template");
    for name in TEMPLATES {
        copy(&template.join(name), &folder.join(name))?;
    }
    for name in dist::element_files(dist)? {
        copy(&dist.join("element").join(&name), &folder.join(&name))?;
    }
    copy(&workspace.root.join("www/meet-recordings.js"), &folder.join(SHELL))?;
    for entry in fs::read_dir(&workspace.root)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("LICENSE") {
            copy(&entry.path(), &folder.join(entry.file_name()))?;
        }
    }
    let manifest = fs::read_to_string(template.join(MANIFEST))?;
    fs::write(folder.join(MANIFEST), with_version(&manifest)?)?;
    Ok(())
}

/// As text, because the order of conditions in `exports` matters and a JSON value may lose it.
fn with_version(manifest: &str) -> Result<String> {
    ensure!(manifest.contains(NO_VERSION), "pkg-template/{MANIFEST} has no line with {NO_VERSION}");
    // The workspace's crates share one version, this one's included.
    Ok(manifest.replace(NO_VERSION, concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\"")))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map(drop).with_context(|| format!("cannot copy {}", from.display()))
}

fn import_in_node(folder: &Path) -> Result<()> {
    let mut node = Command::new("node");
    node.current_dir(folder).args(["--input-type=module", "--eval", IMPORT_IN_NODE]);
    run_to_end(node.stdin(Stdio::null()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_a_path_with_a_slash_at_its_end() {
        for (text, base) in [("/", "/"), ("/a", "/a/"), ("/a/b.c/", "/a/b.c/")] {
            assert_eq!(parse_base(text).as_deref(), Ok(base));
        }
        for text in ["", "a", "https://a/", "/a//b", "/../a", "/a b", "/a\"b"] {
            assert!(parse_base(text).is_err(), "{text}");
        }
    }

    #[test]
    fn finds_paths_that_lead_nowhere_at_any_depth() {
        let manifest = serde_json::json!({
            "name": "meet-recordings",
            "main": "./index.js",
            "exports": { ".": { "types": "./types.d.ts", "default": "./index.js" } },
            "sideEffects": ["./define.js"]
        });
        let mut dangling = dangling_paths(&manifest, &["index.js"]);
        dangling.sort();
        assert_eq!(dangling, ["define.js", "types.d.ts"]);
    }
}
