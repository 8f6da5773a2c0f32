//! `cargo xtask bench`: the benchmarks, each against its budget, as a table and as `target/bench/*.json`.

mod app;
mod criterion;
mod embed;
mod gateway;
mod index;
mod library;
mod player;
mod private;
mod read;
mod samples;
mod sign_in;
mod site;
mod tab;

use std::fs;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::Value;

use crate::workspace::Workspace;

#[derive(Args)]
pub struct Options {
    /// Only the benchmark of this name: read, index, gateway, library, player, app or embed
    name: Option<String>,
    #[command(flatten)]
    scale: library::Scale,
    #[command(flatten)]
    rounds: player::Rounds,
    #[command(flatten)]
    rooms: app::Crowd,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    match options.name.as_deref() {
        None => {
            read::run(workspace)?;
            index::run(workspace)?;
            gateway::run(workspace)?;
            library::run(workspace, &options.scale)?;
            player::run(workspace, &options.rounds)?;
            app::run(workspace, &options.rooms, options.rounds.rounds)?;
            embed::run(workspace, options.rounds.rounds)
        }
        Some("read") => read::run(workspace),
        Some("index") => index::run(workspace),
        Some("gateway") => gateway::run(workspace),
        Some("library") => library::run(workspace, &options.scale),
        Some("player") => player::run(workspace, &options.rounds),
        Some("app") => app::run(workspace, &options.rooms, options.rounds.rounds),
        Some("embed") => embed::run(workspace, options.rounds.rounds),
        Some(name) => {
            bail!(
                "there is no benchmark \"{name}\"; there are: read, index, gateway, library, player, app, embed"
            )
        }
    }
}

fn save(workspace: &Workspace, name: &str, report: &Value) -> Result<()> {
    let folder = workspace.target.join("bench");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("{name}.json")), serde_json::to_string_pretty(report)?)?;
    Ok(())
}
