//! What tests can do to a running server: rules that spoil answers, expired sessions, a clock in their hands, data
//! that changes behind the client's back. In process through `Hooks`; over HTTP with `--test-hooks`.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};

use crate::config::Dialect;
use crate::recordings::access::share_secret;
use crate::recordings::generation_a;
use crate::recordings::id::{id_of, key_of, room_of};
use crate::recordings::list;
use crate::recordings::model::{Outcome, Recording, Status};
use crate::rooms::model::Role;
use crate::sample::media::Media;
use crate::state::{Shared, World, now_ms};
use log::{Log, RequestRecord};
pub use rule::{Action, Rule};

pub mod layer;
pub mod log;
pub mod pages;
pub mod routes;
mod rule;

/// The rules in force and the requests seen.
#[derive(Default)]
pub struct HookState {
    rules: Mutex<Vec<Rule>>,
    pub log: Log,
}

impl HookState {
    /// What to do with a request, in the order in which the rules were added. Counts down the rules that apply.
    fn actions_for(&self, method: &str, path_and_query: &str, range: Option<&str>) -> Vec<Action> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let actions = rules
            .iter_mut()
            .filter(|rule| rule.matches(method, path_and_query, range))
            .filter_map(Rule::apply)
            .collect();
        rules.retain(|rule| rule.times != Some(0));
        actions
    }
}

/// The secrets with which moderators and speakers enter a room; they open its recordings too.
#[derive(Clone, Debug)]
pub struct RoomSecrets {
    pub moderator: String,
    pub speaker: String,
    /// Of the link to the recordings of the room, from 3.8 on.
    pub recording: String,
}

/// A handle on a running server; clones are handles on the same one.
#[derive(Clone)]
pub struct Hooks(Shared);

impl Hooks {
    pub(crate) fn new(state: Shared) -> Self {
        Self(state)
    }

    /// Spoils the next requests that match; see [`Rule`]. Several rules may apply to one request.
    pub fn add_rule(&self, rule: Rule) {
        let rules = &self.0.hooks.rules;
        let mut rules = rules.lock().unwrap_or_else(PoisonError::into_inner);
        rules.push(rule);
    }

    pub fn clear_rules(&self) {
        let rules = &self.0.hooks.rules;
        let mut rules = rules.lock().unwrap_or_else(PoisonError::into_inner);
        rules.clear();
    }

    /// Ends all access and recording tokens; refreshing still works.
    pub fn expire_access_tokens(&self) {
        self.0.tokens.expire_access();
    }

    /// Ends all tokens: only signing in again helps.
    pub fn expire_sessions(&self) {
        self.0.tokens.expire_access();
        self.0.tokens.expire_refresh();
    }

    /// Makes a recording vanish as if somebody else had deleted it. Whether it was there.
    pub fn remove_recording(&self, id: &str) -> bool {
        let key = key_of(id);
        let mut world = self.0.world();
        key.is_some_and(|key| world.recordings.remove(&key).is_some())
    }

    /// Answers `json` in place of the recording, in lists and by itself, whatever `fields` asks for. Its media and
    /// its deletion stay real.
    pub fn override_recording(&self, id: &str, json: Value) {
        let id = key_of(id).map_or_else(|| id.to_owned(), |key| id_of(&key));
        self.0.world().overrides.insert(id, json);
    }

    /// Answers these fields in place of the recording's own, which otherwise stays as it is now: as if somebody else
    /// had changed it. `false` when there is no such recording, or where another vendor's server keeps it.
    pub fn change_recording(&self, id: &str, fields: Map<String, Value>) -> bool {
        let mut world = self.0.world();
        let dialect = self.0.config.dialect;
        let key = key_of(id).filter(|key| world.recordings.get(key).is_some());
        let Some(key) = key.filter(|_| dialect.is_openvidu_meet()) else {
            return false;
        };
        let described = match dialect {
            Dialect::A => Some(generation_a::describe(&world, &key)),
            _ => list::describe(&world, &key, dialect),
        };
        let Some(Value::Object(mut json)) = described else {
            return false;
        };
        json.extend(fields);
        world.overrides.insert(id_of(&key), Value::Object(json));
        true
    }

    /// Sends these bytes in place of the recording's film; nothing else of it changes. `false` when there is no such
    /// recording. OpenVidu Meet only.
    pub fn replace_film(&self, id: &str, bytes: Vec<u8>) -> bool {
        let mut world = self.0.world();
        let Some(key) = key_of(id).filter(|key| world.recordings.get(key).is_some()) else {
            return false;
        };
        world.films.insert(key, bytes.into());
        true
    }

    /// Adds recordings that ended just now, the last one the newest, and returns their ids. They are all in one room,
    /// and first in lists by date, and in lists by key too.
    pub fn add_recordings(&self, count: usize) -> Vec<String> {
        let mut world = self.0.world();
        let Some((room_id, room_name)) = first_room(&world) else {
            return Vec::new();
        };
        let media = Media::FiveSeconds;
        let first = now_ms() - (media.seconds() * 1000.0) as i64;
        let ids = (first..).take(count).map(|started| {
            let uid = self.0.new_uid();
            // No other id of the sample has a 0 there.
            let key = format!("{room_id}/EG_0{uid}/{uid}");
            let outcome = Outcome::Settled(Status::Complete);
            let recording =
                Recording { room_name: room_name.as_str().into(), started, outcome, media };
            if !self.0.config.dialect.is_openvidu_meet() {
                world.vendor.add(&key, &recording);
            }
            world.recordings.insert(key.as_str().into(), recording);
            id_of(&key)
        });
        ids.collect()
    }

    /// Cuts lists of recordings into pages of this size, whatever is asked for and whatever the API's own maximum is;
    /// `None` leaves it to them again.
    pub fn set_page_size(&self, size: Option<usize>) {
        self.0.world().pages.set_size(size);
    }

    /// Lets pages begin with the last row of the page before; see [`pages::Pages`].
    pub fn repeat_last_row(&self, repeats: bool) {
        self.0.world().pages.repeats_last_row = repeats;
    }

    /// How fast recordings in progress advance: 1 is real time, 0 freezes them.
    pub fn set_clock_speed(&self, speed: f64) {
        self.0.world().clock.set_speed(speed);
    }

    /// Lets recordings in progress advance by this much at once.
    pub fn advance_clock(&self, by: Duration) {
        self.0.world().clock.advance(by);
    }

    /// Back to the sample as it was at the start: data, passwords, sign-in limit, clock, rules, log. Who is signed in
    /// stays so.
    pub fn reset(&self) {
        self.clear_rules();
        self.clear_requests();
        self.0.reset();
    }

    /// The last requests, oldest first; at most 2,000.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.0.hooks.log.requests()
    }

    pub fn clear_requests(&self) {
        self.0.hooks.log.clear();
    }

    /// Media answers that are neither sent completely nor given up by the client.
    pub fn open_media(&self) -> usize {
        self.0.open_media.load(Ordering::SeqCst)
    }

    /// Ids of all recordings, in the order of their keys, which up to 3.4 is the order of lists.
    pub fn recording_ids(&self) -> Vec<String> {
        let world = self.0.world();
        world.recordings.by_key().keys().map(|key| id_of(key)).collect()
    }

    /// The public and the private share secret of a recording, whether its room shows links or not.
    pub fn share_secrets(&self, id: &str) -> (String, String) {
        let secret = |private| share_secret(&self.0, id, private);
        (secret(false), secret(true))
    }

    /// The secrets of a room, also of one that is gone. Any id has some; only a room with recordings honours them.
    pub fn room_secrets(&self, room_id: &str) -> RoomSecrets {
        let secret = |role: Role| role.secret(&self.0.tokens, room_id);
        RoomSecrets {
            moderator: secret(Role::Moderator),
            speaker: secret(Role::Speaker),
            recording: secret(Role::Recording),
        }
    }
}

/// Id and name of the room whose recordings come first in the order of keys, or of any room.
fn first_room(world: &World) -> Option<(String, String)> {
    let recorded = world.recordings.by_key().first_key_value();
    let recorded = recorded.map(|(key, it)| (room_of(key).to_owned(), it.room_name.to_string()));
    recorded.or_else(|| {
        let (id, room) = world.rooms.first_key_value()?;
        Some((id.to_string(), room.name.clone()))
    })
}
