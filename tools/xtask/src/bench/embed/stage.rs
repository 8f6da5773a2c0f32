//! What a measurement needs besides the browser: the built app with the two host pages beside it, a server in this
//! process, and the line to it.

use std::path::PathBuf;

use anyhow::Result;
use meet_recordings_server::{Config, Line, Server};

use crate::{
    bench::site,
    browser::{self, Engine},
    workspace::Workspace,
};

const PAGES: [(&str, &[u8]); 3] = [
    ("host/index.html", include_bytes!("host.html")),
    ("host/bare.html", include_bytes!("bare.html")),
    ("host/bare.js", include_bytes!("bare.js")),
];

/// The programs and files.
pub struct Place {
    /// What the server serves: the app and the element, and the host pages at `/host/`.
    site: PathBuf,
    pub driver: PathBuf,
    /// The browser's.
    pub profile: PathBuf,
}

impl Place {
    pub fn prepare(workspace: &Workspace) -> Result<Self> {
        let driver = browser::provide(workspace, Engine::Chromium)?;
        let folder = workspace.target.join("bench/embed");
        let site = folder.join("site");
        site::assemble(&site::app(workspace)?, &PAGES, &site)?;
        Ok(Self { site, driver, profile: folder.join("profile") })
    }
}

pub struct Stage {
    _server: Server,
    line: Line,
}

impl Stage {
    /// With the sample's recordings, none of which is in progress. The line is good at first.
    pub async fn set(place: &Place) -> Result<Self> {
        let config = Config { app: Some(place.site.clone()), ..Config::default() };
        let server = Server::start(config, ([127, 0, 0, 1], 0).into()).await?;
        // What is in progress would be asked for now and then.
        server.hooks().advance_clock(site::LONG_AGO);
        let line = Line::to(server.addr()).await?;
        Ok(Self { _server: server, line })
    }

    pub fn url(&self, page: &str) -> String {
        format!("{}{page}", self.line.url())
    }

    /// To 80 ms and 10 Mbit/s.
    pub fn narrow_line(&self) {
        site::narrow(&self.line);
    }

    pub fn widen_line(&self) {
        site::widen(&self.line);
    }
}
