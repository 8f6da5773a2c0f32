//! Chromium over WebDriver: tabs, one of them in front; trusted input through the DevTools protocol, and what
//! `measure.js` saw come of it.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver, WindowHandle};
use tokio::time::sleep;

use super::private::private_bytes;
use crate::process::Running;

const MEASURE: &str = include_str!("measure.js");
/// For a machine that is busy.
const DRIVER_START_LIMIT: Duration = Duration::from_secs(30);
/// A page is there within this time, however busy the machine is.
pub const PAGE_LIMIT: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(100);

/// They keep the browser from doing anything else: no animated scrolling, no sound, no requests to the world.
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

/// Without the display's clock a frame comes when its work is done: latency is work, not waiting.
pub const UNCLOCKED: [&str; 2] = ["--disable-gpu-vsync", "--disable-frame-rate-limit"];

pub struct Browser {
    driver: WebDriver,
    profile: PathBuf,
    _process: Running,
}

impl Browser {
    /// With chromedriver at this path, a profile in this folder, which is emptied, and these options more.
    pub async fn start(driver: &Path, profile: &Path, options: &[&str]) -> Result<Self> {
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
        let data = format!("--user-data-dir={}", profile.display());
        let arguments = [OPTIONS.as_slice(), options, &[data.as_str()]].concat();
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments },
        });
        let Value::Object(capabilities) = capabilities else { bail!("no capabilities") };
        let url = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::new(url, Capabilities::from(capabilities)).await?;
        Ok(Self { driver, profile: profile.to_owned(), _process: process })
    }

    /// A new tab, in front, in which every page is measured, and these scripts run before anything of its own.
    pub async fn open(&self, url: &str, scripts: &[&str]) -> Result<Tab> {
        let window = self.driver.new_tab().await?;
        let profile = self.profile.clone();
        let tab = Tab { driver: self.driver.clone(), window, profile };
        tab.show().await?;
        for script in [&[MEASURE], scripts].concat() {
            let script = json!({ "source": script });
            tab.devtools("Page.addScriptToEvaluateOnNewDocument", script).await?;
        }
        // AG Grid puts style sheets into the page, which the server's policy forbids.
        tab.devtools("Page.setBypassCSP", json!({ "enabled": true })).await?;
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
    profile: PathBuf,
}

/// What came of an event, in ms.
pub struct Sample {
    /// From the event to the frame that shows all that came of it.
    pub latency: f64,
    /// The longest frame until then.
    pub longest: f64,
}

/// Bytes that a page holds, but for wasm.
pub struct Heap {
    /// Of JavaScript, its buffers included.
    pub script: f64,
    /// Of the DOM, its styles and its layout.
    pub dom: f64,
}

impl Tab {
    /// Goes to another page; returns when that is loaded.
    pub async fn go_to(&self, url: &str) -> Result<()> {
        self.driver.goto(url).await.with_context(|| format!("cannot go to {url}"))
    }

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

    /// Rows in view; -1 while that is not known.
    pub async fn count(&self) -> Result<i64> {
        Ok(self.run("bench.count()").await?.as_i64().unwrap_or_default())
    }

    pub async fn wait_for(&self, what: &str, limit: Duration, expression: &str) -> Result<()> {
        let start = Instant::now();
        while self.run(expression).await? != json!(true) {
            ensure!(start.elapsed() < limit, "{what}: not within {} s", limit.as_secs());
            sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Types one letter, or presses the key of this name; `Control+A` is the only chord.
    pub async fn press(&self, key: &str) -> Result<Sample> {
        self.watch("keydown").await?;
        self.press_unwatched(key).await?;
        self.result(key).await
    }

    /// As `press`, for what changes no list.
    pub async fn press_unwatched(&self, key: &str) -> Result<()> {
        let letter = key.bytes().next().map(|it| it.to_ascii_uppercase()).unwrap_or_default();
        let mut event = match key {
            "Control+A" => {
                json!({ "key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65, "modifiers": 2 })
            }
            "Backspace" => {
                json!({ "key": key, "code": key, "windowsVirtualKeyCode": 8 })
            }
            _ => json!({ "key": key, "text": key, "windowsVirtualKeyCode": letter }),
        };
        event["type"] = json!("keyDown");
        self.devtools("Input.dispatchKeyEvent", event.clone()).await?;
        event["type"] = json!("keyUp");
        if let Some(event) = event.as_object_mut() {
            event.remove("text");
        }
        self.devtools("Input.dispatchKeyEvent", event).await?;
        Ok(())
    }

    /// Puts text where the focus is.
    pub async fn insert(&self, text: &str) -> Result<()> {
        self.devtools("Input.insertText", json!({ "text": text })).await.map(drop)
    }

    /// Clicks what fits the selector and has a name or text that begins so.
    pub async fn click(&self, selector: &str, name: &str) -> Result<Sample> {
        let place = self.point_at(selector, name).await?;
        self.watch("click").await?;
        self.click_at(&place).await?;
        self.result(name).await
    }

    /// As `click`, for what changes no list.
    pub async fn click_unwatched(&self, selector: &str, name: &str) -> Result<()> {
        let place = self.point_at(selector, name).await?;
        self.click_at(&place).await
    }

    /// Turns the wheel over what fits the selector by this many of its screens.
    pub async fn wheel(&self, selector: &str, screens: u32) -> Result<Sample> {
        let place = self.run(&format!("bench.wheel({}, {screens})", json!(selector))).await?;
        self.mouse("mouseMoved", &place, json!({})).await?;
        self.watch("wheel").await?;
        let by = json!({ "deltaX": 0, "deltaY": place["far"] });
        self.mouse("mouseWheel", &place, by).await?;
        self.result("wheel").await
    }

    /// Where it is, with the pointer there already: what hovering changes is not the click's.
    pub async fn point_at(&self, selector: &str, name: &str) -> Result<Value> {
        let find = format!("bench.find({}, {})", json!(selector), json!(name));
        let place = self.run(&find).await?;
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

    async fn watch(&self, event: &str) -> Result<()> {
        self.run(&format!("bench.watch({})", json!(event))).await.map(drop)
    }

    async fn result(&self, what: &str) -> Result<Sample> {
        let told = self.run("bench.result()").await.with_context(|| format!("after “{what}”"))?;
        let number = |name: &str| told[name].as_f64().with_context(|| format!("no {name}"));
        Ok(Sample { latency: number("latency")?, longest: number("longest")? })
    }

    /// As the system counts: of all tabs, but only one in front does anything.
    pub fn private_bytes(&self) -> Option<f64> {
        private_bytes(&self.profile)
    }

    /// Bytes that JavaScript, the DOM and wasm hold, garbage collected.
    pub async fn bytes(&self) -> Result<f64> {
        let heap = self.heap().await?;
        Ok(heap.script + heap.dom + self.wasm_bytes().await?)
    }

    /// What JavaScript and the DOM hold, garbage collected.
    pub async fn heap(&self) -> Result<Heap> {
        for _ in 0..2 {
            self.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let heap = self.devtools("Runtime.getHeapUsage", json!({})).await?;
        let bytes = |part: &str| heap[part].as_f64().unwrap_or_default();
        let script = bytes("usedSize") + bytes("backingStorageSize");
        Ok(Heap { script, dom: bytes("embedderHeapUsedSize") })
    }

    /// Bytes of wasm's memory, which never shrinks and which Chromium counts nowhere.
    pub async fn wasm_bytes(&self) -> Result<f64> {
        Ok(self.run("bench.wasm()").await?.as_f64().unwrap_or_default())
    }
}
