//! What `<meet-recordings>` costs the page that embeds it, in Chromium: bytes, requests, shifts, long tasks and memory;
//! beside it, the same page with a table of its own. `docs/performance.md` tells how and how much.

mod report;
mod side;
mod stage;

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use serde_json::json;
use tokio::{runtime::Builder, time::sleep};

use super::{
    save, sign_in,
    tab::{Browser, Heap, Tab},
};
use crate::{process::step, workspace::Workspace};
use report::{Measure, Table};
use side::{Cache, Who, visit};
use stage::{Place, Stage};

/// Tells what a visit costs.
const VISIT: &str = include_str!("visit.js");
/// Of all visits, to each side.
const ROUNDS: usize = 10;
/// So high that what is below the element is in view: what nobody sees does not shift.
const WINDOW: &str = "--window-size=1280,1500";
/// A telephone's processor, by the usual rule of thumb.
const SLOWER: f64 = 4.0;
/// Elements that come and go before memory is looked at, and until it is looked at again.
const HABIT: usize = 20;
const CYCLES: usize = 500;
/// In one command, which may take no more than two minutes.
const AT_ONCE: usize = 50;
/// For what is released a little later.
const AFTERMATH: Duration = Duration::from_secs(2);
/// Bytes in a page of wasm's memory.
const PAGE: f64 = 65_536.0;
const KB: f64 = 1e3;
const MB: f64 = 1e6;

/// `rounds`: instead of 10.
pub fn run(workspace: &Workspace, rounds: Option<u8>) -> Result<()> {
    let place = Place::prepare(workspace)?;
    let rounds = rounds.map_or(ROUNDS, usize::from);
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let table = step(&format!("measure the element, {rounds} times"), || {
        runtime.block_on(async {
            let stage = Stage::set(&place).await?;
            let browser = Browser::start(&place.driver, &place.profile, &[WINDOW]).await?;
            let table = measure(&browser, &stage, rounds).await;
            browser.quit().await;
            table
        })
    })?;
    save(workspace, "embed", &table.to_json())?;
    print!("{table}");
    if table.is_over() {
        bail!("the element is over its budget");
    }
    Ok(())
}

async fn measure(browser: &Browser, stage: &Stage, rounds: usize) -> Result<Table> {
    let mut table = Table::default();
    let tab = browser.open(&stage.url("/host/bare.js"), &[VISIT]).await?;
    sign_in::by_api(&tab).await?;
    for who in [Who::Ours, Who::Bare] {
        // The first time is another matter: the browser starts what it needs for any page.
        visit(&tab, stage, who, Cache::Cold).await?;
    }
    for round in 0..rounds {
        // Who comes first takes turns.
        let sides = if round % 2 == 0 { [Who::Ours, Who::Bare] } else { [Who::Bare, Who::Ours] };
        for who in sides {
            load(&mut table, &tab, stage, who).await?;
            strain(&mut table, &tab, stage, who).await?;
        }
    }
    come_and_go(&mut table, &tab, stage).await?;
    visit(&tab, stage, Who::Bare, Cache::Warm).await?;
    table.add(Measure::Page, Who::Bare, held(&tab).await?.sum() / MB);
    stand_side_by_side(&mut table, &tab, stage).await?;
    Ok(table)
}

/// Over a line as people have it, where what comes late can shift what came before.
async fn load(table: &mut Table, tab: &Tab, stage: &Stage, who: Who) -> Result<()> {
    stage.narrow_line();
    for cache in [Cache::Cold, Cache::Warm] {
        let visit = visit(tab, stage, who, cache).await?;
        if let Some(skeleton) = visit.skeleton {
            table.add(Measure::Skeleton(cache), who, skeleton);
        }
        table.add(Measure::Rows(cache), who, visit.rows);
        table.add(Measure::Requests, who, visit.requests as f64);
        table.add(Measure::Shift, who, visit.shift);
        table.add(Measure::Moved, who, visit.moved);
        if cache == Cache::Cold {
            table.add(Measure::Download, who, visit.bytes / KB);
        }
    }
    stage.widen_line();
    Ok(())
}

/// With a slow processor and a good line, on which everything comes at once.
async fn strain(table: &mut Table, tab: &Tab, stage: &Stage, who: Who) -> Result<()> {
    tab.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await?;
    let visit = visit(tab, stage, who, Cache::Cold).await?;
    tab.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await?;
    table.add(Measure::LongTasks, who, visit.long_tasks as f64);
    table.add(Measure::Shift, who, visit.shift);
    table.add(Measure::Moved, who, visit.moved);
    Ok(())
}

/// What is left of elements that have gone, in a page that goes on.
async fn come_and_go(table: &mut Table, tab: &Tab, stage: &Stage) -> Result<()> {
    visit(tab, stage, Who::Ours, Cache::Warm).await?;
    tab.run(&format!("visit.cycle({HABIT})")).await?;
    let before = held(tab).await?;
    for _ in 0..CYCLES / AT_ONCE {
        tab.run(&format!("visit.cycle({AT_ONCE})")).await?;
    }
    let after = held(tab).await?;
    table.add(Measure::Heap, Who::Ours, (after.heap() - before.heap()) / MB);
    table.add(Measure::Pages, Who::Ours, (after.wasm - before.wasm) / PAGE);
    Ok(())
}

/// A second element in a page that has one.
async fn stand_side_by_side(table: &mut Table, tab: &Tab, stage: &Stage) -> Result<()> {
    visit(tab, stage, Who::Ours, Cache::Warm).await?;
    let one = held(tab).await?;
    ensure!(one.wasm > 0.0, "no program is in the page: nothing to hold two against");
    tab.run("visit.add()").await?;
    let two = held(tab).await?;
    let programs = tab.run("bench.programs()").await?;
    table.add(Measure::Programs, Who::Ours, programs.as_f64().unwrap_or_default());
    table.add(Measure::Page, Who::Ours, one.sum() / MB);
    let ratio = (two.script + two.wasm) / (one.script + one.wasm);
    table.add(Measure::Memory, Who::Ours, ratio);
    table.add(Measure::MemoryWithDom, Who::Ours, two.sum() / one.sum());
    Ok(())
}

/// Bytes that a page holds.
struct Held {
    script: f64,
    dom: f64,
    wasm: f64,
}

impl Held {
    fn heap(&self) -> f64 {
        self.script + self.dom
    }

    fn sum(&self) -> f64 {
        self.heap() + self.wasm
    }
}

async fn held(tab: &Tab) -> Result<Held> {
    sleep(AFTERMATH).await;
    tab.run("visit.forget()").await?;
    let Heap { script, dom } = tab.heap().await?;
    Ok(Held { script, dom, wasm: tab.wasm_bytes().await? })
}
