//! The app in Chromium with very many rooms: what is done in their list, and the way between pages, each from the input
//! event to the frame that shows it. `docs/performance.md` tells how and how much.

mod reader;
mod report;
mod stage;

use anyhow::{Result, bail};
use clap::Args;
use tokio::runtime::Builder;

use super::{
    save,
    tab::{Browser, UNCLOCKED},
};
use crate::{process::step, workspace::Workspace};
use reader::{Reader, TIMES};
use report::Table;
use stage::{Place, Stage};

/// Where budgets hold.
const ROOMS: usize = 100_000;
/// Where loading so many takes longer than anybody waits.
const FEWER_ROOMS: usize = 20_000;
const RECORDINGS: usize = 1000;
/// Times that everything is done 25 times.
const ROUNDS: usize = 2;

#[derive(Args)]
pub struct Crowd {
    /// app: with this many rooms, instead of 100,000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..))]
    rooms: Option<u32>,
}

/// `rounds`: instead of 2.
pub fn run(workspace: &Workspace, crowd: &Crowd, rounds: Option<u8>) -> Result<()> {
    let place = Place::prepare(workspace)?;
    let rounds = rounds.map_or(ROUNDS, usize::from);
    let table = match crowd.rooms {
        Some(rooms) => measure(&place, rooms as usize, rounds, true)?,
        None => measure(&place, ROOMS, rounds, false)?,
    };
    let table = match table {
        Some(table) => Some(table),
        None => {
            eprintln!("[xtask] NOTE: {ROOMS} rooms take too long to load; {FEWER_ROOMS} instead");
            measure(&place, FEWER_ROOMS, rounds, true)?
        }
    };
    let Some(table) = table else { bail!("the rooms were never loaded") };
    save(workspace, "app", &table.to_json())?;
    print!("{table}");
    if table.is_over() {
        bail!("the app is over its budget");
    }
    Ok(())
}

/// `None` when so many rooms take too long to load, unless the reader is patient.
fn measure(place: &Place, rooms: usize, rounds: usize, is_patient: bool) -> Result<Option<Table>> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    step(&format!("measure the app with {rooms} rooms"), || {
        runtime.block_on(async {
            let stage = Stage::set(place, rooms, RECORDINGS).await?;
            let browser = Browser::start(&place.driver, &place.profile, &UNCLOCKED).await?;
            let table = read(&browser, &stage, rooms, rounds, is_patient).await;
            browser.quit().await;
            table
        })
    })
}

async fn read(
    browser: &Browser,
    stage: &Stage,
    rooms: usize,
    rounds: usize,
    is_patient: bool,
) -> Result<Option<Table>> {
    let reader = Reader::enter(browser, stage).await?;
    let Some(loading) = reader.load(rooms, RECORDINGS, is_patient).await? else { return Ok(None) };
    let mut table = Table::new(rooms, loading);
    for round in 0..rounds {
        reader.work_on_list(&mut table, round).await?;
        reader.walk(&mut table, TIMES).await?;
    }
    Ok(Some(table))
}
