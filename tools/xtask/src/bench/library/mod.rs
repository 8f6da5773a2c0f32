//! The library in Chromium, operation by operation from the input event to the frame that shows it, and AG Grid
//! Community on the same recordings in the same browser, in turns. `docs/performance.md` tells how and how much.

mod plot;
mod report;
mod side;
mod stage;

use std::fs;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::{Value, json};
use tokio::runtime::Builder;

use super::{
    save,
    tab::{Browser, UNCLOCKED},
};
use crate::{process::step, workspace::Workspace};
use report::{Operation, Table};
use side::{Side, Who};
use stage::{Place, Server};

/// Where budgets hold.
const RECORDINGS: u32 = 100_000;
const GROWTH: [u32; 4] = [1000, 10_000, RECORDINGS, 1_000_000];
/// The sample has these whatever is asked for.
const SAMPLE: u32 = 64;
/// Each side's turns at an operation. Whatever else the machine does meanwhile, it does to both.
const ROUNDS: usize = 2;
const MB: f64 = 1e6;

#[derive(Args)]
pub struct Scale {
    /// library: with this many recordings, instead of 100,000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(i64::from(SAMPLE)..))]
    recordings: Option<u32>,
    /// library: with 1,000 to 1,000,000 recordings; draws docs/performance.svg
    #[arg(long, conflicts_with = "recordings")]
    growth: bool,
}

pub fn run(workspace: &Workspace, scale: &Scale) -> Result<()> {
    let place = Place::prepare(workspace)?;
    if scale.growth {
        return grow(workspace, &place);
    }
    let recordings = scale.recordings.unwrap_or(RECORDINGS);
    let table = measure(&place, recordings, false)?;
    save(workspace, "library", &table.to_json())?;
    print!("{table}");
    if table.is_over() {
        bail!("the library is over its budget");
    }
    Ok(())
}

/// Tells no verdict: budgets are for one number of recordings.
fn grow(workspace: &Workspace, place: &Place) -> Result<()> {
    let mut tables = Vec::new();
    for recordings in GROWTH {
        let table = measure(place, recordings, true)?;
        print!("{table}");
        tables.push(table);
        // After each, because the last takes longest and may be too much for the machine.
        let known: Vec<Value> = tables.iter().map(Table::to_json).collect();
        save(workspace, "library-growth", &json!(known))?;
    }
    let file = workspace.root.join("docs/performance.svg");
    fs::write(&file, plot::draw(&tables))
        .with_context(|| format!("cannot write {}", file.display()))
}

/// `is_growth`: filled by pages larger than a real server's, which saves an hour but says nothing about streaming; and a
/// peer that so many recordings are too much for is left out.
fn measure(place: &Place, recordings: u32, is_growth: bool) -> Result<Table> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    step(&format!("measure with {recordings} recordings"), || {
        let server = Server::start(place, recordings)?;
        runtime.block_on(async {
            let browser = Browser::start(&place.driver, &place.profile, &UNCLOCKED).await?;
            let table = play(&browser, &server, recordings, is_growth).await;
            browser.quit().await;
            table
        })
    })
}

async fn play(
    browser: &Browser,
    server: &Server,
    recordings: u32,
    is_growth: bool,
) -> Result<Table> {
    let mut table = Table::new(recordings);
    let library = Side::open(Who::Library, browser, server).await?;
    let peer = Side::open(Who::Peer, browser, server).await?;
    fill(&mut table, &library, is_growth).await?;
    let mut has_peer = survives(fill(&mut table, &peer, is_growth).await, is_growth)?;
    for operation in Operation::ALL {
        for round in 0..ROUNDS {
            sample(&mut table, &library, operation, round).await?;
            if has_peer {
                let sampled = sample(&mut table, &peer, operation, round).await;
                has_peer = survives(sampled, is_growth)?;
            }
        }
    }
    Ok(table)
}

/// Whether the peer can go on; an error where it must.
fn survives(outcome: Result<()>, is_growth: bool) -> Result<bool> {
    match outcome {
        Err(error) if is_growth => {
            eprintln!("[xtask] NOTE: the peer is left out from here: {error:#}");
            Ok(false)
        }
        outcome => outcome.map(|()| true),
    }
}

async fn fill(table: &mut Table, side: &Side, is_growth: bool) -> Result<()> {
    let filled = side.fill(table.recordings, is_growth).await?;
    table.add(Operation::Memory, side.who, vec![filled.bytes / MB]);
    if let Some(bytes) = filled.private_bytes {
        table.add_private(side.who, bytes / MB);
    }
    if side.who == Who::Library && !is_growth {
        table.add(Operation::Stream, side.who, vec![filled.longest_task]);
    }
    Ok(())
}

async fn sample(table: &mut Table, side: &Side, operation: Operation, round: usize) -> Result<()> {
    if let Some(samples) = side.sample(operation, round).await? {
        table.add(operation, side.who, samples);
    }
    Ok(())
}
