//! What a measurement needs besides the browser: the built app with the peer's page beside it, and a server with so many
//! recordings.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::{
    bench::site,
    browser::{self, Engine},
    process::{Running, cargo, npm, run as run_to_end, step},
    workspace::Workspace,
};

const SERVER: &str = "meet-recordings-server";
/// What the server prints before its address once it accepts connections.
const READY: &str = "ready: ";
/// In AG Grid's npm package: one script with everything in it.
const PEER_SCRIPT: &str = "node_modules/ag-grid-community/dist/ag-grid-community.min.js";
/// In `benches/peer`.
const PEER_PAGE: [&str; 3] = ["index.html", "peer.css", "peer.js"];

/// Everything that stays the same however many recordings there are.
pub struct Place {
    /// What the server serves: the app at `/`, the peer at `/peer/`.
    site: PathBuf,
    server: PathBuf,
    pub driver: PathBuf,
    /// The browser's profile.
    pub profile: PathBuf,
}

impl Place {
    pub fn prepare(workspace: &Workspace) -> Result<Self> {
        let driver = browser::provide(workspace, Engine::Chromium)?;
        let app = site::app(workspace)?;
        step("compile the sample server", || {
            run_to_end(cargo(workspace).args(["build", "--release", "--package", SERVER]))
        })?;
        let folder = workspace.target.join("bench");
        let site = folder.join("site");
        install_peer(workspace, &folder.join("peer"))?;
        assemble(workspace, &app, &folder.join("peer"), &site)?;
        let server = workspace.target.join("release").join(SERVER);
        let server = server.with_extension(env::consts::EXE_EXTENSION);
        Ok(Self { site, server, driver, profile: folder.join("profile") })
    }
}

/// In the version that `benches/peer` pins, once.
fn install_peer(workspace: &Workspace, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut is_same = folder.join(PEER_SCRIPT).is_file();
    for file in ["package.json", "package-lock.json"] {
        let wanted = fs::read(workspace.root.join("benches/peer").join(file))?;
        is_same &= fs::read(folder.join(file)).is_ok_and(|known| known == wanted);
        fs::write(folder.join(file), wanted)?;
    }
    if is_same {
        return Ok(());
    }
    step("install AG Grid Community from npm", || {
        let quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
        run_to_end(npm().current_dir(folder).arg("ci").args(quiet))
    })
    .context("the peer comes from npm: install Node.js")
}

fn assemble(workspace: &Workspace, app: &Path, peer: &Path, site: &Path) -> Result<()> {
    site::assemble(app, &[], site)?;
    for name in PEER_PAGE {
        copy(&workspace.root.join("benches/peer").join(name), &site.join("peer").join(name))?;
    }
    copy(&peer.join(PEER_SCRIPT), &site.join("peer/ag-grid-community.min.js"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))
        .and_then(|()| fs::copy(from, to))
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

pub struct Server {
    _process: Running,
    pub port: u16,
}

impl Server {
    /// With this many recordings in all.
    pub fn start(place: &Place, recordings: u32) -> Result<Self> {
        let more = recordings.saturating_sub(super::SAMPLE);
        let mut child = Command::new(&place.server)
            .args(["--port", "0", "--test-hooks", "--recordings", &more.to_string()])
            .arg("--app")
            .arg(&place.site)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", place.server.display()))?;
        let output = child.stdout.take().context("the server has no output")?;
        let process = Running(child);
        for line in BufReader::new(output).lines() {
            if let Some(url) = line?.strip_prefix(READY) {
                let port = url.rsplit(':').next().unwrap_or_default();
                let port = port.parse().with_context(|| format!("no port in {url}"))?;
                return Ok(Self { _process: process, port });
            }
        }
        anyhow::bail!("the sample server ended before it was ready")
    }
}
