//! Starting and stopping, the command, and very many recordings.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::client::TestServer;
use meet_recordings_server::{Action, Config, Dialect, Rule, Server, StartError};
use reqwest::Method;

#[tokio::test]
async fn a_taken_port_is_an_error_that_says_what_to_do() {
    let server = TestServer::start().await;
    let port = server.0.url().rsplit(':').next().unwrap().parse().unwrap();
    let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let error = Server::start(Config::default(), addr).await.err().unwrap();
    assert!(matches!(error, StartError::PortInUse(taken) if taken == port));
    assert!(error.to_string().contains("--port"));
}

#[tokio::test]
async fn stopping_and_dropping_close_all_connections() {
    for graceful in [true, false] {
        let server = TestServer::start().await;
        let client = server.admin().await;
        let id = client.first("Physics", "COMPLETE").await;
        let slow = Action::Throttle { bytes_per_second: 1000 };
        server.hooks().add_rule(Rule::once("/api/v1/recordings/*/media", slow));
        let path = format!("/api/v1/recordings/{id}/media");
        let mut media = client.request(Method::GET, &path).send().await.unwrap();
        let start = Instant::now();
        if graceful {
            server.0.stop().await;
        } else {
            drop(server);
        }
        while let Ok(Some(_)) = media.chunk().await {}
        assert!(start.elapsed() < Duration::from_secs(4));
        let refused = client.request(Method::GET, "/").send().await;
        assert!(refused.is_err());
    }
}

#[tokio::test]
async fn heads_are_limited_as_in_node() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let path =
        |ids: usize| format!("/api/v1/recordings?recordingIds={}", "a--EG_b--c,".repeat(ids));
    assert_eq!(client.delete(&path(1000)).await.status, 200);
    assert_eq!(client.delete(&path(2000)).await.status, 431);
}

#[tokio::test]
async fn pages_of_very_many_recordings_cost_no_more() {
    // In key order, and in an order that has to be made.
    for dialect in [Dialect::B, Dialect::V35] {
        let config = Config { dialect, recordings: 20_000, ..Config::default() };
        let server = TestServer::with(config).await;
        let client = server.admin().await;
        assert_eq!(server.hooks().recording_ids().len(), 20_064);
        let start = Instant::now();
        for _ in 0..50 {
            assert_eq!(client.get("/api/v1/recordings?maxItems=100").await.status, 200);
        }
        assert!(start.elapsed() < Duration::from_secs(5), "{dialect:?} {:?}", start.elapsed());
    }
}

/// The command with these options: its exit code and its lines on stderr.
fn command(options: &[&str]) -> (i32, Vec<String>) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_meet-recordings-server")).args(options).output().unwrap();
    assert!(output.stdout.is_empty());
    let errors = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), errors.lines().map(str::to_owned).collect())
}

#[tokio::test]
async fn wrong_options_are_one_line_and_exit_2() {
    let server = TestServer::start().await;
    let port = server.0.url().rsplit(':').next().unwrap();
    for (options, part) in [
        (["--port", port], "is in use: stop what listens there or choose another with --port"),
        (["--port", "many"], "--port"),
        (["--dialect", "9"], "expected one of a, b, 3.4, 3.4.1, 3.5,"),
        (["--host", "nowhere"], "expected `localhost` or an IP address"),
        (["--app", "/does-not-exist"], "build the app first"),
        (["--recordings", "some"], "--recordings"),
        (["--colour", "red"], "--colour"),
    ] {
        let (code, lines) = command(&options);
        assert_eq!((code, lines.len()), (2, 1), "{lines:?}");
        assert!(lines[0].contains(part), "{lines:?}");
    }
}
