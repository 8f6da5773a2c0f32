//! The two that are visited, and what a visit to each costs.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::stage::Stage;
use crate::bench::tab::Tab;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A page with the element.
    Ours,
    /// The same page with a table that a few lines of its own fill.
    Bare,
}

impl Who {
    fn page(self) -> &'static str {
        match self {
            Self::Ours => "/host/index.html",
            Self::Bare => "/host/bare.html",
        }
    }
}

/// What the browser has of the site when the visit begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    Cold,
    Warm,
}

/// Times are ms since the navigation began.
pub struct Visit {
    /// `None` where there is none, or the rows came before it could be painted.
    pub skeleton: Option<f64>,
    pub rows: f64,
    /// Until the rows; the page itself is not among them.
    pub requests: usize,
    /// As they were sent, of all that the page is made of; answers of the API are not among them.
    pub bytes: f64,
    /// As Chromium adds them up.
    pub shift: f64,
    /// CSS pixels by which the text below was elsewhere in the meantime.
    pub moved: f64,
    /// Of the main thread, over 50 ms, until the rows.
    pub long_tasks: usize,
}

/// Goes to the page, and stays a little longer than until its first row is painted.
pub async fn visit(tab: &Tab, stage: &Stage, who: Who, cache: Cache) -> Result<Visit> {
    // From elsewhere: going to where one is would be a reload.
    tab.go_to("about:blank").await?;
    if cache == Cache::Cold {
        tab.devtools("Network.clearBrowserCache", json!({})).await?;
    }
    tab.go_to(&stage.url(who.page())).await?;
    let told = tab.run("visit.end()").await?;
    ensure!(told["isPacked"] == true, "the server sends {} files that are not packed", who.page());
    read(&told).with_context(|| format!("the page says {told}"))
}

fn read(told: &Value) -> Option<Visit> {
    let number = |name: &str| told[name].as_f64();
    Some(Visit {
        skeleton: number("skeleton"),
        rows: number("rows")?,
        requests: told["requests"].as_array()?.len(),
        bytes: number("bytes")?,
        shift: number("shift")?,
        moved: number("moved")?,
        long_tasks: told["tasks"].as_u64()? as usize,
    })
}
