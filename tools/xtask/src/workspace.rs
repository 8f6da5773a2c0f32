//! Where things are: the repository's root and its target directory. Knows no command.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

/// The crate's features, each one kind of server that the app and the element can talk to.
pub const PROVIDERS: [&str; 4] = ["openvidu-meet", "plugnmeet", "superviz", "whereby"];

#[derive(Clone)]
pub struct Workspace {
    pub root: PathBuf,
    /// `target/`, or what `CARGO_TARGET_DIR` says.
    pub target: PathBuf,
    /// Which providers to build in; all when `None`.
    pub providers: Option<Vec<String>>,
}

impl Workspace {
    pub fn locate() -> Result<Self> {
        let here = env::current_dir()?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("tools/xtask/Cargo.toml").is_file())
            .context("this is not the repository: run `cargo xtask` inside it")?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => here.join(dir),
            None => root.join("target"),
        };
        Ok(Self { root, target, providers: None })
    }

    /// What a visitor downloads.
    pub fn dist(&self) -> PathBuf {
        self.target.join("dist")
    }

    /// Programs that xtask installs for itself.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// Everything compiled to wasm, apart from the host's so that neither waits for the other's lock.
    pub fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }
}
