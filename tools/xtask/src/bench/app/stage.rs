//! What a measurement needs besides the browser: the built app, and a server in this process with so many rooms.

use std::path::PathBuf;

use anyhow::Result;
use meet_recordings_server::{Config, Dialect, Server};

use crate::{
    bench::site,
    browser::{self, Engine},
    workspace::Workspace,
};

/// The sample has these whatever is asked for.
const SAMPLE: usize = 64;

/// The programs and files.
pub struct Place {
    app: PathBuf,
    pub driver: PathBuf,
    /// The browser's.
    pub profile: PathBuf,
}

impl Place {
    pub fn prepare(workspace: &Workspace) -> Result<Self> {
        let driver = browser::provide(workspace, Engine::Chromium)?;
        let app = site::app(workspace)?;
        Ok(Self { app, driver, profile: workspace.target.join("bench/app/profile") })
    }
}

pub struct Stage {
    server: Server,
}

impl Stage {
    /// OpenVidu Meet 3.9 with so many rooms beside the sample's, and so many recordings in all, on one page.
    pub async fn set(place: &Place, rooms: usize, recordings: usize) -> Result<Self> {
        let config = Config {
            dialect: Dialect::V39,
            rooms,
            recordings: recordings.saturating_sub(SAMPLE),
            app: Some(place.app.clone()),
            ..Config::default()
        };
        let server = Server::start(config, ([127, 0, 0, 1], 0).into()).await?;
        let hooks = server.hooks();
        hooks.set_page_size(Some(recordings));
        // What is in progress would change the pages while they are measured.
        hooks.advance_clock(site::LONG_AGO);
        Ok(Self { server })
    }

    pub fn url(&self) -> &str {
        self.server.url()
    }
}
