//! Chromium over WebDriver: tabs, of which one is in front, and trusted input through the DevTools protocol.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver, WindowHandle};
use tokio::time::sleep;

/// For a machine that is busy.
const DRIVER_START_LIMIT: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// Keeps the browser from doing anything else: no animated scrolling, no sound, no requests to the world.
const OPTIONS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--window-size=1280,900",
    "--disable-gpu",
    "--mute-audio",
    "--disable-smooth-scrolling",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
];

pub struct Chromium {
    driver: WebDriver,
    _process: Running,
}

/// A program that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Fails only if it has ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Chromium {
    /// With chromedriver at this path, and a profile in this folder, which is emptied.
    pub async fn start(driver: &Path, profile: &Path) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let process = Command::new(driver)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", driver.display()))?;
        let process = Running(process);
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            ensure!(start.elapsed() < DRIVER_START_LIMIT, "chromedriver does not answer");
            thread::sleep(PAUSE);
        }
        // There is none the first time.
        let _ = fs::remove_dir_all(profile);
        let profile = format!("--user-data-dir={}", profile.display());
        let arguments: Vec<&str> = OPTIONS.into_iter().chain([profile.as_str()]).collect();
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments },
        });
        let Value::Object(capabilities) = capabilities else { bail!("no capabilities") };
        let url = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::new(url, Capabilities::from(capabilities)).await?;
        Ok(Self { driver, _process: process })
    }

    /// A new tab, in front, in which these scripts run before anything of a page.
    pub async fn open(&self, url: &str, scripts: &[&str]) -> Result<Tab> {
        let window = self.driver.new_tab().await?;
        let tab = Tab { driver: self.driver.clone(), window };
        tab.show().await?;
        for script in scripts {
            let script = json!({ "source": script });
            tab.devtools("Page.addScriptToEvaluateOnNewDocument", script).await?;
        }
        tab.driver.goto(url).await?;
        Ok(tab)
    }

    pub async fn quit(self) {
        // It may have crashed; then the error has been told already.
        let _ = self.driver.quit().await;
    }
}

pub struct Tab {
    driver: WebDriver,
    window: WindowHandle,
}

impl Tab {
    /// Brings it to the front; the others are hidden then and rest.
    pub async fn show(&self) -> Result<()> {
        self.driver.switch_to_window(self.window.clone()).await?;
        self.devtools("Page.bringToFront", json!({})).await?;
        Ok(())
    }

    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let answer = self.driver.cdp().send_raw(command, parameters).await;
        answer.with_context(|| command.to_owned())
    }

    /// Runs an expression in the page, as if somebody had clicked; a promise is waited for.
    pub async fn run(&self, expression: &str) -> Result<Value> {
        let parameters = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let answer = self.devtools("Runtime.evaluate", parameters).await?;
        if let Some(exception) = answer.get("exceptionDetails") {
            bail!("`{expression}`: {}", exception["exception"]["description"]);
        }
        Ok(answer["result"]["value"].clone())
    }

    pub async fn wait_for(&self, what: &str, limit: Duration, expression: &str) -> Result<()> {
        let start = Instant::now();
        while self.run(expression).await? != json!(true) {
            ensure!(start.elapsed() < limit, "{what}: not within {} s", limit.as_secs());
            sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Types one character.
    pub async fn press(&self, key: char) -> Result<()> {
        let code = u32::from(key.to_ascii_uppercase());
        let key = key.to_string();
        let mut event = json!({ "type": "keyDown", "key": key, "windowsVirtualKeyCode": code });
        let up = json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code });
        event["text"] = json!(key);
        self.devtools("Input.dispatchKeyEvent", event).await?;
        self.devtools("Input.dispatchKeyEvent", up).await.map(drop)
    }

    /// Puts text where the focus is, in place of what is selected.
    pub async fn insert(&self, text: &str) -> Result<()> {
        self.devtools("Input.insertText", json!({ "text": text })).await.map(drop)
    }

    /// Moves the pointer to what fits the selector and has a name that begins so: where that is.
    pub async fn point_at(&self, selector: &str, name: &str) -> Result<Value> {
        let place = self.run(&format!("bench.find({}, {})", json!(selector), json!(name))).await?;
        ensure!(!place.is_null(), "there is no “{name}” ({selector}) to click");
        self.mouse("mouseMoved", &place, json!({})).await?;
        Ok(place)
    }

    pub async fn click_at(&self, place: &Value) -> Result<()> {
        let button = json!({ "button": "left", "clickCount": 1 });
        self.mouse("mousePressed", place, button.clone()).await?;
        self.mouse("mouseReleased", place, button).await
    }

    async fn mouse(&self, kind: &str, place: &Value, more: Value) -> Result<()> {
        let mut event = more;
        event["type"] = json!(kind);
        event["x"] = place["x"].clone();
        event["y"] = place["y"].clone();
        self.devtools("Input.dispatchMouseEvent", event).await.map(drop)
    }

    /// Bytes that JavaScript, the DOM and wasm hold, garbage collected.
    pub async fn bytes(&self) -> Result<f64> {
        for _ in 0..2 {
            self.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let heap = self.devtools("Runtime.getHeapUsage", json!({})).await?;
        let parts = ["usedSize", "embedderHeapUsedSize", "backingStorageSize"];
        let heap = parts.iter().filter_map(|part| heap[part].as_f64()).sum::<f64>();
        // Chromium counts it nowhere.
        let wasm = self.run("bench.wasm()").await?.as_f64().unwrap_or_default();
        Ok(heap + wasm)
    }
}
