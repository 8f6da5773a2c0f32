//! `cargo xtask test`: natively, then components in a browser, then end to end.

use std::{
    env,
    ffi::OsString,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{
    browser::{self, Engine},
    dist, fixtures,
    process::{cargo, cargo_wasm, command_line, step},
    workspace::Workspace,
};

pub const RUNNER_COMMAND: &str = "run-wasm-test";

/// The summary line of every Rust test binary, natively and in the browser.
const SUMMARY: &str = "test result:";

/// The module of `tests/e2e` for pages that use the packed element.
const FIXTURES: &str = "fixtures::";

/// So many end-to-end tests may fail beside others of a busy machine and are run again; more have a reason in common.
const FEW: usize = 5;

#[derive(Args)]
pub struct Options {
    /// The browser engine
    #[arg(long, value_enum, default_value_t = Engine::Chromium)]
    engine: Engine,
    /// Only tests whose name contains this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    // Now, because the native tests may put another xtask in this one's place.
    let runner = env::current_exe().context("cannot tell where xtask itself is")?;
    let mut tally = Tally::default();
    let outcome = run_suites(workspace, options, &runner, &mut tally);
    println!("tests: {} passed, {} failed", tally.passed, tally.failed);
    outcome?;
    if let Some(name) = &options.only {
        ensure!(tally.passed > 0, "no test's name contains \"{name}\": check --only");
    }
    Ok(())
}

fn run_suites(
    workspace: &Workspace,
    options: &Options,
    runner: &Path,
    tally: &mut Tally,
) -> Result<()> {
    let only = options.only.as_deref();
    step("native tests", || {
        tally.count(cargo(workspace).args(["test", "--workspace"]).args(only))
    })?;

    let driver = browser::provide(workspace, options.engine)?;
    match component_tests(workspace, options.engine, &driver, runner) {
        Some(mut command) => step("component tests", || tally.count(command.args(only)))?,
        None => {
            eprintln!("[xtask] component tests: skipped, wasm-bindgen's runner knows no WebKitGTK")
        }
    }

    test_end_to_end(workspace, options.engine, only, &driver, tally)
}

/// Builds the pages that use the packed element, and tests them alone.
pub fn run_fixtures(workspace: &Workspace) -> Result<()> {
    let driver = browser::provide(workspace, Engine::Chromium)?;
    let mut tally = Tally::default();
    test_end_to_end(workspace, Engine::Chromium, Some(FIXTURES), &driver, &mut tally)?;
    println!("tests: {} passed, {} failed", tally.passed, tally.failed);
    Ok(())
}

fn test_end_to_end(
    workspace: &Workspace,
    engine: Engine,
    only: Option<&str>,
    driver: &Path,
    tally: &mut Tally,
) -> Result<()> {
    // They take a minute, which one test of something else need not wait for.
    let has_fixtures =
        only.is_none_or(|it| it.starts_with("fixtures")) && fixtures::can_be_built()?;
    let fixtures = has_fixtures.then(|| fixtures::build(workspace)).transpose()?;
    let app = dist::build(workspace)?;
    let command = |threads: usize| {
        let mut command = end_to_end_tests(workspace, engine);
        command.env("MEET_APP", &app).env("MEET_ENGINE", engine.name()).env("MEET_DRIVER", driver);
        command.envs(fixtures.as_ref().map(|it| (fixtures::VARIABLE, it)));
        command.args(["--", &format!("--test-threads={threads}")]);
        command
    };

    let mut all = command(tests_at_once(engine));
    all.args(only);
    if !has_fixtures {
        all.args(["--skip", FIXTURES]);
    }
    let mut first = Tally::default();
    let outcome = step("end-to-end tests", || first.count(&mut all));
    tally.passed += first.passed;
    if outcome.is_ok() || !(1..=FEW).contains(&first.failures.len()) {
        tally.failed += first.failed;
        return outcome;
    }

    let mut again = command(1);
    again.arg("--exact").args(&first.failures);
    step("the end-to-end tests that failed, one at a time", || tally.count(&mut again))?;
    eprintln!("[xtask] passed only when run again, one at a time: {}", first.failures.join(", "));
    Ok(())
}

/// `tests/web`, each test binary handed to this xtask, which has wasm-bindgen's runner in it.
fn component_tests(
    workspace: &Workspace,
    engine: Engine,
    driver: &Path,
    runner: &Path,
) -> Option<Command> {
    let driver_variable = match engine {
        Engine::Chromium => "CHROMEDRIVER",
        Engine::Firefox => "GECKODRIVER",
        Engine::Webkit => return None,
    };
    // A list in TOML, because cargo splits the environment's form at spaces.
    let runner = format!("target.wasm32-unknown-unknown.runner=[{runner:?}, {RUNNER_COMMAND:?}]");
    let mut command = cargo_wasm(workspace, "test");
    command
        .args(["--config", &runner, "--package", "meet-recordings", "--test", "web"])
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", workspace.root.join("tools/xtask/webdriver.json"))
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER")
        .env(driver_variable, driver);
    Some(command)
}

/// End to end. A browser is busy in turns, so two keep two cores busy; windows on one display take each other's focus.
fn tests_at_once(engine: Engine) -> usize {
    match engine {
        Engine::Chromium => 2,
        Engine::Firefox | Engine::Webkit => 1,
    }
}

fn end_to_end_tests(workspace: &Workspace, engine: Engine) -> Command {
    let cargo = cargo(workspace);
    let mut command = match engine {
        Engine::Webkit => {
            let mut session = Command::new("xvfb-run");
            session.current_dir(&workspace.root);
            session.args(["--auto-servernum", "dbus-run-session", "--"]).arg(cargo.get_program());
            session
        }
        Engine::Chromium | Engine::Firefox => cargo,
    };
    command.args(["test", "--package", "e2e", "--test", "e2e"]);
    command
}

/// The hidden command: `arguments` are those that cargo gives a test binary, the binary first.
pub fn run_wasm_test(arguments: Vec<OsString>) -> Result<()> {
    let arguments = std::iter::once(OsString::from(RUNNER_COMMAND)).chain(arguments);
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(arguments)
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    failures: Vec<String>,
}

impl Tally {
    /// Runs tests, passing their output on and adding up their summaries.
    fn count(&mut self, command: &mut Command) -> Result<()> {
        let line = command_line(command);
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{line}`"))?;
        let output = child.stdout.take().context("the tests have no output")?;
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("{line}");
            self.add(&line);
        }
        let status = child.wait()?;
        ensure!(status.success(), "`{line}` ended with {status}");
        Ok(())
    }

    fn add(&mut self, line: &str) {
        let failure = line.strip_prefix("test ").and_then(|it| it.strip_suffix(" ... FAILED"));
        self.failures.extend(failure.map(str::to_owned));
        let Some(summary) = line.trim_start().strip_prefix(SUMMARY) else { return };
        let number_before = |word: &str| {
            let (before, _) = summary.split_once(word)?;
            before.split_whitespace().next_back()?.parse::<usize>().ok()
        };
        self.passed += number_before(" passed").unwrap_or(0);
        self.failed += number_before(" failed").unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn adds_up_the_summaries_of_several_test_binaries() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "    test result: FAILED. 10 passed; 2 failed; 1 ignored; 0 filtered out",
            "3 passed; 3 failed",
            "test a::passes ... ok",
            "test b::fails ... FAILED",
        ] {
            tally.add(line);
        }
        assert_eq!((tally.passed, tally.failed), (13, 2));
        assert_eq!(tally.failures, ["b::fails"]);
    }
}
