//! Slow, pure steps done once per content: `wasm-opt` and brotli take seconds, and most builds change one file.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    pub fn open(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.target.join("xtask-cache");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// What `make` made of `input` before, else what it makes now. `kind` names the step and its settings.
    pub fn get(
        &self,
        kind: &str,
        input: &[u8],
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        let file = self.folder.join(format!("{}.{kind}", content_hash(input)));
        if let Ok(known) = fs::read(&file) {
            return Ok(known);
        }
        let made = make()?;
        write_whole(&file, &made)?;
        Ok(made)
    }
}

/// 16 hex digits that change when the content does.
pub fn content_hash(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{:016x}", hasher.finish())
}

/// Writes beside and renames, so that an interrupted run never leaves half a file under the final name.
fn write_whole(file: &Path, content: &[u8]) -> Result<()> {
    let partial = file.with_added_extension("partial");
    fs::write(&partial, content)
        .and_then(|()| fs::rename(&partial, file))
        .with_context(|| format!("cannot write {}", file.display()))
}
