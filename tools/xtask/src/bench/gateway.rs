//! Media through the gateway against the same through nginx, which must be installed, and the memory of fifty streams
//! at once.

use std::process::Stdio;

use anyhow::{Result, ensure};
use serde_json::json;

use super::save;
use crate::{
    process::{cargo, step},
    workspace::Workspace,
};

pub fn run(workspace: &Workspace) -> Result<()> {
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
