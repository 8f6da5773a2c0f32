//! The browser's driver: started on a free port, stopped with the test.

use std::env;
use std::ffi::OsString;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Map, Value, json};
use thirtyfour::{Capabilities, WebDriver};
use tokio::net::TcpStream;

use super::eventually;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    /// What `MEET_ENGINE` says.
    pub fn from_env() -> Self {
        match env::var("MEET_ENGINE").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("MEET_ENGINE is {other}; chromium, firefox and webkit are known"),
        }
    }

    fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        }
    }
}

pub struct Driver {
    engine: Engine,
    process: Child,
    port: u16,
}

/// No test speaks to the world; and where there is no network, the first page would wait for it, up to five seconds.
const HERE_ONLY: &str =
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1";

impl Driver {
    /// `MEET_DRIVER`, or the engine's own driver from the `PATH`.
    pub async fn start(engine: Engine) -> Self {
        let program = env::var_os("MEET_DRIVER").unwrap_or_else(|| OsString::from(engine.driver()));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = Command::new(&program)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.to_string_lossy()));
        let driver = Self { engine, process, port };
        eventually("the driver accepts connections", async || {
            let connection = TcpStream::connect(("127.0.0.1", port)).await;
            connection.map(drop).map_err(|error| error.to_string())
        })
        .await;
        driver
    }

    /// A new browser with an empty profile.
    pub async fn open(&self, profile: &Path, downloads: &Path) -> WebDriver {
        let Value::Object(options) = self.options(profile, downloads) else {
            unreachable!("capabilities are an object")
        };
        let url = format!("http://127.0.0.1:{}", self.port);
        WebDriver::new(url, Capabilities::from(options)).await.expect("the browser starts")
    }

    fn options(&self, profile: &Path, downloads: &Path) -> Value {
        match self.engine {
            Engine::Chromium => json!({
                "browserName": "chrome",
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": {
                    "args": [
                        "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        "--autoplay-policy=no-user-gesture-required", "--window-size=1200,900", HERE_ONLY,
                        format!("--user-data-dir={}", profile.display()),
                    ],
                    "prefs": {
                        "download.default_directory": downloads,
                        "download.prompt_for_download": false,
                        // Several files at once, which a reader would be asked about.
                        "profile.default_content_setting_values.automatic_downloads": 1,
                    },
                },
            }),
            Engine::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "args": ["-headless", "--width=1200", "--height=900"],
                    "prefs": { "media.autoplay.default": 0, "intl.accept_languages": "en-US" },
                },
            }),
            Engine::WebKit => Value::Object(Map::new()),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Fails only if it has ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
