//! What every test needs: a server of its own, browsers in which nobody has been before, and the end of both.

mod axe;
mod driver;
mod film;
mod find;
mod hands;
mod keys;
mod list;
mod page;
mod raw;
mod rows;
mod sample;
mod saved;
mod time;

use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

pub use driver::Engine;
pub use film::{five_seconds, index_first, one_minute, twelve_minutes, with_codec};
pub use find::Locator;
pub use meet_recordings_server::{
    Action, AuthTransport, Config, Dialect, Hooks, Line, RequestRecord, Rule,
};
pub use page::{Frame, Page};
pub use rows::{Row, Shown};
pub use sample::{spoiled, spoiled_list, text};
pub use saved::zip_entries;
pub use serde_json::{Value, json};
pub use thirtyfour::Key;

use driver::Browser;
use meet_recordings_server::{Gateway, Server};
use tokio::runtime::{Builder, Runtime};

/// The list of recordings, as rules name it.
pub const LIST: &str = "/api/v1/recordings?";
/// The media of any recording, as rules name it.
pub const MEDIA: &str = "/api/v1/recordings/*/media";

/// How long anything may take that should happen. The slowest is a playback that stands still without
/// an error, which the player gives 8 s.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(40);

/// Of all tests: what waits for the next one, such as a connection to a browser, must not end with a test's own.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap());

/// One test's server, what stands before it if anything does, and browsers.
pub struct Stage {
    /// On the server; what a gateway does not forward does not reach it.
    pub hooks: Hooks,
    pub engine: Engine,
    /// Of what browsers speak to.
    url: String,
    server: Option<Server>,
    before: Before,
    /// Each in a browser of its own.
    pages: Vec<(Page, Browser)>,
    folder: PathBuf,
}

/// What stands before the server.
enum Before {
    Nothing,
    Gateway(#[expect(dead_code, reason = "it ends when it is dropped")] Gateway),
    Line(Line),
}

/// As what browsers are to find the server.
#[derive(Clone, Copy)]
enum Road {
    Direct,
    Gateway,
    Line,
}

/// Runs a test against a server with the sample's recordings.
pub fn e2e(test: impl AsyncFnOnce(&mut Stage)) {
    e2e_with(Config::default(), test);
}

/// Runs a test that only Chromium can do, because it needs `what`.
pub fn e2e_in_chromium(what: &str, test: impl AsyncFnOnce(&mut Stage)) {
    if Engine::from_env() == Engine::Chromium {
        e2e(test);
    } else {
        eprintln!("skipped: {what} can be tested in Chromium only");
    }
}

/// Runs a test against a server configured so (with the built app unless it names another). Afterwards no page may have an error on its
/// console.
pub fn e2e_with(config: Config, test: impl AsyncFnOnce(&mut Stage)) {
    run(config, Road::Direct, test);
}

/// As `e2e_with`, but browsers speak to a gateway in front of the server.
pub fn e2e_behind_gateway(config: Config, test: impl AsyncFnOnce(&mut Stage)) {
    run(config, Road::Gateway, test);
}

/// As `e2e`, but browsers reach the server over [`Stage::line`], which is good until the test says otherwise.
pub fn e2e_over_line(test: impl AsyncFnOnce(&mut Stage)) {
    run(Config::default(), Road::Line, test);
}

fn run(config: Config, road: Road, test: impl AsyncFnOnce(&mut Stage)) {
    let mut stage = RUNTIME.block_on(Stage::set(config, road));
    // Caught, so that the browsers are closed and photographed whatever happens.
    let played = catch_unwind(AssertUnwindSafe(|| RUNTIME.block_on(test(&mut stage))));
    let errors = RUNTIME.block_on(stage.strike(played.is_err()));
    if let Err(panic) = played {
        resume_unwind(panic);
    }
    assert!(errors.is_empty(), "errors on the console:\n{}", errors.join("\n"));
}

impl Stage {
    async fn set(config: Config, road: Road) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let folder = scratch().join(format!("stage-{}-{number}", process::id()));
        fs::create_dir_all(folder.join("downloads")).unwrap();
        let anywhere = "127.0.0.1:0".parse().unwrap();
        let app = config.app.clone().or_else(|| (!matches!(road, Road::Gateway)).then(app));
        let server = Server::start(Config { app, ..config }, anywhere).await.unwrap();
        let (before, url) = match road {
            Road::Direct => (Before::Nothing, server.url().to_owned()),
            Road::Gateway => {
                let app = Some(self::app());
                let gateway = Gateway::in_front_of(&server, app, anywhere).await.unwrap();
                let url = gateway.url().to_owned();
                (Before::Gateway(gateway), url)
            }
            Road::Line => {
                let line = Line::to(server.addr()).await.unwrap();
                let url = line.url().to_owned();
                (Before::Line(line), url)
            }
        };
        Self {
            hooks: server.hooks(),
            engine: Engine::from_env(),
            url,
            server: Some(server),
            before,
            pages: Vec::new(),
            folder,
        }
    }

    /// Opens a path of the server in another browser, in which nobody has signed in.
    pub async fn open(&mut self, path: &str) -> Page {
        let browser = Browser::take(self.engine, &self.downloads()).await;
        let page = Page::new(browser.session(), self.engine, self.url.clone());
        self.pages.push((page.clone(), browser));
        page.go(path).await;
        page
    }

    /// Opens the library in another browser and signs in.
    pub async fn open_library(&mut self) -> Page {
        let page = self.open("/").await;
        page.sign_in().await;
        page.has_rows().await;
        page
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Between browsers and the server, where the test asked for one.
    pub fn line(&self) -> &Line {
        match &self.before {
            Before::Line(line) => line,
            _ => panic!("the test is not run over a line"),
        }
    }

    /// The server's own address, when something stands before it.
    pub fn server_url(&self) -> &str {
        self.server.as_ref().expect("the server runs").url()
    }

    /// Where Chromium saves files.
    pub fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }

    pub async fn stop_server(&mut self) {
        self.server.take().expect("the server runs").stop().await;
    }

    /// Requests to paths that begin so, in the order in which they were answered.
    pub fn requests(&self, method: &str, prefix: &str) -> Vec<RequestRecord> {
        let all = self.hooks.requests().into_iter();
        all.filter(|it| it.method == method && it.path.starts_with(prefix)).collect()
    }

    /// Answers to requests for media.
    pub fn media_requests(&self) -> Vec<RequestRecord> {
        let all = self.hooks.requests().into_iter();
        all.filter(|it| it.path.contains("/media")).collect()
    }

    /// Closes everything and returns what stood on the consoles.
    async fn strike(mut self, failed: bool) -> Vec<String> {
        let mut errors = Vec::new();
        let server = self.server.as_ref().map(|server| server.url().to_owned());
        let origins = [self.url.as_str(), server.as_deref().unwrap_or(&self.url)];
        for (number, (page, browser)) in self.pages.drain(..).enumerate() {
            if failed {
                let name = thread::current().name().unwrap_or("test").replace("::", "-");
                page.photograph(&scratch().join(format!("{name}-{number}.png"))).await;
            }
            errors.extend(page.console_errors().await);
            if failed {
                browser.quit().await;
            } else {
                browser.hand_on(&origins).await;
            }
        }
        // A file that the browser still writes to is left to the next `cargo clean`.
        let _ = fs::remove_dir_all(&self.folder);
        errors
    }
}

/// Asks again and again until there is an answer; fails with the last reason why there was none.
pub async fn eventually<T>(what: &str, ask: impl AsyncFnMut() -> Result<T, String>) -> T {
    within(PATIENCE, what, ask).await
}

/// As `eventually`, for what has to happen sooner.
pub async fn within<T>(
    time: Duration,
    what: &str,
    ask: impl AsyncFnMut() -> Result<T, String>,
) -> T {
    try_within(time, ask).await.unwrap_or_else(|why| panic!("{what}: {why}"))
}

async fn try_within<T>(
    time: Duration,
    mut ask: impl AsyncFnMut() -> Result<T, String>,
) -> Result<T, String> {
    let start = Instant::now();
    loop {
        match ask().await {
            Ok(found) => return Ok(found),
            Err(why) if start.elapsed() > time => {
                return Err(format!("not within {} s: {why}", time.as_secs()));
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// Fails as soon as something is not so any more within this time.
pub async fn stays(time: Duration, what: &str, ask: impl AsyncFn() -> Result<(), String>) {
    let start = Instant::now();
    while start.elapsed() < time {
        if let Err(why) = ask().await {
            panic!("{what}: after {} ms: {why}", start.elapsed().as_millis());
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// `Ok` when the values are equal, else what they are: for `eventually`.
pub fn equal<T: PartialEq + std::fmt::Debug>(is: T, wanted: T) -> Result<(), String> {
    if is == wanted { Ok(()) } else { Err(format!("{is:?} instead of {wanted:?}")) }
}

/// Where cargo lets integration tests leave files.
fn scratch() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// Where the built app is.
pub fn app() -> PathBuf {
    let built = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/dist");
    env::var_os("MEET_APP").map_or_else(built, PathBuf::from)
}
