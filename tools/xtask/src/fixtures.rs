//! `cargo xtask fixtures`: pages that use the packed element as its users do. Each installs the tarball, is built by its
//! framework's own tools into `target/fixtures/site/NAME`, and is looked at by `tests/e2e/fixtures.rs`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    dist::files_below,
    npm, package,
    process::{cargo_wasm, npm as npm_command, run, step},
    workspace::Workspace,
};

const SOURCE: &str = "tests/fixtures";
/// The environment variable that tells the tests where the pages are.
pub const VARIABLE: &str = "MEET_FIXTURES";
/// The one that npm does not build.
const LEPTOS: &str = "leptos";

/// The first major version of npm that installs Vite 8.
const NPM: u32 = 11;

/// Whether what builds the fixtures is there; says so when it is not.
pub fn can_be_built() -> Result<bool> {
    let output = npm_command().arg("--version").output().context("npm comes with Node.js")?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let is_enough = version.split('.').next().and_then(|it| it.parse().ok()) >= Some(NPM);
    if !is_enough {
        eprintln!("[xtask] fixtures: SKIPPED, they need npm {NPM} or later and this is {version}");
    }
    Ok(is_enough)
}

/// Builds the package and every fixture of it; returns the folder of their pages.
pub fn build(workspace: &Workspace) -> Result<PathBuf> {
    let tarball = package::make(workspace)?;
    let folder = workspace.target.join("fixtures");
    copy_sources(&workspace.root.join(SOURCE), &folder)?;
    npm::install("the frameworks of the fixtures", &folder)?;
    step("install the package in the fixtures", || {
        let mut install = npm_command();
        install.current_dir(&folder).args(["install", "--no-save", "--prefer-offline"]);
        run(install.args(npm::QUIET).arg(&tarball))
    })?;
    step("build the fixtures", || {
        let mut build = npm_command();
        build.current_dir(&folder).args(["run", "build", "--workspaces", "--silent"]);
        run(&mut build)
    })?;
    step("build the Leptos fixture", || build_leptos(workspace, &folder))?;
    collect(&folder)
}

/// In place of what is there but for what npm has installed.
fn copy_sources(source: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if [npm::MODULES, npm::STAMP].iter().any(|it| path.ends_with(it)) {
            continue;
        }
        if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
    }
    copy_folder(source, folder)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let copy = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(copy.parent().unwrap_or(to))?;
        fs::copy(&file, &copy).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// A debug build: what it weighs does not matter here, and the component tests have compiled the same Leptos.
fn build_leptos(workspace: &Workspace, folder: &Path) -> Result<()> {
    run(cargo_wasm(workspace, "build").args(["--package", "fixture-leptos"]))?;
    let wasm = workspace.wasm_target().join("wasm32-unknown-unknown/debug/fixture_leptos.wasm");
    let page = folder.join(LEPTOS);
    let dist = page.join("dist");
    Bindgen::new().input_path(&wasm).web(true)?.typescript(false).generate(&dist)?;
    for name in ["index.html", "main.js"] {
        fs::copy(page.join(name), dist.join(name))?;
    }
    copy_folder(&folder.join("shared"), &dist.join("shared"))?;
    copy_folder(&folder.join("node_modules/meet-recordings"), &dist.join("meet-recordings"))
}

/// Each fixture's pages under its name, as one server has them.
fn collect(folder: &Path) -> Result<PathBuf> {
    let site = folder.join("site");
    fs::create_dir_all(&site)?;
    fs::copy(folder.join("index.html"), site.join("index.html"))?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let (dist, name) = (path.join("dist"), path.file_name().unwrap_or_default());
        if dist.is_dir() {
            copy_folder(&dist, &site.join(name))?;
        }
    }
    Ok(site)
}
