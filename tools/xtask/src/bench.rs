//! `cargo xtask bench`: the benchmarks, each against its budget, as a table and as `target/bench/*.json`.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{
    process::{cargo, run as run_to_end, step},
    workspace::Workspace,
};

/// Reading a page of 100 recordings natively, in ms.
const READ_BUDGET: f64 = 2.0;
/// As `benches/read_page.rs` calls its group, in the folder that criterion makes of it.
const READ_GROUP: &str = "read a page of 100";

pub fn run(workspace: &Workspace, name: Option<&str>) -> Result<()> {
    match name {
        None | Some("read") => read(workspace),
        Some(name) => bail!("there is no benchmark \"{name}\"; there is: read"),
    }
}

fn read(workspace: &Workspace) -> Result<()> {
    step("measure reading a page", || {
        run_to_end(cargo(workspace).args(["bench", "--bench", "read_page"]))
    })?;
    let group = workspace.target.join("criterion").join(READ_GROUP);
    let mut rows = Vec::new();
    for entry in fs::read_dir(&group).with_context(|| format!("no {}", group.display()))? {
        let file = entry?.path().join("new/estimates.json");
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let estimates: Value = serde_json::from_str(&text)?;
        let nanoseconds = estimates["mean"]["point_estimate"].as_f64().context("no mean")?;
        let dialect = file.iter().rev().nth(2).unwrap_or_default().to_string_lossy().into_owned();
        rows.push((dialect, nanoseconds / 1e6));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    println!("{:<24}{:>10}{:>10}", "read a page of 100", "ms", "budget");
    for (dialect, ms) in &rows {
        let verdict = if *ms > READ_BUDGET { "OVER" } else { "ok" };
        println!("  {dialect:<22}{ms:>10.3}{READ_BUDGET:>10.1}  {verdict}");
    }
    let results: Vec<Value> =
        rows.iter().map(|(dialect, ms)| json!({ "dialect": dialect, "ms": ms })).collect();
    let folder = workspace.target.join("bench");
    fs::create_dir_all(&folder)?;
    let report = json!({ "budget_ms": READ_BUDGET, "results": results });
    fs::write(folder.join("read.json"), serde_json::to_string_pretty(&report)?)?;
    if rows.iter().any(|(_, ms)| *ms > READ_BUDGET) {
        bail!("reading a page is over its budget");
    }
    Ok(())
}
