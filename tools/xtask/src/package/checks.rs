//! What others' tools say of the package: npm's, pinned in `tools/npm` and installed into `target/tools/npm`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::{
    npm,
    process::{run, step},
    workspace::Workspace,
};

/// Validates the manifest named as the first argument against the schema of its version.
const VALIDATE: &str = r#"
    import { readFileSync } from "node:fs";
    import { createRequire } from "node:module";
    const require = createRequire(process.cwd() + "/");
    const { Ajv } = require("ajv");
    const ajv = new Ajv({ allErrors: true, strict: false });
    const schema = require("custom-elements-manifest/schema.json");
    const manifest = JSON.parse(readFileSync(process.argv[1], "utf8"));
    if (!ajv.validate(schema, manifest)) {
      console.error(ajv.errorsText(ajv.errors, { separator: "\n" }));
      process.exit(1);
    }
"#;

/// Entries that are no JavaScript.
const DATA: [&str; 4] = ["./custom-elements.json", "./package.json", "./reserve.css", "./wasm"];

pub fn validate_manifest(workspace: &Workspace, manifest: &Path) -> Result<()> {
    let tools = install(workspace)?;
    let mut node = Command::new("node");
    node.current_dir(tools).args(["--input-type=module", "--eval", VALIDATE]).arg(manifest);
    run(node.stdin(Stdio::null())).context("custom-elements.json is not as its schema wants it")
}

/// Whether bundlers and TypeScript find what the package says it has.
pub fn inspect(workspace: &Workspace, folder: &Path, tarball: &Path) -> Result<()> {
    let tools = install(workspace)?;
    let script = |path: &str| {
        let mut node = Command::new("node");
        node.arg(tools.join("node_modules").join(path));
        node
    };
    step("publint", || {
        quietly(script("publint/src/cli.js").args(["run", "--strict"]).arg(folder))
    })?;
    step("are the types wrong?", || {
        let mut types = script("@arethetypeswrong/cli/dist/index.js");
        types.arg(tarball).args(["--profile", "esm-only", "--format", "ascii", "--no-color"]);
        quietly(types.arg("--exclude-entrypoints").args(DATA))
    })
}

/// What it prints matters only when it fails.
fn quietly(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    ensure!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

fn install(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.tools().join("npm");
    fs::create_dir_all(&folder)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(workspace.root.join("tools/npm").join(name), folder.join(name))?;
    }
    npm::install("what checks the package", &folder)?;
    Ok(folder)
}
