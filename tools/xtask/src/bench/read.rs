//! Reading a page of 100 recordings natively, in every dialect: `benches/read_page.rs`.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::{criterion, save};
use crate::workspace::Workspace;

/// ms a page.
const BUDGET: f64 = 2.0;

pub fn run(workspace: &Workspace) -> Result<()> {
    let means = criterion::bench(workspace, "measure reading a page", "read_page")?;
    println!("{:<24}{:>10}{:>10}", "read a page of 100", "ms", "budget");
    for it in &means {
        let verdict = if it.ms > BUDGET { "OVER" } else { "ok" };
        println!("  {:<22}{:>10.3}{BUDGET:>10.1}  {verdict}", it.name, it.ms);
    }
    let results: Vec<Value> =
        means.iter().map(|it| json!({ "dialect": it.name, "ms": it.ms })).collect();
    save(workspace, "read", &json!({ "budget_ms": BUDGET, "results": results }))?;
    if means.iter().any(|it| it.ms > BUDGET) {
        bail!("reading a page is over its budget");
    }
    Ok(())
}
