//! The built app as static files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::client::{Client, TestServer, send};
use meet_recordings_server::Config;
use reqwest::Method;

/// A directory laid out like a built app; removed with the value.
struct App(PathBuf);

impl App {
    fn new(name: &str) -> Self {
        let directory = format!("meet-recordings-server-{name}-{}", std::process::id());
        let app = Self(std::env::temp_dir().join(directory));
        for (path, content) in [
            ("index.html", "<title>app</title>"),
            ("favicon.svg", "<svg/>"),
            ("assets/admin-0123456789abcdef.js", "plain"),
            ("assets/admin-0123456789abcdef.js.br", "brotli"),
            ("assets/admin-0123456789abcdef.js.gz", "gzip"),
            ("assets/admin-0123456789abcdef.wasm", "wasm"),
            ("element/meet-recordings.js", "element"),
            ("embed/index.html", "examples"),
            ("embed/minimal.html", "the least"),
            ("embed/plain.html", "plain example"),
        ] {
            let path = app.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        app
    }

    async fn serve(&self) -> TestServer {
        TestServer::with(Config { app: Some(self.0.clone()), ..Config::default() }).await
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(Path::new(&self.0));
    }
}

async fn encoded(client: &Client, path: &str, accept: &str) -> (String, String) {
    let request = client.request(Method::GET, path).header("accept-encoding", accept);
    let answer = send(request).await;
    assert_eq!(answer.header("vary").to_ascii_lowercase(), "accept-encoding");
    (answer.header("content-encoding").to_owned(), answer.text())
}

#[tokio::test]
async fn any_page_is_the_app_and_missing_files_are_404() {
    let app = App::new("pages");
    let server = app.serve().await;
    let client = server.anonymous();
    for path in ["/", "/recordings", "/recording/r--EG_1--u?secret=x", "/rooms/a/b/"] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.text().as_str()), (200, "<title>app</title>"), "{path}");
        assert_eq!(answer.header("content-type"), "text/html");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    for path in [
        "/assets/gone-0123456789abcdef.js",
        "/assets/x",
        "/element/x",
        "/embed/x",
        "/favicon.ico",
        "/../Cargo.toml",
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    for path in ["/embed", "/embed/", "/embed/index.html"] {
        assert_eq!(client.get(path).await.text(), "examples", "{path}");
    }
    assert_eq!(client.get("/embed/plain.html").await.text(), "plain example");
    assert_eq!(client.get("/favicon.svg").await.header("content-type"), "image/svg+xml");
    // The API is not a page.
    assert_eq!(client.get("/api/nope").await.header("content-type"), "application/json");
}

#[tokio::test]
async fn hashed_assets_are_kept_for_good_and_sent_precompressed() {
    let app = App::new("assets");
    let server = app.serve().await;
    let client = server.anonymous();
    let path = "/assets/admin-0123456789abcdef.js";
    let script = client.get(path).await;
    assert_eq!(script.header("content-type"), "text/javascript");
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    let pair = |encoding: &str, text: &str| (encoding.to_owned(), text.to_owned());
    assert_eq!(encoded(&client, path, "gzip, deflate, br").await, pair("br", "brotli"));
    assert_eq!(encoded(&client, path, "gzip").await, pair("gzip", "gzip"));
    assert_eq!(encoded(&client, path, "identity").await, pair("", "plain"));
    let wasm = client.get("/assets/admin-0123456789abcdef.wasm").await;
    assert_eq!(wasm.header("content-type"), "application/wasm");
    let element = client.get("/element/meet-recordings.js").await;
    assert_eq!(element.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn pages_are_revalidated() {
    let app = App::new("revalidated");
    let server = app.serve().await;
    let client = server.anonymous();
    let first = client.get("/recordings").await;
    let modified = first.header("last-modified").to_owned();
    assert!(!modified.is_empty());
    let again = client.request(Method::GET, "/recordings").header("if-modified-since", modified);
    assert_eq!(send(again).await.status, 304);
}

#[tokio::test]
async fn everything_of_the_app_carries_the_security_headers() {
    let app = App::new("headers");
    let server = app.serve().await;
    let client = server.anonymous();
    for path in ["/", "/assets/admin-0123456789abcdef.wasm", "/embed/", "/assets/gone"] {
        let answer = client.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"
        ));
        assert!(policy.ends_with("; frame-ancestors 'none'; require-trusted-types-for 'script'"));
        assert!(!policy.contains("'unsafe-"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert!(answer.header("permissions-policy").contains("fullscreen=(self)"));
    }
}

#[tokio::test]
async fn only_examples_on_two_origins_may_do_more() {
    let app = App::new("examples");
    let server = app.serve().await;
    let client = server.anonymous();
    let policy = async |path: &str| {
        let answer = client.get(path).await;
        answer.header("content-security-policy").to_owned()
    };
    let strict = policy("/").await;
    for path in
        ["/embed/", "/embed/index.html", "/embed/minimal.html", "/embed/plain.html", "/token.html"]
    {
        assert_eq!(policy(path).await, strict, "{path}");
    }
    for page in ["same-site", "token", "share"] {
        let policy = policy(&format!("/embed/{page}.html")).await;
        assert!(policy.contains("connect-src 'self' http://localhost:* http://127.0.0.1:*"));
        assert!(policy.contains("media-src 'self' http://localhost:*"));
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"));
        assert!(policy.contains("frame-ancestors 'none'; require-trusted-types-for 'script'"));
    }
    let framing = client.get("/embed/iframe.html").await;
    assert!(framing.header("content-security-policy").contains("; frame-src http://localhost:*"));
    assert!(framing.header("permissions-policy").contains("fullscreen=*"));
    assert!(framing.header("permissions-policy").contains("camera=()"));
    let framed = policy("/embed/framed.html").await;
    assert!(framed.contains("frame-ancestors 'self' http://localhost:*"), "{framed}");
    assert!(framed.contains("; connect-src 'self';"), "{framed}");
}
