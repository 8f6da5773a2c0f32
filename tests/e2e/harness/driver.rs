//! Browsers, each with a driver on a free port. Chromium goes from test to test and forgets everything in between; the others
//! cannot forget, so theirs are new.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value, json};
use thirtyfour::error::WebDriverError;
use thirtyfour::{Capabilities, WebDriver};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{eventually, raw, scratch};

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

/// No test speaks to the world; and where there is no network, the first page would wait for it, up to five seconds.
const HERE_ONLY: &str = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE *.example.localhost";

/// In a browser's folder.
const SAVED: &str = "saved";

/// Runs what follows until nobody holds its input any more, however the tests end; then ends all that was started,
/// which drivers leave running, and removes the folder.
const GUARD: &str =
    r#"trap : TERM; "$@" & read -r _; kill 0; wait; sleep 1; rm -rf "$0" 2>/dev/null"#;

/// Chromium's that wait for their next test: to start one takes as long as most tests.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// A browser and its driver: most drivers keep only one session. Without an end of its own it ends with the tests.
pub struct Browser {
    engine: Engine,
    session: WebDriver,
    /// Its profile and the link to where it saves files.
    folder: PathBuf,
    guard: Child,
}

impl Browser {
    /// One in which nobody has been before, as far as it can tell, with its saved files in `downloads`.
    pub async fn take(engine: Engine, downloads: &Path) -> Self {
        let idle = IDLE.lock().unwrap().pop();
        match idle {
            Some(browser) => {
                browser.save_in(downloads);
                browser
            }
            None => Self::start(engine, downloads).await,
        }
    }

    /// With `MEET_DRIVER`, or the engine's own driver from the `PATH`.
    async fn start(engine: Engine, downloads: &Path) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let folder = scratch().join(format!("browser-{}-{number}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        symlink(downloads, folder.join(SAVED)).unwrap();
        let program = env::var_os("MEET_DRIVER").unwrap_or_else(|| OsString::from(engine.driver()));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut guard = Command::new("sh");
        guard.args(["-c", GUARD]).arg(&folder).arg(&program).arg(format!("--port={port}"));
        guard.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        // For `kill 0`, and so that Ctrl+C ends the tests first.
        let guard = guard.process_group(0).spawn().expect("a shell starts");
        eventually(&format!("{} accepts connections", program.display()), async || {
            let connection = TcpStream::connect(("127.0.0.1", port)).await;
            connection.map(drop).map_err(|error| error.to_string())
        })
        .await;
        let Value::Object(options) = options(engine, &folder) else {
            unreachable!("capabilities are an object")
        };
        let url = format!("http://127.0.0.1:{port}");
        let session = WebDriver::new(url, Capabilities::from(options)).await;
        Self { engine, session: session.expect("the browser starts"), folder, guard }
    }

    /// By another link in the place that it was told at its start: what can be said later, by DevTools, makes it save files
    /// of one name over each other.
    fn save_in(&self, downloads: &Path) {
        let link = self.folder.join(SAVED);
        fs::remove_file(&link).unwrap();
        symlink(downloads, &link).unwrap();
    }

    /// A handle on its tab.
    pub fn session(&self) -> WebDriver {
        self.session.clone()
    }

    /// For the next test, unless that cannot be: then it ends. `origins` are where it has been.
    pub async fn hand_on(self, origins: &[&str]) {
        if self.engine == Engine::Chromium && self.forget(origins).await.is_ok() {
            IDLE.lock().unwrap().push(self);
        } else {
            self.quit().await;
        }
    }

    /// Another tab in place of all others, and nothing kept: what has not been emulated, allowed, stored or said before.
    async fn forget(&self, origins: &[&str]) -> Result<(), String> {
        let text = |error: WebDriverError| error.to_string();
        let before = self.session.windows().await.map_err(text)?;
        let tab = self.session.new_tab().await.map_err(text)?;
        for window in before {
            self.session.switch_to_window(window).await.map_err(text)?;
            self.session.close_window().await.map_err(text)?;
        }
        self.session.switch_to_window(tab).await.map_err(text)?;
        for command in
            ["Network.clearBrowserCookies", "Network.clearBrowserCache", "Browser.resetPermissions"]
        {
            self.cdp(command, json!({})).await?;
        }
        for origin in origins {
            let all = json!({ "origin": origin, "storageTypes": "all" });
            self.cdp("Storage.clearDataForOrigin", all).await?;
        }
        self.session.browser_log().await.map(drop).map_err(text)
    }

    async fn cdp(&self, command: &str, parameters: Value) -> Result<(), String> {
        let body = json!({ "cmd": command, "params": parameters });
        raw::post(self.session.handle(), "goog/cdp/execute", body).await.map(drop)
    }

    pub async fn quit(mut self) {
        // It may have crashed, which the test has noticed already.
        let _ = timeout(Duration::from_secs(5), self.session.quit()).await;
        self.guard.stdin.take();
        thread::spawn(move || self.guard.wait());
    }
}

fn options(engine: Engine, folder: &Path) -> Value {
    match engine {
        Engine::Chromium => json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--autoplay-policy=no-user-gesture-required", "--window-size=1200,900", HERE_ONLY,
                    format!("--user-data-dir={}", folder.join("profile").display()),
                ],
                "prefs": {
                    "download.default_directory": folder.join(SAVED),
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
