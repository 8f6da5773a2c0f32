//! The player in Chromium over a line of 80 ms and 10 Mbit/s, and a `<video>` with nothing around it on the same addresses
//! over the same line, in turns. `docs/performance.md` tells how and how much.

mod report;
mod side;
mod stage;

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use clap::Args;
use tokio::{runtime::Builder, time::sleep};

use super::{save, tab::Browser};
use crate::{process::step, workspace::Workspace};
use report::{Index, Measure, Table};
use side::Side;
use stage::{Film, Place, Stage};

/// Each side's turns at everything. Whatever else the machine does meanwhile, it does to both.
const ROUNDS: usize = 11;
/// The sample's films are spread at random over recordings: enough of each for one round.
const RECORDINGS_A_ROUND: usize = 20;
/// Before somebody goes elsewhere in a film. By then Chromium has as much of it as it wants, and nothing is being sent.
const WATCHED: Duration = Duration::from_secs(1);
/// Times that the player is opened and closed before memory is looked at, and until it is looked at again.
const HABIT: usize = 5;
const CYCLES: usize = 30;
/// For what is released a little later.
const AFTERMATH: Duration = Duration::from_secs(2);
const MB: f64 = 1e6;

#[derive(Args)]
pub struct Rounds {
    /// player: so many times, instead of 11; app: instead of 2; embed: instead of 10
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub rounds: Option<u8>,
}

pub fn run(workspace: &Workspace, asked: &Rounds) -> Result<()> {
    let place = Place::prepare(workspace)?;
    let rounds = asked.rounds.map_or(ROUNDS, usize::from);
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let table = step(&format!("measure the player, {rounds} times"), || {
        runtime.block_on(async {
            let stage = Stage::set(&place, rounds * RECORDINGS_A_ROUND).await?;
            let browser = Browser::start(&place.driver, &place.profile, &[]).await?;
            let table = measure(&browser, &stage, rounds).await;
            browser.quit().await;
            table
        })
    })?;
    save(workspace, "player", &table.to_json())?;
    print!("{table}");
    if table.is_over() {
        bail!("the player is over its budget");
    }
    Ok(())
}

async fn measure(browser: &Browser, stage: &Stage, rounds: usize) -> Result<Table> {
    let (bare, mut unseen) = Side::bare(browser, stage).await?;
    let ours = Side::ours(browser, stage).await?;
    let mut table = Table::default();
    stage.narrow_line();
    let id = unseen.take(Film::IndexFirst)?;
    for side in [&ours, &bare] {
        // The first time is another matter: the browser compiles, starts its audio, finds its codecs.
        play(&mut Table::default(), side, stage, &id, Index::First).await?;
    }
    for round in 0..rounds {
        // Who comes first takes turns too.
        let sides = if round % 2 == 0 { [&ours, &bare] } else { [&bare, &ours] };
        for (index, film) in [(Index::First, Film::IndexFirst), (Index::Last, Film::IndexLast)] {
            let id = unseen.take(film)?;
            for side in sides {
                play(&mut table, side, stage, &id, index).await?;
            }
        }
        let id = unseen.take(Film::Long)?;
        for side in sides {
            seek(&mut table, side, stage, &id).await?;
        }
        close(&mut table, &ours, stage, &unseen.take(Film::Long)?).await?;
    }
    stage.widen_line();
    let grown = open_and_close(&ours, stage, &unseen.take(Film::IndexFirst)?).await?;
    table.add(Measure::Heap, ours.who, grown / MB);
    Ok(table)
}

async fn play(table: &mut Table, side: &Side, stage: &Stage, id: &str, index: Index) -> Result<()> {
    side.prepare(stage, id).await?;
    let opening = side.play(stage, id).await?;
    side.close(stage).await?;
    table.add(Measure::FirstFrame(index), side.who, opening.from_source);
    table.add(Measure::Requests(index), side.who, opening.requests as f64);
    if let Some(from_click) = opening.from_click {
        table.add(Measure::Click(index), side.who, from_click);
    }
    Ok(())
}

/// In the long film, most of which is not there yet.
async fn seek(table: &mut Table, side: &Side, stage: &Stage, id: &str) -> Result<()> {
    side.prepare(stage, id).await?;
    side.play(stage, id).await?;
    sleep(WATCHED).await;
    table.add(Measure::Seek, side.who, side.seek(Film::Long.seconds()).await?);
    side.close(stage).await.map(drop)
}

/// The long film, while it is being sent.
async fn close(table: &mut Table, side: &Side, stage: &Stage, id: &str) -> Result<()> {
    side.prepare(stage, id).await?;
    side.play(stage, id).await?;
    stage.choke_line();
    ensure!(stage.is_sending(), "the film is there already: nothing to end");
    let silence = side.close(stage).await?;
    stage.narrow_line();
    table.add(Measure::Close, side.who, silence.as_secs_f64() * 1000.0);
    Ok(())
}

/// By how many bytes the page grows.
async fn open_and_close(side: &Side, stage: &Stage, id: &str) -> Result<f64> {
    side.prepare(stage, id).await?;
    let mut before = 0.0;
    for cycle in 0..HABIT + CYCLES {
        if cycle == HABIT {
            sleep(AFTERMATH).await;
            before = side.bytes().await?;
        }
        side.play(stage, id).await?;
        side.close(stage).await?;
    }
    sleep(AFTERMATH).await;
    Ok(side.bytes().await? - before)
}
