//! `cargo xtask bench`: the benchmarks, each against its budget, as a table and as `target/bench/*.json`.

use std::{fs, process::Stdio};

use anyhow::{Context, Result, bail, ensure};
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
        None => read(workspace).and_then(|()| gateway(workspace)),
        Some("read") => read(workspace),
        Some("gateway") => gateway(workspace),
        Some(name) => bail!("there is no benchmark \"{name}\"; there are: read, gateway"),
    }
}

/// Media through the gateway against the same through nginx, which must be installed, and the memory
/// of fifty streams at once.
fn gateway(workspace: &Workspace) -> Result<()> {
    let test = ["test", "--release", "--package", "meet-recordings-server", "--test", "gateway"];
    let options = ["load", "--", "--ignored", "--nocapture", "--test-threads", "1"];
    let output = step("measure the gateway", || {
        let output = cargo(workspace).args(test).args(options).stderr(Stdio::inherit()).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        print!("{text}");
        ensure!(output.status.success(), "the gateway is over its budget, or nginx is missing");
        Ok(text)
    })?;
    let figures: Vec<&str> = output
        .lines()
        .filter(|line| line.contains("MB") || line.starts_with("gateway / nginx"))
        .collect();
    save(workspace, "gateway", &json!({ "figures": figures }))
}

fn save(workspace: &Workspace, name: &str, report: &Value) -> Result<()> {
    let folder = workspace.target.join("bench");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("{name}.json")), serde_json::to_string_pretty(report)?)?;
    Ok(())
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
    save(workspace, "read", &json!({ "budget_ms": READ_BUDGET, "results": results }))?;
    if rows.iter().any(|(_, ms)| *ms > READ_BUDGET) {
        bail!("reading a page is over its budget");
    }
    Ok(())
}
