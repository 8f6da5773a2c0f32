//! `cargo xtask size`: what a visitor downloads, against what we allow ourselves.

use std::{fmt::Write, fs, path::Path};

use anyhow::{Result, bail};
use clap::Args;

use crate::{
    dist,
    process::{find, run as run_to_end},
    workspace::{PROVIDERS, Workspace},
};

/// Bytes in a kB: what browsers' network panels and hosts' bills count in.
const KILO: f64 = 1000.0;

#[derive(Args)]
pub struct Options {
    /// Show the twenty functions that weigh most in each module, also when nothing is over
    #[arg(long)]
    top: bool,
    /// Show what each provider adds to the element; takes a build for each
    #[arg(long)]
    providers: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if options.providers {
        return show_providers(workspace);
    }
    let dist = dist::build(workspace)?;
    let bills = bills(&dist)?;
    print!("{}", table(&bills));
    let over: Vec<&str> =
        bills.iter().filter(|bill| bill.is_over()).map(|bill| bill.name).collect();
    if options.top || !over.is_empty() {
        show_heaviest(workspace)?;
    }
    if !over.is_empty() {
        bail!("over budget: {}", over.join(", "));
    }
    Ok(())
}

/// What the element weighs less without each of them.
fn show_providers(workspace: &Workspace) -> Result<()> {
    let element = |providers: Option<Vec<String>>| {
        let workspace = Workspace { providers, ..workspace.clone() };
        let bills = bills(&dist::build(&workspace)?)?;
        Ok::<_, anyhow::Error>(bills.last().map(Bill::total).unwrap_or_default())
    };
    let mut text = format!("{:<40}{:>10}{:>10}{:>10}\n", "kB", "raw", "gzip", "brotli");
    let mut differences = Vec::new();
    for provider in PROVIDERS {
        let others = PROVIDERS.into_iter().filter(|it| *it != provider).map(str::to_owned);
        differences.push((provider, element(Some(others.collect()))?));
    }
    // The last build stays: that of all.
    let whole = element(None)?;
    for (provider, without) in differences {
        let adds = Weight {
            name: String::new(),
            raw: whole.raw.saturating_sub(without.raw),
            gzip: whole.gzip.saturating_sub(without.gzip),
            brotli: whole.brotli.saturating_sub(without.brotli),
        };
        let _ = writeln!(text, "{}", columns(&format!("  {provider} adds"), &adds));
    }
    let _ = writeln!(text, "{}", columns("element with all", &whole));
    print!("{text}");
    Ok(())
}

/// The table alone, for a command that has built already and has something else to do.
pub fn print_table(dist: &Path) -> Result<()> {
    print!("{}", table(&bills(dist)?));
    Ok(())
}

/// Files that come together, and what they may weigh.
struct Bill {
    name: &'static str,
    files: Vec<Weight>,
    /// Bytes of brotli.
    budget: u64,
}

#[derive(Clone, Default)]
struct Weight {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Bill {
    fn total(&self) -> Weight {
        let sum = |of: fn(&Weight) -> u64| self.files.iter().map(of).sum();
        Weight {
            name: self.name.to_owned(),
            raw: sum(|file| file.raw),
            gzip: sum(|file| file.gzip),
            brotli: sum(|file| file.brotli),
        }
    }

    fn is_over(&self) -> bool {
        self.total().brotli > self.budget
    }
}

fn bills(dist: &Path) -> Result<Vec<Bill>> {
    let mut app = vec!["index.html".to_owned()];
    for file in dist::files_below(&dist.join("assets"))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".br") && !name.ends_with(".gz") {
            app.push(format!("assets/{name}"));
        }
    }
    app.sort_unstable_by_key(|name| name != "index.html");
    let shell = "element/meet-recordings.js";
    let element = [shell, "element/meet_recordings.js", "element/meet_recordings_bg.wasm"];
    Ok(vec![
        Bill { name: "app", files: weigh(dist, &app)?, budget: 220_000 },
        Bill { name: "element's shell", files: weigh(dist, &[shell])?, budget: 6_000 },
        Bill { name: "element", files: weigh(dist, &element)?, budget: 180_000 },
    ])
}

fn weigh(dist: &Path, names: &[impl AsRef<str>]) -> Result<Vec<Weight>> {
    let weigh_one = |name: &str| {
        let raw = fs::metadata(dist.join(name))?.len();
        // A file that does not get smaller is sent as it is.
        let packed = |suffix: &str| {
            fs::metadata(dist.join(format!("{name}.{suffix}"))).map_or(raw, |file| file.len())
        };
        Ok(Weight { name: name.to_owned(), raw, gzip: packed("gz"), brotli: packed("br") })
    };
    names.iter().map(|name| weigh_one(name.as_ref())).collect()
}

fn table(bills: &[Bill]) -> String {
    let mut text =
        format!("{:<40}{:>10}{:>10}{:>10}{:>10}\n", "kB", "raw", "gzip", "brotli", "budget");
    for bill in bills {
        if bill.files.len() > 1 {
            for file in &bill.files {
                let _ = writeln!(text, "{}", columns(&format!("  {}", file.name), file));
            }
        }
        let verdict = if bill.is_over() { "OVER" } else { "ok" };
        let budget = kilobytes(bill.budget);
        let _ = writeln!(text, "{}{budget:>10}  {verdict}", columns(bill.name, &bill.total()));
    }
    text
}

fn columns(name: &str, weight: &Weight) -> String {
    let [raw, gzip, brotli] = [weight.raw, weight.gzip, weight.brotli].map(kilobytes);
    format!("{name:<40}{raw:>10}{gzip:>10}{brotli:>10}")
}

fn kilobytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / KILO)
}

/// Before `wasm-opt` took the names away, so the bytes are those of its input.
fn show_heaviest(workspace: &Workspace) -> Result<()> {
    let Some(twiggy) = find(workspace, "twiggy") else {
        let tools = workspace.tools();
        println!(
            "for the heaviest functions: cargo install twiggy --locked --root {}",
            tools.display()
        );
        return Ok(());
    };
    for name in ["admin", "meet_recordings"] {
        println!("\nheaviest in {name}, before wasm-opt:");
        let module = workspace.target.join("bindgen").join(name).join(format!("{name}_bg.wasm"));
        run_to_end(std::process::Command::new(&twiggy).args(["top", "-n", "20"]).arg(module))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bill(brotli: u64) -> Bill {
        let file = |name: &str| Weight { name: name.to_owned(), raw: 4_000, gzip: 1_500, brotli };
        Bill { name: "app", files: vec![file("a.js"), file("b.css")], budget: 2_000 }
    }

    #[test]
    fn a_budget_is_for_the_sum_and_may_be_met_exactly() {
        assert!(!bill(1_000).is_over());
        assert!(bill(1_001).is_over());
    }

    #[test]
    fn the_table_shows_each_file_the_sum_and_the_verdict() {
        let text = table(&[bill(1_001)]);
        let lines: Vec<Vec<&str>> =
            text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["a.js", "4.0", "1.5", "1.0"]);
        assert_eq!(lines[3], ["app", "8.0", "3.0", "2.0", "2.0", "OVER"]);
    }
}
