//! The browsers that tests run in: found, or installed where that can be done without asking.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::{
    process::{cargo, find, run, step},
    workspace::Workspace,
};

const GECKODRIVER_VERSION: &str = "0.36.0";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The WebDriver server's program.
    fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::Webkit => "WebKitWebDriver",
        }
    }

    /// What else has to be there; of each list one is enough.
    fn programs(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Chromium => &[&["chromium", "chromium-browser", "google-chrome"]],
            Self::Firefox => &[&["firefox", "firefox-esr"]],
            // WebKitGTK has no headless mode: it needs a display and a session bus of its own.
            Self::Webkit => &[&["xvfb-run"], &["dbus-run-session"]],
        }
    }

    /// The same as Debian's packages.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::Webkit => &[
                "webkit2gtk-driver",
                "gstreamer1.0-plugins-good",
                "gstreamer1.0-libav", // H.264 and AAC
                "xvfb",
                "xauth",
                "dbus-daemon",
            ],
        }
    }
}

/// The path of the engine's driver, with everything that it needs installed.
pub fn provide(workspace: &Workspace, engine: Engine) -> Result<PathBuf> {
    if engine == Engine::Firefox && find(workspace, engine.driver()).is_none() {
        step("install geckodriver with cargo", || install_geckodriver(workspace))?;
    }
    if !missing_programs(workspace, engine).is_empty() && apt_is_ours() {
        step(&format!("install {} with apt-get", engine.name()), || {
            apt_install(engine.packages())
        })?;
    }
    let missing = missing_programs(workspace, engine);
    if !missing.is_empty() {
        bail!(
            "tests in {} need {} on the PATH; on Debian or Ubuntu: apt-get install {}",
            engine.name(),
            missing.join(" and "),
            engine.packages().join(" ")
        );
    }
    find(workspace, engine.driver()).context("the driver was there a moment ago")
}

fn missing_programs(workspace: &Workspace, engine: Engine) -> Vec<&'static str> {
    let driver: &[&str] = &[engine.driver()];
    std::iter::once(&driver)
        .chain(engine.programs())
        .filter(|names| names.iter().all(|name| find(workspace, name).is_none()))
        .filter_map(|names| names.first().copied())
        .collect()
}

/// Debian or Ubuntu, as root: only there is installing a package ours to do.
fn apt_is_ours() -> bool {
    let id = Command::new("id").arg("-u").output();
    let is_root = id.is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    is_root && Command::new("apt-get").arg("--version").output().is_ok()
}

fn apt_install(packages: &[&str]) -> Result<()> {
    run(Command::new("apt-get").args(["--quiet", "update"]))?;
    run(Command::new("apt-get")
        .args(["--quiet", "install", "--yes", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Debian has no package of it, and its crate is what Mozilla releases.
fn install_geckodriver(workspace: &Workspace) -> Result<()> {
    run(cargo(workspace)
        .args(["install", "--locked", "geckodriver", "--version", GECKODRIVER_VERSION, "--root"])
        .arg(workspace.tools()))
}
