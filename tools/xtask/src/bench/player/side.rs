//! The two that are measured: how each is made to play a film, to go elsewhere in it, and to stop.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tokio::try_join;

use super::stage::{BARE, Stage, Unseen};
use crate::bench::{
    sign_in,
    tab::{Browser, PAGE_LIMIT, Tab},
};

/// Tells when pictures are shown.
const FILM: &str = include_str!("film.js");

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Ours,
    Bare,
}

pub struct Side {
    pub who: Who,
    tab: Tab,
}

/// How a film began; ms.
pub struct Opening {
    /// From the click to the first frame; `None` where nobody clicks.
    pub from_click: Option<f64>,
    /// From the moment at which the video was told what to play.
    pub from_source: f64,
    /// What the server was asked for until then.
    pub requests: usize,
}

impl Side {
    /// The bare page, which signs in for both, and learns what there is to play.
    pub async fn bare(browser: &Browser, stage: &Stage) -> Result<(Self, Unseen)> {
        let tab = browser.open(&stage.url(BARE), &[FILM]).await?;
        sign_in::by_api(&tab).await?;
        let list =
            tab.run("fetch('/api/v1/recordings?maxItems=100').then((it) => it.json())").await?;
        Ok((Self { who: Who::Bare, tab }, Unseen::in_list(&list)?))
    }

    /// The app with its list, signed in.
    pub async fn ours(browser: &Browser, stage: &Stage) -> Result<Self> {
        let tab = browser.open(&stage.url("/"), &[FILM]).await?;
        tab.wait_for("the list is there", PAGE_LIMIT, "bench.count() > 1").await?;
        Ok(Self { who: Who::Ours, tab })
    }

    /// Gets everything ready to play this recording next.
    pub async fn prepare(&self, stage: &Stage, id: &str) -> Result<()> {
        self.tab.show().await?;
        if self.who == Who::Ours {
            self.tab.run("bench.focusSearch(); document.activeElement.select()").await?;
            self.tab.insert(id).await?;
            self.tab.wait_for("its row is there", PAGE_LIMIT, "bench.count() === 1").await?;
        }
        stage.calm(&self.tab).await
    }

    /// Plays what it was prepared for, until the first frame.
    pub async fn play(&self, stage: &Stage, id: &str) -> Result<Opening> {
        let media = format!("/api/v1/recordings/{id}/media");
        self.tab.run("film.expect()").await?;
        match self.who {
            Who::Ours => {
                let button = self.tab.point_at("button", "Play ").await?;
                self.tab.click_at(&button).await?;
            }
            Who::Bare => _ = self.tab.run(&format!("bare.open({})", json!(media))).await?,
        }
        let shown = self.shown().await.context("playing")?;
        let requests = stage.requests();
        let is_its = |it: &String| it.starts_with(&format!("GET {media} 206"));
        ensure!(requests.iter().any(is_its), "not asked for {media}, but for {requests:?}");
        let from_click = (self.who == Who::Ours).then_some(shown.at - shown.input);
        Ok(Opening { from_click, from_source: shown.at - shown.set, requests: requests.len() })
    }

    /// Goes to 80 % of a film of so many seconds: ms until the frame that is there.
    pub async fn seek(&self, seconds: f64) -> Result<f64> {
        let to = seconds * 0.8;
        let is_there = self.tab.run(&format!("film.isBuffered({to})")).await?;
        ensure!(is_there == false, "the film is there already: nothing to wait for");
        self.tab.run("film.expect()").await?;
        match self.who {
            Who::Ours => self.tab.press_unwatched("8").await?,
            Who::Bare => _ = self.tab.run(&format!("bare.seek({to})")).await?,
        }
        let shown = self.shown().await.context("seeking")?;
        let began = if self.who == Who::Ours { shown.input } else { shown.set };
        Ok(shown.at - began)
    }

    /// Stops playing: how long until the server sees it, counted from before the click.
    pub async fn close(&self, stage: &Stage) -> Result<Duration> {
        let stop = async {
            match self.who {
                Who::Ours => {
                    let button = self.tab.point_at("button", "Close player").await?;
                    self.tab.click_at(&button).await
                }
                Who::Bare => self.tab.run("bare.close()").await.map(drop),
            }
        };
        let ((), silence) = try_join!(stop, stage.silence())?;
        self.tab.wait_for("no video is there", PAGE_LIMIT, "bench.find('video') === null").await?;
        Ok(silence)
    }

    /// Bytes that its page holds.
    pub async fn bytes(&self) -> Result<f64> {
        self.tab.bytes().await
    }

    async fn shown(&self) -> Result<Shown> {
        let told = self.tab.run("film.shown()").await?;
        let number = |name: &str| told[name].as_f64().with_context(|| format!("no {name}: {told}"));
        Ok(Shown { input: number("input")?, set: number("set")?, at: number("shown")? })
    }
}

/// What `film.js` tells; ms on the page's clock.
struct Shown {
    input: f64,
    set: f64,
    at: f64,
}
