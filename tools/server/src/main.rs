//! The command: reads its options, starts the server, says where it is, and stops on Ctrl+C.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
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
    /// Which OpenVidu Meet to be: b is 3.0.0-beta3, 3.4 is 3.4.0
    #[arg(long, default_value = "b")]
    dialect: DialectName,
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

#[derive(Clone, Copy, ValueEnum)]
enum DialectName {
    B,
    #[value(name = "3.4")]
    V34,
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
        dialect: match options.dialect {
            DialectName::B => Dialect::B,
            DialectName::V34 => Dialect::V34,
        },
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
