//! The command: its options, what it says of a configuration, and what it writes to its log.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use meet_recordings_server::GatewayConfig;
use serde_json::json;

use crate::client::{HASH, SESSION_KEY};
use crate::recorder::{Recorder, json};

fn command(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meet-recordings-server"));
    command.args(options).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Exit code, stdout, stderr.
fn run(options: &[&str], input: &str) -> (i32, String, String) {
    let mut child = command(options).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A configuration that is removed with the value.
struct ConfigFile(PathBuf);

impl ConfigFile {
    fn new(name: &str, text: &str) -> Self {
        let name = format!("meet-gateway-{name}-{}.toml", std::process::id());
        let file = Self(std::env::temp_dir().join(name));
        fs::write(&file.0, text).unwrap();
        file
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for ConfigFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A server that is killed with the value.
struct Running {
    child: Child,
    url: String,
}

impl Running {
    fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("ready: ").unwrap().to_owned();
        Self { child, url }
    }

    /// Everything that it wrote to stderr.
    fn log(mut self) -> String {
        self.child.kill().unwrap();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn config(url: &str) -> String {
    format!(
        r#"listen = "127.0.0.1:0"
[session]
key = "{SESSION_KEY}"
[systems.plug]
provider = "plugnmeet"
url = "{url}"
key = "plug-key"
secret = "${{GATEWAY_TEST_SECRET}}"
[[users]]
name = "anna"
password = "{HASH}"
[users.systems.plug]
rights = ["play"]
"#
    )
}

#[test]
fn a_configuration_can_be_checked() {
    let text = config("https://plug.example.org");
    let good = ConfigFile::new("good", &text.replace("${GATEWAY_TEST_SECRET}", "secret"));
    let (code, out, err) = run(&["gateway", "--config", good.path(), "--check"], "");
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out, format!("{}: nothing is wrong with it\n", good.path()));

    let bad = ConfigFile::new("bad", &text.replace("\"play\"", "\"watch\""));
    for options in
        [&["gateway", "--config", bad.path(), "--check"][..], &["gateway", "--config", bad.path()]]
    {
        let (code, out, err) = run(options, "");
        assert_eq!((code, out.as_str()), (2, ""));
        let file = bad.path();
        let expected = format!(
            "meet-recordings-server: {file}:8:10: the environment variable GATEWAY_TEST_SECRET is not set\n\
             {file}:13:11: expected one of play, download, delete, edit, share, rooms\n"
        );
        assert_eq!(err, expected);
    }
    let (code, _, err) = run(&["gateway", "--config", "/does-not-exist.toml"], "");
    assert_eq!(code, 2);
    assert!(err.starts_with("meet-recordings-server: cannot read /does-not-exist.toml: "), "{err}");
    let (code, _, err) = run(&["gateway"], "");
    assert!(code == 2 && err.contains("--config"), "{err}");
    let (code, _, err) = run(&["--port", "0", "gateway", "--config", "x"], "");
    assert!(code == 2 && err.lines().count() == 1, "{err}");
}

/// The examples in the documentation, on a machine that has all of their variables and the app.
#[test]
fn the_examples_have_no_mistakes() {
    let app = std::env::temp_dir().join(format!("meet-gateway-example-{}", std::process::id()));
    fs::create_dir_all(&app).unwrap();
    fs::write(app.join("index.html"), "<head>").unwrap();
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/gateway");
    let mut count = 0;
    for entry in fs::read_dir(examples).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let text = text.replace("/usr/share/meet-recordings", app.to_str().unwrap());
        let variable = |name: &str| {
            let value = if name.ends_with("_HASH") { HASH } else { SESSION_KEY };
            Some(value.to_owned())
        };
        let mistakes = GatewayConfig::parse(&text, &variable).err();
        assert_eq!(mistakes, None, "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 5);
    fs::remove_dir_all(&app).unwrap();
}

#[test]
fn passwords_are_hashed_from_stdin() {
    for input in ["correct horse\n", "correct horse\r\n", "correct horse"] {
        let (code, out, err) = run(&["hash-password"], input);
        assert_eq!((code, err.as_str()), (0, ""));
        let hash = argon2::password_hash::phc::PasswordHash::new(out.trim_end()).unwrap();
        let argon2 = argon2::Argon2::default();
        let verify = |password: &[u8]| {
            argon2::password_hash::PasswordVerifier::verify_password(&argon2, password, &hash)
        };
        assert!(verify(b"correct horse").is_ok() && verify(b"correct horse\n").is_err());
    }
    let (code, out, err) = run(&["hash-password"], "\n");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(err, "meet-recordings-server: expected a password on stdin\n");
}

#[tokio::test]
async fn the_log_tells_what_happened_and_no_secret() {
    let server = Recorder::start(|_| json(json!({ "status": true, "token": "canary.b.c" }))).await;
    let file = ConfigFile::new("log", &config(&server.url));
    let mut command = command(&["gateway", "--config", file.path()]);
    let running = Running::start(command.env("GATEWAY_TEST_SECRET", "canary-of-plugnmeet"));
    let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let post = |path: &str| {
        http.post(format!("{}{path}", running.url)).header("x-requested-with", "canary-header")
    };
    let login = |user: &str, password: &str| {
        post("/gateway/auth/login?canary=query")
            .json(&json!({ "username": user, "password": password }))
    };
    login("canary-user", "canary-password").send().await.unwrap();
    let answer = login("anna", "password").send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    // The client keeps no cookie marked `Secure` for http.
    let pair = cookie.split(';').next().unwrap();
    for path in [
        "/gateway/plug/auth/recording/getDownloadToken?canary=query",
        "/gateway/plug/auth/recording/delete",
        "/gateway/plug/canary/path",
        "/gateway/canary-system/x",
        "/gateway/%0d%0aGET canary",
    ] {
        let request = post(path).header("cookie", pair).json(&json!({ "record_id": "canary-id" }));
        request.send().await.unwrap();
    }
    let film = format!("{}/gateway/plug/download/recording/canary.b.c?canary", running.url);
    http.get(film).send().await.unwrap();
    let log = running.log();
    assert!(!log.contains("canary"), "{log}");
    assert!(!log.contains(pair) && !log.contains(SESSION_KEY) && !log.contains("plug-key"));
    let lines: Vec<String> = log
        .lines()
        .map(|line| {
            let words = line.split(' ').filter(|word| !word.ends_with("ms"));
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_eq!(
        lines,
        [
            "POST - /gateway/auth/login 401 -",
            "POST - /gateway/auth/login 200 anna",
            "POST plug /auth/recording/getDownloadToken 200 anna",
            "POST plug /auth/recording/delete 403 anna",
            "POST - ? 404 anna",
            "POST - ? 404 anna",
            "POST - ? 404 anna",
            "GET plug /download/recording/{} 200 -",
        ]
    );
}

#[tokio::test]
async fn the_log_tells_why_a_server_cannot_be_reached() {
    let file = ConfigFile::new("down", &config("http://127.0.0.1:1"));
    let mut command = command(&["gateway", "--config", file.path()]);
    let running = Running::start(command.env("GATEWAY_TEST_SECRET", "secret"));
    let film = format!("{}/gateway/plug/download/recording/a.b.c", running.url);
    let answer = reqwest::get(film).await.unwrap();
    assert_eq!(answer.status(), 502);
    assert!(!answer.text().await.unwrap().contains("refused"));
    let log = running.log();
    assert!(log.starts_with("GET plug /download/recording/{} 502 "), "{log}");
    assert!(log.contains(" - (Connection refused"), "{log}");
}

#[tokio::test]
async fn the_sample_server_can_have_a_gateway_in_front() {
    let options = ["--gateway", "--port", "0", "--dialect", "3.4", "--recordings", "3"];
    let running = Running::start(&mut command(&options));
    let url = format!("{}/gateway/auth/login", running.url);
    let body = json!({ "username": "admin", "password": "admin" });
    let request = reqwest::Client::new().post(url).header("x-requested-with", "x").json(&body);
    let session: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(session["systems"]["demo"]["dialect"], "3.4");
}
