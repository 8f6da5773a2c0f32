//! The commands of this repository: `cargo xtask build|demo|test|lint|package|size|bench`.
//!
//! This file is the command line and nothing else. Each command is one module, each does its own set-up,
//! and each says on stderr what it does and how long that took. Errors end with what to do next.

mod api;
mod bench;
mod browser;
mod cache;
mod claims;
mod demo;
mod dist;
mod fixtures;
mod glue;
mod html;
mod languages;
mod linked;
mod lint;
mod npm;
mod package;
mod parts;
mod process;
mod shell;
mod size;
mod test;
mod unseen;
mod wasm;
mod wasm_opt;
mod workspace;

use std::{ffi::OsString, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "The commands of this repository",
    version
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the app, the element and the embed examples into target/dist
    Build {
        /// Only for these kinds of server, with commas between
        #[arg(long, value_delimiter = ',', value_parser = workspace::PROVIDERS)]
        providers: Option<Vec<String>>,
    },
    /// Build, then run the sample server with sample recordings
    Demo(demo::Options),
    /// Run every test: native, in the browser, end to end
    Test(test::Options),
    /// Check formatting, lints for host and wasm, and the npm package's manifest
    Lint,
    /// Make the npm tarball in target/npm, or with --app the app for any web server in target/app
    Package(package::Options),
    /// Build pages that use the packed element, one for each framework, and test them in a browser
    Fixtures,
    /// Show what a visitor downloads against the budgets; fails when over
    Size(size::Options),
    /// Run the benchmarks
    Bench(bench::Options),
    /// Not a command for people: cargo starts it to run one wasm test binary in a browser
    #[command(name = test::RUNNER_COMMAND, hide = true)]
    RunWasmTest {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Not a command for people: `demo` starts it to open the browser once the server answers
    #[command(name = demo::OPENER_COMMAND, hide = true)]
    OpenBrowser { port: u16 },
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            let message = error.to_string();
            let reason = message.lines().find(|line| line.starts_with("error: "));
            match reason {
                Some(reason) => {
                    eprintln!("{reason}; `cargo xtask help` lists commands and options")
                }
                None => eprintln!("{message}"),
            }
            return ExitCode::from(2);
        }
        Err(help) => help.exit(),
    };
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let workspace = Workspace::locate()?;
    match command {
        Command::Build { providers } => {
            dist::build(&Workspace { providers, ..workspace }).map(drop)
        }
        Command::Demo(options) => demo::run(&workspace, &options),
        Command::Test(options) => test::run(&workspace, &options),
        Command::Lint => lint::run(&workspace),
        Command::Package(options) => package::run(&workspace, &options),
        Command::Fixtures => test::run_fixtures(&workspace),
        Command::Size(options) => size::run(&workspace, &options),
        Command::Bench(options) => bench::run(&workspace, &options),
        Command::RunWasmTest { arguments } => test::run_wasm_test(arguments),
        Command::OpenBrowser { port } => demo::open_browser_when_ready(port),
    }
}
