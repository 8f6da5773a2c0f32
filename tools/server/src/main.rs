//! The command: reads its options, starts the sample server, the gateway or the relay, says where it is, and stops on Ctrl+C.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use meet_recordings_server::{
    Config, Dialect, Gateway, GatewayConfig, Relay, RelayConfig, Server, StartError, hash_password,
};

/// A meeting server with sample recordings: sign in as admin, password admin.
#[derive(Parser)]
#[command(name = "meet-recordings-server", version, args_conflicts_with_subcommands = true)]
struct Options {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    sample: Sample,
}

#[derive(Subcommand)]
enum Command {
    /// Stand between browsers and meeting servers whose secrets a browser must not have
    Gateway {
        /// The configuration, in TOML
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// Only tell whether the configuration is right
        #[arg(long)]
        check: bool,
    },
    /// Serve the packaged app, and relay what it asks of the API to a meeting server elsewhere
    App(Front),
    /// Read a password from stdin and print what the gateway's configuration has instead of it
    HashPassword,
}

#[derive(Args)]
struct Sample {
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
    /// Rooms to add to those of the sample; only of OpenVidu Meet
    #[arg(long, default_value_t = 0)]
    rooms: usize,
    /// Directory of the built app
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    /// Origin whose pages may ask with cookies; may be given several times. Without one the answer is `*`, as the real
    /// server's
    #[arg(long, value_name = "ORIGIN")]
    cors_origin: Vec<String>,
    /// Serve /test-hooks/, with which anybody can spoil this server's answers
    #[arg(long)]
    test_hooks: bool,
    /// Put a gateway in front, which then has the port and the app
    #[arg(long)]
    gateway: bool,
}

#[derive(Args)]
struct Front {
    /// The meeting server, such as https://meet.example.com
    #[arg(long, value_name = "URL")]
    upstream: String,
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 7080)]
    port: u16,
    /// `localhost` or an IP address to listen on
    #[arg(long, default_value = "localhost", value_parser = parse_host)]
    host: IpAddr,
    /// Directory of the packaged app
    #[arg(long, value_name = "DIR", default_value = "target/app")]
    app: PathBuf,
    /// Where on its host the app is to be
    #[arg(long, value_name = "PATH", default_value = "/")]
    base_path: String,
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
    let done = match options.command {
        None if options.sample.gateway => serve_behind_gateway(options.sample).await,
        None => serve_sample(options.sample).await,
        Some(Command::Gateway { config, check }) => serve_gateway(&config, check).await,
        Some(Command::App(options)) => serve_app(options).await,
        Some(Command::HashPassword) => print_hash(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

async fn serve_sample(options: Sample) -> Result<(), String> {
    let addr = SocketAddr::new(options.host, options.port);
    let server = start_sample(&options, options.app.clone(), addr).await.map_err(text)?;
    println!("ready: {}", server.url());
    if is_interrupted().await {
        server.stop().await;
    }
    Ok(())
}

async fn serve_behind_gateway(options: Sample) -> Result<(), String> {
    let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let server = start_sample(&options, None, anywhere).await.map_err(text)?;
    let addr = SocketAddr::new(options.host, options.port);
    let gateway = Gateway::in_front_of(&server, options.app, addr).await.map_err(text)?;
    println!("ready: {}", gateway.url());
    if is_interrupted().await {
        gateway.stop().await;
        server.stop().await;
    }
    Ok(())
}

async fn start_sample(
    options: &Sample,
    app: Option<PathBuf>,
    addr: SocketAddr,
) -> Result<Server, StartError> {
    let config = Config {
        dialect: options.dialect,
        recordings: options.recordings,
        rooms: options.rooms,
        app,
        test_hooks: options.test_hooks,
        cors_origins: options.cors_origin.clone(),
        ..Config::default()
    };
    Server::start(config, addr).await
}

async fn serve_gateway(file: &Path, only_check: bool) -> Result<(), String> {
    let config = GatewayConfig::read(file).map_err(text)?;
    if only_check {
        println!("{}: nothing is wrong with it", file.display());
        return Ok(());
    }
    let addr = config.listen();
    let gateway = Gateway::start(config, addr).await.map_err(text)?;
    println!("ready: {}", gateway.url());
    if is_interrupted().await {
        gateway.stop().await;
    }
    Ok(())
}

async fn serve_app(options: Front) -> Result<(), String> {
    let config = RelayConfig::new(&options.upstream, options.app, &options.base_path);
    let addr = SocketAddr::new(options.host, options.port);
    let relay = Relay::start(config.map_err(text)?, addr).await.map_err(text)?;
    println!("ready: {}", relay.url());
    if is_interrupted().await {
        relay.stop().await;
    }
    Ok(())
}

fn print_hash() -> Result<(), String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(text)?;
    match line.trim_end_matches(['\r', '\n']) {
        "" => Err("expected a password on stdin".to_owned()),
        password => {
            println!("{}", hash_password(password)?);
            Ok(())
        }
    }
}

/// Waits for Ctrl+C. Without a handler for it, the signal ends the process by itself.
async fn is_interrupted() -> bool {
    tokio::signal::ctrl_c().await.is_ok()
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
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
