//! The command: reads its options, starts the server, says where it is, and stops on Ctrl+C.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use meet_recordings_server::{Config, Dialect, Server};

/// A meeting server with sample recordings: sign in as admin, password admin.
#[derive(Parser)]
#[command(name = "meet-recordings-server", version)]
struct Options {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 7080)]
    port: u16,
    /// `localhost` or an IP address to listen on
    #[arg(long, default_value = "localhost", value_parser = parse_host)]
    host: IpAddr,
    /// Which server to be: a version of OpenVidu Meet (a, b, 3.4 … 3.9), plugnmeet, whereby or superviz
    #[arg(long, default_value = "b", value_parser = parse_dialect)]
    dialect: Dialect,
    /// Recordings to add to the 64 of the sample
    #[arg(long, default_value_t = 0)]
    recordings: usize,
    /// Directory of the built app
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    /// Serve /test-hooks/, with which anybody can spoil this server's answers
    #[arg(long)]
    test_hooks: bool,
}

fn parse_dialect(name: &str) -> Result<Dialect, String> {
    Dialect::named(name).ok_or_else(|| {
        let names = Dialect::ALL.map(|(_, name)| name).join(", ");
        format!("expected one of {names}")
    })
}

fn parse_host(host: &str) -> Result<IpAddr, String> {
    match host {
        "localhost" => Ok(Ipv4Addr::LOCALHOST.into()),
        host => host.parse().map_err(|_| "expected `localhost` or an IP address".to_owned()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(error) if error.use_stderr() => return fail(&in_one_line(&error.to_string())),
        // What --help and --version ask for.
        Err(text) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
    };
    let config = Config {
        dialect: options.dialect,
        recordings: options.recordings,
        app: options.app,
        test_hooks: options.test_hooks,
        ..Config::default()
    };
    let addr = SocketAddr::new(options.host, options.port);
    let server = match Server::start(config, addr).await {
        Ok(server) => server,
        Err(error) => return fail(&error.to_string()),
    };
    println!("ready: {}", server.url());
    // Without a handler for Ctrl+C the signal ends the process by itself.
    if tokio::signal::ctrl_c().await.is_ok() {
        server.stop().await;
    }
    ExitCode::SUCCESS
}

fn fail(message: &str) -> ExitCode {
    eprintln!("meet-recordings-server: {message}");
    ExitCode::from(2)
}

/// What clap says of wrong options, on one line that ends in how to get help.
fn in_one_line(report: &str) -> String {
    let lines = report.lines().map(str::trim);
    let facts = lines.filter(|line| {
        !line.is_empty() && !line.starts_with("Usage:") && !line.starts_with("For more information")
    });
    let facts = facts.collect::<Vec<_>>().join(" ");
    format!("{} (see --help)", facts.trim_start_matches("error: "))
}
