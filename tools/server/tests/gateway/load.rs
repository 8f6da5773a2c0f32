//! Many films at once, and films against nginx. Slow, so they run when asked for, one after the other:
//! `cargo test --release -p meet-recordings-server --test gateway load -- --ignored --nocapture --test-threads 1`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Response;
use bytes::Bytes;
use reqwest::Method;
use tokio::task::JoinSet;

use crate::client::{Client, gateway};
use crate::recorder::Recorder;
use crate::secrets::ALL;

const STREAMS: usize = 50;
/// Bytes of each film: together far more than the memory that is allowed.
const SIZE: u64 = 200 * 1024 * 1024;
/// Bytes for all streams, of which the server and the clients in this process have their part too.
const MOST_MEMORY: u64 = 100 * 1024 * 1024;

/// The same chunk again and again, so that it takes no memory itself.
struct Endless {
    chunk: Bytes,
    left: u64,
}

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        let length = self.left.min(self.chunk.len() as u64);
        self.left -= length;
        let chunk = self.chunk.slice(..length as usize);
        std::task::Poll::Ready((length > 0).then(|| Ok(http_body::Frame::data(chunk))))
    }
}

/// Bytes of memory of this process.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "streams ten gigabytes"]
#[cfg(target_os = "linux")]
async fn fifty_films_take_little_memory() {
    let chunk = Bytes::from(vec![7; 64 * 1024]);
    let server = Recorder::start(move |_| {
        let film = Endless { chunk: chunk.clone(), left: SIZE };
        let response = Response::builder().header("content-type", "video/mp4");
        response.header("content-length", SIZE).body(Body::new(film)).unwrap()
    })
    .await;
    let gateway = gateway(ALL, &server.url).await;
    let before = memory();
    let mut streams = JoinSet::new();
    for number in 0..STREAMS {
        // Half of them have their range made by the gateway.
        let range = if number % 2 == 0 { "bytes=1000-" } else { "" };
        let film = Client::of(&gateway)
            .request(Method::GET, "/gateway/plug/download/recording/a.b.c")
            .header("range", range);
        streams.spawn(async move {
            let mut film = film.send().await.unwrap();
            let mut received = 0;
            while let Some(chunk) = film.chunk().await.unwrap() {
                received += chunk.len() as u64;
            }
            received
        });
    }
    let mut peak = 0;
    let mut done = 0;
    while done < STREAMS {
        peak = peak.max(memory());
        if let Ok(Some(received)) =
            tokio::time::timeout(Duration::from_millis(20), streams.join_next()).await
        {
            assert!(received.unwrap() >= SIZE - 1000);
            done += 1;
        }
    }
    let more = peak.saturating_sub(before);
    println!("{STREAMS} streams took {} MB", more / 1024 / 1024);
    assert!(more < MOST_MEMORY, "{} MB", more / 1024 / 1024);
}

/// Bytes of the film that nginx and the gateway pass on.
const FILM: usize = 512 * 1024 * 1024;
const ROUNDS: usize = 7;
const LEAST_RATIO: f64 = 0.8;

/// An nginx with two servers: one has a film, the other is a proxy for it as it comes out of the box.
struct Nginx {
    dir: PathBuf,
    process: Child,
}

impl Nginx {
    fn start(film: u16, proxy: u16) -> Self {
        let dir = std::env::temp_dir().join(format!("meet-gateway-nginx-{}", std::process::id()));
        let place = dir.join("api/v1/recordings/r--EG_1--u");
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("media"), vec![7; FILM]).unwrap();
        fs::write(dir.join("nginx.conf"), Self::config(&dir, film, proxy)).unwrap();
        let mut command = Command::new("nginx");
        command.arg("-c").arg(dir.join("nginx.conf"));
        let process =
            command.spawn().unwrap_or_else(|error| panic!("nginx must be installed: {error}"));
        Self { dir, process }
    }

    fn config(dir: &Path, film: u16, proxy: u16) -> String {
        let dir = dir.display();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|name| format!("{name}_temp_path {dir}/{name};\n"))
            .collect();
        // As root it would serve as somebody who cannot read the directory.
        format!(
            "daemon off; pid {dir}/pid; error_log {dir}/error.log; worker_processes auto;\n\
             {user}events {{}}\n\
             http {{ access_log off; sendfile on; default_type video/mp4;\n{temporary}\
             server {{ listen 127.0.0.1:{film}; root {dir}; }}\n\
             server {{ listen 127.0.0.1:{proxy}; location / {{\n\
             proxy_pass http://127.0.0.1:{film}; proxy_http_version 1.1;\n\
             proxy_set_header Connection \"\"; }} }} }}",
            user = if fs::read_dir("/root").is_ok() { "user root;\n" } else { "" }
        )
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Killed, it would leave its workers behind.
        let mut stop = Command::new("nginx");
        let _ = stop.arg("-c").arg(self.dir.join("nginx.conf")).args(["-s", "stop"]).status();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(crate::client::anywhere()).unwrap();
    listener.local_addr().unwrap().port()
}

/// Seconds until the whole film is here.
async fn seconds(film: reqwest::RequestBuilder) -> f64 {
    let start = Instant::now();
    let mut film = film.send().await.unwrap();
    let mut received = 0;
    while let Some(chunk) = film.chunk().await.unwrap() {
        received += chunk.len();
    }
    assert_eq!(received, FILM);
    start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs nginx, and a machine with nothing else to do"]
async fn films_pass_as_fast_as_through_nginx() {
    let (film, proxy) = (free_port(), free_port());
    let _nginx = Nginx::start(film, proxy);
    let gateway = gateway(ALL, &format!("http://127.0.0.1:{film}")).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let path = "/api/v1/recordings/r--EG_1--u/media";
    let nginx = reqwest::Client::new();
    let nginx = || nginx.get(format!("http://127.0.0.1:{proxy}{path}"));
    while nginx().send().await.is_err() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let through_gateway = || client.request(Method::GET, &format!("/gateway/meet{path}"));
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let (theirs, ours) = (seconds(nginx()).await, seconds(through_gateway()).await);
        let rate = |seconds: f64| FILM as f64 / seconds / 1e6;
        println!("nginx {:.0} MB/s, gateway {:.0} MB/s", rate(theirs), rate(ours));
        ratios.push(theirs / ours);
    }
    let ratio = median(ratios);
    println!("gateway / nginx: {ratio:.2}");
    assert!(ratio >= LEAST_RATIO, "{ratio:.2}");
}
