//! `wasm-opt` from Binaryen: a sixth smaller, and no names left. Taken from the PATH when new enough,
//! else from npm's `binaryen`, else left out with a loud note.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{
    cache::Cache,
    process::{self, npm, run, step},
    workspace::Workspace,
};

/// Older releases do not read what LLVM 21 writes ("invalid code after misc prefix").
const OLDEST_VERSION: u32 = 122;
const NPM_PACKAGE: &str = "binaryen@132.0.0";

/// What rustc turns on by default. Named, because wasm-bindgen drops the section that says so.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
const PASSES: [&str; 12] = [
    // Measured: half a kB of brotli less than `-Oz` alone.
    "--gufa-optimizing",
    // Measured: these two together 0.9 kB.
    "--generate-global-effects",
    "--one-caller-inline-max-function-size=100",
    // Measured: these two and the second `-Oz` together 1.0 kB.
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    // Measured: half a kB. No engine makes anything of how memory is said to be aligned.
    "--dealign",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// The smallest module that does what `wasm` does; `wasm` itself when there is no `wasm-opt` to be had.
pub fn optimise(workspace: &Workspace, cache: &Cache, name: &str, wasm: &[u8]) -> Result<Vec<u8>> {
    // Other passes make another module of the same input.
    let kind = format!("wasm-opt{}", PASSES[..9].join(""));
    let optimised = cache.get(&kind, wasm, || {
        let tool = find_or_install(workspace)?;
        step(&format!("wasm-opt {name}"), || optimise_with(tool, workspace, name, wasm))
    });
    optimised.or_else(|error| {
        eprintln!("[xtask] NOTE: {name}.wasm is not optimised and a sixth too big: {error:#}");
        Ok(wasm.to_vec())
    })
}

fn optimise_with(
    mut tool: Command,
    workspace: &Workspace,
    name: &str,
    wasm: &[u8],
) -> Result<Vec<u8>> {
    let input = workspace.target.join("bindgen").join(format!("{name}.in.wasm"));
    let output = input.with_file_name(format!("{name}.out.wasm"));
    fs::write(&input, wasm)?;
    run(tool.arg(&input).arg("--output").arg(&output).args(FEATURES).args(PASSES))?;
    fs::read(&output).with_context(|| format!("wasm-opt wrote no {}", output.display()))
}

fn find_or_install(workspace: &Workspace) -> Result<Command> {
    if let Some(path) = process::find(workspace, "wasm-opt").filter(|path| is_new_enough(path)) {
        return Ok(Command::new(path));
    }
    let script = workspace.tools().join("node_modules/binaryen/bin/wasm-opt");
    if !script.is_file() {
        step("install wasm-opt from npm", || {
            let quiet = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
            fs::create_dir_all(workspace.tools())?;
            let mut install = npm();
            install.args(["install", "--prefix"]).arg(workspace.tools()).args(quiet);
            run(install.arg(NPM_PACKAGE))
        })
        .context("install Binaryen's wasm-opt, or Node.js so that npm can")?;
    }
    let mut node = Command::new("node");
    node.arg(script);
    Ok(node)
}

fn is_new_enough(path: &Path) -> bool {
    let output = Command::new(path).arg("--version").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.is_ok_and(|text| version_in(&text).is_some_and(|version| version >= OLDEST_VERSION))
}

/// The number in "wasm-opt version 132 (version_132)".
fn version_in(text: &str) -> Option<u32> {
    text.split_whitespace().find_map(|word| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn reads_the_version_that_wasm_opt_prints() {
        assert_eq!(version_in("wasm-opt version 132 (version_132)\n"), Some(132));
        assert_eq!(version_in("wasm-opt version 108"), Some(108));
        assert_eq!(version_in("command not found"), None);
    }
}
