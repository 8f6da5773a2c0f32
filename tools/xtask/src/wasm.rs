//! From Rust to what a browser loads: cargo, then wasm-bindgen, then wasm-opt.
//!
//! The app and the element are two modules, so that neither visitor pays for the other.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    cache::{Cache, content_hash},
    process::{self, step},
    wasm_opt,
    workspace::Workspace,
};

const PROFILE: &str = "wasm-release";
const ELEMENT: &str = "meet_recordings";

/// One wasm module with its JavaScript glue.
pub struct Module {
    /// `{name}.js`, `{name}_bg.wasm` (before `wasm-opt`, names kept) and the `.d.ts` files.
    pub folder: PathBuf,
    pub glue: String,
    /// What is shipped.
    pub wasm: Vec<u8>,
}

impl Module {
    /// The standalone app.
    pub fn build_admin(workspace: &Workspace, cache: &Cache) -> Result<Self> {
        step("compile the app", || cargo(workspace, &["build", "--bin", "admin"]))?;
        Self::bind(workspace, cache, "admin")
    }

    /// What the custom element's shell loads.
    pub fn build_element(workspace: &Workspace, cache: &Cache) -> Result<Self> {
        step("compile the element", || {
            cargo(workspace, &["rustc", "--lib", "--crate-type", "cdylib"])
        })?;
        Self::bind(workspace, cache, ELEMENT)
    }

    fn bind(workspace: &Workspace, cache: &Cache, name: &str) -> Result<Self> {
        let compiled = workspace
            .wasm_target()
            .join("wasm32-unknown-unknown")
            .join(PROFILE)
            .join(name)
            .with_extension("wasm");
        let folder = workspace.target.join("bindgen").join(name);
        generate_glue(&compiled, &folder, name == ELEMENT)?;
        let glue = fs::read_to_string(folder.join(format!("{name}.js")))?;
        let named = fs::read(folder.join(format!("{name}_bg.wasm")))?;
        let wasm = wasm_opt::optimise(workspace, cache, name, &named)?;
        Ok(Self { folder, glue, wasm })
    }
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    let (subcommand, rest) = arguments.split_first().context("cargo needs a subcommand")?;
    let mut command = process::cargo_wasm(workspace, subcommand);
    // Panic locations are shipped: they must not tell where this machine keeps its sources.
    let remaps = [(workspace.root.clone(), "."), (cargo_home(), "cargo")]
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    if let Some(providers) = &workspace.providers {
        command.args(["--no-default-features", "--features", &providers.join(",")]);
    }
    command
        .args(["--package", "meet-recordings", "--profile", PROFILE])
        .args(rest)
        .env("CARGO_ENCODED_RUSTFLAGS", remaps.join("\x1f"));
    process::run(&mut command)
}

fn cargo_home() -> PathBuf {
    let home = || env::home_dir().unwrap_or_default().join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

/// wasm-bindgen, unless its last output was made of the same input.
/// The element must be able to begin anew (`__wbg_reset_state`) in a page that does not.
fn generate_glue(compiled: &Path, folder: &Path, has_reset: bool) -> Result<()> {
    let input =
        fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let stamp = folder.join("input-hash");
    let hash = content_hash(&input);
    if fs::read_to_string(&stamp).is_ok_and(|last| last == hash) {
        return Ok(());
    }
    let _ = fs::remove_dir_all(folder);
    step("wasm-bindgen", || {
        Bindgen::new()
            .input_path(compiled)
            .web(true)?
            .typescript(true)
            .reset_state_function(has_reset)
            .generate(folder)
            .map_err(explain_bindgen_error)
    })?;
    ensure!(
        !folder.join("snippets").exists(),
        "a dependency ships JavaScript snippets (see {}): the app and the element are one file each, \
         so remove that dependency or teach tools/xtask/src/dist.rs to ship them",
        folder.join("snippets").display()
    );
    fs::write(stamp, hash)?;
    Ok(())
}

fn explain_bindgen_error(error: anyhow::Error) -> anyhow::Error {
    let text = format!("{error:#}");
    if text.contains("schema version") {
        return error.context(
            "wasm-bindgen in Cargo.toml and wasm-bindgen-cli-support in tools/xtask/Cargo.toml must be \
             the same version",
        );
    }
    if text.contains("cannot import from modules (`env`") {
        return error.context(
            "something calls a system function that wasm does not have, often std::time::Instant::now(); \
             `cargo xtask lint` names our own calls, `cargo tree --target wasm32-unknown-unknown` the crates",
        );
    }
    error
}
