//! Runs one of criterion's benches and reads what it found.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    dist::files_below,
    process::{cargo, run as run_to_end, step},
    workspace::Workspace,
};

/// Of one benchmark.
pub struct Mean {
    pub group: String,
    pub name: String,
    pub ms: f64,
}

/// Runs the bench of this file in `benches/`. By group and name.
pub fn bench(workspace: &Workspace, what: &str, file: &str) -> Result<Vec<Mean>> {
    // A folder of its own, emptied: what other benches and earlier runs found is not this run's.
    let home = workspace.target.join("bench").join(file);
    let _ = fs::remove_dir_all(&home);
    step(what, || {
        run_to_end(cargo(workspace).args(["bench", "--bench", file]).env("CRITERION_HOME", &home))
    })?;
    let mut means = Vec::new();
    for path in files_below(&home)? {
        if path.ends_with("new/estimates.json") {
            let (found, ids) = (read(&path)?, read(&path.with_file_name("benchmark.json"))?);
            let text = |name: &str| ids[name].as_str().unwrap_or_default().to_owned();
            let nanoseconds = found["mean"]["point_estimate"].as_f64().context("no mean")?;
            let [group, name] = ["group_id", "function_id"].map(text);
            means.push(Mean { group, name, ms: nanoseconds / 1e6 });
        }
    }
    means.sort_by(|a, b| (&a.group, &a.name).cmp(&(&b.group, &b.name)));
    Ok(means)
}

fn read(file: &Path) -> Result<Value> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}
