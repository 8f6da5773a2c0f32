//! What the server of a bench serves: the built app with pages of the bench's own beside it; and what stands between the
//! two and the browser.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};
use meet_recordings_server::Line;

use crate::{dist, workspace::Workspace};

/// One way: a round trip of 80 ms.
const DELAY: Duration = Duration::from_millis(40);
/// Bytes a second: 10 Mbit/s.
const RATE: u64 = 1_250_000;
/// By so much the server's clock is put on: what was in progress then has ended, and nothing changes by itself.
pub const LONG_AGO: Duration = Duration::from_secs(24 * 3600);

/// The app, which is built unless `MEET_APP` names one that is, as the end-to-end tests have it.
pub fn app(workspace: &Workspace) -> Result<PathBuf> {
    match env::var_os("MEET_APP") {
        Some(app) => Ok(PathBuf::from(app)),
        None => dist::build(workspace),
    }
}

/// Fills the folder, and nothing else is in it, with the app and these files, by their paths.
pub fn assemble(app: &Path, pages: &[(&str, &[u8])], site: &Path) -> Result<()> {
    // There is none the first time.
    let _ = fs::remove_dir_all(site);
    for file in dist::files_below(app)? {
        write(&site.join(file.strip_prefix(app)?), &fs::read(&file)?)?;
    }
    for (path, content) in pages {
        write(&site.join(path), content)?;
    }
    Ok(())
}

fn write(file: &Path, content: &[u8]) -> Result<()> {
    fs::create_dir_all(file.parent().unwrap_or(file))
        .and_then(|()| fs::write(file, content))
        .with_context(|| format!("cannot write {}", file.display()))
}

/// To 80 ms and 10 Mbit/s.
pub fn narrow(line: &Line) {
    line.set_delay(DELAY);
    line.set_rate(Some(RATE));
}

pub fn widen(line: &Line) {
    line.set_delay(Duration::ZERO);
    line.set_rate(None);
}
