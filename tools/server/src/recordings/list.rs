//! `GET /recordings`: a page in key order up to 3.4, in an order by choice since; of one room when asked or when the
//! token is a room's.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use regex::Regex;
use serde_json::{Value, json};

use crate::auth::rights::Right;
use crate::auth::{Caller, Credentials};
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult, Problems};
use crate::paging::listing::{Known, Listing};
use crate::paging::sorted::{Key, last_id, page};
use crate::paging::{Page, last_key, matching, pagination};
use crate::query::Query;
use crate::recordings::fields::Fields;
use crate::recordings::id::{id_of, room_of};
use crate::recordings::model::{Recording, Status};
use crate::rooms::model::sanitise_id;
use crate::state::{Shared, World};

const OPERATION: &str = "getting recordings";
const KNOWN: Known =
    Known { fields: &["startDate", "roomName", "duration", "size"], statuses: &Status::NAMES };

pub async fn in_key_order(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Json<Value>> {
    let caller = credentials.for_recordings(&state)?;
    caller.check_grant(Right::List)?;
    let max_items = query.max_items()?;
    let dialect = state.config.dialect;
    let fields = Fields::read(&query, &headers, dialect);
    // A bare prefix without a trailing slash: `roomId=room-1` also finds `room-10`.
    let prefix = match caller.room() {
        Some(room) => format!("{room}/"),
        None => query.get("roomId").unwrap_or_default().trim().to_owned(),
    };

    let token = query.get("nextPageToken");
    let world = state.world();
    let max_items = world.pages.size(max_items);
    let page = Page::read(world.recordings.by_key(), &prefix, token, max_items)
        .ok_or_else(|| ApiError::internal(OPERATION))?;
    let repeated = token.filter(|_| world.pages.repeats_last_row).and_then(last_key);
    let keys = repeated.as_deref().into_iter().chain(page.entries.iter().map(|(key, _)| *key));
    let recordings: Vec<Value> =
        keys.filter_map(|key| row(&world, key, &fields, dialect)).collect();
    let pagination = pagination(page.next.as_deref(), max_items);
    Ok(Json(json!({ "recordings": recordings, "pagination": pagination })))
}

/// One recording with all its fields; `None` when it is gone.
pub fn describe(world: &World, key: &str, dialect: Dialect) -> Option<Value> {
    row(world, key, &Fields::ALL, dialect)
}

/// One recording as listed; `None` when it is gone.
fn row(world: &World, key: &str, fields: &Fields, dialect: Dialect) -> Option<Value> {
    if let Some(instead) = world.overrides.get(&id_of(key)) {
        return Some(instead.clone());
    }
    let mut info = world.recordings.get(key)?.info(key, world.clock.now(), dialect);
    fields.keep(&mut info);
    Some(Value::Object(info))
}

pub async fn sorted(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Json<Value>> {
    let caller = credentials.for_recordings(&state)?;
    let dialect = state.config.dialect;
    if dialect < Dialect::V38 {
        caller.check_grant(Right::List)?;
    }
    let mut problems = Problems::default();
    // A bad pattern is a rule broken only where patterns are checked at all.
    let checked = matching::room_name(&query, dialect, OPERATION);
    let name = if dialect >= Dialect::V38 { Ok(problems.take(checked)) } else { checked };
    let room = query.get("roomId").map(sanitise_id);
    if room.as_deref() == Some("") {
        problems.add("roomId", "roomId cannot be empty after sanitization");
    }
    let listing = Listing::read(&query, &KNOWN, problems)?;
    caller.check_grant(Right::List)?;
    let token = query.get("nextPageToken");
    let wanted = Wanted { name: name?, room, caller: &caller, listing: &listing, dialect };

    let world = state.world();
    let max_items = world.pages.size(listing.max_items);
    let now = world.clock.now();
    let items = world.recordings.by_key().iter().filter(|(key, recording)| {
        wanted.matches(key, recording, now)
            && (wanted.forgets(token.is_some()) || wanted.is_either(&world, key, recording))
    });
    let items =
        items.map(|(key, recording)| (sort_key(listing.field, recording, now), &**key, recording));
    let page = page(items, listing.descending, token, max_items)
        .ok_or_else(|| ApiError::internal(OPERATION))?;
    let fields = Fields::read(&query, &headers, dialect);
    let repeated = token.filter(|_| world.pages.repeats_last_row).and_then(last_id);
    let keys = repeated.as_deref().into_iter().chain(page.items.iter().map(|(_, key, _)| *key));
    let recordings: Vec<Value> =
        keys.filter_map(|key| row(&world, key, &fields, dialect)).collect();
    let pagination = pagination(page.next.as_deref(), max_items);
    Ok(Json(json!({ "recordings": recordings, "pagination": pagination })))
}

/// What a list is narrowed to.
struct Wanted<'a> {
    name: Option<Regex>,
    room: Option<String>,
    caller: &'a Caller,
    listing: &'a Listing,
    dialect: Dialect,
}

impl Wanted<'_> {
    /// The conditions that all must hold.
    fn matches(&self, key: &str, recording: &Recording, now: i64) -> bool {
        let status = self.listing.status;
        if status.is_some_and(|status| recording.status(now).name(self.dialect) != status) {
            return false;
        }
        match (self.caller.room(), &self.room, &self.name) {
            (Some(own), _, _) => own == room_of(key),
            (None, Some(_), Some(_)) if self.room_or_name() => true,
            // From 3.8 on the name does not count beside the id.
            (None, Some(room), _) => room == room_of(key),
            (None, None, Some(name)) => name.is_match(&recording.room_name),
            (None, None, None) => true,
        }
    }

    /// Up to 3.7 an id and a name are alternatives.
    fn room_or_name(&self) -> bool {
        self.dialect < Dialect::V38 && self.room.is_some() && self.name.is_some()
    }

    /// The conditions of which one is enough: id or name, or one of the reasons why a user may list a room.
    fn is_either(&self, world: &World, key: &str, recording: &Recording) -> bool {
        let room = room_of(key);
        let name = self.name.as_ref();
        let named = name.is_some_and(|name| name.is_match(&recording.room_name));
        (!self.room_or_name() || self.room.as_deref() == Some(room) || named)
            && self.caller.rights_in(world, room).has(Right::List)
    }

    /// Whether the alternatives are lost: the condition of a cursor takes their place, so that page 2 and later
    /// show what page 1 did not.
    fn forgets(&self, has_cursor: bool) -> bool {
        has_cursor && (self.room_or_name() || self.dialect >= Dialect::V39)
    }
}

fn sort_key<'a>(field: &str, recording: &'a Recording, now: i64) -> Key<'a> {
    let number = |number: Option<f64>| number.map_or(Key::Missing, Key::Number);
    match field {
        "roomName" => Key::Text(&recording.room_name),
        "duration" => number(recording.file(now).map(|file| file.seconds())),
        "size" => number(recording.file(now).map(|file| file.bytes().len() as f64)),
        _ => number(recording.start(now).map(|start| start as f64)),
    }
}
