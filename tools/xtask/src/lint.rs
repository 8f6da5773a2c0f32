//! `cargo xtask lint`: formatting, lints for both targets, the languages, what documents say of tests, and the npm
//! package's manifest.

use anyhow::Result;

use crate::{
    claims, languages, package,
    process::{cargo, cargo_wasm, run as run_to_end, step},
    workspace::{PROVIDERS, Workspace},
};

const DENY_WARNINGS: [&str; 3] = ["--", "--deny", "warnings"];

pub fn run(workspace: &Workspace) -> Result<()> {
    step("rustfmt", || run_to_end(cargo(workspace).args(["fmt", "--all", "--check"])))?;
    step("clippy for the host", || {
        let everything = ["clippy", "--workspace", "--all-targets"];
        run_to_end(cargo(workspace).args(everything).args(DENY_WARNINGS))?;
        // That leaves out what `cargo test` does not run by itself.
        let end_to_end = ["clippy", "--package", "e2e", "--test", "e2e"];
        run_to_end(cargo(workspace).args(end_to_end).args(DENY_WARNINGS))
    })?;
    step("clippy for wasm", || {
        let mut clippy = cargo_wasm(workspace, "clippy");
        clippy.args(["--package", "meet-recordings", "--lib", "--bin", "admin", "--test", "web"]);
        // In parts, as it is shipped.
        clippy.args(["--features", "split"]);
        // What compiles for wasm and then fails, blocks or leaks there is banned only there.
        clippy.env("CLIPPY_CONF_DIR", workspace.root.join("tools/xtask/clippy-wasm"));
        run_to_end(clippy.args(DENY_WARNINGS))
    })?;
    // And all as one, as builds without xtask have it.
    step("each provider alone", || {
        for provider in PROVIDERS {
            let mut clippy = cargo_wasm(workspace, "clippy");
            clippy.args(["--package", "meet-recordings", "--lib", "--no-default-features"]);
            clippy.args(["--features", &format!("app,element,{provider}")]);
            run_to_end(clippy.args(DENY_WARNINGS))?;
        }
        Ok(())
    })?;
    step("languages", || languages::check(workspace))?;
    step("tests that documents name", || claims::check(workspace))?;
    step("package manifest", || package::check(workspace))
}
