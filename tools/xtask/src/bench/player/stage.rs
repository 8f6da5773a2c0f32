//! What a measurement needs besides the browser: the built app with the bare page beside it, a server in this process, and
//! the line to it; and recordings that nobody has asked for yet.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use meet_recordings_server::{Config, Hooks, Line, Server};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    bench::{site, tab::Tab},
    browser::{self, Engine},
    workspace::Workspace,
};

/// Bytes a second, for a film that is to be on its way for long: at 10 Mbit/s Chromium soon has as much as it wants.
const TRICKLE: u64 = 50_000;
/// For connections to notice that the line is cut.
const CUT: Duration = Duration::from_millis(100);
/// Without a request for this long, a page has come to rest: the app looks every second what is due.
const REST: Duration = Duration::from_millis(1200);
const REST_LIMIT: Duration = Duration::from_secs(10);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(2);
/// The sample has these whatever is asked for, and some more are in progress.
const SAMPLE: usize = 100;

/// The page with nothing but a video, beside the app.
pub const BARE: &str = "/bare/index.html";
const BARE_PAGE: [(&str, &[u8]); 2] =
    [("bare/index.html", include_bytes!("bare.html")), ("bare/bare.js", include_bytes!("bare.js"))];

/// A film of the sample, of which there are many recordings.
#[derive(Clone, Copy)]
pub enum Film {
    /// Its index is before its pictures.
    IndexFirst,
    IndexLast,
    /// Twenty minutes: too long to be there at once.
    Long,
}

impl Film {
    const ALL: [Self; 3] = [Self::IndexFirst, Self::IndexLast, Self::Long];

    /// By this the sample's films can be told apart.
    pub fn seconds(self) -> f64 {
        match self {
            Self::IndexFirst => 5.0,
            Self::IndexLast => 60.0,
            Self::Long => 1200.0,
        }
    }
}

/// The programs and files.
pub struct Place {
    /// What the server serves: the app at `/`, the bare page at `/bare/`.
    site: PathBuf,
    pub driver: PathBuf,
    /// The browser's.
    pub profile: PathBuf,
}

impl Place {
    pub fn prepare(workspace: &Workspace) -> Result<Self> {
        let driver = browser::provide(workspace, Engine::Chromium)?;
        let folder = workspace.target.join("bench/player");
        let site = folder.join("site");
        site::assemble(&site::app(workspace)?, &BARE_PAGE, &site)?;
        Ok(Self { site, driver, profile: folder.join("profile") })
    }
}

pub struct Stage {
    _server: Server,
    hooks: Hooks,
    line: Line,
}

impl Stage {
    /// With so many recordings beside the sample's own, all on one page of the list. The line is good at first.
    pub async fn set(place: &Place, recordings: usize) -> Result<Self> {
        let config = Config { recordings, app: Some(place.site.clone()), ..Config::default() };
        let server = Server::start(config, ([127, 0, 0, 1], 0).into()).await?;
        let hooks = server.hooks();
        hooks.set_page_size(Some(recordings + SAMPLE));
        // What is in progress would be asked for now and then.
        hooks.advance_clock(site::LONG_AGO);
        let line = Line::to(server.addr()).await?;
        Ok(Self { _server: server, hooks, line })
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.line.url())
    }

    /// To 80 ms and 10 Mbit/s.
    pub fn narrow_line(&self) {
        site::narrow(&self.line);
    }

    /// So that what is being sent goes on being sent.
    pub fn choke_line(&self) {
        self.line.set_rate(Some(TRICKLE));
    }

    pub fn widen_line(&self) {
        site::widen(&self.line);
    }

    /// Waits until nothing is asked or sent any more. Then the browser's cache is empty, and it has one connection, which
    /// is idle: as if a page had just shown a list, whatever happened before.
    pub async fn calm(&self, tab: &Tab) -> Result<()> {
        let start = Instant::now();
        loop {
            let before = self.hooks.requests().len();
            sleep(REST).await;
            if self.hooks.requests().len() == before && self.hooks.open_media() == 0 {
                break;
            }
            ensure!(start.elapsed() < REST_LIMIT, "the page does not come to rest");
        }
        tab.devtools("Network.clearBrowserCache", json!({})).await?;
        self.line.cut();
        sleep(CUT).await;
        self.line.restore();
        let ask = format!("fetch('{BARE}', {{ cache: 'no-store' }}).then((it) => it.text())");
        tab.run(&ask).await?;
        self.hooks.clear_requests();
        Ok(())
    }

    /// Requests since the calm, each with its status: `GET /path 206`.
    pub fn requests(&self) -> Vec<String> {
        let all = self.hooks.requests().into_iter();
        all.map(|it| format!("{} {} {}", it.method, it.path, it.status)).collect()
    }

    pub fn is_sending(&self) -> bool {
        self.hooks.open_media() > 0
    }

    /// How long until the server sends no film any more.
    pub async fn silence(&self) -> Result<Duration> {
        let start = Instant::now();
        while self.is_sending() {
            ensure!(start.elapsed() < REST_LIMIT, "the server still sends a film");
            sleep(PAUSE).await;
        }
        Ok(start.elapsed())
    }
}

/// Recordings that nobody has asked for yet. The browser's cache can be emptied, but a page has one of its own, for films.
pub struct Unseen([Vec<String>; 3]);

impl Unseen {
    /// Of those in the server's list.
    pub fn in_list(list: &Value) -> Result<Self> {
        let all = list["recordings"].as_array().context("the server sent no list")?;
        let of = |film: Film| {
            let of_film = all.iter().filter(|it| it["duration"].as_f64() == Some(film.seconds()));
            let complete = of_film.filter(|it| it["status"] == "COMPLETE");
            complete.filter_map(|it| it["recordingId"].as_str()).map(str::to_owned).collect()
        };
        Ok(Self(Film::ALL.map(of)))
    }

    /// The id of one with this film, which is seen from now on.
    pub fn take(&mut self, film: Film) -> Result<String> {
        self.0[film as usize].pop().context("too few recordings for so many rounds")
    }
}
