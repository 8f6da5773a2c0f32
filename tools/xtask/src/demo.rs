//! `cargo xtask demo`: the app on the sample server, with sample recordings.

use std::{
    env,
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use clap::{Args, builder::PossibleValuesParser};

use crate::{
    dist,
    process::{cargo, run as run_to_end, step},
    workspace::Workspace,
};

const SERVER: &str = "meet-recordings-server";

/// As the server knows them.
const DIALECTS: [&str; 11] =
    ["a", "b", "3.4", "3.4.1", "3.5", "3.7", "3.8", "3.9", "plugnmeet", "whereby", "superviz"];
/// Their secrets must not be in a browser.
const BEHIND_GATEWAY: [&str; 3] = ["plugnmeet", "whereby", "superviz"];

/// Where the embed examples are looked at, some of which ask the server under another of its names.
const EXAMPLE_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "app.example.localhost"];

pub const OPENER_COMMAND: &str = "open-browser";

/// The server starts in well under a second; this is for a machine that is busy.
const SERVER_START_LIMIT: Duration = Duration::from_secs(30);

#[derive(Args)]
pub struct Options {
    /// Where the server listens, on this machine only
    #[arg(long, default_value_t = 7080, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// Do not open the browser
    #[arg(long)]
    no_open: bool,
    /// This many recordings more than the 64 samples
    #[arg(long, default_value_t = 0)]
    recordings: u32,
    /// Which server to be: a version of OpenVidu Meet, or another vendor's behind the gateway
    #[arg(long, value_parser = PossibleValuesParser::new(DIALECTS), default_value = "b")]
    dialect: String,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    // First of all: a build that ends in "address in use" wastes minutes.
    TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).map(drop).with_context(|| {
        format!(
            "port {} is taken: stop what listens there, or choose another by --port",
            options.port
        )
    })?;
    let app = dist::build(workspace)?;
    step("compile the sample server", || {
        run_to_end(cargo(workspace).args(["build", "--release", "--package", SERVER]))
    })?;

    let program = workspace.target.join("release").join(SERVER);
    let mut server = Command::new(program.with_extension(env::consts::EXE_EXTENSION));
    server
        .args(["--port", &options.port.to_string()])
        .args(["--dialect", &options.dialect])
        .args(["--recordings", &options.recordings.to_string()])
        .arg("--app")
        .arg(app);
    for host in EXAMPLE_HOSTS {
        server.args(["--cors-origin", &format!("http://{host}:{}", options.port)]);
    }
    if BEHIND_GATEWAY.contains(&options.dialect.as_str()) {
        server.arg("--gateway");
    }
    eprintln!("[xtask] user admin, password admin; embed examples at /embed/; Ctrl-C stops it");
    if !options.no_open {
        start_browser_opener(options.port);
    }
    become_server(server)
}

/// On Unix this process turns into the server: signals reach it, and nothing is left behind when it is killed.
#[cfg(unix)]
fn become_server(mut server: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(server.exec()).context("cannot start the sample server")
}

#[cfg(not(unix))]
fn become_server(mut server: Command) -> Result<()> {
    run_to_end(&mut server)
}

/// A demo without its browser is still a demo, so failing here is not an error.
fn start_browser_opener(port: u16) {
    let opener = env::current_exe()
        .and_then(|xtask| Command::new(xtask).args([OPENER_COMMAND, &port.to_string()]).spawn());
    if let Err(error) = opener {
        eprintln!("[xtask] open http://localhost:{port} in a browser ({error})");
    }
}

/// Waits until the server accepts connections, then opens its page.
pub fn open_browser_when_ready(port: u16) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect(("localhost", port)).is_err() {
        if start.elapsed() > SERVER_START_LIMIT {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    let url = format!("http://localhost:{port}");
    let program = match env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let opened = Command::new(program).arg(&url).status();
    if !opened.is_ok_and(|status| status.success()) {
        eprintln!("[xtask] open {url} in a browser");
    }
    Ok(())
}
