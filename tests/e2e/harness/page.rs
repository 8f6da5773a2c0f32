//! One browser's page: going somewhere, finding, typing, and reading what it shows.

use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::{Key, WebDriver, WebElement};

use super::driver::Engine;
use super::{Locator, eventually, raw};

/// A handle; clones are the same page.
#[derive(Clone)]
pub struct Page {
    browser: WebDriver,
    engine: Engine,
    server: String,
}

/// What the `<video>` shows at a moment.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Seconds.
    pub time: f64,
    pub duration: f64,
    pub is_paused: bool,
    pub has_ended: bool,
    /// Seconds from the place on that can be played without the network.
    pub ahead: f64,
    /// 1 is as it was recorded.
    pub rate: f64,
    /// From 0 to 1.
    pub volume: f64,
    pub is_muted: bool,
    /// Pixels of the file; 0 while nothing of it is known.
    pub width: u64,
    /// Of the picture; equal for equal pictures. `None` for another origin's, which no script may look at.
    pub hash: Option<u64>,
}

const VIDEO_ADDRESS: &str = r"
const deep = (root) => root.querySelector('video') ??
  [...root.querySelectorAll('*')].reduce((found, it) => found ?? (it.shadowRoot && deep(it.shadowRoot)), null);
return deep(document)?.src;
";

const VIDEO: &str = r"
const deep = (root) => root.querySelector('video') ??
  [...root.querySelectorAll('*')].reduce((found, it) => found ?? (it.shadowRoot && deep(it.shadowRoot)), null);
const video = deep(document);
if (!video) return null;
const canvas = document.createElement('canvas');
canvas.width = 64;
canvas.height = 36;
const context = canvas.getContext('2d', { willReadFrequently: true });
context.drawImage(video, 0, 0, 64, 36);
let hash = 7;
try {
  for (const byte of context.getImageData(0, 0, 64, 36).data) hash = (hash * 31 + byte) >>> 0;
} catch {
  hash = null;
}
const time = video.currentTime;
const ranges = Array.from({ length: video.buffered.length }, (_, at) => [video.buffered.start(at), video.buffered.end(at)]);
const [, end] = ranges.find(([start, end]) => start <= time && time <= end) ?? [time, time];
return {
  time, hash, duration: video.duration || 0, paused: video.paused, ended: video.ended, ahead: end - time,
  rate: video.playbackRate, volume: video.volume, muted: video.muted, width: video.videoWidth,
};
";

const FOCUSED: &str = r"
let active = document.activeElement;
while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
if (!active || active === document.body) return 'body';
const name = active.getAttribute('aria-label') ?? active.labels?.[0]?.textContent ?? active.textContent;
return name.replace(/\s+/g, ' ').trim() || active.localName;
";

impl Page {
    pub fn new(browser: WebDriver, engine: Engine, server: String) -> Self {
        Self { browser, engine, server }
    }

    pub(super) fn browser(&self) -> &WebDriver {
        &self.browser
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Goes to a path of the server, or to an address.
    pub async fn go(&self, path: &str) {
        let server = if path.starts_with('/') { self.server.as_str() } else { "" };
        self.browser.goto(format!("{server}{path}")).await.unwrap();
    }

    pub async fn reload(&self) {
        self.browser.refresh().await.unwrap();
    }

    /// Opens a path in another tab of the same browser, and goes there. Tabs are counted from 0.
    pub async fn open_tab(&self, path: &str) {
        let tab = self.browser.new_tab().await.unwrap();
        self.browser.switch_to_window(tab).await.unwrap();
        self.go(path).await;
    }

    pub async fn go_to_tab(&self, number: usize) {
        let tab = self.browser.windows().await.unwrap().swap_remove(number);
        self.browser.switch_to_window(tab).await.unwrap();
    }

    /// Closes the tab that it is in, as its reader would, and goes to the first one.
    pub async fn close_tab(&self) {
        self.browser.close_window().await.unwrap();
        self.go_to_tab(0).await;
    }

    /// The addresses of all windows. Only Chromium tells.
    pub async fn windows(&self) -> Vec<String> {
        let targets = self.cdp("Target.getTargets", json!({})).await;
        let targets = targets["targetInfos"].as_array().unwrap().iter();
        let pages = targets.filter(|it| it["type"] == "page");
        pages.map(|it| it["url"].as_str().unwrap().to_owned()).collect()
    }

    /// The address that the address bar shows.
    pub async fn address(&self) -> String {
        self.run("return location.href", vec![]).await.as_str().unwrap().to_owned()
    }

    pub async fn sign_in(&self) {
        self.sign_in_as("admin", "admin").await;
    }

    pub async fn sign_in_as(&self, user: &str, password: &str) {
        self.role("textbox").named("User").fill(user).await;
        self.role("textbox").named("Password").fill(password).await;
        self.button("Sign in").click().await;
    }

    pub fn role(&self, role: &'static str) -> Locator {
        Locator::new(self.clone(), role)
    }

    pub fn button(&self, name: &str) -> Locator {
        self.role("button").named(name)
    }

    pub fn searchbox(&self) -> Locator {
        self.role("searchbox").named("Search recordings")
    }

    /// Shows only rows that this search finds.
    pub async fn search(&self, text: &str) {
        self.searchbox().fill(text).await;
        // What is suggested would lie over the rows.
        if self.role("listbox").named("Suggestions").is_there().await {
            self.press(&[Key::Escape]).await;
            self.role("listbox").named("Suggestions").gone().await;
        }
    }

    /// Shows only the recording with this id, and waits for it.
    pub async fn search_id(&self, id: &str) {
        self.search(id).await;
        self.row_count_is(1).await;
    }

    /// Chooses an option of a filter, whatever number of rows stands behind its name.
    pub async fn filter(&self, name: &str, option: &str) {
        if !self.role("group").named("Filters").is_there().await {
            self.button("Filters").click().await;
        }
        let choice = self.role("combobox").named(name).first().await;
        self.role("option").starting(option).inside(&choice).click().await;
    }

    /// What an open filter offers, without how many rows each would show.
    pub async fn options(&self, name: &str) -> Vec<String> {
        let choice = self.role("combobox").named(name).first().await;
        let options = self.role("option").inside(&choice).names().await.into_iter();
        let name = |option: String| match option.rsplit_once(" (") {
            Some((name, _)) if option.ends_with(')') => name.to_owned(),
            _ => option,
        };
        options.map(name).collect()
    }

    /// Opens the menu of the first row and chooses an item.
    pub async fn choose(&self, item: &str) {
        self.first_row().await.choose(item).await;
    }

    /// All that the polite regions say.
    pub async fn status_text(&self) -> String {
        self.role("status").texts().await.join(" ").trim().to_owned()
    }

    /// All that the alerts say.
    pub async fn alert_text(&self) -> String {
        self.role("alert").texts().await.join(" ").trim().to_owned()
    }

    pub async fn status_says(&self, part: &str) {
        eventually(&format!("status says “{part}”"), async || {
            contains(&self.status_text().await, part)
        })
        .await;
    }

    pub async fn alert_says(&self, part: &str) {
        eventually(&format!("alert says “{part}”"), async || {
            contains(&self.alert_text().await, part)
        })
        .await;
    }

    /// All text of the page, shadow roots included.
    pub async fn text(&self) -> String {
        let script = "const roots = [document.body, ...[...document.querySelectorAll('*')]
            .flatMap((it) => it.shadowRoot ? [...it.shadowRoot.children] : [])];
            return roots.map((it) => it.innerText ?? '').join('\\n')";
        self.run(script, vec![]).await.as_str().unwrap().to_owned()
    }

    pub async fn says(&self, part: &str) {
        eventually(&format!("page says “{part}”"), async || contains(&self.text().await, part))
            .await;
    }

    /// Types keys, wherever the focus is.
    pub async fn press(&self, keys: &[Key]) {
        for key in keys {
            self.browser.action_chain().send_keys(key.clone()).perform().await.unwrap();
        }
    }

    pub async fn type_text(&self, text: &str) {
        self.browser.action_chain().send_keys(text).perform().await.unwrap();
    }

    /// Clicks an element while a key is held.
    pub async fn click_with(&self, element: &WebElement, key: Key) {
        let actions = self.browser.action_chain().key_down(key.value());
        let actions = actions.click_element(element).key_up(key.value());
        actions.perform().await.unwrap();
    }

    /// Clicks a slider at this share of its length.
    pub async fn set_slider(&self, name: &str, share: f64) {
        let slider = self.role("slider").named(name).first().await;
        let width = slider.rect().await.unwrap().width;
        let from_middle = ((share - 0.5) * width).round() as i64;
        let actions = self.browser.action_chain();
        let actions = actions.move_to_element_with_offset(&slider, from_middle, 0);
        actions.click().perform().await.unwrap();
    }

    /// The name of what has the focus, inside shadow roots too; "body" when nothing has it.
    pub async fn focused(&self) -> String {
        self.run(FOCUSED, vec![]).await.as_str().unwrap().to_owned()
    }

    pub async fn focus_is_on(&self, name: &str) {
        eventually("focus", async || {
            let focused = self.focused().await;
            if focused == name {
                Ok(())
            } else {
                Err(format!("on “{focused}”, not “{name}”"))
            }
        })
        .await;
    }

    /// Waits until the picture moves. Without a click of somebody's in the page, which opening by address or by method is
    /// not, WebKit plays no sound; there it is clicked on.
    pub async fn plays(&self) -> Frame {
        eventually("video plays", async || {
            let frame = self.frame().await?;
            if frame.time > 0.1 && frame.width > 0 && !frame.is_paused {
                return Ok(frame);
            }
            let has_waited = frame.is_paused && frame.width > 0;
            if self.engine == Engine::WebKit && has_waited && self.button("Play").is_there().await {
                self.button("Play").click().await;
            }
            Err(format!("{frame:?}"))
        })
        .await
    }

    /// Waits until the video is as wanted.
    pub async fn video(&self, what: &str, is_so: impl Fn(&Frame) -> bool) -> Frame {
        eventually(&format!("video {what}"), async || {
            let frame = self.frame().await?;
            if is_so(&frame) { Ok(frame) } else { Err(format!("{frame:?}")) }
        })
        .await
    }

    /// Where the video is from.
    pub async fn video_address(&self) -> String {
        self.run(VIDEO_ADDRESS, vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    pub async fn frame(&self) -> Result<Frame, String> {
        let shown = self.try_run(VIDEO, vec![]).await?;
        if shown.is_null() {
            return Err("no video".to_owned());
        }
        let number = |name: &str| shown[name].as_f64().unwrap_or_default();
        Ok(Frame {
            time: number("time"),
            duration: number("duration"),
            is_paused: shown["paused"] == json!(true),
            has_ended: shown["ended"] == json!(true),
            ahead: number("ahead"),
            rate: number("rate"),
            volume: number("volume"),
            is_muted: shown["muted"] == json!(true),
            width: shown["width"].as_u64().unwrap_or_default(),
            hash: shown["hash"].as_u64(),
        })
    }

    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.try_run(script, arguments).await.unwrap()
    }

    pub async fn try_run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, String> {
        let answer = self.browser.execute(script, arguments).await;
        answer.map(|it| it.json().clone()).map_err(|error| error.to_string())
    }

    /// For scripts that call their last argument when they are done.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.browser.execute_async(script, arguments).await.unwrap().json().clone()
    }

    pub async fn try_elements(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<Vec<WebElement>, String> {
        let answer = self.browser.execute(script, arguments).await;
        answer.and_then(|it| it.elements()).map_err(|error| error.to_string())
    }

    /// Chromium's DevTools protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        raw::post(self.browser.handle(), "goog/cdp/execute", body).await.unwrap()
    }

    /// Takes the network away, or gives it back. Only Chromium can.
    pub async fn set_offline(&self, is_offline: bool) {
        let conditions = json!({
            "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.cdp("Network.enable", json!({})).await;
        self.cdp("Network.emulateNetworkConditions", conditions).await;
    }

    pub async fn resize(&self, width: u32, height: u32) {
        if self.engine == Engine::Chromium {
            // Windows have a least width of 500 px; a device has not.
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.cdp("Emulation.setDeviceMetricsOverride", size).await;
        } else {
            self.browser.set_window_rect(0, 0, width, height).await.unwrap();
        }
    }

    /// What stands on the console but for failed requests, which the browser itself notes. Only Chromium tells.
    pub async fn console_errors(&self) -> Vec<String> {
        if self.engine != Engine::Chromium {
            return Vec::new();
        }
        let entries = self.browser.browser_log().await.unwrap_or_default();
        let bad = entries.into_iter().filter(|it| {
            it.source.as_deref() != Some("network")
                && !it.message.contains("has been blocked by CORS policy")
                && matches!(it.level.as_str(), "SEVERE" | "WARNING")
        });
        bad.map(|it| format!("{} {}: {}", it.level, it.source.unwrap_or_default(), it.message))
            .collect()
    }

    pub(super) async fn photograph(&self, path: &Path) {
        match self.browser.screenshot(path).await {
            Ok(()) => eprintln!("photograph: {}", path.display()),
            Err(error) => eprintln!("no photograph: {error}"),
        }
    }
}

fn contains(text: &str, part: &str) -> Result<(), String> {
    if text.contains(part) {
        return Ok(());
    }
    // A whole list is too much for a message.
    let end = text.char_indices().nth(1500).map_or(text.len(), |(at, _)| at);
    Err(format!("says “{}”", &text[..end]))
}
