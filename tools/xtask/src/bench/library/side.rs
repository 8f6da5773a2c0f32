//! The two that are measured, and how each is filled and made to do an operation.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;

use super::{report::Operation, stage::Server};
use crate::bench::{
    sign_in,
    tab::{Browser, PAGE_LIMIT, Tab},
};

/// The library asks for fewer than 5 pages of 100 a second: see `library::sync`.
const RECORDINGS_A_SECOND: u32 = 300;

/// What is typed in each round, letter by letter, and taken back (`<`) likewise: first letters, whole words, two words.
/// 50 keys in all, and the search is empty after each.
const TYPED: [&str; 2] = ["spanish b1<<<<<<<<<<lab<<<", "office hours<<<<<<<<<<<<"];
/// The headers that are clicked, one after the other; a second click turns the order round.
const HEADERS: [&str; 8] = ["Room", "Room", "Date", "Date", "Duration", "Duration", "Size", "Size"];
/// In one round, where an operation is not typed.
const TIMES: usize = 25;
const SCREENS: u32 = 7;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Library,
    Peer,
}

impl Who {
    pub fn name(self) -> &'static str {
        match self {
            Self::Library => "ours",
            Self::Peer => "peer",
        }
    }
}

pub struct Side {
    pub who: Who,
    tab: Tab,
}

/// What holding all recordings takes, and how long the main thread was busy at a time while they came.
pub struct Filled {
    /// ms.
    pub longest_task: f64,
    /// Bytes over the empty list.
    pub bytes: f64,
    /// The same, as the system counts the private memory of the browser's processes; `None` where it does not tell.
    pub private_bytes: Option<f64>,
}

impl Side {
    /// Two host names, so that each has a process of its own.
    pub async fn open(who: Who, browser: &Browser, server: &Server) -> Result<Self> {
        let url = match who {
            Who::Library => format!("http://localhost:{}/", server.port),
            Who::Peer => format!("http://127.0.0.1:{}/peer/index.html", server.port),
        };
        Ok(Self { who, tab: browser.open(&url, &[]).await? })
    }

    /// Lets it have all recordings of the server; `is_growth` as in `super::measure`.
    pub async fn fill(&self, recordings: u32, is_growth: bool) -> Result<Filled> {
        self.tab.show().await?;
        let is_empty = match self.who {
            // Its first page, a thousandth of what budgets are for, stands for the empty list.
            Who::Library => {
                sign_in::by_form(&self.tab).await?;
                "bench.count() !== 0"
            }
            Who::Peer => {
                self.tab.run("peer.open()").await?;
                "bench.count() === 0"
            }
        };
        self.tab.wait_for("the list is there", PAGE_LIMIT, is_empty).await?;
        if is_growth {
            self.enlarge_pages().await?;
        }
        let before = self.tab.bytes().await?;
        let private_before = self.tab.private_bytes();
        self.tab.run("bench.startStream()").await?;
        match self.who {
            Who::Library => {
                if self.tab.count().await? != i64::from(recordings) {
                    self.tab.click_unwatched("button", "Load all").await?;
                }
            }
            // Not waited for here: one command may take no more than two minutes.
            Who::Peer => {
                self.tab.run("void peer.load().then(() => peer.open())").await?;
            }
        }
        let limit = PAGE_LIMIT + Duration::from_secs((recordings / RECORDINGS_A_SECOND).into());
        let is_full = format!("bench.count() === {recordings}");
        self.tab.wait_for("all recordings are there", limit, &is_full).await?;
        let noted = self.tab.run("bench.endStream()").await?;
        let number = |name: &str| noted[name].as_f64().unwrap_or_default();
        // Gaps below a long task's length may as well be the machine's; above, the browser says which were tasks.
        let longest_task = match number("task") {
            0.0 => number("gap").min(50.0),
            task => task,
        };
        let bytes = self.tab.bytes().await? - before;
        let private = private_before.zip(self.tab.private_bytes());
        let private_bytes = private.map(|(before, now)| now - before);
        Ok(Filled { longest_task, bytes, private_bytes })
    }

    /// One round of an operation, in ms; `None` when this side has no such thing.
    pub async fn sample(&self, operation: Operation, round: usize) -> Result<Option<Vec<f64>>> {
        self.tab.show().await?;
        match operation {
            Operation::Keystroke => self.type_and_delete(round).await.map(Some),
            Operation::Sort => self.sort(round).await.map(Some),
            Operation::Select => self.select_and_clear(round).await.map(Some),
            Operation::Scroll => self.scroll().await.map(Some),
            Operation::Open => self.open_full().await.map(Some),
            Operation::Stream | Operation::Memory => Ok(None),
        }
    }

    async fn type_and_delete(&self, round: usize) -> Result<Vec<f64>> {
        self.tab.run("bench.focusSearch()").await?;
        let mut samples = Vec::new();
        for letter in TYPED[round % TYPED.len()].chars() {
            let key = if letter == '<' { "Backspace".to_owned() } else { letter.to_string() };
            samples.push(self.tab.press(&key).await?.latency);
        }
        Ok(samples)
    }

    async fn sort(&self, round: usize) -> Result<Vec<f64>> {
        let header = match self.who {
            Who::Library => "[role=columnheader] button",
            Who::Peer => ".ag-header-cell-label",
        };
        let mut samples = Vec::new();
        for at in round * TIMES..(round + 1) * TIMES {
            let name = HEADERS[at % HEADERS.len()];
            samples.push(self.tab.click(header, name).await?.latency);
        }
        Ok(samples)
    }

    async fn select_and_clear(&self, round: usize) -> Result<Vec<f64>> {
        let mut samples = Vec::new();
        for at in round * TIMES..(round + 1) * TIMES {
            let sample = match self.who {
                Who::Library if at % 2 == 0 => {
                    self.tab.run("bench.focusGrid()").await?;
                    self.tab.press("Control+A").await?
                }
                Who::Library => self.tab.click("button", "Clear selection").await?,
                Who::Peer => self.tab.click(".ag-header-select-all input", "").await?,
            };
            samples.push(sample.latency);
        }
        Ok(samples)
    }

    /// The longest frame of each step.
    async fn scroll(&self) -> Result<Vec<f64>> {
        let viewport = match self.who {
            Who::Library => ".viewport",
            Who::Peer => ".ag-grid-viewport",
        };
        let mut samples = Vec::new();
        for _ in 0..TIMES {
            samples.push(self.tab.wheel(viewport, SCREENS).await?.longest);
        }
        Ok(samples)
    }

    /// From the click that opens the list to all that it shows first, the recordings being in memory.
    async fn open_full(&self) -> Result<Vec<f64>> {
        let mut samples = Vec::new();
        for _ in 0..TIMES {
            let button = match self.who {
                Who::Library => {
                    // Nothing matches, so the list goes; what is clicked then brings it back, all of it.
                    self.tab.run("bench.focusSearch()").await?;
                    self.tab.press("~").await?;
                    "Clear search and filters"
                }
                Who::Peer => {
                    self.tab.run("peer.close()").await?;
                    "Open"
                }
            };
            samples.push(self.tab.click("button", button).await?.latency);
        }
        Ok(samples)
    }

    /// Lets the server cut pages of 10,000, whatever is asked for.
    async fn enlarge_pages(&self) -> Result<()> {
        let request = json!({
            "method": "POST",
            "headers": { "content-type": "application/json" },
            "body": json!({ "size": 10_000 }).to_string(),
        });
        let ask = format!("fetch('/test-hooks/pages', {request}).then((it) => it.status)");
        let status = self.tab.run(&ask).await?;
        ensure!(status == 204, "the server does not enlarge its pages: status {status}");
        Ok(())
    }
}
