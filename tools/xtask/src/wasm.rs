//! From Rust to what a browser loads: cargo, then the parts taken out, then wasm-bindgen, then wasm-opt.
//!
//! The app and the element are two programs, so that neither visitor pays for the other.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    cache::Cache,
    glue,
    parts::{self, Split},
    process::{self, step},
    unseen, wasm_opt,
    workspace::{PROVIDERS, Workspace},
};

const PROFILE: &str = "wasm-release";
const ELEMENT: &str = "meet_recordings";

/// One program: its main module, the parts that come when they are needed, and the JavaScript glue.
pub struct Module {
    /// `{name}.js`, `{name}_bg.wasm` (before `wasm-opt`, names kept) and the `.d.ts` files.
    pub folder: PathBuf,
    /// It names the files of the parts, which must be beside it.
    pub glue: String,
    /// What is shipped of the main module.
    pub wasm: Vec<u8>,
    /// What is shipped of the parts, by the names of their files.
    pub parts: BTreeMap<String, Vec<u8>>,
}

impl Module {
    /// The standalone app.
    pub fn build_admin(workspace: &Workspace, cache: &Cache) -> Result<Self> {
        step("compile the app", || cargo(workspace, "app", &["--bin", "admin"]))?;
        Self::bind(workspace, cache, "admin")
    }

    /// What the custom element's shell loads.
    pub fn build_element(workspace: &Workspace, cache: &Cache) -> Result<Self> {
        step("compile the element", || {
            cargo(workspace, "element", &["--lib", "--crate-type", "cdylib"])
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
        let linked =
            fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
        let Split { main, mut modules } = step("take the parts out", || {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder)?;
            parts::split(&unseen::without_unseen(&linked)?, &folder)
        })?;
        generate_glue(main, name, &folder)?;
        let glue = fs::read_to_string(folder.join(format!("{name}.js")))?;
        let named = fs::read(folder.join(format!("{name}_bg.wasm")))?;
        let wasm = wasm_opt::optimise(workspace, cache, name, &named)?;
        for parts::Module { users, wasm } in &mut modules {
            let users: Vec<&str> = users.iter().map(String::as_str).collect();
            *wasm = wasm_opt::optimise(workspace, cache, &users.join("-"), wasm)?;
        }
        let files = parts::pack(name, &wasm, modules);
        let glue = parts::with_loaders(&glue, &files)?;
        Ok(Self { folder, glue, wasm, parts: files.contents })
    }
}

/// `program`: the feature that it needs.
fn cargo(workspace: &Workspace, program: &str, target: &[&str]) -> Result<()> {
    let mut command = process::cargo_wasm(workspace, "rustc");
    // Panic locations are shipped: they must not tell where this machine keeps its sources.
    let remaps = [(workspace.root.clone(), "."), (cargo_home(), "cargo")]
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    let all = || PROVIDERS.map(str::to_owned).to_vec();
    let mut features = workspace.providers.clone().unwrap_or_else(all);
    features.extend([program, "split"].map(str::to_owned));
    command
        .args(["--package", "meet-recordings", "--profile", PROFILE])
        .args(["--no-default-features", "--features", &features.join(",")])
        .args(target)
        .args(["--", parts::LINK_ARGUMENT])
        .env("CARGO_ENCODED_RUSTFLAGS", remaps.join("\x1f"));
    process::run(&mut command)
}

fn cargo_home() -> PathBuf {
    let home = || env::home_dir().unwrap_or_default().join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}

/// The element must be able to begin anew (`__wbg_reset_state`) in a page that does not.
fn generate_glue(main: Vec<u8>, name: &str, folder: &Path) -> Result<()> {
    let mut output = step("wasm-bindgen", || {
        Bindgen::new()
            .input_bytes(name, main)
            .out_name(name)
            .web(true)?
            .typescript(true)
            .reset_state_function(name == ELEMENT)
            // The table of functions among them, which the parts fill.
            .keep_lld_exports(true)
            .generate_output()
            .map_err(explain_bindgen_error)
    })?;
    let imports = output.wasm().imports.iter().filter(|it| it.module != parts::LOADERS);
    let names = glue::short_names(imports.map(|it| &*it.name));
    let exports = &mut output.wasm_mut().exports;
    let unused: Vec<_> =
        exports.iter().filter(|it| glue::is_unused(&it.name)).map(|it| it.id()).collect();
    for export in unused {
        exports.delete(export);
    }
    for import in output.wasm_mut().imports.iter_mut() {
        if let Some(name) = names.get(&import.name) {
            import.name.clone_from(name);
        }
    }
    output.emit(folder)?;
    let file = folder.join(name).with_extension("js");
    fs::write(file, glue::compact(&glue::without_unused(output.js()), &names))?;
    for types in [format!("{name}.d.ts"), format!("{name}_bg.wasm.d.ts")] {
        let file = folder.join(types);
        fs::write(&file, glue::without_unused(&fs::read_to_string(&file)?))?;
    }
    ensure!(
        !folder.join("snippets").exists(),
        "a dependency ships JavaScript snippets (see {}): the app and the element are one file each, \
         so remove that dependency or teach tools/xtask/src/dist.rs to ship them",
        folder.join("snippets").display()
    );
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
