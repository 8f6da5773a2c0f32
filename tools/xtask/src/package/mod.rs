//! `cargo xtask package`: the npm tarball, made of `pkg-template/`, of what its `api.toml` describes, of the built element and the
//! licence; with `--app` the app as files for any web server instead.

mod checks;
mod inline;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;

use crate::{
    api::{self, Api},
    dist::{self, files_below},
    process::{npm, run as run_to_end, step},
    shell::{self, DEFINE, integrity},
    size,
    workspace::Workspace,
};

const TEMPLATE: &str = "pkg-template";
const DESCRIPTION: &str = "api.toml";
const MANIFEST: &str = "package.json";
const NO_VERSION: &str = r#""version": "0.0.0""#;
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// In `target/dist/element/`: the class and the call that registers it.
const BUILT_SHELL: &str = "meet-recordings.js";
/// The class without that call.
const SHELL: &str = "element.js";
const ONE_FILE: &str = "inline.js";
/// Hashes for `integrity` attributes and import maps.
const HASHES: &str = "integrity.json";

/// What the manifest may name beside the template's files and the description's.
const BUILT: [&str; 3] = [SHELL, ONE_FILE, "meet_recordings_bg.wasm"];

/// What a server-side renderer does with the package; `./react` is imported where React is, by the fixtures.
const IMPORT_IN_NODE: &str = r#"
    const before = Object.keys(globalThis).join();
    const { MeetRecordings } = await import("meet-recordings");
    for (const entry of ["element", "preact", "solid", "svelte", "vue"]) {
      const it = await import(`meet-recordings/${entry}`);
      if (it.MeetRecordings !== MeetRecordings) throw new Error(`${entry}: two classes`);
    }
    const { configure } = await import("meet-recordings/loader");
    configure({ wasm: "/meet_recordings_bg.wasm" });
    const inline = await import("meet-recordings/inline");
    if (typeof inline.MeetRecordings !== "function") throw new Error("inline: no class");
    if (MeetRecordings.define() !== MeetRecordings) throw new Error("define() returns something else");
    for (const entry of ["wasm", "custom-elements.json", "package.json"]) import.meta.resolve(`meet-recordings/${entry}`);
    if (Object.keys(globalThis).join() !== before) throw new Error("a global was added");
"#;

#[derive(Args)]
pub struct Options {
    /// Not the npm package: the app as files for any web server, in target/app
    #[arg(long)]
    app: bool,
    /// Where on its host the app will be, such as /recordings/
    #[arg(long, value_name = "PATH", default_value = "/", requires = "app", value_parser = parse_base)]
    base_path: String,
    /// Only write the tables about the element into the READMEs
    #[arg(long, conflicts_with = "app")]
    tables: bool,
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
    if options.tables {
        return api::write_tables(workspace, &Api::read(workspace)?);
    }
    make(workspace)?;
    size::print_table(&workspace.dist())?;
    print!("{}", fs::read_to_string(folder(workspace).join(HASHES))?);
    Ok(())
}

/// What is packed.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("npm/package")
}

/// Builds the tarball and returns its path.
pub fn make(workspace: &Workspace) -> Result<PathBuf> {
    check(workspace)?;
    let dist = dist::build(workspace)?;
    let folder = folder(workspace);
    let output = workspace.target.join("npm");
    step("assemble the package", || {
        let _ = fs::remove_dir_all(&output);
        fs::create_dir_all(&folder)?;
        assemble(workspace, &dist.join("element"), &folder)
    })?;
    step("import it in Node.js", || import_in_node(&folder))?;
    step("npm pack", || {
        let mut pack = npm();
        pack.current_dir(&folder).args(["pack", "--silent", "--pack-destination"]).arg(&output);
        run_to_end(&mut pack)
    })?;
    let tarball = output.join(format!("meet-recordings-{VERSION}.tgz"));
    checks::inspect(workspace, &folder, &tarball)?;
    Ok(tarball)
}

/// Whether the manifest names only files that the package has, and whether what is written about the element is so.
pub fn check(workspace: &Workspace) -> Result<()> {
    let api = Api::read(workspace)?;
    api::check(workspace, &api)?;
    inline::with_program_inside(&shell::finish(&shell::read(workspace)?, &[])?)?;
    let described = workspace.target.join("api");
    fs::create_dir_all(&described)?;
    let mut shipped = template_files(workspace)?;
    shipped.extend(BUILT.map(str::to_owned));
    for (name, text) in api.files(VERSION)? {
        fs::write(described.join(name), text)?;
        shipped.push(name.to_owned());
    }
    let dangling = dangling_paths(&read_manifest(workspace)?, &shipped);
    ensure!(
        dangling.is_empty(),
        "{TEMPLATE}/{MANIFEST} names files that the package does not have: {}",
        dangling.join(", ")
    );
    checks::validate_manifest(workspace, &described.join("custom-elements.json"))
}

/// All that is shipped as it is, and the manifest.
fn template_files(workspace: &Workspace) -> Result<Vec<String>> {
    let folder = workspace.root.join(TEMPLATE);
    let files = files_below(&folder)?;
    let names = files.iter().filter_map(|it| it.strip_prefix(&folder).ok());
    let names = names.map(|it| it.to_string_lossy().into_owned());
    Ok(names.filter(|it| it != DESCRIPTION).collect())
}

fn read_manifest(workspace: &Workspace) -> Result<Value> {
    let file = workspace.root.join(TEMPLATE).join(MANIFEST);
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))
}

/// Every relative path in the manifest, wherever it stands, that is not shipped.
fn dangling_paths(manifest: &Value, shipped: &[String]) -> Vec<String> {
    match manifest {
        Value::String(text) => {
            let dangling =
                text.strip_prefix("./").filter(|path| !shipped.iter().any(|it| it == path));
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

fn assemble(workspace: &Workspace, element: &Path, folder: &Path) -> Result<()> {
    let template = workspace.root.join(TEMPLATE);
    for name in template_files(workspace)? {
        copy(&template.join(&name), &folder.join(&name))?;
    }
    for (name, text) in Api::read(workspace)?.files(VERSION)? {
        fs::write(folder.join(name), text)?;
    }
    for file in files_below(element)? {
        let name = file.strip_prefix(element)?;
        let is_packed = file.extension().is_some_and(|it| it == "br" || it == "gz");
        if !is_packed && name != Path::new(BUILT_SHELL) {
            copy(&file, &folder.join(name))?;
        }
    }
    for entry in fs::read_dir(&workspace.root)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("LICENSE") {
            copy(&entry.path(), &folder.join(entry.file_name()))?;
        }
    }
    let registering = fs::read_to_string(element.join(BUILT_SHELL))?;
    let shell = registering.strip_suffix(DEFINE).context("the built shell does not register")?;
    fs::write(folder.join(SHELL), shell)?;
    fs::write(folder.join(ONE_FILE), inline::make(shell, folder)?)?;
    let manifest = fs::read_to_string(template.join(MANIFEST))?;
    fs::write(folder.join(MANIFEST), with_version(&manifest)?)?;
    fs::write(folder.join(HASHES), hashes(folder)?)?;
    Ok(())
}

/// Of every file that a browser may load.
fn hashes(folder: &Path) -> Result<String> {
    let mut hashes = BTreeMap::new();
    for file in files_below(folder)? {
        if file.extension().is_some_and(|it| it == "js" || it == "wasm") {
            let name = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            hashes.insert(name, integrity(&fs::read(&file)?));
        }
    }
    Ok(serde_json::to_string_pretty(&hashes)? + "\n")
}

/// As text, because the order of conditions in `exports` matters and a JSON value may lose it.
fn with_version(manifest: &str) -> Result<String> {
    ensure!(manifest.contains(NO_VERSION), "{TEMPLATE}/{MANIFEST} has no line with {NO_VERSION}");
    // The workspace's crates share one version, this one's included.
    Ok(manifest.replace(NO_VERSION, &format!(r#""version": "{VERSION}""#)))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
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
        let mut dangling = dangling_paths(&manifest, &["index.js".to_owned()]);
        dangling.sort();
        assert_eq!(dangling, ["define.js", "types.d.ts"]);
    }
}
