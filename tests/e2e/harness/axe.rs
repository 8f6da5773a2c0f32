//! axe-core, which finds what is wrong for assistive technology: fetched once by npm into the target folder.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use super::page::Page;
use super::scratch;

const VERSION: &str = "4.14.1";

/// All rules that state a fact, with the size of targets, which axe leaves off by itself. Not those that are a matter of
/// the whole page around the element.
const CHECK: &str = r"
const done = arguments[arguments.length - 1];
const options = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};
axe.run(document, options).then(
  ({ violations }) => done(violations.map((it) => `${it.id}: ${it.help}\n` + it.nodes.slice(0, 4).map((node) =>
    `  ${node.target.flat().join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`).join('\n'))),
  (error) => done([String(error)]),
);
";

fn source() -> String {
    let folder = scratch().join("axe");
    let file = folder.join(format!("node_modules/axe-core-{VERSION}/axe.min.js"));
    fs::read_to_string(&file).unwrap_or_else(|_| {
        fetch(&folder);
        fs::read_to_string(&file).unwrap()
    })
}

/// Under a name with its version, so that another version is fetched anew.
fn fetch(folder: &PathBuf) {
    fs::create_dir_all(folder).unwrap();
    let package = format!("axe-core-{VERSION}@npm:axe-core@{VERSION}");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let done = Command::new(npm)
        .args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(folder)
        .arg(package)
        .output();
    let done =
        done.unwrap_or_else(|why| panic!("npm, which fetches axe-core, does not start: {why}"));
    assert!(done.status.success(), "npm: {}", String::from_utf8_lossy(&done.stderr));
}

impl Page {
    /// What axe finds wrong with the page as it is, in words; empty when nothing is.
    pub async fn violations(&self) -> Vec<String> {
        let is_there = self.run("return typeof window.axe === 'object'", vec![]).await;
        if is_there != json!(true) {
            self.run(&source(), vec![]).await;
        }
        let found: Value = self.run_async(CHECK, vec![]).await;
        serde_json::from_value(found).unwrap()
    }
}
