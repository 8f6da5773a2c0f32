//! Starting other programs: finding them, timing them, and saying what failed.

use std::{
    env,
    ffi::OsStr,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::{Child, Command},
    time::Instant,
};

use anyhow::{Context, Result, anyhow, bail};

use crate::workspace::Workspace;

/// Does `work`, telling on stderr that it began and how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("[xtask] {name} …");
    let start = Instant::now();
    let value = work().with_context(|| name.to_owned())?;
    eprintln!("[xtask] {name}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(value)
}

/// Runs a program to its end; any status but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow!("`{name}` is not on the PATH: install it and try again"),
        _ => anyhow!("cannot start `{name}`: {error}"),
    })?;
    if !status.success() {
        bail!("`{}` ended with {status}", command_line(command));
    }
    Ok(())
}

/// A program that ends with this value.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Fails only if it has ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program and its first arguments, enough to recognise it by.
pub fn command_line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args().take(6));
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// The program of this name on the PATH, or where xtask installs its own tools.
pub fn find(workspace: &Workspace, name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain([workspace.tools().join("bin")])
        .map(|folder| folder.join(&file))
        .find(|candidate| candidate.is_file())
}

/// cargo for the host, in the repository's root.
pub fn cargo(workspace: &Workspace) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&workspace.root);
    command
}

/// cargo for wasm, without the flags that the caller may have set for host builds.
pub fn cargo_wasm(workspace: &Workspace, subcommand: &str) -> Command {
    let mut command = cargo(workspace);
    command
        .args([subcommand, "--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(workspace.wasm_target())
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// npm, which is a script with another name on Windows.
pub fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}
