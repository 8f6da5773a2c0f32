//! What others have made, from npm: installed as a lock file of the repository says, below `target/`.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::process::{npm, run, step};

const LOCK: &str = "package-lock.json";
pub const MODULES: &str = "node_modules";
/// Beside `node_modules`: the lock file by which that was installed.
pub const STAMP: &str = "installed-lock.json";
pub const QUIET: [&str; 3] = ["--no-audit", "--no-fund", "--loglevel=error"];

/// Installs into `folder`, which has a `package.json`, what the lock file beside it says; nothing when that is so already.
pub fn install(what: &str, folder: &Path) -> Result<()> {
    let wanted = fs::read(folder.join(LOCK))?;
    // Not inside, where npm tidies up.
    let stamp = folder.join(STAMP);
    let is_installed = folder.join(MODULES).is_dir();
    if is_installed && fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    step(&format!("install {what} from npm"), || {
        run(npm().current_dir(folder).arg("ci").args(QUIET))?;
        Ok(fs::write(stamp, wanted)?)
    })
    .with_context(|| format!("{what} comes from npm: install Node.js"))
}
