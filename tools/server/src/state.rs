//! Everything a running server knows. What changes is in `World`, behind one lock that no await is ever under.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use serde_json::Value;

use crate::auth::Account;
use crate::auth::limit::Attempts;
use crate::auth::token::Tokens;
use crate::config::{Config, Dialect};
use crate::hooks::HookState;
use crate::hooks::pages::Pages;
use crate::recordings::store::Recordings;
use crate::rooms::model::{Access, Room};
use crate::{sample, vendors};

pub type Shared = Arc<State>;

pub struct State {
    pub config: Config,
    pub tokens: Tokens,
    pub hooks: HookState,
    /// Answers with media that are on their way.
    pub open_media: Arc<AtomicUsize>,
    world: Mutex<World>,
    ids: AtomicUsize,
}

/// What tests can reset.
pub struct World {
    /// Milliseconds since 1970.
    pub started: i64,
    pub clock: Clock,
    pub recordings: Recordings,
    /// By room id.
    pub rooms: BTreeMap<Box<str>, Room>,
    /// Who may see the recordings of rooms that are gone: the room metadata that the real server archives.
    pub past_rooms: HashMap<Box<str>, Access>,
    /// JSON that is answered instead of a recording, by recording id.
    pub overrides: HashMap<String, Value>,
    /// Files that are sent instead of recordings' own, by key.
    pub films: HashMap<String, Bytes>,
    pub pages: Pages,
    pub attempts: Attempts,
    /// Ids of refresh tokens that were traded for newer ones.
    pub used_refresh_tokens: HashSet<u64>,
    passwords: HashMap<&'static str, String>,
    /// What another vendor's server keeps beside the recordings.
    pub vendor: vendors::World,
}

impl State {
    /// `key` signs the tokens.
    pub fn new(config: Config, key: [u8; 32]) -> Shared {
        let world = World::new(&config);
        Arc::new(Self {
            tokens: Tokens::new(key),
            hooks: HookState::default(),
            open_media: Arc::new(AtomicUsize::new(0)),
            world: Mutex::new(world),
            ids: AtomicUsize::new(0),
            config,
        })
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        // A handler that panicked left at worst a half-done deletion: no reason to end the server.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn reset(&self) {
        let world = World::new(&self.config);
        *self.world() = world;
    }

    /// Fifteen lower-case characters, never the same twice.
    pub fn new_uid(&self) -> String {
        let count = self.ids.fetch_add(1, Ordering::SeqCst);
        let uid = self.tokens.secret("uid", &count.to_string()) + &format!("{count:05}");
        uid.to_ascii_lowercase()
    }
}

impl World {
    fn new(config: &Config) -> Self {
        let started = now_ms();
        let mut sample = sample::build(config.recordings, started);
        if (Dialect::V35..=Dialect::V39).contains(&config.dialect) {
            sample.keep_past_rooms();
        }
        if config.dialect.is_openvidu_meet() {
            sample.add_rooms(config.rooms, started);
        }
        Self {
            vendor: vendors::World::new(config.dialect, started, &sample),
            started,
            clock: Clock::new(config.clock_speed),
            recordings: sample.recordings,
            rooms: sample.rooms,
            past_rooms: sample.past_rooms,
            overrides: HashMap::new(),
            films: HashMap::new(),
            pages: Pages::default(),
            attempts: Attempts::default(),
            used_refresh_tokens: HashSet::new(),
            passwords: HashMap::new(),
        }
    }

    pub fn password(&self, account: &Account) -> &str {
        let changed = self.passwords.get(account.name);
        changed.map_or(account.password, String::as_str)
    }

    pub fn set_password(&mut self, account: &'static Account, password: &str) {
        self.passwords.insert(account.name, password.to_owned());
    }

    pub fn meeting_in(&self, room_id: &str) -> bool {
        let open = self.rooms.get(room_id).is_some_and(|room| room.meeting);
        open || self.recordings.in_progress(room_id, self.clock.now())
    }

    /// Who may see the recordings of a room, present or past; `None` when it has no recordings.
    pub fn archived_access(&self, room_id: &str) -> Option<Access> {
        if !self.recordings.room_has_any(room_id) {
            return None;
        }
        match self.rooms.get(room_id) {
            Some(room) => Some(room.settings.access),
            None => self.past_rooms.get(room_id).copied(),
        }
    }
}

/// The time by which recordings in progress advance: milliseconds since the start, at a speed that tests can set.
pub struct Clock {
    passed: f64,
    since: Instant,
    speed: f64,
}

impl Clock {
    fn new(speed: f64) -> Self {
        Self { passed: 0.0, since: Instant::now(), speed }
    }

    pub fn now(&self) -> i64 {
        self.exact() as i64
    }

    pub fn set_speed(&mut self, speed: f64) {
        self.passed = self.exact();
        self.since = Instant::now();
        self.speed = speed;
    }

    pub fn advance(&mut self, by: Duration) {
        self.passed += by.as_secs_f64() * 1000.0;
    }

    fn exact(&self) -> f64 {
        self.passed + self.since.elapsed().as_secs_f64() * 1000.0 * self.speed
    }
}

/// Milliseconds since 1970.
pub fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_millis() as i64)
}

/// The address that the caller knows this server by, without a slash at the end.
pub fn base_url(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST.as_str()).unwrap_or("localhost");
    let proto = match text("x-forwarded-proto").and_then(|list| list.split(',').next()) {
        Some("https") => "https",
        _ => "http",
    };
    format!("{proto}://{host}")
}

/// The address of the server's own pages, without a slash at the end.
pub fn pages_url(headers: &HeaderMap, dialect: Dialect) -> String {
    base_url(headers) + dialect.base_path()
}
