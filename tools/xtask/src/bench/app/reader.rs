//! Somebody at the app: signs in, waits for the rooms, and does each thing again and again.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::json;

use super::{
    report::{Operation, Table},
    stage::Stage,
};
use crate::bench::{
    sign_in,
    tab::{Browser, PAGE_LIMIT, Tab},
};

/// So long anybody waits for all rooms; and so long somebody who asked for that many.
const LIMIT: Duration = Duration::from_secs(60);
const PATIENT_LIMIT: Duration = Duration::from_secs(900);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// What is typed in each round, letter by letter, and taken back (`<`) likewise: first letters, whole words, two words,
/// and the search is empty after each. 50 keys in two rounds.
const TYPED: [&str; 2] = ["office hours<<<<<<<<<<<<", "kyoto webinar<<<<<<<<<<<<<"];
/// The headers that are clicked, one after the other; a second click turns the order round.
const HEADERS: [&str; 6] = ["Room", "Status", "Recordings", "Size", "Created", "Deletes itself"];
/// In one round, where an operation is not typed.
pub const TIMES: usize = 25;
const SCREENS: u32 = 7;

const SEARCH: &str = "input[aria-label='Search rooms']";
const HEADER: &str = ".pane:not(.is-behind) [role=columnheader] button";
const VIEWPORT: &str = ".pane:not(.is-behind) .viewport";
/// Of the first row; the header is the first of all.
const TITLE: &str = ".pane:not(.is-behind) [aria-rowindex='2'] .title";
const PAGES: &str = "nav a";

pub struct Reader {
    tab: Tab,
}

impl Reader {
    /// Opens the app and signs in: the recordings are there.
    pub async fn enter(browser: &Browser, stage: &Stage) -> Result<Self> {
        let tab = browser.open(stage.url(), &[]).await?;
        sign_in::by_form(&tab).await?;
        Ok(Self { tab })
    }

    /// Has all recordings and all rooms, and has been on every page: how long the rooms took. `None` when that was too
    /// long for somebody impatient.
    pub async fn load(
        &self,
        rooms: usize,
        recordings: usize,
        is_patient: bool,
    ) -> Result<Option<Duration>> {
        let tab = &self.tab;
        let is_full = format!("bench.count() >= {recordings}");
        tab.wait_for("the recordings are there", PAGE_LIMIT, &is_full).await?;
        let rooms_link = "bench.find('nav a', 'Rooms') !== null";
        tab.wait_for("a way to the rooms", PAGE_LIMIT, rooms_link).await?;
        tab.click_unwatched(PAGES, "Rooms").await?;
        let start = Instant::now();
        let limit = if is_patient { PATIENT_LIMIT } else { LIMIT };
        // Below it while the server has more of them.
        while tab.count().await? < rooms as i64 {
            if start.elapsed() > limit {
                return Ok(None);
            }
            tokio::time::sleep(PAUSE).await;
        }
        let loading = start.elapsed();
        // What the first visit to a page takes is not what comes after.
        self.walk(&mut Table::new(rooms, loading), 1).await?;
        Ok(Some(loading))
    }

    /// One round of all that is done in the list of rooms, which is shown before and after.
    pub async fn work_on_list(&self, table: &mut Table, round: usize) -> Result<()> {
        table.add(Operation::Keystroke, self.type_and_delete(round).await?);
        table.add(Operation::Scroll, self.scroll().await?);
        // After it the list is at its top.
        table.add(Operation::Sort, self.sort(round).await?);
        table.add(Operation::Select, self.select_and_clear().await?);
        Ok(())
    }

    /// So many times between the pages, from the rooms and back to them.
    pub async fn walk(&self, table: &mut Table, times: usize) -> Result<()> {
        // What keys were pressed at may be further down.
        let to_top = format!("document.querySelector({}).scrollTop = 0", json!(VIEWPORT));
        self.tab.run(&to_top).await?;
        let is_there = format!("bench.find({}) !== null", json!(TITLE));
        self.tab.wait_for("the first row", PAGE_LIMIT, &is_there).await?;
        for _ in 0..times {
            self.tab.click(PAGES, "Recordings").await?;
            let rooms = self.tab.click(PAGES, "Rooms").await?;
            table.add(Operation::ToRooms, vec![rooms.latency]);
            // Always the first row's: its page is there but for the first time.
            let room = self.tab.click(TITLE, "").await?;
            table.add(Operation::ToRoom, vec![room.latency]);
            table.add(Operation::Back, vec![self.go_back().await?]);
            let overview = self.tab.click(PAGES, "Overview").await?;
            table.add(Operation::ToOverview, vec![overview.latency]);
        }
        self.tab.click(PAGES, "Rooms").await.map(drop)
    }

    async fn type_and_delete(&self, round: usize) -> Result<Vec<f64>> {
        self.tab.click_unwatched(SEARCH, "").await?;
        let mut samples = Vec::new();
        for letter in TYPED[round % TYPED.len()].chars() {
            let key = if letter == '<' { "Backspace".to_owned() } else { letter.to_string() };
            samples.push(self.tab.press(&key).await?.latency);
        }
        Ok(samples)
    }

    async fn sort(&self, round: usize) -> Result<Vec<f64>> {
        let mut samples = Vec::new();
        for at in round * TIMES..(round + 1) * TIMES {
            let name = HEADERS[at / 2 % HEADERS.len()];
            samples.push(self.tab.click(HEADER, name).await?.latency);
        }
        Ok(samples)
    }

    /// Both of them so often that nothing is selected in the end.
    async fn select_and_clear(&self) -> Result<Vec<f64>> {
        let mut samples = Vec::new();
        for _ in 0..TIMES.div_ceil(2) {
            self.tab.run("bench.focusGrid()").await?;
            samples.push(self.tab.press("Control+A").await?.latency);
            samples.push(self.tab.click("button", "Clear selection").await?.latency);
        }
        Ok(samples)
    }

    /// The longest frame of each step.
    async fn scroll(&self) -> Result<Vec<f64>> {
        let mut samples = Vec::new();
        for _ in 0..TIMES {
            samples.push(self.tab.wheel(VIEWPORT, SCREENS).await?.longest);
        }
        Ok(samples)
    }

    /// In the history, from the event by which the page learns of it.
    async fn go_back(&self) -> Result<f64> {
        self.tab.run("bench.watch('popstate')").await?;
        self.tab.run("history.back()").await?;
        let told = self.tab.run("bench.result()").await.context("after going back")?;
        told["latency"].as_f64().context("no latency")
    }
}
