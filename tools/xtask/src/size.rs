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
        bills.iter().filter(|bill| bill.is_over()).map(|bill| &*bill.name).collect();
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
        // Those that are rarer than OpenVidu Meet come as a part.
        let carriers = bills.into_iter().filter(|it| [ELEMENT, SERVERS].contains(&&*it.name));
        let files = carriers.flat_map(|bill| bill.files).collect();
        Ok::<_, anyhow::Error>(Bill { name: String::new(), files, budget: 0 }.total())
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
    let _ = writeln!(text, "{}", columns("element and all servers", &whole));
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
    name: String,
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
            name: self.name.clone(),
            raw: sum(|file| file.raw),
            gzip: sum(|file| file.gzip),
            brotli: sum(|file| file.brotli),
        }
    }

    fn is_over(&self) -> bool {
        self.total().brotli > self.budget
    }
}

/// The bills of what every visitor downloads, before they do anything.
const APP: &str = "app's first view";
const ELEMENT: &str = "element's first view";
const SERVERS: &str = "meet_recordings-servers";

/// Of the parts that come when they are needed: what each weighs and a twentieth, bytes of brotli. What grows
/// without a reason is mostly a call that leads around a seam.
const PARTS: [(&str, u64); 22] = [
    ("admin-background", 15_800),
    ("admin-more", 59_400),
    ("admin-play", 68_200),
    ("admin-rooms", 108_900),
    ("admin-servers", 10_600),
    ("admin-shared-background", 2_400),
    ("admin-shared-more", 15_800),
    ("admin-shared-play", 1_000),
    ("admin-shared-servers", 3_700),
    ("admin-shared-sign_in", 4_200),
    ("admin-sign_in", 4_600),
    ("meet_recordings-background", 16_000),
    ("meet_recordings-more", 53_900),
    ("meet_recordings-play", 69_000),
    ("meet_recordings-rooms", 122_200),
    ("meet_recordings-servers", 10_700),
    ("meet_recordings-shared-background", 2_400),
    ("meet_recordings-shared-more", 16_200),
    ("meet_recordings-shared-play", 1_000),
    ("meet_recordings-shared-servers", 3_700),
    ("meet_recordings-shared-sign_in", 5_400),
    ("meet_recordings-sign_in", 4_100),
];

fn bills(dist: &Path) -> Result<Vec<Bill>> {
    let shell = "element/meet-recordings.js";
    let element = [shell, "element/meet_recordings.js", "element/meet_recordings_bg.wasm"];
    let mut app = vec!["index.html".to_owned()];
    let mut parts = Vec::new();
    for folder in ["assets", "element"] {
        let files = dist::files_below(&dist.join(folder))?.into_iter();
        let files = files.filter_map(|it| Some(it.file_name()?.to_str()?.to_owned()));
        for file in files.filter(|it| !it.ends_with(".br") && !it.ends_with(".gz")) {
            let path = format!("{folder}/{file}");
            match part_in(&file) {
                Some(part) => parts.push((part.to_owned(), path)),
                None if folder == "assets" => app.push(path),
                None => {}
            }
        }
    }
    app.sort_unstable_by_key(|name| name != "index.html");
    parts.sort_unstable();
    let bill = |name: &str, files: &[&str], budget| {
        Ok::<_, anyhow::Error>(Bill { name: name.to_owned(), files: weigh(dist, files)?, budget })
    };
    let app: Vec<&str> = app.iter().map(String::as_str).collect();
    let mut bills = vec![
        bill(APP, &app, 220_000)?,
        bill("element's shell", &[shell], 6_000)?,
        bill(ELEMENT, &element, 130_000)?,
    ];
    for (part, file) in &parts {
        let budget = PARTS.iter().find(|(name, _)| name == part);
        bills.push(bill(part, &[file], budget.map_or(0, |(_, budget)| *budget))?);
    }
    Ok(bills)
}

/// "admin-play" of "admin-play-0123456789abcdef.wasm"; `None` for what is no part's file.
fn part_in(file: &str) -> Option<&str> {
    let (name, _) = file.strip_suffix(".wasm")?.rsplit_once('-')?;
    name.contains('-').then_some(name)
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
        let _ = writeln!(text, "{}{budget:>10}  {verdict}", columns(&bill.name, &bill.total()));
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
        Bill { name: "app".to_owned(), files: vec![file("a.js"), file("b.css")], budget: 2_000 }
    }

    #[test]
    fn a_budget_is_for_the_sum_and_may_be_met_exactly() {
        assert!(!bill(1_000).is_over());
        assert!(bill(1_001).is_over());
    }

    #[test]
    fn parts_are_told_from_main_modules() {
        assert_eq!(part_in("admin-more-play-0123456789abcdef.wasm"), Some("admin-more-play"));
        assert_eq!(
            part_in("meet_recordings-play-0123456789abcdef.wasm"),
            Some("meet_recordings-play")
        );
        for other in ["admin-0123456789abcdef.wasm", "meet_recordings_bg.wasm", "admin-play-01.js"]
        {
            assert_eq!(part_in(other), None, "{other}");
        }
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
